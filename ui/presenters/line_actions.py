"""What the cashier does to a line of the ticket."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from pos_app.domain.basket import Basket
from pos_app.domain.returned_line import ReturnedLine
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _, current_language
from pos_app.values.quantity import parse_quantity
from ui.format import quantity
from ui.presenters.frame import FramePresenter
from ui.presenters.frame_state import Tone
from ui.presenters.returned_view import name_of
from ui.presenters.ticket_view import TicketView
from ui.presenters.workplace import Workplace

ASK_ABOVE = Decimal(99)


class LineActions(QObject):
    """Quantity, note, void and undo of the selected line."""

    changed = Signal()
    """The ticket is different."""
    quantity_doubted = Signal(str)
    """More than 99 were typed: ask once; the quantity as text."""

    def __init__(
        self, work: Workplace, frame: FramePresenter, ticket: TicketView
    ) -> None:
        super().__init__()
        self._work = work
        self._frame = frame
        self._ticket = ticket

    def on_line_selected(self, line_id: str) -> None:
        """Select a line."""
        if self._is_line(line_id):
            self._ticket.choose_return("")
            self._work.counter.sale.select(line_id)
            self.changed.emit()
        elif self._is_return(line_id):
            self._ticket.choose_return(line_id)
            self.changed.emit()

    def on_line_moved(self, step: int) -> None:
        """Select the line above or below."""
        basket = self._basket
        if basket is None or not (basket.lines or basket.returns):
            return
        sold = [line.line_id for line in basket.lines]
        ids = [*(line.line_id for line in basket.returns), *sold]
        row = self._ticket.selected_index()
        self.on_line_selected(ids[min(max(row + step, 0), len(ids) - 1)])

    def on_quantity_stepped(self, step: int) -> None:
        """Raise or lower the selected line by one; below one asks to delete."""
        back = self._ticket.chosen_return
        if back is not None:
            self._return_quantity(back, back.quantity + step)
            return
        line_id = self._selected()
        if line_id is None:
            return
        basket = self._basket
        assert basket is not None
        count = basket.line(line_id).quantity + step
        if count <= 0:
            self.on_delete_pressed()
            return
        self._set_quantity(line_id, count)

    def on_quantity_typed(self, text: str) -> None:
        """The typed number becomes the selected line's quantity."""
        back = self._ticket.chosen_return
        if (back is None and self._selected() is None) or not text:
            self._frame.say(_("Type a number first, then Quantity"), Tone.INFO)
            return
        try:
            count = parse_quantity(text)
        except UserError as error:
            self._frame.refuse(error)
            return
        if back is not None:
            self._return_quantity(back, count)
        elif count > ASK_ABOVE:
            self.quantity_doubted.emit(text)
        else:
            self.on_quantity_confirmed(text)

    def on_quantity_confirmed(self, text: str) -> None:
        """Somebody said that more than 99 is right."""
        line_id = self._selected()
        if line_id is not None:
            self._set_quantity(line_id, parse_quantity(text))

    def _set_quantity(self, line_id: str, count: Decimal) -> None:
        try:
            self._work.counter.sale.set_quantity(line_id, count)
        except GuitaiError as error:
            self._frame.refuse(error)
        self.changed.emit()

    def _return_quantity(self, line: ReturnedLine, count: Decimal) -> None:
        """Say how much of sold goods comes back; nothing leaves them sold."""
        if line.origin is None:
            self._frame.say(
                _("Delete it and take it back again with another quantity"), Tone.INFO
            )
            return
        sale_id, position = line.origin.sale_id, line.origin.line_position
        returns, wanted = self._work.counter.returns, max(count, Decimal(0))

        def change() -> None:
            returns.set_quantity(sale_id, position, wanted)
            self._ticket.choose_return(line.line_id)
            self.changed.emit()

        self._frame.attempt(change)

    def _leave_return(self, line: ReturnedLine) -> None:
        """Leave goods with the customer after all."""

        def leave() -> None:
            self._work.counter.returns.remove(line.line_id)
            text = _("Not taken back: {name}", name=name_of(line))
            self._frame.say(text, Tone.INFO)
            self.changed.emit()

        self._frame.attempt(leave)

    def on_note_written(self, line_id: str, text: str) -> None:
        """Give the line that was asked about a note."""
        if not self._is_line(line_id):
            return
        try:
            self._work.counter.sale.set_note(line_id, text)
        except GuitaiError as error:
            self._frame.refuse(error)
        self.changed.emit()

    def on_delete_pressed(self, line_id: str = "") -> None:
        """Void a line; a toast offers to undo it."""
        back = None if line_id else self._ticket.chosen_return
        if back is not None:
            self._leave_return(back)
            return
        wanted = line_id or self._selected()
        if not wanted or not self._is_line(wanted):
            return
        self._frame.attempt(lambda: self._delete(wanted))
        self.changed.emit()

    def _delete(self, line_id: str) -> None:
        line = self._work.counter.sale.remove_line(line_id)
        name = line.unit.name_in(current_language()) if line.unit else line.scanned
        count = quantity(line.quantity)
        text = _("Deleted: {name} ×{count}", name=name, count=count)
        self._frame.offer_undo(text, _("Undo"))
        self.changed.emit()

    def on_undo(self) -> None:
        """Put the line voided last back, or undo what a toast is about instead."""
        if self._frame.undo():
            return
        try:
            line = self._work.counter.sale.undo_remove()
        except GuitaiError as error:
            self._frame.refuse(error)
        else:
            if line is not None:
                self._frame.drop_toast()
        self.changed.emit()

    def selected_note(self) -> str:
        """Return the note of the selected line, for the note dialog."""
        line_id, basket = self._selected(), self._basket
        return basket.line(line_id).note if line_id and basket else ""

    def _selected(self) -> str | None:
        return self._basket.selected if self._basket else None

    @property
    def _basket(self) -> Basket | None:
        return self._work.counter.sale.basket

    def _is_return(self, line_id: str) -> bool:
        basket = self._basket
        return basket is not None and any(x.line_id == line_id for x in basket.returns)

    def _is_line(self, line_id: str) -> bool:
        basket = self._basket
        return basket is not None and any(x.line_id == line_id for x in basket.lines)
