"""What a printer's worker passes on of what the printer says of itself."""

from __future__ import annotations

from collections.abc import Callable

from hardware.printer.device import PrinterDevice, TellingPrinter
from pos_app.errors import DeviceError
from pos_app.ports.printing import PrinterStatus, PrintJobState

HeardDrawer = Callable[[bool | None], None]
_PRINTED = frozenset({PrintJobState.SENT, PrintJobState.CONFIRMED})
_FAILED = frozenset({PrintJobState.UNKNOWN, PrintJobState.FAILED})


class Said:
    """Status, facts and the drawer's level of one printer; any thread may ask.

    Attributes:
        heard_drawer: told the level of the drawer's pin when it changed.
    """

    def __init__(self, device: PrinterDevice, changed: Callable[[], None]) -> None:
        self.heard_drawer: HeardDrawer | None = None
        self._device = device
        # Asked once: what the protocol wants is looked for by name each time, and
        # the screen asks for the facts at every scan.
        self._telling = device if isinstance(device, TellingPrinter) else None
        self._changed = changed
        self._told: tuple[object, ...] = ()
        self._told_level: bool | None = None
        self._counts = {"printed": 0, "failed": 0}

    def drawer_level(self) -> bool | None:
        """Return whether the drawer's pin is high; None where nothing is known."""
        if self._device.last_status is PrinterStatus.UNREACHABLE:
            return None
        return None if self._telling is None else self._telling.condition.drawer_level

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return what the printer said last, and its slips since the till began."""
        said: tuple[tuple[str, str], ...] = ()
        is_there = self._device.last_status is not PrinterStatus.UNREACHABLE
        if is_there and self._telling is not None:
            said = self._telling.condition.facts
        return (*said, *((key, str(n)) for key, n in self._counts.items() if n))

    @property
    def problem(self) -> DeviceError | None:
        """Why the printer cannot be reached; None where nothing is known."""
        is_gone = self._device.last_status is PrinterStatus.UNREACHABLE
        if is_gone and self._telling is not None:
            return self._telling.problem
        return None

    def count(self, state: PrintJobState) -> None:
        """Count a job that ended."""
        self._counts["printed"] += state in _PRINTED
        self._counts["failed"] += state in _FAILED

    def tell(self) -> None:
        """Pass on what is new, on the printer's thread."""
        problem = self.problem
        why = problem.key if problem else ""
        now = (self._device.last_status, why, self.facts())
        if now != self._told:
            self._told = now
            self._changed()
        level, heard = self.drawer_level(), self.heard_drawer
        if heard is not None and level is not self._told_level:
            self._told_level = level
            heard(level)
