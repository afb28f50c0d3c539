"""Reads the character of a key event, and the pace of an input method's commit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.scanning.burst import BurstSettings

#: Separates variable elements of a GS1 code (ISO/IEC 646 1/13); Ctrl+] on keys.
GROUP_SEPARATOR = "\x1d"
#: GS, RS and EOT inside GS1 and ISO/IEC 15434 codes, and STX, ETX around a code.
CODE_CONTROLS = frozenset("\x1d\x1e\x04\x02\x03")
#: Keys that say nothing by themselves; a scanner sends them between characters.
SILENT_KEYS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_ALT_GR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
#: Keys whose text platforms disagree on. (Shift+Tab is Key_Backtab, a command.)
_NAMED: dict[tuple[int, Qt.KeyboardModifier], str] = {
    (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier): "\r",
    (Qt.Key.Key_Enter, Qt.KeyboardModifier.NoModifier): "\r",
    (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier): "\t",
    (Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier): GROUP_SEPARATOR,
}


def char_of(event: QKeyEvent) -> str:
    """Return the one character a key stands for, or nothing for a command.

    Enter is a carriage return, Tab a tab, Ctrl+J a line feed; Ctrl with another
    letter is a command unless codes use its control character.
    """
    modifiers = event.modifiers()
    is_plain = not modifiers & ~_PLAIN
    named = _NAMED.get((event.key(), modifiers & ~_PLAIN))
    if named is not None:
        return named
    text = event.text()
    if len(text) == 1 and (text in CODE_CONTROLS or text == "\n"):
        return text
    # Windows reports AltGr as Ctrl+Alt.
    is_plain = is_plain or modifiers & _ALT_GR == _ALT_GR
    return text if len(text) == 1 and text.isprintable() and is_plain else ""


def times_of_commit(
    text: str, began_ms: int | None, now_ms: int, settings: BurstSettings
) -> Sequence[int]:
    """Say when each character of a commit was typed; nothing if by a person.

    One character is a key like any other (a Chinese input method passes digits so,
    half or full width). A longer text is a scan only if it was composed at a
    scanner's pace: a word chosen from a list comes at once, too.

    Args:
        text: what the input method commits.
        began_ms: when its composition began; None when there was none.
        now_ms: when it is committed.
        settings: the pace of a scan.

    Returns:
        One time in milliseconds for each character, or nothing.
    """
    if len(text) == 1:
        is_code = text.isascii() or "\uff01" <= text <= "\uff5e"
        return [now_ms] if is_code and text.isprintable() else []
    if began_ms is None or not text.isascii() or len(text) < settings.min_chars:
        return []
    span_ms = now_ms - began_ms
    last = len(text) - 1
    if span_ms >= settings.mean_gap_ms * last:
        return []
    return [began_ms + span_ms * i // last for i in range(len(text))]
