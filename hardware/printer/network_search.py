"""Looks for printers on the shop's own network; only when somebody asks for it.

Each address of the machine's own /24 network is offered a connection on the usual
ports, nothing is sent, and the connection is closed again.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Interface

from hardware.transport.tcp import RAW_PORT

#: Raw printing, and the second and third port of print servers.
USUAL_PORTS = (RAW_PORT, RAW_PORT + 1, RAW_PORT + 2)
#: How long a whole search takes: most addresses of a network are nobody's, and say
#: nothing; a printer on the same network answers within milliseconds.
SEARCH_S = 3.0
#: Sockets open at a time; Windows' select takes 512.
_AT_ONCE = 256
#: TEST-NET-1 (RFC 5737): nothing is sent there, it only names our own address.
_FAR_AWAY = ("192.0.2.1", 9)


def own_network() -> tuple[str, ...]:
    """Return the other addresses of this machine's /24; () without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_FAR_AWAY)
            own = str(probe.getsockname()[0])
        except OSError:
            return ()
    if IPv4Address(own).is_loopback:
        return ()
    network = IPv4Interface(f"{own}/24").network
    return tuple(str(host) for host in network.hosts() if str(host) != own)


def search_printers(
    hosts: Iterable[str],
    ports: Sequence[int] = USUAL_PORTS,
    patience_s: float = SEARCH_S,
) -> tuple[tuple[str, int], ...]:
    """Return the hosts and ports that take a connection, in order of the hosts.

    Args:
        hosts: addresses to ask, such as `own_network()`.
        ports: TCP ports.
        patience_s: for all of them together.
    """
    places = tuple(hosts)
    wanted = [(host, port) for port in ports for host in places]
    starts = range(0, len(wanted), _AT_ONCE)
    found: list[tuple[str, int]] = []
    for start in starts:
        share_s = patience_s / len(starts)
        found += _open_ones(wanted[start : start + _AT_ONCE], share_s)
    order = {(host, port): at for at, host in enumerate(places) for port in ports}
    return tuple(sorted(found, key=order.__getitem__))


def _open_ones(
    places: Sequence[tuple[str, int]], patience_s: float
) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    with selectors.DefaultSelector() as waiting:
        for place in places:
            _begin(waiting, place)
        deadline = time.monotonic() + patience_s
        while waiting.get_map():
            ready = waiting.select(max(0.0, deadline - time.monotonic()))
            for key, _events in ready:
                connection = key.fileobj
                assert isinstance(connection, socket.socket)
                if connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
                    found.append(key.data)
                waiting.unregister(connection)
                connection.close()
            if not ready and time.monotonic() >= deadline:
                break
        for key in list(waiting.get_map().values()):
            assert isinstance(key.fileobj, socket.socket)
            key.fileobj.close()
    return found


def _begin(waiting: selectors.BaseSelector, place: tuple[str, int]) -> None:
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.settimeout(0)
    try:
        connection.connect(place)
    except BlockingIOError:
        pass
    except OSError:
        connection.close()
        return
    waiting.register(connection, selectors.EVENT_WRITE, place)
