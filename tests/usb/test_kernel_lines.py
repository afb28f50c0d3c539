"""Serial lines and HID devices through the real kernel: cdc-acm, usbhid, hidraw."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from hardware.transport.base import Transport
from hardware.transport.opening import transport_of
from pos_app.errors import DeviceError
from pos_app.ports.devices import Connection, ConnectionKind

gadgets = pytest.importorskip("gadgets", reason="only in the lab's machine")
pytestmark = pytest.mark.usb


def soon(seconds: float = 10) -> float:
    return time.monotonic() + seconds


def transport_to(device: Any, kind: ConnectionKind, **options: str | int) -> Transport:
    address = f"{device.vid:04x}:{device.pid:04x}:{device.serial}"
    transport = transport_of(Connection(kind, address, options))
    transport.open(soon())
    return transport


def read_until(transport: Transport, end: bytes) -> bytes:
    said, ends = b"", soon(20)
    while not said.endswith(end) and time.monotonic() < ends:
        said += transport.read(soon(0.5))
    return said


def aside(act: Callable[..., None], *arguments: Any, **named: Any) -> None:
    """A pretend device's report waits until it is read."""
    threading.Thread(target=act, args=arguments, kwargs=named, daemon=True).start()


def test_scale_7e1() -> None:
    """a serial scale answers at 9600 7E1, found by its serial number"""
    with gadgets.AcmScale() as scale:
        scale.host_node("ttyACM*")
        scale.weight = "01.235"
        line = {"baud": 9600, "bytesize": 7, "parity": "E"}
        transport = transport_to(scale, ConnectionKind.SERIAL, **line)
        assert transport.write_some(b"W", soon()) == 1
        assert read_until(transport, b"\r") == b"\x0201.235\r"
        transport.close()


def test_serial_unplugged() -> None:
    """a serial device that was pulled out is gone, and is found under its new name"""
    with gadgets.AcmScale() as scale:
        scale.host_node("ttyACM*")
        transport = transport_to(scale, ConnectionKind.SERIAL)
        scale.unplug()
        with pytest.raises(DeviceError) as caught:
            transport.read(soon())
        assert caught.value.key == "device_gone"
        with gadgets.AcmGadget():  # takes the name that the scale had
            scale.plug()
            scale.host_node("ttyACM*")
            transport.open(soon())
            transport.write_some(b"W", soon())
            assert read_until(transport, b"\r") == b"\x0200.000\r"
            transport.close()


def test_serial_in_use() -> None:
    """a second program on a serial port is told that it is in use"""
    with gadgets.AcmScale() as scale:
        scale.host_node("ttyACM*")
        first = transport_to(scale, ConnectionKind.SERIAL)
        with pytest.raises(DeviceError) as caught:
            transport_to(scale, ConnectionKind.SERIAL)
        assert caught.value.key == "device_in_use"
        first.close()
        transport_to(scale, ConnectionKind.SERIAL).close()


def test_hid_scale() -> None:
    """a HID scale gives whole reports, and is gone when it is pulled out"""
    with gadgets.HidScale() as scale:
        scale.host_node("hidraw*")
        transport = transport_to(scale, ConnectionKind.HID)
        aside(scale.weigh, 12345, exponent=-1)
        report = transport.read(soon())
        assert report[:6] == bytes([3, scale.STABLE, scale.GRAM, 0xFF, 0x39, 0x30])
        scale.unplug()
        with pytest.raises(DeviceError) as caught:
            transport.read(soon())
        assert caught.value.key == "device_gone"


def test_hid_scanner() -> None:
    """a HID POS scanner gives its AIM identifier and every byte of a long code"""
    with gadgets.HidPosScanner() as scanner:
        scanner.host_node("hidraw*")
        transport = transport_to(scanner, ConnectionKind.HID)
        code = b"0109506000134352" + b"10LOT-1\x1d" + b"21" + b"S" * 50
        aside(scanner.scan, code, aim=b"]d2")
        reports = [transport.read(soon()), transport.read(soon())]
        assert [x[:4] for x in reports] == [b"\x02]d2"] * 2
        assert b"".join(x[4:63] for x in reports).rstrip(b"\0") == code
        transport.close()
