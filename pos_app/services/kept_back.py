"""What promotions keep back of the goods that come back in the open ticket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pos_app.domain.as_sold import AsSold, as_sold
from pos_app.domain.basket import Basket
from pos_app.domain.given_alone import GivenAlone, given_as_known
from pos_app.domain.kept_back import Recomputed, Regive, Regivers
from pos_app.domain.kept_goods import recomputed
from pos_app.domain.line_rates import LineRates
from pos_app.domain.open_sale import Intent, ReplaceReturn, SetOverride
from pos_app.domain.promotion.application import Application
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.reduction import OverrideCause
from pos_app.domain.refund import ReturnPart, returned_part
from pos_app.domain.returned_line import KeptBack, ReturnedLine
from pos_app.domain.sale import Sale
from pos_app.services.desk import Desk
from pos_app.services.exchange import paid_per_unit_minor


class Settling:
    """Settles what promotions keep back in a ticket; used from the sale's thread.

    It remembers the sale it worked on last: each touch of a receipt asks again.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._last: tuple[Sale, int, Recomputed] | None = None

    def changes(self, basket: Basket) -> tuple[Intent, ...]:
        """Return what brings a ticket's returns to what promotions keep back now.

        Whatever of a sale comes back in one ticket is looked at together, so a change
        of one line may change others; what was exchanged for them keeps the price
        paid.

        Args:
            basket: the ticket, each returned line at its own worth or settled before.
        """
        found: list[Intent] = []
        ids = dict.fromkeys(x.origin.sale_id for x in basket.returns if x.origin)
        for sale_id in ids:
            before = [x for x in basket.returns if _is_of(x, sale_id)]
            sale = self._desk.ledger.sale(sale_id)
            assert sale is not None, sale_id
            for line, was in zip(self.together(sale, before), before, strict=True):
                if line is not was and line != was:
                    found.append(ReplaceReturn(line))
                    found += _prices_kept(basket, line)
        return tuple(found)

    def beside(
        self, sale: Sale, basket: Basket, fresh: Sequence[ReturnedLine]
    ) -> tuple[Sequence[Intent], Sequence[ReturnedLine]]:
        """Settle goods of a sale that come to those of it that lie in a ticket.

        Args:
            sale: as finished.
            basket: the ticket.
            fresh: each at its own worth; in the place of the line of its id, if any.

        Returns:
            What changes lines that lie there, and those that are to be added.
        """
        held = [line for line in basket.returns if _is_of(line, sale.sale_id)]
        own = {line.line_id: line for line in (*held, *fresh)}
        settled = self.together(sale, list(own.values()))
        changes: list[Intent] = []
        for line, was in zip(settled, held, strict=False):
            if line is not was and line != was:
                changes.append(ReplaceReturn(line))
                if line != own[line.line_id]:
                    changes += _prices_kept(basket, line)
        return changes, settled[len(held) :]

    def together(
        self, sale: Sale, lines: Sequence[ReturnedLine]
    ) -> Sequence[ReturnedLine]:
        """Return goods of one sale at what they give back beside each other."""
        if not recomputed(sale):
            return lines
        taken = self._desk.ledger.returns.taken_thousandths(sale.sale_id)
        rates = LineRates(sale)
        plain = [_own_worth(sale, line, rates) for line in lines]
        work = self._work(sale)
        return work.settled(plain, taken, _kept_before(self._desk, sale))

    def _work(self, sale: Sale) -> Recomputed:
        catalogue = self._desk.catalog.version()
        last = self._last
        if last is None or last[0] is not sale or last[1] != catalogue:
            work = Recomputed(sale, _regivers(self._desk, sale))
            last = self._last = sale, catalogue, work
        return last[2]


def _own_worth(sale: Sale, line: ReturnedLine, rates: LineRates) -> ReturnedLine:
    at = line.origin
    assert at is not None
    if not line.kept_back:
        return line
    part = ReturnPart(at.line_position, at.taken_before_thousandths, line.quantity)
    fresh = returned_part(sale, part, line.line_id, line.reason, rates)
    return replace(fresh, is_sellable=line.is_sellable)


def _kept_before(desk: Desk, sale: Sale) -> list[KeptBack]:
    """Return what finished tickets kept back of a sale's goods."""
    found: list[KeptBack] = []
    for ticket_id in desk.ledger.returns.tickets_of(sale.sale_id):
        ticket = desk.ledger.sale(ticket_id)
        assert ticket is not None, ticket_id
        for line in ticket.returns:
            if _is_of(line, sale.sale_id):
                found += line.kept_back
    return found


def _regivers(desk: Desk, sale: Sale) -> Regivers:
    return {key: _regive(desk, sale, uses) for key, uses in recomputed(sale).items()}


def _regive(desk: Desk, sale: Sale, uses: Sequence[Application]) -> Regive | None:
    use = uses[0]
    promotion = given_as_known(_stored(desk, sale, use), use.kind)
    if promotion is None:
        return None
    now = desk.clock.now()
    units = {x: desk.catalog.unit(x, now) for x in {y.unit_id for y in sale.lines}}
    known = {key: unit for key, unit in units.items() if unit is not None}
    above = desk.catalog.categories()
    parents = {x.category_id: x.parent_id for x in above if x.parent_id}
    then = as_sold(sale, uses, AsSold(promotion, known), parents)
    return GivenAlone(
        then.promotion,
        sum(each.times for each in uses),
        use.layer,
        then.units,
        parents,
        then.orphans,
    )


def _stored(desk: Desk, sale: Sale, use: Application) -> Promotion | None:
    """Return the version that a sale used; None for another one of its number.

    A catalogue that is older than the sale may have given the number again: what
    began to hold only after the sale ended, or never did, is not what the sale had.
    """
    runs = desk.catalog.promotion_runs(use.promotion_id)
    begun = [x.period.start for x in runs if x.version == use.version]
    if not any(start is not None and start <= sale.ended_at for start in begun):
        return None
    return desk.catalog.promotion_version(use.promotion_id, use.version)


def _prices_kept(basket: Basket, back: ReturnedLine) -> Iterable[Intent]:
    for line in basket.lines:
        override = line.override
        if line.exchange_for != back.line_id or override is None:
            continue
        paid_minor = paid_per_unit_minor(back)
        is_kept = override.cause is OverrideCause.EXCHANGE
        if is_kept and override.unit_price_minor != paid_minor:
            fresh = replace(override, unit_price_minor=paid_minor)
            yield SetOverride(line.line_id, fresh, back.line_id)


def _is_of(line: ReturnedLine, sale_id: str) -> bool:
    return line.origin is not None and line.origin.sale_id == sale_id
