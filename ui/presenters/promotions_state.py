"""What the page of promotions shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.documents.promotion_pieces import Pieces
from ui.presenters.dry_run_state import DryRunState
from ui.presenters.office_form_state import FieldView
from ui.presenters.two_line import TwoLineRow


class PromotionsTab(StrEnum):
    """The lists."""

    ACTIVE = "active"
    COMING = "to_come"
    DRAFT = "draft"
    STOPPED = "stopped"


class PromotionsMode(StrEnum):
    """What the page is about."""

    LIST = "list"
    TEMPLATES = "templates"  # what a new one begins with
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class PromotionView:
    """The promotion that is chosen in the list.

    Attributes:
        title, sentence: its name; what it does, as one sentence.
        facts: (label, words): when, for whom, uses and saving.
        history: its versions and runs, the latest first.
        actions: (key, words, icon) of what can be done with it, the next step last.
        note: why it cannot be changed; "" for none.
    """

    title: str
    sentence: str
    facts: tuple[tuple[str, str], ...]
    history: tuple[TwoLineRow, ...]
    actions: tuple[tuple[str, str, str], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class OptionView:
    """A key below the sentence: what it sets, and how it is set."""

    key: str
    title: str
    value: str


@dataclass(frozen=True, slots=True)
class GoodsView:
    """The card of goods.

    Attributes:
        sides: (key, words) of what is included and what is excluded; side: on show.
        search: what is looked for. rows: what is chosen, or what was found.
        is_everything: all goods of the shop are included.
    """

    sides: tuple[tuple[str, str], ...]
    side: str
    search: str
    rows: tuple[TwoLineRow, ...]
    is_everything: bool


@dataclass(frozen=True, slots=True)
class PromotionCard:
    """What one blank or key opens beside the sentence.

    Attributes:
        key: of the blank. title: what is set.
        fields: from top to bottom; none for the card of goods.
        goods: of the card of goods; None for the others.
        pad: key of the text that the pad writes into; "" for no pad.
        days: whether each weekday is chosen; () where no days are.
    """

    key: str
    title: str
    fields: tuple[FieldView, ...] = ()
    goods: GoodsView | None = None
    pad: str = ""
    days: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class SampleView:
    """A basket of the promotion's goods, priced.

    Attributes:
        rows: goods with what they cost before and after. chosen: key of one.
        before, after, saving: sums, already written.
        deals: what was applied, in words.
        notes: overlaps and goods below cost.
        is_counting: not ready yet.
    """

    rows: tuple[TwoLineRow, ...] = ()
    chosen: str = ""
    before: str = ""
    after: str = ""
    saving: str = ""
    deals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_counting: bool = False


@dataclass(frozen=True, slots=True)
class EditorView:
    """The promotion being written.

    Attributes:
        title: of the card. pieces: its sentence with blanks.
        open_blank: the blank or key whose card is open; "" for none.
        problem: why it cannot be stored; problem_blank: where.
        doubts: what it could be meant otherwise.
        options: keys below the sentence. card: beside it; None for the sample.
        can_grow, can_shrink: whether steps or parts can be added, taken away.
        can_save, can_start: whether there is something to store, and to start.
    """

    title: str
    pieces: Pieces
    open_blank: str
    problem: str
    problem_blank: str
    doubts: tuple[str, ...]
    options: tuple[OptionView, ...]
    card: PromotionCard | None
    sample: SampleView
    can_grow: bool
    can_shrink: bool
    can_save: bool
    can_start: bool


@dataclass(frozen=True, slots=True)
class PromotionsState:
    """Everything on the page.

    Attributes:
        mode: what it is about. tab, search, rows, chosen: the list.
        counts: (tab, how many) for the tabs.
        detail: of what is chosen; None for nothing.
        templates: what a new one may begin with.
        editor: the promotion being written; None outside of the editor.
        is_working: a change is on its way to the disk.
        dry_run: what a trial on last week's sales shows; None for no trial.
    """

    mode: PromotionsMode
    tab: PromotionsTab
    search: str
    rows: tuple[TwoLineRow, ...]
    chosen: str
    counts: tuple[tuple[str, int], ...]
    detail: PromotionView | None = None
    templates: tuple[TwoLineRow, ...] = ()
    editor: EditorView | None = None
    is_working: bool = False
    dry_run: DryRunState | None = None
