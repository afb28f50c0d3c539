"""The log: plain lines in the shop folder, no personal data, bounded in size."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE_BYTES = 2_000_000
FILES_KEPT = 5


def start_logging(folder: Path) -> None:
    """Write the program's log to `folder`/guitai.log, rotated."""
    handler = RotatingFileHandler(
        folder / "guitai.log",
        maxBytes=FILE_BYTES,
        backupCount=FILES_KEPT,
        encoding="utf-8",
    )
    form = "%(asctime)s %(levelname)s %(name)s %(threadName)s %(message)s"
    handler.setFormatter(logging.Formatter(form))
    root = logging.getLogger("guitai")
    for old in root.handlers[:]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
