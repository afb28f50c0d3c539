"""How a serial line is spoken: speed, bits, parity and handshake of a connection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pos_app.errors import UserError
from pos_app.ports.devices import Connection

#: The option of a connection -> what it may be, the usual one first.
LINE_CHOICES: dict[str, tuple[str | int, ...]] = {
    "baud": (9600, 1200, 2400, 4800, 19200, 38400, 57600, 115200, 230400),
    "bytesize": (8, 7),
    "parity": ("N", "E", "O", "M", "S"),
    "stopbits": (1, 2),
    "flow": ("none", "rtscts", "dsrdtr", "xonxoff"),
}


@dataclass(frozen=True, slots=True)
class SerialLine:
    """The settings of one line.

    Attributes:
        baud: bits per second. bytesize: 7 or 8 data bits. stopbits: 1 or 2.
        parity: "N", "E", "O", "M" or "S". flow: who may stop the other.
    """

    baud: int = 9600
    bytesize: int = 8
    parity: str = "N"
    stopbits: int = 1
    flow: str = "none"

    def for_pyserial(self) -> dict[str, Any]:
        """Return the arguments of serial.Serial."""
        return {
            "baudrate": self.baud,
            "bytesize": self.bytesize,
            "parity": self.parity,
            "stopbits": self.stopbits,
            "rtscts": self.flow == "rtscts",
            "dsrdtr": self.flow == "dsrdtr",
            "xonxoff": self.flow == "xonxoff",
        }


def line_of(connection: Connection) -> SerialLine:
    """Read the line's settings; what is missing is the usual 9600 8N1.

    Raises:
        UserError: "device_setting_missing" naming the field that makes no sense.
    """
    chosen: dict[str, Any] = {}
    for field, choices in LINE_CHOICES.items():
        value = connection.options.get(field, choices[0])
        wanted = type(choices[0])
        try:
            known = wanted(value.upper() if field == "parity" else value)  # type: ignore[union-attr] # checked below
        except (AttributeError, TypeError, ValueError):
            known = None
        if known not in choices:
            raise UserError("device_setting_missing", field=field)
        chosen[field] = known
    return SerialLine(**chosen)
