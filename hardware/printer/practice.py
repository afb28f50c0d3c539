"""The printer of training: it takes every slip, and runs out of paper when told to.

Nothing leaves it: slips are looked at on the screen, and no drawer hangs on it.
"""

from __future__ import annotations

from hardware.printer.device import Attendant, Delivery
from pos_app.ports.printing import PrinterStatus, PrintJob, PrintJobState


class PracticeDevice:
    """Implements `hardware.printer.device.PrinterDevice` without a device."""

    def __init__(self) -> None:
        self._has_paper = True

    def use_paper(self, *, is_there: bool) -> None:
        """Put paper in, or let it be at its end; from any thread."""
        self._has_paper = is_there

    @property
    def last_status(self) -> PrinterStatus:
        """Ready, or out of paper."""
        return PrinterStatus.READY if self._has_paper else PrinterStatus.PAPER_OUT

    def check(self) -> PrinterStatus:
        """Tell whether there is paper."""
        return self.last_status

    def deliver(self, job: PrintJob, attendant: Attendant) -> Delivery:
        """Take the slip, whole."""
        del job
        attendant.report(1)
        return Delivery(PrintJobState.CONFIRMED, 1)

    def kick_drawer(self) -> bool:
        """Take the command; the real drawer hears nothing of it."""
        return True

    def suspect(self) -> None:
        """Nothing can stay half sent."""

    def release(self) -> None:
        """Nobody else is kept out."""
