"""What a driver is: the one object that a third party hands to the till.

A package of its own names it as an entry point of the group `guitai.drivers`; see
resources/drivers.md for a worked example.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hardware.transport.base import Transport
from pos_app.ports.clock import Clock
from pos_app.ports.devices import (
    Connection,
    DeviceReport,
    DeviceSettings,
    DriverFacts,
    FoundDevice,
)

#: The group of entry points that drivers are found by.
ENTRY_POINTS = "guitai.drivers"


@dataclass(frozen=True, slots=True)
class DriverContext:
    """What the till gives to a device that a driver makes.

    Attributes:
        clock: the machine's; never time.time.
        open_transport: makes the transport of a connection (not opened yet); where
            recording is on, its bytes are recorded.
        on_scan: hands over one code, from the device's own thread.
        on_report: says how the device is now, when that changed; from its thread.
        on_kicked: says whether a drawer of its own took the command to open in time.
    """

    clock: Clock
    open_transport: Callable[[Connection], Transport]
    on_scan: Callable[[str], None]
    on_report: Callable[[DeviceReport], None]
    on_kicked: Callable[[bool], None] = lambda _was_kicked: None


@dataclass(frozen=True, slots=True)
class Driver:
    """One way to speak to one kind of device.

    Attributes:
        facts: what people see and set.
        make: makes a device of settings. What it returns depends on the category:
            receipt_printer, label_printer: hardware.printer.device.PrinterDevice;
            cash_drawer: hardware.cash_drawer.device.CashDrawerDevice;
            scanner: hardware.scanner.device.ScannerDevice;
            scale: hardware.scale.device.ScaleDevice;
            line_display: hardware.line_display.device.LineDisplayDevice.
            Raises UserError where the settings make no sense.
        recognise: how sure it is that a found device is its own, 0 to 100.
    """

    facts: DriverFacts
    make: Callable[[DeviceSettings, DriverContext], object]
    recognise: Callable[[FoundDevice], int] = lambda _found: 0
