"""A serial line: settings are read, counts are exact, an unplugged line is gone."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator

import pytest

from hardware.transport.opening import transport_of
from hardware.transport.serial_line import SerialLine, line_of
from pos_app.errors import DeviceError, UserError
from pos_app.ports.devices import Connection, ConnectionKind

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a PTY")


def soon(seconds: float = 60) -> float:
    return time.monotonic() + seconds


def serial_at(address: str, **options):
    return transport_of(Connection(ConnectionKind.SERIAL, address, options))


@pytest.fixture
def line() -> Iterator[tuple[int, str]]:
    far, near = os.openpty()
    yield far, os.ttyname(near)
    for each in (far, near):
        try:
            os.close(each)
        except OSError:
            continue  # the test pulled it out


def test_bytes_go_both_ways_and_none_is_changed(line) -> None:
    far, name = line
    transport = serial_at(name)
    transport.open(soon())
    everything = bytes(range(256))
    assert transport.write_some(everything, soon()) == 256
    assert os.read(far, 1000) == everything
    os.write(far, everything)
    said = b""
    while len(said) < 256:
        said += transport.read(soon())
    assert said == everything
    assert transport.read(soon(0.05)) == b""
    transport.close()
    assert not transport.is_open


def test_a_line_that_is_held_gives_short_counts_and_never_waits_for_ever(line) -> None:
    far, name = line
    transport = serial_at(name)
    transport.open(soon())
    sent = 0
    while taken := transport.write_some(b"Z" * 4096, soon(0.1)):
        sent += taken
        assert sent < 10_000_000
    arrived = b""
    while len(arrived) < sent:
        arrived += os.read(far, 65536)
    assert len(arrived) == sent
    transport.close()


def test_a_line_whose_far_end_is_gone_is_gone(line) -> None:
    far, name = line
    transport = serial_at(name)
    transport.open(soon())
    os.close(far)
    with pytest.raises(DeviceError) as caught:
        transport.read(soon(0.2))
    assert caught.value.key == "device_gone"
    assert not transport.is_open
    with pytest.raises(DeviceError):
        transport.write_some(b"x", soon(0.1))


def test_a_second_program_is_told_that_the_line_is_in_use(line) -> None:
    _, name = line
    first, second = serial_at(name), serial_at(name)
    first.open(soon())
    with pytest.raises(DeviceError) as caught:
        second.open(soon())
    assert caught.value.key == "device_in_use"
    first.close()
    second.open(soon())
    second.close()


def test_a_port_that_is_not_there_is_unreachable() -> None:
    for address in ("/dev/ttyNOTHING", "0c2e:0b6a:NOT-HERE"):
        with pytest.raises(DeviceError) as caught:
            serial_at(address).open(soon())
        assert caught.value.key == "device_unreachable"


def test_a_file_that_is_no_line_is_refused(tmp_path) -> None:
    path = tmp_path / "plain"
    path.touch()
    with pytest.raises(DeviceError):
        serial_at(str(path)).open(soon())


def test_the_lines_settings_are_read_and_what_makes_no_sense_is_named() -> None:
    options = {"baud": "19200", "bytesize": 7, "parity": "e", "flow": "rtscts"}
    read = line_of(Connection(ConnectionKind.SERIAL, "COM1", options))
    assert read == SerialLine(19200, 7, "E", 1, "rtscts")
    for field, value in (("baud", "fast"), ("parity", 3), ("bytesize", 9)):
        with pytest.raises(UserError) as caught:
            line_of(Connection(ConnectionKind.SERIAL, "COM1", {field: value}))
        assert caught.value.params["field"] == field


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        (ConnectionKind.SERIAL, " "),
        (ConnectionKind.USB, "usb printer"),
        (ConnectionKind.QUEUE, ""),
        (ConnectionKind.QUEUE, "-o options"),
    ],
)
def test_an_address_that_makes_no_sense_is_refused(kind, address) -> None:
    with pytest.raises(UserError) as caught:
        transport_of(Connection(kind, address))
    assert caught.value.key == "device_setting_missing"
