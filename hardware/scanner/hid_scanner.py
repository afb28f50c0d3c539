"""A scanner that speaks HID POS, through hidapi: hidraw on Linux, hid.dll on Windows."""

from __future__ import annotations

import os
from importlib import import_module
from time import monotonic
from typing import Any, Protocol

from hardware.driver import DriverContext
from hardware.scanner.hid_descriptor import SCANNER_PAGE, read_layout
from hardware.scanner.hid_pos import HidPosReader, is_scanner
from hardware.scanner.outlet import ScanOutlet
from hardware.scanner.usb_place import nodes_of, read_address
from pos_app.errors import DeviceError
from pos_app.ports.devices import DeviceSettings

_HAS_HIDRAW = os.name == "posix"
#: No report of a scanner is longer; the descriptor may claim what it likes.
_REPORT_BYTES = 1024
_TURN_MS = 400
#: The rest of a code that takes several reports comes within this, in seconds.
_REST_S = 1.0


class HidHandle(Protocol):
    """What is used of an open `hidraw.device`."""

    def read(self, max_length: int, timeout_ms: int) -> list[int]:
        """Return one report; nothing when none came in time."""
        ...

    def get_report_descriptor(self) -> list[int]:
        """Return the report descriptor."""
        ...

    def close(self) -> None:
        """Let the device go."""
        ...


class HidScanner:
    """Implements `hardware.scanner.device.ScannerDevice`."""

    def __init__(self, settings: DeviceSettings, context: DriverContext) -> None:
        self._address = settings.connection.address
        if not self._address.startswith(("/dev/", "\\\\?\\")):
            read_address(self._address)
        self._outlet = ScanOutlet(settings, context)
        self._handle: HidHandle | None = None
        self._reader: HidPosReader | None = None
        self._began = 0.0

    def open(self) -> None:
        """Find the scanner by what it is, open it, read how its reports are laid out."""
        handle = open_hid(self._address, SCANNER_PAGE)
        layout = read_layout(bytes(handle.get_report_descriptor()))
        if not is_scanner(layout):
            handle.close()
            raise DeviceError("device_is_no_scanner", device=self._address)
        self._handle, self._reader = handle, HidPosReader(layout)
        self._began = 0.0

    def turn(self) -> None:
        """Read one report, if one comes."""
        handle, reader = self._handle, self._reader
        assert handle is not None
        assert reader is not None
        try:
            report = bytes(handle.read(_REPORT_BYTES, _TURN_MS))
        except (OSError, ValueError) as error:
            raise DeviceError("device_gone", device=self._address) from error
        now = monotonic()
        if self._began and now - self._began > _REST_S:
            reader.forget()
            self._began = 0.0
        if not report:
            return
        self._began = self._began or now
        frame = reader.feed(report)
        if frame is not None:
            took_ms = round((now - self._began) * 1000)
            self._began = 0.0
            self._outlet.take(frame, took_ms)

    def close(self) -> None:
        """Let the device go."""
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.close()


def open_hid(address: str, page: int) -> HidHandle:
    """Open a HID device.

    Args:
        address: see `hardware.scanner.usb_place`; on Windows a path of hidapi, too.
        page: usage page that the device must have.

    Raises:
        DeviceError: "device_unreachable", "device_forbidden" (errno 13).
    """
    # Late: hidapi loads libudev, and only a till with such a scanner needs it.
    # On Linux `hid` goes by libusb and takes the device from the kernel: not that.
    library = import_module("hidraw" if _HAS_HIDRAW else "hid")
    problem = DeviceError("device_unreachable", device=address)
    for path in _paths(library, address, page):
        handle: Any = library.device()
        try:
            handle.open_path(path)
        except OSError as error:
            if not os.access(path, os.R_OK | os.W_OK) and os.path.exists(path):  # noqa: PTH110 - a path of bytes
                problem = DeviceError("device_forbidden", device=address)
            problem.__cause__ = error
            continue
        found: HidHandle = handle
        return found
    raise problem


def _paths(library: Any, address: str, page: int) -> list[bytes]:
    if address.startswith(("/dev/", "\\\\?\\")):
        return [address.encode()]
    wanted = read_address(address)
    known = library.enumerate(int(wanted.vid, 16), int(wanted.pid, 16))
    found = [x for x in known if x["usage_page"] == page]
    if _HAS_HIDRAW:
        nodes = set(nodes_of(address, "hidraw"))
        return sorted({x["path"] for x in found if x["path"].decode() in nodes})
    return [x["path"] for x in found if wanted.serial in ("", x["serial_number"])]
