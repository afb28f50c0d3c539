"""The network transport counts what was accepted and never waits for ever."""

import socket
import threading
import time

import pytest

from hardware.transport.base import CHUNK_BYTES
from hardware.transport.tcp import TcpTransport
from pos_app.errors import DeviceError


def soon() -> float:
    return time.monotonic() + 60


@pytest.fixture(params=["127.0.0.1", "::1"])
def server(request):
    family = socket.AF_INET6 if ":" in request.param else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    try:
        listener.bind((request.param, 0))
    except OSError:
        listener.close()
        pytest.skip(f"this machine has no {request.param}")
    listener.listen(1)
    listener.settimeout(60)
    with listener:
        yield listener


def connected(server: socket.socket) -> tuple[TcpTransport, socket.socket]:
    host, port, *_ = server.getsockname()
    transport = TcpTransport(host, port)
    transport.open(soon())
    peer, _ = server.accept()
    peer.settimeout(60)
    return transport, peer


def test_bytes_go_both_ways(server: socket.socket) -> None:
    transport, peer = connected(server)
    with peer:
        assert transport.write_some(b"\x10\x04\x01", soon()) == 3
        assert peer.recv(10) == b"\x10\x04\x01"
        peer.sendall(b"\x12")
        assert transport.read(soon()) == b"\x12"
        assert transport.read(time.monotonic()) == b""
        transport.close()
        assert peer.recv(10) == b""


def test_a_printer_that_stops_reading_yields_short_counts(
    server: socket.socket,
) -> None:
    transport, peer = connected(server)
    accepted = 0
    with peer:
        while taken := transport.write_some(b"x" * 10_000, time.monotonic() + 0.2):
            assert taken <= CHUNK_BYTES
            accepted += taken
            assert accepted < 50_000_000
        # Everything that was counted arrives, and nothing else.
        reader = threading.Thread(target=transport.close)
        reader.start()
        arrived = 0
        while data := peer.recv(65536):
            arrived += len(data)
        reader.join(60)
    assert arrived == accepted


def test_nobody_there_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    transport = TcpTransport("127.0.0.1", port)
    with pytest.raises(DeviceError, match="device_unreachable"):
        transport.open(soon())
    assert not transport.is_open


@pytest.mark.parametrize(
    ("host", "port"),
    [
        ("a" * 64 + ".example", 9100),
        ("打印机" * 30, 9100),
        ("printer..example", 9100),
        ("127.0.0.1\0", 9100),
        ("127.0.0.1", 70_000),
    ],
)
def test_an_address_that_is_none_is_nobody_there(host: str, port: int) -> None:
    transport = TcpTransport(host, port)
    with pytest.raises(DeviceError, match="device_unreachable"):
        transport.open(soon())
    assert not transport.is_open


def test_a_closed_connection_is_gone(server: socket.socket) -> None:
    transport, peer = connected(server)
    peer.close()
    with pytest.raises(DeviceError, match="device_gone"):
        transport.read(soon())
    assert not transport.is_open
    with pytest.raises(DeviceError, match="device_gone"):
        transport.write_some(b"x", soon())
    transport.close()


def test_opening_twice_is_opening_once(server: socket.socket) -> None:
    transport, peer = connected(server)
    with peer:
        transport.open(soon())
        assert transport.is_open
        assert transport.capabilities.reads
        assert transport.identity.startswith("tcp:")
        transport.close()
