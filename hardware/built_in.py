"""The till's own drivers; each module of a family lists its own."""

from __future__ import annotations

from hardware.driver import Driver
from hardware.printer.drivers import DRIVERS as PRINTERS
from hardware.scale.drivers import DRIVERS as SCALES
from hardware.scanner.drivers import DRIVERS as SCANNERS

DRIVERS: tuple[Driver, ...] = (*PRINTERS, *SCALES, *SCANNERS)
