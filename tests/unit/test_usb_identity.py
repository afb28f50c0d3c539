"""A USB device is found again by its serial number, else by where it is plugged in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.transport.serial_ports import SerialPort, port_address, port_of
from hardware.transport.sysfs import find_usb, nodes_of, usb_devices
from hardware.transport.usb_identity import (
    UsbIdentity,
    settled_identity,
    usb_identity,
)
from hardware.transport.windows_paths import (
    DeviceInterfaceData,
    Guid,
    Overlapped,
    guid_of,
    identity_of_path,
    path_of,
)
from tests.usb_tree import UsbTree

EPSON = UsbIdentity("04b8", "0202", "X3B0012345", "1-1.2")
ACM_A = SerialPort("/dev/ttyACM0", UsbIdentity("0c2e", "0b6a", "S1", "1-3"), "scanner")
ACM_B = SerialPort("/dev/ttyACM1", UsbIdentity("0c2e", "0b6a", "S2", "1-4"), "scanner")


@pytest.mark.parametrize(
    ("address", "identity"),
    [
        ("04b8:0202:X3B0012345", UsbIdentity("04b8", "0202", "X3B0012345")),
        ("04B8:0202@1-1.2", UsbIdentity("04b8", "0202", "", "1-1.2")),
        ("04b8:0202", UsbIdentity("04b8", "0202")),
        ("04b8:0202:A:B@C", UsbIdentity("04b8", "0202", "A:B@C")),
        ("/dev/ttyS0", None),
        ("COM3", None),
        ("", None),
        ("04b8:020", None),
        ("192.168.1.62:9100", None),
    ],
)
def test_an_address_names_a_usb_device_or_it_does_not(address, identity) -> None:
    assert usb_identity(address) == identity


@given(
    st.builds(
        UsbIdentity,
        st.from_regex(r"[0-9a-f]{4}", fullmatch=True),
        st.from_regex(r"[0-9a-f]{4}", fullmatch=True),
        st.from_regex(r"([!-~]([ -~]*[!-~])?)?", fullmatch=True),
    )
)
def test_an_identity_reads_back_as_it_was_written(identity) -> None:
    assert usb_identity(str(identity)) == identity


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_none(text) -> None:
    identity = usb_identity(text)
    assert identity is None or str(identity).lower().startswith(identity.vid)


def test_a_serial_number_wins_over_the_place_and_a_place_over_nothing() -> None:
    moved = UsbIdentity("04b8", "0202", "X3B0012345", "2-4")
    other = UsbIdentity("04b8", "0202", "X3B0099999", "1-1.2")
    assert settled_identity(EPSON, [EPSON, other]).names(moved)
    assert not settled_identity(EPSON, [EPSON, other]).names(other)
    assert usb_identity("04b8:0202@1-1.2").names(other)
    assert not usb_identity("04b8:0202@1-1.2").names(moved)


@pytest.mark.parametrize("serial", ["", "00000000", "0"])
def test_a_device_without_a_serial_number_is_named_by_its_place(serial) -> None:
    clone = UsbIdentity("0416", "5011", serial, "1-1.3")
    assert str(settled_identity(clone, [clone])) == "0416:5011@1-1.3"


def test_two_devices_with_one_serial_number_are_named_by_their_places() -> None:
    left = UsbIdentity("0416", "5011", "POS58", "1-1")
    right = UsbIdentity("0416", "5011", "POS58", "1-2")
    assert str(settled_identity(left, [left, right])) == "0416:5011@1-1"
    assert str(settled_identity(left, [left])) == "0416:5011:POS58"


# ------------------------------------------------------------------- Linux' /sys
def test_a_device_leads_to_its_nodes(tmp_path: Path) -> None:
    tree = UsbTree(tmp_path)
    hub = tree.plug("1-1", "1d6b", "0002")
    tree.interface(hub, "09")
    printer = tree.plug("1-1.2", "04b8", "0202", serial="X3B0012345", product="TM")
    tree.interface(printer, "07", driver="usblp", node="usbmisc/lp3")
    found = find_usb(EPSON, tree.sys)
    assert found is not None
    assert found.identity == EPSON
    assert found.interfaces[0].driver == "usblp"
    assert nodes_of(found, "lp*", tree.dev) == (tree.dev / "usb" / "lp3",)
    assert nodes_of(found, "ttyACM*", tree.dev) == ()
    assert find_usb(UsbIdentity("04b8", "0202", "other"), tree.sys) is None


def test_a_computer_without_usb_has_no_devices(tmp_path: Path) -> None:
    assert usb_devices(tmp_path) == ()


# ------------------------------------------------------------------ serial ports
def test_a_serial_port_is_found_under_whatever_name_it_has_now() -> None:
    renamed = SerialPort("/dev/ttyACM7", ACM_B.identity, "scanner")
    address = port_address(ACM_B, [ACM_A, ACM_B])
    assert address == "0c2e:0b6a:S2"
    assert port_of(address, [ACM_A, renamed]) == "/dev/ttyACM7"
    assert port_of(address, [ACM_A]) is None


def test_a_port_without_identity_keeps_its_name() -> None:
    com = SerialPort("COM1", None, "COM1")
    assert port_address(com, [com, ACM_A]) == "COM1"
    assert port_of("COM1", [ACM_A]) == "COM1"
    assert port_of("", [ACM_A]) is None


def test_the_ports_of_one_adapter_are_told_apart() -> None:
    first = UsbIdentity("0403", "6011", "FT1", "1-5:1.0")
    second = UsbIdentity("0403", "6011", "FT1", "1-5:1.1")
    ports = [
        SerialPort("/dev/ttyUSB0", first, ""),
        SerialPort("/dev/ttyUSB1", second, ""),
    ]
    addresses = [port_address(x, ports) for x in ports]
    assert addresses == ["0403:6011@1-5:1.0", "0403:6011@1-5:1.1"]
    assert [port_of(x, ports) for x in addresses] == ["/dev/ttyUSB0", "/dev/ttyUSB1"]


# ----------------------------------------------------------------------- Windows
#: As SetupAPI writes them (Microsoft's pages on device instance ids).
WITH_SERIAL = (
    r"\\?\usb#vid_04b8&pid_0202#x3b0012345#{28d78fad-5a12-11d1-ae5b-0000f803a8c2}"
)
WITHOUT = (
    r"\\?\usb#vid_0416&pid_5011#6&2a5b1c9e&0&2#"
    r"{28d78fad-5a12-11d1-ae5b-0000f803a8c2}"
)
COMPOSITE = (
    r"\\?\usb#vid_04b8&pid_0e15&mi_00#7&1c4d2f3a&0&0000#"
    r"{28d78fad-5a12-11d1-ae5b-0000f803a8c2}"
)


def test_a_path_of_windows_names_its_device() -> None:
    known = identity_of_path(WITH_SERIAL)
    assert known == UsbIdentity("04b8", "0202", "x3b0012345", "x3b0012345")
    assert identity_of_path(WITHOUT) == UsbIdentity(
        "0416", "5011", "", "6&2a5b1c9e&0&2"
    )
    assert identity_of_path(COMPOSITE).serial == ""
    assert identity_of_path(r"\\?\hid#vid_04b8&pid_0202#1#{0}") is None


def test_an_address_finds_its_path_in_any_case() -> None:
    paths = [WITHOUT, WITH_SERIAL, COMPOSITE]
    assert path_of("04b8:0202:X3B0012345", paths) == WITH_SERIAL
    assert path_of("0416:5011@6&2A5B1C9E&0&2", paths) == WITHOUT
    assert path_of("", paths) == WITHOUT
    assert path_of("1234:5678", paths) is None


def test_windows_structures_have_the_sizes_of_its_headers() -> None:
    import ctypes

    assert ctypes.sizeof(Guid) == 16
    if ctypes.sizeof(ctypes.c_void_p) == 8:
        assert ctypes.sizeof(DeviceInterfaceData) == 32
        assert ctypes.sizeof(Overlapped) == 32
    guid = guid_of("28D78FAD-5A12-11D1-AE5B-0000F803A8C2")
    assert bytes(guid).hex() == "ad8fd728125ad111ae5b0000f803a8c2"
