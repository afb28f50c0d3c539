"""A drawer without a drawer: whether it is open stands in a small file.

The file holds "open" or "shut". A kick writes "open"; whoever practises shuts it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from pos_app.errors import DeviceError

#: The file's name in the device's folder.
FILE = "drawer.txt"
_READ_BYTES = 16
_KICKED = True
_TURN_S = 0.1


class VirtualDrawer:
    """Implements `hardware.cash_drawer.device.CashDrawerDevice`."""

    def __init__(self, file: Path, on_kicked: Callable[[bool], None]) -> None:
        self._file, self._on_kicked = file, on_kicked
        self._wished = threading.Event()
        self._is_open: bool | None = None

    def kick(self) -> None:
        """Ask for one opening."""
        self._wished.set()

    def is_open(self) -> bool | None:
        """Tell what the file said last."""
        return self._is_open

    def open(self) -> None:
        """Make the file, shut."""
        if not self._file.exists():
            self._write("shut")

    def turn(self) -> None:
        """Serve a wish, and look at the file."""
        if self._wished.wait(_TURN_S):
            self._wished.clear()
            self._write("open")
            self._on_kicked(_KICKED)
        try:
            with self._file.open("rb") as written:
                said = written.read(_READ_BYTES).strip()
        except OSError as error:
            raise DeviceError("device_gone", device=self._file.name) from error
        self._is_open = {b"open": True, b"shut": False}.get(said)

    def close(self) -> None:
        """Nothing is held."""
        self._is_open = None

    def _write(self, words: str) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(words, "ascii")
        except OSError as error:
            raise DeviceError("device_unreachable", device=self._file.name) from error
