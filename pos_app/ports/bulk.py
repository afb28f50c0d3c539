"""Documents over many items, as the back office writes and lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pos_app.domain.bulk_edit import BulkDocument, BulkRow


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of a document, and what became of it.

    Attributes:
        position: from 1. row: what was asked.
        is_done: applied. is_left: somebody else had changed the item meanwhile.
    """

    position: int
    row: BulkRow
    is_done: bool
    is_left: bool


class BulkReader(Protocol):
    """What a screen asks."""

    def recent(self, limit: int) -> Sequence[BulkDocument]:
        """Return the documents that hold, newest first."""
        ...

    def document(self, bulk_id: str) -> BulkDocument | None:
        """Return one."""
        ...

    def rows(self, bulk_id: str, after: int, limit: int) -> Sequence[PlacedRow]:
        """Return rows of a document behind a position, in order."""
        ...

    def unfinished(self) -> Sequence[BulkDocument]:
        """Return the documents that are decided but not done, oldest first."""
        ...


class BulkEditor(BulkReader, Protocol):
    """Write access, within one transaction of the catalogue."""

    def begin(self, document: BulkDocument) -> None:
        """Begin a document; until it is decided nothing of it holds."""
        ...

    def add_rows(self, bulk_id: str, first: int, rows: Sequence[BulkRow]) -> None:
        """Add rows, the first at a position."""
        ...

    def decide(self, document: BulkDocument) -> None:
        """Make it hold: from now on it is finished, kill or no kill."""
        ...

    def settle(self, bulk_id: str, done: Sequence[int], left: Sequence[int]) -> None:
        """Remember which positions were applied, and which were left alone."""
        ...

    def finish(self, bulk_id: str) -> None:
        """Say that nothing of it is left to do."""
        ...

    def drop_drafts(self) -> None:
        """Take away what was begun and never decided."""
        ...
