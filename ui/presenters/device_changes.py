"""Changes of the devices on their way: approved, stored, journalled, in force."""

from __future__ import annotations

from concurrent.futures import Future

from PySide6.QtCore import QObject, Signal

from pos_app.domain.permission import Demand, Permission
from pos_app.errors import GuitaiError
from pos_app.i18n import _
from pos_app.ports.devices import DeviceSettings
from pos_app.services.device_names import device_name
from pos_app.services.devices import Devices
from ui import tasks
from ui.messages import explain
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.frame import FramePresenter
from ui.presenters.workplace import Workplace
from ui.tasks import TaskRunner


class DeviceChanges(QObject):
    """Stores one device at a time; the devices run anew off the GUI thread."""

    changed = Signal()
    """A change went on: accepted, in force, or refused."""
    accepted = Signal(object)
    """A device may be stored and is on its way; its `DeviceSettings`."""

    def __init__(
        self, work: Workplace, frame: FramePresenter, runner: TaskRunner
    ) -> None:
        super().__init__()
        self._work, self._frame, self._runner = work, frame, runner
        self._pending: dict[str, DeviceSettings] = {}
        self._under_way = 0
        self.problem = ""

    @property
    def is_under_way(self) -> bool:
        """Tell whether a change is on its way to the disk or the devices."""
        return self._under_way > 0

    def device(self, device_id: str) -> DeviceSettings:
        """Return a device as it will be; the receipt printer for one that is gone."""
        book = self._work.counter.desk.device_book
        stored = book.device(device_id) or book.receipt
        return self._pending.get(stored.device_id, stored)

    def put(self, device: DeviceSettings) -> None:
        """Add or change a device; asks for approval where that needs one."""
        words = ApprovalWords(title=_("Change {name}", name=device_name(device)))
        self._frame.attempt(lambda: self._put(device), words)

    def _put(self, device: DeviceSettings) -> None:
        desk = self._work.counter.desk
        desk.allow(Demand(Permission.SETTINGS, "devices"))
        future = desk.device_book.begin_put(desk.stamp(), device)
        self._pending[device.device_id] = device
        self.accepted.emit(device)
        self._await(future)

    def remove(self, device: DeviceSettings) -> None:
        """Remove a device; asks for approval where that needs one."""
        words = ApprovalWords(title=_("Remove {name}", name=device_name(device)))
        self._frame.attempt(lambda: self._remove(device.device_id), words)

    def _remove(self, device_id: str) -> None:
        desk = self._work.counter.desk
        desk.allow(Demand(Permission.SETTINGS, "devices"))
        self._await(desk.device_book.begin_remove(desk.stamp(), device_id))

    def _await(self, future: Future[Devices]) -> None:
        self._under_way += 1
        task = tasks.watch(future).then(self._on_stored)
        task.otherwise(self._on_refused).after_bug(self._end)

    def _end(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._pending.clear()

    def _on_stored(self, devices: Devices) -> None:
        self._work.counter.desk.device_book.adopt(devices)
        self.problem = ""
        task = self._runner.run(self._work.upkeep.renew_devices)
        task.then(self._on_renewed).otherwise(self._on_refused)
        task.after_bug(self._end)
        self.changed.emit()

    def _on_renewed(self, _done: object) -> None:
        self._end()
        self._frame.look_at_print_jobs()
        self.changed.emit()

    def _on_refused(self, error: GuitaiError) -> None:
        self._end()
        self.problem = explain(error, self._work.currency).sentence
        self._work.beep()
        self.changed.emit()
