"""What the page of shelf prices shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.presenters.two_line import TwoLineRow


class PricesTab(StrEnum):
    """The lists on the left."""

    ITEM = "item"  # goods found by name or number
    COMING = "coming"  # every change that is known to come
    DAY = "day"  # what changes on one day


@dataclass(frozen=True, slots=True)
class UnitPricesView:
    """The prices of one unit.

    Attributes:
        title, below: what it is. price: in force, already written.
        note: since when, or where it comes from.
        rows: to come, in force, over. chosen: key of the row on show.
        action: what may be done with that row: "cancel", "end" or "".
    """

    title: str
    below: str
    price: str
    note: str
    rows: tuple[TwoLineRow, ...]
    chosen: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class PricesState:
    """Everything the page shows.

    Attributes:
        tab: which list. search: what is searched for. rows: of the list.
        chosen: unit id of what the right card shows; unit: its prices.
        day, can_go_back: of the list of one day.
        is_working: a change is on its way to the disk.
    """

    tab: PricesTab
    search: str
    rows: tuple[TwoLineRow, ...]
    chosen: str
    unit: UnitPricesView | None
    day: str = ""
    is_working: bool = False
