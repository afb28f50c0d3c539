"""Looks for everything that a counter may have; only when somebody asks for it."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from hardware.discovery.hid_devices import hid_devices, keyboards
from hardware.discovery.network_devices import announced_printers, asked_printers
from hardware.discovery.queues import queues
from hardware.discovery.serial_devices import serial_devices
from hardware.discovery.usb_printers import usb_printers
from hardware.registry import best_driver, drivers
from pos_app.errors import DeviceError
from pos_app.ports.devices import ConnectionKind, FoundDevice

_log = logging.getLogger(__name__)
#: How long a search takes; printers on the network announce themselves within it.
PATIENCE_S = 3.0
#: Of the patience, for what the others need to end after the listening did.
_MARGIN_S = 1.5

#: What is likeliest wanted comes first.
_ORDER = (
    ConnectionKind.USB_PRINTER,
    ConnectionKind.USB,
    ConnectionKind.HID,
    ConnectionKind.SERIAL,
    ConnectionKind.NETWORK,
    ConnectionKind.QUEUE,
    ConnectionKind.KEYBOARD,
)
#: What says nothing of what it is for.
_ANYTHING = frozenset({ConnectionKind.SERIAL, ConnectionKind.KEYBOARD})


def search(
    patience_s: float = PATIENCE_S, *, asks_network: bool = False
) -> tuple[FoundDevice, ...]:
    """Return what was found, each with its best driver; not on the screen's thread.

    Args:
        patience_s: how long at most, seconds; what has not answered is left out.
        asks_network: whether each address of the own /24 is asked for a raw port
            too; a shop's own network only, when a person wished it.
    """
    listen_s = max(0.2, patience_s - _MARGIN_S)
    looks: list[Callable[[], tuple[FoundDevice, ...]]] = [
        usb_printers,
        serial_devices,
        hid_devices,
        queues,
        lambda: announced_printers(listen_s),
    ]
    if sys.platform != "win32":
        looks.append(keyboards)  # Windows names them by the keys that they type
    if asks_network:
        looks.append(lambda: asked_printers(listen_s))
    return arranged(_together(looks, time.monotonic() + patience_s))


def arranged(found: tuple[FoundDevice, ...]) -> tuple[FoundDevice, ...]:
    """Return each device once, with its driver, in the order of likelihood."""
    alone: dict[tuple[str, str], FoundDevice] = {}
    for each in found:
        key = each.connection.kind.value, each.connection.address
        if key not in alone or len(each.keywords) > len(alone[key].keywords):
            alone[key] = each
    return tuple(
        _with_driver(x)
        for x in sorted(alone.values(), key=lambda x: _ORDER.index(x.connection.kind))
    )


def _with_driver(found: FoundDevice) -> FoundDevice:
    if found.category is None and found.connection.kind in _ANYTHING:
        return found  # a person says what hangs there
    best = best_driver(found)
    if best is None:
        return found
    category = found.category or drivers()[best.facts.key].facts.category
    return replace(found, driver=best.facts.key, category=category)


def _together(
    looks: list[Callable[[], tuple[FoundDevice, ...]]], deadline: float
) -> tuple[FoundDevice, ...]:
    """Look everywhere at once; a look that hangs is left behind."""
    results: list[tuple[FoundDevice, ...]] = [()] * len(looks)

    def run(at: int) -> None:
        try:
            results[at] = looks[at]()
        except (OSError, DeviceError, ValueError) as error:
            # One broken part of the system hides nothing of the others.
            _log.warning("a search for devices failed: %s", error)

    threads = [
        threading.Thread(target=run, args=(at,), name=f"search-{at}", daemon=True)
        for at in range(len(looks))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    return tuple(found for result in tuple(results) for found in result)
