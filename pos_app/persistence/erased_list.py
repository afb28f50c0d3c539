"""The list of erased members beside the key ring (implements ports.erased_ids).

A backup that is older than an erasure still holds the person's key. The list lies
outside of ledger.db, beside the backups and at the second place, so that whatever
is restored forgets these people again before it sells. A line is an id, a moment
and a digest under the shop's key: nobody can have somebody erased by adding one.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pos_app.errors import StorageError
from pos_app.persistence.durable_file import write_durably
from pos_app.persistence.key_ring import KeyRing
from pos_app.values.times import Timestamp

ERASED_FILE = "erased.txt"
_DIGEST_CHARACTERS = 32
#: Lines of a list that somebody blew up are not read for ever.
_MOST_BYTES = 64 * 1024 * 1024
_log = logging.getLogger("guitai.members")


class ErasedList:
    """The list of one shop, in its folder and beside its backups.

    Args:
        ring: its keys. folder: the shop's. others: folders that get a copy; one
            that cannot be written stops nothing, it is written another time.
    """

    def __init__(self, ring: KeyRing, folder: Path, others: Iterable[Path]) -> None:
        said = b"guitai members 1: erased\x01"
        self._key = hmac.new(ring.pin_pepper, said, hashlib.sha256).digest()
        self._file = folder / ERASED_FILE
        self._others = tuple(each / ERASED_FILE for each in others)

    def all(self) -> Mapping[str, Timestamp]:
        """Return every id that this shop wrote down."""
        return dict(self._read(self._file))

    def add(self, erased: Mapping[str, Timestamp]) -> None:
        """Remember ids, durably, here and beside the backups.

        Raises:
            StorageError: "disk_full", "folder_read_only" or "disk_error".
        """
        known = self.all()
        whole = {**erased, **known}
        if whole.keys() != known.keys():
            write_durably(self._file, self._written(whole))
        for other in self._others:
            self._copy_to(other, whole)

    def _copy_to(self, other: Path, whole: Mapping[str, Timestamp]) -> None:
        there = dict(self._read(other))
        if there.keys() >= whole.keys() or not other.parent.is_dir():
            return
        try:
            write_durably(other, self._written({**there, **whole}))
        except StorageError as error:
            _log.warning("the list of erased members is not copied: %s", error.key)

    def _written(self, erased: Mapping[str, Timestamp]) -> bytes:
        lines = (f"{who} {at.unix_ms}" for who, at in sorted(erased.items()))
        return "".join(f"{line} {self._digest(line)}\n" for line in lines).encode()

    def _read(self, file: Path) -> Iterator[tuple[str, Timestamp]]:
        for line in _lines(file):
            said, _blank, digest = line.rpartition(" ")
            if not hmac.compare_digest(digest.encode(), self._digest(said).encode()):
                continue  # another shop's, or touched
            who, _blank, at_ms = said.partition(" ")
            yield who, Timestamp(int(at_ms))

    def _digest(self, line: str) -> str:
        digest = hmac.new(self._key, line.encode("utf-8", "surrogatepass"), "sha256")
        return digest.hexdigest()[:_DIGEST_CHARACTERS]


def carry_erased(target: Path, sources: Iterable[Path]) -> None:
    """Bring lists together in a folder that a shop is restored into; proves nothing.

    Raises:
        StorageError: what writing meets.
    """
    known = dict.fromkeys(_lines(target / ERASED_FILE))
    found = (line for each in sources for line in _lines(each / ERASED_FILE))
    whole = known | dict.fromkeys(found)
    if len(whole) > len(known):
        write_durably(target / ERASED_FILE, "".join(f"{x}\n" for x in whole).encode())


def _lines(file: Path) -> list[str]:
    try:
        if file.stat().st_size > _MOST_BYTES:
            return []
        text = file.read_bytes().decode("utf-8", "replace")
    except OSError:  # none was written, or it lies on a disk that is gone
        return []
    return [line for line in text.splitlines() if line]
