"""The thread that keeps one database's copy at the second place."""

from __future__ import annotations

import errno
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

import sqlcipher3.dbapi2 as sqlcipher

from pos_app.errors import StorageError
from pos_app.persistence.durable_file import file_error
from pos_app.persistence.engine import storage_key
from pos_app.persistence.second_place.file_mirror import FileMirror
from pos_app.persistence.second_place.gate import Gate
from pos_app.persistence.second_place.guard import Guard
from pos_app.persistence.second_place.mirrored import CleanStop, GapError, Source
from pos_app.ports.clock import Clock

#: After trouble a place is looked at again so often.
RETRY_S = 3.0
#: A log this long is brought into its base even while the till sells.
FOLD_LATEST_BYTES = 64 * 1024 * 1024
FOLD_IDLE_BYTES = 1024 * 1024
FOLD_IDLE_S = 5.0
#: Written is enough to be killed; a sync is for a power cut, and waits for a pause.
SYNC_LATEST_S = 2.0
#: What systems say of a disk or a share that went away.
_PULLED_OUT = {errno.ENODEV, errno.ENXIO, errno.ENOTCONN, errno.ESTALE}
_log = logging.getLogger("guitai.second_place")


class _StoppedError(Exception):
    """The thread is to end."""


class _BusyError(Exception):
    """Work that can wait gives way to a sale."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a copy stands.

    Attributes:
        trouble: key of what is wrong; "" for nothing.
        is_making: whether it is being made or proven. percent: how far.
        current_at_ms: when the copy was last all that the till had; 0 for never.
    """

    trouble: str = ""
    is_making: bool = True
    percent: int = 0
    current_at_ms: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """How a thread goes about its work.

    Attributes:
        period_s: how often it looks by itself.
        is_gentle: rests between blocks of a long copy.
    """

    period_s: float
    is_gentle: bool


class MirrorThread:
    """Copies one database for as long as it runs.

    Args:
        name: "ledger" or "catalog". source: the database.
        guard: of the place. gate: where commits are announced.
        clock: dates what is copied. pace: how hard it works.
    """

    def __init__(
        self, name: str, source: Source, guard: Guard, gate: Gate, clock: Clock
    ) -> None:
        self._name = name
        self._guard = guard
        self._gate = gate
        self._clock = clock
        self.pace = Pace(1.0, is_gentle=False)
        self.mirror = FileMirror(source, clock, self._rest)
        self.stopped: CleanStop | None = None
        self.on_whole: Callable[[], None] = lambda: None
        self.on_turn: Callable[[], None] = lambda: None
        self._standing = Standing()
        self._is_attached = False
        self._is_unsynced = self._is_new = False
        self._synced_at = self._worked_at = 0.0
        self._is_stopping = self._is_settling = False
        self._thread = threading.Thread(
            target=self._run, name=f"mirror-{name}", daemon=True
        )

    @property
    def standing(self) -> Standing:
        """How the copy stands now."""
        standing = self._standing
        if not standing.is_making:
            return standing
        done, all_of_it = self.mirror.done_blocks, max(1, self.mirror.all_blocks)
        percent = min(99, 100 * done // all_of_it)
        return replace(standing, percent=percent)

    def start(self) -> None:
        """Begin to copy."""
        self._thread.start()

    def wake(self) -> None:
        """Look at once."""
        self._gate.wake()

    def begin_to_end(self) -> None:
        """Copy what is left, then end; `finish` waits for it."""
        self._is_stopping = True
        self._gate.wake()

    def finish(self, timeout_s: float) -> None:
        """Wait for the end, and let the database go.

        A place that hangs is left behind: its thread ends with the process.
        """
        self.begin_to_end()
        self._thread.join(timeout_s)
        self.mirror.let_go()
        if not self._thread.is_alive():
            self.mirror.close()

    # -------------------------------------------------------------- on the thread

    def _run(self) -> None:
        while not self._is_stopping:
            try:
                self._round()
                self.on_turn()
                self._gate.wait_for_work(self.pace.period_s)
            except _StoppedError:
                break
            except GapError:
                self._lose("")
            except (OSError, StorageError, sqlcipher.Error) as error:
                self._lose(_key_of(error, self._guard))
                self._pause()
            except Exception:  # noqa: BLE001 - the thread's own loop: never give up
                _log.exception("the second place failed")
                self._lose("place_failed")
                self._pause()
        if self._is_attached:
            self._settle()

    def _round(self) -> None:
        asked = self._gate.asked
        if self._is_attached:
            self._guard.look(self._clock.monotonic_ms())
        else:
            self._attach()
        if self.mirror.ship():
            self._is_unsynced = True
            self._worked_at = time.monotonic()
        self._gate.written(asked)
        now_ms = self._clock.now().unix_ms
        self._standing = Standing(is_making=False, current_at_ms=now_ms)
        if self._is_new:
            self._is_new = False
            self.on_whole()
        self._look_after()

    def _settle(self) -> None:
        """Copy the rest and close, so that the next start may trust the copy."""
        self._is_settling = True
        try:
            self.mirror.settle()
        except (GapError, OSError, StorageError, sqlcipher.Error) as error:
            _log.warning("second place, %s: not settled: %s", self._name, error)

    def _attach(self) -> None:
        self._standing = Standing(
            self._standing.trouble, current_at_ms=self._standing.current_at_ms
        )
        self._guard.enter()
        stopped, self.stopped = self.stopped, None
        self.mirror.attach(self._guard.copy_of(self._name), stopped)
        self._is_attached = True
        self._is_new = True

    def _look_after(self) -> None:
        """Do what can wait: sync, bring logs into their databases."""
        idle = not self._gate.is_waiting
        waited = time.monotonic() - self._synced_at
        if self._is_unsynced and (idle or waited > SYNC_LATEST_S):
            self._sync()
        if self._gate.is_waiting:
            self._gate.wake()
            return
        self.mirror.tidy()
        self._fold()

    def _fold(self) -> None:
        size = self.mirror.copy.log_bytes
        must = size > FOLD_LATEST_BYTES
        is_idle = time.monotonic() - self._worked_at > FOLD_IDLE_S
        if must or (size > FOLD_IDLE_BYTES and is_idle):
            with suppress(_BusyError):
                self.mirror.copy.fold(self._rest if must else self._give_way)

    def _sync(self) -> None:
        if self._is_unsynced:
            self.mirror.sync()
            self._is_unsynced = False
            self._synced_at = time.monotonic()

    def _lose(self, trouble: str) -> None:
        """Let the log go: the copy is proven anew when the place is there again."""
        self._gate.give_up()
        self.mirror.let_go()
        self._guard.leave()
        self._is_attached = self._is_unsynced = False
        if trouble and trouble != self._standing.trouble:
            _log.warning("second place, %s: %s", self._name, trouble)
        self._standing = Standing(
            trouble, is_making=not trouble, current_at_ms=self._standing.current_at_ms
        )
        self.on_turn()

    def _pause(self) -> None:
        """Wait before the next try, though commits go on."""
        until = time.monotonic() + RETRY_S
        while not self._is_stopping and time.monotonic() < until:
            self._gate.wait_for_work(until - time.monotonic())

    def _rest(self) -> None:
        if self._is_stopping and not self._is_settling:
            raise _StoppedError
        if self.pace.is_gentle:
            time.sleep(0.002)

    def _give_way(self) -> None:
        self._rest()
        if self._gate.is_waiting:
            raise _BusyError


def _key_of(error: Exception, guard: Guard) -> str:
    """Name trouble at the place; what the till's own disk says is another matter."""
    if isinstance(error, StorageError):
        named = error.key
    elif isinstance(error, OSError) and error.errno in _PULLED_OUT:
        named = "place_missing"
    elif isinstance(error, OSError):
        named = file_error(error, guard.place.root).key
    else:
        named = storage_key(error) or "place_failed"
    return "place_missing" if named == "folder_missing" else named
