"""The till's start reads no sources and looks for no garbage."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

START = """
import gc, linecache, os
from ui.lean_start import start_lean
start_lean()
import ui.keymap, ui.theme.host
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel("words")
label.show()
application.processEvents()
read = [name for name in linecache.cache if f"{os.sep}ui{os.sep}" in name]
print(len(read), gc.isenabled(), label.text())
"""


def test_modules_are_loaded_without_their_sources_being_read() -> None:
    done = subprocess.run(
        [sys.executable, "-c", START],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split() == ["0", "False", "words"]
