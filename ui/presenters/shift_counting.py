"""Counting by denomination: what opening and closing have in common."""

from __future__ import annotations

from typing_extensions import override

from pos_app.domain.denomination import denominations
from pos_app.i18n import _
from ui.format import amount
from ui.presenters.count_sheet import CountSheet
from ui.presenters.count_view import coin_card, entry_hint, note_card, pieces_note
from ui.presenters.pad_key import PadKey
from ui.presenters.shift_part import ShiftPart, ShiftPlace
from ui.presenters.shift_state import CheckCardView, CountView, KeyView, PadView


class CountingPart(ShiftPart):
    """Keeps the sheet; a subclass says what is done with it."""

    def __init__(self, place: ShiftPlace) -> None:
        super().__init__(place)
        self.sheet = self.empty_sheet()

    def empty_sheet(self) -> CountSheet:
        """Return a sheet of the shop's denominations."""
        values = self.work.counter.desk.shop.cash_notes_minor
        return CountSheet.empty(denominations(self.currency, values))

    def start_anew(self) -> None:
        """Forget what was counted."""
        self.sheet = self.empty_sheet()

    def count_view(self, checks: CheckCardView) -> CountView:
        """Return the page for counting."""
        return CountView(
            notes=note_card(self.sheet, self.currency),
            coins=coin_card(self.sheet, self.currency),
            checks=checks,
            hint=_("Touch a denomination, type how many, ↵ goes to the next"),
        )

    def count_pad(self, label: str, saved: str) -> PadView:
        """Return column C while counting; the subclass adds its main key."""
        return PadView(
            label=label,
            amount=amount(self.sheet.total_minor, self.currency),
            note=pieces_note(self.sheet),
            saved=saved,
            entry_hint=entry_hint(self.sheet, self.currency),
            entry_text=self.sheet.typed,
            first=KeyView(_("Open drawer"), "cash-register"),
            second=KeyView(_("Count anew"), "arrow-counter-clockwise"),
            is_working=self.is_working,
        )

    def _count(self, sheet: CountSheet) -> None:
        if not self.is_working:
            self.sheet = sheet
            self.changed.emit()

    @override
    def on_pad(self, value: str) -> None:
        self._count(self.sheet.press(PadKey(value)))

    @override
    def on_picked(self, key: str) -> None:
        self._count(self.sheet.select(key))

    @override
    def on_stepped(self, key: str, step: int) -> None:
        self._count(self.sheet.step(key, step))

    @override
    def on_moved(self, step: int) -> None:
        self._count(self.sheet.move(step))

    @override
    def on_second(self) -> None:
        if not self.is_working:
            self.start_anew()
            self.changed.emit()
