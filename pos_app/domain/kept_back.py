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

from pos_app.domain.kept_dealing import Amount, Terms, dealt, rate_of
from pos_app.domain.kept_goods import GoodsOf, KeptGoods, recomputed
from pos_app.domain.line_rates import LineRates
from pos_app.domain.pricing_result import TaxTotal
from pos_app.domain.promotion.application import Application
from pos_app.domain.refund import paid_of_rest, sold_thousandths
from pos_app.domain.returned_line import KeptBack, ReturnedLine
from pos_app.domain.sale import Sale
from pos_app.values.quantity import to_thousandths
from pos_app.values.rounding import divide

_WHOLE = 1_000_000  # hundred per cent, as Percentage counts

#: What a promotion lets go on some goods alone: line position -> minor units.
Regive: TypeAlias = Callable[[Sequence[KeptGoods]], Mapping[int, int]]
#: By promotion id and version; None where its rules are not known here.
Regivers: TypeAlias = Mapping[tuple[str, int], Regive | None]


class Recomputed:
    """A sale whose promotions look at what stays of it, asked for every change.

    Args:
        sale: as finished.
        regivers: for each promotion of `recomputed(sale)`.
    """

    def __init__(self, sale: Sale, regivers: Regivers) -> None:
        self._sale, self._regivers = sale, regivers
        self._uses = recomputed(sale)
        self._goods = {key: GoodsOf(sale, uses) for key, uses in self._uses.items()}
        self._rates, self._carries_tax = LineRates(sale), _carries_tax(sale)

    def settled(
        self,
        lines: Sequence[ReturnedLine],
        taken: Mapping[int, int],
        earlier: Sequence[KeptBack],
    ) -> tuple[ReturnedLine, ...]:
        """Return goods that come back, with what promotions keep back of them.

        Args:
            lines: as `returned_part` gave them.
            taken: line position -> thousandths that came back in tickets before.
            earlier: what those tickets kept back.
        """
        if not self._uses or not lines:
            return tuple(lines)
        after = dict(taken)
        for line in lines:
            assert line.origin is not None
            at = line.origin.line_position
            after[at] = after.get(at, 0) + to_thousandths(line.quantity)
        lines = _settled_at(lines, sum(taken.values()))
        stays = _Stays(self._sale, after, self._rates, carries_tax=self._carries_tax)
        owed = [
            _owed(stays, self._goods[key], uses[0], earlier, self._regivers.get(key))
            for key, uses in self._uses.items()
        ]
        is_end = _is_all(self._sale, after)
        # What is given back first makes room for what another promotion keeps.
        for kept, amount in sorted(owed, key=lambda pair: pair[1].gross_minor):
            lines = dealt(lines, kept, amount, Terms(stays.carries_tax, is_end))
        return tuple(lines)


def _settled_at(lines: Sequence[ReturnedLine], came: int) -> Sequence[ReturnedLine]:
    return [
        line
        if line.settled_at_thousandths == came
        else replace(line, settled_at_thousandths=came)
        for line in lines
    ]


@dataclass(frozen=True, slots=True)
class _Stays:
    """A sale once `after` of its lines came back; whether its prices carry their tax."""

    sale: Sale
    after: Mapping[int, int]
    rates: LineRates
    carries_tax: bool


def _is_all(sale: Sale, after: Mapping[int, int]) -> bool:
    return all(
        after.get(position, 0) == sold_thousandths(line)
        for position, line in enumerate(sale.lines, 1)
    )


def _owed(
    staying: _Stays,
    goods: GoodsOf,
    use: Application,
    earlier: Sequence[KeptBack],
    regive: Regive | None,
) -> tuple[KeptBack, Amount]:
    """Return what a promotion still has to keep back of what stays."""
    known = KeptBack(use.promotion_id, use.version, use.name, 0, use.names)
    before = _kept_before(known, earlier)
    if regive is None:
        return replace(known, is_known=False), Amount(0, {}).less(before)
    stays = goods.kept(staying.after)
    due = regive(stays) if stays else {}
    total, alike = Amount(0, {}), dict[tuple[int, int], Amount]()
    for kept in stays:
        off_minor = kept.given_minor - due.get(kept.position, 0)
        rates = staying.rates.of(kept.line)
        # Lines of the same rates that lose the same are worked out once.
        key = id(rates), off_minor
        if key not in alike:
            alike[key] = _taxed(rates, -off_minor, carries_tax=staying.carries_tax)
        total = total.less(alike[key])
    known = replace(
        known,
        given_minor=sum(kept.given_minor for kept in stays),
        due_minor=sum(due.get(kept.position, 0) for kept in stays),
    )
    if total.gross_minor < 0:
        # Never so much more goes back that what stays was paid less than nothing.
        least = -_paid_minor(staying.sale, staying.after)
        total = total.part(max(total.gross_minor, least))
    return known, total.less(before)


def _kept_before(promotion: KeptBack, earlier: Iterable[KeptBack]) -> Amount:
    total = Amount(0, {})
    for kept in earlier:
        if (kept.promotion_id, kept.version) == (
            promotion.promotion_id,
            promotion.version,
        ):
            taxes = {rate_of(x): (x, -x.base_minor, -x.tax_minor) for x in kept.taxes}
            total = total.less(Amount(-kept.amount_minor, taxes))
    return total


def _taxed(rates: Sequence[TaxTotal], shelf_minor: int, *, carries_tax: bool) -> Amount:
    """Return an amount off a line's shelf price with the line's taxes."""
    all_rates = sum(rate.percentage.millionths for rate in rates)
    scale = _WHOLE + (all_rates if carries_tax else 0)
    taxes = [divide(shelf_minor * x.percentage.millionths, scale) for x in rates]
    net_minor = shelf_minor - (sum(taxes) if carries_tax else 0)
    return Amount(
        net_minor + sum(taxes),
        {
            rate_of(rate): (rate, net_minor, tax)
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
