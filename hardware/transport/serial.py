"""Serial lines: RS-232, USB-CDC and USB adapters, through pyserial."""

from __future__ import annotations

import contextlib
import os
import select
import sys
import time
from typing import TYPE_CHECKING, Any

from hardware.transport.base import CHUNK_BYTES, Capabilities
from hardware.transport.failures import device_gone, opening_failed
from hardware.transport.serial_line import SerialLine
from hardware.transport.serial_ports import port_of, serial_ports
from pos_app.errors import DeviceError

if TYPE_CHECKING:
    import serial

_READ_BYTES = 4096
#: How long a line that still moves may take to send its last bytes; and one that
#: stands still (the other side holds it with RTS or XOFF).
_DRAIN_S = 10.0
_STANDS_S = 1.0
#: Windows' ports tell by being asked; nothing waits for two things there.
_LOOK_S = 0.01


class SerialTransport:
    """Implements `hardware.transport.base.Transport` over a serial port.

    Args:
        address: "vid:pid:serial" or "vid:pid@place" of a USB device; "/dev/ttyS0",
            "COM1" for a port without an identity.
        line: how it speaks.
    """

    def __init__(self, address: str, line: SerialLine = SerialLine()) -> None:  # noqa: B008 # frozen
        self._address = address.strip()
        self._line = line
        self._port: serial.Serial | None = None

    @property
    def identity(self) -> str:
        """The address of the settings."""
        return f"serial:{self._address}"

    @property
    def capabilities(self) -> Capabilities:
        """Bytes go both ways; a second program is kept out."""
        return Capabilities(reads=True, is_exclusive=True)

    @property
    def is_open(self) -> bool:
        """Whether the port is held."""
        return self._port is not None

    def open(self, deadline: float) -> None:
        """Open the port at once, whatever the deadline; nothing is read or sent."""
        del deadline
        if self._port is not None:
            return
        import serial  # late: only tills with serial devices

        node = self._address
        if not node.startswith("/") and not node.upper().startswith("COM"):
            node = port_of(self._address, serial_ports()) or ""
        if not node:
            raise DeviceError("device_unreachable", device=self.identity)
        try:
            self._port = serial.Serial(
                node,
                timeout=0,
                write_timeout=0,
                exclusive=None if sys.platform == "win32" else True,
                **self._line.for_pyserial(),
            )
            _keep_out_others(self._port, is_alone=True)
        except _faults() as error:
            self._close_port()
            raise opening_failed(_number(error), self.identity) from error

    def close(self) -> None:
        """Send the last bytes if the other side takes them, then let go."""
        port = self._port
        if port is None:
            return
        with contextlib.suppress(*_faults()):
            _drain(port)
            _keep_out_others(port, is_alone=False)
        self._close_port()

    def write_some(self, chunk: bytes, deadline: float) -> int:
        """Hand bytes to the port; counts what the system took."""
        port = self._opened()
        data = chunk[:CHUNK_BYTES]
        try:
            if sys.platform == "win32":
                return _write_on_windows(port, data, deadline)
            # pyserial would spin for as long as the other side holds the line.
            handle = port.fileno()
            if not select.select([], [handle], [], _left(deadline))[1]:
                return 0
            return os.write(handle, data)
        except BlockingIOError:
            return 0
        except _faults() as error:
            raise self._gone() from error

    def read(self, deadline: float) -> bytes:
        """Return what came in; a port that is ready and empty was pulled out."""
        port = self._opened()
        try:
            if sys.platform == "win32":
                return _read_on_windows(port, deadline)
            handle = port.fileno()
            if not select.select([handle], [], [], _left(deadline))[0]:
                return b""
            answer = os.read(handle, _READ_BYTES)
        except BlockingIOError:
            return b""
        except _faults() as error:
            raise self._gone() from error
        if not answer:
            raise self._gone()
        return answer

    def _opened(self) -> serial.Serial:
        if self._port is None:
            raise device_gone(self.identity)
        return self._port

    def _close_port(self) -> None:
        port, self._port = self._port, None
        if port is not None:
            with contextlib.suppress(*_faults()):
                port.close()

    def _gone(self) -> DeviceError:
        self._close_port()
        return device_gone(self.identity)


def _faults() -> tuple[type[Exception], ...]:
    """Return whatever a port raises: pyserial lets several kinds through."""
    if sys.platform == "win32":
        return (OSError, ValueError)  # SerialException is an OSError
    import termios

    return (OSError, ValueError, TypeError, termios.error)


def _number(error: Exception) -> int | None:
    number = getattr(error, "errno", None)
    if isinstance(number, int):
        return number
    # On Windows pyserial keeps only the words of the error before it.
    return 16 if "PermissionError(13" in str(error) else None


def _left(deadline: float) -> float:
    return max(0.0, deadline - time.monotonic())


def _keep_out_others(port: serial.Serial, *, is_alone: bool) -> None:
    """Let nobody else open the port; pyserial's lock holds back only pyserial."""
    if sys.platform == "win32":
        return  # a COM port is never shared
    import fcntl
    import termios

    with contextlib.suppress(OSError):
        fcntl.ioctl(port.fileno(), termios.TIOCEXCL if is_alone else termios.TIOCNXCL)


def _drain(port: serial.Serial) -> None:
    """Wait until all is sent; closing would else wait half a minute by itself."""
    ends = time.monotonic() + _DRAIN_S
    left, moved_at = port.out_waiting, time.monotonic()
    while left and time.monotonic() < min(ends, moved_at + _STANDS_S):
        time.sleep(_LOOK_S)
        now = port.out_waiting
        if now < left:
            moved_at = time.monotonic()
        left = now
    if left:
        port.reset_output_buffer()


def _write_on_windows(port: Any, data: bytes, deadline: float) -> int:  # private parts
    """Write with a time-out; pyserial forgets how much went out, Windows does not."""
    import serial

    port.write_timeout = max(0.001, _left(deadline))
    try:
        return int(port.write(data))
    except serial.SerialTimeoutException:
        return int(port._overlapped_write.InternalHigh)  # noqa: SLF001 # bytes moved


def _read_on_windows(port: Any, deadline: float) -> bytes:  # as above
    while not port.in_waiting and time.monotonic() < deadline:
        time.sleep(_LOOK_S)
    return bytes(port.read(port.in_waiting)) if port.in_waiting else b""
