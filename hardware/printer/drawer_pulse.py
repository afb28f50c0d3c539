"""The pulse that opens a cash drawer by way of its printer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hardware.cash_drawer.alarm import DRAWER_ALARM
from pos_app.errors import UserError
from pos_app.i18n import N_
from pos_app.ports.devices import DriverOption, DriverOptionKind, OptionValue

_UNIT_MS = 2  # of ESC p
_REAL_TIME_UNIT_MS = 100  # of DLE DC4 1
_MOST_REAL_TIME_UNITS = 8
_MOST_MS = 255 * _UNIT_MS
#: Pin of the drawer's socket and its number in ESC p and DLE DC4.
_PINS = {2: 0, 5: 1}


@dataclass(frozen=True, slots=True)
class DrawerPulse:
    """Which pin gets a pulse, and how long (Epson ESC/POS: ESC p, DLE DC4 1).

    Attributes:
        pin: 2 or 5, of the socket; two drawers may hang on one printer.
        on_ms: how long the coil pulls, 2 to 510. off_ms: how long it rests after.
    """

    pin: int = 2
    on_ms: int = 50
    off_ms: int = 500

    @property
    def queued(self) -> bytes:
        """The command that is carried out when printing gets there."""
        times = [_units(self.on_ms), _units(self.off_ms)]
        return b"\x1bp" + bytes([_PINS[self.pin], *times])

    @property
    def at_once(self) -> bytes:
        """The same for a printer that is busy or has no paper."""
        units = -(-self.on_ms // _REAL_TIME_UNIT_MS)
        held = max(1, min(_MOST_REAL_TIME_UNITS, units))
        return b"\x10\x14\x01" + bytes([_PINS[self.pin], held])


def _units(milliseconds: int) -> int:
    return max(1, min(255, milliseconds // _UNIT_MS))


def pulse_of(options: Mapping[str, OptionValue]) -> DrawerPulse:
    """Read the pulse from a printer's options.

    Raises:
        UserError: "device_setting_missing" when an option makes no sense.
    """
    usual = DrawerPulse()
    pin = options.get("drawer_pin", usual.pin)
    if not isinstance(pin, int) or pin not in _PINS:
        raise UserError("device_setting_missing", field="drawer_pin")
    times: list[int] = []
    for key, default in (("drawer_on_ms", usual.on_ms), ("drawer_off_ms", 500)):
        value = options.get(key, default)
        if not isinstance(value, int) or not _UNIT_MS <= value <= _MOST_MS:
            raise UserError("device_setting_missing", field=key)
        times.append(value)
    return DrawerPulse(pin, *times)


#: What a person may set of the drawer on a printer.
DRAWER_OPTIONS = (
    DriverOption(
        "drawer_pin",
        N_("Pin of the drawer's socket"),
        DriverOptionKind.CHOICE,
        2,
        choices=((2, "2"), (5, "5")),
    ),
    DriverOption(
        "drawer_on_ms",
        N_("Length of the drawer's pulse, in milliseconds"),
        DriverOptionKind.NUMBER,
        50,
        low=_UNIT_MS,
        high=_MOST_MS,
    ),
    DriverOption(
        "drawer_off_ms",
        N_("Rest after the drawer's pulse, in milliseconds"),
        DriverOptionKind.NUMBER,
        500,
        low=_UNIT_MS,
        high=_MOST_MS,
    ),
    DRAWER_ALARM,
)
