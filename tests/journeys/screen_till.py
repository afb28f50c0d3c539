"""The whole till behind its real window, and a person who uses it.

Each test opens a copy of one prepared shop: real SQLite, the virtual printer, a
clock that the test may move. The person presses what can be seen and touched,
types and scans with key events, and reads what is painted.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QWidget

from hardware.system_clock import SystemClock
from pos_app.bootstrap import Options, Till, create_shop, demo_setup
from pos_app.cli.till_workplace import workplace
from pos_app.domain.basket import BasketLine
from pos_app.domain.journal import EntryKind
from pos_app.domain.policy import ShiftOpening
from pos_app.domain.sale import Sale
from pos_app.domain.tender import TenderLine
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.ledger import journal_rows
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.sounds import Sound
from pos_app.services.setup_file import SetupFile
from pos_app.services.sounds import SoundBoard
from pos_app.values.times import Timestamp
from tests.journeys.painted_words import painted_words
from tests.patient_bot import PATIENCE_MS
from ui.app import TillWindow, make_application
from ui.bridge import Bridge
from ui.scanning.wedge import Wedge
from ui.widgets.office_rail import OfficeRail

LEFT = Qt.MouseButton.LeftButton
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
#: A scanner types a key in 2 ms, a quick person in 90.
SCANNER_MS, PERSON_MS, PAUSE_MS = 2, 90, 400
PINS = {"1001": "2580", "1002": "1470", "1003": "3690", "1004": "7415", "1005": "9638"}
AMERICANO, COLA, BANANA, APPLES = "110001", "210012", "510002", "510003"
FIRST_GTIN, SECOND_GTIN, COLA_GTIN = (
    "9521001001373",
    "9521001010962",
    "9521005001379",
)
UNKNOWN_GTIN = "6977880012350"


class HandClock:
    """The machine's clock, which a test may put forward or back."""

    def __init__(self, ahead_s: int = 0) -> None:
        self._machine = SystemClock()
        self.ahead_s = ahead_s

    def now(self) -> Timestamp:
        """Return the machine's time as the test has set it."""
        return self._machine.now().plus_seconds(self.ahead_s)

    def monotonic_ms(self) -> int:
        """Return milliseconds that go on with the hand, never back."""
        return self._machine.monotonic_ms() + 1000 * max(0, self.ahead_s)


class KeyClock:
    """When keys go down, in milliseconds; moved by whoever types."""

    def __init__(self) -> None:
        self.now_ms = 1_000_000

    def __call__(self) -> int:
        """Return the moment."""
        return self.now_ms


def selling_setup() -> SetupFile:
    """Return the sample shop, but ready to sell: it asks for no float first."""
    setup = demo_setup()
    changes = {"shift_opening": ShiftOpening.AUTO}
    policy = setup.shop.policy.model_copy(update=changes)
    shop = setup.shop.model_copy(update={"policy": policy})
    return setup.model_copy(update={"shop": shop})


def make_template(root: Path, setup: SetupFile | None = None) -> ShopFolder:
    """Make the shop that tests copy: one that sells, or one of a set-up file."""
    folder = ShopFolder(root)
    create_shop(folder, setup or selling_setup(), FileKeyStore(folder.root))
    return folder


def copy_shop(folder: ShopFolder, root: Path) -> ShopFolder:
    """Copy a shop as it lies on the disk; of a running till: as a kill leaves it."""
    shutil.copytree(folder.root, root)
    return ShopFolder(root)


class Listener:
    """Hears the till's sounds; an open drawer's counts as one of a problem."""

    def __init__(self, till: ScreenTill) -> None:
        self._till = till

    def play(self, sound: Sound, level: str) -> bool:
        """Keep in mind what was heard."""
        del level
        self._till.heard.append(sound)
        if sound is Sound.DRAWER:
            self._till.beeps += 1
        return True

    def close(self) -> None:
        """Hear nothing more."""


@dataclass
class ScreenTill:
    """One till with its window, and what a person does with it."""

    folder: ShopFolder
    qtbot: Any
    clock: HandClock = field(default_factory=HandClock)
    size: tuple[int, int] = (1366, 768)
    settings: dict[str, object] = field(default_factory=dict)
    beeps: int = 0
    heard: list[Sound] = field(default_factory=list)
    checks_pin: bool = True  # whether to wait until a PIN under way is checked
    is_open: bool = False

    def start(self) -> ScreenTill:
        """Open the shop and show the window."""
        make_application([])
        self.bridge = Bridge()
        options = Options(
            clock=self.clock,
            on_lost=self.bridge.tell_lost,
            on_print_change=self.bridge.tell_print,
            on_drawer_kicked=self.bridge.tell_drawer,
            on_scan=self.bridge.tell_scan,
            on_report=self.bridge.tell_report,
            on_plugged=self.bridge.tell_plugged,
            ballast_bytes=4096,
        )
        self.till = Till(self.folder, options)
        board = SoundBoard(Listener(self), self.till.settings)
        self.work = workplace(self.till, self._beep, board)
        if self.settings:
            stamp = self.work.counter.desk.stamp()
            self.till.settings.change(stamp, **self.settings)
        self.app = TillWindow(self.work, self.bridge)
        self.keys_ms = KeyClock()
        self.app.wedge.remove()
        self.app.wedge = Wedge(self.keys_ms, trusts_stamps=False)
        self.app.wedge.install()
        self.app.wedge.scanned.connect(self.app.flow.on_scanned)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self.app)  # before the wedge, as it was
        self.window.resize(*self.size)
        with self.qtbot.waitExposed(self.window):
            self.app.open(full_screen=False)
        self.window.resize(*self.size)
        self.window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is self.window)
        self.settle()
        self.is_open = True
        return self

    def stop(self) -> None:
        """Close the window and the shop; once."""
        if not self.is_open:
            return
        self.is_open = False
        self.app.close()
        self.settle()
        self.flow.blockSignals(True)  # nobody looks at the last print jobs
        self.till.close()
        self.window.deleteLater()
        self.app.deleteLater()
        # Outside of exec() nobody else does; old windows would be restyled, too.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        # pytest keeps its fixtures' values for longer than they live.
        del self.app, self.till, self.work, self.bridge

    def _beep(self) -> None:
        self.beeps += 1

    # ------------------------------------------------------------------ what is

    @property
    def flow(self) -> Any:
        """The flow, for which screen is shown."""
        return self.app.flow

    @property
    def window(self) -> Any:
        """The main window."""
        return self.app.window

    @property
    def shown(self) -> str:
        """Name of the screen that is shown."""
        return str(self.window.screen_shown.objectName())

    @property
    def dialog(self) -> str:
        """Name of the dialog that is open, or nothing."""
        dialog = self.window.open_dialog()
        return str(dialog.objectName()) if dialog else ""

    @property
    def lines(self) -> tuple[BasketLine, ...]:
        """The lines of the open sale."""
        basket = self.work.counter.sale.basket
        return basket.lines if basket else ()

    @property
    def basket(self) -> list[tuple[str, str]]:
        """(article number or scanned code, quantity) of each line."""
        return [
            (line.unit.sku if line.unit else line.scanned, f"{line.quantity:f}")
            for line in self.lines
        ]

    @property
    def tenders(self) -> tuple[TenderLine, ...]:
        """The money taken for the open sale."""
        current = self.work.counter.sale.current
        return current.tenders if current else ()

    @property
    def last_sale(self) -> Sale:
        """The last sale that the ledger holds."""
        sale = self.till.ledger.last_sale()
        assert sale is not None
        return sale

    @property
    def sold(self) -> list[tuple[str, str]]:
        """(article number, quantity) of the lines of the last sale."""
        return [
            (line.sku, f"{line.priced.quantity:f}") for line in self.last_sale.lines
        ]

    def journal(self, kind: EntryKind | None = None) -> list[dict[str, Any]]:
        """Return the bodies of the journal's entries of a kind, oldest first."""
        import json

        self.till.ledger.flush()
        with self.till.ledger.read_engine.begin() as connection:
            entries = list(journal_rows.entries(connection))
        return [
            json.loads(entry.canonical)["body"]
            for entry in entries
            if kind is None or entry.kind is kind
        ]

    def words(self) -> list[str]:
        """Return everything that is painted now."""
        self.settle()
        return painted_words(self.window)

    def says(self, words: str) -> bool:
        """Tell whether words are on the screen."""
        return any(words in text for text in self.words())

    def sees(self, *texts: str) -> None:
        """Fail unless every text is painted somewhere, as soon as it is stored."""
        missing, painted = list(texts), [""]

        def is_seen() -> bool:
            painted[:] = self.words()
            missing[:] = (x for x in texts if not any(x in text for text in painted))
            return not missing

        with suppress(self.qtbot.TimeoutError):
            self.qtbot.waitUntil(is_seen)
        assert not missing, (missing, painted)

    @property
    def message(self) -> str:
        """The last message, whole, however narrow the bar is."""
        said = self.flow.frame.state().message
        return said.text if said else ""

    def slips(self, ending: str = "txt") -> list[str]:
        """Return the printed slips' texts, in the order of printing."""
        files = sorted(self.folder.slips.glob(f"*.{ending}"))
        return [path.read_text("utf-8") for path in files]

    def wait(
        self, condition: Callable[[], bool], timeout_ms: int = PATIENCE_MS
    ) -> None:
        """Let the till go on until something is true; an empty list is not."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=timeout_ms)
        self.settle()

    def wait_for_slips(self, count: int) -> list[str]:
        """Wait until so many slips are printed, pictures and all."""
        self.wait(lambda: len(list(self.folder.slips.glob("*.png"))) >= count)
        return self.slips()

    def settle(self) -> None:
        """Serve what is queued for the screen."""
        for _round in range(3):
            QApplication.processEvents()
        if self.checks_pin:
            self.qtbot.waitUntil(lambda: not self._is_checking)
            QApplication.processEvents()

    @property
    def _is_checking(self) -> bool:
        """Tell whether a PIN is checked or a setting on its way to the disk."""
        return bool(self.flow.sign_on.is_checking or self.flow.settings.is_changing)

    # ----------------------------------------------------------------- touching

    def find(self, name: str) -> QWidget:
        """Return the visible widget of a name; hidden ones do not count."""
        found = [x for x in self.window.findChildren(QWidget, name) if x.isVisible()]
        assert found, f"{name} is not to be seen"
        assert len(found) == 1, f"{name} is there {len(found)} times"
        return found[0]

    def is_there(self, name: str) -> bool:
        """Tell whether a widget of a name can be seen."""
        self.settle()
        return any(x.isVisible() for x in self.window.findChildren(QWidget, name))

    def can_press(self, name: str) -> bool:
        """Tell whether a button is enabled."""
        self.settle()
        return self.find(name).isEnabled()

    def press(self, name: str) -> None:
        """Touch the middle of a button; what covers it gets the touch instead.

        What lies further down a list is moved into sight first, as a finger would,
        and what is folded under a group of the back office is folded out.
        """
        self.settle()
        self.unfold(name)
        widget = self.find(name)
        self._move_into_sight(widget)
        self.touch(widget, widget.rect().center())

    def unfold(self, name: str) -> None:
        """Touch the group that an entry of the back office is folded under."""
        key = name.removeprefix("go-")
        for rail in self.window.findChildren(OfficeRail):
            head = rail.head_of(key) if key != name and rail.isVisible() else None
            if head is not None:
                self.touch(head, head.rect().center())

    def _move_into_sight(self, widget: QWidget) -> None:
        above = widget.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is None:
            return
        viewport = above.viewport()
        if not viewport.isAncestorOf(widget):  # it lies over the list, not in it
            return
        if not viewport.rect().contains(widget.mapTo(viewport, widget.rect().center())):
            above.ensureWidgetVisible(widget)
            self.settle()

    def touch(self, widget: QWidget, where: QPoint) -> None:
        """Touch a point of a widget, by way of the window."""
        at = widget.mapTo(self.window, where)
        top = self.window.childAt(at)
        is_free = top is widget or (top is not None and widget.isAncestorOf(top))
        assert is_free, f"{widget.objectName()} is covered by {top}"
        QTest.mouseClick(self._handle, LEFT, NO_MODIFIER, at)
        self.settle()

    def touch_row(self, view_name: str, words: str) -> None:
        """Touch the row of a list that says `words`."""
        self.settle()
        view = self.find(view_name)
        assert isinstance(view, QAbstractItemView)
        model = view.model()
        texts = [
            str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))
            for row in range(model.rowCount())
        ]
        row = next((i for i, text in enumerate(texts) if words in text), None)
        assert row is not None, (words, texts)
        view.scrollTo(model.index(row, 0))
        self.settle()
        self.touch(view.viewport(), view.visualRect(model.index(row, 0)).center())

    def tile(self, words: str) -> None:
        """Press a quick key."""
        self.touch_row("tiles", words)

    def select(self, words: str) -> None:
        """Touch a line of the ticket."""
        self.touch_row("ticket", words)

    def pad(self, keys: str) -> None:
        """Press keys of the pad on the screen: "3×", "0.382⏎", "C"."""
        for key in keys:
            self.press(f"padKey{_PAD.get(key, key)}")

    # ------------------------------------------------------------------- typing

    @property
    def _handle(self) -> QWindow:
        handle = self.window.windowHandle()
        assert handle is not None
        return handle

    def key(
        self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = NO_MODIFIER
    ) -> None:
        """Press one key, as a person does."""
        self.keys_ms.now_ms += PAUSE_MS
        self.app.wedge.poll()
        QTest.keyClick(self._handle, key, modifiers)
        self.keys_ms.now_ms += PAUSE_MS
        self.app.wedge.poll()
        self.settle()

    def type(self, text: str) -> None:
        """Type at a person's pace."""
        self.keys_ms.now_ms += PAUSE_MS
        for char in text:
            self.keys_ms.now_ms += PERSON_MS
            self.app.wedge.poll()
            QTest.keyClick(self._handle, char)
        self.keys_ms.now_ms += PAUSE_MS
        self.app.wedge.poll()
        self.settle()

    def compose(self, text: str) -> None:
        """Commit words of an input method into what has the focus."""
        from PySide6.QtGui import QGuiApplication, QInputMethodEvent

        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(QGuiApplication.focusObject(), event)
        self.settle()

    def scan(self, *codes: str) -> None:
        """Scan codes, one after the other, as a keyboard wedge sends them."""
        for code in codes:
            self.scan_quickly(code)
            self.settle()

    def scan_quickly(self, code: str, gap_ms: int = 50) -> None:
        """Scan one code and leave the screen no time."""
        self.keys_ms.now_ms += gap_ms
        for char in code:
            self.keys_ms.now_ms += SCANNER_MS
            QTest.keyClick(self._handle, char)
        self.keys_ms.now_ms += SCANNER_MS
        QTest.keyClick(self._handle, Qt.Key.Key_Return)

    # ---------------------------------------------------------------- shortcuts

    def sign_on(self, number: str = "1001") -> ScreenTill:
        """Sign on by tile and PIN pad."""
        self.press(f"staff-{number}")
        for digit in PINS[number]:
            self.press(f"pin-D{digit}")
        self.press("signOn")
        return self

    def pay_cash(self) -> Sale:
        """End the sale with exact cash and wait for the done screen."""
        self.press("quickCash2" if self.is_there("quickCash2") else "quickCash1")
        self.wait(lambda: self.shown == "paymentDoneScreen")
        return self.last_sale


_PAD = {"⏎": "Enter", "×": "Times", "C": "Clear", "⌫": "Backspace", ".": "Point"}
