"""A scanner that types, held for the till alone (Linux: evdev, EVIOCGRAB).

Nothing else hears its keys, on X11 and Wayland alike: no field, no layout, no input
method, no Caps Lock. A scanner that is not held this way goes the way of the wedge.
"""

from __future__ import annotations

import select
from time import monotonic
from typing import TYPE_CHECKING

from hardware.driver import DriverContext
from hardware.scanner.framing import Frame, Framer
from hardware.scanner.key_reader import KeyReader
from hardware.scanner.outlet import ScanOutlet
from hardware.transport.failures import opening_failed
from hardware.transport.sysfs import find_usb, nodes_of
from hardware.transport.usb_identity import usb_identity
from pos_app.errors import DeviceError, UserError
from pos_app.ports.devices import DeviceSettings

if TYPE_CHECKING:
    from evdev import InputDevice

_TURN_S = 0.4
#: A key that is down when the scanner is taken would stay down for everybody else.
_KEYS_UP_S = 1.0
#: A scanner needs less for each key, on average; a hand needs more (ms).
_HAND_MS = 60
_HAND_CHARS = 4


class KeyboardScanner:
    """Implements `hardware.scanner.device.ScannerDevice`."""

    def __init__(self, settings: DeviceSettings, context: DriverContext) -> None:
        self._address = settings.connection.address
        is_node = self._address.startswith("/")
        if not is_node and usb_identity(self._address) is None:
            raise UserError("device_setting_missing", field="address")
        options = settings.options
        self._outlet = ScanOutlet(settings, context)
        self._framer = Framer(str(options.get("terminator", "")))
        layout, separator = options.get("layout", "us"), options.get("gs_key", "")
        self._layout, self._separator = str(layout), str(separator)
        self._nodes: list[InputDevice[str]] = []
        #: A scanner with several nodes types on each with its own Shift.
        self._readers: dict[int, KeyReader] = {}
        self._began = self._last = 0.0

    def open(self) -> None:
        """Take every node of the scanner that types."""
        self._framer.end()
        for path in _event_nodes(self._address):
            try:
                self._take(path)
            except OSError as error:
                self.close()
                raise opening_failed(error.errno, self._address) from error
        if not self._nodes:
            raise DeviceError("device_unreachable", device=self._address)

    def turn(self) -> None:
        """Read the keys that come; a silence ends what has begun."""
        patience_s = self._framer.patience_ms() / 1000
        wait_s = patience_s if self._framer.is_holding else _TURN_S
        ready, _, _ = select.select(self._nodes, [], [], wait_s)
        if not ready:
            self._give(self._framer.end())
            return
        for node in ready:
            self._read(node)

    def close(self) -> None:
        """Give the scanner back: it types for everybody again."""
        nodes, self._nodes = self._nodes, []
        self._readers = {}
        for node in nodes:
            _release(node)

    def _take(self, path: str) -> None:
        # Late: only a till with such a scanner needs it, and only Linux has it.
        from evdev import InputDevice, ecodes

        node = InputDevice(path)
        if not {ecodes.KEY_1, ecodes.KEY_ENTER} <= set(
            node.capabilities().get(ecodes.EV_KEY, [])
        ):
            node.close()  # its volume keys, or a pointer
            return
        end = monotonic() + _KEYS_UP_S
        while node.active_keys() and monotonic() < end:
            select.select([node], [], [], 0.05)
        try:
            node.grab()
        except OSError:
            node.close()
            raise
        self._nodes.append(node)
        reader = KeyReader(self._layout, self._separator)
        self._readers[node.fd] = reader

    def _read(self, node: InputDevice[str]) -> None:
        from evdev import ecodes

        try:
            events = list(node.read())
        except BlockingIOError:
            return
        except OSError as error:
            raise DeviceError("device_gone", device=self._address) from error
        reader = self._readers[node.fd]
        for event in events:
            if event.type == ecodes.EV_SYN and event.code == ecodes.SYN_DROPPED:
                self._framer.spoil()  # the kernel lost keys: half a code is none
                reader.forget()
                self._outlet.warn("scan_unreadable")
            elif event.type == ecodes.EV_KEY:
                self._type(reader.feed(event.code, event.value), event.timestamp())

    def _type(self, text: str, at: float) -> None:
        if not text:
            return
        if not self._framer.is_holding:
            self._began = at
        self._last = at
        self._give(self._framer.feed(text.encode()))

    def _give(self, frames: list[Frame]) -> None:
        for frame in frames:
            took_ms = round((self._last - self._began) * 1000)
            self._outlet.take(frame, took_ms)
            gaps = len(frame.body) - 1
            if gaps >= _HAND_CHARS and took_ms > gaps * _HAND_MS:
                self._outlet.warn("scanner_types_slowly")


def _event_nodes(address: str) -> list[str]:
    """Return the nodes of an address, whatever they are called since the last plug."""
    if address.startswith("/"):
        return [address]
    identity = usb_identity(address)
    device = None if identity is None else find_usb(identity)
    return [] if device is None else [str(x) for x in nodes_of(device, "event*")]


def _release(node: InputDevice[str]) -> None:
    try:
        node.ungrab()
    except OSError:
        pass  # it is gone, and its grab with it
    finally:
        node.close()
