"""The return panel's presenter: which receipt, which goods of it, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.permission import Permission
from pos_app.domain.returned_line import ReturnedLine
from pos_app.errors import UserError
from pos_app.i18n import _, current_language
from pos_app.ports.returns import ReceiptFound
from pos_app.services.no_receipt import LowestPrice, lowest_price
from pos_app.services.returnable import ReturnableLine, ReturnableSale
from pos_app.values.quantity import checked_quantity
from pos_app.values.times import BusinessDay
from ui.format import day_text, money, quantity
from ui.presenters.frame import FramePresenter
from ui.presenters.return_rows import (
    RowsOfReceipt,
    kept_words_of,
    receipt_row,
    sale_words,
    unit_words,
)
from ui.presenters.return_state import (
    FindView,
    ReasonView,
    ReceiptRow,
    ReturnPage,
    ReturnRow,
    ReturnState,
)
from ui.presenters.returned_view import name_of, reason_names
from ui.presenters.ticket_view import TicketView
from ui.presenters.workplace import Workplace

_ONE = Decimal(1)
LOOSE = "loose"


class ReturnsPresenter(QObject):
    """Knows where one is; what comes back lies in the basket."""

    state_changed = Signal()
    """The panel must show `state` anew."""

    def __init__(
        self, work: Workplace, frame: FramePresenter, ticket: TicketView
    ) -> None:
        super().__init__()
        self._work, self._frame, self._ticket = work, frame, ticket
        self.page = ReturnPage.FIND
        self.sale_id = ""
        self._day: BusinessDay | None = None
        self._heading = ""
        self._listed: tuple[ReceiptFound, ...] = ()
        self._written: tuple[object, tuple[ReceiptRow, ...]] = (None, ())
        self.loose: SellingUnit | None = None
        self.loose_count = _ONE
        self._looked: tuple[object, ReturnableSale] | None = None
        self._lines = RowsOfReceipt(work)

    # -------------------------------------------------------------- where one is

    def find_day(self, day: BusinessDay | None = None) -> None:
        """List the receipts of a day; None for the present one."""
        today = self._work.counter.desk.business_day()
        self._day = min(day or today, today)
        self._listed = tuple(self._work.counter.returns.receipts.on_day(self._day))
        self._go(ReturnPage.FIND)

    def step_day(self, step: int) -> None:
        """List the day before or after."""
        today = self._work.counter.desk.business_day()
        self.find_day((self._day or today) + timedelta(days=step))

    def list_found(self, found: Sequence[ReceiptFound], heading: str) -> None:
        """List what was found otherwise than by day."""
        self._day, self._heading, self._listed = None, heading, tuple(found)
        self._go(ReturnPage.FIND)

    def show_receipt(self, found: ReturnableSale) -> None:
        """Show a receipt that was taken up."""
        self.sale_id, self._looked = found.sale.sale_id, None
        self._go(ReturnPage.RECEIPT)

    def begin_loose(self) -> None:
        """Take goods back without a receipt."""
        self.loose, self.loose_count = None, _ONE
        self._go(ReturnPage.LOOSE)

    def choose_loose(self, unit: SellingUnit, count: Decimal = _ONE) -> None:
        """Ask how much of an item comes back, and why."""
        self.loose, self.loose_count = unit, count
        self._go(ReturnPage.LOOSE)

    def step_loose(self, step: int) -> None:
        """Raise or lower the quantity without a receipt."""
        self.type_loose(max(_ONE, self.loose_count + step))

    def type_loose(self, count: Decimal) -> None:
        """Say how much comes back without a receipt.

        Raises:
            UserError: "quantity_not_whole" for part of a piece.
        """
        unit = self.loose
        assert unit is not None
        if unit.sell_by is SellBy.COUNT and count != count.to_integral_value():
            name = unit.name_in(current_language())
            raise UserError("quantity_not_whole", quantity=str(count), name=name)
        self.loose_count = checked_quantity(count)
        self.state_changed.emit()

    def step_back(self) -> bool:
        """Go one step back; False from the first one."""
        if self.page is ReturnPage.LOOSE and self.loose is not None:
            self.begin_loose()
            return True
        if self.page is ReturnPage.LOOSE:
            self.find_day(self._day)
            return True
        return False

    def forget(self) -> None:
        """Read the receipt anew: something came back, or was parked."""
        self._looked = None
        self.state_changed.emit()

    def _go(self, page: ReturnPage) -> None:
        self.page = page
        if page is not ReturnPage.LOOSE:
            self.loose = None
        self.state_changed.emit()

    # --------------------------------------------------------------- the receipt

    @property
    def found(self) -> ReturnableSale | None:
        """The receipt as it stands; None on another page."""
        if self.page is not ReturnPage.RECEIPT or not self.sale_id:
            return None
        basket = self._work.counter.sale.basket
        key = (self.sale_id, basket.returns if basket else ())
        if self._looked is None or self._looked[0] != key:
            self._looked = (key, self._work.counter.returns.look(self.sale_id))
        return self._looked[1]

    def row(self, key: str) -> ReturnableLine | None:
        """Return a line of the receipt by its row's key."""
        found = self.found
        if found is None or not key.isdecimal():
            return None
        at = int(key) - 1
        return found.lines[at] if 0 <= at < len(found.lines) else None

    def row_of(self, unit_id: str, count: Decimal | None) -> ReturnableLine | None:
        """Return the line from which scanned goods come back; None for new goods."""
        found = self.found
        rows = [
            row
            for row in (found.lines if found else ())
            if row.line.unit_id == unit_id and row.is_returnable
        ]
        free = [
            row for row in rows if row.left > (row.here.quantity if row.here else 0)
        ]
        same = [row for row in free if count is not None and row.sold == count]
        return next(iter(same or free), None)

    # ------------------------------------------------------------------ the state

    @property
    def state(self) -> ReturnState:
        """Return everything the panel shows."""
        if self.page is ReturnPage.FIND:
            return ReturnState(self.page, _("Find the receipt"), find=self._find())
        if self.page is ReturnPage.LOOSE:
            return self._loose_state()
        found = self.found
        assert found is not None
        chosen = self._ticket.chosen_return
        is_today = found.days_ago == 0
        untouched = not any(row.taken or row.here for row in found.lines)
        kept = kept_words_of(found, self._work.currency)
        needs = self._work.counter.desk.needs_approval(Permission.SALE_REVERSE)
        return ReturnState(
            page=self.page,
            title=_("Receipt {number}", number=found.sale.number),
            below=sale_words(found.sale, self._work),
            rows=self._lines.of(found, chosen.line_id if chosen else ""),
            reasons=self._reasons(chosen),
            can_take_all=any(
                row.is_returnable
                and row.left
                and (row.here is None or row.here.quantity < row.left)
                for row in found.lines
            ),
            can_reverse=is_today and untouched and not found.sale.returns,
            is_reverse_locked=needs,
            kept_title=kept[0],
            kept_words=kept[1],
        )

    def _find(self) -> FindView:
        today = self._work.counter.desk.business_day()
        heading = self._heading
        if self._day is not None:
            names = {0: _("Today"), 1: _("Yesterday")}
            heading = names.get((today - self._day).days, day_text(self._day))
        with_day = self._day is None
        return FindView(
            heading=heading,
            rows=self._receipts(with_day=with_day),
            is_day=not with_day,
            can_go_on=self._day is not None and self._day < today,
            is_locked=self._work.counter.desk.needs_approval(
                Permission.RETURN_NO_RECEIPT
            ),
        )

    def _receipts(self, *, with_day: bool) -> tuple[ReceiptRow, ...]:
        """Return the rows; written once, since every key on the pad renders."""
        listed, language = self._listed, current_language()
        if self._written[0] != (listed, language):
            rows = [receipt_row(x, self._work, with_day=with_day) for x in listed]
            self._written = ((listed, language), tuple(rows))
        return self._written[1]

    def _loose_state(self) -> ReturnState:
        unit = self.loose
        title = _("Return without receipt")
        if unit is None:
            return ReturnState(
                self.page,
                title,
                below=_("Scan the item, or search for it"),
                reasons=self._reasons(self._ticket.chosen_return),
                invitation=_("Scan the item that comes back"),
            )
        names = tuple(reason_names(self._work).items())
        name = unit.name_in(current_language())
        ask = _("Why does {name} come back?", name=name)
        price = lowest_price(self._work.counter.desk, unit)
        return ReturnState(
            self.page,
            title,
            below=_("A reason takes it back"),
            rows=(self._loose_row(unit, price),),
            reasons=ReasonView(ask, names) if price else None,
        )

    def _loose_row(self, unit: SellingUnit, price: LowestPrice | None) -> ReturnRow:
        symbol = unit_words(unit.sell_by, unit.unit_code, unit.unit_name)
        detail = _("It never had a price here")
        if price is not None:
            detail = _(
                "{days}-day low {amount}",
                days=price.days,
                amount=money(price.minor, self._work.currency),
            )
            if price.since is not None:
                day = day_text(price.since.at(self._work.zone).date())
                detail += " · " + _("since {day}", day=day)
        return ReturnRow(
            key=LOOSE,
            name=unit.name_in(current_language()),
            variant=unit.variant,
            detail=detail,
            count=quantity(self.loose_count, symbol),
            is_here=True,
            can_less=self.loose_count > _ONE,
            chip="" if price and unit.is_returnable else _("Not returnable"),
        )

    def _reasons(self, chosen: ReturnedLine | None) -> ReasonView | None:
        if chosen is None:
            return None
        names = tuple(reason_names(self._work).items())
        title = _("Reason: {name}", name=name_of(chosen))
        return ReasonView(title, names, chosen.reason, chosen.is_sellable)
