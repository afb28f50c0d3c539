"""Opening a shift: the float is counted and compared with what was left."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from typing_extensions import override

from pos_app.domain.shift import Shift, ShiftClose
from pos_app.i18n import _, current_language
from pos_app.ports.printing import PrinterStatus
from ui.format import clock_text, day_text, money
from ui.presenters.frame_state import KeyHint, Tone
from ui.presenters.shift_counting import CountingPart
from ui.presenters.shift_part import ShiftPlace
from ui.presenters.shift_state import (
    CheckCardView,
    CheckView,
    HeadView,
    PadView,
    ShiftPage,
    ShiftState,
)

_TROUBLED = frozenset(
    {PrinterStatus.PAPER_OUT, PrinterStatus.COVER_OPEN, PrinterStatus.OFFLINE}
)


class OpeningPart(CountingPart):
    """Counts the float; a float unlike the one left is confirmed once."""

    def __init__(self, place: ShiftPlace) -> None:
        super().__init__(place)
        self._asked_minor: int | None = None
        self._backup: datetime | None = None
        self._left_minor = 0
        self._last: ShiftClose | None = None

    def begin(self) -> None:
        """Start a count; look at what is known of the till."""
        self.start_anew()
        self._asked_minor = None
        self._last = self.service.last_close()
        self._left_minor = self._last.left_minor if self._last else 0
        self.place.runner.run(self.work.upkeep.last_backup).then(self._on_backup)
        self.changed.emit()

    def _on_backup(self, made: datetime | None) -> None:
        self._backup = made
        self.changed.emit()

    @property
    def _is_asked(self) -> bool:
        """Tell whether it was asked about just this count."""
        return self._asked_minor == self.sheet.total_minor

    @property
    def _difference_minor(self) -> int:
        return self.sheet.total_minor - self._left_minor

    @property
    @override
    def state(self) -> ShiftState:
        """Return everything the screen shows."""
        steps = (_("Count the float"), _("Confirm"), _("Start selling"))
        return ShiftState(
            frame=self.frame.state((KeyHint("Esc", _("Later")),)),
            currency=self.currency,
            head=HeadView(_("Open shift"), self._detail(), steps, int(self._is_asked)),
            page=ShiftPage.COUNT,
            count=self.count_view(self._checks()),
            pad=self._pad(),
        )

    def _detail(self) -> str:
        """Say who opens it and when the last one was closed."""
        staff = self.work.counter.desk.session.staff
        name = staff.name_in(current_language()) if staff else ""
        if self._last is None:
            return name
        closed = self.clock(self._last.closed_at)
        return name + " · " + _("last shift closed {time}", time=closed)

    def _pad(self) -> PadView:
        pad = self.count_pad(_("Float"), self._agreement()[0])
        main = _("Start selling")
        detail = _("with {amount}", amount=money(self.sheet.total_minor, self.currency))
        if self._is_asked:
            main = _("Open as is")
            off = money(abs(self._difference_minor), self.currency)
            is_short = self._difference_minor < 0
            detail = _("{amount} short", amount=off) if is_short else ""
            detail = detail or _("{amount} over", amount=off)
        reason = "" if self.sheet.is_touched else _("Count the float first")
        below = _("An empty drawer: type 0") if reason else ""
        pad = replace(pad, main=main, main_detail=detail)
        return replace(pad, reason=reason, reason_detail=below)

    def _agreement(self) -> tuple[str, Tone]:
        """Say whether the count is what the last shift left."""
        if not self.sheet.is_touched:
            return _("not counted yet"), Tone.PLAIN
        if self._last is None:
            return _("the first float of this drawer"), Tone.PLAIN
        if self._difference_minor == 0:
            return _("as the last shift left it"), Tone.GOOD
        off = money(abs(self._difference_minor), self.currency)
        if self._difference_minor < 0:
            return _("{amount} less than was left", amount=off), Tone.WARN
        return _("{amount} more than was left", amount=off), Tone.WARN

    def _checks(self) -> CheckCardView:
        note, tone = self._agreement()
        return CheckCardView(
            title=_("What the till knows"),
            checks=(self._printer(), self._last_backup(), self._clock()),
            lead=_("Float that the last shift left"),
            lead_amount=money(self._left_minor, self.currency),
            lead_note=note,
            lead_tone=tone,
        )

    def _printer(self) -> CheckView:
        status = self.work.counter.desk.printer.status()
        name = _("Receipt printer")
        if status in _TROUBLED:
            return _warned("printer", name, _("look at paper and cover"))
        if status is PrinterStatus.UNREACHABLE:
            return _warned("printer", name, _("does not answer"))
        if status is PrinterStatus.PAPER_LOW:
            return _warned("printer", name, _("paper is low"))
        is_known = status is not PrinterStatus.UNKNOWN
        return CheckView("printer", name, note=_("ready") if is_known else _("set up"))

    def _last_backup(self) -> CheckView:
        if self._backup is None:
            return _warned("backup", _("Backup"), _("none yet"))
        made, today = self._backup.astimezone(self.work.zone), self.work.local_now()
        days = (today.date() - made.date()).days
        time = clock_text(made.time())
        if days == 0:
            return CheckView("backup", _("Backup"), note=_("today {time}", time=time))
        note = f"{day_text(made.date())} {time}"
        if days > 1:
            return _warned("backup", _("Backup"), note)
        return CheckView("backup", _("Backup"), note=note)

    def _clock(self) -> CheckView:
        clock = self.work.counter.desk.clock
        if clock.is_suspect:
            minutes = clock.behind_ms // 60_000
            words = _("{minutes} min behind the last entry", minutes=minutes)
            return _warned("clock", _("Clock"), words)
        now = self.work.local_now()
        note = f"{day_text(now.date())} {clock_text(now.time())}"
        return CheckView("clock", _("Clock"), note=note)

    # -------------------------------------------------------------------- intents

    @override
    def on_main(self) -> None:
        if self.is_working or not self.sheet.is_touched:
            return
        is_unlike = self._last is not None and self._difference_minor != 0
        if is_unlike and not self._is_asked:
            self._asked_minor = self.sheet.total_minor
            self.changed.emit()
            return
        self.frame.attempt(self._open)

    def _open(self) -> None:
        self.await_future(self.service.open(self.sheet.count), self._on_opened)

    def _on_opened(self, shift: Shift) -> None:
        self.is_working = False
        number = _("Shift #{number}", number=shift.short_number)
        self.frame.say(_("{shift} is open", shift=number))
        self.left.emit("sale")

    @override
    def on_escape(self) -> bool:
        if not self._is_asked:
            return False
        self._asked_minor = None
        self.changed.emit()
        return True


def _warned(key: str, text: str, note: str) -> CheckView:
    return CheckView(key, text, "warning-fill", Tone.WARN, note)
