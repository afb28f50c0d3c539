"""What is kept back of a refund, dealt to the lines that come back, rate by rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from pos_app.domain.pricing_result import TaxTotal
from pos_app.domain.returned_line import KeptBack, ReturnedLine
from pos_app.values.rounding import apportion, divide

#: A rate of a document.
Rate: TypeAlias = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount with its taxes; `taxes` has (net, tax) by rate."""

    gross_minor: int
    taxes: Mapping[Rate, tuple[TaxTotal, int, int]]

    def less(self, other: Amount) -> Amount:
        """Return what another one leaves of it."""
        taxes = dict(self.taxes)
        for rate, (named, net, tax) in other.taxes.items():
            _, old_net, old_tax = taxes.get(rate, (named, 0, 0))
            taxes[rate] = (named, old_net - net, old_tax - tax)
        return Amount(self.gross_minor - other.gross_minor, taxes)

    def part(self, minor: int) -> Amount:
        """Return so much of it, of all rates alike."""
        whole = self.gross_minor
        if minor == whole or not whole:
            return self
        return Amount(
            minor,
            {
                rate: (x, divide(net * minor, whole), divide(tax * minor, whole))
                for rate, (x, net, tax) in self.taxes.items()
            },
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """Whether shelf prices carry their tax; whether nothing stays any more."""

    carries_tax: bool
    is_end: bool


def dealt(
    lines: Sequence[ReturnedLine],
    kept: KeptBack,
    owed: Amount,
    terms: Terms,
) -> list[ReturnedLine]:
    """Deal what is kept back to the lines, by what they give back; none below zero.

    Where a line gives back nothing, it gives back no cent of tax either; what that
    leaves between net and tax is evened out when all goods are back.
    """
    if not owed.gross_minor and not (
        terms.is_end and any(net or tax for _, net, tax in owed.taxes.values())
    ):
        if kept.is_known:
            return list(lines)
        first = replace(lines[0], kept_back=(*lines[0].kept_back, kept))
        return [first, *lines[1:]]
    room = [max(0, min(x.paid_minor, x.net_minor + x.tax_minor)) for x in lines]
    if owed.gross_minor > sum(room):
        owed = owed.part(sum(room))
    weights = room if any(room) else [1] * len(lines)
    found, done = [], 0
    so_far = owed.part(0) if owed.gross_minor else Amount(0, {})
    for line, share in zip(lines, apportion(owed.gross_minor, weights), strict=True):
        done += share
        is_last = done == owed.gross_minor
        now = owed if is_last else owed.part(done)
        mine, so_far = now.less(so_far), now
        if not terms.is_end:
            mine = _without_crumbs(line, mine)
        found.append(_less(line, kept, mine, carries_tax=terms.carries_tax))
    return found


def _without_crumbs(line: ReturnedLine, amount: Amount) -> Amount:
    """Take all of a line's taxes where all of its amount is taken."""
    own = {rate_of(tax): (tax, tax.base_minor, tax.tax_minor) for tax in line.taxes}
    if amount.gross_minor != line.net_minor + line.tax_minor:
        return amount
    return (
        Amount(amount.gross_minor, own) if own.keys() == amount.taxes.keys() else amount
    )


def _less(
    line: ReturnedLine, kept: KeptBack, amount: Amount, *, carries_tax: bool
) -> ReturnedLine:
    """Take an amount off what a line gives back, rate by rate."""
    taxes = tuple(
        TaxTotal(x.code, x.name, x.percentage, net, tax)
        for x, net, tax in amount.taxes.values()
        if net or tax
    )
    if not amount.gross_minor and not taxes:
        return line
    mine = replace(kept, amount_minor=amount.gross_minor, taxes=taxes)
    net_minor = mine.amount_minor - mine.tax_minor
    shelf_minor = mine.amount_minor if carries_tax else net_minor
    mine = replace(mine, shelf_minor=shelf_minor)
    return replace(
        line,
        discount_minor=line.discount_minor + shelf_minor,
        net_minor=line.net_minor - net_minor,
        taxes=_taxes_less(line.taxes, taxes),
        kept_back=(*line.kept_back, mine),
    )


def _taxes_less(
    own: Sequence[TaxTotal], off: Sequence[TaxTotal]
) -> tuple[TaxTotal, ...]:
    left = {rate_of(tax): tax for tax in own}
    for tax in off:
        was = left.get(rate_of(tax), replace(tax, base_minor=0, tax_minor=0))
        left[rate_of(tax)] = replace(
            was,
            base_minor=was.base_minor - tax.base_minor,
            tax_minor=was.tax_minor - tax.tax_minor,
        )
    return tuple(left.values())


def rate_of(tax: TaxTotal) -> Rate:
    """Return what makes a tax the same as another."""
    return tax.code, tax.name, tax.percentage.millionths
