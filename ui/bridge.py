"""Carries what other threads have to say to the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos_app.errors import GuitaiError
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
