"""Word of plugging from Windows' configuration manager (Windows 8 and later).

Written after cfgmgr32.h; tried on no Windows yet. Where it fails the till looks for
itself every two seconds.
"""

from __future__ import annotations

import ctypes
import sys
import threading

if sys.platform == "win32":
    _ALL_INTERFACES = 1  # CM_NOTIFY_FILTER_FLAG_ALL_INTERFACE_CLASSES
    _FILTER_BYTES = 416  # sizeof(CM_NOTIFY_FILTER): 16 and a union of 200 WCHARs
    _Told = ctypes.WINFUNCTYPE(
        ctypes.c_uint32,
        ctypes.c_void_p,
        ctypes.c_void_p,
        ctypes.c_uint32,
        ctypes.c_void_p,
        ctypes.c_uint32,
    )

    class WindowsSource:
        """Implements `hardware.hotplug.PlugSource`.

        Raises:
            OSError: this Windows has no such notifications.
        """

        def __init__(self) -> None:
            self._changed = threading.Event()
            self._is_interrupted = False
            self._told = _Told(self._hear)  # must live as long as the registration
            self._api = ctypes.WinDLL("cfgmgr32")
            self._handle = ctypes.c_void_p()
            wanted = (ctypes.c_uint32 * (_FILTER_BYTES // 4))()
            wanted[0], wanted[1], wanted[2] = _FILTER_BYTES, _ALL_INTERFACES, 0
            try:
                failed = self._api.CM_Register_Notification(
                    ctypes.byref(wanted), None, self._told, ctypes.byref(self._handle)
                )
            except AttributeError as error:
                raise OSError("this Windows does not tell of plugging") from error
            if failed:
                raise OSError(f"CM_Register_Notification: {failed}")

        def wait(self, timeout_s: float) -> bool:
            """See `PlugSource.wait`."""
            was_told = self._changed.wait(timeout_s)
            self._changed.clear()
            return was_told and not self._is_interrupted

        def interrupt(self) -> None:
            """See `PlugSource.interrupt`."""
            self._is_interrupted = True
            self._changed.set()

        def close(self) -> None:
            """Waits for a word under way, then hears no more."""
            self._api.CM_Unregister_Notification(self._handle)

        def _hear(self, *_: object) -> int:
            self._changed.set()
            return 0
