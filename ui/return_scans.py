"""What a scanned code means while goods come back: a receipt, its goods, or new ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.domain.item import Scanned
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _, current_language
from pos_app.values.quantity import parse_quantity
from ui.presenters.return_state import ReturnPage
from ui.presenters.returns import ReturnsPresenter
from ui.return_actions import ReturnActions

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow

#: A longer code is an item's, not the serial of a receipt.
_SERIAL_DIGITS = 6
_QUANTITY_DIGITS = 3


class ReturnScans(QObject):
    """Finds what was scanned, and says so when nothing was found."""

    def __init__(
        self, flow: CounterFlow, presenter: ReturnsPresenter, actions: ReturnActions
    ) -> None:
        super().__init__(flow)
        self._flow, self._presenter, self._actions = flow, presenter, actions

    def takes_quantity(self, typed: str) -> bool:
        """Serve a short number as the quantity of the chosen goods, if there are."""
        is_short = "." in typed or len(typed) <= _QUANTITY_DIGITS
        page, presenter = self._presenter.page, self._presenter
        if not is_short or page is ReturnPage.FIND:
            return False
        if page is ReturnPage.RECEIPT:
            if self._flow.sale.view.ticket.chosen_return is None:
                return False
            self._flow.sale.lines.on_quantity_typed(typed)
        elif presenter.loose is None:
            return False
        else:
            self._flow.frame.attempt(
                lambda: presenter.type_loose(parse_quantity(typed))
            )
        return True

    def on_receipt(self, code: str) -> bool:
        """Open the receipt; a code that only looks like one is somebody else's."""
        flow, counter = self._flow, self._flow.work.counter
        try:
            (found,) = counter.returns.receipts.by_code(code)[:1]
        except UserError as error:
            if self._is_elsewhere(code):
                return False
            flow.frame.refuse(error)
            return True
        if flow.sale.is_held or flow.payment.is_waiting:
            flow.frame.refuse(UserError("commit_under_way"))
            return True
        current = counter.sale.current
        if current is not None and current.has_money:
            flow.frame.refuse(UserError("money_already_taken"))
            return True
        self._actions.begin(found.sale_id)
        return True

    def _is_elsewhere(self, code: str) -> bool:
        counter = self._flow.work.counter
        try:
            is_parked = counter.park.by_slip(code) is not None
        except GuitaiError:
            return True
        return is_parked or self._look_up(code) is not None

    def _look_up(self, code: str) -> Scanned | None:
        try:
            return self._flow.work.counter.sale.look_up(code)
        except GuitaiError:
            return None

    def on_goods(self, code: str) -> bool:
        """While looking: receipts with the item. On a receipt: one more of it."""
        scanned, page = self._look_up(code), self._presenter.page
        if page is ReturnPage.FIND:
            self._find(code, scanned)
            return True
        if scanned is None:
            return False
        if page is ReturnPage.LOOSE:
            self._actions.choose_loose(scanned)
            return True
        row = self._presenter.row_of(scanned.unit.unit_id, scanned.quantity)
        if row is None:
            return False  # new goods: an exchange
        self._actions.take_scanned(row, scanned.quantity)
        return True

    def _find(self, code: str, scanned: Scanned | None) -> None:
        """Find by number, serial, end of a card, or by an item."""
        receipts = self._flow.work.counter.returns.receipts
        if scanned is not None and len(code) > 6:
            name = scanned.unit.name_in(current_language())
            found = receipts.with_item(scanned.unit.item_id)
            self._presenter.list_found(found, _("With {name}", name=name))
            return
        try:
            found = receipts.by_code(code)
        except UserError as error:
            if scanned is None:
                self._flow.frame.refuse(error)
                return
            found = receipts.with_item(scanned.unit.item_id)
        if len(found) == 1:
            self._actions.begin(found[0].sale_id)
        else:
            self._presenter.list_found(found, _("Found for {code}", code=code))


def typed_day(text: str, today: date) -> date:
    """Return the day that was typed: month and day, or year, month and day.

    Raises:
        ValueError: it is none.
    """
    if len(text) == len("1118"):
        day = date(today.year, int(text[:2]), int(text[2:]))
        return day if day <= today else day.replace(year=today.year - 1)
    return date.fromisoformat(text)
