"""Both databases of a till mirrored into one place, from its choice to its end."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pos_app.persistence.engine import CATALOG_READER, LEDGER_READER
from pos_app.persistence.key_ring import KeyRing
from pos_app.persistence.second_place.gate import Gate
from pos_app.persistence.second_place.guard import Guard
from pos_app.persistence.second_place.mirror_thread import MirrorThread, Pace
from pos_app.persistence.second_place.mirrored import CleanStop, Source
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.clock import Clock
from pos_app.ports.second_place import PlaceReport, PlaceState

LEDGER, CATALOG = "ledger", "catalog"
#: A second of silence; the next commit wakes the ledger's thread at once.
LEDGER_PACE = Pace(1.0, is_gentle=False)
#: Changes of the catalogue are there within seconds, and a long import is not chased.
CATALOG_PACE = Pace(5.0, is_gentle=True)
#: Younger than this is up to date: the threads look every few seconds.
FRESH_MS = 20_000
#: What a till that stops gives a place to catch up.
FINISH_S = 3.0
#: How much longer than a sale the start of a till may wait for its place.
START_FACTOR = 5
_LARGE_LOG_BYTES = 256 * 1024 * 1024
_STATES = {
    "": PlaceState.CURRENT,
    "disk_full": PlaceState.FULL,
    "place_missing": PlaceState.GONE,
    "folder_read_only": PlaceState.READ_ONLY,
    "place_foreign": PlaceState.FOREIGN,
    "place_taken": PlaceState.TAKEN,
}


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What is mirrored: a shop's folder, its keys, the machine's clock."""

    folder: ShopFolder
    ring: KeyRing
    clock: Clock


class Mirroring:
    """Two threads, one for each database.

    Args:
        mirrored: the till's files.
        guard: of the place.
        patience_s: how long one commit may wait for the place.
    """

    def __init__(self, mirrored: Mirrored, guard: Guard, patience_s: float) -> None:
        self._mirrored = mirrored
        self._patience_s = patience_s
        self._gate = Gate(patience_s)
        folder, ring = mirrored.folder, mirrored.ring
        ledger = Source(folder.ledger, ring.ledger_key, LEDGER_READER)
        catalog = Source(
            folder.catalog, ring.catalog_key, CATALOG_READER, _LARGE_LOG_BYTES
        )
        clock = mirrored.clock
        self._threads = {
            LEDGER: MirrorThread(LEDGER, ledger, guard, self._gate, clock),
            CATALOG: MirrorThread(CATALOG, catalog, guard, Gate(0), clock),
        }
        self._threads[LEDGER].pace = LEDGER_PACE
        self._threads[CATALOG].pace = CATALOG_PACE
        self._guard = guard
        self._looked = 0.0

    @property
    def guard(self) -> Guard:
        """What stands before the place."""
        return self._guard

    def call_each_turn(self, hear: Callable[[], None]) -> None:
        """Say who hears, on the ledger's thread, that something may be different."""
        self._threads[LEDGER].on_turn = hear

    def start(self, stops: Mapping[str, CleanStop]) -> None:
        """Begin; wait a moment until the ledger's copy goes on where it ended."""
        for name, thread in self._threads.items():
            thread.stopped = stops.get(name)
            thread.on_whole = self._look_at_others
            thread.start()
        self._gate.wait_until_written(START_FACTOR * self._patience_s)

    def committed(self) -> None:
        """Let a commit wait for the place; on the core thread."""
        self._gate.committed()
        now = time.monotonic()
        if self._gate.is_late and now - self._looked > 1:
            self._looked = now
            for thread in self._threads.values():
                # A place that hangs must not fill the till's own disk.
                if thread.mirror.is_crowded:
                    thread.mirror.let_go()

    def report(self, folder: str) -> PlaceReport:
        """Return how the place stands now."""
        standings = [thread.standing for thread in self._threads.values()]
        oldest_ms = min(each.current_at_ms for each in standings)
        age_ms = max(0, self._mirrored.clock.now().unix_ms - oldest_ms)
        trouble = next((each.trouble for each in standings if each.trouble), "")
        state = _STATES.get(trouble, PlaceState.BROKEN)
        making = [each.percent for each in standings if each.is_making]
        if not trouble and making:
            state = PlaceState.COPYING
        elif not trouble and age_ms > FRESH_MS:
            slow = self._gate.is_late and self._gate.is_waiting
            state = PlaceState.SLOW if slow else PlaceState.BEHIND
        return PlaceReport(
            state,
            folder,
            age_ms // 1000 if oldest_ms else None,
            min(making, default=100),
        )

    @property
    def is_behind(self) -> bool:
        """Tell whether something was committed that does not lie there yet."""
        return self._gate.is_late or self._gate.is_waiting

    @property
    def heads(self) -> Mapping[str, str]:
        """The digest of each database's copy."""
        return {name: thread.mirror.head for name, thread in self._threads.items()}

    @property
    def current_at_ms(self) -> int:
        """When the place last had everything; 0 for never."""
        return min(each.standing.current_at_ms for each in self._threads.values())

    def look_again(self) -> None:
        """Wake both threads: something may have changed at the place."""
        for thread in self._threads.values():
            thread.wake()

    def finish(self) -> None:
        """Copy what is left and end."""
        for thread in self._threads.values():
            thread.begin_to_end()
        for thread in self._threads.values():
            thread.finish(FINISH_S)

    def clean_stops(self) -> Mapping[str, CleanStop]:
        """Return what to remember, once both databases are closed."""
        found = {n: thread.mirror.clean_stop() for n, thread in self._threads.items()}
        return {name: stop for name, stop in found.items() if stop is not None}

    def close_databases(self) -> None:
        """Close the database files; only when nobody in this process uses them."""
        for thread in self._threads.values():
            thread.mirror.close_database()

    def _look_at_others(self) -> None:
        """Drop older tills' copies once this till's own are whole."""
        if all(not each.standing.is_making for each in self._threads.values()):
            self._guard.drop_others()
