"""Tries a printer that no queue knows yet: one page, one kick, at once."""

from __future__ import annotations

import time

from hardware.driver import DriverContext
from hardware.making import make_printer
from hardware.printer.status import can_print
from hardware.transport.opening import transport_of
from pos_app.documents.layout import Layout
from pos_app.ports.clock import Clock, Ids
from pos_app.ports.devices import DeviceSettings
from pos_app.ports.printing import PrinterStatus, PrintJob, PrintJobState

#: How long somebody who stands before the printer waits for one page, seconds.
PATIENCE_S = 20.0


class PrinterTrial:
    """A printer of settings that are only being thought of.

    Args:
        settings: of the printer.
        clock: the machine's. ids: name the trial's pages.
    """

    def __init__(self, settings: DeviceSettings, clock: Clock, ids: Ids) -> None:
        """Make the device.

        Raises:
            UserError: what `make_printer` raises.
        """
        context = DriverContext(clock, transport_of, _unheard, _unheard)
        self._device = make_printer(settings, context)
        self._clock, self._ids = clock, ids

    def print_page(self, layout: Layout) -> PrinterStatus:
        """Print one page and wait until it is out, or known not to come.

        Returns:
            READY or UNKNOWN when all of it was taken, else what is wrong.
        """
        try:
            status = self._device.check()
            if not can_print(status):
                return status
            delivery = self._device.deliver(self._job(layout), _Impatient())
            if delivery.state in {PrintJobState.SENT, PrintJobState.CONFIRMED}:
                return PrinterStatus.READY
            now = self._device.last_status
            return PrinterStatus.OFFLINE if can_print(now) else now
        finally:
            self._device.release()

    def kick_drawer(self) -> bool:
        """Open the drawer once; whether the printer took the command."""
        try:
            self._device.check()
            return self._device.kick_drawer()
        finally:
            self._device.release()

    def _job(self, layout: Layout) -> PrintJob:
        job_id = self._ids.new()
        return PrintJob(
            job_id=job_id,
            document_id=job_id,
            kind="test",
            copy_number=0,
            printer="trial",
            layout=layout,
            opens_drawer=False,
            state=PrintJobState.QUEUED,
            offset_bytes=0,
            reason="",
            queued_at=self._clock.now(),
        )


def _unheard(_: object) -> None:
    """Nobody asks what a trial has to say on the side."""


class _Impatient:
    """Implements `hardware.printer.device.Attendant`: somebody stands and waits."""

    def __init__(self) -> None:
        self._deadline = time.monotonic() + PATIENCE_S

    def report(self, offset_bytes: int) -> None:
        """Nobody records how far a trial came."""

    def may_go_on(self) -> bool:
        """Give up on a printer that takes nothing for long: say what is wrong."""
        return time.monotonic() < self._deadline

    def between_commands(self) -> None:
        """Nobody asks for the drawer in between."""
