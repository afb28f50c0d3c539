"""A training that is open: what looks after it, its stage, its way to real paper."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from typing_extensions import override

from pos_app.bootstrap import Options, Till
from pos_app.cli.place_upkeep import NoSecondPlace
from pos_app.cli.till_upkeep import TillUpkeep
from pos_app.cli.training_stage import TrainingStage
from pos_app.cli.training_till import TrainingStore, TrainingTill
from pos_app.documents.layout import Align, Barcode, Cut, Layout, Text
from pos_app.documents.training_mark import as_training
from pos_app.domain.permission import Staff
from pos_app.errors import UserError
from pos_app.ports.devices import DeviceSettings, FoundDevice
from pos_app.ports.health import Finding
from pos_app.ports.ledger import Stamp
from pos_app.ports.printer_guide import PrinterGuide
from pos_app.ports.printing import PrinterStatus, PrintJob, PrintJobState, Rasteriser
from pos_app.ports.second_place import DiskFound, SecondPlaceKeeper
from pos_app.services.slip import RECEIPT_PRINTER
from pos_app.services.sounds import SoundBoard
from ui.presenters.practice import Ears, TrainingPlace
from ui.presenters.workplace import CheckResult, Upkeep, Workplace

#: Slips that were looked at and may still be wanted on paper.
_SLIPS_KEPT = 30
#: Room for the bars and ten modules of quiet zone at each side.
_BARCODE_DOTS, _SHORT_DOTS = 384, 304


class TrainingUpkeep(TillUpkeep):
    """Looks after nothing: a training is thrown away, and the shop is not touched."""

    def __init__(
        self, till: TrainingTill, rasteriser: Rasteriser, real: Upkeep
    ) -> None:
        super().__init__(till, rasteriser)
        self._real = real
        self._slips: OrderedDict[bytes, Layout] = OrderedDict()

    @property
    @override
    def second_place(self) -> SecondPlaceKeeper:
        """There is none: nothing of a training is kept anywhere."""
        return NoSecondPlace()

    @override
    def look_at_disks(self) -> Sequence[DiskFound]:
        """Look for none."""
        return ()

    @override
    def back_up(self, stamp: Stamp) -> str:
        """Refuse: there is nothing to keep.

        Raises:
            UserError: "training_not_here".
        """
        del stamp
        raise UserError("training_not_here")

    @override
    def last_backup(self) -> datetime | None:
        """Return when the shop was backed up: the real till does that."""
        return self._real.last_backup()

    @override
    def examine(self, *, is_whole: bool) -> tuple[Finding, ...]:
        """Find nothing: a training has no yesterday."""
        del is_whole
        return ()

    @override
    def make_room(self) -> int:
        """Remove nothing; the shop's folder is the real till's."""
        return 0

    @override
    def bundle(self, findings: tuple[Finding, ...], stamp: Stamp) -> Path:
        """Refuse: what could be said of a training helps nobody.

        Raises:
            UserError: "training_not_here".
        """
        del findings, stamp
        raise UserError("training_not_here")

    @override
    def check_recovery_code(self, code: str) -> None:
        """Refuse: the code is of the shop.

        Raises:
            UserError: "training_not_here".
        """
        del code
        raise UserError("training_not_here")

    @override
    def new_recovery_code(self) -> str:
        """Refuse: the code is of the shop.

        Raises:
            UserError: "training_not_here".
        """
        raise UserError("training_not_here")

    @override
    def warm(self, is_wanted: Callable[[], bool]) -> int:
        """Leave the catalogue as warm as the real till has it."""
        del is_wanted
        return 0

    @override
    def daily_care(self, stamp: Stamp) -> bool:
        """Do nothing: the real till cares for itself when it is back."""
        del stamp
        return False

    @override
    def check(self) -> CheckResult:
        """Find a training sound: it has no yesterday."""
        return CheckResult(is_sound=True)

    @override
    def draw(self, layout: Layout, paper_mm: int | None = None) -> bytes:
        """Draw a paper with the mark on it; may run on any thread."""
        marked = as_training(layout)
        png = super().draw(marked, paper_mm)
        self._slips[sha256(png).digest()] = marked
        while len(self._slips) > _SLIPS_KEPT:
            self._slips.popitem(last=False)
        return png

    @override
    def find_devices(self) -> tuple[FoundDevice, ...]:
        """Refuse: devices are of the shop.

        Raises:
            UserError: "training_not_here".
        """
        raise UserError("training_not_here")

    @override
    def plugged_devices(self) -> tuple[FoundDevice, ...]:
        """Find none: the real till sees what is plugged in."""
        return ()

    @override
    def install_rule(self) -> bool:
        """Refuse: the computer is the shop's.

        Raises:
            UserError: "training_not_here".
        """
        raise UserError("training_not_here")

    @override
    def printer_guide(self, device: DeviceSettings) -> PrinterGuide:
        """Refuse: the printer is the shop's.

        Raises:
            UserError: "training_not_here".
        """
        del device
        raise UserError("training_not_here")

    def layout_of(self, png: bytes) -> Layout | None:
        """Return what a picture was drawn from, if it is still known."""
        return self._slips.get(sha256(png).digest())


class OpenStage(TrainingStage):
    """The stage of an open training, which may ask the real printer for a paper."""

    def __init__(
        self, till: TrainingTill, upkeep: TrainingUpkeep, real: Till, draw: Rasteriser
    ) -> None:
        super().__init__(till)
        self._upkeep, self._real, self._draw = upkeep, real, draw

    def barcode(self, code: str) -> bytes:
        """Draw a barcode that a scanner reads off the screen; a PNG."""
        blocks = (
            Barcode("code128", code, height_dots=72, with_text=False),
            Text(code, Align.CENTRE),
        )
        is_short = code.isdigit() and len(code) <= 14  # two digits a bar
        dots = _SHORT_DOTS if is_short else _BARCODE_DOTS
        return self._draw.png(Layout(blocks), dots)

    def print_on_paper(self, png: bytes) -> bool:
        """Queue a slip behind the shop's own, with the mark and without the drawer."""
        layout = self._upkeep.layout_of(png)
        if layout is None:
            return False
        if self._real.printer.status() is PrinterStatus.UNREACHABLE:
            raise UserError("training_no_printer")
        self._real.print_queue.add(_paper(self._real, as_training(layout)))
        self._real.printer.wake()
        return True


def open_place(
    real: Till,
    rasteriser: Rasteriser,
    heard: tuple[Callable[[], None], SoundBoard],
    store: TrainingStore,
    ears: Ears,
) -> Callable[[Staff], TrainingPlace]:
    """Return what opens a training on the thread that calls it.

    Args:
        real: the till that is left meanwhile.
        rasteriser: draws papers.
        heard: the sound of a problem, and the others; as at the real till.
        store: the throw-away ledger.
        ears: what is told when something was stored, printed or lost.
    """

    def open_for(trainee: Staff) -> TrainingPlace:
        options = Options(
            clock=real.options.clock,
            ids=real.options.ids,
            on_lost=ears.lost,
            on_print_change=ears.printed,
            on_drawer_kicked=ears.kicked,
            ballast_bytes=0,
        )
        till = TrainingTill(store, trainee, options)
        till.counter.desk.session.begin(till.trainee)
        upkeep = TrainingUpkeep(till, rasteriser, TillUpkeep(real, rasteriser))
        stage = OpenStage(till, upkeep, real, rasteriser)
        work = Workplace(
            counter=till.counter,
            upkeep=upkeep,
            was_clean=True,
            is_sound=True,
            beep=heard[0],
            practice=stage,
            customer_pictures=real.folder.customer,
            sounds=heard[1],
        )

        def finish() -> None:
            real.print_queue.send_guests_away()
            till.finish()

        return TrainingPlace(work, real.options.ids.new(), till.close_reader, finish)

    return open_for


def _paper(real: Till, layout: Layout) -> PrintJob:
    blocks = layout.blocks
    if not blocks or not isinstance(blocks[-1], Cut):
        layout = Layout((*blocks, Cut()), layout.language)
    job_id = real.options.ids.new()
    return PrintJob(
        job_id=job_id,
        document_id=job_id,
        kind="training",
        copy_number=0,
        printer=RECEIPT_PRINTER,
        layout=layout,
        opens_drawer=False,
        state=PrintJobState.QUEUED,
        offset_bytes=0,
        reason="",
        queued_at=real.options.clock.now(),
    )
