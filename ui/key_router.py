"""Binds the keyboard map to a window: keys in, `Action` out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodQueryEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from typing_extensions import override

from ui.keymap import KEYMAP, KeyBinding

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class KeyRouter(QObject):
    """Listens on one window.

    Function keys and chords are shortcuts, which a text field may keep for itself
    (Del, Ctrl+Z). Characters are heard when no widget wanted them: the scanner
    filter holds them first, so a "+" inside a code is never heard here.
    """

    #: An `Action`'s value, and the number of a tender or 0.
    asked = Signal(str, int)

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        self._by_shortcut: dict[QObject, KeyBinding] = {}
        self._by_text: dict[str, KeyBinding] = {}
        for binding in KEYMAP:
            for key in binding.keys:
                if binding.is_text:
                    self._by_text[key.upper()] = binding
                else:
                    self._bind(window, key, binding)
        window.installEventFilter(self)

    def _bind(self, window: QObject, key: str, binding: KeyBinding) -> None:
        shortcut = QShortcut(QKeySequence(key), window)
        shortcut.setAutoRepeat(binding.action.value in {"up", "down"})
        shortcut.activated.connect(self._on_shortcut)
        self._by_shortcut[shortcut] = binding

    def _on_shortcut(self) -> None:
        sender = self.sender()
        assert sender is not None
        self._ask(self._by_shortcut[sender])

    def _ask(self, binding: KeyBinding) -> None:
        self.asked.emit(binding.action.value, binding.number)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear the characters that reached the window because nobody took them."""
        del watched
        if event.type() != QEvent.Type.KeyPress:
            return False
        assert isinstance(event, QKeyEvent)
        chord = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.modifiers() & chord:
            return False
        name = "RETURN" if event.key() in _ENTER else event.text().upper()
        binding = self._by_text.get(name)
        if binding is None or _is_text_entered():
            return False
        self._ask(binding)
        return True


def _is_text_entered() -> bool:
    """Tell whether a text field has the focus; it handles Enter itself."""
    focus: QObject | None = QGuiApplication.focusObject()
    if focus is None:
        return False
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QCoreApplication.sendEvent(focus, query)
    return bool(query.value(Qt.InputMethodQuery.ImEnabled))
