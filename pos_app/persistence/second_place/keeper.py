"""The till's second place: chosen, mirrored into, stopped (ports.second_place)."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from pos_app.domain.journal import EntryKind
from pos_app.errors import StorageError
from pos_app.persistence.catalog.opening import open_catalog_reader
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.persistence.key_ring import KeyRing
from pos_app.persistence.ledger.ledger import SqlLedger
from pos_app.persistence.new_epoch import DEVICE_SETTING, new_device
from pos_app.persistence.second_place.choosing import (
    SETTING,
    chosen_place,
    place_setting,
    usable_place,
)
from pos_app.persistence.second_place.disks import disks_for
from pos_app.persistence.second_place.guard import Guard, Writer, take_place
from pos_app.persistence.second_place.mirroring import Mirrored, Mirroring
from pos_app.persistence.second_place.nightly import newest_copy_ms
from pos_app.persistence.second_place.place_disk import PlaceDisk
from pos_app.persistence.second_place.place_folder import (
    PlaceFolder,
    PlaceIdentity,
)
from pos_app.persistence.second_place.remembered import (
    Remembered,
    remember,
    take_stops,
)
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.clock import Clock
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.ports.second_place import DiskFound, PlaceReport, PlaceState

PATIENCE_S = 0.05
#: How often the state is written down for a doctor who looks from outside.
REMEMBER_MS = 60_000


class SecondPlace:
    """Keeps the second place of an open till.

    Args:
        mirrored: the till's files.
        ledger: where the choice is stored and journalled.
        patience_s: how long a commit may wait for a place that keeps up.

    Attributes:
        disk: writes to the place.
    """

    def __init__(
        self, mirrored: Mirrored, ledger: SqlLedger, patience_s: float = PATIENCE_S
    ) -> None:
        self._mirrored = mirrored
        self._ledger = ledger
        self._patience_s = patience_s
        self.disk = PlaceDisk()
        self._changing = threading.Lock()
        self._now: Mirroring | None = None
        self._before: list[Mirroring] = []
        self._folder = ""
        self._noted_ms = 0
        self._noted_state = PlaceState.NONE
        self._copied_at_ms = 0

    @property
    def place(self) -> PlaceFolder | None:
        """This till's folder at the place; None when none was chosen."""
        return self._now.guard.place if self._now else None

    def start(self) -> None:
        """Go on with the place that was chosen before."""
        stops = take_stops(self._mirrored.folder)
        chosen = chosen_place(self._ledger.setting(SETTING))
        if chosen is None:
            return
        place, place_id = chosen
        self._begin(place, place_id)
        assert self._now
        self._now.start(stops)

    def committed(self) -> None:
        """Hear of a commit; on the core thread, which may wait here a moment."""
        now = self._now
        if now is not None:
            now.committed()

    @property
    def is_behind(self) -> bool:
        """Tell whether something was committed that does not lie there yet."""
        return self._now is not None and self._now.is_behind

    @property
    def heads(self) -> Mapping[str, str]:
        """The digest of each database's copy: another one when something was added."""
        return self._now.heads if self._now else {}

    def report(self) -> PlaceReport:
        """Return how it stands."""
        now = self._now
        if now is None:
            return PlaceReport()
        found = now.report(self._folder)
        return PlaceReport(
            found.state, found.folder, found.age_s, found.percent, self._copied_at_ms
        )

    def disks(self) -> Sequence[DiskFound]:
        """Return the disks that may serve, other ones first."""
        return disks_for(self._mirrored.folder.root)

    def choose(self, folder: Path, stamp: Stamp) -> None:
        """Use a folder from now on, journalled.

        Raises:
            StorageError: "place_inside_shop", "place_foreign", "place_taken",
                "place_too_small" or what the disk says. Nothing has changed then.
        """
        with self._changing:
            place = usable_place(folder, self._mirrored, self._shop().till)
            identity = self._take(place, stamp)
            self._end()
            self._store(place, identity.place_id, stamp)
            self._begin(place, identity.place_id)
            assert self._now
            self._now.start({})

    def stop(self, stamp: Stamp) -> None:
        """Use no second place any more, journalled; what lies there stays."""
        with self._changing:
            self._end()
            self._store(None, "", stamp)
            remember(self._mirrored.folder, Remembered())

    def look_again(self) -> None:
        """Look at the place at once."""
        if self._now:
            self._now.look_again()

    def look_at_copies(self) -> None:
        """Look how old the newest nightly copy is; reads the place."""
        place = self.place
        self._copied_at_ms = newest_copy_ms(place) if place else 0

    def finish(self) -> None:
        """Copy what is left: nothing is committed any more."""
        if self._now:
            self._now.finish()

    def close(self) -> None:
        """Remember where the copies ended, once both databases are closed."""
        if self._now:
            found = self._now.report(self._folder)
            stops = self._now.clean_stops()
            at_ms = self._now.current_at_ms
            remember(self._mirrored.folder, Remembered(found.state, at_ms, stops))
        for each in (*self._before, self._now):
            if each is not None:
                each.close_databases()
        self._now = None

    # -------------------------------------------------------------------- choosing

    def _take(self, place: PlaceFolder, stamp: Stamp) -> PlaceIdentity:
        """Make the till's folder, or take the one that is there."""
        try:
            identity = place.identity()
        except StorageError as error:
            if error.key != "place_missing":
                raise
            shop = self._shop()
            ring = self._mirrored.ring.ring_id
            name, at_ms = shop.name, stamp.at.unix_ms
            identity = PlaceIdentity(secrets.token_hex(8), ring, shop.till, name, at_ms)
            place.make(identity, self._mirrored.folder.ring.read_bytes())
        take_place(place, self._writer(), stamp.at.unix_ms)
        return identity

    def _shop(self) -> Any:
        """Read the shop; on whatever thread."""
        folder, ring = self._mirrored.folder, self._mirrored.ring
        engine = open_catalog_reader(folder.catalog, ring.catalog_key)
        try:
            with closing(CatalogReader(engine)) as reader:
                return reader.shop()
        finally:
            engine.dispose()

    def _writer(self) -> Writer:
        device = self._ledger.setting(DEVICE_SETTING) or ""
        if not device:
            device = new_device()
            made = device
            self._ledger.submit(
                lambda unit: unit.set_setting(DEVICE_SETTING, made)
            ).result()
        folder, ring = self._mirrored.folder, self._mirrored.ring
        return Writer(ring.ring_id, device, self._ledger.epoch, folder.ring)

    def _store(self, place: PlaceFolder | None, place_id: str, stamp: Stamp) -> None:
        def work(unit: UnitOfWork) -> None:
            before = chosen_place(unit.setting(SETTING))
            value = place_setting(place, place_id) if place else ""
            unit.set_setting(SETTING, value)
            old = before[1] if before else ""
            body = {"before": old, "after": place_id}
            unit.append(EntryKind.SECOND_PLACE_CHANGED, body, stamp)

        self._ledger.submit(work).result()

    def _begin(self, place: PlaceFolder, place_id: str) -> None:
        guard = Guard(place, place_id, self._writer(), self.disk)
        self._folder = str(place.root.parent)
        self._now = Mirroring(self._mirrored, guard, self._patience_s)
        self._now.call_each_turn(self._note)

    def _end(self) -> None:
        ended, self._now = self._now, None
        if ended is not None:
            ended.finish()
            self._before.append(ended)

    def _note(self) -> None:
        """Write the state down now and then, for who looks from outside."""
        now, found = self._now, self.report()
        now_ms = self._mirrored.clock.monotonic_ms()
        is_other = found.state is not self._noted_state
        if now is None or not (is_other or now_ms - self._noted_ms > REMEMBER_MS):
            return
        self._noted_ms, self._noted_state = now_ms, found.state
        remember(self._mirrored.folder, Remembered(found.state, now.current_at_ms))


def open_second_place(
    mirrored: tuple[ShopFolder, KeyRing, Clock],
    ledger: SqlLedger,
    patience_s: float | None,
) -> SecondPlace:
    """Return the second place of a till that opens, and go on with a chosen one.

    Args:
        mirrored: the till's folder, its keys, its clock.
        ledger: the till's.
        patience_s: how long a commit may wait for it; None leaves a place that was
            chosen alone.
    """
    place = SecondPlace(Mirrored(*mirrored), ledger, patience_s or PATIENCE_S)
    ledger.call_after_commit(place.committed)
    if patience_s is not None:
        place.start()
    return place
