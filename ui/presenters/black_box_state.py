"""What the black box screen shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.presenters.frame_state import FrameState
from ui.presenters.sale_state import CategoryView
from ui.presenters.ticket_state import BandView, LineView, SumView


class BoxPeriod(StrEnum):
    """The periods that can be chosen by one touch."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of the list.

    Attributes:
        key: its place in the chain, "1.162".
        icon: an icon's name. time: "11-21 14:32". sentence: what became true.
        who: who did it. amount: already written; "" for none.
        has_sale: it can be replayed.
    """

    key: str
    icon: str
    time: str
    sentence: str
    who: str
    amount: str = ""
    has_sale: bool = False


@dataclass(frozen=True, slots=True)
class ReplayView:
    """A step of a replayed sale.

    Attributes:
        band: number of the sale, and when the step was.
        step: what was done. position: "3 / 8".
        lines: the ticket after it. selected: row of the selected line, -1 for none.
        sums: below the lines. currency: ISO 4217.
        can_go_back, can_go_on: whether there are steps before and after.
    """

    band: BandView
    step: str
    position: str
    lines: tuple[LineView, ...]
    selected: int
    sums: tuple[SumView, ...]
    currency: str
    can_go_back: bool
    can_go_on: bool


@dataclass(frozen=True, slots=True)
class BlackBoxState:
    """Everything on the screen.

    Attributes:
        frame: top bar and status bar.
        periods: key and words. period: the chosen one.
        groups, group: kinds of entries and the chosen one, "" for all.
        people, person: staff who stand in the journal, "" for everybody.
        text: what is searched for.
        rows: entries, newest first. has_more: older ones are there.
        selected: key of the chosen entry; "" for none.
        facts: label and value of the chosen entry.
        replay: the chosen entry's sale; None when it is about none.
        is_exporting: a file is being written. export_note: how the last one went.
    """

    frame: FrameState
    periods: tuple[tuple[str, str, str], ...] = ()
    period: str = BoxPeriod.TODAY.value
    groups: tuple[CategoryView, ...] = ()
    group: str = ""
    people: tuple[CategoryView, ...] = ()
    person: str = ""
    text: str = ""
    rows: tuple[EntryRow, ...] = ()
    has_more: bool = False
    selected: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    replay: ReplayView | None = None
    is_exporting: bool = False
    export_note: str = ""
