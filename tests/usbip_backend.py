"""A pyusb backend whose devices are written in Python: pyusb -> this -> USB/IP -> a `usbip.USBDevice`.

No kernel, no root, pure Python (run on Linux; Windows not tried).

    backend = Backend(port)                              # `port`: any usbip.Transport, see virtual_printer.UsbPort
    device = usb.core.find(idVendor=0x04B8, backend=backend)
    escpos.printer.Usb(0x04B8, 0x0202, usb_args={"backend": backend})    # python-escpos takes it too

It behaves as pyusb 1.3.1 over libusb 1.0 does on Linux, errors included (errno, libusb code and text):
  * a write that times out after some packets were taken returns the SHORT COUNT and raises nothing; a write that times
    out with nothing taken raises USBTimeoutError (errno 110);
  * an unplugged device gives errno 19 for ever on the old handle; after a replug it has a new address: find it again;
  * `kernel_driver=True`: usblp holds the interface; claiming it gives errno 16 until it is detached;
  * an interface that another handle has claimed gives errno 16;
  * `open_error` is raised by every open: `access_denied()` (no udev rule), `no_driver()` (Windows without WinUSB).
The short count, the time-out and errno 19 are checked against the real stack by `usblab selftest`. Not modelled:
isochronous transfers, more than one configuration, USB 3 streams.
"""

from __future__ import annotations

import errno
import struct
import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace

import usb.backend
import usbip
from usbip import host

from tests.usb_descriptors import (
    CONFIG,
    CONFIG_FIELDS,
    DEVICE,
    DEVICE_FIELDS,
    fill,
    interfaces,
    packet_size,
)
from tests.usbip_link import (
    IN,
    OUT,
    Link,
    access_denied,
    no_driver,
    timeout_error,
    usb_error,
)

__all__ = ["Backend", "access_denied", "no_driver", "timeout_error", "usb_error"]


@dataclass(frozen=True)
class _Device:
    """What pyusb holds as its device: one plug-in of one device."""

    link: Link
    bus: int
    address: int


@dataclass(eq=False)
class _Handle:
    device: _Device
    configuration: int = 1

    @property
    def link(self) -> Link:
        return self.device.link


class Backend(usb.backend.IBackend):  # type: ignore[misc]
    """Give it the ports of a virtual host; each is a bus of its own."""

    def __init__(
        self,
        *ports: usbip.Transport,
        kernel_driver: bool = False,
        open_error: Exception | None = None,
    ) -> None:
        self._ports = ports
        self._links: dict[tuple[int, int], Link] = {}
        self._claims: dict[tuple[Link, int], _Handle] = {}
        self._kernel_driver = kernel_driver
        self._detached: set[tuple[Link, int]] = set()
        self.open_error = open_error
        self.resets = 0  # bus resets that the host asked for

    def _finalize_object(self) -> None:  # pyusb calls this when the backend goes
        for link in self._links.values():
            link.close()

    # --- finding ----------------------------------------------------------------------------------------------------
    def enumerate_devices(self) -> Iterator[_Device]:
        for bus, port in enumerate(self._ports, 1):
            try:
                infos = host.list_devices(port)
            except (OSError, usbip.USBError):
                continue  # nothing is plugged in
            for info in infos:
                key = (bus, info["devnum"])
                if key not in self._links or not self._links[key].alive:
                    self._links[key] = Link(port, info["busid"])
                yield _Device(self._links[key], bus, info["devnum"])

    def get_parent(self, dev: _Device) -> None:
        return None

    def get_device_descriptor(self, dev: _Device) -> SimpleNamespace:
        fields = dict(
            zip(DEVICE_FIELDS, DEVICE.unpack(dev.link.device_descriptor), strict=True)
        )
        return SimpleNamespace(
            **fields,
            bus=dev.bus,
            address=dev.address,
            port_number=1,
            port_numbers=(1,),
            speed=3,
        )

    def get_configuration_descriptor(
        self, dev: _Device, config: int
    ) -> SimpleNamespace:
        if config:
            raise IndexError(f"Invalid configuration index {config}")
        fields = dict(
            zip(CONFIG_FIELDS, CONFIG.unpack_from(dev.link.configuration), strict=True)
        )
        return SimpleNamespace(**fields, extra_descriptors=[])

    def get_interface_descriptor(
        self, dev: _Device, intf: int, alt: int, config: int
    ) -> SimpleNamespace:
        return interfaces(dev.link.configuration)[intf][alt]

    def get_endpoint_descriptor(
        self, dev: _Device, ep: int, intf: int, alt: int, config: int
    ) -> SimpleNamespace:
        endpoint: SimpleNamespace = interfaces(dev.link.configuration)[intf][
            alt
        ].endpoints[ep]
        return endpoint

    # --- opening ----------------------------------------------------------------------------------------------------
    def open_device(self, dev: _Device) -> _Handle:
        if self.open_error is not None:
            raise self.open_error
        if not dev.link.alive:
            raise usb_error(errno.ENODEV)
        return _Handle(dev)

    def close_device(self, dev_handle: _Handle) -> None:
        self._claims = {
            key: owner for key, owner in self._claims.items() if owner is not dev_handle
        }

    def set_configuration(self, dev_handle: _Handle, config_value: int) -> None:
        self._request(dev_handle, 0x00, 9, config_value, 0)
        dev_handle.configuration = config_value

    def get_configuration(self, dev_handle: _Handle) -> int:
        return dev_handle.configuration

    def set_interface_altsetting(
        self, dev_handle: _Handle, intf: int, altsetting: int
    ) -> None:
        self._request(dev_handle, 0x01, 11, altsetting, intf)

    def claim_interface(self, dev_handle: _Handle, intf: int) -> None:
        key = (dev_handle.link, intf)
        if not dev_handle.link.alive:
            raise usb_error(errno.ENODEV)
        if self._claims.get(
            key, dev_handle
        ) is not dev_handle or self.is_kernel_driver_active(dev_handle, intf):
            raise usb_error(errno.EBUSY)
        self._claims[key] = dev_handle

    def release_interface(self, dev_handle: _Handle, intf: int) -> None:
        if self._claims.get((dev_handle.link, intf)) is dev_handle:
            del self._claims[(dev_handle.link, intf)]

    def reset_device(self, dev_handle: _Handle) -> None:
        self.resets += 1
        if not dev_handle.link.alive:
            raise usb_error(errno.ENODEV)

    def is_kernel_driver_active(self, dev_handle: _Handle, intf: int) -> bool:
        return self._kernel_driver and (dev_handle.link, intf) not in self._detached

    def detach_kernel_driver(self, dev_handle: _Handle, intf: int) -> None:
        if not self.is_kernel_driver_active(dev_handle, intf):
            raise usb_error(errno.ENOENT)
        self._detached.add((dev_handle.link, intf))

    def attach_kernel_driver(self, dev_handle: _Handle, intf: int) -> None:
        if (dev_handle.link, intf) in self._claims:
            raise usb_error(errno.EBUSY)
        self._detached.discard((dev_handle.link, intf))

    # --- moving bytes -----------------------------------------------------------------------------------------------
    def bulk_write(
        self, dev_handle: _Handle, ep: int, intf: int, data: array[int], timeout: int
    ) -> int:
        """Packet by packet, so that a time-out leaves the same short count that a host controller reports."""
        payload = data.tobytes()
        size = packet_size(dev_handle.link.configuration, ep)
        deadline = time.monotonic() + timeout / 1000
        sent = 0
        for at in range(0, len(payload) or 1, size):
            packet = payload[at : at + size]
            left = max(1, round((deadline - time.monotonic()) * 1000)) if timeout else 0
            transfer, timed_out = dev_handle.link.submit(
                ep & 15, OUT, bytes(8), packet, len(packet), left
            )
            sent += transfer.actual
            if timed_out:
                if sent:
                    break  # pyusb: "do not assume LIBUSB_ERROR_TIMEOUT means no I/O"
                raise timeout_error()
        return sent

    def bulk_read(
        self, dev_handle: _Handle, ep: int, intf: int, buff: array[int], timeout: int
    ) -> int:
        length = len(buff) * buff.itemsize
        transfer, timed_out = dev_handle.link.submit(
            ep & 15, IN, bytes(8), b"", length, timeout
        )
        if timed_out and not transfer.data:
            raise timeout_error()
        return fill(buff, transfer.data)

    intr_write = bulk_write
    intr_read = bulk_read

    def ctrl_transfer(
        self,
        dev_handle: _Handle,
        bmRequestType: int,
        bRequest: int,
        wValue: int,
        wIndex: int,
        data: array[int],
        timeout: int,
    ) -> int:
        length = len(data) * data.itemsize
        setup = struct.pack("<BBHHH", bmRequestType, bRequest, wValue, wIndex, length)
        if bmRequestType & 0x80:
            return fill(
                data, dev_handle.link.control(setup, IN, b"", length, timeout).data
            )
        return dev_handle.link.control(
            setup, OUT, data.tobytes(), length, timeout
        ).actual

    def clear_halt(self, dev_handle: _Handle, ep: int) -> None:
        self._request(dev_handle, 0x02, 1, 0, ep)

    def _request(
        self, handle: _Handle, kind: int, request: int, value: int, index: int
    ) -> None:
        handle.link.control(
            struct.pack("<BBHHH", kind, request, value, index, 0), OUT, b"", 0, 1000
        )
