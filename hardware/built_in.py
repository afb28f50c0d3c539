"""The till's own drivers; each module of a family lists its own."""

from __future__ import annotations

from hardware.cash_drawer.drivers import DRIVERS as DRAWERS
from hardware.driver import Driver
from hardware.label_printer.drivers import DRIVERS as LABEL_PRINTERS
from hardware.line_display.drivers import DRIVERS as LINE_DISPLAYS
from hardware.printer.drivers import DRIVERS as PRINTERS
from hardware.scale.drivers import DRIVERS as SCALES
from hardware.scanner.drivers import DRIVERS as SCANNERS

DRIVERS: tuple[Driver, ...] = (
    *PRINTERS,
    *LABEL_PRINTERS,
    *SCALES,
    *SCANNERS,
    *DRAWERS,
    *LINE_DISPLAYS,
)
