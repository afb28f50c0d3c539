"""The presenter of the second place: shows how it stands, chooses and stops it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from pos_app.domain.permission import Demand, Permission
from pos_app.errors import GuitaiError
from pos_app.i18n import _
from pos_app.ports.ledger import Stamp
from pos_app.ports.second_place import DiskFound, PlaceReport, PlaceState
from ui.messages import explain
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.frame import FramePresenter
from ui.presenters.frame_state import ChipView
from ui.presenters.place_state import (
    DiskRow,
    PlaceView,
    advice_words,
    age_words,
    place_chip,
    state_words,
)
from ui.presenters.settings_state import data_size, moment_words
from ui.presenters.workplace import Workplace
from ui.tasks import TaskRunner

#: What a choice of a second place asks consent for.
SUBJECT = "second_place"


class SecondPlacePresenter(QObject):
    """Everything slow is done behind the screen; the report is at hand."""

    state_changed = Signal()
    """The page must show `state` anew."""

    def __init__(
        self, work: Workplace, frame: FramePresenter, runner: TaskRunner
    ) -> None:
        super().__init__()
        self._work = work
        self._frame = frame
        self._runner = runner
        self._disks: tuple[DiskRow, ...] | None = None
        self._is_working = False
        self._note, self._is_refused = "", False

    @property
    def chip(self) -> ChipView | None:
        """The chip of the status bar; None when nobody need look."""
        return place_chip(self._work.upkeep.second_place.report())

    @property
    def state(self) -> PlaceView:
        """Return everything the page shows."""
        report = self._work.upkeep.second_place.report()
        words, tone = state_words(report)
        return PlaceView(
            words=words,
            tone=tone,
            advice=advice_words(report.state),
            facts=self._facts(report),
            disks=self._disks,
            is_chosen=report.state is not PlaceState.NONE,
            is_working=self._is_working,
            may_change=self._may_change(),
            note=self._note if self._is_refused or not report.is_alarming else "",
            is_refused=self._is_refused,
        )

    def begin(self) -> None:
        """The page is on show: look which disks there are."""
        self._note, self._is_refused = "", False
        task = self._runner.run(self._work.upkeep.look_at_disks)
        task.then(self._on_disks).otherwise(self._on_refused)
        self.state_changed.emit()

    def on_choose(self, folder: str) -> None:
        """Use a folder from now on."""
        if not folder.strip() or self._is_working:
            return
        place, upkeep = Path(folder.strip()), self._work.upkeep
        self._ask(lambda stamp: upkeep.second_place.choose(place, stamp))

    def on_stop(self) -> None:
        """Use no second place any more."""
        if not self._is_working:
            self._ask(self._work.upkeep.second_place.stop)

    def _ask(self, change: Callable[[Stamp], None]) -> None:
        words = ApprovalWords(title=_("Second place"))
        self._frame.attempt(lambda: self._change(change), words)

    def _change(self, change: Callable[[Stamp], None]) -> None:
        desk = self._work.counter.desk
        desk.allow(Demand(Permission.SETTINGS, SUBJECT))
        stamp = desk.stamp()
        self._is_working, self._note, self._is_refused = True, "", False
        task = self._runner.run(lambda: change(stamp))
        task.then(self._on_changed).otherwise(self._on_refused)
        task.after_bug(self._end)
        self.state_changed.emit()

    def _on_changed(self, _done: object) -> None:
        self._end()
        report = self._work.upkeep.second_place.report()
        is_chosen = report.state is not PlaceState.NONE
        note = _("Everything is copied there now") if is_chosen else _("Stopped")
        self._note = note
        self.state_changed.emit()

    def _on_refused(self, error: GuitaiError) -> None:
        self._end()
        self._work.beep()
        self._note = explain(error, self._work.currency).sentence
        self._is_refused = True
        self.state_changed.emit()

    def _end(self) -> None:
        self._is_working = False

    def _on_disks(self, disks: Sequence[DiskFound]) -> None:
        self._disks = tuple(_disk_row(disk) for disk in disks)
        self.state_changed.emit()

    def _may_change(self) -> bool:
        desk = self._work.counter.desk
        if desk.session.staff is None:
            return False
        if not desk.needs_approval(Permission.SETTINGS):
            return True
        return bool(self._work.counter.approval.approvers(Demand(Permission.SETTINGS)))

    def _facts(self, report: PlaceReport) -> tuple[tuple[str, str], ...]:
        if report.state is PlaceState.NONE:
            return ()
        copied = _("not yet")
        if report.copied_at_ms:
            moment = datetime.fromtimestamp(report.copied_at_ms / 1000, self._work.zone)
            copied = moment_words(moment)
        return (
            (_("Folder"), report.folder),
            (_("Age"), age_words(report.age_s)),
            (_("Last full copy"), copied),
        )


def _disk_row(disk: DiskFound) -> DiskRow:
    """Say how much room a disk has and whether it dies with the shop's."""
    room = _(
        "{free} of {total} free",
        free=data_size(disk.free_bytes),
        total=data_size(disk.total_bytes),
    )
    kind = (
        _("another disk than the shop's")
        if disk.is_other_disk
        else _("the shop's own disk: it would be lost with it")
    )
    words = f"{disk.folder} · {room} · {kind}"
    return DiskRow(disk.folder, disk.name, words, is_warned=not disk.is_other_disk)
