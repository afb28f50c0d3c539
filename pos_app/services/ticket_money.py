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
from pos_app.domain.returned_line import ReturnedLine
from pos_app.ports.ledger import Ledger
from pos_app.services.desk import Desk
from pos_app.services.money_ways import paid_for, ways_of
from pos_app.services.sale import SaleService


@dataclass(frozen=True, slots=True)
class _Origin:
    """A sale that goods come back from, as the ledger knows it now."""

    paid: SalePaid
    ways: tuple[MoneyWay, ...]


@dataclass(frozen=True, slots=True)
class _Back:
    """What goods that come back are worth: of many lines it is added up once.

    Attributes:
        returns: the goods as they lie in the basket. origins: where they come from.
        back_minor: what the customer gets for them.
        room_minor: by how much that may be rounded up; None for any amount.
        ways: in which the money came, with how much may go back.
        free_minor: what goes back any way.
    """

    returns: tuple[ReturnedLine, ...]
    origins: tuple[_Origin, ...]
    back_minor: int
    room_minor: int | None
    ways: tuple[MoneyWay, ...]
    free_minor: int


class TicketMoney:
    """Works out the money of the open ticket; used from the sale's thread."""

    def __init__(self, desk: Desk, sale: SaleService) -> None:
        self._desk = desk
        self._sale = sale
        self._known: tuple[object, tuple[_Origin, ...]] = (None, ())
        self._added: _Back | None = None

    def stands(self) -> Payment | RefundPayment | None:
        """Return the payment or the refund so far; None between two customers."""
        current, priced = self._sale.current, self._sale.priced
        if current is None or priced is None:
            return None
        rounding, back = self._sale.rules.cash_rounding, self._back(current.basket)
        due_minor = priced.total_minor - back.back_minor
        if due_minor >= 0 and not current.refunds:
            return Payment(due_minor, rounding, current.tenders)
        due_minor = max(0, -due_minor)
        return RefundPayment(due_minor, rounding, current.refunds, back.room_minor)

    def paid(self) -> tuple[SalePaid, ...]:
        """Return what was paid for the sales that goods come back from."""
        return tuple(origin.paid for origin in self._origins())

    def ways(self) -> tuple[MoneyWay, ...]:
        """Return the ways in which the money came, with how much may go back."""
        basket = self._sale.basket
        return self._back(basket).ways if basket else ()

    @property
    def free_minor(self) -> int:
        """What goes back any way: nobody knows how goods without receipt were paid."""
        basket = self._sale.basket
        return self._back(basket).free_minor if basket else 0

    def look_again(self) -> None:
        """Forget what the ledger said: a document was added since."""
        self._known, self._added = (None, ()), None

    def _back(self, basket: Basket) -> _Back:
        """Add up what comes back, once for each change of it."""
        known = self._added
        if known is None or known.returns is not basket.returns:
            known = self._added = _added_up(basket.returns, self._asked(basket))
        return known

    def _origins(self) -> tuple[_Origin, ...]:
        basket = self._sale.basket
        return self._back(basket).origins if basket else ()

    def _asked(self, basket: Basket) -> tuple[_Origin, ...]:
        """Return the sales that goods come back from, asked once for each ticket."""
        ids = origin_ids(basket)
        if not ids:
            return ()
        key = (basket.basket_id, ids)
        if self._known[0] != key:
            self._known = (key, tuple(_origin(self._desk.ledger, x) for x in ids))
        return self._known[1]


def origin_ids(basket: Basket) -> tuple[str, ...]:
    """Return the sales that goods of a basket come back from, each once."""
    ids = (line.origin.sale_id for line in basket.returns if line.origin)
    return tuple(dict.fromkeys(ids))


def _added_up(lines: tuple[ReturnedLine, ...], origins: tuple[_Origin, ...]) -> _Back:
    paid = tuple(origin.paid for origin in origins)
    returns, ways = within_paid(lines, paid), list[MoneyWay]()
    for origin in origins:
        worth_minor = sum(
            line.refunded_minor
            for line in returns
            if line.origin and line.origin.sale_id == origin.paid.sale_id
        )
        ways += ways_for(origin.ways, worth_minor)
    return _Back(
        lines,
        origins,
        sum(line.refunded_minor for line in returns),
        room_minor(returns, paid),
        tuple(ways),
        sum(line.paid_minor for line in lines if line.origin is None),
    )


def _origin(ledger: Ledger, sale_id: str) -> _Origin:
    sale = ledger.sale(sale_id)
    assert sale is not None, sale_id
    earlier = ledger.returns.earlier_refunds(sale_id)
    refunded_minor = sum(ticket.refunded_minor for ticket in earlier)
    rounded_minor = sum(ticket.rounded_minor for ticket in earlier)
    paid = SalePaid(sale_id, paid_for(sale), refunded_minor, rounded_minor)
    return _Origin(paid, ways_of(ledger, sale))
