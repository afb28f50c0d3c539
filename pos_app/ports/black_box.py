"""The journal as it is searched, replayed and exported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from pos_app.domain.journal import EntryKind, JournalEntry
from pos_app.domain.open_sale import Intent
from pos_app.values.times import BusinessDay, Timestamp

#: An entry's place in the chain: epoch and sequence number.
Place: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class EntryQuery:
    """Which entries are looked for; what is left out filters nothing.

    Attributes:
        first_day, last_day: business days, both included.
        kinds: what became true; empty for every kind.
        actor: staff id; "" for the till itself; None for anybody.
        terms: `journal_terms`; an entry with any of them is found. None for all.
        mark: a term that it must have in any case; "" for none.
    """

    first_day: BusinessDay | None = None
    last_day: BusinessDay | None = None
    kinds: frozenset[EntryKind] = frozenset()
    actor: str | None = None
    terms: tuple[str, ...] | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Entries, newest first, and where the next page begins.

    Attributes:
        entries: of this page.
        next_before: give it as `before` for the older ones; None at the end.
    """

    entries: tuple[JournalEntry, ...]
    next_before: Place | None


@dataclass(frozen=True, slots=True)
class StoredIntent:
    """An accepted intent of a sale and when it was accepted."""

    intent: Intent
    at: Timestamp


@dataclass(frozen=True, slots=True)
class Extent:
    """A part of the chain without a gap.

    Attributes:
        first, last: places of its first and last entry.
        entries: how many.
        prev_hash: hash of the entry before the first; 32 bytes.
    """

    first: Place
    last: Place
    entries: int
    prev_hash: bytes


class BlackBoxReader(Protocol):
    """Read access to the journal and to the intents of any sale; from any thread."""

    def page(self, query: EntryQuery, before: Place | None, limit: int) -> EntryPage:
        """Return up to `limit` entries older than `before`, newest first."""
        ...

    def entry(self, place: Place) -> JournalEntry | None:
        """Return one entry."""
        ...

    def actors(self) -> Sequence[str]:
        """Return whoever stands in the journal, as staff ids; "" is the till."""
        ...

    def numbers_of(self, sale_ids: Iterable[str]) -> Mapping[str, str]:
        """Return the numbers of sales that ended, were voided or are parked."""
        ...

    def intents_of(self, basket_id: str) -> Sequence[StoredIntent]:
        """Return the intents of a sale, open or ended however, oldest first."""
        ...

    def days(self) -> tuple[BusinessDay, BusinessDay] | None:
        """Return the first and the last business day; None while there are none."""
        ...

    def extent(self, first_day: BusinessDay, last_day: BusinessDay) -> Extent | None:
        """Return the chain from the first to the last entry of a period.

        None when no entry is of any of its days.
        """
        ...

    def entries(self, extent: Extent) -> Iterator[JournalEntry]:
        """Yield every entry of a part of the chain, a few hundred at a time."""
        ...


class Seal(Protocol):
    """Signs what leaves the shop, and puts it on the disk whole."""

    @property
    def public_key(self) -> bytes:
        """The shop's Ed25519 public key; 32 bytes."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return an Ed25519 signature (RFC 8032); 64 bytes."""
        ...

    def write(self, file: Path, chunks: Iterable[bytes]) -> None:
        """Write a file whole, or leave the one before; never all of it in memory.

        Raises:
            StorageError: "disk_full", "folder_missing", "folder_read_only" …
        """
        ...
