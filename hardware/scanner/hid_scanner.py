"""A scanner that speaks HID POS: hidraw on Linux, hidapi on Windows."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from hardware.driver import DriverContext
from hardware.scanner.hid_descriptor import SCANNER_PAGE, read_layout
from hardware.scanner.hid_pos import HidPosReader, is_scanner
from hardware.scanner.outlet import ScanOutlet
from hardware.transport.hid import hidraw_usages
from hardware.transport.sysfs import SYS, find_usb, nodes_of
from hardware.transport.usb_identity import usb_identity
from pos_app.errors import DeviceError, UserError
from pos_app.ports.devices import DeviceSettings

_OPEN_S = 2.0
_TURN_S = 0.4
#: The rest of a code that takes several reports comes within this, in seconds.
_REST_S = 1.0


def report_descriptor(address: str) -> bytes:
    """Return the report descriptor of a scanner; b"" where it is not plugged in.

    Args:
        address: "vid:pid:serial", "vid:pid@place", "/dev/hidraw0".
    """
    if sys.platform == "win32":
        return _descriptor_on_windows(address)
    for name in _hidraw_names(address):
        file = SYS / "class" / "hidraw" / name / "device" / "report_descriptor"
        try:
            return file.read_bytes()
        except OSError:
            continue
    return b""


class HidScanner:
    """Implements `hardware.scanner.device.ScannerDevice`.

    Args:
        settings: of the scanner.
        context: opens its transport, whose `read` gives one report.
        descriptor_of: how its reports are laid out.
    """

    def __init__(
        self,
        settings: DeviceSettings,
        context: DriverContext,
        descriptor_of: Callable[[str], bytes] = report_descriptor,
    ) -> None:
        self._address = settings.connection.address
        is_node = self._address.startswith("/")
        if not is_node and usb_identity(self._address) is None:
            raise UserError("device_setting_missing", field="address")
        self._transport = context.open_transport(settings.connection)
        self._descriptor_of = descriptor_of
        self._outlet = ScanOutlet(settings, context)
        self._reader: HidPosReader | None = None
        self._began = 0.0

    def open(self) -> None:
        """Open the scanner; read how its reports are laid out."""
        self._transport.open(monotonic() + _OPEN_S)
        layout = read_layout(self._descriptor_of(self._address))
        if not is_scanner(layout):
            raise DeviceError("device_is_no_scanner", device=self._address)
        self._reader = HidPosReader(layout)
        self._began = 0.0

    def turn(self) -> None:
        """Read one report, if one comes."""
        reader = self._reader
        assert reader is not None
        report = self._transport.read(monotonic() + _TURN_S)
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
        self._transport.close()


def _hidraw_names(address: str) -> list[str]:
    """Return its nodes, those that say they are scanners first."""
    if address.startswith("/"):
        return [Path(address).name]
    identity = usb_identity(address)
    device = None if identity is None else find_usb(identity)
    names = [] if device is None else [x.name for x in nodes_of(device, "hidraw*")]
    return sorted(names, key=lambda name: not _says_scanner(name))


def _says_scanner(name: str) -> bool:
    return any(page == SCANNER_PAGE for page, _ in hidraw_usages(name))


if sys.platform == "win32":

    def _descriptor_on_windows(address: str) -> bytes:
        """Ask hidapi, which makes it of what Windows tells; never run on Windows."""
        import hid  # late: only tills with such a scanner

        wanted = usb_identity(address)
        assert wanted is not None
        for each in hid.enumerate(int(wanted.vid, 16), int(wanted.pid, 16)):
            if each["usage_page"] == SCANNER_PAGE:
                device = hid.device()
                try:
                    device.open_path(each["path"])
                    return bytes(device.get_report_descriptor())
                except OSError:
                    continue
                finally:
                    device.close()
        return b""
