"""Printers through libusb: those of a vendor's own class, or where somebody chose it.

Nothing is reset, nothing is configured that is configured already, only the one
interface is claimed, and a driver of the kernel that had it gets it back.

Where a system cannot do a thing, libusb's backend raises a kind of RuntimeError.
"""

from __future__ import annotations

import contextlib
import errno
import sys
import time
from collections.abc import Iterator
from typing import Any

from hardware.transport.base import CHUNK_BYTES, Capabilities
from hardware.transport.failures import device_gone, opening_failed
from hardware.transport.usb_identity import UsbIdentity, usb_identity
from hardware.transport.usb_interface import PrinterInterface, printer_interface
from pos_app.errors import DeviceError

#: libusb counts in milliseconds, and 0 means for ever.
_LEAST_MS = 1
#: What still lies in the printer's way back is read once more while it closes.
_READ_BYTES = 4096


class LibusbTransport:
    """Implements `hardware.transport.base.Transport` over pyusb.

    Args:
        address: "vid:pid:serial", "vid:pid@place", "vid:pid".
        backend: of pyusb; None for the system's libusb.
    """

    def __init__(self, address: str, backend: Any = None) -> None:  # pyusb has no types
        self._address = address.strip()
        self._backend = backend
        self._device: Any = None
        self._interface: PrinterInterface | None = None
        self._took_from_kernel = False

    @property
    def identity(self) -> str:
        """The address of the settings."""
        return f"usb:{self._address}"

    @property
    def capabilities(self) -> Capabilities:
        """Answers come back where there is an endpoint for them."""
        interface = self._interface
        reads = interface is None or interface.in_endpoint is not None
        return Capabilities(reads=reads, is_exclusive=True)

    @property
    def is_open(self) -> bool:
        """Whether the interface is claimed."""
        return self._device is not None

    def open(self, deadline: float) -> None:
        """Find the device by its identity and claim its one interface."""
        del deadline  # nothing here waits for the device
        if self._device is not None:
            return
        import usb.core  # late: only tills with such a printer load libusb
        import usb.util

        device = self._found()
        if device is None:
            raise DeviceError("device_unreachable", device=self.identity)
        self._took_from_kernel, self._interface = False, None
        try:
            self._claim(device)
        except (usb.core.USBError, RuntimeError) as error:
            self._give_back(device)
            raise self._refused(error) from error
        except DeviceError:
            self._give_back(device)
            raise
        self._device = device

    def close(self) -> None:
        """Release the interface and give it back to the kernel's driver."""
        device, self._device = self._device, None
        if device is not None:
            self._give_back(device)

    def write_some(self, chunk: bytes, deadline: float) -> int:
        """Hand over bytes; a time-out after some packets counts those packets."""
        device, interface = self._opened()
        import usb.core

        data = chunk[:CHUNK_BYTES]
        try:
            wait_ms = _milliseconds(deadline)
            return int(device.write(interface.out_endpoint, data, wait_ms))
        except usb.core.USBTimeoutError:
            return 0
        except usb.core.USBError as error:
            if error.errno == errno.EPIPE and self._unhalted(interface.out_endpoint):
                return 0
            raise self._gone() from error

    def read(self, deadline: float) -> bytes:
        """Return what came back; b"" when nothing did."""
        device, interface = self._opened()
        if interface.in_endpoint is None:
            return b""
        import usb.core

        size = max(_READ_BYTES, interface.packet_bytes)
        try:
            while True:
                wait_ms = _milliseconds(deadline)
                answer = bytes(device.read(interface.in_endpoint, size, wait_ms))
                if answer or time.monotonic() >= deadline:
                    return answer
                time.sleep(0.005)  # an empty packet is a pause, not an end
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as error:
            if error.errno == errno.EPIPE and self._unhalted(interface.in_endpoint):
                return b""
            raise self._gone() from error

    def _found(self) -> Any:  # pyusb's device
        identity = usb_identity(self._address)
        if identity is None:
            raise DeviceError("device_unreachable", device=self.identity)
        found = (
            device
            for device in libusb_devices(self._backend, identity)
            if identity.names(identity_of(device, is_real=self._backend is None))
        )
        return next(found, None)

    def _claim(self, device: Any) -> None:  # pyusb's device
        import usb.util

        interface = printer_interface(_configured(device))
        if interface is None:
            raise DeviceError("device_has_no_driver", device=self.identity)
        self._interface = interface
        with contextlib.suppress(RuntimeError):  # Windows has no such drivers
            if device.is_kernel_driver_active(interface.number):
                device.detach_kernel_driver(interface.number)
                self._took_from_kernel = True
        usb.util.claim_interface(device, interface.number)
        if interface.has_alternates:
            device.set_interface_altsetting(interface.number, interface.alternate)

    def _give_back(self, device: Any) -> None:  # pyusb's device
        import usb.core
        import usb.util

        gone = (usb.core.USBError, RuntimeError)
        interface = self._interface
        if interface is not None:
            with contextlib.suppress(*gone):
                usb.util.release_interface(device, interface.number)
            if self._took_from_kernel:
                with contextlib.suppress(*gone):
                    device.attach_kernel_driver(interface.number)
        with contextlib.suppress(*gone):
            usb.util.dispose_resources(device)
        self._took_from_kernel, self._interface = False, None

    def _unhalted(self, endpoint: int) -> bool:
        """Clear a halt that the printer itself set; no reset of the bus."""
        import usb.core

        try:
            self._opened()[0].clear_halt(endpoint)
        except usb.core.USBError:
            return False
        return True

    def _opened(self) -> tuple[Any, PrinterInterface]:
        if self._device is None or self._interface is None:
            raise device_gone(self.identity)
        return self._device, self._interface

    def _refused(self, error: Exception) -> DeviceError:
        if isinstance(error, RuntimeError):
            # Windows: the device has another driver than WinUSB.
            return DeviceError("device_has_no_driver", device=self.identity)
        return opening_failed(getattr(error, "errno", None), self.identity)

    def _gone(self) -> DeviceError:
        self.close()
        return device_gone(self.identity)


def libusb_devices(
    backend: Any, identity: UsbIdentity | None = None
) -> Iterator[Any]:  # pyusb
    """Return pyusb's devices, of one vendor and product or all.

    Raises:
        DeviceError: "device_library_missing" when there is no libusb.
    """
    import usb.core

    wanted: dict[str, Any] = {"find_all": True, "backend": backend or _backend()}
    if identity is not None:
        wanted["idVendor"] = int(identity.vid, 16)
        wanted["idProduct"] = int(identity.pid, 16)
    try:
        return iter(tuple(usb.core.find(**wanted)))
    except usb.core.NoBackendError as error:
        raise DeviceError("device_library_missing", library="libusb") from error
    except usb.core.USBError:
        return iter(())


def identity_of(device: Any, *, is_real: bool) -> UsbIdentity:  # pyusb's device
    """Return the identity of a pyusb device, with serial number and place."""
    import usb.core

    vid, pid = f"{device.idVendor:04x}", f"{device.idProduct:04x}"
    ports = ".".join(str(x) for x in device.port_numbers or ())
    place = f"{device.bus}-{ports}"
    if is_real and sys.platform == "linux":
        # The kernel has read it already; asking the device needs rights to open it.
        from hardware.transport.sysfs import SYS, text_of

        folder = SYS / "bus" / "usb" / "devices" / place
        return UsbIdentity(vid, pid, text_of(folder, "serial"), place)
    try:
        serial = str(device.serial_number or "")
    except (usb.core.USBError, ValueError, RuntimeError):
        serial = ""
    return UsbIdentity(vid, pid, serial, place)


def _configured(device: Any) -> Any:  # pyusb
    """Return the configuration in force; set one only where none is."""
    import usb.core

    try:
        return device.get_active_configuration()
    except usb.core.USBError as error:
        if error.errno is not None:
            raise
        device.set_configuration()
        return device.get_active_configuration()


def _backend() -> Any:  # pyusb
    if sys.platform == "win32":
        import libusb_package

        return libusb_package.get_libusb1_backend()
    return None


def _milliseconds(deadline: float) -> int:
    return max(_LEAST_MS, round((deadline - time.monotonic()) * 1000))
