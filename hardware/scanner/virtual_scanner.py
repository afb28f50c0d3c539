"""A scanner that is not there: for practice, demonstrations and tests.

It scans what `scan` is given, and every line that is added to its file, if its
address names one.
"""

from __future__ import annotations

from pathlib import Path
from queue import Empty, SimpleQueue
from weakref import WeakValueDictionary

from hardware.driver import DriverContext
from hardware.scanner.framing import Framer
from hardware.scanner.outlet import ScanOutlet
from pos_app.errors import DeviceError
from pos_app.ports.devices import DeviceSettings

#: The virtual scanners that run now, by device id.
RUNNING: WeakValueDictionary[str, VirtualScanner] = WeakValueDictionary()
_TURN_S = 0.2


class VirtualScanner:
    """Implements `hardware.scanner.device.ScannerDevice`."""

    def __init__(self, settings: DeviceSettings, context: DriverContext) -> None:
        self._outlet = ScanOutlet(settings, context)
        self._framer = Framer(str(settings.options.get("terminator", "")))
        place = settings.connection.address
        self._file = Path(place) if place else None
        self._offset = 0
        self._waiting: SimpleQueue[bytes] = SimpleQueue()
        RUNNING[settings.device_id] = self

    def scan(self, code: str) -> None:
        """Scan a code; from any thread."""
        self._waiting.put(code.encode() + b"\r")

    def feed(self, data: bytes) -> None:
        """Send bytes as a line would; from any thread."""
        self._waiting.put(data)

    def open(self) -> None:
        """Begin behind what its file has now."""
        if self._file is None:
            return
        try:
            self._offset = self._file.stat().st_size
        except OSError as error:
            name = self._file.name
            raise DeviceError("device_unreachable", device=name) from error

    def turn(self) -> None:
        """Hand over what was scanned since."""
        try:
            data = self._waiting.get(timeout=_TURN_S)
        except Empty:
            data = self._added()
        frames = self._framer.feed(data) if data else self._framer.end()
        for frame in frames:
            self._outlet.take(frame, 0)

    def close(self) -> None:
        """Nothing is held."""
        self._framer.end()

    def _added(self) -> bytes:
        if self._file is None:
            return b""
        try:
            with self._file.open("rb") as lines:
                lines.seek(self._offset)
                data = lines.read(65_536)
        except OSError as error:
            raise DeviceError("device_gone", device=self._file.name) from error
        self._offset += len(data)
        return data
