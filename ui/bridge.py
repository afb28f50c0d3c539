"""Carries what other threads have to say to the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos_app.errors import GuitaiError
from pos_app.ports.devices import DeviceReport, ScanEvent
from pos_app.ports.printing import PrintJobState


class Bridge(QObject):
    """Its methods may be called from any thread; its signals come out on Qt's.

    Qt queues a signal by itself when it crosses threads; only frozen values cross.
    """

    intent_lost = Signal(object)
    """An accepted intent could not be stored; the `GuitaiError`."""
    print_changed = Signal(str, str)
    """A print job moved on: its id and its state."""
    drawer_kicked = Signal(bool)
    """The drawer was to open: whether the printer took the command in time."""

    scanned = Signal(object)
    """A scanner that the till holds for itself read a code; the `ScanEvent`."""
    device_reported = Signal(object)
    """A device is otherwise than before; its `DeviceReport`."""

    plugged = Signal()
    """Something was plugged in or out."""

    stored = Signal()
    """Training only: something was committed to its ledger."""

    def tell_stored(self) -> None:
        """Say (from the core thread of training) that something was committed."""
        self.stored.emit()

    def tell_lost(self, error: GuitaiError) -> None:
        """Say (from the core thread) that the disk did not take an intent."""
        self.intent_lost.emit(error)

    def tell_print(self, job_id: str, state: PrintJobState) -> None:
        """Say (from the printer's thread) that a job moved on."""
        self.print_changed.emit(job_id, state.value)

    def tell_drawer(self, was_kicked: bool) -> None:
        """Say (from the printer's thread) whether the drawer opened."""
        self.drawer_kicked.emit(was_kicked)

    def tell_scan(self, event: ScanEvent) -> None:
        """Say (from a scanner's thread) that it read a code."""
        self.scanned.emit(event)

    def tell_report(self, report: DeviceReport) -> None:
        """Say (from a device's thread) how it is now."""
        self.device_reported.emit(report)

    def tell_plugged(self) -> None:
        """Say (from the watcher's thread) that something was plugged in or out."""
        self.plugged.emit()
