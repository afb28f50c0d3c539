"""The counter's devices as the core sees them: what they are, how they are.

Names follow UnifiedPOS (NRF/OMG): a category says what a device is for, a driver how
it speaks, a connection how it is reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from pos_app.ports.printing import PrinterPort
from pos_app.ports.weighing import Weighing

#: What a driver's option may hold; a device's settings are JSON.
OptionValue = str | int | bool


class DeviceCategory(StrEnum):
    """What a device is for (UnifiedPOS device categories)."""

    RECEIPT_PRINTER = "receipt_printer"
    LABEL_PRINTER = "label_printer"
    CASH_DRAWER = "cash_drawer"
    SCANNER = "scanner"
    SCALE = "scale"
    LINE_DISPLAY = "line_display"


class ConnectionKind(StrEnum):
    """How a device is reached."""

    FOLDER = "folder"  # files: the virtual printer
    USB_PRINTER = "usb_printer"  # the system's own driver: usblp, usbprint.sys
    USB = "usb"  # libusb: vendor class, or where somebody chose it
    NETWORK = "network"  # TCP, raw port 9100
    SERIAL = "serial"  # RS-232 and USB-CDC
    QUEUE = "queue"  # a queue of the system's spooler, raw: CUPS, Windows
    HID = "hid"  # hidraw: scanners 0x8C, scales 0x8D
    KEYBOARD = "keyboard"  # a scanner that types, held for the till alone
    PRINTER = "printer"  # by way of a printer: drawer, pole display
    VIRTUAL = "virtual"  # no device at all: practice, tests


@dataclass(frozen=True, slots=True)
class Connection:
    """How one device is reached.

    Attributes:
        kind: the way.
        address: what finds the device again, never a COM number or /dev name where
            the device has a serial number or a place: "04b8:0202:X3B0012345",
            "04b8:0202@1-1.2" (vendor, product, port path), "192.168.1.62:9100",
            "[fe80::1]:9100", a queue's name, a device id for PRINTER, a folder.
        options: of the way: serial "baud", "bytesize", "parity", "stopbits".
    """

    kind: ConnectionKind
    address: str = ""
    options: Mapping[str, OptionValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeviceSettings:
    """One device of this till, as a person set it up.

    Attributes:
        device_id: UUIDv7; "receipt" for the first receipt printer of every till.
        category: what it is for.
        name: what people call it; "" for the category's own word.
        driver: key of its driver (`hardware.registry`).
        connection: how it is reached.
        options: of the driver; what is missing has the driver's default.
        is_on: a device that is off is kept and left alone.
    """

    device_id: str
    category: DeviceCategory
    name: str
    driver: str
    connection: Connection
    options: Mapping[str, OptionValue] = field(default_factory=dict)
    is_on: bool = True


class DeviceHealth(StrEnum):
    """How a device is, as loud as it is to be said."""

    WORKING = "working"
    ATTENTION = "attention"  # works, and will soon need somebody
    WAITING = "waiting"  # does not work until somebody does something
    MISSING = "missing"  # does not answer; looked for again by itself
    OFF = "off"


@dataclass(frozen=True, slots=True)
class DeviceReport:
    """What is known of a device now.

    Attributes:
        device_id: whose.
        health: how it is.
        key: names the sentence for people ("paper_out", "device_forbidden", ...).
        params: of the sentence.
        facts: what was read back, for the settings page: ("paper", "ok"),
            ("cover", "closed"), ("drawer", "shut"), ("serial_number", "X3B0012345").
    """

    device_id: str
    health: DeviceHealth
    key: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundDevice:
    """A device that a search found.

    Attributes:
        category: what it seems to be for; None when it may be several things.
        connection: how to reach it.
        driver: key of the driver that fits best; "" when a person must choose.
        name: manufacturer and product as the device says.
        problem: why it cannot be used as it is: "device_forbidden" (errno 13),
            "device_in_use" (errno 16), "device_has_no_driver"; "" when it can.
        keywords: facts that drivers recognise by: "vid", "pid", "class",
            "usage_page", "ieee1284" ....
    """

    category: DeviceCategory | None
    connection: Connection
    driver: str
    name: str
    problem: str = ""
    keywords: Mapping[str, str] = field(default_factory=dict)


class DriverOptionKind(StrEnum):
    """How an option of a driver is asked for."""

    CHOICE = "choice"
    NUMBER = "number"
    SWITCH = "switch"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class DriverOption:
    """One thing a person may set of a device.

    Attributes:
        key: in `DeviceSettings.options`.
        label: English sentence for people, a gettext msgid.
        kind: how it is asked for.
        default: where nothing is set.
        choices: (value, msgid) for CHOICE. low, high: for NUMBER, inclusive.
    """

    key: str
    label: str
    kind: DriverOptionKind
    default: OptionValue
    choices: tuple[tuple[OptionValue, str], ...] = ()
    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class DriverFacts:
    """What the settings page needs to know of a driver.

    Attributes:
        key: names it in `DeviceSettings.driver`.
        category: of the devices that it drives.
        name: for people; a msgid, or a product's own name.
        connections: ways its devices are reached, the usual one first.
        options: what can be set.
        is_tried: whether it has ever driven a real device; false is said openly.
        line: how its serial line is spoken where nobody set it otherwise: options of
            `Connection`; what is missing is 9600 8N1.
    """

    key: str
    category: DeviceCategory
    name: str
    connections: tuple[ConnectionKind, ...]
    options: tuple[DriverOption, ...] = ()
    is_tried: bool = False
    line: Mapping[str, OptionValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScanEvent:
    """One code read by one scanner.

    Attributes:
        device_id: which scanner; "" for a keyboard that nobody could name.
        code: AIM identifier first where the scanner sends it; GS (0x1D) kept,
            prefix, suffix and terminator removed.
    """

    device_id: str
    code: str


class LineDisplayPort(Protocol):
    """A display of two lines of text that the customer reads."""

    def show(self, upper: str, lower: str) -> None:
        """Show two lines soon; the newest wins, nothing waits. Any thread."""
        ...


class DrawerPort(Protocol):
    """The cash drawer."""

    def kick(self) -> None:
        """Ask for one opening, now or never: it is not tried again. Any thread."""
        ...

    def is_open(self) -> bool | None:
        """Tell whether it stands open; None where it cannot tell. Never waits."""
        ...


class Devices(Protocol):
    """All devices of this till, running.

    `use` and `stop` wait for threads; all others return at once, from any thread.
    """

    def use(self, devices: Iterable[DeviceSettings]) -> None:
        """Run these devices from now on; those that did not change are left alone."""
        ...

    def stop(self, timeout_s: float) -> bool:
        """Stop all devices; whether all threads ended in time."""
        ...

    def wake(self) -> None:
        """Something was plugged in or out: look for what is missing now."""
        ...

    def reports(self) -> tuple[DeviceReport, ...]:
        """Return what is known of each device now, in the order of the settings."""
        ...

    def give_up(self, job_id: str) -> None:
        """End a print job under way as soon as nothing moves: CANCELLED.

        A job that waits is cancelled in the queue instead.
        """
        ...

    def receipt_printer(self) -> PrinterPort:
        """Return the printer of slips, whichever it is now."""
        ...

    def drawer(self) -> DrawerPort:
        """Return the drawer; one that cannot tell where there is none."""
        ...

    def drawer_level(self, device_id: str) -> bool | None:
        """Tell whether the drawer's pin of a printer is high, a second ago or less.

        None where it cannot tell. To calibrate: which level means open differs
        between drawers. The first question starts the looking.
        """
        ...

    def scale(self, device_id: str = "") -> Weighing | None:
        """Return the scale, or one by its id; None without one."""
        ...

    def line_display(self, device_id: str = "") -> LineDisplayPort:
        """Return the two-line display, or one by its id.

        One that shows nothing where there is none.
        """
        ...
