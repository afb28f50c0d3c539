"""What the bars say of shifts: the number behind the till's, closes to review."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos_app.domain.permission import Permission
from pos_app.domain.shift import Shift
from pos_app.i18n import _, plural
from ui.presenters.frame_state import ChipView, Tone
from ui.presenters.workplace import Workplace

REVIEWS = "shift_reviews"


class ShiftBars(QObject):
    """Remembers the answers: the bars ask for every scan, the database should not."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._counter = work.counter
        self._known: tuple[str, Shift | None, int] | None = None

    def forget(self) -> None:
        """Ask anew: a shift was opened or closed, or somebody else is here."""
        self._known = None

    @property
    def shift(self) -> Shift | None:
        """The open shift of whoever is signed on."""
        return self._look()[1]

    @property
    def waiting(self) -> int:
        """How many closes wait for a review by whoever is signed on."""
        return self._look()[2]

    def till_note(self) -> str:
        """Return the words behind the till's number."""
        shift = self.shift
        if shift is None:
            return ""
        return _("Shift #{number}", number=shift.short_number)

    def chips(self) -> tuple[ChipView, ...]:
        """Return the chip of the reviews, for those who may make them."""
        count = self.waiting
        if not count:
            return ()
        words = plural("{count} close to review", "{count} closes to review", count)
        return (ChipView(REVIEWS, words, "clock-user", Tone.WARN, str(count)),)

    def _look(self) -> tuple[str, Shift | None, int]:
        staff = self._counter.desk.session.staff
        staff_id = staff.staff_id if staff else ""
        if self._known is None or self._known[0] != staff_id:
            shifts = self._counter.shift
            shift = shifts.current() if staff else None
            is_reviewer = staff is not None and staff.may(Permission.SHIFT_REVIEW)
            waiting = len(shifts.waiting_reviews()) if is_reviewer else 0
            self._known = (staff_id, shift, waiting)
        return self._known
