"""What promotions keep back of a refund: buy one get one, and one comes back.

By default a unit gives back its own stored price. A promotion whose return basis is
`recompute` says: the goods that stay cost what they would have cost alone. So a
refund is the stored prices of what comes back, less what the promotion let go on the
goods that stay and would not let go on them alone, less what was kept back before.
Once all goods are back nothing stays, and all that was kept back is given back: any
returns in any order sum to what was paid (law 6), in each tax rate too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from pos_app.domain.kept_goods import KeptGoods, goods_kept, recomputed
from pos_app.domain.line_rates import LineRates
from pos_app.domain.pricing_result import TaxTotal
from pos_app.domain.promotion.application import Application
from pos_app.domain.refund import paid_of_rest, sold_thousandths
from pos_app.domain.returned_line import KeptBack, ReturnedLine
from pos_app.domain.sale import Sale, SaleLine
from pos_app.values.quantity import to_thousandths
from pos_app.values.rounding import apportion, divide

_WHOLE = 1_000_000  # hundred per cent, as Percentage counts

#: What a promotion lets go on some goods alone: line position -> minor units.
Regive: TypeAlias = Callable[[Sequence[KeptGoods]], Mapping[int, int]]
#: By promotion id and version; None where its rules are not known here.
Regivers: TypeAlias = Mapping[tuple[str, int], Regive | None]
#: A rate of a document.
_Rate: TypeAlias = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class _Amount:
    """An amount with its taxes; `taxes` has (net, tax) by rate."""

    gross_minor: int
    taxes: Mapping[_Rate, tuple[TaxTotal, int, int]]

    def less(self, other: _Amount) -> _Amount:
        taxes = dict(self.taxes)
        for rate, (named, net, tax) in other.taxes.items():
            _, old_net, old_tax = taxes.get(rate, (named, 0, 0))
            taxes[rate] = (named, old_net - net, old_tax - tax)
        return _Amount(self.gross_minor - other.gross_minor, taxes)

    def part(self, minor: int) -> _Amount:
        """Return so much of it, of all rates alike."""
        whole = self.gross_minor
        if minor == whole or not whole:
            return self
        return _Amount(
            minor,
            {
                rate: (x, divide(net * minor, whole), divide(tax * minor, whole))
                for rate, (x, net, tax) in self.taxes.items()
            },
        )


def settled(
    sale: Sale,
    lines: Sequence[ReturnedLine],
    taken: Mapping[int, int],
    earlier: Sequence[KeptBack],
    regivers: Regivers,
) -> tuple[ReturnedLine, ...]:
    """Return goods that come back, with what promotions keep back of them.

    Args:
        sale: the finished sale that all of them come from.
        lines: as `returned_part` gave them.
        taken: line position -> thousandths that came back in tickets before.
        earlier: what those tickets kept back.
        regivers: for each promotion of `recomputed(sale)`.
    """
    uses = recomputed(sale)
    if not uses or not lines:
        return tuple(lines)
    after = dict(taken)
    for line in lines:
        assert line.origin is not None
        at = line.origin.line_position
        after[at] = after.get(at, 0) + to_thousandths(line.quantity)
    came = sum(taken.values())
    lines = [replace(line, settled_at_thousandths=came) for line in lines]
    stays = _Stays(sale, after, LineRates(sale), carries_tax=_carries_tax(sale))
    owed = [_owed(stays, uses[key], earlier, regivers.get(key)) for key in uses]
    is_end = _is_all(sale, after)
    # What is given back first makes room for what another promotion keeps.
    for kept, amount in sorted(owed, key=lambda pair: pair[1].gross_minor):
        lines = _dealt(lines, kept, amount, _Terms(stays.carries_tax, is_end))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class _Stays:
    """A sale once `after` of its lines came back; whether its prices carry their tax."""

    sale: Sale
    after: Mapping[int, int]
    rates: LineRates
    carries_tax: bool


@dataclass(frozen=True, slots=True)
class _Terms:
    """Whether shelf prices carry their tax; whether nothing stays any more."""

    carries_tax: bool
    is_end: bool


def _is_all(sale: Sale, after: Mapping[int, int]) -> bool:
    return all(
        after.get(position, 0) == sold_thousandths(line)
        for position, line in enumerate(sale.lines, 1)
    )


def _owed(
    staying: _Stays,
    uses: Sequence[Application],
    earlier: Sequence[KeptBack],
    regive: Regive | None,
) -> tuple[KeptBack, _Amount]:
    """Return what a promotion still has to keep back of what stays."""
    use = uses[0]
    known = KeptBack(use.promotion_id, use.version, use.name, 0, use.names)
    before = _kept_before(known, earlier)
    if regive is None:
        return replace(known, is_known=False), _Amount(0, {}).less(before)
    stays = goods_kept(staying.sale, uses, staying.after)
    due = regive(stays) if stays else {}
    total = _Amount(0, {})
    for kept in stays:
        off_minor = kept.given_minor - due.get(kept.position, 0)
        total = total.less(_taxed(staying, kept.line, -off_minor))
    known = replace(
        known,
        given_minor=sum(kept.given_minor for kept in stays),
        due_minor=sum(due.get(kept.position, 0) for kept in stays),
    )
    # Never so much more goes back that what stays was paid less than nothing.
    least = -_paid_minor(staying.sale, staying.after)
    if total.gross_minor < least:
        total = total.part(least)
    return known, total.less(before)


def _kept_before(promotion: KeptBack, earlier: Iterable[KeptBack]) -> _Amount:
    total = _Amount(0, {})
    for kept in earlier:
        if (kept.promotion_id, kept.version) == (
            promotion.promotion_id,
            promotion.version,
        ):
            taxes = {_rate(x): (x, -x.base_minor, -x.tax_minor) for x in kept.taxes}
            total = total.less(_Amount(-kept.amount_minor, taxes))
    return total


def _taxed(staying: _Stays, line: SaleLine, shelf_minor: int) -> _Amount:
    """Return an amount off a line's shelf price with the line's taxes."""
    rates, carries_tax = staying.rates.of(line), staying.carries_tax
    all_rates = sum(rate.percentage.millionths for rate in rates)
    scale = _WHOLE + (all_rates if carries_tax else 0)
    taxes = [divide(shelf_minor * x.percentage.millionths, scale) for x in rates]
    net_minor = shelf_minor - (sum(taxes) if carries_tax else 0)
    return _Amount(
        net_minor + sum(taxes),
        {
            _rate(rate): (rate, net_minor, tax)
            for rate, tax in zip(rates, taxes, strict=True)
        },
    )


def _carries_tax(sale: Sale) -> bool:
    """Tell whether the sale's shelf prices had their tax in them."""
    shelf_minor = sum(line.total_minor for line in sale.priced.lines)
    return shelf_minor == sale.priced.total_minor


def _paid_minor(sale: Sale, taken: Mapping[int, int]) -> int:
    """Return what was paid for the goods that stay."""
    return sum(
        paid_of_rest(line, taken.get(position, 0))
        for position, line in enumerate(sale.lines, 1)
        if taken.get(position, 0) < sold_thousandths(line)
    )


def _rate(tax: TaxTotal) -> _Rate:
    return tax.code, tax.name, tax.percentage.millionths


def _dealt(
    lines: Sequence[ReturnedLine],
    kept: KeptBack,
    owed: _Amount,
    terms: _Terms,
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
    so_far = owed.part(0) if owed.gross_minor else _Amount(0, {})
    for line, share in zip(lines, apportion(owed.gross_minor, weights), strict=True):
        done += share
        is_last = done == owed.gross_minor
        now = owed if is_last else owed.part(done)
        mine, so_far = now.less(so_far), now
        if not terms.is_end:
            mine = _without_crumbs(line, mine)
        found.append(_less(line, kept, mine, carries_tax=terms.carries_tax))
    return found


def _without_crumbs(line: ReturnedLine, amount: _Amount) -> _Amount:
    """Take all of a line's taxes where all of its amount is taken."""
    own = {_rate(tax): (tax, tax.base_minor, tax.tax_minor) for tax in line.taxes}
    if amount.gross_minor != line.net_minor + line.tax_minor:
        return amount
    return (
        _Amount(amount.gross_minor, own)
        if own.keys() == amount.taxes.keys()
        else amount
    )


def _less(
    line: ReturnedLine, kept: KeptBack, amount: _Amount, *, carries_tax: bool
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
    left = {_rate(tax): tax for tax in own}
    for tax in off:
        was = left.get(_rate(tax), replace(tax, base_minor=0, tax_minor=0))
        left[_rate(tax)] = replace(
            was,
            base_minor=was.base_minor - tax.base_minor,
            tax_minor=was.tax_minor - tax.tax_minor,
        )
    return tuple(left.values())
