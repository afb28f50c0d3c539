"""The tests of devices: a page, a scan, a weight, words on a display."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pos_app.documents.scanner_sheet import sheet_code_in
from pos_app.domain.scanner_learning import (
    SAMPLES_NEEDED,
    LearnedScanner,
    RawScan,
    classify_scans,
    meant_signs,
)
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import N_, _, current_language
from pos_app.ports.devices import DeviceCategory, DeviceReport, DeviceSettings
from pos_app.ports.weighing import ScaleReading, WeighingState
from pos_app.services.label_roll import begin_move_roll
from pos_app.services.payment_secrets import is_payment_code
from ui import tasks
from ui.format import quantity
from ui.messages import explain
from ui.presenters.device_words import fact_words
from ui.presenters.devices_state import DeviceTest, TestKind
from ui.presenters.workplace import Workplace
from ui.tasks import TaskRunner

KINDS: Mapping[DeviceCategory, TestKind] = {
    DeviceCategory.RECEIPT_PRINTER: TestKind.PAPER,
    DeviceCategory.LABEL_PRINTER: TestKind.PAPER,
    DeviceCategory.CASH_DRAWER: TestKind.DRAWER,
    DeviceCategory.SCANNER: TestKind.SCAN,
    DeviceCategory.SCALE: TestKind.WEIGHT,
    DeviceCategory.LINE_DISPLAY: TestKind.WORDS,
}
_ACTIONS: Mapping[TestKind, str] = {
    TestKind.PAPER: N_("Print a test slip"),
    TestKind.DRAWER: N_("Open drawer"),
    TestKind.SCAN: "",
    TestKind.WEIGHT: N_("Set to zero"),
    TestKind.WORDS: N_("Show test words"),
}
_WEIGHING: Mapping[WeighingState, str] = {
    WeighingState.STABLE: N_("Stable"),
    WeighingState.MOVING: N_("Not steady yet"),
    WeighingState.ZERO: N_("Empty and at zero"),
    WeighingState.UNDER_ZERO: N_("Below zero: set it to zero"),
    WeighingState.OVER: N_("Too heavy for this scale"),
    WeighingState.SILENT: N_("No answer"),
    WeighingState.UNREADABLE: N_("Answers what nobody understands: another driver?"),
}
#: What is shown of a code that nobody may keep.
_HIDDEN = "•••"
_SCAN_FACTS = ("last_code", "last_ms", "symbology")


class DeviceTests(QObject):
    """Tests of each device; what is known of the last one is kept per device."""

    changed = Signal()
    """A test went on."""

    def __init__(self, work: Workplace, runner: TaskRunner) -> None:
        super().__init__()
        self._work, self._runner = work, runner
        self._known: dict[str, DeviceTest] = {}
        self._pages: dict[str, bytes] = {}
        self._scans: dict[str, list[RawScan]] = {}
        self._heard: dict[str, Mapping[str, str]] = {}
        self._asks = True

    # ------------------------------------------------------------------ what is

    def view(self, device: DeviceSettings) -> DeviceTest:
        """Return the test of a device as it stands."""
        kind = KINDS[device.category]
        known = self._known.get(device.device_id, DeviceTest())
        words = _ACTIONS[kind]
        if device.category is DeviceCategory.LABEL_PRINTER:
            words = N_("Print a test label")
        view = replace(
            known,
            kind=kind,
            action=_(words) if words else "",
            png=self._pages.get(device.device_id, b""),
            has_drawer=device.category is DeviceCategory.RECEIPT_PRINTER,
            has_roll=device.category is DeviceCategory.LABEL_PRINTER,
        )
        if kind is TestKind.SCAN:
            return self._scan_view(view, device)
        if kind is TestKind.WEIGHT:
            return replace(view, lines=_weight_lines(self._reading(device)))
        return view

    def _scan_view(self, view: DeviceTest, device: DeviceSettings) -> DeviceTest:
        facts = self._heard.get(device.device_id, {})
        lines = tuple(
            fact_words((key, facts[key])) for key in _SCAN_FACTS if facts.get(key)
        )
        count = len(self._scans.get(device.device_id, ()))
        learned = self.learned(device.device_id)
        note = view.note or _("Scan anything now; no key needs to be pressed")
        if learned is not None:
            shown = tuple(
                (_(_LEARNED[key]), value)
                for key, value in learned.options.items()
                if key in _LEARNED and value
            )
            keep = _("Keep how it sends")
            return replace(view, lines=(*lines, *shown), note=note, action=keep)
        if count:
            missing = max(1, SAMPLES_NEEDED - count)
            note = _("Scan {count} more, different ones, to learn it", count=missing)
        sheet = _("Print the set-up sheet")
        return replace(view, lines=lines or view.lines, note=note, action=sheet)

    def learned(self, device_id: str) -> LearnedScanner | None:
        """Return how a scanner sends, once it has shown that; None before."""
        scans = self._scans.get(device_id, [])
        if len(scans) < SAMPLES_NEEDED:
            return None
        try:
            return classify_scans(scans)
        except UserError:
            return None

    def _reading(self, device: DeviceSettings) -> ScaleReading | None:
        scale = self._work.counter.desk.devices.scale(device.device_id)
        return scale.reading() if scale else None

    # ------------------------------------------------------------------ intents

    def draw(self, device: DeviceSettings) -> None:
        """Draw the test page of a printer as its paper will show it."""
        upkeep, device_id = self._work.upkeep, device.device_id
        kind = KINDS[device.category]
        if kind is TestKind.SCAN:
            language = current_language()

            def sheet() -> tuple[str, bytes]:
                layout = upkeep.scanner_sheet(language, codes_only=True)
                return device_id, upkeep.draw(layout, 58)

            self._runner.run(sheet).then(self._on_drawn)
        if kind is not TestKind.PAPER:
            return
        layout = upkeep.test_page(device)
        paper_mm = 58 if device.options.get("paper_mm") == 58 else 80

        def work() -> tuple[str, bytes]:
            return device_id, upkeep.draw(layout, paper_mm)

        self._runner.run(work).then(self._on_drawn)

    def _on_drawn(self, drawn: tuple[str, bytes]) -> None:
        device_id, png = drawn
        self._pages[device_id] = png
        self.changed.emit()

    def run(self, device: DeviceSettings) -> None:
        """Do the test of a device; a drawer's is the counter's own."""
        kind = KINDS[device.category]
        if kind in (TestKind.PAPER, TestKind.SCAN):
            self._print(device)
        elif kind is TestKind.WORDS:
            upper, lower = _("Welcome"), "0123456789 ABC abc"
            displays = self._work.counter.desk.devices
            displays.line_display(device.device_id).show(upper, lower)
            self._note(device, _("Look at the display: do you see two lines?"))
        elif kind is TestKind.WEIGHT:
            scale = self._work.counter.desk.devices.scale(device.device_id)
            if scale is not None:
                scale.set_zero()

    def _print(self, device: DeviceSettings) -> None:
        now = self._known.get(device.device_id, DeviceTest())
        if now.is_busy:
            return
        self._known[device.device_id] = replace(now, is_busy=True, note="")
        self._print_of = device.device_id
        upkeep = self._work.upkeep
        is_scanner = KINDS[device.category] is TestKind.SCAN
        page = upkeep.print_sheet() if is_scanner else upkeep.test_print(device)
        self._asks = not is_scanner
        task = self._runner.run(page)
        task.then(self._on_printed).otherwise(self._on_not_printed)
        self.changed.emit()

    def _on_printed(self, _done: object) -> None:
        words = _("Test page sent; look at the paper")
        self._known[self._print_of] = DeviceTest(note=words, asks=self._asks)
        self.changed.emit()

    def _on_not_printed(self, error: GuitaiError) -> None:
        words = explain(error, self._work.currency).sentence
        self._known[self._print_of] = DeviceTest(note=words)
        self.changed.emit()

    def move_roll(self, device: DeviceSettings, kind: str) -> None:
        """Have a roll of labels measured (LABEL_CALIBRATE) or moved (LABEL_FEED)."""
        desk = self._work.counter.desk
        words = _("The printer is told; look at its labels")
        task = tasks.watch(begin_move_roll(desk, device.device_id, kind))
        task.then(lambda _done: self._note(device, words))
        task.otherwise(
            lambda error: self._note(
                device, explain(error, self._work.currency).sentence
            )
        )

    def answer(self, device: DeviceSettings, *, is_right: bool) -> None:
        """Hear how the paper came out."""
        if is_right:
            self._note(device, _("Tested: the paper is right"))
        else:
            words = _(
                "Choose another kind of printer under Set up, then print again."
                " Any printer, as pictures, is always right."
            )
            self._note(device, words)

    def take_report(self, report: DeviceReport) -> None:
        """Keep what a scanner read, to learn how it sends; `end` forgets it."""
        facts = dict(report.facts)
        raw = facts.get("last_raw", "")
        if not raw:
            return
        self._heard[report.device_id] = facts
        took_ms = int(facts["last_ms"]) if facts.get("last_ms", "").isdigit() else 0
        text = meant_signs(raw)
        scan = RawScan(text, took_ms, sheet_code_in(text))
        scans = self._scans.setdefault(report.device_id, [])
        if not scans or scans[-1] != scan:
            scans.append(scan)
            del scans[:-9]
        self.changed.emit()

    def take_scan(self, device: DeviceSettings, code: str) -> None:
        """Show a code that came as typing: which scanner, nobody knows."""
        shown = _HIDDEN if is_payment_code(code) else code
        self._heard[device.device_id] = {"last_code": shown}
        self.changed.emit()

    def end(self) -> None:
        """The page is left: what was scanned meanwhile is nobody's business."""
        for device_id in {*self._scans, *self._heard}:
            self.forget(device_id)

    def forget(self, device_id: str) -> None:
        """Begin anew with a device: it is another one now."""
        self._heard.pop(device_id, None)
        self._known.pop(device_id, None)
        self._scans.pop(device_id, None)

    def _note(self, device: DeviceSettings, words: str) -> None:
        self._known[device.device_id] = DeviceTest(note=words)
        self.changed.emit()


_LEARNED = {
    "prefix": N_("Before the code"),
    "suffix": N_("After the code"),
    "terminator": N_("It ends with"),
}


def _weight_lines(reading: ScaleReading | None) -> tuple[tuple[str, str], ...]:
    if reading is None:
        return ((_("Scale"), _("No answer")),)
    rows = [(_("Scale"), _(_WEIGHING[reading.state]))]
    if reading.weight_kg is not None:
        rows.append((_("Weight"), quantity(reading.weight_kg, "kg")))
    if reading.tare_kg:
        rows.append((_("Tare"), quantity(reading.tare_kg, "kg")))
    return tuple(rows)
