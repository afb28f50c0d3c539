"""What the shift screen shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.presenters.frame_state import FrameState, Tone


class ShiftPage(StrEnum):
    """What stands left of the pad."""

    MENU = "menu"
    COUNT = "count"
    OUTCOME = "outcome"
    MOVE = "move"
    PAPER = "paper"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class HeadView:
    """The strip above the page.

    Attributes:
        title: what is done here. detail: which shift, who, since when.
        steps: what is done one after the other; empty for a single thing.
        step: the one that is under way, from 0.
    """

    title: str
    detail: str = ""
    steps: tuple[str, ...] = ()
    step: int = 0


@dataclass(frozen=True, slots=True)
class PieceView:
    """A denomination being counted.

    Attributes:
        key: what the signals say. name: "¥100", "5 角".
        count: pieces. amount: what they make, written.
        is_selected: whether the pad types its number.
    """

    key: str
    name: str
    count: int
    amount: str
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class PiecesView:
    """A card of denominations: notes, coins, or both in one."""

    title: str
    icon: str
    total: str
    pieces: tuple[PieceView, ...]


@dataclass(frozen=True, slots=True)
class CheckView:
    """A line of what is checked, or waits for somebody, before the shift.

    Attributes:
        key: what the line's key says when pressed.
        text, icon, tone: on the left. note: on the right.
        action: the words of its key; "" for none.
    """

    key: str
    text: str
    icon: str = "check-circle-fill"
    tone: Tone = Tone.GOOD
    note: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class CheckCardView:
    """The card beside the count.

    Attributes:
        lead, lead_amount, lead_note, lead_tone: the float that was left, on top.
        title, note: above the lines. checks: the lines.
        blind_title, blind_text: the blue note at the foot; "" for none.
    """

    title: str
    note: str = ""
    checks: tuple[CheckView, ...] = ()
    lead: str = ""
    lead_amount: str = ""
    lead_note: str = ""
    lead_tone: Tone = Tone.GOOD
    blind_title: str = ""
    blind_text: str = ""


@dataclass(frozen=True, slots=True)
class CountView:
    """The page for counting."""

    notes: PiecesView
    coins: PiecesView | None
    checks: CheckCardView
    hint: str


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """The page after the count: the difference, what stays, other tenders.

    Attributes:
        verdict, verdict_tone: in plain words. hint: what it may be; "" for nothing.
        facts: counted, expected, difference.
        can_recount: whether one more count is offered. recount: words of its key.
        money: what stays and what goes to the safe. others: the other tenders.
        titles: of the three cards. note: below the other tenders.
    """

    verdict: str
    verdict_tone: Tone
    hint: str
    facts: tuple[tuple[str, str], ...]
    can_recount: bool
    recount: str
    money: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    titles: tuple[str, str]
    note: str
    bag: str
    bag_hint: str
    is_bag_active: bool


@dataclass(frozen=True, slots=True)
class MenuKey:
    """A key of the menu; `needs_approval` shows the lock."""

    key: str
    title: str
    icon: str
    detail: str = ""
    needs_approval: bool = False


@dataclass(frozen=True, slots=True)
class MenuView:
    """The menu of the shift: its facts and what can be done."""

    facts: tuple[tuple[str, str], ...]
    keys: tuple[MenuKey, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class MoveView:
    """Cash put in or taken out: a reason, perhaps a reference."""

    reasons_title: str
    reasons: tuple[tuple[str, str], ...]
    reason: str
    reference: str
    reference_hint: str
    is_reference_active: bool
    note: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """A report as it was printed.

    Attributes:
        title, detail: in the card's head. png: the slip's picture.
        facts: beside it. note, note_tone: what else should be known.
    """

    title: str
    detail: str
    png: bytes
    facts: tuple[tuple[str, str], ...] = ()
    note: str = ""
    note_tone: Tone = Tone.INFO
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class RowView:
    """A line of a list: a Z, or a close that waits for a review."""

    key: str
    title: str
    detail: str
    amount: str
    action: str
    icon: str = "receipt"


@dataclass(frozen=True, slots=True)
class ListView:
    """A list with one key in each line; `empty` where there is nothing."""

    rows: tuple[RowView, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class KeyView:
    """One of the two keys above the main key."""

    title: str
    icon: str
    needs_approval: bool = False


@dataclass(frozen=True, slots=True)
class PadView:
    """Column C.

    Attributes:
        label, note: above the amount. amount: written, without sign of currency.
        saved, extra: below it.
        entry_hint, entry_text, entry_problem, is_entry_resting: the entry line.
        has_point: whether decimals can be typed.
        first, second: the two keys; None for none.
        main, main_detail, main_icon: the main key.
        reason, reason_detail: why the main key is dead; "" when it lives.
        is_working: the till is writing.
    """

    label: str
    amount: str = ""
    note: str = ""
    saved: str = ""
    extra: str = ""
    entry_hint: str = ""
    entry_text: str = ""
    entry_problem: str = ""
    is_entry_resting: bool = False
    has_digits: bool = True
    has_point: bool = False
    first: KeyView | None = None
    second: KeyView | None = None
    main: str = ""
    main_detail: str = ""
    main_icon: str = "arrow-circle-right"
    reason: str = ""
    reason_detail: str = ""
    is_working: bool = False


@dataclass(frozen=True, slots=True)
class ShiftState:
    """Everything the shift screen shows; the page's own view is never None."""

    frame: FrameState
    currency: str
    head: HeadView
    page: ShiftPage
    pad: PadView
    count: CountView | None = None
    outcome: OutcomeView | None = None
    menu: MenuView | None = None
    move: MoveView | None = None
    paper: PaperView | None = None
    rows: ListView | None = None
