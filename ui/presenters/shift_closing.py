"""Closing a shift, first step: a blind count, stored before anything is shown."""

from __future__ import annotations

from dataclasses import replace

from typing_extensions import override

from pos_app.domain.parked_sale import ParkedSale
from pos_app.domain.shift import Shift, ShiftCount
from pos_app.i18n import _
from ui.format import money
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.count_sheet import CountSheet
from ui.presenters.frame_state import KeyHint
from ui.presenters.shift_checks import OPEN_SALE, PARKED, closing_checks
from ui.presenters.shift_counting import CountingPart
from ui.presenters.shift_part import ShiftPlace
from ui.presenters.shift_state import (
    CheckCardView,
    HeadView,
    PadView,
    ShiftPage,
    ShiftState,
)


def closing_steps() -> tuple[str, ...]:
    """Return the three steps of a close."""
    return (_("Count the cash"), _("Check the rest"), _("Submit"))


class ClosingPart(CountingPart):
    """Counts, and counts once more where the first count did not agree."""

    def __init__(self, place: ShiftPlace) -> None:
        super().__init__(place)
        self._shift: Shift | None = None
        self._first: ShiftCount | None = None
        self.carried: tuple[str, ...] = ()

    def begin(self, shift: Shift) -> None:
        """Take the close up where it stands: after a crash, a count is kept."""
        if self._shift is None or shift.shift_id != self._shift.shift_id:
            self.start_anew()
            self.carried = ()
        self._shift, self._first = shift, None
        if self.service.counts(shift.shift_id):
            self.left.emit("outcome")
        else:
            self.changed.emit()

    def begin_recount(self) -> None:
        """Count once more, from what was typed: only the wrong pile is counted."""
        self._first = self.service.counts(self.shift.shift_id)[0]
        if self.sheet.count != self._first.count:  # after a crash the sheet is gone
            self.sheet = CountSheet.of(self.sheet.kinds, self._first.count)
        self.sheet = replace(self.sheet, selected=0, is_fresh=True)
        self.changed.emit()

    @property
    def shift(self) -> Shift:
        """The shift that is being closed."""
        assert self._shift is not None
        return self._shift

    @property
    @override
    def state(self) -> ShiftState:
        """Return everything the screen shows; nothing of what is expected."""
        title = _("Close shift") if self._first is None else _("Count once more")
        return ShiftState(
            frame=self.frame.state((KeyHint("Esc", _("Back")),)),
            currency=self.currency,
            head=HeadView(title, self.shift_words(self.shift), closing_steps()),
            page=ShiftPage.COUNT,
            count=self.count_view(self._checks()),
            pad=self._pad(),
        )

    def _checks(self) -> CheckCardView:
        card = closing_checks(self.work, self.carried)
        if self._first is None:
            return card
        text = _("This is the second and last count. Both stand on the Z report.")
        return replace(card, blind_title="", blind_text=text)

    def _pad(self) -> PadView:
        float_words = money(self.shift.float_minor, self.currency)
        including = _("with the float of {amount}", amount=float_words)
        pad = self.count_pad(_("Cash counted"), including)
        reason = "" if self.sheet.is_touched else _("Count the cash first")
        below = _("An empty drawer: type 0") if reason else ""
        pad = replace(pad, main=_("Next"), main_detail=_("check the other tenders"))
        return replace(pad, reason=reason, reason_detail=below)

    # -------------------------------------------------------------------- intents

    @override
    def on_main(self) -> None:
        if self.is_working or not self.sheet.is_touched:
            return
        title = self.shift_words(self.shift)
        self.frame.attempt(self._store, ApprovalWords(title=title))

    def _store(self) -> None:
        future = self.service.count(self.sheet.count, self.shift.shift_id)
        self.await_future(future, self._on_stored)

    def _on_stored(self, _count: ShiftCount) -> None:
        self.is_working = False
        self.left.emit("outcome")

    @override
    def on_key(self, key: str) -> None:
        if key == PARKED:
            self.carry_over()
        elif key == OPEN_SALE:
            self.park_open_sale()

    def carry_over(self) -> None:
        """Knowingly leave what is parked now to the next shift."""
        self.carried = tuple(one.number for one in self.work.counter.park.all())
        self.changed.emit()

    def park_open_sale(self) -> None:
        """Set the open sale aside, so that the shift can close."""
        if not self.is_working:
            self.frame.attempt(self._park)

    def _park(self) -> None:
        self.await_future(self.work.counter.park.park(), self._on_parked)

    def _on_parked(self, parked: ParkedSale) -> None:
        self.is_working = False
        self.work.counter.park.settled()
        number = parked.short_number
        self.frame.say(_("Parked as number {number}", number=number))
        self.changed.emit()

    @override
    def on_escape(self) -> bool:
        if not self.is_working:
            self.left.emit("menu" if self._first is None else "outcome")
        return True
