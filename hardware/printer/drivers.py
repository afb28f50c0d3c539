"""The drivers of receipt printers."""

from __future__ import annotations

from pathlib import Path

from hardware.driver import Driver, DriverContext
from hardware.printer.device import PrinterDevice
from hardware.printer.drawer_pulse import DRAWER_OPTIONS, pulse_of
from hardware.printer.escpos_device import EscposDevice
from hardware.printer.profile import PrinterProfile, load_profile, profile_keys
from hardware.printer.virtual import VirtualDevice
from hardware.transport.file import SlipFolder
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


def _profile_option() -> DriverOption:
    choices = tuple((key, load_profile(key, 80).name) for key in profile_keys())
    label = N_("Kind of printer")
    return DriverOption("profile", label, DriverOptionKind.CHOICE, "china", choices)


def _escpos(settings: DeviceSettings, context: DriverContext) -> PrinterDevice:
    profile = _profile_of(settings)
    pulse = pulse_of(settings.options)
    transport = context.open_transport(settings.connection)
    return EscposDevice(transport, profile, pulse=pulse)


def _virtual(settings: DeviceSettings, context: DriverContext) -> PrinterDevice:
    folder = settings.connection.address
    if not folder:
        raise UserError("device_setting_missing", field="folder")
    slips = SlipFolder(Path(folder))
    return VirtualDevice(slips, _profile_of(settings), context.clock)


def _profile_of(settings: DeviceSettings) -> PrinterProfile:
    paper_mm = settings.options.get("paper_mm", 80)
    if not isinstance(paper_mm, int):
        raise UserError("device_setting_missing", field="paper_mm")
    return load_profile(str(settings.options.get("profile", "china")), paper_mm)


DRIVERS = (
    Driver(
        DriverFacts(
            key="escpos",
            category=DeviceCategory.RECEIPT_PRINTER,
            name="ESC/POS",
            connections=(
                ConnectionKind.USB_PRINTER,
                ConnectionKind.NETWORK,
                ConnectionKind.SERIAL,
                ConnectionKind.USB,
                ConnectionKind.QUEUE,
            ),
            options=(_PAPER, _profile_option(), *DRAWER_OPTIONS),
        ),
        _escpos,
    ),
    Driver(
        DriverFacts(
            key="virtual",
            category=DeviceCategory.RECEIPT_PRINTER,
            name=N_("Pictures in a folder"),
            connections=(ConnectionKind.FOLDER,),
            options=(_PAPER, _profile_option()),
        ),
        _virtual,
    ),
)
