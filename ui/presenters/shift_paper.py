"""Reports of a shift as they are printed: the X so far, the Z of a closed one."""

from __future__ import annotations

from typing_extensions import override

from pos_app.documents.layout import Layout
from pos_app.domain.shift import ShiftClose, ShiftFigures
from pos_app.i18n import _
from ui.format import amount, money
from ui.presenters.frame_state import KeyHint, Tone
from ui.presenters.shift_closing import closing_steps
from ui.presenters.shift_outcome import signed_money
from ui.presenters.shift_part import ShiftPart, ShiftPlace
from ui.presenters.shift_state import (
    HeadView,
    KeyView,
    PadView,
    PaperView,
    ShiftPage,
    ShiftState,
)


class PaperPart(ShiftPart):
    """Shows one report; what is shown is what the printer gets."""

    def __init__(self, place: ShiftPlace) -> None:
        super().__init__(place)
        self._close: ShiftClose | None = None
        self._figures: ShiftFigures | None = None
        self._is_fresh = False
        self._png = b""

    def begin_x(self, figures: ShiftFigures) -> None:
        """Show the sums so far, as they were printed."""
        self._close, self._is_fresh = None, False
        self._figures = figures
        self._draw(self.service.x_layout(figures))

    def begin_z(self, close: ShiftClose, *, is_fresh: bool) -> None:
        """Show a Z: of the shift closed just now, or an older one."""
        self._close, self._is_fresh = close, is_fresh
        self._draw(self.service.z_layout(close))

    def _draw(self, layout: Layout) -> None:
        self._png = b""
        draw = self.work.upkeep.draw
        self.place.runner.run(lambda: draw(layout)).then(self._on_drawn)
        self.changed.emit()

    def _on_drawn(self, png: bytes) -> None:
        self._png = png
        self.changed.emit()

    @property
    @override
    def state(self) -> ShiftState:
        """Return everything the screen shows."""
        return ShiftState(
            frame=self.frame.state((KeyHint("Esc", _("Back")),)),
            currency=self.currency,
            head=self._head(),
            page=ShiftPage.PAPER,
            paper=self._paper(),
            pad=self._pad(),
        )

    def _head(self) -> HeadView:
        close = self._close
        if close is None:
            shift = self.service.current()
            detail = self.shift_words(shift) if shift else ""
            return HeadView(_("X report"), detail)
        detail = self.shift_words(close.shift)
        if self._is_fresh:
            return HeadView(_("Close shift"), detail, closing_steps(), 2)
        return HeadView(_("Z report"), detail)

    def _paper(self) -> PaperView:
        close = self._close
        if close is None:
            assert self._figures is not None
            now = self.clock(self._figures.at)
            return PaperView(_("Sums so far"), now, self._png)
        title = _("Shift closed") if self._is_fresh else _("Z report")
        closed = self.clock(close.closed_at)
        note = ""
        if close.needs_review:
            note = _("The difference is above the limit: a manager looks at it later.")
        elif close.clock_suspect:
            note = _("The clock went back during this shift; the Z says so.")
        return PaperView(
            title=title,
            detail=f"{close.z_number} · {closed}",
            png=self._png,
            facts=self._facts(close),
            note=note,
            note_tone=Tone.WARN,
        )

    def _facts(self, close: ShiftClose) -> tuple[tuple[str, str], ...]:
        counted = close.counted_minor
        bag = ((_("Bag"), close.bag),) if close.bag else ()
        return (
            (_("Counted"), money(counted, self.currency)),
            (_("The till expects"), money(close.expected_minor, self.currency)),
            (_("Difference"), signed_money(close.difference_minor, self.currency)),
            (_("Stays as float"), money(close.left_minor, self.currency)),
            (_("Into the safe"), money(close.removed_minor, self.currency)),
            *bag,
            (_("Closed by"), self.person(close.closed_by, close.closed_by_name)),
        )

    def _pad(self) -> PadView:
        close = self._close
        label = _("X report") if close is None else _("Stays as float")
        shown = "" if close is None else amount(close.left_minor, self.currency)
        again = _("Print again")
        return PadView(
            label=label,
            amount=shown,
            has_digits=False,
            first=KeyView(_("Open drawer"), "cash-register"),
            second=KeyView(again, "printer"),
            main=_("Done"),
            main_icon="check-circle",
            is_working=self.is_working,
        )

    # -------------------------------------------------------------------- intents

    @override
    def on_second(self) -> None:
        if not self.is_working:
            self.frame.attempt(self._print)

    def _print(self) -> None:
        close = self._close
        if close is None:
            self.await_future(self.service.x_report(), self._on_printed)
        else:
            future = self.service.reprint_z(close.shift.shift_id)
            self.await_future(future, self._on_printed)

    def _on_printed(self, _job: object) -> None:
        self.is_working = False
        self.frame.say(_("It is on its way to the printer"))
        self.frame.tick()
        self.changed.emit()

    @override
    def on_main(self) -> None:
        self.left.emit("done" if self._is_fresh else "menu")

    @override
    def on_escape(self) -> bool:
        self.on_main()
        return True
