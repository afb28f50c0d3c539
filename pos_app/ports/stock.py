"""Stock documents, drafts and what an item's moves add up to, as the core sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from pos_app.domain.stock_document import StockDocument, StockKind
from pos_app.domain.stock_draft import StockDraft, StockDraftLine
from pos_app.values.times import BusinessDay, Timestamp

#: A place of a newest-first list: (epoch, seq) of a document, (move, balance) of a
#: move. Only this program's next question may use it.
Place = tuple[int, int]


class MoveKind(StrEnum):
    """What moved an item, as the history is filtered."""

    SOLD = "sold"
    RETURNED = "returned"
    RECEIVED = "received"
    WASTED = "wasted"
    ADJUSTED = "adjusted"


@dataclass(frozen=True, slots=True)
class StockMove:
    """One move of an item, with the document behind it.

    Attributes:
        document_id, number: of the ticket or stock document.
        kind: what moved it. is_mirror: whether the document undoes another.
        thousandths: base units, plus onto the shelf.
        after_thousandths: the balance after it, base units.
        who: the name of who did it. business_day, at: when.
        reason: key of the line's or document's reason; "" for none.
        place: of this move in the list.
    """

    document_id: str
    number: str
    kind: MoveKind
    is_mirror: bool
    thousandths: int
    after_thousandths: int
    who: str
    business_day: BusinessDay
    at: Timestamp
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class MovePage:
    """Some moves, newest first. next: where the older ones begin; None at the end."""

    moves: tuple[StockMove, ...]
    next: Place | None


@dataclass(frozen=True, slots=True)
class StockFigures:
    """What an item's moves add up to.

    Attributes:
        thousandths: on hand, base units; below zero where more was sold than came.
        last_received, last_sold: business days; None for never.
        sold_week, sold_month: in the last 7 and 28 days, what came back deducted.
    """

    thousandths: int = 0
    last_received: date | None = None
    last_sold: date | None = None
    sold_week: int = 0
    sold_month: int = 0


@dataclass(frozen=True, slots=True)
class StockSummary:
    """A document in a list.

    Attributes:
        document_id, number, kind, staff_name, business_day, at: which one.
        supplier, delivery_note, reason: as in the document.
        line_count: how many lines. is_mirror: whether it undoes another.
        mirrored_by: the number of what undid it; "" while it stands.
        place: of this document in the list.
    """

    document_id: str
    number: str
    kind: StockKind
    staff_name: str
    business_day: BusinessDay
    at: Timestamp
    supplier: str
    delivery_note: str
    reason: str
    line_count: int
    is_mirror: bool
    mirrored_by: str
    place: Place


class StockReader(Protocol):
    """What a screen asks; answers from what is committed."""

    def document(self, document_id: str) -> StockDocument | None:
        """Return a document."""
        ...

    def mirror_of(self, document_id: str) -> str:
        """Return the number of what undid a document; "" while it stands."""
        ...

    def documents(
        self, kind: StockKind | None, before: Place | None, limit: int
    ) -> Sequence[StockSummary]:
        """Return documents, newest first: older than a place, of a kind or any."""
        ...

    def moves(
        self, item_id: str, kind: MoveKind | None, before: Place | None, limit: int
    ) -> MovePage:
        """Return an item's moves, newest first; quick however many there are."""
        ...

    def figures(
        self, item_ids: Sequence[str], today: date
    ) -> Mapping[str, StockFigures]:
        """Return what the moves of items add up to, by item."""
        ...

    def below_zero(self, limit: int) -> Sequence[str]:
        """Return the items of which more went than came, the most first."""
        ...

    def draft(self, kind: StockKind) -> StockDraft | None:
        """Return the document that is being written; None for none."""
        ...

    def costs_waiting(self) -> Sequence[str]:
        """Return the ids of documents whose costs the catalogue has not taken yet."""
        ...


class StockWriter(Protocol):
    """Stock inside one transaction of the ledger."""

    def add(self, document: StockDocument) -> StockDocument:
        """Store a document whole: journal, rows, moves; ends its draft.

        Returns:
            The document with the balances it found.

        Raises:
            UserError: "stock_already_booked", "stock_already_mirrored".
        """
        ...

    def put_draft(self, draft: StockDraft, line: StockDraftLine | None) -> None:
        """Store a draft's head and the one line that changed, if one did."""
        ...

    def put_whole_draft(self, draft: StockDraft) -> None:
        """Store a draft with all its lines, in place of what was stored."""
        ...

    def drop_draft_line(self, draft_id: str, line_id: str) -> None:
        """Take a line out of a draft."""
        ...

    def drop_draft(self, kind: StockKind) -> None:
        """Give a draft up."""
        ...

    def costs_taken(self, document_id: str) -> None:
        """Remember that the catalogue has a document's costs."""
        ...
