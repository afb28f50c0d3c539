"""One device and the thread that looks after it, whatever its category."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from hardware.device_worker import WAITING_KEYS, DeviceWorker
from hardware.printer.device import PrinterDevice
from hardware.printer.worker import Listeners, PrinterWorker
from hardware.running_device import RunningDevice
from pos_app.ports.clock import Clock
from pos_app.ports.devices import (
    DeviceCategory,
    DeviceHealth,
    DeviceReport,
    DeviceSettings,
    DrawerPort,
    LineDisplayPort,
)
from pos_app.ports.printing import PrinterStatus, PrintQueue
from pos_app.ports.weighing import Weighing

if TYPE_CHECKING:
    from hardware.manager import DeviceListeners

_PRINTERS = frozenset({DeviceCategory.RECEIPT_PRINTER, DeviceCategory.LABEL_PRINTER})
#: What a third party's device may lack.
_PRINTS = ("last_status", "check", "deliver", "kick_drawer", "suspect", "release")
_RUNS = ("open", "turn", "close")
_SERVES = {
    DeviceCategory.CASH_DRAWER: ("kick", "is_open"),
    DeviceCategory.SCALE: ("reading",),
    DeviceCategory.LINE_DISPLAY: ("show",),
}
#: How each thing that a printer says of itself is to be taken.
_HEALTH = {
    PrinterStatus.READY: (DeviceHealth.WORKING, "printer_ready"),
    PrinterStatus.PAPER_LOW: (DeviceHealth.ATTENTION, "printer_paper_low"),
    PrinterStatus.PAPER_OUT: (DeviceHealth.WAITING, "printer_paper_out"),
    PrinterStatus.COVER_OPEN: (DeviceHealth.WAITING, "printer_cover_open"),
    PrinterStatus.OFFLINE: (DeviceHealth.WAITING, "printer_refuses"),
    PrinterStatus.UNREACHABLE: (DeviceHealth.MISSING, "printer_unreachable"),
    PrinterStatus.UNKNOWN: (DeviceHealth.WORKING, "printer_silent"),
}


@dataclass(frozen=True, slots=True)
class Running:
    """A device that runs.

    Attributes:
        settings: what it was made of.
        worker: its thread.
        device: what the thread serves.
        last: the worker's last report, in a list of one; printers are asked instead.
    """

    settings: DeviceSettings
    worker: PrinterWorker | DeviceWorker
    device: object
    last: list[DeviceReport]

    def begin_stop(self, timeout_s: float) -> None:
        """Ask its thread to end within so long; `stop` waits for it."""
        self.worker.begin_stop(timeout_s)

    def stop(self, timeout_s: float) -> bool:
        """End its thread; whether it ended in time."""
        return self.worker.stop(timeout_s)

    def wake(self) -> None:
        """Look for the device now."""
        self.worker.wake()

    def keep(self, report: DeviceReport) -> None:
        """Keep what the device said of itself; from its own thread."""
        self.last[0] = report

    def report(self) -> DeviceReport:
        """Return how it is."""
        if isinstance(self.worker, PrinterWorker):
            return self._printer_report(self.worker)
        return self.last[0]

    def _printer_report(self, worker: PrinterWorker) -> DeviceReport:
        name, facts = self.settings.device_id, worker.facts()
        problem = worker.problem()
        if problem is not None and problem.key in WAITING_KEYS:
            words = {key: str(value) for key, value in problem.params.items()}
            health = DeviceHealth.WAITING
            return DeviceReport(name, health, problem.key, words, facts)
        silent = _HEALTH[PrinterStatus.UNKNOWN]
        health, key = _HEALTH.get(worker.status(), silent)
        return DeviceReport(name, health, key, facts=facts)

    @property
    def printer(self) -> PrinterWorker | None:
        """Its worker, if it is a printer."""
        return self.worker if isinstance(self.worker, PrinterWorker) else None

    @property
    def drawer(self) -> DrawerPort | None:
        """The drawer that it is."""
        is_it = self.settings.category is DeviceCategory.CASH_DRAWER
        return cast("DrawerPort", self.device) if is_it else None

    @property
    def scale(self) -> Weighing | None:
        """The scale that it is."""
        is_it = self.settings.category is DeviceCategory.SCALE
        return cast("Weighing", self.device) if is_it else None

    @property
    def line_display(self) -> LineDisplayPort | None:
        """The display that it is."""
        is_it = self.settings.category is DeviceCategory.LINE_DISPLAY
        return cast("LineDisplayPort", self.device) if is_it else None


def can_serve(device: object, category: DeviceCategory) -> bool:
    """Tell whether a thing has what a device of this category needs."""
    common = _PRINTS if category in _PRINTERS else _RUNS
    return all(hasattr(device, x) for x in (*common, *_SERVES.get(category, ())))


def run_device(
    settings: DeviceSettings,
    device: object,
    queue: PrintQueue,
    clock: Clock,
    listeners: DeviceListeners,
) -> Running:
    """Start the thread of a device."""
    first = DeviceReport(settings.device_id, DeviceHealth.MISSING, "device_starting")
    last = [first]

    def on_report(report: DeviceReport) -> None:
        last[0] = report
        listeners.reported(report)

    running: Running

    def on_change() -> None:
        listeners.reported(running.report())

    worker: PrinterWorker | DeviceWorker
    if settings.category in _PRINTERS:
        heard = Listeners(listeners.job_changed, listeners.drawer_kicked, on_change)
        printer = cast("PrinterDevice", device)
        name = settings.device_id
        worker = PrinterWorker(name, printer, queue, clock, listeners=heard)
    else:
        served = cast("RunningDevice", device)
        worker = DeviceWorker(settings.device_id, served, on_report)
    running = Running(settings, worker, device, last)
    worker.start()
    return running
