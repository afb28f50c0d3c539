"""The drivers of receipt printers."""

from __future__ import annotations

from pathlib import Path

from hardware.driver import Driver, DriverContext
from hardware.printer.device import PrinterDevice
from hardware.printer.drawer_pulse import DRAWER_OPTIONS, pulse_of
from hardware.printer.printer_options import FAMILY_NAMES, printer_options
from hardware.printer.profile import (
    PrinterProfile,
    adjusted,
    load_profile,
    profile_keys,
)
from hardware.printer.recognition import sure_of_escpos, sure_of_star
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

_PAPER = DriverOption(
    "paper_mm",
    N_("Paper"),
    DriverOptionKind.CHOICE,
    80,
    choices=((80, "80 mm"), (58, "58 mm")),
)


def _profile_option(language: str | None, default: str) -> DriverOption:
    keys = profile_keys(language)
    choices = tuple(
        (key, FAMILY_NAMES.get(key) or load_profile(key, 80).name) for key in keys
    )
    label = N_("Kind of printer")
    return DriverOption("profile", label, DriverOptionKind.CHOICE, default, choices)


_ESCPOS_PROFILE = _profile_option("escpos", "china")
_STAR_PROFILE = _profile_option("star", "star")
_ANY_PROFILE = _profile_option(None, "china")


def _escpos(settings: DeviceSettings, context: DriverContext) -> PrinterDevice:
    # Late, as in all of them: Pillow, fonts and barcodes are loaded with it.
    from hardware.printer.escpos_device import EscposDevice

    profile = _profile_of(settings, _ESCPOS_PROFILE)
    pulse = pulse_of(settings.options)
    transport = context.open_transport(settings.connection)
    return EscposDevice(transport, profile, pulse=pulse)


def _star(settings: DeviceSettings, context: DriverContext) -> PrinterDevice:
    from hardware.printer.escpos_device import EscposDevice
    from hardware.printer.star_tongue import STAR, StarPulse

    profile = _profile_of(settings, _STAR_PROFILE)
    asked = pulse_of({"drawer_on_ms": 200, "drawer_off_ms": 200, **settings.options})
    pulse = StarPulse(asked.pin, asked.on_ms, asked.off_ms)
    transport = context.open_transport(settings.connection)
    return EscposDevice(transport, profile, pulse=pulse, tongue=STAR)


def _virtual(settings: DeviceSettings, context: DriverContext) -> PrinterDevice:
    from hardware.printer.virtual import VirtualDevice
    from hardware.transport.file import SlipFolder

    folder = settings.connection.address
    if not folder:
        raise UserError("device_setting_missing", field="folder")
    slips = SlipFolder(Path(folder))
    return VirtualDevice(slips, _profile_of(settings, _ANY_PROFILE), context.clock)


def _profile_of(settings: DeviceSettings, option: DriverOption) -> PrinterProfile:
    paper_mm = settings.options.get("paper_mm", 80)
    if not isinstance(paper_mm, int):
        raise UserError("device_setting_missing", field="paper_mm")
    key = settings.options.get("profile", option.default)
    if key not in [known for known, _ in option.choices]:
        raise UserError("printer_profile_unknown", profile=str(key))
    return adjusted(load_profile(str(key), paper_mm), settings.options)


_CONNECTIONS = (
    ConnectionKind.USB_PRINTER,
    ConnectionKind.NETWORK,
    ConnectionKind.SERIAL,
    ConnectionKind.USB,
    ConnectionKind.QUEUE,
)
DRIVERS = (
    Driver(
        DriverFacts(
            key="escpos",
            category=DeviceCategory.RECEIPT_PRINTER,
            name="ESC/POS",
            connections=_CONNECTIONS,
            options=(
                _PAPER,
                _ESCPOS_PROFILE,
                *printer_options("escpos"),
                *DRAWER_OPTIONS,
            ),
        ),
        _escpos,
        sure_of_escpos,
    ),
    Driver(
        DriverFacts(
            key="star",
            category=DeviceCategory.RECEIPT_PRINTER,
            name="StarPRNT, Star Line Mode",
            connections=_CONNECTIONS,
            options=(_PAPER, _STAR_PROFILE, *printer_options("star"), *DRAWER_OPTIONS),
        ),
        _star,
        sure_of_star,
    ),
    Driver(
        DriverFacts(
            key="virtual",
            category=DeviceCategory.RECEIPT_PRINTER,
            name=N_("Pictures in a folder"),
            connections=(ConnectionKind.FOLDER,),
            options=(_PAPER, _ANY_PROFILE),
        ),
        _virtual,
    ),
)
