"""One imported USB/IP device: a socket, and the transfers under way on it."""

from __future__ import annotations

import contextlib
import errno
import itertools
import socket
import struct
import threading
from dataclasses import dataclass, field

import usbip
from usb.core import USBError, USBTimeoutError
from usbip import protocol

_HEADER = struct.Struct(
    ">IIIII"
)  # command, sequence number, device id, direction, endpoint
_SUBMIT = struct.Struct(
    ">IiiII8s"
)  # flags, length, start frame, packets, interval, setup
_RETURN = struct.Struct(">ii20x")  # status, actual length
_UNLINK = struct.Struct(">I24x")  # the sequence number to give up
IN, OUT = 1, 0

_ERRORS = {  # libusb code, text and errno as pyusb reports them
    errno.ENODEV: (-4, "No such device (it may have been disconnected)"),
    errno.EBUSY: (-6, "Resource busy"),
    errno.EACCES: (-3, "Access denied (insufficient permissions)"),
    errno.EPIPE: (-9, "Pipe error"),
    errno.EIO: (-1, "Input/Output Error"),
    errno.ENOENT: (-5, "Entity not found"),
}


def usb_error(number: int) -> USBError:
    code, text = _ERRORS[number]
    return USBError(text, code, number)


def timeout_error() -> USBTimeoutError:
    return USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)


def access_denied() -> USBError:
    """What opening gives on Linux when no udev rule lets this user in."""
    return usb_error(errno.EACCES)


def no_driver() -> NotImplementedError:
    """What opening gives on Windows when the device has no WinUSB driver."""
    return NotImplementedError(
        "Operation not supported or unimplemented on this platform"
    )


@dataclass
class Transfer:
    direction: int
    done: threading.Event = field(default_factory=threading.Event)
    status: int = -errno.ENODEV
    actual: int = 0
    data: bytes = b""


class Link:
    """One imported device: a socket, and the transfers under way on it."""

    def __init__(self, transport: usbip.Transport, busid: str) -> None:
        self._socket: socket.socket = transport.connect()
        info = protocol.client_import(self._socket, busid.encode())
        self._device_id = info["busnum"] << 16 | info["devnum"]
        self._numbers = itertools.count(1)
        self._pending: dict[int, Transfer] = {}
        self._lock = threading.Lock()
        self.alive = True
        threading.Thread(target=self._read, daemon=True).start()
        self.device_descriptor = self._descriptor(0x0100, 18)
        head = self._descriptor(0x0200, 9)
        self.configuration = self._descriptor(
            0x0200, struct.unpack_from("<H", head, 2)[0]
        )

    def close(self) -> None:
        self.alive = False
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def control(
        self, setup: bytes, direction: int, data: bytes, length: int, timeout: int
    ) -> Transfer:
        transfer, timed_out = self.submit(0, direction, setup, data, length, timeout)
        if timed_out:
            raise timeout_error()
        return transfer

    def submit(
        self,
        endpoint: int,
        direction: int,
        setup: bytes,
        data: bytes,
        length: int,
        timeout: int,
    ) -> tuple[Transfer, bool]:
        """Run one transfer; the flag says that it was given up after `timeout` ms (0: never)."""
        transfer = Transfer(direction)
        number = self._send(
            1,
            endpoint,
            direction,
            _SUBMIT.pack(0, length, 0, 0, 0, setup) + data,
            transfer,
        )
        timed_out = not transfer.done.wait(timeout / 1000 if timeout else None)
        if timed_out:
            given_up = Transfer(OUT)
            self._send(2, endpoint, direction, _UNLINK.pack(number), given_up)
            given_up.done.wait(2)
            with self._lock:
                self._pending.pop(number, None)
            if not transfer.done.is_set():
                transfer.status = 0  # nothing was moved
            elif transfer.actual == length:
                timed_out = False  # it was complete after all
        if transfer.status < 0:
            number = -transfer.status
            raise usb_error(number if number in _ERRORS else errno.EIO)
        return transfer, timed_out

    def _send(
        self,
        command: int,
        endpoint: int,
        direction: int,
        rest: bytes,
        transfer: Transfer,
    ) -> int:
        number = next(self._numbers)
        with self._lock:
            if not self.alive:
                raise usb_error(errno.ENODEV)
            self._pending[number] = transfer
            try:
                self._socket.sendall(
                    _HEADER.pack(command, number, self._device_id, direction, endpoint)
                    + rest
                )
            except OSError:
                self.alive = False
        if not self.alive:
            raise usb_error(errno.ENODEV)
        return number

    def _read(self) -> None:
        try:
            while True:
                header = self._exactly(48)
                _, number, *_ = _HEADER.unpack_from(header)
                status, actual = _RETURN.unpack_from(header, 20)
                with self._lock:
                    transfer = self._pending.pop(number, None)
                if transfer is not None:
                    transfer.status, transfer.actual = status, actual
                    if transfer.direction == IN and actual > 0:
                        transfer.data = self._exactly(actual)
                    transfer.done.set()
        except OSError:
            with self._lock:
                self.alive = False
                for transfer in self._pending.values():
                    transfer.done.set()  # its status is still "no such device"
        finally:
            self._socket.close()

    def _exactly(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            piece = self._socket.recv(count - len(data))
            if not piece:
                raise ConnectionError
            data += piece
        return data

    def _descriptor(self, value: int, length: int) -> bytes:
        return self.control(
            struct.pack("<BBHHH", 0x80, 6, value, 0, length), IN, b"", length, 1000
        ).data
