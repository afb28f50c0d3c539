"""What the bulk part of the back office shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.presenters.report_state import ListTableView

#: (key, words) of something to choose.
Choices = tuple[tuple[str, str], ...]


class BulkPage(StrEnum):
    """The pages of the part."""

    CHOOSE = "choose"
    CHANGE = "change"
    PREVIEW = "preview"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class ChooseView:
    """Which items.

    Attributes:
        search: what was typed. shelves, shelf: categories, and the choice.
        table: items, the chosen ones ticked. chosen: how many.
        found_words: on the key that chooses everything found.
    """

    search: str
    shelves: Choices
    shelf: str
    table: ListTableView
    chosen: int
    found_words: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What is changed.

    Attributes:
        title: how many items. fields, field: what can be changed, and the choice.
        has_pad: whether a number is typed; hint, text, problem: of the entry line.
        signs, sign: dearer or cheaper. endings, ending: of the new prices.
        options, option: taxes, categories, or yes and no.
        can_preview: whether there is something to preview.
    """

    title: str
    fields: Choices
    field: str
    has_pad: bool
    hint: str
    text: str
    problem: str
    signs: Choices
    sign: str
    endings: Choices
    ending: str
    options: Choices
    option: str
    can_preview: bool


@dataclass(frozen=True, slots=True)
class PreviewView:
    """What would become of each item.

    Attributes:
        title: what is about to happen. summary: how many rows of which sort.
        filters, filter: which rows, and the choice. table: them.
        confirm_words: on the main key, or why not. can_confirm: whether it can.
        can_toggle: whether a tap takes a row in or leaves it out.
    """

    title: str
    summary: str
    filters: Choices
    filter: str
    table: ListTableView
    confirm_words: str
    can_confirm: bool
    can_toggle: bool


@dataclass(frozen=True, slots=True)
class BulkPartState:
    """Everything the part shows; the view of its page is there, the others None.

    Attributes:
        progress: what is being done, while it is; "" for nothing.
    """

    page: BulkPage
    is_working: bool
    progress: str
    choose: ChooseView | None = None
    change: ChangeView | None = None
    preview: PreviewView | None = None
    documents: ListTableView | None = None
