"""The drawer that hangs on a printer: opened and asked by way of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pos_app.domain.drawer_level import OPEN_LEVEL
from pos_app.ports.devices import OptionValue


class DrawerPrinter(Protocol):
    """What a drawer needs of its printer; any thread, at once."""

    def open_drawer(self) -> None:
        """Kick the drawer once, or never."""
        ...

    def drawer_level(self) -> bool | None:
        """Tell whether the drawer's pin is high."""
        ...


class PrinterDrawer:
    """Implements `pos_app.ports.devices.DrawerPort`.

    Args:
        printer: the drawer's printer.
        options: of the printer; "drawer_open_level" is there once it is calibrated.
    """

    def __init__(
        self, printer: DrawerPrinter, options: Mapping[str, OptionValue]
    ) -> None:
        self._printer = printer
        self._open_level = options.get(OPEN_LEVEL)

    def kick(self) -> None:
        """Ask the printer for one pulse."""
        self._printer.open_drawer()

    def is_open(self) -> bool | None:
        """Tell by the printer's pin; None before somebody calibrated it."""
        level = self._printer.drawer_level()
        if level is None or self._open_level not in (0, 1):
            return None
        return level is bool(self._open_level)
