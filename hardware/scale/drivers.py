"""The drivers of scales."""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from hardware.driver import Driver, DriverContext
from hardware.scale.cas import CasScale
from hardware.scale.device import ScaleDevice
from hardware.scale.dialog06 import Dialog06Scale, TillChecksum
from hardware.scale.hid import HidScale
from hardware.scale.language import ScaleLanguage
from hardware.scale.nci import NciScale
from hardware.scale.serial_scale import SerialScale
from hardware.scale.toledo import ToledoScale
from hardware.scale.virtual import FILE, VirtualScale
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
    OptionValue,
)

_UNITS: tuple[tuple[OptionValue, str], ...] = (
    ("kg", "kg"),
    ("g", "g"),
    ("lb", "lb"),
    ("oz", "oz"),
)
_UNIT = DriverOption(
    "unit", N_("Unit of the scale"), DriverOptionKind.CHOICE, "kg", _UNITS
)
_TARES = DriverOption(
    "tares",
    N_("Weights of bags and boxes, in grams, with commas between"),
    DriverOptionKind.TEXT,
    "5,10,20,50",
)
_POLYNOMIAL = DriverOption(
    "polynomial",
    N_("Test value agreed with the scale's maker (hexadecimal)"),
    DriverOptionKind.TEXT,
    "",
)
_ON_CHANGE = DriverOption(
    "speaks_on_change",
    N_("The scale speaks only when something changes"),
    DriverOptionKind.SWITCH,
    default=False,
)
_7E1: Mapping[str, OptionValue] = {
    "baud": 9600, "bytesize": 7, "parity": "E", "stopbits": 1,
}  # fmt: skip
_8N1: Mapping[str, OptionValue] = {
    "baud": 9600, "bytesize": 8, "parity": "N", "stopbits": 1,
}  # fmt: skip
_DIALOG06: Mapping[str, OptionValue] = {
    "baud": 9600, "bytesize": 7, "parity": "O", "stopbits": 1,
}  # fmt: skip
#: Usage pages in the words of discovery: hexadecimal, with or without 0x.
_WEIGHING_PAGE = re.compile(r"(0x)?0*8d", re.IGNORECASE)
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,5}")


def _serial(
    language: Callable[[DeviceSettings], ScaleLanguage],
    usual: Mapping[str, OptionValue],
) -> Callable[[DeviceSettings, DriverContext], ScaleDevice]:
    def make(settings: DeviceSettings, context: DriverContext) -> ScaleDevice:
        given = settings.connection
        line = replace(given, options={**usual, **given.options})
        transport = context.open_transport(line)
        return SerialScale(transport, language(settings), context.clock)

    return make


def _toledo(settings: DeviceSettings) -> ScaleLanguage:
    unit = settings.options.get("unit", "kg")
    if unit not in {value for value, _name in _UNITS}:
        raise UserError("device_setting_missing", field="unit")
    return ToledoScale(str(unit))


def _dialog06(settings: DeviceSettings) -> ScaleLanguage:
    said = str(settings.options.get("polynomial", "")).strip()
    if said and not _HEXADECIMAL.fullmatch(said):
        raise UserError("device_setting_missing", field="polynomial")
    polynomial = int(said, 16) & 0xFFFF if said else 0
    return Dialog06Scale(TillChecksum(_checksum_of_pricing(), polynomial))


def _checksum_of_pricing() -> int:
    """Return 16 bits over the one function that computes prices."""
    # Late: nobody without such a scale reads a source file.
    from importlib.util import find_spec

    spec = find_spec("pos_app.domain.pricing")
    assert spec is not None
    try:
        data = Path(spec.origin or "").read_bytes()
    except OSError:  # a packed program keeps no file of it
        data = spec.name.encode("ascii")
    return binascii.crc_hqx(data, 0)


def _hid(settings: DeviceSettings, context: DriverContext) -> ScaleDevice:
    transport = context.open_transport(settings.connection)
    only_changes = settings.options.get("speaks_on_change") is True
    return HidScale(transport, context.clock, speaks_on_change=only_changes)


def _is_hid_scale(found: FoundDevice) -> int:
    is_hid = found.connection.kind is ConnectionKind.HID
    page = found.keywords.get("usage_page", "")
    return 90 if is_hid and _WEIGHING_PAGE.fullmatch(page) else 0


def _virtual(settings: DeviceSettings, context: DriverContext) -> ScaleDevice:
    folder = settings.connection.address
    if not folder:
        raise UserError("device_setting_missing", field="folder")
    return VirtualScale(Path(folder) / FILE, context.clock)


def _facts(
    key: str, name: str, kind: ConnectionKind, *options: DriverOption
) -> DriverFacts:
    return DriverFacts(key, DeviceCategory.SCALE, name, (kind,), (*options, _TARES))


def _on_line(
    key: str, name: str, line: Mapping[str, OptionValue], *options: DriverOption
) -> DriverFacts:
    facts = _facts(key, name, ConnectionKind.SERIAL, *options)
    ways = (ConnectionKind.SERIAL, ConnectionKind.NETWORK)
    return replace(facts, connections=ways, line=line)


DRIVERS: tuple[Driver, ...] = (
    Driver(
        _on_line("scale_toledo", "Toledo 8217", _7E1, _UNIT),
        _serial(_toledo, _7E1),
    ),
    Driver(_on_line("scale_cas", "CAS", _8N1), _serial(lambda _: CasScale(), _8N1)),
    Driver(
        _on_line("scale_dialog06", "Dialog 06", _DIALOG06, _POLYNOMIAL),
        _serial(_dialog06, _DIALOG06),
    ),
    Driver(
        _on_line("scale_nci", "NCI / Weigh-Tronix", _7E1),
        _serial(lambda _: NciScale(), _7E1),
    ),
    Driver(
        _facts("scale_hid", N_("USB scale"), ConnectionKind.HID, _ON_CHANGE),
        _hid,
        _is_hid_scale,
    ),
    Driver(
        _facts("scale_virtual", N_("Scale for practice"), ConnectionKind.FOLDER),
        _virtual,
    ),
)
