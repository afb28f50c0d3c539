"""The wizard tries printer, drawer and scanner, and asks what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from pos_app.errors import GuitaiError
from pos_app.i18n import _
from pos_app.ports.devices import FoundDevice
from pos_app.ports.printing import PrinterStatus
from ui.messages import explain
from ui.presenters.settings_state import status_words
from ui.presenters.setup_drafting import DraftKeeper
from ui.presenters.setup_found import is_printer, is_scale
from ui.presenters.setup_port import SetupPort
from ui.presenters.setup_state import Stage, TrialView
from ui.scanning.scan_meter import MeasuredScan
from ui.tasks import TaskRunner

#: Draws the characters itself, so they are right on any printer with graphics.
PICTURES = "raster"
#: Is never asked how it is: for printers without answers.
ONE_WAY = "silent"
_FINE = frozenset({PrinterStatus.READY, PrinterStatus.PAPER_LOW, PrinterStatus.UNKNOWN})
_SUFFIXES = {"\r": "CR", "\n": "LF", "\t": "Tab"}


def _scan_words(note: str) -> str:
    """Say what was read: the code, its milliseconds, what ended it."""
    code, took_ms, suffix = (*note.split("\t"), "", "")[:3]
    if suffix:
        return _(
            "Read {code} in {ms} ms; it ends with {suffix}",
            code=code,
            ms=took_ms,
            suffix=suffix,
        )
    return _(
        "Read {code} in {ms} ms; it ends with nothing, which works too",
        code=code,
        ms=took_ms,
    )


class DeviceTrials(QObject):
    """Three trials; each is done again as often as somebody likes."""

    changed = Signal()
    """A trial went on."""

    def __init__(
        self, port: SetupPort, keeper: DraftKeeper, runner: TaskRunner
    ) -> None:
        super().__init__()
        self._port, self._keeper, self._runner = port, keeper, runner
        self._printer, self._printer_note = Stage.IDLE, ""
        self._drawer, self._drawer_note = Stage.IDLE, ""
        self._scale, self._scale_note = Stage.IDLE, ""
        self._has_looked = False
        self.found: tuple[FoundDevice, ...] | None = None
        self.is_searching = False

    # ------------------------------------------------------------------ what is

    @property
    def printer(self) -> TrialView:
        """How far the printer's trial is."""
        draft = self._keeper.draft
        if self._printer is not Stage.IDLE:
            return TrialView(self._printer, self._printer_note)
        if draft.printer_state == "passed":
            words = (
                _("Slips are kept as pictures; no printer is needed to begin")
                if draft.printer_kind == "virtual"
                else _(
                    "{paper} mm at {address}; the characters are right",
                    paper=draft.paper_mm,
                    address=(
                        draft.found_name
                        if draft.printer_kind == "found"
                        else draft.printer_address
                    ),
                )
            )
            return TrialView(Stage.PASSED, words)
        return TrialView(Stage.IDLE, _("Prints a short slip with Chinese on it"))

    @property
    def drawer(self) -> TrialView:
        """How far the drawer's trial is."""
        state = self._keeper.draft.drawer_state
        if self._drawer is not Stage.IDLE:
            return TrialView(self._drawer, self._drawer_note)
        if state == "passed":
            return TrialView(Stage.PASSED, _("Opened by way of the printer"))
        if state == "failed":
            words = _("Did not open. Is its cable in the printer's drawer socket?")
            return TrialView(Stage.FAILED, words)
        return TrialView(Stage.IDLE, _("Hangs on the receipt printer's cable"))

    @property
    def scanner(self) -> TrialView:
        """How far the scanner's trial is; it needs no key, only a scan."""
        draft = self._keeper.draft
        if draft.scanner_state == "passed":
            return TrialView(Stage.PASSED, _scan_words(draft.scanner_note))
        return TrialView(Stage.IDLE, _("Scan anything now; no key needs to be pressed"))

    @property
    def scale(self) -> TrialView:
        """How far the scale's search is."""
        draft = self._keeper.draft
        if self._scale is not Stage.IDLE:
            return TrialView(self._scale, self._scale_note)
        if draft.scale_driver:
            name = draft.scale_name or draft.scale_address
            return TrialView(Stage.PASSED, _("Found: {name}", name=name))
        return TrialView(Stage.IDLE, _("Only where goods are weighed"))

    # ------------------------------------------------------------------ intents

    def forget_printer(self) -> None:
        """Another printer was named: what was tried counts no more."""
        self._printer = self._drawer = Stage.IDLE
        self._keeper.change(printer_state="", drawer_state="")
        self.changed.emit()

    def try_printer(self, *, is_again: bool = False) -> None:
        """Print the page; again by itself with another profile."""
        if self._printer is Stage.BUSY and not is_again:
            return
        self._set_printer(Stage.BUSY, _("Printing"))
        draft, port = self._keeper.draft, self._port
        task = self._runner.run(lambda: port.try_printer(draft))
        task.then(self._on_printed).otherwise(self._on_not_printed)

    def answer_printer(self, answer: str) -> None:
        """Hear how the page came out: "right", "garbled" or "nothing"."""
        if answer == "right":
            self._printer = Stage.IDLE
            self._keeper.change(printer_state="passed")
            self.changed.emit()
        elif answer == "garbled" and self._keeper.draft.profile != PICTURES:
            # Its own characters are others than we thought: send pictures.
            self._keeper.change(printer_profile=PICTURES)
            self.try_printer()
        else:
            self._keeper.change(printer_profile="")  # the country's, once more
            words = _("Check power, paper and cable, then try again.")
            self._set_printer(Stage.FAILED, words)

    def try_drawer(self) -> None:
        """Open the drawer."""
        if self._drawer is Stage.BUSY:
            return
        self._set_drawer(Stage.BUSY, _("Opening"))
        draft, port = self._keeper.draft, self._port
        task = self._runner.run(lambda: port.try_drawer(draft))
        task.then(self._on_kicked).otherwise(self._on_not_kicked)

    def answer_drawer(self, answer: str) -> None:
        """Hear whether the drawer opened: "right" or "nothing"."""
        self._drawer = Stage.IDLE
        self._keeper.change(drawer_state="passed" if answer == "right" else "failed")
        self.changed.emit()

    def take_scan(self, scan: MeasuredScan) -> None:
        """Show what the scanner read, how fast, and how it ends a code."""
        parts = (scan.text, str(scan.took_ms), _SUFFIXES.get(scan.suffix, ""))
        words = "\t".join(part.replace("\t", " ") for part in parts)
        self._keeper.change(scanner_state="passed", scanner_note=words)
        self.changed.emit()

    def look_at_usb(self) -> None:
        """Propose what hangs at this computer; nobody has to ask for it."""
        if not self._has_looked:
            self._has_looked = True
            self._runner.run(self._port.plugged_printers).then(self._on_plugged)

    def _on_plugged(self, found: Sequence[FoundDevice]) -> None:
        printers = tuple(x for x in found if is_printer(x))
        if printers and self.found is None:
            self.found = printers
            self.changed.emit()

    def search(self) -> None:
        """Look at this computer and ask the shop's own network."""
        if self.is_searching:
            return
        self.is_searching, self.found = True, None
        self.changed.emit()
        task = self._runner.run(self._port.find_devices)
        task.then(self._on_found).otherwise(self._on_not_found)

    def take_found(self, place: int) -> None:
        """Use a printer that was found."""
        found = (self.found or ())[place]
        way = found.connection
        self._keeper.change(
            printer_kind="found",
            found_kind=way.kind.value,
            found_address=way.address,
            found_driver=found.driver or "escpos",
            found_name=(found.name or way.address)[:60],
        )
        self.forget_printer()

    def find_scale(self) -> None:
        """Look for a scale: the same search."""
        self._scale, self._scale_note = Stage.BUSY, _("Searching")
        self.search()
        self.changed.emit()

    # ------------------------------------------------------------------ answers

    def _set_printer(self, stage: Stage, note: str) -> None:
        self._printer, self._printer_note = stage, note
        self.changed.emit()

    def _set_drawer(self, stage: Stage, note: str) -> None:
        self._drawer, self._drawer_note = stage, note
        self.changed.emit()

    def _on_printed(self, status: PrinterStatus) -> None:
        is_mute = status is PrinterStatus.OFFLINE
        if is_mute and self._keeper.draft.profile != ONE_WAY:
            # It takes a connection and answers nothing: a printer with one way.
            self._keeper.change(printer_profile=ONE_WAY)
            self.try_printer(is_again=True)
        elif status not in _FINE:
            words, _tone = status_words(status)
            action = _("Check power, paper and cable, then try again.")
            self._set_printer(Stage.FAILED, f"{words}. {action}")
        elif self._keeper.draft.printer_kind == "virtual":
            self.answer_printer("right")  # nobody needs to look at a picture file
        else:
            self._set_printer(Stage.ASK, _("Do the Chinese characters look right?"))

    def _on_not_printed(self, error: GuitaiError) -> None:
        self._set_printer(Stage.FAILED, explain(error).sentence)

    def _on_kicked(self, was_kicked: bool) -> None:
        if was_kicked:
            self._set_drawer(Stage.ASK, _("Did the drawer open?"))
        else:
            words = _("The printer did not take the command. Try the printer first.")
            self._set_drawer(Stage.FAILED, words)

    def _on_not_kicked(self, error: GuitaiError) -> None:
        self._set_drawer(Stage.FAILED, explain(error).sentence)

    def _on_found(self, found: Sequence[FoundDevice]) -> None:
        self.is_searching = False
        self.found = tuple(x for x in found if is_printer(x))
        self._take_scale(next((x for x in found if is_scale(x)), None))
        self.changed.emit()

    def _on_not_found(self, error: GuitaiError) -> None:
        self._set_printer(Stage.FAILED, explain(error).sentence)
        self.is_searching, self.found = False, ()
        self._take_scale(None)
        self.changed.emit()

    def _take_scale(self, found: FoundDevice | None) -> None:
        if self._scale is not Stage.BUSY:
            return
        if found is None:
            words = _("No scale was found; it can be set up later as well.")
            self._scale, self._scale_note = Stage.FAILED, words
            return
        self._scale = Stage.IDLE
        self._keeper.change(
            scale_kind=found.connection.kind.value,
            scale_address=found.connection.address,
            scale_driver=found.driver,
            scale_name=found.name[:60],
        )
