"""A display without a display: its two lines are written to a small file."""

from __future__ import annotations

import threading
from pathlib import Path

from pos_app.documents.wrapping import text_columns
from pos_app.errors import DeviceError

#: The file's name in the device's folder.
FILE = "line_display.txt"
_COLUMNS = 20
_TURN_S = 0.4


class VirtualLineDisplay:
    """Implements `hardware.line_display.device.LineDisplayDevice`."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._changed = threading.Event()
        self._lines = ("", "")

    def show(self, upper: str, lower: str) -> None:
        """Keep two lines; the newest wins."""
        self._lines = (upper, lower)
        self._changed.set()

    def open(self) -> None:
        """Show what was to be shown."""
        self._changed.set()

    def turn(self) -> None:
        """Write new lines to the file, whole."""
        if not self._changed.wait(_TURN_S):
            return
        self._changed.clear()
        part = self._file.with_name(f".{self._file.name}.part")
        text = "".join(f"{_cut(line)}\n" for line in self._lines)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(text, "utf-8")
            part.replace(self._file)
        except OSError as error:
            raise DeviceError("device_unreachable", device=self._file.name) from error

    def close(self) -> None:
        """Nothing is held."""


def _cut(line: str) -> str:
    while text_columns(line) > _COLUMNS:
        line = line[:-1]
    return line
