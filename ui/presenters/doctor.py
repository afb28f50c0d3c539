"""The doctor's presenter: looks, says it in plain words, and mends what it can."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from pos_app.domain.permission import Demand, Permission
from pos_app.errors import GuitaiError
from pos_app.i18n import N_, Words, _, current_language, plural
from pos_app.ports.health import Action, Finding, Severity
from pos_app.services.doctor_areas import AREA_NAMES, AreaReport, area_reports
from pos_app.services.doctor_live import live_findings
from ui.messages import explain
from ui.presenters.doctor_state import DoctorRow, DoctorState
from ui.presenters.frame import FramePresenter
from ui.presenters.frame_state import Tone
from ui.presenters.settings_state import data_size
from ui.presenters.workplace import Workplace
from ui.tasks import TaskRunner

#: What the key beside a finding says; an action without one is only described.
ACTION_KEYS = {
    Action.RESTORE_BACKUP: N_("How to restore"),
    Action.MAKE_BACKUP: N_("Back up now"),
    Action.UPDATE_PROGRAM: N_("How to update"),
    Action.FREE_DISK: N_("Make room"),
    Action.CHECK_DISK: N_("Back up now"),
    Action.SET_CLOCK: N_("Confirm the clock"),
    Action.LOOK_AT_PRINTER: N_("Look at the printer"),
    Action.LOOK_AT_DEVICES: N_("Look at the devices"),
    Action.KEEP_AND_CALL: N_("Save diagnostics"),
    Action.CHOOSE_SECOND_PLACE: N_("Choose a place"),
    Action.LOOK_AT_SECOND_PLACE: N_("Look at the place"),
    Action.PROTECT_MACHINE: N_("How to protect it"),
    Action.RESTART_TILL: N_("Look again"),
    Action.MAKE_FOLDER_WRITABLE: N_("Look again"),
    Action.CONFIRM_RECOVERY_CODE: N_("Confirm the code"),
    Action.MEND_TEMPLATE: N_("Open the slips"),
}
_TONES = {
    Severity.FINE: Tone.GOOD,
    Severity.NOTICE: Tone.INFO,
    Severity.WARNING: Tone.WARN,
    Severity.BROKEN: Tone.BAD,
}


class DoctorPresenter(QObject):
    """Examines behind the screen and keeps what was found."""

    state_changed = Signal()
    """The page must show `state` anew."""
    elsewhere = Signal(str)
    """What mends it is somewhere else; the value of its `Action`."""

    def __init__(
        self, work: Workplace, frame: FramePresenter, runner: TaskRunner
    ) -> None:
        super().__init__()
        self._work, self._frame, self._runner = work, frame, runner
        self._found: tuple[Finding, ...] = ()
        self._is_whole = False
        self._is_examining = self._is_working = False
        self._note = ""

    # --------------------------------------------------------------- what to show

    @property
    def state(self) -> DoctorState:
        """Return everything the page shows."""
        reports = self._reports()
        bad = [x for x in reports if x.severity.rank >= Severity.WARNING.rank]
        worst = max((x.severity for x in bad), key=lambda x: x.rank, default=None)
        return DoctorState(
            rows=tuple(map(self._row, reports)),
            verdict=self._verdict(len(bad)),
            tone=_TONES[worst] if worst else Tone.GOOD,
            is_examining=self._is_examining,
            is_working=self._is_working,
            note=self._note,
        )

    def _verdict(self, bad: int) -> str:
        if self._is_examining:
            return _("Reading every page and every sum; selling goes on")
        if bad:
            one, many = "{count} thing needs attention", "{count} things need attention"
            return plural(one, many, bad)
        if self._is_whole:
            return _("All is well, down to the last sum")
        return _("All is well at a first look")

    def _reports(self) -> tuple[AreaReport, ...]:
        live = live_findings(self._work.counter.desk)
        return area_reports((*live, *self._found), Words(current_language()))

    def _row(self, report: AreaReport) -> DoctorRow:
        text = " ".join((*report.sentences, report.advice)).strip()
        key = ACTION_KEYS.get(report.action, "")
        name, tone = _(AREA_NAMES[report.area]), _TONES[report.severity]
        return DoctorRow(report.area.value, name, text, tone, _(key) if key else "")

    # ------------------------------------------------------------------- intents

    def begin(self) -> None:
        """Open the page: the checks that answer at once are asked."""
        self._note = ""
        self._examine(is_whole=False)

    def on_examine(self) -> None:
        """Ask everything, down to the last sum."""
        self._note = ""
        self._examine(is_whole=True)

    def _examine(self, *, is_whole: bool) -> None:
        if self._is_examining:
            return
        self._is_examining = is_whole
        examine = self._work.upkeep.examine

        def done(found: tuple[Finding, ...]) -> None:
            self._is_examining, self._is_whole = False, is_whole
            self._found = found
            self.state_changed.emit()

        task = self._runner.run(lambda: examine(is_whole=is_whole)).then(done)
        task.otherwise(self._on_failed).after_bug(self._on_stopped)
        self.state_changed.emit()

    def on_action(self, area: str) -> None:
        """The key beside an area was pressed."""
        report = next((x for x in self._reports() if x.area.value == area), None)
        if report is None or self._is_working:
            return
        serve = {
            Action.MAKE_BACKUP: self._back_up,
            Action.CHECK_DISK: self._back_up,
            Action.FREE_DISK: self._make_room,
            Action.KEEP_AND_CALL: self.on_bundle,
            Action.RESTART_TILL: self.begin,
            Action.MAKE_FOLDER_WRITABLE: self.begin,
        }.get(report.action)
        if serve is not None:
            serve()
        else:
            self.elsewhere.emit(report.action.value)

    def _back_up(self) -> None:
        stamp, back_up = self._work.counter.desk.stamp(), self._work.upkeep.back_up

        def done(name: str) -> None:
            self._end(_("Saved and verified: {name}", name=name))

        self._run(lambda: back_up(stamp), done)

    def _make_room(self) -> None:
        self._frame.attempt(self._allowed_room)

    def _allowed_room(self) -> None:
        self._allow("make_room")

        def done(freed: int) -> None:
            self._end(_("{size} are free again", size=data_size(freed)))

        self._run(self._work.upkeep.make_room, done)

    def on_bundle(self) -> None:
        """Save a diagnostics bundle, for a support to read."""
        self._frame.attempt(self._allowed_bundle)

    def _allowed_bundle(self) -> None:
        self._allow("diagnostics")
        bundle, found = self._work.upkeep.bundle, self._found
        live = live_findings(self._work.counter.desk)
        stamp = self._work.counter.desk.stamp()

        def done(file: Path) -> None:
            self._end(_("Saved without names or numbers of anybody: {file}", file=file))

        self._run(lambda: bundle((*live, *found), stamp), done)

    def _allow(self, subject: str) -> None:
        self._work.counter.desk.allow(Demand(Permission.SETTINGS, subject))

    # ----------------------------------------------------------------- behind it

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._is_working, self._note = True, ""
        task = self._runner.run(work).then(done)
        task.otherwise(self._on_failed).after_bug(self._on_stopped)
        self.state_changed.emit()

    def _end(self, note: str) -> None:
        """Say how it went, and look again."""
        self._is_working, self._note = False, note
        self._examine(is_whole=False)

    def _on_failed(self, error: GuitaiError) -> None:
        self._note = explain(error, self._work.currency).sentence
        self._on_stopped()

    def _on_stopped(self) -> None:
        self._is_working = self._is_examining = False
        self.state_changed.emit()
