"""HID devices, report by report: scales and scanners, through hidraw on Linux.

On Windows through PyPI hidapi, which opens them beside the system; tried on no
Windows yet.
"""

from __future__ import annotations

import contextlib
import os
import select
import sys
import time
from pathlib import Path
from typing import Any

from hardware.transport.base import Capabilities
from hardware.transport.failures import device_gone, opening_failed
from hardware.transport.hid_usages import SCALE_PAGE, SCANNER_PAGE, top_usages
from hardware.transport.sysfs import DEV, SYS, find_usb, nodes_of
from hardware.transport.usb_identity import UsbIdentity, usb_identity
from pos_app.errors import DeviceError

#: No report of a counter's device is longer; a read gives one report.
_REPORT_BYTES = 4096
_COUNTER_PAGES = frozenset({SCANNER_PAGE, SCALE_PAGE})


class HidTransport:
    """Implements `hardware.transport.base.Transport`; `read` gives one whole report.

    Args:
        address: "vid:pid:serial", "vid:pid@place", "/dev/hidraw0".
        sys_folder: where the kernel tells of its devices. dev: where nodes are.
    """

    def __init__(self, address: str, sys_folder: Path = SYS, dev: Path = DEV) -> None:
        self._address = address.strip()
        self._sys, self._dev = sys_folder, dev
        self._handle = -1

    @property
    def identity(self) -> str:
        """The address of the settings."""
        return f"hid:{self._address}"

    @property
    def capabilities(self) -> Capabilities:
        """Reports come in; others may listen too."""
        return Capabilities(reads=True, is_exclusive=False)

    @property
    def is_open(self) -> bool:
        """Whether the node is held."""
        return self._handle >= 0

    def open(self, deadline: float) -> None:
        """Open the node at once, whatever the deadline."""
        del deadline
        if self._handle >= 0:
            return
        node = self._node()
        if node is None:
            raise DeviceError("device_unreachable", device=self.identity)
        try:
            flags = os.O_RDWR | getattr(os, "O_NONBLOCK", 0)
            self._handle = os.open(node, flags)
        except OSError as error:
            raise opening_failed(error.errno, self.identity) from error

    def close(self) -> None:
        """Let the node go."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    def write_some(self, chunk: bytes, deadline: float) -> int:
        """Send one report, its number first; the kernel takes it whole or fails."""
        del deadline  # hidraw waits five seconds at most by itself
        handle = self._opened()
        try:
            return os.write(handle, chunk)
        except OSError as error:
            raise self._gone() from error

    def read(self, deadline: float) -> bytes:
        """Return one report, its number first where it has one; b"" for none."""
        handle = self._opened()
        try:
            ready = select.select([handle], [], [], max(0, deadline - time.monotonic()))
            if not ready[0]:
                return b""
            report = os.read(handle, _REPORT_BYTES)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise self._gone() from error
        if not report:
            raise self._gone()
        return report

    def _node(self) -> Path | None:
        if self._address.startswith("/"):
            return Path(self._address)
        identity = usb_identity(self._address)
        device = None if identity is None else find_usb(identity, self._sys)
        if device is None:
            return None
        nodes = nodes_of(device, "hidraw*", self._dev)
        known = (x for x in nodes if _COUNTER_PAGES & self._pages(x))
        return next(known, nodes[0] if nodes else None)

    def _pages(self, node: Path) -> frozenset[int]:
        return frozenset(page for page, _ in hidraw_usages(node.name, self._sys))

    def _opened(self) -> int:
        if self._handle < 0:
            raise device_gone(self.identity)
        return self._handle

    def _gone(self) -> DeviceError:
        with contextlib.suppress(OSError):
            self.close()
        return device_gone(self.identity)


def hidraw_usages(name: str, sys_folder: Path = SYS) -> tuple[tuple[int, int], ...]:
    """Return the usages of a node, "hidraw0", without opening it; () for none."""
    folder = sys_folder / "class" / "hidraw" / name / "device"
    try:
        return top_usages((folder / "report_descriptor").read_bytes())
    except OSError:
        return ()


if sys.platform == "win32":

    class WindowsHidTransport(HidTransport):
        """The same through hidapi."""

        def __init__(self, address: str) -> None:
            super().__init__(address)
            self._device: Any = None

        @property
        def is_open(self) -> bool:
            """Whether the device is held."""
            return self._device is not None

        def open(self, deadline: float) -> None:
            """Find the device by its identity and open it."""
            del deadline
            if self._device is not None:
                return
            import hid

            wanted = usb_identity(self._address)
            if wanted is None:
                raise DeviceError("device_unreachable", device=self.identity)
            numbers = int(wanted.vid, 16), int(wanted.pid, 16)
            found = [x for x in hid.enumerate(*numbers) if wanted.names(_named(x))]
            found.sort(key=lambda x: x["usage_page"] not in _COUNTER_PAGES)
            if not found:
                raise DeviceError("device_unreachable", device=self.identity)
            device = hid.device()
            try:
                device.open_path(found[0]["path"])
            except OSError as error:
                raise DeviceError("device_in_use", device=self.identity) from error
            self._device = device

        def close(self) -> None:
            """Let the device go."""
            device, self._device = self._device, None
            if device is not None:
                device.close()

        def write_some(self, chunk: bytes, deadline: float) -> int:
            """Send one report, its number first."""
            del deadline
            if self._device is None or self._device.write(chunk) < 0:
                raise self._gone()
            return len(chunk)

        def read(self, deadline: float) -> bytes:
            """Return one report, its number first where it has one."""
            if self._device is None:
                raise device_gone(self.identity)
            wait_ms = max(1, round((deadline - time.monotonic()) * 1000))
            try:
                return bytes(self._device.read(_REPORT_BYTES, wait_ms))
            except (OSError, ValueError) as error:
                raise self._gone() from error


def _named(facts: Any) -> UsbIdentity:  # hidapi has no types
    """Return the identity of what hidapi lists; Windows tells no place here."""
    return UsbIdentity(
        f"{facts['vendor_id']:04x}",
        f"{facts['product_id']:04x}",
        facts["serial_number"] or "",
    )
