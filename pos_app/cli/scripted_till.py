"""A throw-away sample shop with its window open, on a clock that a script sets."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Self

from typing_extensions import override

from hardware.system_clock import RandomIds
from pos_app.bootstrap import Options, Till
from pos_app.cli.demo_shop import prepare_demo
from pos_app.cli.till_workplace import workplace
from pos_app.persistence.backup import backups_of
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.clock import Ids
from pos_app.ports.printing import SETTLED
from pos_app.services.replay import ReplayClock
from pos_app.values.ids import ENTROPY_BYTES, uuid7
from pos_app.values.times import Timestamp

#: A cashier's pace: what one scan or one key takes on the scripted clock.
SECONDS_A_STEP = 3


def need_no_display() -> None:
    """Let Qt draw into memory; must come before anything loads Qt's platform."""
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


class ScriptedClock(ReplayClock):
    """The day goes as the script says; stop watches run as they always do."""

    @override
    def monotonic_ms(self) -> int:
        """Return the machine's own milliseconds: the printer's patience is real."""
        return time.monotonic_ns() // 1_000_000

    def pass_by(self, seconds: int = SECONDS_A_STEP) -> None:
        """Let some seconds pass."""
        self.set(self.now().plus_seconds(seconds))


class ScriptedIds:
    """Identities that end alike at each run, so that pictures of their ends agree.

    Each thread counts for itself: which one comes first is never the same.

    Args:
        start: the moment that they seem to be of.
    """

    def __init__(self, start: Timestamp) -> None:
        self._start_ms = start.unix_ms
        self._count = 0
        self._own: Counter[str] = Counter()
        self._lock = threading.Lock()

    def new(self) -> str:
        """Return the next UUIDv7."""
        with self._lock:
            self._count += 1
            thread = threading.current_thread().name
            self._own[thread] += 1
            said = f"{thread} {self._own[thread]}"
            chance = hashlib.sha256(said.encode()).digest()
            return uuid7(self._start_ms + self._count, chance[:ENTROPY_BYTES])


class ScriptedTill:
    """Opens the sample shop in a temporary folder; close it to throw it away.

    Args:
        start: when the day begins.
        language: of screen and slip; "" for the shop's own.
        ids: makes identities; random ones when None.
    """

    def __init__(
        self, start: Timestamp, language: str = "", ids: Ids | None = None
    ) -> None:
        from ui.app import TillWindow, make_application
        from ui.bridge import Bridge
        from ui.hand import Hand

        self.clock = ScriptedClock(start)
        make_application([])
        self._temporary = tempfile.TemporaryDirectory(
            prefix="guitai-scripted-", ignore_cleanup_errors=True
        )
        self.folder = ShopFolder(Path(self._temporary.name) / "shop")
        prepare_demo(self.folder, ids)
        bridge = Bridge()
        self.till = Till(
            self.folder,
            Options(
                clock=self.clock,
                ids=ids or RandomIds(),
                on_lost=bridge.tell_lost,
                on_print_change=bridge.tell_print,
                on_drawer_kicked=bridge.tell_drawer,
            ),
        )
        if language:
            self.set_up(language=language, slip_language=language)
        self.screen = TillWindow(workplace(self.till, _stay_silent), bridge)
        self.hand = Hand(self.screen.window)
        self._is_open = True

    def open(self, width: int, height: int) -> None:
        """Show the window; the day's first backup is made and dated as the day."""
        self.screen.window.resize(width, height)
        self.screen.open(full_screen=False)
        self.screen.window.resize(width, height)
        self.screen.care()
        self.hand.wait(lambda: bool(backups_of(self.folder)), "the day's backup")
        seconds = self.clock.now().unix_ms / 1000
        os.utime(backups_of(self.folder)[0], (seconds, seconds))
        self.screen.flow.sign_on.look_again()

    def set_up(self, **changes: object) -> None:
        """Change settings of the till."""
        self.till.settings.change(self.till.counter.desk.stamp(), **changes)

    def await_slips(self) -> None:
        """Wait until the printer has nothing left to do."""
        ledger = self.till.ledger
        self.hand.wait(
            lambda: all(job.state in SETTLED for job in ledger.open_print_jobs()),
            "the printer",
        )

    def stop(self) -> None:
        """Close window and shop; the shop's folder stays."""
        if self._is_open:
            self._is_open = False
            self.screen.close()
            self.till.close()

    def close(self) -> None:
        """Stop, and throw the shop away."""
        self.stop()
        self._temporary.cleanup()

    def __enter__(self) -> Self:
        """Use it in a with statement."""
        return self

    def __exit__(self, *_: object) -> None:
        """Throw the shop away."""
        self.close()


def _stay_silent() -> None:
    """Nobody would hear it."""
