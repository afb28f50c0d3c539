"""The drivers of label printers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from hardware.driver import Driver, DriverContext
from hardware.printer.device import PrinterDevice
from pos_app.errors import UserError
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

if TYPE_CHECKING:
    from hardware.label_printer.media import Media

_DPI = DriverOption(
    "dpi",
    N_("Dots per inch"),
    DriverOptionKind.CHOICE,
    203,
    choices=((203, "203 dpi"), (300, "300 dpi"), (600, "600 dpi")),
)
_GAP = DriverOption(
    "gap_mm", N_("Gap between labels, mm"), DriverOptionKind.NUMBER, 2, low=0, high=20
)
_WIDTH = DriverOption(
    "width_mm",
    N_("Width of the roll, mm"),
    DriverOptionKind.NUMBER,
    72,
    low=15,
    high=200,
)
_LETTERS = DriverOption(
    "own_letters",
    N_("Western letters in the printer's own font"),
    DriverOptionKind.SWITCH,
    default=True,
)
_WAYS = (
    ConnectionKind.USB_PRINTER,
    ConnectionKind.NETWORK,
    ConnectionKind.USB,
    ConnectionKind.SERIAL,
    ConnectionKind.QUEUE,
)
_DPI10 = {203: 2032, 300: 3000, 600: 6000}
#: USB vendors of printers that speak one of the two; nothing else is made by them.
_ZPL_VENDORS = frozenset({"0a5f"})  # Zebra
_TSPL_VENDORS = frozenset({"1203"})  # TSC
_ZPL = re.compile(r"\bZPL\w*|\bZEBRA\b|\bZTC\b", re.IGNORECASE)
_TSPL = re.compile(r"\bTSPL\w*|\bTSC\b", re.IGNORECASE)
#: Models that print labels only, of makers whose slip printers have names like these:
#: Xprinter XP-365B and XP-420B beside XP-58, Gprinter GP-1324D beside GP-L80160.
_LABEL_MODELS = re.compile(
    r"\bXP-?[2-4]\d\d[A-Z]?\b|\bGP-?\d{4}(?!\d)\w*|\bLABEL\b", re.IGNORECASE
)


def _media(settings: DeviceSettings) -> Media:
    # Late: Pillow and fonts are loaded with it.
    from hardware.label_printer.media import Media

    dpi = settings.options.get("dpi", 203)
    gap = settings.options.get("gap_mm", 2)
    width = settings.options.get("width_mm", 72)
    if dpi not in _DPI10 or not isinstance(dpi, int):
        raise UserError("device_setting_missing", field="dpi")
    if not isinstance(gap, int) or not 0 <= gap <= 20:
        raise UserError("device_setting_missing", field="gap_mm")
    if not isinstance(width, int) or not 15 <= width <= 200:
        raise UserError("device_setting_missing", field="width_mm")
    own = bool(settings.options.get("own_letters", True))
    return Media(_DPI10[dpi], gap * 1000, own, width * 1000)


def _zpl(settings: DeviceSettings, context: DriverContext) -> PrinterDevice:
    from hardware.label_printer.device import LabelDevice, LabelLanguage
    from hardware.label_printer.status import ZplAnswers
    from hardware.label_printer.zpl import CALIBRATE, FEED, FLUSH, encode_zpl

    language = LabelLanguage(
        encode_zpl, b"~HS\r\n", ZplAnswers, FLUSH, CALIBRATE, FEED, counts=True
    )
    transport = context.open_transport(settings.connection)
    return LabelDevice(transport, language, _media(settings))


def _tspl(settings: DeviceSettings, context: DriverContext) -> PrinterDevice:
    from hardware.label_printer.device import LabelDevice, LabelLanguage
    from hardware.label_printer.status import TsplAnswers
    from hardware.label_printer.tspl import CALIBRATE, FEED, FLUSH, encode_tspl

    language = LabelLanguage(
        encode_tspl, b"\x1b!?", TsplAnswers, FLUSH, CALIBRATE, FEED, counts=False
    )
    transport = context.open_transport(settings.connection)
    return LabelDevice(transport, language, _media(settings))


def _virtual(settings: DeviceSettings, _context: DriverContext) -> PrinterDevice:
    from hardware.label_printer.virtual import VirtualLabelDevice
    from hardware.transport.file import SlipFolder

    if not settings.connection.address:
        raise UserError("device_setting_missing", field="folder")
    folder = SlipFolder(Path(settings.connection.address))
    return VirtualLabelDevice(folder, _media(settings))


def _says(found: FoundDevice) -> str:
    """Return all that a device says of itself in words."""
    facts = ("ieee1284", "languages", "manufacturer", "product", "maker", "model")
    return " ".join([found.name, *(found.keywords.get(x, "") for x in facts)])


def _like_zpl(found: FoundDevice) -> int:
    if found.keywords.get("vid", "").lower() in _ZPL_VENDORS:
        return 93
    return 92 if _ZPL.search(_says(found)) else 0


def _like_tspl(found: FoundDevice) -> int:
    if found.keywords.get("vid", "").lower() in _TSPL_VENDORS:
        return 92
    says = _says(found)
    if _TSPL.search(says):
        return 91
    return 85 if _LABEL_MODELS.search(says) else 0


DRIVERS = (
    Driver(
        DriverFacts(
            key="zpl",
            category=DeviceCategory.LABEL_PRINTER,
            name="ZPL (Zebra)",
            connections=_WAYS,
            options=(_DPI, _LETTERS, _WIDTH),
        ),
        _zpl,
        _like_zpl,
    ),
    Driver(
        DriverFacts(
            key="tspl",
            category=DeviceCategory.LABEL_PRINTER,
            name="TSPL (TSC, Gprinter, Xprinter)",
            connections=_WAYS,
            options=(_DPI, _GAP, _WIDTH),
        ),
        _tspl,
        _like_tspl,
    ),
    Driver(
        DriverFacts(
            key="label_virtual",
            category=DeviceCategory.LABEL_PRINTER,
            name=N_("Labels as pictures in a folder"),
            connections=(ConnectionKind.FOLDER,),
            options=(_DPI,),
        ),
        _virtual,
    ),
)
