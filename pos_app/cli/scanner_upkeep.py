"""What the open till does for its scanners: their set-up sheet, codes in pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pos_app.bootstrap import Till
from pos_app.documents.layout import Layout
from pos_app.documents.scanner_sheet import scanner_sheet, sheet_codes
from pos_app.i18n import Words, current_language
from pos_app.ports.printing import PrintJob, PrintJobState
from pos_app.services.devices import RECEIPT_ID


class ScannerUpkeep:
    """The part of the till's upkeep that looks after its scanners."""

    _till: Till

    def scanner_sheet(self, language: str = "", *, codes_only: bool = False) -> Layout:
        """Lay the set-up sheet of scanners out; slow at first, on any thread.

        Args:
            language: of its words; "" for the screen's.
            codes_only: what is scanned from a screen, without the words.
        """
        # Late: zxing-cpp draws one of its codes.
        from hardware.scanner.sheet import makers, sheet_pictures

        words = Words(language or current_language())
        if codes_only:
            return sheet_codes(words, sheet_pictures())
        return scanner_sheet(words, sheet_pictures(), makers())

    def print_sheet(self) -> Callable[[], None]:
        """Return what prints the sheet on the receipt printer.

        Returns:
            For another thread than the screen's: it waits for the disk.
        """
        desk = self._till.counter.desk
        job_id, queued_at, language = (
            desk.ids.new(),
            desk.clock.now(),
            current_language(),
        )

        def run() -> None:
            job = PrintJob(
                job_id=job_id,
                document_id=job_id,
                kind="test",
                copy_number=0,
                printer=RECEIPT_ID,
                layout=self.scanner_sheet(language),
                opens_drawer=False,
                state=PrintJobState.QUEUED,
                offset_bytes=0,
                reason="",
                queued_at=queued_at,
            )
            desk.ledger.submit(lambda unit: unit.add_print_job(job)).result()
            desk.printer.wake()

        return run

    def read_picture(self, file: Path) -> tuple[str, ...]:
        """Return the codes of a picture as a scanner sends them; slow.

        Raises:
            UserError: "code_picture_too_large", "code_picture_unreadable".
        """
        # Late: few pictures are read in a day.
        from hardware.scanner.picture import read_picture

        return tuple(one.code for one in read_picture(file))
