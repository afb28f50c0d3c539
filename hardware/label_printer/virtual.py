"""The virtual label printer: every label as a picture in a folder."""

from __future__ import annotations

import io
from datetime import UTC

from PIL import Image as Pictures

from hardware.label_printer.media import Media, sheets_of
from hardware.printer.device import Attendant, Delivery
from hardware.printer.label_drawing import draw_label
from hardware.transport.file import SlipFolder
from pos_app.documents.label import Label
from pos_app.errors import DeviceError
from pos_app.ports.printing import PrinterStatus, PrintJob, PrintJobState


class VirtualLabelDevice:
    """Implements `hardware.printer.device.PrinterDevice` with files.

    A job's files are named after its time and id: printed again after a crash it
    replaces itself. Copies are in the name, not on the disk.
    """

    def __init__(self, folder: SlipFolder, media: Media) -> None:
        self._folder, self._media = folder, media
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
        """Write each label as `.png`."""
        written = 0
        try:
            pictures = tuple(_pictures(job, self._media))
        except DeviceError as error:
            return Delivery(PrintJobState.FAILED, 0, error.key)
        try:
            for name, data in pictures:
                self._folder.write(name, data)
                written += len(data)
        except DeviceError:
            return Delivery(PrintJobState.HELD, 0, "other")
        attendant.report(written)
        return Delivery(PrintJobState.CONFIRMED, written)

    def kick_drawer(self) -> bool:
        """No drawer hangs on a label printer."""
        return False

    def suspect(self) -> None:
        """Nothing can stay half sent in a folder."""

    def release(self) -> None:
        """Nobody else is kept out of a folder."""


def _pictures(job: PrintJob, media: Media) -> list[tuple[str, bytes]]:
    stamp = f"{job.queued_at.at(UTC):%Y%m%d-%H%M%S}-{job.queued_at.unix_ms % 1000:03d}"
    found = []
    for index, sheet in enumerate(sheets_of(job.layout, media)):
        copies = sheet.copies if isinstance(sheet, Label) else 1
        if isinstance(sheet, Label):
            drawn = draw_label(sheet, job.layout.language, media.dpi10)
        else:
            drawn = sheet
        name = f"{stamp}-label-{job.job_id[-8:]}-{index + 1}x{copies}.png"
        found.append((name, _png(drawn, media)))
    return found


def _png(drawn: Pictures.Image, media: Media) -> bytes:
    answer = io.BytesIO()
    dpi = media.dpi10 / 10
    drawn.save(answer, "PNG", dpi=(dpi, dpi), optimize=True)
    return answer.getvalue()
