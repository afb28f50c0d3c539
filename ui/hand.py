"""Presses what is on the window as a person would, and takes its picture.

For the demo day and the pictures of all screens: nothing is called behind the
screen's back, so what cannot be pressed there cannot be played either.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (  # noqa: TID251 - it looks for widgets and presses them
    QAbstractButton,
    QAbstractItemView,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from ui.scanning.typist import type_scan
from ui.widgets.found_list import FoundModel
from ui.widgets.office_rail import OfficeRail
from ui.widgets.tile_grid import TileModel

Found = TypeVar("Found", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton
#: What a disk, a printer's thread or a PIN's hash may take on a slow machine.
PATIENCE_S = 100.0
#: PNG's "quality" of Qt: zlib's level 5, half the time of the smallest file.
PNG_QUALITY = 50
SETTLING_TURNS, SETTLING_MS = 4, 8
#: Longer than anything on the screen moves by itself (tokens.json, motion_ms).
RESTING_MS = 300
_NAMED_KEYS = {"×": "Times", ".": "Point", "⏎": "Enter", "C": "Clear"}


class Hand:
    """Somebody in front of the window.

    Args:
        window: the main window.
    """

    def __init__(self, window: QWidget) -> None:
        self.window = window

    # ------------------------------------------------------------------ pressing

    def press(self, name: str) -> None:
        """Click the button of this object name.

        Raises:
            AssertionError: it is not on show, dead, or covered by something else.
        """
        self._unfold(name)
        self.press_at(self._button(name))

    def _unfold(self, name: str) -> None:
        """Press the group that an entry of the back office is folded under."""
        rail = self.find(OfficeRail, "officeRail")
        key = name.removeprefix("go-")
        head = rail.head_of(key) if rail is not None and key != name else None
        if head is not None:
            self.press_at(head)

    def press_at(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Click a widget, in its middle unless a place in it is given."""
        QTest.mouseClick(widget, LEFT, pos=self._reach(widget, place))
        self.look()

    def press_right_end(self, name: str) -> None:
        """Click the right end of a painted bar: a toast's undo."""
        bar = self.find(QWidget, name)
        assert bar is not None, f"{name} is not on show"
        self.press_at(bar, QPoint(bar.width() - bar.height() // 2, bar.height() // 2))

    def hold(self, name: str, until: Callable[[], bool]) -> None:
        """Keep a button pressed until something has happened."""
        button = self._button(name)
        place = self._reach(button, None)
        QTest.mousePress(button, LEFT, pos=place)
        self.wait(until, f"holding {name}")
        QTest.mouseRelease(button, LEFT, pos=place)
        self.look()

    def press_item(self, list_name: str, key: str) -> bool:
        """Click a tile or a search result; False when it is not in sight."""
        view = self.find(QAbstractItemView, list_name)
        model = view.model() if view is not None else None
        if view is None or not isinstance(model, TileModel | FoundModel):
            return False
        shown = model.tiles if isinstance(model, TileModel) else model.found
        keys = [one.key for one in shown]
        if key not in keys:
            return False
        area = view.visualRect(model.index(keys.index(key)))
        if not view.viewport().rect().contains(area):
            return False
        self.press_at(view.viewport(), area.center())
        return True

    def key_in(self, text: str) -> None:
        """Press keys of the pad, one for each character."""
        for character in text:
            self.press(f"padKey{_NAMED_KEYS.get(character, character)}")

    # -------------------------------------------------------------------- typing

    def scan(self, code: str) -> None:
        """Let the scanner type a code; the wedge must hear it."""
        type_scan(self._focused(), code)
        self.look()

    def type_words(self, name: str, words: str) -> None:
        """Type words into an empty text field, all at once like an input method."""
        field = self.find(QLineEdit, name)
        assert field is not None, f"{name} is not on show"
        self.press_at(field)
        commit = QInputMethodEvent()
        commit.setCommitString(words)
        QCoreApplication.sendEvent(field, commit)
        self.wait(lambda: field.text() == words, f"{words!r} in {name}")

    def strike(self, name: str) -> None:
        """Strike one key of the keyboard; "F1", "Escape"."""
        key = Qt.Key[f"Key_{name}"]
        QTest.keyClick(self._focused(), key)
        self.look()

    # ------------------------------------------------------------------- looking

    def find(self, kind: type[Found], name: str) -> Found | None:
        """Return the widget of this name that is on show, the topmost one."""
        found = [w for w in self.window.findChildren(kind, name) if w.isVisible()]
        return found[-1] if found else None

    def find_button(self, name: str) -> QAbstractButton | None:
        """Return the button of this name that is on show."""
        return self.find(QAbstractButton, name)

    def look(self) -> None:
        """Let the window take in what happened."""
        QCoreApplication.processEvents()

    def wait(self, until: Callable[[], bool], what: str) -> None:
        """Let time pass until something has happened.

        Raises:
            AssertionError: it did not happen within `PATIENCE_S`.
        """
        limit = time.monotonic() + PATIENCE_S
        while not until():
            assert time.monotonic() < limit, f"waited in vain for {what}"
            QTest.qWait(5)
        self.look()

    def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        if (self.window.width(), self.window.height()) != (width, height):
            self.window.resize(width, height)
            self.look()

    def rest(self) -> None:
        """Let what flashes and fades come to rest; a caret stays on."""
        QGuiApplication.styleHints().setCursorFlashTime(0)
        QTest.qWait(RESTING_MS)

    def photograph(self, file: Path) -> None:
        """Write a picture of the window as a PNG."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        for _turn in range(SETTLING_TURNS):  # layouts and renderings come in turns
            QTest.qWait(SETTLING_MS)
        written = self.window.grab().toImage().save(str(file), quality=PNG_QUALITY)
        assert written, file

    def dialog_area(self) -> tuple[int, int, int, int] | None:
        """Return where a dialog's card stands: left, top, right, bottom, in pixels.

        None when there is none, or when a column of its own belongs to it.
        """
        card = self.find(QWidget, "dialogCard")
        dialog = card.parentWidget() if card is not None else None
        if card is None or dialog is None:
            return None
        others = (x for x in dialog.children() if isinstance(x, QWidget))
        if any(x.isVisible() for x in others if x is not card):
            return None
        corner = card.mapTo(self.window, QPoint(0, 0))
        left, top = corner.x(), corner.y()
        return left, top, left + card.width(), top + card.height()

    # -------------------------------------------------------------------- inside

    def _focused(self) -> QWidget:
        """Return who has the keyboard; the window when nobody has."""
        focused: QWidget | None = self.window.focusWidget()
        return self.window if focused is None else focused

    def _button(self, name: str) -> QAbstractButton:
        self._settle(lambda: self.find_button(name) is not None)
        button = self.find_button(name)
        assert button is not None, f"{name} is not on show"
        words = button.accessibleName()
        assert button.isEnabled(), f"{name} cannot be pressed: {words}"
        return button

    def _reach(self, widget: QWidget, place: QPoint | None) -> QPoint:
        """Return where to touch, once it is certain that nothing covers it.

        What lies further down a list is moved into sight first, as a finger would.
        """

        def touch() -> QPoint:
            return place or widget.rect().center()

        def seen() -> QWidget | None:
            return self.window.childAt(widget.mapTo(self.window, touch()))

        def is_reached() -> bool:
            top = seen()
            return top is widget or (top is not None and widget.isAncestorOf(top))

        self._settle(is_reached)
        if not is_reached():
            self._scroll_to(widget)
            self._settle(is_reached)
        assert is_reached(), f"{widget.objectName()} is covered by {seen()}"
        return touch()

    @staticmethod
    def _scroll_to(widget: QWidget) -> None:
        above = widget.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(widget)

    def _settle(self, until: Callable[[], bool]) -> None:
        """Give a page that was just shown the turns that its layout takes."""
        for _turn in range(SETTLING_TURNS):
            if until():
                return
            QTest.qWait(SETTLING_MS)
