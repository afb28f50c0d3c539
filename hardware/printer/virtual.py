"""The virtual printer: every slip as bytes, picture and text in a folder."""

from __future__ import annotations

from datetime import UTC

from hardware.printer.device import Attendant, Delivery
from hardware.printer.encoding import encode
from hardware.printer.profile import PrinterProfile
from hardware.printer.raster import PillowRasteriser
from hardware.transport.file import SlipFolder
from pos_app.documents.text import text_lines
from pos_app.errors import DeviceError
from pos_app.ports.clock import Clock
from pos_app.ports.printing import PrinterStatus, PrintJob, PrintJobState
from pos_app.values.times import Timestamp


class VirtualDevice:
    """Implements `hardware.printer.device.PrinterDevice` with files.

    A job's files are named after its time, kind and id, so a job that is printed
    again after a crash replaces itself: one job, one slip.
    """

    def __init__(
        self, folder: SlipFolder, profile: PrinterProfile, clock: Clock
    ) -> None:
        self._folder = folder
        self._profile = profile
        self._clock = clock
        self._status = PrinterStatus.UNKNOWN

    @property
    def last_status(self) -> PrinterStatus:
        """Ready, or offline when the folder cannot be written."""
        return self._status

    def check(self) -> PrinterStatus:
        """See whether the folder takes files."""
        try:
            self._folder.check()
        except DeviceError:
            self._status = PrinterStatus.OFFLINE
        else:
            self._status = PrinterStatus.READY
        return self._status

    def deliver(self, job: PrintJob, attendant: Attendant) -> Delivery:
        """Write `.bin`, `.txt` and `.png`; the picture last, when all is there."""
        try:
            data = encode(job.layout, self._profile)
            picture = PillowRasteriser().png(job.layout, self._profile.width_dots)
        except DeviceError as error:
            return Delivery(PrintJobState.FAILED, 0, error.key)
        text = "\n".join(text_lines(job.layout, self._profile.columns)) + "\n"
        name = _file_name(job)
        try:
            self._folder.write(f"{name}.bin", data)
            self._folder.write(f"{name}.txt", text.encode("utf-8"))
            self._folder.write(f"{name}.png", picture)
        except DeviceError:
            return Delivery(PrintJobState.HELD, 0, "other")
        attendant.report(len(data))
        return Delivery(PrintJobState.CONFIRMED, len(data))

    def kick_drawer(self) -> bool:
        """Leave a note that the drawer was opened."""
        now = self._clock.now()
        note = f"The drawer was opened at {now}.\n"
        try:
            self._folder.check()
            self._folder.write(f"{_stamp(now)}-drawer.log", note.encode("utf-8"))
        except DeviceError:
            return False
        return True

    def suspect(self) -> None:
        """Nothing can stay half sent in a folder."""

    def release(self) -> None:
        """Nobody else is kept out of a folder."""


def _file_name(job: PrintJob) -> str:
    copy = f"-copy{job.copy_number}" if job.copy_number else ""
    return f"{_stamp(job.queued_at)}-{job.kind}-{job.job_id[-8:]}{copy}"


def _stamp(moment: Timestamp) -> str:
    return f"{moment.at(UTC):%Y%m%d-%H%M%S}-{moment.unix_ms % 1000:03d}"
