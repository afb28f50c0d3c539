"""The one window: a stack of screens, the keyboard, the size."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui.dialogs.dialog import Dialog
from ui.key_router import KeyRouter
from ui.presenters.pad_key import PadKey
from ui.theme.host import theme_host

SMALLEST = QSize(1024, 720)
#: What the screens are drawn for; a window that does not fill the screen has it.
DESIGNED = QSize(1366, 768)
_NAMED = {
    Qt.Key.Key_Backspace: PadKey.BACKSPACE,
    Qt.Key.Key_Period: PadKey.POINT,
    Qt.Key.Key_Comma: PadKey.POINT,
}


def room_for_window() -> QSize:
    """Return the size of a window that fills the screen."""
    room = QGuiApplication.primaryScreen().availableSize()
    fits = room.width() >= SMALLEST.width() and room.height() >= SMALLEST.height()
    return room if fits else DESIGNED


class MainWindow(QMainWindow):
    """Shows one screen at a time; keys that nobody took are the pad's."""

    pad_typed = Signal(str)
    """A character of the pad was typed on a keyboard; its `PadKey`'s value."""
    letter_typed = Signal(str)
    """A letter was typed on a keyboard, and no text field took it; in capitals."""
    closing = Signal()
    """The window is being closed."""
    resized = Signal()
    """The window has another size."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle(title)
        self.setMinimumSize(SMALLEST)
        self.resize(DESIGNED)
        self.stack = QStackedWidget()
        whole = QWidget()
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.stack, 1)
        self.setCentralWidget(whole)
        self.keys = KeyRouter(self)

    def add(self, screen: QWidget) -> None:
        """Put a screen into the stack."""
        self.stack.addWidget(screen)

    def add_below(self, strip: QWidget) -> None:
        """Put a strip below the screens; it may hide and show itself."""
        self._column.addWidget(strip)

    def show_screen(self, screen: QWidget) -> None:
        """Show a screen and let no text field keep the keyboard."""
        if self.stack.currentWidget() is not screen:
            self.stack.setCurrentWidget(screen)
        screen.setFocus()

    @property
    def screen_shown(self) -> QWidget | None:
        """The screen on show."""
        return self.stack.currentWidget()

    def open_dialog(self) -> Dialog | None:
        """Return the dialog that is open, the topmost if there are several."""
        found = [d for d in self.findChildren(Dialog) if d.isVisible()]
        return found[-1] if found else None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, point and Backspace type on the pad; letters where codes are typed."""
        chord = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.modifiers() & chord:
            super().keyPressEvent(event)
            return
        named = _NAMED.get(Qt.Key(event.key()))
        if named is not None:
            self.pad_typed.emit(named.value)
        elif event.text().isascii() and event.text().isdigit():
            self.pad_typed.emit(event.text())
        elif event.text().isascii() and event.text().isalpha():
            self.letter_typed.emit(event.text().upper())
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the profile of the new size."""
        super().resizeEvent(event)
        theme_host().fit(self.size())
        self.resized.emit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so before the window goes."""
        self.closing.emit()
        super().closeEvent(event)
