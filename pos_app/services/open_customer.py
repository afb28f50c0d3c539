"""Who the open sale is for: a customer may be known before anything is scanned."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import Future

from pos_app.domain.offer_intents import SetShopper
from pos_app.domain.open_sale import Intent, OpenSale
from pos_app.domain.pricing_result import PricedBasket
from pos_app.errors import GuitaiError, StorageError
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.backlog import Fact
from pos_app.services.coupon_reserving import release_basket
from pos_app.services.desk import Desk
from pos_app.services.offers import taken_anew
from pos_app.values.times import Timestamp


class CustomerKeeping(ABC):
    """What of the open sale concerns its customer; see `OpenSaleKeeper`."""

    _desk: Desk
    _open: OpenSale | None
    _priced: PricedBasket | None
    _on_lost: Callable[[GuitaiError], None]

    def recognise(self, shopper: SetShopper) -> None:
        """Accept who the customer is, into a new sale where none goes on.

        A sale that has nothing but another customer is closed without a trace: it
        was never anybody's sale.

        Raises:
            UserError: "money_already_taken" and what pricing refuses.
        """
        self.ended()
        before, renewed = self._open, tuple[Intent, ...]()
        if before is not None and before.is_empty:
            if before.basket.shopper is not None or is_left(self._desk, before):
                before = None
            else:
                renewed = taken_anew(self._desk, before, self._desk.clock.now())
        before = before or self._begin(self._desk.clock.now())
        self._accept(before, (*renewed, shopper), None)

    def forget_customer(self) -> None:
        """Go on without the customer; a sale of nothing else is closed.

        Raises:
            UserError: "basket_empty", "money_already_taken".
        """
        before = self.going_on()
        self._accept(before, (SetShopper(None),), None)
        if before.is_empty:
            self._open = self._priced = None
            self._forget_durably(before.basket.basket_id)

    def _forget_durably(self, basket_id: str) -> None:
        """Let the disk forget the sale, too: a restart must not bring it back."""
        at = self._desk.clock.now()

        def work(unit: UnitOfWork) -> None:
            release_basket(unit, basket_id, at)
            unit.forget_sale(basket_id)

        self._desk.record(work).add_done_callback(self._check_stored)

    def _check_stored(self, done: Future[None]) -> None:
        """Tell the till what the disk did not take."""
        error = done.exception()
        if error is None:
            return
        if isinstance(error, GuitaiError):
            self._on_lost(error)
            return
        self._on_lost(StorageError("database_failed", detail=repr(error)))
        raise error

    @abstractmethod
    def going_on(self) -> OpenSale:
        """Return the sale that an intent may change."""

    @abstractmethod
    def ended(self) -> None:
        """Begin with the next customer, if the commit was good."""

    @abstractmethod
    def _begin(self, at: Timestamp) -> OpenSale:
        """Return a new sale of whoever is signed on."""

    @abstractmethod
    def _accept(
        self, before: OpenSale, intents: tuple[Intent, ...], fact: Fact | None
    ) -> None:
        """Apply, price, and hand the intents to the core thread."""


def is_left(desk: Desk, sale: OpenSale) -> bool:
    """Tell whether an empty sale is not taken up: somebody else's, or another day's."""
    cashier = desk.session.cashier
    same_day = sale.business_day == desk.business_day()
    is_own = same_day and sale.cashier_id == cashier.staff_id
    return not is_own or sale.basket.discount is not None


def customer_of(desk: Desk, left: OpenSale | None) -> tuple[Intent, ...]:
    """Return what keeps the customer of a sale when only the day has turned."""
    if left is None or left.basket.shopper is None or left.basket.discount:
        return ()
    if left.cashier_id != desk.session.cashier.staff_id:
        return ()
    return (SetShopper(left.basket.shopper, left.basket.recognition),)
