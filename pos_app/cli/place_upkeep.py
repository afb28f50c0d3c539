"""What the open till does for its second place: the nightly copy, and its report."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from pos_app.bootstrap import Till
from pos_app.domain.journal import EntryKind
from pos_app.errors import StorageError, UserError
from pos_app.persistence.backup import backups_of, make_backup
from pos_app.persistence.second_place.nightly import copy_backup, newest_copy_ms
from pos_app.ports.ledger import Stamp
from pos_app.ports.second_place import DiskFound, PlaceReport, SecondPlaceKeeper

_log = logging.getLogger("guitai.second_place")
#: A shop closes every day at about the same hour; 20 h makes that one copy a day.
COPY_DUE_MS = 20 * 3600 * 1000
#: A shop that is never quiet is copied all the same, in its second day.
COPY_LATEST_MS = 30 * 3600 * 1000
#: Nothing was recorded for so long: nobody is selling.
QUIET_MS = 10 * 60 * 1000


class NoSecondPlace:
    """A training has no second place: nothing of it is kept anywhere."""

    def report(self) -> PlaceReport:
        """Return that there is none."""
        return PlaceReport()

    def disks(self) -> Sequence[DiskFound]:
        """Return none."""
        return ()

    def choose(self, _folder: Path, _stamp: Stamp) -> None:
        """Refuse.

        Raises:
            UserError: "training_not_here".
        """
        raise UserError("training_not_here")

    def stop(self, _stamp: Stamp) -> None:
        """Refuse, as `choose`."""
        raise UserError("training_not_here")


class PlaceUpkeep:
    """The part of ui.presenters.workplace.Upkeep that knows the second place."""

    _till: Till

    @property
    def second_place(self) -> SecondPlaceKeeper:
        """The second place of this till."""
        return self._till.second_place

    def look_at_disks(self) -> Sequence[DiskFound]:
        """Look which disks there are, and how old the nightly copy is; slow."""
        self._till.second_place.look_at_copies()
        return self._till.second_place.disks()

    def copy_to_place(self, stamp: Stamp) -> bool:
        """Copy the shop whole into the second place if that is due; journalled.

        A place that is gone or full is no reason to stop caring for the rest: the
        status bar says it anyway.

        Returns:
            Whether a copy was made.
        """
        place = self._till.second_place.place
        if place is None or not self._is_due(stamp):
            return False
        folder, ring = self._till.folder, self._till.ring
        try:
            newest = next(iter(backups_of(folder)), None)
            made_ms = newest.stat().st_mtime_ns // 1_000_000 if newest else 0
            if newest is None or stamp.at.unix_ms - made_ms > COPY_DUE_MS:
                newest = make_backup(folder, ring, stamp.at)
            manifest = copy_backup(newest, place, folder, ring)
        except StorageError as error:
            _log.warning("no nightly copy at the second place: %s", error)
            return False
        body = {
            "file": newest.name,
            "epoch": manifest.epoch,
            "seq": manifest.seq,
            "head": manifest.head,
        }
        self._till.ledger.submit(
            lambda unit: unit.append(EntryKind.SECOND_PLACE_COPIED, body, stamp)
        ).result()
        self._till.second_place.look_at_copies()
        return True

    def _is_due(self, stamp: Stamp) -> bool:
        """Tell whether a copy is due, and nobody sells who would feel it."""
        place = self._till.second_place.place
        assert place is not None
        newest_ms = newest_copy_ms(place)
        age_ms = stamp.at.unix_ms - newest_ms
        if age_ms < COPY_DUE_MS:
            return False
        last = self._till.ledger.last_recorded_at()
        quiet_ms = stamp.at.unix_ms - last.unix_ms if last else QUIET_MS
        return quiet_ms >= QUIET_MS or (newest_ms > 0 and age_ms > COPY_LATEST_MS)
