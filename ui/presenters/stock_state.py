"""What the stock part of the back office shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.presenters.report_state import ListTableView


class StockPage(StrEnum):
    """The pages of the part."""

    LIST = "list"
    HISTORY = "history"
    DOCUMENTS = "documents"
    DOCUMENT = "document"
    WRITING = "writing"


#: (key, words) of something to choose.
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WriteKey:
    """A key that opens a document being written: its kind, words, what was begun."""

    kind: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class StockListView:
    """The items with what is on hand.

    Attributes:
        search: what was typed. scopes, scope: which items, and the choice.
        table: the items. keys: what can be written.
    """

    search: str
    scopes: Choices
    scope: str
    table: ListTableView
    keys: tuple[WriteKey, ...]


@dataclass(frozen=True, slots=True)
class HistoryView:
    """One item: its figures, its moves.

    Attributes:
        title: the item. facts: (label, value). kinds, kind: the filter.
        table: the moves, newest first. keys: what can be written of it.
    """

    title: str
    facts: tuple[tuple[str, str, str], ...]
    kinds: Choices
    kind: str
    table: ListTableView
    keys: tuple[WriteKey, ...]


@dataclass(frozen=True, slots=True)
class DocumentsView:
    """The stock documents, newest first."""

    kinds: Choices
    kind: str
    table: ListTableView


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document as it was printed.

    Attributes:
        title: what and which. facts: (label, value). png: its slip; b"" not yet.
        can_undo: whether a mirror may undo it. undo_words: on that key, or why not.
        is_asking: the key was pressed once and asks to be pressed again.
        is_stock: whether it is a stock document, which can be printed here.
        has_labels: whether its goods came in, so that they may need labels.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    png: bytes
    can_undo: bool
    undo_words: str
    is_asking: bool
    is_stock: bool
    has_labels: bool = False


@dataclass(frozen=True, slots=True)
class EntryView:
    """The pad of the writing page.

    Attributes:
        hint: what is typed, of which line. text: so far. problem: why it was refused.
        fields, field: quantity or cost, and the choice; one field is not offered.
        signs, sign: up or down, for adjustments.
    """

    hint: str
    text: str
    problem: str
    fields: Choices
    field: str
    signs: Choices
    sign: str


@dataclass(frozen=True, slots=True)
class WritingView:
    """A document being written.

    Attributes:
        title, icon: which kind. supplier, delivery_note: typed; for goods received.
        is_delivery: whether they are asked.
        reasons, reason: for the others; scopes, scope: of document or line.
        search: typed to find goods by name. table: lines, or what was found.
        entry: the pad. prints: whether the slip is printed.
        book_words, can_book: on the main key, or the reason it waits.
        gives_up: asks to be pressed again. can_bring_back: a line was just removed.
        has_line: whether a line is chosen. is_begun: whether there is anything.
        can_register: the chosen line is red, and this person may name it.
    """

    title: str
    icon: str
    is_delivery: bool
    supplier: str
    delivery_note: str
    reasons: Choices
    reason: str
    scopes: Choices
    scope: str
    search: str
    table: ListTableView
    entry: EntryView
    prints: bool
    book_words: str
    can_book: bool
    gives_up: bool
    can_bring_back: bool
    has_line: bool
    is_begun: bool
    can_register: bool


@dataclass(frozen=True, slots=True)
class StockState:
    """Everything the part shows; the view of its page is there, the others None."""

    page: StockPage
    is_working: bool
    list: StockListView | None = None
    history: HistoryView | None = None
    documents: DocumentsView | None = None
    document: DocumentView | None = None
    writing: WritingView | None = None
