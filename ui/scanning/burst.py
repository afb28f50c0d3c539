"""Tells a scanner's burst of keys from a person's typing; knows no Qt.

A keyboard-wedge scanner types its code in a few milliseconds a key and ends with
Enter, Tab or nothing. A person types five to twelve keys a second. The classifier
holds keys back until it knows, then hands them over exactly once: as one scan, or
as typing in the order typed (law 8: never lost, doubled or typed into a field).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

#: Keys that end a scan: carriage return, line feed, tab.
TERMINATORS = frozenset("\r\n\t")

#: ISO/IEC 15424 symbology identifier: "]", a code character, a modifier.
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")

#: Half of the 32-bit millisecond clock that X11 and Windows stamp keys with.
_WRAP_MS = 1 << 32


@dataclass(frozen=True, slots=True)
class BurstSettings:
    """What counts as a scan. Times in milliseconds.

    Attributes:
        min_chars: the shortest burst that is a scan by its speed alone.
        mean_gap_ms: a scan's keys are closer than this on average.
        max_gap_ms: no two keys of a scan are this far apart.
        idle_ms: silence that ends a scan without Enter or Tab.
        enter_guard_ms: an Enter this soon after a scan is the scanner's second.
        typing_memory_ms: how long after a typed key the next is likely typed.
        prefix: characters the scanner sends first; they make a scan certain.
        suffix: characters it sends last, before any Enter; the same.
        limit: the longest code kept, in characters; the rest is dropped.
    """

    min_chars: int = 6
    mean_gap_ms: int = 40
    max_gap_ms: int = 90
    idle_ms: int = 100
    enter_guard_ms: int = 120
    typing_memory_ms: int = 300
    prefix: str = ""
    suffix: str = ""
    limit: int = 512


@dataclass(frozen=True, slots=True)
class Typed:
    """Keys that a person pressed, oldest first; the caller's own tokens."""

    tokens: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """One code, prefix, suffix and terminator removed, full-width forms folded."""

    text: str
    tokens: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Ignored:
    """Keys nobody needs: a scanner's second Enter, a code's end beyond the limit."""

    tokens: tuple[object, ...]


Decision = Typed | Scan | Ignored


@dataclass(slots=True)
class _Held:
    """The keys waiting for a decision."""

    text: str = ""
    tokens: list[object] = field(default_factory=list)
    first_ms: int = 0
    last_ms: int = 0
    count: int = 0
    least_gap_ms: int = 0

    def append(self, char: str, time_ms: int, token: object, limit: int) -> None:
        if not self.count:
            self.first_ms = time_ms
        else:
            gap = _gap(self.last_ms, time_ms)
            self.least_gap_ms = gap if self.count == 1 else min(self.least_gap_ms, gap)
        self.last_ms = time_ms
        self.count += 1
        if self.count <= limit:
            self.text += char
            self.tokens.append(token)

    @property
    def span_ms(self) -> int:
        return _gap(self.first_ms, self.last_ms)

    @property
    def is_one_key(self) -> bool:
        """Whether one key repeats, as a finger left on it does."""
        return len(set(self.text)) == 1


def _gap(earlier_ms: int, later_ms: int) -> int:
    """Return the time between two keys; the stamp wraps after 49.7 days."""
    gap = later_ms - earlier_ms
    if gap < 0:
        gap += _WRAP_MS
    return gap if gap < _WRAP_MS // 2 else 0


def fold_full_width(text: str) -> str:
    """Turn full-width forms (an input method's digits) into plain ones.

    Only U+FF01..FF5E and the ideographic space: what NFKC does to them. Other
    characters of a QR code's payload stay as they were printed.
    """
    return "".join(
        chr(ord(char) - 0xFEE0) if "\uff01" <= char <= "\uff5e" else char
        for char in text.replace("\u3000", " ")
    )


class BurstClassifier:
    """Decides key by key; every token comes back in exactly one decision."""

    def __init__(self, settings: BurstSettings | None = None) -> None:
        self._settings = settings or BurstSettings()
        self._held = _Held()
        self._typed_ms: int | None = None
        self._scanned_ms: int | None = None

    @property
    def settings(self) -> BurstSettings:
        """Return what counts as a scan."""
        return self._settings

    @property
    def is_holding(self) -> bool:
        """Tell whether keys wait for a decision."""
        return self._held.count > 0

    @property
    def deadline_ms(self) -> int | None:
        """Return when `poll` will decide, in the time of the keys; or None."""
        if not self._held.count:
            return None
        if self._is_scan():
            return self._held.last_ms + self._settings.idle_ms
        return self._held.last_ms + self._patience_ms()

    def feed(self, char: str, time_ms: int, token: object = None) -> list[Decision]:
        """Take one character.

        Args:
            char: the character; one of `TERMINATORS` for Enter and Tab.
            time_ms: when the key went down, by the clock of all keys.
            token: what comes back if it was typing; the character by default.

        Returns:
            What is now decided, oldest first.
        """
        token = char if token is None else token
        decided = self._close_before(time_ms)
        if char in TERMINATORS:
            return decided + self._terminate(time_ms, token)
        self._held.append(char, time_ms, token, self._settings.limit)
        if self._held.count > self._settings.limit:
            return [*decided, Ignored((token,))]
        if self._ends_with_suffix():
            return [*decided, self._scan(time_ms)]
        if self._is_person():
            decided.append(self._typing())
        return decided

    def interrupt(self, time_ms: int) -> list[Decision]:
        """Decide now, because something else comes next: an arrow key, a touch."""
        decided = self._close_before(time_ms)
        return decided + self._decide(time_ms)

    def poll(self, time_ms: int) -> list[Decision]:
        """Decide what silence has decided by `time_ms`."""
        deadline = self.deadline_ms
        if deadline is None:
            return []
        waited = _gap(self._held.last_ms, time_ms)
        return self._decide(time_ms) if waited >= deadline - self._held.last_ms else []

    def guards_enter(self, time_ms: int) -> bool:
        """Tell whether an Enter at `time_ms` belongs to a scanner."""
        if self._scanned_ms is None:
            return False
        return _gap(self._scanned_ms, time_ms) < self._settings.enter_guard_ms

    def _close_before(self, time_ms: int) -> list[Decision]:
        if not self._held.count:
            return []
        gap = _gap(self._held.last_ms, time_ms)
        if gap < self._patience_ms():
            return []
        # It ended when its last key went down, not when the next one came.
        return self._decide(self._held.last_ms)

    def _patience_ms(self) -> int:
        """Return how far the next key may be to belong to what is held.

        While a person types, a short beginning waits only for a scanner's usual
        pace; otherwise one hiccup of a slow scanner (Bluetooth) is forgiven.
        """
        settings = self._settings
        if self._has_prefix() or self._held.count >= settings.min_chars:
            return settings.max_gap_ms
        return settings.mean_gap_ms if self._follows_typing() else settings.max_gap_ms

    def _follows_typing(self) -> bool:
        if self._typed_ms is None:
            return False
        since = _gap(self._typed_ms, self._held.first_ms)
        return since < self._settings.typing_memory_ms

    def _terminate(self, time_ms: int, token: object) -> list[Decision]:
        if self._is_scan():
            self._held.tokens.append(token)
            return [self._scan(time_ms)]
        if not self._held.count and self.guards_enter(time_ms):
            return [Ignored((token,))]
        self._typed_ms = time_ms
        tokens = (*self._held.tokens, token)
        self._held = _Held()
        return [Typed(tokens)]

    def _decide(self, time_ms: int) -> list[Decision]:
        if not self._held.count:
            return []
        return [self._scan(time_ms) if self._is_scan() else self._typing()]

    def _scan(self, time_ms: int) -> Scan:
        text = self._held.text
        if self._has_prefix():
            text = text.removeprefix(self._settings.prefix)
        if self._settings.suffix:
            text = text.removesuffix(self._settings.suffix)
        tokens = tuple(self._held.tokens)
        self._held = _Held()
        self._scanned_ms = time_ms
        self._typed_ms = None
        return Scan(fold_full_width(text), tokens)

    def _typing(self) -> Typed:
        tokens = tuple(self._held.tokens)
        self._typed_ms = self._held.last_ms
        self._held = _Held()
        return Typed(tokens)

    def _has_prefix(self) -> bool:
        prefix = self._settings.prefix
        return bool(prefix) and self._held.text.startswith(prefix)

    def _ends_with_suffix(self) -> bool:
        suffix = self._settings.suffix
        if not suffix or not self._held.text.endswith(suffix):
            return False
        return self._is_scan() or (self._held.count > 2 and self._is_fast())

    def _is_fast(self) -> bool:
        gaps = self._held.count - 1
        return gaps > 0 and self._held.span_ms < self._settings.mean_gap_ms * gaps

    def _is_scan(self) -> bool:
        """Tell whether what is held is a scan, should it end here."""
        held = self._held
        if held.count > self._settings.limit:
            return True  # no hand types that; the rest was not kept
        if self._has_prefix():
            return held.count > len(self._settings.prefix)
        shortest = self._settings.min_chars
        if _AIM.match(fold_full_width(held.text[:3])):
            shortest = min(shortest, 4)
        return held.count >= shortest and self._is_fast() and not held.is_one_key

    def _is_person(self) -> bool:
        """Tell whether no fast continuation could make this a scan any more."""
        held, settings = self._held, self._settings
        gaps = held.count - 1
        if gaps < 1 or self._has_prefix() or held.count > settings.limit:
            return False
        if held.count >= settings.min_chars and held.is_one_key:
            return True  # a key held down repeats every 30 ms
        if gaps >= 2 and held.least_gap_ms >= settings.mean_gap_ms:
            return True  # one slow gap may be a hiccup, all slow is a hand
        longest = settings.mean_gap_ms * max(gaps, settings.min_chars - 1)
        return held.span_ms >= longest
