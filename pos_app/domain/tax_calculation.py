"""How much tax is in (or on) the lines of one document.

The exact tax of an amount is `amount * rate / scale`. Prices that carry their
tax are `100 % + all rates of the line`, so that is the scale; prices without
tax have a scale of 100 %. What differs is only where the fraction is rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import lcm

from pos_app.domain.tax import PricingRules, TaxRate, TaxRounding
from pos_app.values.rounding import Run, apportion, apportion_runs, divide

_WHOLE = 1_000_000  # hundred per cent, as Percentage counts


@dataclass(frozen=True, slots=True)
class TaxableLine:
    """What tax has to know about a line.

    Attributes:
        rates: the rates in force for its category; empty when exempt.
        units: (count, amount of one unit as the shelf shows it, after
            discounts) in minor units, zero or more; their sum is the line.
        total_minor: that sum.
    """

    rates: tuple[TaxRate, ...]
    units: tuple[Run, ...]
    total_minor: int

    def scale(self, *, prices_include_tax: bool) -> int:
        """Return what the line's amount is, in millionths of its net."""
        if not prices_include_tax:
            return _WHOLE
        return _WHOLE + sum(rate.percentage.millionths for rate in self.rates)


def tax_lines(
    lines: Sequence[TaxableLine], rules: PricingRules
) -> tuple[tuple[int, ...], ...]:
    """Return the tax of every line by rate, minor units, in the order of its rates.

    Rounded half-up where `rules.tax_rounding` says. Several rates of one line
    add up; none is charged on another.
    """
    match rules.tax_rounding:
        case TaxRounding.DOCUMENT:
            return _rounded_per_document(lines, rules)
        case TaxRounding.LINE:
            return tuple(
                _rounded_per_run(line, ((1, line.total_minor),), rules)
                for line in lines
            )
        case TaxRounding.UNIT:
            return tuple(_rounded_per_run(line, line.units, rules) for line in lines)


def _rounded_per_run(
    line: TaxableLine, runs: Sequence[Run], rules: PricingRules
) -> tuple[int, ...]:
    scale = line.scale(prices_include_tax=rules.prices_include_tax)
    return tuple(
        sum(
            count * divide(amount * rate.percentage.millionths, scale)
            for count, amount in runs
        )
        for rate in line.rates
    )


def split_taxes(
    line: TaxableLine, taxes: Sequence[int], rules: PricingRules
) -> tuple[tuple[Run, ...], ...]:
    """Split the taxes of a line to its single units.

    Where tax is rounded per unit, the units are taxed singly, unless 抹零 left the
    line another tax than that.
    """
    by_unit = rules.tax_rounding is TaxRounding.UNIT
    if by_unit and tuple(taxes) == _rounded_per_run(line, line.units, rules):
        return _taxed_singly(line, rules)
    return tuple(apportion_runs(tax_minor, line.units) for tax_minor in taxes)


def _taxed_singly(
    line: TaxableLine, rules: PricingRules
) -> tuple[tuple[Run, ...], ...]:
    scale = line.scale(prices_include_tax=rules.prices_include_tax)
    return tuple(
        tuple(
            (count, divide(amount * rate.percentage.millionths, scale))
            for count, amount in line.units
        )
        for rate in line.rates
    )


def _rounded_per_document(
    lines: Sequence[TaxableLine], rules: PricingRules
) -> tuple[tuple[int, ...], ...]:
    """Round once for each rate, then hand the tax back to the lines.

    Lines of one rate may have different scales (a bottle with one rate, a meal
    with two), so every amount is first brought to a common denominator.

    Source: EN 16931 BR-CO-17; all 26 published German till receipts do so.
    """
    include = rules.prices_include_tax
    taxes = [[0] * len(line.rates) for line in lines]
    # Thousands of lines share a few tuples of rates: what follows from one is found
    # once. The lines keep them alive, so an id names one of them.
    kinds = {id(line.rates): line for line in lines}
    scales = {
        key: line.scale(prices_include_tax=include) for key, line in kinds.items()
    }
    for (_, millionths), places in _places_by_rate(lines).items():
        common = lcm(*{scales[id(lines[i].rates)] for i, _ in places})
        factors = {key: common // scale for key, scale in scales.items()}
        weights = [
            lines[i].total_minor * factors[id(lines[i].rates)] for i, _ in places
        ]
        tax_minor = divide(sum(weights) * millionths, common)
        shares = apportion(tax_minor, weights)
        for (i, position), share in zip(places, shares, strict=True):
            taxes[i][position] = share
    return tuple(map(tuple, taxes))


def _places_by_rate(
    lines: Sequence[TaxableLine],
) -> dict[tuple[str, int], list[tuple[int, int]]]:
    """Find where each rate is charged: (line, position among the line's rates)."""
    kinds = {id(line.rates): line.rates for line in lines}
    keys = {kind: tuple(map(rate_key, rates)) for kind, rates in kinds.items()}
    places: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for index, line in enumerate(lines):
        for position, key in enumerate(keys[id(line.rates)]):
            places.setdefault(key, []).append((index, position))
    return places


def rate_key(rate: TaxRate) -> tuple[str, int]:
    """Return what makes two rates one tax on the document: code and percentage."""
    return rate.code, rate.percentage.millionths
