"""One scan that arrives twice: from a scanner that is known, and as keys (Windows).

Windows tells which keyboard typed, and does not hold its keys back. The keys are a
scan of the wedge's as well; of the two exactly one is served, with its scanner's name
where that is known in time. Knows no Qt.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from pos_app.ports.devices import ScanEvent

#: How long a scan of the wedge waits for its scanner's name, in milliseconds.
WAIT_MS = 150
#: How long a named scan waits for its twin of the wedge's.
MEMORY_MS = 500


@dataclass(slots=True)
class ScanTwins:
    """Serves every scan once."""

    _typed: deque[tuple[str, int]] = field(default_factory=deque)
    _named: deque[tuple[str, int]] = field(default_factory=deque)

    @property
    def is_waiting(self) -> bool:
        """Whether a scan of the wedge's waits for its scanner's name."""
        return bool(self._typed)

    def typed(self, text: str, now_ms: int) -> None:
        """The wedge found a scan; `due` gives it back unless it gets a name."""
        self._forget(now_ms)
        for known in self._named:
            if _is_twin(text, known[0]):
                self._named.remove(known)
                return
        self._typed.append((text, now_ms))

    def named(self, event: ScanEvent, now_ms: int) -> None:
        """A known scanner read a code, which is served at once by the caller."""
        self._forget(now_ms)
        for waiting in self._typed:
            if _is_twin(waiting[0], event.code):
                self._typed.remove(waiting)
                return
        self._named.append((event.code, now_ms))

    def due(self, now_ms: int) -> list[ScanEvent]:
        """Return the scans that nobody gave a name to."""
        found: list[ScanEvent] = []
        while self._typed and now_ms - self._typed[0][1] >= WAIT_MS:
            found.append(ScanEvent("", self._typed.popleft()[0]))
        return found

    def _forget(self, now_ms: int) -> None:
        while self._named and now_ms - self._named[0][1] > MEMORY_MS:
            self._named.popleft()


def _is_twin(text: str, code: str) -> bool:
    """Tell whether typed text is a code, with what its scanner puts around it.

    Caps Lock turns the letters of what is typed, not those of the code.
    """
    return code.casefold() in text.casefold()
