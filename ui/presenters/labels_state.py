"""What the page of labels shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.presenters.two_line import TwoLineRow


class LabelsTab(StrEnum):
    """The lists on the left."""

    CHANGED = "changed"  # shelf labels that are wrong now
    COMING = "coming"  # those that will be, on a day to come
    GOODS = "goods"  # what somebody chose


@dataclass(frozen=True, slots=True)
class LabelView:
    """The chosen label.

    Attributes:
        title, below: of what. png: how it will look; b"" while it is drawn.
        uses: (key, words) of the kinds it may be; () where only one makes sense.
        use: which. count: how many; 0 where there is one for each change.
        weight, weight_problem: of goods weighed here; None for others.
        can_remove: whether somebody put it on the list.
    """

    title: str
    below: str
    png: bytes
    uses: tuple[tuple[str, str], ...] = ()
    use: str = ""
    count: int = 0
    weight: str | None = None
    weight_problem: str = ""
    can_remove: bool = False


@dataclass(frozen=True, slots=True)
class LabelFormsView:
    """How labels look.

    Attributes:
        shelf_forms: (key, words). shelf_form: which.
        fields: (key, words, is on the label).
        languages: (tag, words). language: which; "" for the shop's.
    """

    shelf_forms: tuple[tuple[str, str], ...]
    shelf_form: str
    fields: tuple[tuple[str, str, bool], ...]
    languages: tuple[tuple[str, str], ...]
    language: str


@dataclass(frozen=True, slots=True)
class LabelsState:
    """Everything the page shows.

    Attributes:
        tab: which list. search: what is searched for. rows: of the list.
        chosen: key of the row on show. day: of the prices to come.
        label: what is on show. total: how many labels the list makes.
        forms: how labels look; None while the preview is on show.
        printer: words about the label printer.
        has_printer: whether there is one. can_repeat: labels were printed before.
        is_working: something is on its way to the disk.
    """

    tab: LabelsTab
    search: str
    rows: tuple[TwoLineRow, ...]
    chosen: str
    day: str
    label: LabelView | None
    total: int
    forms: LabelFormsView | None
    printer: str
    has_printer: bool
    can_repeat: bool
    is_working: bool
