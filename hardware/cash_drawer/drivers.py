"""The drivers of cash drawers with a connection of their own."""

from __future__ import annotations

import re
from pathlib import Path

from hardware.cash_drawer.alarm import DRAWER_ALARM
from hardware.cash_drawer.device import CashDrawerDevice
from hardware.cash_drawer.serial_drawer import SerialDrawer
from hardware.cash_drawer.virtual import FILE, VirtualDrawer
from hardware.driver import Driver, DriverContext
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

#: What most triggers open at; the simplest open at any byte.
_USUAL = "07"
_COMMAND = DriverOption(
    "command",
    N_("Bytes that open the drawer (hexadecimal)"),
    DriverOptionKind.TEXT,
    _USUAL,
)
_BYTES = re.compile(r"([0-9A-Fa-f]{2}){1,16}")


def _serial(settings: DeviceSettings, context: DriverContext) -> CashDrawerDevice:
    said = str(settings.options.get("command", _USUAL))
    plain = "".join(said.split())
    if not _BYTES.fullmatch(plain):
        raise UserError("device_setting_missing", field="command")
    transport = context.open_transport(settings.connection)
    command = bytes.fromhex(plain)
    return SerialDrawer(transport, command, context.clock, context.on_kicked)


def _virtual(settings: DeviceSettings, context: DriverContext) -> CashDrawerDevice:
    folder = settings.connection.address
    if not folder:
        raise UserError("device_setting_missing", field="folder")
    return VirtualDrawer(Path(folder) / FILE, context.on_kicked)


DRIVERS: tuple[Driver, ...] = (
    Driver(
        DriverFacts(
            "drawer_serial",
            DeviceCategory.CASH_DRAWER,
            N_("Drawer on a serial line or USB trigger"),
            (ConnectionKind.SERIAL, ConnectionKind.NETWORK),
            (_COMMAND,),
        ),
        _serial,
    ),
    Driver(
        DriverFacts(
            "drawer_virtual",
            DeviceCategory.CASH_DRAWER,
            N_("Drawer for practice"),
            (ConnectionKind.FOLDER,),
            (DRAWER_ALARM,),
        ),
        _virtual,
    ),
)
