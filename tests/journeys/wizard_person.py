"""Somebody in front of a till that has no shop yet: presses, types, scans, counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from pos_app.cli.run import TillStart
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.setup_draft import SetupStep
from tests.journeys.painted_words import painted_words
from ui.app import make_application
from ui.hand import Hand

PIN = "7391"


class WizardPerson:
    """Uses the screen alone; what was pressed and typed is counted.

    Args:
        home: where the shop will be, in a folder of its own.
    """

    def __init__(self, home: Path) -> None:
        make_application([])
        self.folder = ShopFolder(home / "shop")
        self.taps = self.fields = 0
        self.start: TillStart | None = None

    def come(self) -> WizardPerson:
        """Start the till's program."""
        self.start = TillStart(self.folder, is_demo=False, full_screen=False)
        self.start.open()
        return self

    def go(self) -> None:
        """End the program, as closing its window does."""
        if self.start is not None:
            window = self.start.window
            if window is not None:
                window.flow.blockSignals(True)
            self.start.close()
            self.start = None
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @property
    def hand(self) -> Hand:
        """The hand in front of the window that is on show."""
        assert self.start is not None
        shown = self.start.wizard or self.start.window
        assert shown is not None
        return Hand(shown.window)

    # ------------------------------------------------------------------ looking

    @property
    def wizard(self):
        """The wizard's presenter, to know what it waits for."""
        assert self.start is not None
        assert self.start.wizard is not None
        return self.start.wizard.wizard

    @property
    def step(self) -> SetupStep:
        """The step that is on show."""
        return self.wizard.draft.step

    def words(self) -> list[str]:
        """Return everything that is painted now."""
        self.hand.look()
        return painted_words(self.hand.window)

    def sees(self, text: str) -> bool:
        """Tell whether a text is painted somewhere."""
        return any(text in words for words in self.words())

    def problem(self, field: str) -> str:
        """Return the sentence beside a field; "" for none."""
        label = self.hand.find(QLabel, f"problem-{field}")
        return label.text() if label is not None else ""

    def wait(self, until: Callable[[], bool], what: str) -> None:
        """Let the program go on until something is so."""
        self.hand.wait(until, what)

    def await_kept(self) -> None:
        """Wait until what was typed is on the disk."""
        self.wait(lambda: self.wizard.keeper.is_kept, "the draft")

    # ------------------------------------------------------------------- doing

    def press(self, name: str) -> None:
        """Touch a key."""
        self.taps += 1
        self.hand.press(name)

    def type(self, field: str, words: str) -> None:
        """Touch a field and type over what stands there."""
        self.fields += 1
        self.taps += 1
        edit = self.hand.find(QLineEdit, f"edit-{field}")
        assert edit is not None, f"{field} is not on show"
        self.hand.press_at(edit)
        edit.selectAll()
        if not words:
            self.hand.strike("Backspace")
            return
        commit = QInputMethodEvent()
        commit.setCommitString(words)
        QCoreApplication.sendEvent(edit, commit)
        self.wait(lambda: edit.text() == words, f"{words!r} in {field}")

    def go_on(self, to: SetupStep) -> None:
        """Press the green key; the next step comes."""
        self.press("setupNext")
        self.wait(lambda: self.step is to, to.value)
        self.await_kept()

    # ---------------------------------------------------------------- the steps

    def begin(self, language: str = "zh-CN") -> None:
        """Choose a language and set up a new shop."""
        self.press(f"segment-choice-language-{language}")
        self.press("way-steps")

    def choose_country(self, country: str) -> None:
        """Say where the shop is."""
        self.press(f"country-{country}")
        self.go_on(SetupStep.SHOP)

    def fill_shop(self, name: str, *, rate: str = "") -> None:
        """Fill in what is needed of the shop."""
        self.type("shop_name", name)
        if rate:
            self.type("time_zone", "Europe/Vienna")
            self.type("tax_rate", rate)
        self.go_on(SetupStep.SCREEN)

    def try_devices(self) -> None:
        """Print, open the drawer, scan."""
        self.press("device-printer-try")
        self.wait(lambda: self.wizard.draft.printer_state == "passed", "the slip")
        self.press("device-drawer-try")
        self.wait(lambda: self.wizard.devices.drawer.stage == "ask", "the drawer")
        self.press("device-drawer-right")
        self.hand.scan("9521001001373")
        self.wait(lambda: self.wizard.draft.scanner_state == "passed", "the scan")
        self.go_on(SetupStep.GOODS)

    def fill_owner(self, name: str = "Lin") -> None:
        """Name the owner and choose a PIN."""
        self.type("person-0-name", name)
        self.type("person-0-pin", PIN)
        self.type("person-0-again", PIN)

    def make_shop(self) -> tuple[str, ...]:
        """Have the shop made; return the groups of its code."""
        self.press("setupNext")
        self.wait(lambda: self.step is SetupStep.CODE, "the shop")
        groups: tuple[str, ...] = self.wizard.ending.code.groups
        return groups

    def confirm_code(self, groups: tuple[str, ...]) -> None:
        """Type the two groups back that are asked for."""
        first, second = self.wizard.ending.code.asked
        self.type("group_first", groups[first - 1])
        self.type("group_second", groups[second - 1].lower())
        self.press("setupNext")
        self.wait(lambda: self.step is SetupStep.SALE, "the opening")

    def open_till(self) -> None:
        """Open the till; the owner is signed on."""
        assert self.start is not None
        self.press("setupNext")
        self.wait(lambda: self.start.window is not None, "the till")
        session = self.start.till.counter.desk.session
        self.wait(lambda: session.staff is not None, "the owner")
        self.wait(lambda: self.shown == "saleScreen", "the sale screen")

    @property
    def shown(self) -> str:
        """Name of the till's screen on show."""
        return str(self.start.window.window.screen_shown.objectName())

    def sell_first(self) -> None:
        """Press a tile, then the first note."""
        self.taps += 1
        assert self.hand.press_item("tiles", self._first_tile())
        self.wait(lambda: bool(self.hand.find_button("quickCash1")), "quick cash")
        self.press("quickCash1")
        self.wait(lambda: self.shown == "paymentDoneScreen", "the sale's end")

    def _first_tile(self) -> str:
        from PySide6.QtWidgets import QAbstractItemView

        tiles = self.hand.find(QAbstractItemView, "tiles")
        assert tiles is not None
        return str(tiles.model().tiles[0].key)
