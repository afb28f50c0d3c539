"""Whether this till may write into its second place now."""

from __future__ import annotations

import secrets
import shutil
import threading
from dataclasses import dataclass, replace
from pathlib import Path

from pos_app.errors import StorageError
from pos_app.persistence.durable_file import file_error, write_durably
from pos_app.persistence.erased_list import carry_erased
from pos_app.persistence.second_place.place_copy import PlaceCopy
from pos_app.persistence.second_place.place_disk import PlaceDisk
from pos_app.persistence.second_place.place_folder import (
    Claim,
    PlaceFolder,
)

#: How often a place is looked at when nothing is written.
LOOK_MS = 5_000


@dataclass(frozen=True, slots=True)
class Writer:
    """The till that wants to write.

    Attributes:
        ring_id: of its shop. device: names the till's own installation.
        epoch: in force. ring: the wrapped ring's file in the shop folder.
    """

    ring_id: str
    device: str
    epoch: int
    ring: Path


class Guard:
    """Stands before a place; used by the threads that mirror into it.

    Args:
        place: the till's folder there. place_id: the one that was chosen.
        writer: this till.
        disk: writes there.
    """

    def __init__(
        self, place: PlaceFolder, place_id: str, writer: Writer, disk: PlaceDisk
    ) -> None:
        self.place = place
        self._disk = disk
        self._place_id = place_id
        self._writer = writer
        self._session = secrets.token_hex(8)
        self._lock = threading.Lock()
        self._is_entered = False
        self._looked_ms: int | None = None

    @property
    def files(self) -> Path:
        """Where this till's copies lie."""
        return self.place.files_of(self._writer.device)

    def copy_of(self, name: str) -> PlaceCopy:
        """Return this till's copy of a database there."""
        return PlaceCopy(self.files, name, self._disk)

    def enter(self) -> None:
        """Begin to write: say so in one's claim.

        Raises:
            StorageError: "place_missing", "place_foreign", "place_taken" or what the
                disk says.
        """
        with self._lock:
            claim = self._allowed()
            try:
                if not self._is_entered:
                    self.place.begin_session(replace(claim, session=self._session))
                    self._is_entered = True
                self.files.mkdir(mode=0o700, exist_ok=True)
            except OSError as error:
                raise file_error(error, self.place.root) from error

    def look(self, now_ms: int) -> None:
        """Look every few seconds whether the place is still there and one's own.

        Raises:
            StorageError: as `enter`.
        """
        if self._looked_ms is not None and 0 <= now_ms - self._looked_ms < LOOK_MS:
            return
        with self._lock:
            claim = self._allowed()
            if self._is_entered and claim.session != self._session:
                raise StorageError("place_taken", folder=str(self.place.root.parent))
        self._looked_ms = now_ms

    def leave(self) -> None:
        """Something went wrong at the place: look at it anew before writing."""
        self._looked_ms = None

    def drop_others(self) -> None:
        """Delete the copies of tills that this one goes on from."""
        for path in self.place.other_files(self._writer.device):
            shutil.rmtree(path, ignore_errors=True)

    def _allowed(self) -> Claim:
        """Return one's claim; refuse what is gone, foreign or taken over."""
        identity = self.place.identity()
        folder = str(self.place.root.parent)
        if identity.ring_id != self._writer.ring_id:
            raise StorageError("place_foreign", folder=folder, shop=identity.shop_name)
        if identity.place_id != self._place_id:
            raise StorageError("place_missing", folder=folder)
        try:
            claim = self.place.newest_claim()
            mine = self._writer.ring.read_bytes()
            is_ring_old = self.place.ring.read_bytes() != mine
        except OSError as error:
            raise file_error(error, self.place.root) from error
        if claim.device != self._writer.device:
            raise StorageError("place_taken", folder=folder)
        if is_ring_old:  # another recovery code was made
            write_durably(self.place.ring, mine)
        carry_erased(self.place.root, (self._writer.ring.parent,))
        return claim


def take_place(place: PlaceFolder, writer: Writer, now_ms: int) -> None:
    """Make a place one's own where that takes nothing from a till that went on.

    Raises:
        StorageError: "place_taken" when another till began a later epoch there.
    """
    try:
        claim = place.newest_claim()
        if claim.device == writer.device:
            return
        is_mine = writer.epoch > claim.epoch and place.claim(
            Claim(writer.epoch, writer.device, now_ms)
        )
    except OSError as error:
        raise file_error(error, place.root) from error
    if not is_mine:
        raise StorageError("place_taken", folder=str(place.root.parent))
