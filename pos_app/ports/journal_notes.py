"""What the catalogue's writers leave for the journal, which the till alone writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pos_app.domain.journal import EntryKind


@dataclass(frozen=True, slots=True)
class JournalNote:
    """An entry that waits for the till.

    Attributes:
        note_id: UUIDv7; notes are journalled in this order.
        kind, body: of the entry.
    """

    note_id: str
    kind: EntryKind
    body: Mapping[str, object]


class JournalNotes(Protocol):
    """Notes stand in the catalogue, durable with what they tell of."""

    def put(self, note: JournalNote) -> None:
        """Leave a note, or replace it."""
        ...

    def drop(self, note_id: str) -> None:
        """Take a note away."""
        ...

    def waiting(self) -> Sequence[JournalNote]:
        """Return the notes, oldest first."""
        ...
