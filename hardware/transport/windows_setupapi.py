"""Device interfaces that Windows has now, asked of setupapi.dll.

Tried on no Windows and with no device yet; written after setupapi.h and its pages.
"""

from __future__ import annotations

import ctypes
import sys

from hardware.transport.windows_paths import DeviceInterfaceData, guid_of

#: GUID_DEVINTERFACE_USBPRINT (usbprint.h).
USB_PRINT = "28D78FAD-5A12-11D1-AE5B-0000F803A8C2"

if sys.platform == "win32":
    _PRESENT, _INTERFACES = 0x02, 0x10  # DIGCF_PRESENT, DIGCF_DEVICEINTERFACE
    _INVALID = ctypes.c_void_p(-1).value
    #: The size field of SP_DEVICE_INTERFACE_DETAIL_DATA_W holds that of its fixed
    #: part with the compiler's padding, not of the path behind it.
    _DETAIL_BYTES = 8 if ctypes.sizeof(ctypes.c_void_p) == 8 else 6

    def interface_paths(interface_class: str) -> tuple[str, ...]:
        """Return the paths of a class's devices that are plugged in now."""
        api = ctypes.WinDLL("setupapi", use_last_error=True)
        api.SetupDiGetClassDevsW.restype = ctypes.c_void_p
        guid = guid_of(interface_class)
        devices = api.SetupDiGetClassDevsW(
            ctypes.byref(guid), None, None, _PRESENT | _INTERFACES
        )
        if devices in (None, _INVALID):
            return ()
        found = []
        try:
            at, data = 0, DeviceInterfaceData()
            data.size = ctypes.sizeof(DeviceInterfaceData)
            while api.SetupDiEnumDeviceInterfaces(
                ctypes.c_void_p(devices),
                None,
                ctypes.byref(guid),
                at,
                ctypes.byref(data),
            ):
                found.append(_path(api, devices, data))
                at += 1
        finally:
            api.SetupDiDestroyDeviceInfoList(ctypes.c_void_p(devices))
        return tuple(x for x in found if x)

    def _path(api: ctypes.WinDLL, devices: int, data: DeviceInterfaceData) -> str:
        ask = api.SetupDiGetDeviceInterfaceDetailW
        needed = ctypes.c_uint32()
        where = ctypes.c_void_p(devices)
        ask(where, ctypes.byref(data), None, 0, ctypes.byref(needed), None)
        if needed.value <= _DETAIL_BYTES:
            return ""
        detail = ctypes.create_string_buffer(needed.value)
        ctypes.c_uint32.from_buffer(detail).value = _DETAIL_BYTES
        if not ask(where, ctypes.byref(data), detail, needed, None, None):
            return ""
        return detail.raw[4:].decode("utf-16-le", "replace").partition("\0")[0]

else:

    def interface_paths(interface_class: str) -> tuple[str, ...]:
        """Return nothing: there is no SetupAPI here."""
        del interface_class
        return ()
