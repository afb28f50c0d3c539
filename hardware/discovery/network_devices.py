"""Printers on the network: by what they announce, and by asking the own network."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from hardware.discovery.usb_printers import ieee1284_of
from hardware.printer.network_search import own_network, search_printers
from pos_app.ports.devices import Connection, ConnectionKind, FoundDevice

#: What printers with a raw port announce (Bonjour Printing Specification 1.2).
SERVICE = "_pdl-datastream._tcp.local."
#: For asking all printers for their addresses; most came with the name.
_ASK_S = 1.0


def announced_printers(patience_s: float) -> tuple[FoundDevice, ...]:
    """Return the printers that announce themselves by mDNS within so long.

    A network that allows no multicast has none.
    """
    # Late: only a search loads it, and it starts threads of its own.
    from zeroconf import ServiceBrowser, Zeroconf

    heard = _Heard()
    try:
        bus = Zeroconf()
    except OSError:
        return ()
    try:
        browser = ServiceBrowser(bus, SERVICE, handlers=[heard.on_change])
        heard.wait(time.monotonic() + patience_s)
        end = time.monotonic() + _ASK_S
        found = [_announced(bus, name, end) for name in heard.names()]
        browser.cancel()
    finally:
        bus.close()
    return tuple(x for x in found if x is not None)


def asked_printers(
    patience_s: float, hosts: Callable[[], tuple[str, ...]] = own_network
) -> tuple[FoundDevice, ...]:
    """Return what takes a connection on a raw port of the own network; asks all."""
    return tuple(
        FoundDevice(
            category=None,
            connection=Connection(ConnectionKind.NETWORK, f"{host}:{port}"),
            driver="",
            name=f"{host}:{port}",
            keywords={"host": host, "port": str(port)},
        )
        for host, port in search_printers(hosts(), patience_s=patience_s)
    )


class _Heard:
    """The names that were announced, in order; filled by zeroconf's thread."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._guard = threading.Lock()

    def on_change(self, name: str, **_: Any) -> None:
        """Note a name; who withdrew it does not answer later."""
        with self._guard:
            if name not in self._names:
                self._names.append(name)

    def names(self) -> tuple[str, ...]:
        """Return what was heard so far."""
        with self._guard:
            return tuple(self._names)

    def wait(self, deadline: float) -> None:
        """Listen until then: nobody says when all have spoken."""
        time.sleep(max(0.0, deadline - time.monotonic()))


def _announced(bus: Any, name: str, end: float) -> FoundDevice | None:
    """Ask for one printer, until `end`; what was heard before is known at once.

    Args:
        bus: a Zeroconf, which is loaded late.
        name: of the service.
        end: of the asking, in time.monotonic seconds.
    """
    left_ms = max(1, int((end - time.monotonic()) * 1000))
    info = bus.get_service_info(SERVICE, name, timeout=left_ms)
    if info is None or not info.parsed_addresses():
        return None
    texts = {
        key.decode("utf-8", "replace"): (value or b"").decode("utf-8", "replace")
        for key, value in info.properties.items()
    }
    address = _best_address(info.parsed_scoped_addresses())
    label = name.removesuffix("." + SERVICE)
    return FoundDevice(
        category=None,
        connection=Connection(ConnectionKind.NETWORK, f"{address}:{info.port}"),
        driver="",
        name=texts.get("ty") or label,
        keywords={
            "host": address,
            "port": str(info.port),
            "service": label,
            **ieee1284_of(
                texts.get("usb_MFG", ""),
                texts.get("usb_MDL", "") or texts.get("product", "").strip("()"),
                texts.get("usb_CMD", ""),
            ),
        },
    )


def _best_address(addresses: list[str]) -> str:
    """Return an IPv4 address where there is one, else IPv6 in brackets."""
    for address in addresses:
        if ":" not in address:
            return address
    return f"[{addresses[0]}]"
