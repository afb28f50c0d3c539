"""The scanner that types: an application-wide filter below the focus system.

Install one `Wedge` on the application. Whatever has the focus (a dialog, a search
box, nothing), a scan comes out of `scanned` and no widget sees its keys; typed keys
reach their widget unchanged, in order, at most a tenth of a second later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from typing_extensions import override

from ui.scanning.burst import BurstClassifier, BurstSettings, Decision, Scan, Typed
from ui.scanning.keys import (
    CODE_CONTROLS,
    GROUP_SEPARATOR,
    SILENT_KEYS,
    char_of,
    times_of_commit,
)

#: A timer this late means that the screen was busy and keys may still be queued.
_LATE_MS = 20


@dataclass(slots=True, eq=False)
class _Key:
    """A key held back, its release with it when that came already."""

    target: QObject
    press: QEvent
    release: QKeyEvent | None = None


class Wedge(QObject):
    """Finds scans among all keys of the application.

    Args:
        now_ms: a clock in milliseconds that never goes back.
        settings: what counts as a scan.
        group_separator_key: a key that this scanner sends for GS, such as
            `Qt.Key.Key_F8`; Ctrl+] is always understood.
        trusts_stamps: whether key events carry the moment the key went down. A
            busy screen then cannot squeeze typing into a burst. Off in tests.
    """

    #: One code, terminator, prefix and suffix removed.
    scanned = Signal(str)

    def __init__(
        self,
        now_ms: Callable[[], int],
        *,
        settings: BurstSettings | None = None,
        group_separator_key: Qt.Key | None = None,
        trusts_stamps: bool = True,
    ) -> None:
        super().__init__()
        self._now_ms = now_ms
        self._burst = BurstClassifier(settings)
        self._group_separator_key = group_separator_key
        marks = self._burst.settings
        self._marks = frozenset(marks.prefix[:1] + marks.suffix[-1:])
        self._trusts_stamps = trusts_stamps
        self._skew_ms = 0
        self._due_ms = 0
        self._composing_since_ms: int | None = None
        self._is_replaying_commit = False
        self._held: list[_Key] = []
        self._swallowed: Counter[int] = Counter()
        self._handlers: dict[QEvent.Type, Callable[[QObject, QEvent], bool]] = {
            QEvent.Type.KeyPress: self._on_press,
            QEvent.Type.KeyRelease: self._on_release,
            QEvent.Type.ShortcutOverride: self._on_override,
            QEvent.Type.InputMethod: self._on_commit,
            QEvent.Type.MouseButtonPress: self._on_touch,
            QEvent.Type.TouchBegin: self._on_touch,
        }
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_silence)

    def install(self) -> None:
        """Begin to watch the application's keys."""
        application = QCoreApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def remove(self) -> None:
        """Stop watching; what is held goes where it was typed."""
        self._deliver(self._burst.interrupt(self._time_ms(0)))
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def poll(self) -> None:
        """Decide what the silence so far has decided."""
        self._deliver(self._burst.poll(self._now_ms() + self._skew_ms))
        self._arm()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take keys before their widget does; True when the wedge has them."""
        # Every event of every widget passes here: one look-up, then out.
        handle = self._handlers.get(event.type())
        return handle is not None and handle(watched, event)

    def _on_touch(self, _watched: QObject, event: QEvent) -> bool:
        """What was typed before a touch arrives before it."""
        if event.spontaneous():
            self._flush(self._now_ms() + self._skew_ms)
        return False

    def _on_override(self, _watched: QObject, event: QEvent) -> bool:
        """Keep shortcuts off characters: "+" inside a code changes no quantity."""
        assert isinstance(event, QKeyEvent)
        char = self._read(event)
        if not char:
            return False
        if char in "\r\n\t" and not self._wants_enter(event):
            return False
        event.accept()
        return True

    def _wants_enter(self, event: QKeyEvent) -> bool:
        time_ms = self._now_ms() + self._skew_ms
        if self._trusts_stamps and event.timestamp():
            time_ms = event.timestamp()
        return self._burst.is_holding or self._burst.guards_enter(time_ms)

    def _on_press(self, watched: QObject, event: QEvent) -> bool:
        assert isinstance(event, QKeyEvent)
        if not event.spontaneous():
            return False  # a replayed key, or the program's own
        char = self._read(event)
        if not char:
            if event.key() not in SILENT_KEYS:
                self._flush(self._time_ms(event.timestamp()))
            return False
        time_ms = self._time_ms(event.timestamp())
        key = _Key(_receiver(watched), event.clone())
        self._held.append(key)
        self._deliver(self._burst.feed(char, time_ms, key))
        self._arm()
        return True

    def _on_release(self, _watched: QObject, event: QEvent) -> bool:
        assert isinstance(event, QKeyEvent)
        if event.isAutoRepeat() or not event.spontaneous():
            return False
        for key in reversed(self._held):
            press = key.press
            if isinstance(press, QKeyEvent) and press.key() == event.key():
                if key.release is None:
                    key.release = event.clone()
                return True
        if self._swallowed[event.key()]:
            self._swallowed[event.key()] -= 1
            return True
        return False

    def _on_commit(self, watched: QObject, event: QEvent) -> bool:
        """Read what an input method commits; a scan may come that way, too."""
        assert isinstance(event, QInputMethodEvent)
        if self._is_replaying_commit:
            return False
        now_ms = self._now_ms() + self._skew_ms
        text = event.commitString()
        if not text:
            if not event.preeditString():
                self._composing_since_ms = None
            elif self._composing_since_ms is None:
                self._composing_since_ms = now_ms
            return False
        began_ms, self._composing_since_ms = self._composing_since_ms, None
        times = times_of_commit(text, began_ms, now_ms, self._burst.settings)
        if not times:
            self._flush(now_ms)
            return False
        key = _Key(watched, event.clone())
        self._held.append(key)
        decided: list[Decision] = []
        for char, time_ms in zip(text, times, strict=True):
            decided += self._burst.feed(char, time_ms, key)
        self._deliver(decided)
        self._arm()
        return True

    def _flush(self, time_ms: int) -> None:
        if self._burst.is_holding:
            self._deliver(self._burst.interrupt(time_ms))
            self._timer.stop()

    def _read(self, event: QKeyEvent) -> str:
        """Return the key's character if it may be part of a code, or nothing."""
        if event.key() == self._group_separator_key and self._burst.is_holding:
            return GROUP_SEPARATOR
        char = char_of(event)
        if char in CODE_CONTROLS and char not in self._marks:
            return char if self._burst.is_holding else ""
        if char == "\n":
            return char if self._wants_enter(event) else ""
        return char

    def _deliver(self, decided: Sequence[Decision]) -> None:
        for decision in decided:
            # A commit gives its one token for each of its characters.
            tokens = dict.fromkeys(map(id, decision.tokens))
            keys = [key for key in self._held if id(key) in tokens]
            if isinstance(decision, Typed):
                self._replay(keys)
            else:
                self._forget(keys)
            if isinstance(decision, Scan):
                self.scanned.emit(decision.text)

    def _forget(self, keys: Sequence[_Key]) -> None:
        for key in keys:
            self._held.remove(key)
            if isinstance(key.press, QKeyEvent):
                if key.release is None:
                    self._swallowed[key.press.key()] += 1
            elif shiboken6.isValid(key.target):
                # What it composed is no text: clear it from the field.
                self._send(key.target, QInputMethodEvent("", []))

    def _replay(self, keys: Sequence[_Key]) -> None:
        for key in keys:
            self._held.remove(key)
            target = key.target
            if not shiboken6.isValid(target):
                focus = _focus()
                if focus is None:
                    continue
                target = focus
            self._send(target, key.press)
            if key.release is not None and shiboken6.isValid(target):
                self._send(target, key.release)

    def _send(self, target: QObject, event: QEvent) -> None:
        is_commit = isinstance(event, QInputMethodEvent)
        before, self._is_replaying_commit = self._is_replaying_commit, is_commit
        QCoreApplication.sendEvent(target, event)
        self._is_replaying_commit = before

    def _time_ms(self, stamp_ms: int) -> int:
        """Return when a key went down; remember how its clock differs from ours."""
        now_ms = self._now_ms()
        if not (self._trusts_stamps and stamp_ms):
            return now_ms + self._skew_ms
        self._skew_ms = stamp_ms - now_ms
        return stamp_ms

    def _arm(self) -> None:
        deadline_ms = self._burst.deadline_ms
        if deadline_ms is None:
            self._timer.stop()
            return
        wait_ms = max(1, deadline_ms - self._now_ms() - self._skew_ms)
        self._due_ms = self._now_ms() + wait_ms
        self._timer.start(wait_ms)

    def _on_silence(self) -> None:
        if self._now_ms() - self._due_ms > _LATE_MS:
            # The screen was busy: let the keys that wait come first.
            self._due_ms = self._now_ms()
            self._timer.start(1)
            return
        self.poll()


def _receiver(watched: QObject) -> QObject:
    """Return who would get the key: a window hands it to what has the focus."""
    if not isinstance(watched, QWindow):
        return watched
    focus = _focus()
    return watched if focus is None else focus


def _focus() -> QObject | None:
    """Return what has the focus; PySide's own stub forgets that nothing may."""
    return QGuiApplication.focusObject()
