"""The log: plain lines in the shop folder, no personal data, bounded in size."""

from __future__ import annotations

import logging
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE_BYTES = 2_000_000
FILES_KEPT = 5
#: Our own rooms say what they do; of libraries only what is wrong.
_OURS = ("guitai", "hardware", "pos_app", "sync", "ui")
_FORM = "%(asctime)s %(levelname)s %(name)s %(threadName)s %(message)s"
_log = logging.getLogger("guitai.threads")


class _LogFile(RotatingFileHandler):
    """The till's own handler on the root logger, known by its type."""


def start_logging(folder: Path) -> None:
    """Write all that this process logs to `folder`/guitai.log, rotated.

    What a thread did not catch is logged too. A log that cannot be written stops
    nothing: the till then says so on standard error, once.
    """
    stop_logging()
    for name in _OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    threading.excepthook = _note_thread
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        handler = _LogFile(
            folder / "guitai.log",
            maxBytes=FILE_BYTES,
            backupCount=FILES_KEPT,
            encoding="utf-8",
        )
    except OSError as error:
        _log.warning("there is no log: %s", error)
        return
    handler.setFormatter(logging.Formatter(_FORM))
    logging.getLogger().addHandler(handler)


def stop_logging() -> None:
    """Close the log; what is said after that goes to standard error."""
    root = logging.getLogger()
    for old in [each for each in root.handlers if isinstance(each, _LogFile)]:
        root.removeHandler(old)
        old.close()
    threading.excepthook = threading.__excepthook__


def _note_thread(bug: threading.ExceptHookArgs) -> None:
    """Log what ended a thread, and say it on standard error as ever."""
    name = bug.thread.name if bug.thread else "?"
    if bug.exc_type is not SystemExit and bug.exc_value is not None:
        trace = (bug.exc_type, bug.exc_value, bug.exc_traceback)
        _log.error("the thread %s ended unexpectedly", name, exc_info=trace)
    threading.__excepthook__(bug)
