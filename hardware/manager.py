"""Runs the counter's devices: makes them of their settings, starts and stops them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from weakref import WeakSet

from hardware.cash_drawer.printer_drawer import PrinterDrawer
from hardware.driver import DriverContext
from hardware.hotplug import PlugWatch
from hardware.making import device_for
from hardware.printer.worker import PrinterWorker
from hardware.running import Running, run_device
from hardware.transport.base import Transport
from hardware.transport.opening import transport_of
from pos_app.domain.drawer_level import OPEN_LEVEL
from pos_app.errors import DeviceError, UserError
from pos_app.ports.clock import Clock
from pos_app.ports.devices import (
    Connection,
    DeviceHealth,
    DeviceReport,
    DeviceSettings,
    DrawerPort,
    LineDisplayPort,
    ScanEvent,
)
from pos_app.ports.printing import PrinterPort, PrintJobState, PrintQueue
from pos_app.ports.weighing import Weighing
from pos_app.services.no_devices import NoDrawer, NoLineDisplay
from pos_app.services.printer_switch import NoPrinter

_log = logging.getLogger(__name__)
#: Every till has this one (`pos_app.services.devices.RECEIPT_ID`).
_RECEIPT = "receipt"
#: How many times `timeout_s` a printer's thread is waited for when settings change.
_PRINTER_WAITS = 10


def _nobody_hears(*_: object) -> None:
    """Nobody looks at a screen."""


@dataclass(frozen=True, slots=True)
class DeviceListeners:
    """Who is told, on a device's own thread, what it has to say.

    Attributes:
        job_changed: job id and its new state, after it is recorded.
        drawer_kicked: whether the drawer took the command in time.
        scanned: a scanner that is held by the till read a code.
        reported: how a device is now, when that changed.
        plugged: something was plugged in or out; on the watcher's thread.
    """

    job_changed: Callable[[str, PrintJobState], None] = _nobody_hears
    drawer_kicked: Callable[[bool], None] = _nobody_hears
    scanned: Callable[[ScanEvent], None] = _nobody_hears
    reported: Callable[[DeviceReport], None] = _nobody_hears
    plugged: Callable[[], None] = _nobody_hears


class DeviceManager:
    """Implements `pos_app.ports.devices.Devices`.

    `use` and `stop` wait for threads: not on the screen's thread. The rest returns at
    once, from any thread.
    """

    def __init__(
        self,
        queue: PrintQueue,
        clock: Clock,
        listeners: DeviceListeners,
        open_transport: Callable[[Connection], Transport] = transport_of,
    ) -> None:
        self._queue, self._clock, self._listeners = queue, clock, listeners
        self._open_transport = open_transport
        self._changing = Lock()
        self._plugs: PlugWatch | None = None
        self._running: Mapping[str, Running] = {}
        self._failed: Mapping[str, DeviceReport] = {}
        self._order: tuple[DeviceSettings, ...] = ()
        self._no_printer = NoPrinter()
        self._watched: WeakSet[PrinterWorker] = WeakSet()

    # ------------------------------------------------------- start, change, stop

    def use(self, devices: Iterable[DeviceSettings], timeout_s: float = 3.0) -> None:
        """Run these devices from now on; those that did not change are left alone.

        A device that cannot be made stops nothing: it is reported. Waits for the slip
        under way: two workers on one queue would print a slip twice.
        """
        with self._changing:
            wanted = {x.device_id: x for x in devices}
            kept: dict[str, Running] = {}
            gone: list[Running] = []
            for device_id, running in self._running.items():
                if wanted.get(device_id) == running.settings:
                    kept[device_id] = running
                    continue
                running.begin_stop(timeout_s)
                gone.append(running)
            for running in gone:
                _wait_for_end(running, timeout_s)
            failed: dict[str, DeviceReport] = {}
            self._no_printer = NoPrinter()
            self._running, self._order = dict(kept), tuple(wanted.values())
            for settings in wanted.values():
                if settings.device_id not in kept and settings.is_on:
                    self._start(settings, kept, failed)
                    self._running = dict(kept)  # others look at it at any moment
            self._failed = failed
            known = (*wanted, *(x.settings.device_id for x in gone))
            for device_id in set(known) - kept.keys():
                self._ask_about(device_id)
            if self._plugs is None:
                self._plugs = PlugWatch(self._on_plugged)
                self._plugs.start()

    def stop(self, timeout_s: float) -> bool:
        """Stop all devices; whether all threads ended in time."""
        with self._changing:
            plugs, self._plugs = self._plugs, None
            if plugs is not None:
                plugs.stop(timeout_s)
            deadline = time.monotonic() + timeout_s
            for running in self._running.values():
                running.begin_stop(timeout_s)
            ended = [
                running.stop(max(0.0, deadline - time.monotonic()))
                for running in self._running.values()
            ]
            self._running = {}
            return all(ended)

    def wake(self) -> None:
        """Something was plugged in or out: look for what is missing now."""
        for running in self._running.values():
            running.wake()

    def _on_plugged(self) -> None:
        self.wake()
        self._listeners.plugged()

    def _start(
        self,
        settings: DeviceSettings,
        running: dict[str, Running],
        failed: dict[str, DeviceReport],
    ) -> None:
        try:
            started = run_device(
                settings,
                device_for(settings, self._context(settings)),
                self._queue,
                self._clock,
                self._listeners,
            )
        except (UserError, DeviceError) as error:
            _log.warning("device %s cannot be made: %s", settings.device_id, error)
            failed[settings.device_id] = _broken(settings.device_id, error)
            if settings.device_id == _RECEIPT:
                self._no_printer = NoPrinter(error)
            return
        running[settings.device_id] = started
        if started.printer is not None and OPEN_LEVEL in settings.options:
            self._watched.add(started.printer)
            started.printer.watch_drawer(_nobody_hears)

    def _ask_about(self, device_id: str) -> None:
        """Let somebody say how a slip ended whose printer runs no more.

        A printer that is off, or cannot be made, has no thread that would.
        """
        for job in self._queue.interrupted(device_id):
            unknown, offset = PrintJobState.UNKNOWN, job.offset_bytes
            self._queue.set_state(job.job_id, unknown, offset_bytes=offset, reason="")
            self._listeners.job_changed(job.job_id, unknown)

    def _context(self, settings: DeviceSettings) -> DriverContext:
        def on_scan(code: str) -> None:
            self._listeners.scanned(ScanEvent(settings.device_id, code))

        def on_report(report: DeviceReport) -> None:
            # What the device says of itself, beside what its worker knows of it.
            running = self._running.get(report.device_id)
            if running is not None:
                running.keep(report)
            self._listeners.reported(report)

        return DriverContext(
            clock=self._clock,
            open_transport=self._open_transport,
            on_scan=on_scan,
            on_report=on_report,
            on_kicked=self._listeners.drawer_kicked,
        )

    # ------------------------------------------------------------------ what is

    def reports(self) -> tuple[DeviceReport, ...]:
        """Return how each device is, in the order of the settings."""
        return tuple(self._report(x) for x in self._order)

    def _report(self, settings: DeviceSettings) -> DeviceReport:
        running = self._running.get(settings.device_id)
        if running is not None:
            return running.report()
        off = DeviceReport(settings.device_id, DeviceHealth.OFF, "device_off")
        return self._failed.get(settings.device_id, off)

    def give_up(self, job_id: str) -> None:
        """End a print job under way as soon as nothing moves, whoever prints it."""
        for running in self._running.values():
            if running.printer is not None:
                running.printer.give_up(job_id)

    def receipt_printer(self) -> PrinterPort:
        """Return the printer of slips; one that is not there where it failed."""
        running = self._running.get(_RECEIPT)
        worker = running.printer if running else None
        return worker if worker is not None else self._no_printer

    def drawer(self) -> DrawerPort:
        """Return the drawer: one of its own first, else the receipt printer's."""
        found = (x.drawer for x in self._running.values())
        own = next((x for x in found if x is not None), None)
        if own is not None:
            return own
        running = self._running.get(_RECEIPT)
        if running is None or running.printer is None:
            return NoDrawer()
        return PrinterDrawer(running.printer, running.settings.options)

    def drawer_level(self, device_id: str) -> bool | None:
        """Tell whether the drawer's pin of a printer is high; starts the looking."""
        running = self._running.get(device_id)
        if running is None or running.printer is None:
            return None
        if running.printer not in self._watched:
            self._watched.add(running.printer)
            running.printer.watch_drawer(_nobody_hears)
        return running.printer.drawer_level()

    def scale(self, device_id: str = "") -> Weighing | None:
        """Return the first scale, or one by its id."""
        found = (x.scale for x in self._these(device_id))
        return next((x for x in found if x is not None), None)

    def line_display(self, device_id: str = "") -> LineDisplayPort:
        """Return the first two-line display, or one by its id."""
        found = (x.line_display for x in self._these(device_id))
        return next((x for x in found if x is not None), NoLineDisplay())

    def _these(self, device_id: str) -> Iterator[Running]:
        running = self._running
        return (x for key, x in running.items() if device_id in ("", key))


def _wait_for_end(running: Running, timeout_s: float) -> None:
    """Wait for a thread that was asked to end; one that hangs is left behind.

    A printer is waited for longest, so that the new one does not ask about the slip
    under way. Left behind, it takes no other job: it is stopping.
    """
    name = running.settings.device_id
    for _ in range(_PRINTER_WAITS if running.printer is not None else 1):
        if running.stop(timeout_s):
            return
        _log.warning("device %s: its thread has not ended", name)


def _broken(device_id: str, error: UserError | DeviceError) -> DeviceReport:
    words = {name: str(value) for name, value in error.params.items()}
    return DeviceReport(device_id, DeviceHealth.WAITING, error.key, words)
