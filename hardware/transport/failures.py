"""What the system's error numbers mean for a device."""

from __future__ import annotations

import errno

from pos_app.errors import DeviceError

#: errno -> the key of what people are told. Everything else while a device is open
#: means that it is gone, and while it is being opened that nothing answers.
_KEYS = {
    errno.EACCES: "device_forbidden",
    errno.EPERM: "device_forbidden",
    errno.EBUSY: "device_in_use",
    # A lock that another program holds on a serial port (flock).
    errno.EAGAIN: "device_in_use",
    errno.EWOULDBLOCK: "device_in_use",
}


def opening_failed(number: int | None, identity: str) -> DeviceError:
    """Return what opening a device came to.

    Args:
        number: errno; None where the system gave none.
        identity: of the device, for people.
    """
    key = _KEYS.get(number or 0, "device_unreachable")
    return DeviceError(key, device=identity)


def device_gone(identity: str) -> DeviceError:
    """Return the error of a device that was open and does not answer any more."""
    return DeviceError("device_gone", device=identity)
