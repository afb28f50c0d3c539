"""The search for devices that are not set up yet, and what it found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from pos_app.errors import GuitaiError
from pos_app.i18n import _, plural
from pos_app.ports.devices import Connection, FoundDevice
from ui.messages import explain
from ui.presenters.workplace import Workplace
from ui.tasks import TaskRunner


class DeviceSearch(QObject):
    """Looks off the GUI thread; one search at a time."""

    changed = Signal()
    """The search began or ended."""

    def __init__(self, work: Workplace, runner: TaskRunner) -> None:
        super().__init__()
        self._work, self._runner = work, runner
        self.found: tuple[FoundDevice, ...] = ()
        self.note, self.is_under_way = "", False

    def begin(self) -> None:
        """Search."""
        if self.is_under_way:
            return
        self.is_under_way, self.note = True, ""
        task = self._runner.run(self._work.upkeep.find_devices)
        task.then(self.take).otherwise(self._on_refused).after_bug(self._on_bug)
        self.changed.emit()

    def take(self, found: Sequence[FoundDevice]) -> None:
        """Show what was found."""
        self.found, self.is_under_way = tuple(found), False
        self.note = (
            plural("{count} device found", "{count} devices found", len(found))
            if found
            else _("Nothing new was found. Is it switched on and plugged in?")
        )
        self.changed.emit()

    def allow(self) -> None:
        """Install the rule that lets the till use what it found, then look again."""
        self.is_under_way, self.note = True, ""
        task = self._runner.run(self._work.upkeep.install_rule)
        task.then(self._on_allowed).otherwise(self._on_refused)
        task.after_bug(self._on_bug)
        self.changed.emit()

    def _on_allowed(self, _done: bool) -> None:
        self.is_under_way = False
        self.begin()

    def drop(self, connection: Connection) -> None:
        """A found device is set up now."""
        self.found = tuple(x for x in self.found if x.connection != connection)

    def _on_refused(self, error: GuitaiError) -> None:
        self.is_under_way = False
        self.note = explain(error, self._work.currency).sentence
        self.changed.emit()

    def _on_bug(self) -> None:
        self.is_under_way = False
        self.changed.emit()
