"""Printers of the USB printer class on Linux: the kernel's own driver, usblp.

/dev/usb/lpN without blocking, with poll; the parallel port's /dev/lpN too. Found
again by its identity, whatever number it has after a replug.
"""

from __future__ import annotations

import contextlib
import errno
import os
import select
import sys
import time
from pathlib import Path

from hardware.transport.base import CHUNK_BYTES, Capabilities
from hardware.transport.failures import device_gone, opening_failed
from hardware.transport.sysfs import (
    DEV,
    SYS,
    SysfsDevice,
    SysfsInterface,
    find_usb,
    nodes_of,
    usb_devices,
)
from hardware.transport.usb_identity import usb_identity
from pos_app.errors import DeviceError

assert sys.platform != "win32"

#: usblp holds one transfer at a time and throws it away when it is closed; a small
#: one is through, or known to be stuck, within `_DRAIN_S`.
_PIECE_BYTES = 2048
_DRAIN_S = 2.0
_READ_BYTES = 4096
#: A printer that answers "nothing" at once would else keep a processor busy.
_BREATH_S = 0.005
_LPGETSTATUS = 0x060B  # linux/lp.h: the port status byte of the printer class
#: bInterfaceProtocol of the printer class that has no way back.
_UNIDIRECTIONAL = "01"


class UsblpTransport:
    """Implements `hardware.transport.base.Transport` over usblp."""

    def __init__(self, address: str, sys_folder: Path = SYS, dev: Path = DEV) -> None:
        """Take the address of the settings: an identity, or a path of a node.

        Args:
            address: "vid:pid:serial", "vid:pid@place", "/dev/usb/lp0"; "" for the
                first printer there is.
            sys_folder: where the kernel tells of its devices.
            dev: where the nodes are.
        """
        self._address = address.strip()
        self._sys, self._dev = sys_folder, dev
        self._handle = -1
        self._reads = True

    @property
    def identity(self) -> str:
        """The address of the settings."""
        return f"usb:{self._address}" if self._address else "usb"

    @property
    def capabilities(self) -> Capabilities:
        """Answers come back but from unidirectional ones; usblp serves one program."""
        return Capabilities(reads=self._reads, is_exclusive=True)

    @property
    def is_open(self) -> bool:
        """Whether the node is held."""
        return self._handle >= 0

    def open(self, deadline: float) -> None:
        """Open the node of the printer; at once, whatever the deadline."""
        del deadline
        if self._handle >= 0:
            return
        node = self._node()
        try:
            flags = os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
            self._handle = os.open(node, flags)
        except OSError as error:
            raise opening_failed(error.errno, self.identity) from error

    def close(self) -> None:
        """Wait a little for the last bytes: usblp drops what is under way."""
        handle, self._handle = self._handle, -1
        if handle < 0:
            return
        with contextlib.suppress(OSError):
            _is_ready(handle, select.POLLOUT, time.monotonic() + _DRAIN_S)
        os.close(handle)

    def write_some(self, chunk: bytes, deadline: float) -> int:
        """Hand bytes to the kernel once the ones before them are in the printer."""
        handle = self._opened()
        try:
            if not _is_ready(handle, select.POLLOUT, deadline):
                return 0
            return os.write(handle, chunk[: min(CHUNK_BYTES, _PIECE_BYTES)])
        except BlockingIOError:
            return 0
        except OSError as error:
            if error.errno == errno.ENOSPC:
                return 0  # the printer says that it has no paper
            raise self._gone() from error

    def read(self, deadline: float) -> bytes:
        """Return what came back; a read of nothing is only a pause of the printer."""
        handle = self._opened()
        try:
            while _is_ready(handle, select.POLLIN, deadline):
                with contextlib.suppress(BlockingIOError):
                    answer = os.read(handle, _READ_BYTES)
                    if answer:
                        return answer
                if time.monotonic() >= deadline:
                    break
                time.sleep(_BREATH_S)
        except OSError as error:
            raise self._gone() from error
        return b""

    def port_status(self) -> int | None:
        """Return the printer class's status byte; None where it gives none.

        Bit 3 set: no error; bit 4 set: selected; bit 5 set: paper is out (USB
        printer class 1.1, 4.2.2). The only status of a printer with no way back.
        """
        # Late: a POSIX module, and few printers are asked.
        from fcntl import ioctl

        answer = bytearray(4)
        try:
            ioctl(self._opened(), _LPGETSTATUS, answer)
        except OSError:
            return None
        return answer[0]

    def _node(self) -> Path:
        if self._address.startswith("/"):
            return Path(self._address)
        device = self._device()
        nodes = nodes_of(device, "lp*", self._dev) if device else ()
        if device is None or not nodes:
            raise self._missing(device)
        self._reads = any(
            x.usb_class == "07" and x.protocol != _UNIDIRECTIONAL
            for x in device.interfaces
        )
        return nodes[0]

    def _missing(self, device: SysfsDevice | None) -> DeviceError:
        """Say why there is no node: not plugged in, held elsewhere, no driver."""
        printers = () if device is None else printer_interfaces(device)
        if any(x.driver == "usbfs" for x in printers):
            return DeviceError("device_in_use", device=self.identity)
        if device is not None:
            return DeviceError("device_has_no_driver", device=self.identity)
        return DeviceError("device_unreachable", device=self.identity)

    def _device(self) -> SysfsDevice | None:
        if not self._address:
            found = (x for x in usb_devices(self._sys) if nodes_of(x, "lp*", self._dev))
            return next(found, None)
        identity = usb_identity(self._address)
        return None if identity is None else find_usb(identity, self._sys)

    def _opened(self) -> int:
        if self._handle < 0:
            raise device_gone(self.identity)
        return self._handle

    def _gone(self) -> DeviceError:
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)
        return device_gone(self.identity)


def printer_interfaces(device: SysfsDevice) -> tuple[SysfsInterface, ...]:
    """Return the interfaces of the printer class."""
    return tuple(x for x in device.interfaces if x.usb_class == "07")


def ieee1284_id(device: SysfsDevice) -> str:
    """Return the printer's own description (IEEE 1284), which usblp has read."""
    for interface in printer_interfaces(device):
        with contextlib.suppress(OSError):
            text = (interface.folder / "ieee1284_id").read_text("latin-1").strip()
            if text:
                return text
    return ""


def _is_ready(handle: int, way: int, deadline: float) -> bool:
    """Wait for the node.

    Raises:
        OSError: ENODEV when the printer was pulled out.
    """
    asked = select.poll()
    asked.register(handle, way)
    wait_s = max(0.0, deadline - time.monotonic())
    found = asked.poll(round(wait_s * 1000))
    if not found:
        return False
    event = found[0][1]
    if event & (select.POLLHUP | select.POLLNVAL):
        raise OSError(errno.ENODEV, "pulled out")
    return bool(event & way)
