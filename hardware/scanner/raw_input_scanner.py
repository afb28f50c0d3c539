"""Windows: hears one scanner among the keyboards, through Raw Input.

Never run on Windows: tried with recorded bytes only (`hardware.scanner.raw_input`).
"""

from __future__ import annotations

import ctypes
import sys
from time import monotonic
from typing import Any

from hardware.driver import DriverContext
from hardware.scanner.framing import Frame, Framer
from hardware.scanner.key_reader import KeyReader
from hardware.scanner.outlet import ScanOutlet
from hardware.scanner.raw_input import RawKey, place_of_name, read_raw_input
from hardware.transport.usb_identity import UsbIdentity, usb_identity
from pos_app.errors import DeviceError, UserError
from pos_app.ports.devices import DeviceSettings

_TURN_MS = 400
_WM_INPUT = 0x00FF
_PM_REMOVE = 1
_QS_ALLINPUT = 0x04FF
_RID_INPUT = 0x10000003
_RIDI_DEVICENAME = 0x20000007
_RIDEV_INPUTSINK = 0x00000100
_RIDEV_REMOVE = 0x00000001
_GENERIC_DESKTOP, _KEYBOARD = 1, 6
#: HWND_MESSAGE: a window for messages, never seen.
_HWND_MESSAGE = -3
_POINTER_BYTES = ctypes.sizeof(ctypes.c_void_p)


class _RawInputDevice(ctypes.Structure):
    _fields_ = (
        ("usage_page", ctypes.c_ushort),
        ("usage", ctypes.c_ushort),
        ("flags", ctypes.c_uint),
        ("target", ctypes.c_void_p),
    )


class _Message(ctypes.Structure):
    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("wparam", ctypes.c_size_t),
        ("lparam", ctypes.c_void_p),
        ("time", ctypes.c_uint),
        ("x", ctypes.c_long),
        ("y", ctypes.c_long),
    )


class RawInputScanner:
    """Implements `hardware.scanner.device.ScannerDevice`."""

    def __init__(self, settings: DeviceSettings, context: DriverContext) -> None:
        self._address = settings.connection.address
        wanted = usb_identity(self._address)
        if wanted is None:
            raise UserError("device_setting_missing", field="address")
        # Windows' names of keyboards carry no serial number.
        self._wanted = UsbIdentity(wanted.vid, wanted.pid)
        options = settings.options
        self._outlet = ScanOutlet(settings, context)
        self._framer = Framer(str(options.get("terminator", "")))
        layout, separator = options.get("layout", "us"), options.get("gs_key", "")
        self._reader = KeyReader(str(layout), str(separator))
        self._user: Any = None
        self._window = 0
        self._is_ours: dict[int, bool] = {}
        self._began = self._last = 0.0

    def open(self) -> None:
        """Make a window without a face, and ask for every keyboard's keys."""
        self._user = _user32(self._address)
        make = self._user.CreateWindowExW
        make.restype = ctypes.c_void_p
        nothing = ctypes.c_void_p(0)
        parent = ctypes.c_void_p(_HWND_MESSAGE)
        self._window = make(
            0, "STATIC", None, 0, 0, 0, 0, 0, parent, nothing, nothing, nothing
        )
        if not self._window or not self._ask(_RIDEV_INPUTSINK, self._window):
            raise DeviceError("device_unreachable", device=self._address)

    def turn(self) -> None:
        """Read the keys that came; a silence ends what has begun."""
        patience_ms = self._framer.patience_ms()
        wait_ms = patience_ms if self._framer.is_holding else _TURN_MS
        self._user.MsgWaitForMultipleObjects(0, None, 0, wait_ms, _QS_ALLINPUT)
        message, came = _Message(), False
        while self._user.PeekMessageW(ctypes.byref(message), None, 0, 0, _PM_REMOVE):
            came = True
            if message.message == _WM_INPUT:
                self._take(message.lparam)
            self._user.DispatchMessageW(ctypes.byref(message))
        is_over = monotonic() - self._last >= patience_ms / 1000
        if not came or (self._framer.is_holding and is_over):
            self._give(self._framer.end())

    def close(self) -> None:
        """Hear no more."""
        if self._window:
            self._ask(_RIDEV_REMOVE, 0)
            self._user.DestroyWindow(ctypes.c_void_p(self._window))
            self._window = 0
        self._is_ours.clear()

    def hear(self, key: RawKey, at_s: float) -> None:
        """Take one key; of another keyboard than the scanner's it says nothing.

        Args:
            key: what was pressed or let go.
            at_s: when, in seconds of a clock that never goes back.
        """
        if not self._is_scanner(key.device):
            return
        text = self._reader.feed(key.code, key.value)
        if not text:
            return
        if not self._framer.is_holding:
            self._began = at_s
        self._last = at_s
        self._give(self._framer.feed(text.encode()))

    def _take(self, handle: int) -> None:
        size = ctypes.c_uint(0)
        header = 8 + 2 * _POINTER_BYTES
        read, where = self._user.GetRawInputData, ctypes.c_void_p(handle)
        read(where, _RID_INPUT, None, ctypes.byref(size), header)
        data = ctypes.create_string_buffer(size.value)
        read(where, _RID_INPUT, data, ctypes.byref(size), header)
        key = read_raw_input(data.raw, _POINTER_BYTES)
        if key is not None:
            self.hear(key, monotonic())

    def _is_scanner(self, device: int) -> bool:
        if device not in self._is_ours:
            self._is_ours[device] = place_of_name(self._name(device)) == self._wanted
        return self._is_ours[device]

    def _name(self, device: int) -> str:
        size = ctypes.c_uint(1024)
        name = ctypes.create_unicode_buffer(1024)
        self._user.GetRawInputDeviceInfoW(
            ctypes.c_void_p(device), _RIDI_DEVICENAME, name, ctypes.byref(size)
        )
        return name.value

    def _ask(self, flags: int, window: int) -> bool:
        wanted = _RawInputDevice(_GENERIC_DESKTOP, _KEYBOARD, flags, window)
        size = ctypes.sizeof(wanted)
        return bool(self._user.RegisterRawInputDevices(ctypes.byref(wanted), 1, size))

    def _give(self, frames: list[Frame]) -> None:
        for frame in frames:
            self._outlet.take(frame, round((self._last - self._began) * 1000))


def _user32(address: str) -> Any:
    if sys.platform == "win32":
        return ctypes.WinDLL("user32", use_last_error=True)
    raise DeviceError("device_has_no_driver", device=address)
