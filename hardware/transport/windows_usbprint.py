"""Printers of the USB printer class on Windows: its own driver, usbprint.sys.

By the device interface, without a printer queue, without Zadig and without rights of
an administrator. Tried on no Windows and with no printer yet.
"""

from __future__ import annotations

import ctypes
import sys
import time
from typing import Any

from hardware.transport.base import CHUNK_BYTES, Capabilities
from hardware.transport.failures import device_gone
from hardware.transport.windows_paths import Overlapped, path_of
from hardware.transport.windows_setupapi import USB_PRINT, interface_paths
from pos_app.errors import DeviceError

if sys.platform == "win32":
    _READ_WRITE = 0x80000000 | 0x40000000  # GENERIC_READ | GENERIC_WRITE
    _SHARED = 0x1 | 0x2  # FILE_SHARE_READ | FILE_SHARE_WRITE: usbprint.sys asks it
    _EXISTING, _OVERLAPPED = 3, 0x40000000  # OPEN_EXISTING, FILE_FLAG_OVERLAPPED
    _INVALID = ctypes.c_void_p(-1).value
    _PENDING, _WAIT_OBJECT_0 = 997, 0  # ERROR_IO_PENDING
    #: GetLastError -> what people are told.
    _KEYS = {5: "device_in_use", 32: "device_in_use", 170: "device_in_use"}
    _READ_BYTES = 4096

    class UsbPrintTransport:
        """Implements `hardware.transport.base.Transport` over usbprint.sys.

        Args:
            address: "vid:pid:serial" or "vid:pid@place"; "" for the first printer.
        """

        def __init__(self, address: str) -> None:
            self._address = address.strip()
            self._handle: int | None = None
            self._api = _kernel32()

        @property
        def identity(self) -> str:
            """The address of the settings."""
            return f"usb:{self._address}" if self._address else "usb"

        @property
        def capabilities(self) -> Capabilities:
            """Answers come back; the spooler may print on it between jobs."""
            return Capabilities(reads=True, is_exclusive=False)

        @property
        def is_open(self) -> bool:
            """Whether the device interface is held."""
            return self._handle is not None

        def open(self, deadline: float) -> None:
            """Open the interface at once, whatever the deadline."""
            del deadline
            if self._handle is not None:
                return
            path = path_of(self._address, interface_paths(USB_PRINT))
            if path is None:
                raise DeviceError("device_unreachable", device=self.identity)
            handle = self._api.CreateFileW(
                path, _READ_WRITE, _SHARED, None, _EXISTING, _OVERLAPPED, None
            )
            if handle in (None, _INVALID):
                key = _KEYS.get(ctypes.get_last_error(), "device_unreachable")
                raise DeviceError(key, device=self.identity)
            self._handle = handle

        def close(self) -> None:
            """Let the interface go."""
            handle, self._handle = self._handle, None
            if handle is not None:
                self._api.CloseHandle(ctypes.c_void_p(handle))

        def write_some(self, chunk: bytes, deadline: float) -> int:
            """Hand over bytes; what a cancelled transfer moved is counted."""
            data = chunk[:CHUNK_BYTES]
            return self._move(self._api.WriteFile, data, len(data), deadline)

        def read(self, deadline: float) -> bytes:
            """Return what came back; b"" when nothing did."""
            buffer = ctypes.create_string_buffer(_READ_BYTES)
            count = self._move(self._api.ReadFile, buffer, _READ_BYTES, deadline)
            return buffer.raw[:count]

        def _move(
            self, move: Any, data: Any, size: int, deadline: float
        ) -> int:  # ctypes
            if self._handle is None:
                raise device_gone(self.identity)
            handle = ctypes.c_void_p(self._handle)
            event = self._api.CreateEventW(None, 1, 0, None)
            state, count = Overlapped(event=event), ctypes.c_uint32()
            try:
                begun = move(handle, data, size, None, ctypes.byref(state))
                if not begun and ctypes.get_last_error() != _PENDING:
                    raise self._gone()
                wait_ms = max(1, round((deadline - time.monotonic()) * 1000))
                waited = self._api.WaitForSingleObject(ctypes.c_void_p(event), wait_ms)
                was_late = waited != _WAIT_OBJECT_0
                if was_late:
                    self._api.CancelIoEx(handle, ctypes.byref(state))
                ended = self._api.GetOverlappedResult(
                    handle, ctypes.byref(state), ctypes.byref(count), 1
                )
            finally:
                self._api.CloseHandle(ctypes.c_void_p(event))
            if not ended and not was_late:
                raise self._gone()
            return count.value

        def _gone(self) -> DeviceError:
            self.close()
            return device_gone(self.identity)

    def _kernel32() -> ctypes.WinDLL:
        api = ctypes.WinDLL("kernel32", use_last_error=True)
        api.CreateFileW.restype = ctypes.c_void_p
        api.CreateFileW.argtypes = (
            ctypes.c_wchar_p,
            ctypes.c_uint32,
            ctypes.c_uint32,
            ctypes.c_void_p,
            ctypes.c_uint32,
            ctypes.c_uint32,
            ctypes.c_void_p,
        )
        api.CreateEventW.restype = ctypes.c_void_p
        return api
