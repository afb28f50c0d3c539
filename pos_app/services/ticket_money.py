"""What the open ticket comes to once goods come back in it: to pay or to refund."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.basket import Basket
from pos_app.domain.payment import Payment
from pos_app.domain.refund_payment import (
    RefundPayment,
    SalePaid,
    room_minor,
    within_paid,
)
from pos_app.domain.refund_ways import MoneyWay, ways_for
from pos_app.ports.ledger import Ledger
from pos_app.services.desk import Desk
from pos_app.services.money_ways import paid_for, ways_of
from pos_app.services.sale import SaleService


@dataclass(frozen=True, slots=True)
class _Origin:
    """A sale that goods come back from, as the ledger knows it now."""

    paid: SalePaid
    ways: tuple[MoneyWay, ...]


class TicketMoney:
    """Works out the money of the open ticket; used from the sale's thread."""

    def __init__(self, desk: Desk, sale: SaleService) -> None:
        self._desk = desk
        self._sale = sale
        self._known: tuple[object, tuple[_Origin, ...]] = (None, ())

    def stands(self) -> Payment | RefundPayment | None:
        """Return the payment or the refund so far; None between two customers."""
        current, priced = self._sale.current, self._sale.priced
        if current is None or priced is None:
            return None
        rounding = self._sale.rules.cash_rounding
        returns = within_paid(current.basket.returns, self.paid())
        back_minor = sum(line.refunded_minor for line in returns)
        due_minor = priced.total_minor - back_minor
        if due_minor >= 0 and not current.refunds:
            return Payment(due_minor, rounding, current.tenders)
        room, back_minor = room_minor(returns, self.paid()), max(0, -due_minor)
        return RefundPayment(back_minor, rounding, current.refunds, room)

    def paid(self) -> tuple[SalePaid, ...]:
        """Return what was paid for the sales that goods come back from."""
        return tuple(origin.paid for origin in self._origins())

    def ways(self) -> tuple[MoneyWay, ...]:
        """Return the ways in which the money came, with how much may go back."""
        basket = self._sale.basket
        if basket is None:
            return ()
        returns = within_paid(basket.returns, self.paid())
        found: list[MoneyWay] = []
        for origin in self._origins():
            worth_minor = sum(
                line.refunded_minor
                for line in returns
                if line.origin and line.origin.sale_id == origin.paid.sale_id
            )
            found += ways_for(origin.ways, worth_minor)
        return tuple(found)

    @property
    def free_minor(self) -> int:
        """What goes back any way: nobody knows how goods without receipt were paid."""
        basket = self._sale.basket
        returns = basket.returns if basket else ()
        return sum(line.paid_minor for line in returns if line.origin is None)

    def look_again(self) -> None:
        """Forget what the ledger said: a document was added since."""
        self._known = (None, ())

    def _origins(self) -> tuple[_Origin, ...]:
        basket = self._sale.basket
        ids = origin_ids(basket) if basket else ()
        if not ids:
            return ()
        assert basket is not None
        key = (basket.basket_id, ids)
        if self._known[0] != key:
            self._known = (key, tuple(_origin(self._desk.ledger, x) for x in ids))
        return self._known[1]


def origin_ids(basket: Basket) -> tuple[str, ...]:
    """Return the sales that goods of a basket come back from, each once."""
    ids = (line.origin.sale_id for line in basket.returns if line.origin)
    return tuple(dict.fromkeys(ids))


def _origin(ledger: Ledger, sale_id: str) -> _Origin:
    sale = ledger.sale(sale_id)
    assert sale is not None, sale_id
    earlier = ledger.returns.earlier_refunds(sale_id)
    refunded_minor = sum(ticket.refunded_minor for ticket in earlier)
    rounded_minor = sum(ticket.rounded_minor for ticket in earlier)
    paid = SalePaid(sale_id, paid_for(sale), refunded_minor, rounded_minor)
    return _Origin(paid, ways_of(ledger, sale))
