"""抹零: what the customer is let off, dealt out to the lines and their taxes.

It always comes off the amount to pay. Where prices carry their tax that is what
the shelf says. Where tax is added, the tax inside the allowance goes with it, so
that 9.61 less 0.61 is 9.00 and not 8.92.
"""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.tax import PricingRules, TaxRounding
from pos_app.domain.tax_calculation import TaxableLine, rate_key
from pos_app.errors import UserError
from pos_app.values.rounding import apportion, divide


def off_the_shelf(round_off_minor: int, amounts: Sequence[int]) -> tuple[int, ...]:
    """Spread 抹零 over amounts that carry their tax, in proportion to each.

    Raises:
        UserError: "round_off_exceeds_total".
    """
    assert round_off_minor >= 0
    if not round_off_minor:
        return (0,) * len(amounts)
    if round_off_minor > sum(amounts):
        raise UserError("round_off_exceeds_total", total_minor=sum(amounts))
    return apportion(round_off_minor, amounts)


def off_the_amount_to_pay(
    round_off_minor: int,
    lines: Sequence[TaxableLine],
    taxes: Sequence[Sequence[int]],
    rules: PricingRules,
) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
    """Spread 抹零 over lines whose tax is added, tax included.

    The lines of equal rates share it in proportion to what they cost with tax.
    What such a group still costs is taken apart again: where tax is rounded once
    per document, by its rates; else in the proportion in which the group was
    taxed before, since single roundings may lie far from the exact tax.

    Args:
        round_off_minor: off the amount to pay, minor units, above zero.
        lines: with their amounts before tax.
        taxes: of each line, by rate.
        rules: where tax is rounded.

    Returns:
        What each line is lowered by before tax, and its taxes by rate. The sum
        of all lines and taxes falls by exactly `round_off_minor`.

    Raises:
        UserError: "round_off_exceeds_total".
    """
    groups = list(_groups(lines).values())
    gross = [sum(lines[i].total_minor + sum(taxes[i]) for i in g) for g in groups]
    cuts = off_the_shelf(round_off_minor, gross)
    discounts, left_taxes = [0] * len(lines), [tuple(each) for each in taxes]
    for group, whole_minor, cut_minor in zip(groups, gross, cuts, strict=True):
        if not whole_minor:
            continue
        nets = [lines[i].total_minor for i in group]
        found = [taxes[i] for i in group]
        weights, base = _proportion(lines[group[0]], nets, found, rules)
        left_minor = whole_minor - cut_minor
        net_minor = _net_of(left_minor, sum(nets), sum(weights), base)
        by_rate = apportion(left_minor - net_minor, weights)
        offs = apportion(sum(nets) - net_minor, nets)
        rests = [net - off for net, off in zip(nets, offs, strict=True)]
        dealt = _deal_taxes(by_rate, rests, found)
        for i, off, line_taxes in zip(group, offs, dealt, strict=True):
            discounts[i], left_taxes[i] = off, line_taxes
    return tuple(discounts), tuple(left_taxes)


def _groups(lines: Sequence[TaxableLine]) -> dict[object, list[int]]:
    """Find the lines of equal rates, in order."""
    groups: dict[object, list[int]] = {}
    for index, line in enumerate(lines):
        groups.setdefault(tuple(map(rate_key, line.rates)), []).append(index)
    return groups


def _proportion(
    line: TaxableLine,
    nets: Sequence[int],
    taxes: Sequence[Sequence[int]],
    rules: PricingRules,
) -> tuple[list[int], int]:
    """Return how tax by rate stands to the net amount: (weights, net's weight)."""
    if rules.tax_rounding is TaxRounding.DOCUMENT:
        weights = [rate.percentage.millionths for rate in line.rates]
        return weights, line.scale(prices_include_tax=False)
    by_rate = [sum(each[at] for each in taxes) for at in range(len(line.rates))]
    return by_rate, sum(nets)


def _net_of(left_minor: int, most_minor: int, tax_weight: int, base: int) -> int:
    """Return the net part of an amount; never more than it was, nor tax on nothing."""
    tax_minor = divide(left_minor * tax_weight, tax_weight + base)
    most_minor = min(most_minor, left_minor)
    return max(min(1, most_minor), min(left_minor - tax_minor, most_minor))


def _deal_taxes(
    by_rate: Sequence[int], nets: Sequence[int], taxes: Sequence[Sequence[int]]
) -> list[tuple[int, ...]]:
    """Hand the tax of each rate to the lines as they carried it before."""
    columns = []
    for at, tax_minor in enumerate(by_rate):
        carried = [
            line_taxes[at] if net else 0
            for net, line_taxes in zip(nets, taxes, strict=True)
        ]
        columns.append(apportion(tax_minor, carried if any(carried) else nets))
    if not columns:
        return [()] * len(nets)
    return list(zip(*columns, strict=True))
