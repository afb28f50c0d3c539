"""What is found on a counter has an address that finds it again, and a driver."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.discovery.hid_devices import (
    found_by_hidapi,
    hid_devices,
    keyboards,
    types_digits,
)
from hardware.discovery.queues import read_lpstat
from hardware.discovery.search import arranged
from hardware.discovery.serial_devices import serial_devices
from hardware.discovery.usb_printers import ieee1284_fields, linux_printers
from hardware.transport.hid_usages import top_usages
from hardware.transport.serial_ports import SerialPort
from hardware.transport.usb_identity import UsbIdentity
from pos_app.ports.devices import ConnectionKind, DeviceCategory
from tests.usb_tree import UsbTree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="reads Linux' /sys")

#: As they are in the descriptors of a scanner, a scale, a keyboard (HID 1.11, E.6).
SCANNER = bytes.fromhex(
    "058c0902a1010912a1028502150026ff007508950309fb09fc09fd8102953b09fe820201950109ff8102c0c0"
)
SCALE = bytes.fromhex("058d0920a1018503150026ff007508950509218102c0")
KEYBOARD = bytes.fromhex(
    "05010906a101050719e029e71500250175019508810295017508810395067508150025650507190029658100c0"
)
#: capabilities/key of a usual keyboard, and of a mouse.
KEYS = "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe"
MOUSE = "1f0000 0 0 0 0"
ID = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;"


@pytest.fixture
def tree(tmp_path: Path) -> UsbTree:
    return UsbTree(tmp_path)


# ---------------------------------------------------------------------- printers
def test_a_printer_of_the_class_is_found_with_what_it_says_of_itself(tree) -> None:
    device = tree.plug(
        "1-1", "04b8", "0202", serial="X3B", manufacturer="EPSON", product="TM-T88V"
    )
    interface = tree.interface(device, "07", driver="usblp", node="usbmisc/lp0")
    (interface / "ieee1284_id").write_text(ID)
    (found,) = linux_printers(tree.sys, tree.dev)
    assert found.connection.kind is ConnectionKind.USB_PRINTER
    assert found.connection.address == "04b8:0202:X3B"
    assert (found.name, found.problem) == ("EPSON TM-T88V", "")
    assert found.keywords["ieee1284"] == ID
    assert found.keywords["model"] == "TM-T88V"
    assert found.keywords["languages"] == "ESC/POS"
    assert found.keywords["class"] == "07"


def test_a_printer_has_a_driver_by_what_it_says_and_a_bare_port_has_none(tree) -> None:
    for place, vid, said in (
        ("1-1", "04b8", ID),
        ("1-2", "0519", "MFG:Star;CMD:STAR;MDL:TSP143;"),
        ("1-3", "0a5f", "MFG:Zebra;CMD:ZPL;MDL:ZD420;"),
    ):
        device = tree.plug(place, vid, "0001", serial=place)
        interface = tree.interface(device, "07", driver="usblp")
        (interface / "ieee1284_id").write_text(said)
    bare = serial_devices([SerialPort("COM1", None, "COM1")])
    found = arranged((*linux_printers(tree.sys, tree.dev), *bare))
    assert [(x.driver, x.category) for x in found] == [
        ("escpos", DeviceCategory.RECEIPT_PRINTER),
        ("star", DeviceCategory.RECEIPT_PRINTER),
        ("zpl", DeviceCategory.LABEL_PRINTER),
        ("", None),
    ]


def test_a_makers_own_class_is_reached_through_libusb(tree) -> None:
    known = tree.plug("1-1", "0519", "0001", product="TSP100")
    tree.interface(known, "ff")
    stranger = tree.plug("1-2", "abcd", "0001", product="A phone")
    tree.interface(stranger, "ff")
    (found,) = linux_printers(tree.sys, tree.dev)
    assert found.connection.kind is ConnectionKind.USB
    assert found.connection.address == "0519:0001@1-1"


def test_a_printer_that_another_program_took_is_in_use(tree) -> None:
    device = tree.plug("1-1", "04b8", "0202", serial="X3B", product="TM")
    tree.interface(device, "07", driver="usbfs")
    (found,) = linux_printers(tree.sys, tree.dev)
    assert found.problem == "device_in_use"


@pytest.mark.skipif(
    not hasattr(__import__("os"), "geteuid") or __import__("os").geteuid() == 0,
    reason="root may everything",
)
def test_a_printer_without_rights_is_forbidden(tree) -> None:
    device = tree.plug("1-1", "04b8", "0202", serial="X3B", product="TM")
    tree.interface(device, "07", driver="usblp", node="usbmisc/lp0")
    (tree.dev / "usb" / "lp0").chmod(0)
    (found,) = linux_printers(tree.sys, tree.dev)
    assert found.problem == "device_forbidden"


def test_the_ieee_1284_id_is_read_however_it_is_written() -> None:
    read = ieee1284_fields("MANUFACTURER:Star; MODEL:TSP143 ;COMMAND SET:STAR;X;:;")
    assert read == {"maker": "Star", "model": "TSP143", "languages": "STAR"}


@given(st.text(max_size=200))
def test_any_id_is_read(text) -> None:
    assert all(ieee1284_fields(text).values())


# --------------------------------------------------------------------------- HID
def test_the_usages_of_a_descriptor_are_those_of_its_outermost_collections() -> None:
    assert top_usages(SCANNER) == ((0x8C, 0x02),)
    assert top_usages(SCALE) == ((0x8D, 0x20),)
    assert top_usages(KEYBOARD + SCALE) == ((0x01, 0x06), (0x8D, 0x20))


@given(st.binary(max_size=5000))
def test_any_descriptor_is_read_and_none_hangs(descriptor) -> None:
    assert len(top_usages(descriptor)) <= len(descriptor)


def hid(tree: UsbTree, place: str, vid: str, node: str, descriptor: bytes) -> None:
    device = tree.plug(place, vid, "0001", serial=f"S{place}", product="HID thing")
    folder = tree.interface(device, "03", driver="usbhid", node=f"hidraw/{node}")
    (folder / "report_descriptor").write_bytes(descriptor)


def test_scanners_and_scales_are_told_by_their_usage_pages(tree) -> None:
    hid(tree, "1-1", "0c2e", "hidraw0", SCANNER)
    hid(tree, "1-2", "0922", "hidraw1", SCALE)
    hid(tree, "1-3", "046d", "hidraw2", KEYBOARD)
    found = arranged(hid_devices(tree.sys, tree.dev))
    assert [(x.category, x.keywords["usage_page"]) for x in found] == [
        (DeviceCategory.SCANNER, "8c"),
        (DeviceCategory.SCALE, "8d"),
    ]
    assert found[0].connection.address == "0c2e:0001:S1-1"
    assert [x.driver for x in found] == ["scanner_hid_pos", "scale_hid"]


def test_hidapis_list_is_read_the_same_way() -> None:
    listed = [
        {
            "vendor_id": 0x0922,
            "product_id": 0x8003,
            "serial_number": "9",
            "usage_page": 0x8D,
            "usage": 0x20,
            "product_string": "M10",
            "manufacturer_string": "DYMO",
        },
        {"vendor_id": 1, "product_id": 2, "usage_page": 1, "usage": 6},
    ]
    (found,) = found_by_hidapi(listed)
    assert (found.name, found.connection.address) == ("DYMO M10", "0922:8003:9")


# --------------------------------------------------------------------- keyboards
def test_only_what_types_digits_and_enter_may_be_a_scanner() -> None:
    assert types_digits(KEYS)
    assert not types_digits(MOUSE)
    assert not types_digits("")
    assert not types_digits("not hexadecimal")


def test_a_scanner_that_types_is_told_from_somebodys_keyboard(tree) -> None:
    for place, vid, product in (("1-1", "05e0", "LS2208"), ("1-2", "046d", "K120")):
        device = tree.plug(place, vid, "1200", product=product)
        folder = tree.interface(device, "03", node=f"input/event{place[-1]}")
        (folder / "capabilities").mkdir()
        (folder / "capabilities" / "key").write_text(KEYS)
    scanner, keyboard = keyboards(tree.sys, tree.dev)
    assert scanner.category is DeviceCategory.SCANNER
    assert scanner.connection.kind is ConnectionKind.KEYBOARD
    assert keyboard.category is None


# ------------------------------------------------------------------ serial ports
def test_serial_ports_are_guessed_by_maker_and_name() -> None:
    ports = [
        SerialPort("/dev/none0", UsbIdentity("0c2e", "0b6a", "S1", "1-1"), "1950g"),
        SerialPort("/dev/none1", UsbIdentity("1a86", "7523", "", "1-2"), "USB Serial"),
        SerialPort("/dev/ttyGS0", None, "ttyGS0"),
        SerialPort("COM1", None, "COM1"),
    ]
    found = serial_devices(ports)
    assert [(x.connection.address, x.category) for x in found] == [
        ("0c2e:0b6a:S1", DeviceCategory.SCANNER),
        ("1a86:7523@1-2", None),
        ("COM1", None),
    ]


# ------------------------------------------------------------------------ queues
def test_the_queues_of_cups_are_read() -> None:
    text = (
        "device for slips: usb://EPSON/TM-T88V?serial=4A4D%20X\n"
        "device for office: ipp://printer.local/ipp/print\n"
        "no such line\n"
    )
    slips, office = read_lpstat(text)
    assert slips.keywords["model"] == "TM-T88V"
    assert slips.keywords["serial_number"] == "4A4D X"
    assert office.connection.address == "office"


@given(st.text(max_size=300))
def test_whatever_cups_says_is_read(text) -> None:
    for found in read_lpstat(text):
        assert found.connection.kind is ConnectionKind.QUEUE
