"""The drivers of scanners."""

from __future__ import annotations

import sys

from hardware.driver import Driver, DriverContext
from hardware.scanner.device import ScannerDevice
from pos_app.domain.scanner_learning import TERMINATORS
from pos_app.domain.scanner_role import ROLE_OPTION, ScannerRole
from pos_app.i18n import N_
from pos_app.ports.devices import (
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
    DriverFacts,
    DriverOption,
    DriverOptionKind,
    FoundDevice,
)

_CHOICE, _TEXT = DriverOptionKind.CHOICE, DriverOptionKind.TEXT
_ENDINGS = {
    "crlf": N_("Carriage return and line feed"),
    "cr": N_("Carriage return (Enter)"),
    "lf": N_("Line feed"),
    "tab": N_("Tab"),
    "etx": N_("ETX"),
}
_COMMON = (
    DriverOption(
        ROLE_OPTION,
        N_("What it is for"),
        _CHOICE,
        ScannerRole.SALE.value,
        (
            (ScannerRole.SALE.value, N_("Selling")),
            (ScannerRole.PRICE_CHECK.value, N_("Price check only")),
        ),
    ),
    DriverOption("prefix", N_("Sent before each code"), _TEXT, ""),
    DriverOption("suffix", N_("Sent after each code"), _TEXT, ""),
    DriverOption(
        "terminator",
        N_("End of a code"),
        _CHOICE,
        "",
        (
            ("", N_("Whatever comes")),
            *((key, _ENDINGS[key]) for key in TERMINATORS),
            ("idle", N_("Nothing, only a pause")),
        ),
    ),
)
_CHARSET = DriverOption(
    "charset",
    N_("Characters in QR codes"),
    _CHOICE,
    "",
    (
        ("", N_("UTF-8 (usual)")),
        ("gb18030", "GB18030"),
        ("big5", "Big5"),
        ("shift_jis", "Shift-JIS"),
    ),
)
_IDLE = DriverOption(
    "idle_ms",
    N_("Pause that ends a code, ms"),
    DriverOptionKind.NUMBER,
    60,
    low=20,
    high=1000,
)
_LAYOUT = DriverOption(
    "layout",
    N_("Keyboard that the scanner is set to"),
    _CHOICE,
    "us",
    (
        ("us", N_("United States (usual)")),
        ("uk", N_("United Kingdom")),
        ("de", N_("Germany")),
        ("fr", N_("France")),
    ),
)
_GS_KEY = DriverOption(
    "gs_key",
    N_("Key that stands for GS"),
    _CHOICE,
    "",
    (("", N_("Ctrl+] (usual)")), *((key, key.upper()) for key in ("f5", "f6", "f7", "f8", "f9"))),
)  # fmt: skip


def _serial(settings: DeviceSettings, context: DriverContext) -> ScannerDevice:
    from hardware.scanner.serial_scanner import SerialScanner

    return SerialScanner(settings, context)


def _hid(settings: DeviceSettings, context: DriverContext) -> ScannerDevice:
    from hardware.scanner.hid_scanner import HidScanner

    return HidScanner(settings, context)


def _keyboard(settings: DeviceSettings, context: DriverContext) -> ScannerDevice:
    if sys.platform == "win32":
        from hardware.scanner.raw_input_scanner import RawInputScanner

        return RawInputScanner(settings, context)
    from hardware.scanner.keyboard_scanner import KeyboardScanner

    return KeyboardScanner(settings, context)


def _virtual(settings: DeviceSettings, context: DriverContext) -> ScannerDevice:
    from hardware.scanner.virtual_scanner import VirtualScanner

    return VirtualScanner(settings, context)


#: Vendors of scanners (USB-IF numbers): a serial port of theirs is a scanner.
_VENDORS = frozenset({"0c2e", "05e0", "05f9", "1eab", "0536", "065a"})


def _knows_serial(found: FoundDevice) -> int:
    if found.connection.kind is not ConnectionKind.SERIAL:
        return 0
    is_maker = found.keywords.get("vid", "").lower() in _VENDORS
    return 60 if is_maker or found.category is DeviceCategory.SCANNER else 10


def _knows_hid(found: FoundDevice) -> int:
    if found.connection.kind is not ConnectionKind.HID:
        return 0
    page = found.keywords.get("usage_page", "").lower().removeprefix("0x").lstrip("0")
    return 95 if page == "8c" else 0


def _knows_keyboard(found: FoundDevice) -> int:
    if found.connection.kind is not ConnectionKind.KEYBOARD:
        return 0
    # Anybody's keyboard looks the same: a maker of scanners makes it likely.
    is_maker = found.keywords.get("vid", "").lower() in _VENDORS
    return 70 if is_maker or found.category is DeviceCategory.SCANNER else 5


DRIVERS = (
    Driver(
        DriverFacts(
            key="scanner_serial",
            category=DeviceCategory.SCANNER,
            name=N_("Scanner on a serial line or USB-COM"),
            connections=(ConnectionKind.SERIAL,),
            options=(*_COMMON, _CHARSET, _IDLE),
        ),
        _serial,
        _knows_serial,
    ),
    Driver(
        DriverFacts(
            key="scanner_hid_pos",
            category=DeviceCategory.SCANNER,
            name=N_("Scanner by HID POS"),
            connections=(ConnectionKind.HID,),
            options=(*_COMMON[:3], _CHARSET),
        ),
        _hid,
        _knows_hid,
    ),
    Driver(
        DriverFacts(
            key="scanner_keyboard",
            category=DeviceCategory.SCANNER,
            name=N_("Scanner that types, for the till alone"),
            connections=(ConnectionKind.KEYBOARD,),
            options=(*_COMMON, _LAYOUT, _GS_KEY),
        ),
        _keyboard,
        _knows_keyboard,
    ),
    Driver(
        DriverFacts(
            key="scanner_virtual",
            category=DeviceCategory.SCANNER,
            name=N_("Practice scanner"),
            connections=(ConnectionKind.VIRTUAL,),
            options=_COMMON,
        ),
        _virtual,
    ),
)
