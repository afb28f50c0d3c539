"""The drivers of two-line displays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hardware.driver import Driver, DriverContext
from hardware.line_display.charset import FONTS
from hardware.line_display.device import LineDisplayDevice
from hardware.line_display.languages import (
    Cd5220Display,
    DisplayLanguage,
    EpsonDisplay,
)
from hardware.line_display.serial_display import DisplayShape, SerialDisplay
from hardware.line_display.virtual import FILE, VirtualLineDisplay
from pos_app.errors import UserError
from pos_app.i18n import N_
from pos_app.ports.devices import (
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
    DriverFacts,
    DriverOption,
    DriverOptionKind,
)

_COLUMNS = DriverOption(
    "columns", N_("Columns"), DriverOptionKind.NUMBER, 20, low=16, high=40
)


def _charset(default: str) -> DriverOption:
    names = {
        "ascii": "ASCII",
        "cp437": "PC437",
        "cp858": "PC858 (€)",
        "cp1252": "WPC1252",
        "gb18030": "GB18030 (中文)",
        "big5": "Big5 (繁體中文)",
    }
    kind = DriverOptionKind.CHOICE
    return DriverOption(
        "charset", N_("Characters"), kind, default, tuple(names.items())
    )


def _display(
    language: DisplayLanguage, usual: str
) -> Callable[[DeviceSettings, DriverContext], LineDisplayDevice]:
    def make(settings: DeviceSettings, context: DriverContext) -> LineDisplayDevice:
        columns = settings.options.get("columns", 20)
        font = FONTS.get(str(settings.options.get("charset", usual)))
        if not isinstance(columns, int) or not 16 <= columns <= 40:
            raise UserError("device_setting_missing", field="columns")
        if font is None:
            raise UserError("device_setting_missing", field="charset")
        transport = context.open_transport(settings.connection)
        return SerialDisplay(transport, language, DisplayShape(columns, font))

    return make


def _virtual(settings: DeviceSettings, _context: DriverContext) -> LineDisplayDevice:
    folder = settings.connection.address
    if not folder:
        raise UserError("device_setting_missing", field="folder")
    return VirtualLineDisplay(Path(folder) / FILE)


def _facts(key: str, name: str, charset: str) -> DriverFacts:
    ways = (ConnectionKind.SERIAL, ConnectionKind.NETWORK)
    options = (_COLUMNS, _charset(charset))
    return DriverFacts(key, DeviceCategory.LINE_DISPLAY, name, ways, options)


DRIVERS: tuple[Driver, ...] = (
    Driver(
        _facts("display_epson", "Epson ESC/POS", "cp437"),
        _display(EpsonDisplay(), "cp437"),
    ),
    Driver(
        _facts("display_cd5220", "CD5220", "ascii"),
        _display(Cd5220Display(), "ascii"),
    ),
    Driver(
        DriverFacts(
            "line_display_virtual",
            DeviceCategory.LINE_DISPLAY,
            N_("Display for practice"),
            (ConnectionKind.FOLDER,),
        ),
        _virtual,
    ),
)
