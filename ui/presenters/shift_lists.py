"""Lists of closed shifts: their Z reports, and those that wait for a review."""

from __future__ import annotations

from PySide6.QtCore import Signal
from typing_extensions import override

from pos_app.domain.shift import Shift, ShiftClose
from pos_app.i18n import _
from ui.presenters.frame_state import KeyHint
from ui.presenters.shift_outcome import signed_money
from ui.presenters.shift_part import ShiftPart
from ui.presenters.shift_state import (
    HeadView,
    ListView,
    PadView,
    RowView,
    ShiftPage,
    ShiftState,
)

#: A month of two shifts a day.
SHOWN = 60


class ClosedListPart(ShiftPart):
    """A line for each close."""

    def closes(self) -> tuple[ShiftClose, ...]:
        """Return what is listed, the newest first."""
        return tuple(self.service.closes(SHOWN))

    def begin(self) -> None:
        """Show the list."""
        self.changed.emit()

    def find(self, shift_id: str) -> ShiftClose:
        """Return the close of a line."""
        return next(x for x in self.closes() if x.shift.shift_id == shift_id)

    def title(self) -> str:
        """Return the head's words."""
        return _("Z reports")

    def action(self) -> str:
        """Return the words of each line's key."""
        return _("Show")

    def nothing(self) -> str:
        """Return what an empty list says."""
        return _("No shift was closed yet")

    @property
    @override
    def state(self) -> ShiftState:
        """Return everything the screen shows."""
        rows = self.rows()
        return ShiftState(
            frame=self.frame.state((KeyHint("Esc", _("Back")),)),
            currency=self.currency,
            head=HeadView(self.title()),
            page=ShiftPage.LIST,
            rows=ListView(rows, self.nothing()),
            pad=PadView(
                label=self.title(),
                note=str(len(rows)),
                has_digits=False,
                main=_("Back"),
                main_icon="arrow-left",
                is_working=self.is_working,
            ),
        )

    def rows(self) -> tuple[RowView, ...]:
        """Return the lines."""
        return tuple(self._row(one) for one in self.closes())

    def _row(self, close: ShiftClose) -> RowView:
        number = _("Shift #{number}", number=close.shift.short_number)
        closed = self.clock(close.closed_at)
        return RowView(
            key=close.shift.shift_id,
            title=f"{number} · {close.z_number}",
            detail=f"{closed} · {self.person(close.closed_by, close.closed_by_name)}",
            amount=signed_money(close.difference_minor, self.currency),
            action=self.action(),
        )

    @override
    def on_key(self, key: str) -> None:
        self.left.emit(f"z:{key}")

    @override
    def on_main(self) -> None:
        self.left.emit("menu")

    @override
    def on_escape(self) -> bool:
        self.left.emit("menu")
        return True


class ReviewListPart(ClosedListPart):
    """The closes whose difference was above the limit."""

    accepted = Signal()
    """A difference was accepted: fewer wait now."""

    @override
    def closes(self) -> tuple[ShiftClose, ...]:
        return tuple(self.service.waiting_reviews())

    @override
    def title(self) -> str:
        return _("Closes to review")

    @override
    def action(self) -> str:
        return _("Review")

    @override
    def nothing(self) -> str:
        return _("No close waits for a review")

    @override
    def on_key(self, key: str) -> None:
        self.left.emit(f"review:{key}")

    def accept(self, shift_id: str, note: str) -> None:
        """Accept a difference, with a note on why."""
        self.frame.attempt(lambda: self._accept(shift_id, note))

    def _accept(self, shift_id: str, note: str) -> None:
        self.await_future(self.service.review(shift_id, note), self._on_accepted)

    def _on_accepted(self, _done: object) -> None:
        self.is_working = False
        self.frame.say(_("The difference is accepted; it is in the journal"))
        self.accepted.emit()
        self.changed.emit()


class OpenListPart(ClosedListPart):
    """The open shifts of others, in a shop where everybody has a drawer."""

    def shifts(self) -> tuple[Shift, ...]:
        """Return them, the oldest first."""
        own = self.service.current()
        return tuple(x for x in self.service.open_shifts() if x != own)

    @override
    def title(self) -> str:
        return _("Shifts of others")

    @override
    def nothing(self) -> str:
        return _("Nobody else has an open shift")

    @override
    def rows(self) -> tuple[RowView, ...]:
        return tuple(
            RowView(
                key=one.shift_id,
                title=_("Shift #{number}", number=one.short_number),
                detail=self.shift_words(one),
                amount="",
                action=_("Close shift"),
                icon="clock-user",
            )
            for one in self.shifts()
        )

    @override
    def on_key(self, key: str) -> None:
        self.left.emit(f"close:{key}")
