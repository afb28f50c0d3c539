"""What the page of a dry run shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.presenters.report_state import FigureView, ListTableView


class DryRunTable(StrEnum):
    """The tables below the figures."""

    ITEMS = "items"
    STACKS = "stacks"
    BELOW_COST = "below_cost"


@dataclass(frozen=True, slots=True)
class DryRunState:
    """The page.

    Attributes:
        title: the promotion. note: which days, and what was left out.
        is_working: sales are being priced. progress: how far it is.
        cards: the figures; none while it works.
        tables: (key, words) of the tables. table: the chosen one; None while it works.
        chosen: the chosen table's key.
    """

    title: str = ""
    note: str = ""
    is_working: bool = False
    progress: str = ""
    cards: tuple[FigureView, ...] = ()
    tables: tuple[tuple[str, str], ...] = ()
    table: ListTableView | None = None
    chosen: DryRunTable = DryRunTable.ITEMS
