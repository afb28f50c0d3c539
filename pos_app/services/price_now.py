"""What a shelf price set now makes of the rows that a unit has.

A row that was ever in force is never edited: it ends, and a new one begins. Rows
that begin later, and prices for a while that lie over the shelf, stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from pos_app.domain.price import SHELF, UnitPrice, row_in_force
from pos_app.ports.clock import Ids
from pos_app.values.times import Period, Timestamp


class Moment(Protocol):
    """When a price is set, and whose identities new rows have."""

    @property
    def now(self) -> Timestamp:
        """When."""
        ...

    @property
    def ids(self) -> Ids:
        """UUIDv7."""
        ...


def priced_now(
    prices: Sequence[UnitPrice],
    minor: int | None,
    when: Moment,
    *,
    is_first: bool = False,
) -> tuple[UnitPrice, ...]:
    """Return the rows with another shelf price from now on.

    Args:
        prices: every row of the unit, oldest first.
        minor: the price; None for none of its own.
        when: the moment.
        is_first: the unit never had a price: it holds always, so that a basket
            that began a moment ago can be sold with it.
    """
    shelf = [row for row in prices if row.priority == SHELF]
    running = [row for row in shelf if row.period.covers(when.now)]
    in_force = row_in_force(running, when.now)
    if (in_force.minor if in_force else None) == minor:
        return tuple(prices)
    if is_first and not shelf and minor is not None:
        return (*prices, UnitPrice(when.ids.new(), minor, Period()))
    starts = [row.period.start.unix_ms + 1 for row in running if row.period.start]
    begins = Timestamp(max([when.now.unix_ms, *starts]))
    ended = {
        row.price_id: replace(row, period=Period(row.period.start, begins))
        for row in running
    }
    rows = [ended.get(row.price_id, row) for row in prices]
    if minor is not None:
        rows.append(UnitPrice(when.ids.new(), minor, Period(begins)))
    return tuple(sorted(rows, key=_stored_order))


def _stored_order(row: UnitPrice) -> tuple[int, int, str]:
    start = row.period.start
    return (row.priority, 0 if start is None else start.unix_ms, row.price_id)
