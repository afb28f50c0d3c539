"""Where the columns of the ticket are; header and lines share it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class TicketColumns:
    """Column edges in pixels.

    Attributes:
        index_center: middle of the line numbers. name_left: left of the names.
        quantity_right, price_right, total_right: right edges; None hides it.
    """

    index_center: int
    name_left: int
    quantity_right: int | None
    price_right: int | None
    total_right: int


@lru_cache(maxsize=32)
def ticket_columns(theme: Theme, width: int) -> TicketColumns:
    """Return the columns of a ticket `width` pixels wide."""
    px = theme.px
    if width < px(300):
        return TicketColumns(px(14), px(28), None, None, width - px(10))
    if width < px(500):
        return TicketColumns(px(16), px(32), width - px(107), None, width - px(11))
    if theme.profile.name == "wide":
        return TicketColumns(
            px(26), px(52), width - px(252), width - px(144), width - px(15)
        )
    return TicketColumns(
        px(21), px(42), width - px(211), width - px(122), width - px(14)
    )
