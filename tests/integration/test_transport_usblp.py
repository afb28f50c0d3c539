"""The node of a printer is found by its identity; why there is none is said.

The node is a PTY here: what usblp itself does is tried in tests/usb.
"""

from __future__ import annotations

import os
import sys
import time
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.errors import DeviceError
from tests.usb_tree import UsbTree

if sys.platform == "win32":
    pytest.skip("Linux' own printer driver", allow_module_level=True)

from hardware.transport.hid import HidTransport
from hardware.transport.usblp import UsblpTransport

SCALE = bytes.fromhex("058d0920a1018503150026ff007508950509218102c0")
KEYBOARD = bytes.fromhex("05010906a101c0")


def soon(seconds: float = 5) -> float:
    return time.monotonic() + seconds


@pytest.fixture
def tree(tmp_path: Path) -> UsbTree:
    return UsbTree(tmp_path)


@pytest.fixture
def line() -> Iterator[tuple[int, str]]:
    far, near = os.openpty()
    tty.setraw(near)
    yield far, os.ttyname(near)
    for each in (far, near):
        try:
            os.close(each)
        except OSError:
            continue  # the test pulled it out


def printer(tree: UsbTree, node: str = "lp0", protocol: str = "02") -> Path:
    device = tree.plug("1-1", "04b8", "0202", serial="X3B")
    tree.interface(
        device, "07", driver="usblp", node=f"usbmisc/{node}", protocol=protocol
    )
    return tree.dev / "usb" / node


def transport(tree: UsbTree, address: str = "04b8:0202:X3B") -> UsblpTransport:
    return UsblpTransport(address, tree.sys, tree.dev)


def lead_to(node: Path, name: str) -> None:
    node.unlink()
    node.symlink_to(name)


@pytest.mark.parametrize("address", ["04b8:0202:X3B", "04b8:0202@1-1", ""])
def test_a_printer_is_found_whatever_its_node_is_called(tree, line, address) -> None:
    far, name = line
    lead_to(printer(tree, "lp7"), name)
    found = transport(tree, address)
    found.open(soon())
    assert found.write_some(b"\x10\x04\x01", soon()) == 3
    assert os.read(far, 10) == b"\x10\x04\x01"
    os.write(far, b"\x12")
    assert found.read(soon()) == b"\x12"
    assert found.read(soon(0.05)) == b""
    assert found.port_status() is None  # a line has no such status
    found.close()
    assert not found.is_open


def test_a_printer_without_a_way_back_is_known_as_such(tree, line) -> None:
    lead_to(printer(tree, protocol="01"), line[1])
    found = transport(tree)
    found.open(soon())
    assert not found.capabilities.reads
    found.close()


def test_a_stalled_printer_gives_short_counts(tree, line) -> None:
    far, name = line
    lead_to(printer(tree), name)
    found = transport(tree)
    found.open(soon())
    sent = 0
    while taken := found.write_some(b"Z" * 4096, soon(0.1)):
        sent += taken
    arrived = b""
    while len(arrived) < sent:
        arrived += os.read(far, 65536)
    assert len(arrived) == sent
    found.close()


def test_a_node_that_hung_up_is_gone(tree, line) -> None:
    far, name = line
    lead_to(printer(tree), name)
    found = transport(tree)
    found.open(soon())
    os.close(far)
    with pytest.raises(DeviceError) as caught:
        found.read(soon())
    assert caught.value.key == "device_gone"
    assert not found.is_open


def test_why_there_is_no_node_is_said(tree) -> None:
    with pytest.raises(DeviceError) as missing:
        transport(tree).open(soon())
    assert missing.value.key == "device_unreachable"
    device = tree.plug("1-1", "04b8", "0202", serial="X3B")
    with pytest.raises(DeviceError) as bare:
        transport(tree).open(soon())
    assert bare.value.key == "device_has_no_driver"
    tree.interface(device, "07", driver="usbfs")
    with pytest.raises(DeviceError) as taken:
        transport(tree).open(soon())
    assert taken.value.key == "device_in_use"


# --------------------------------------------------------------------------- HID
def hidraw(tree: UsbTree) -> Path:
    """Plug in a scale that is a keyboard as well, as some are."""
    device = tree.plug("1-2", "0922", "8003", serial="9")
    parts = (("hidraw0", KEYBOARD), ("hidraw1", SCALE))
    for number, (node, descriptor) in enumerate(parts):
        folder = tree.interface(device, "03", node=f"hidraw/{node}", number=number)
        (folder / "report_descriptor").write_bytes(descriptor)
    node = tree.dev / "hidraw1"
    node.unlink()
    os.mkfifo(node)
    return node


def test_the_part_of_a_device_that_weighs_is_opened(tree) -> None:
    hidraw(tree)
    scale = HidTransport("0922:8003:9", tree.sys, tree.dev)
    scale.open(soon())
    report = bytes([3, 4, 2, 0xFF, 0x39, 0x30])
    assert scale.write_some(report, soon()) == len(report)  # a FIFO gives it back
    assert scale.read(soon()) == report
    assert scale.read(soon(0.05)) == b""
    scale.close()
    assert not scale.is_open


def test_a_hid_device_that_is_not_there_is_unreachable(tree) -> None:
    with pytest.raises(DeviceError) as caught:
        HidTransport("0922:8003:9", tree.sys, tree.dev).open(soon())
    assert caught.value.key == "device_unreachable"
