"""What a price in a file makes of the price rows that a unit has.

Rows may overlap: of those that cover a moment, the one that began last is in
force. A row is added, a future row corrected, a running row given another end;
what was ever sold at a price keeps the row that says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos_app.domain.price import UnitPrice, row_in_force
from pos_app.ports.clock import Ids
from pos_app.values.times import Period, Timestamp

#: Nothing said of time: this is what the unit costs.
ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class PriceChange:
    """The price rows after a line.

    Attributes:
        prices: every row, in the order of their beginnings.
        odd: key of a warning, "" when there is none.
    """

    prices: tuple[UnitPrice, ...]
    odd: str = ""


@dataclass(frozen=True, slots=True)
class Pricing:
    """What all prices of a line have in common.

    Attributes:
        now: a price without dates holds from now on.
        ids: identities of new rows.
        period: what the line says of time; `ALWAYS` when it says nothing.
    """

    now: Timestamp
    ids: Ids
    period: Period = ALWAYS

    def applied(self, prices: tuple[UnitPrice, ...], minor: int | None) -> PriceChange:
        """Return the rows with a price that the line says; None says nothing."""
        if minor is None:
            return PriceChange(prices)
        if self.period == ALWAYS:
            return self._standing(prices, minor)
        if self.period.end is not None and self.period.end <= self.now:
            return self._past(prices, minor)
        start = self.period.start
        if start is not None and start > self.now:
            return self._future(prices, minor, start)
        return self._running(prices, minor)

    def _standing(self, prices: tuple[UnitPrice, ...], minor: int) -> PriceChange:
        """Take a price without dates."""
        if not prices:
            return PriceChange((self._row(minor, ALWAYS),))
        before = standing_price(prices, self.now)
        if before is not None and before.minor == minor:
            return PriceChange(prices)
        in_force = price_in_force(prices, self.now)
        ends_early = in_force is not None and in_force.period.end is not None
        fresh = self._row(minor, Period(start=self.now))
        odd = "import_price_over_period" if ends_early else ""
        return PriceChange(_sorted(prices, fresh), odd)

    def _past(self, prices: tuple[UnitPrice, ...], minor: int) -> PriceChange:
        """Take a price whose time is over: at most it ends a running row now."""
        for row in prices:
            is_meant = row.period.start == self.period.start and row.minor == minor
            if is_meant and row.period.covers(self.now):
                ended = replace(row, period=Period(row.period.start, self.now))
                return PriceChange(_replaced(prices, row, ended))
        return PriceChange(prices, "import_period_over")

    def _future(
        self, prices: tuple[UnitPrice, ...], minor: int, start: Timestamp
    ) -> PriceChange:
        """Take a price that begins later; another for the same moment corrects it."""
        fresh = self._row(minor, self.period)
        for row in reversed(prices):  # of several, the one that will be in force
            if row.period.start == start:
                corrected = replace(fresh, price_id=row.price_id, priority=row.priority)
                return PriceChange(_replaced(prices, row, corrected))
        return PriceChange(_sorted(prices, fresh))

    def _running(self, prices: tuple[UnitPrice, ...], minor: int) -> PriceChange:
        """Take a price that began before now, or that begins now and ends."""
        start, end = self.period.start, self.period.end
        if _holds(price_in_force(prices, self.now), minor, end):
            return PriceChange(prices)
        standing = standing_price(prices, self.now)
        if (
            start is not None
            and standing is not None
            and _start(standing)[0] > (start.unix_ms)
        ):
            return PriceChange(prices, "import_price_overtaken")
        same_start = [row for row in prices if row.period.start == start]
        for row in same_start:
            if _holds(row, minor, end):
                return PriceChange(prices)
            if start is not None and row.minor == minor and row.period.covers(self.now):
                longer = replace(row, period=self.period)
                return PriceChange(_replaced(prices, row, longer))
        begins_now = bool(same_start) or (start is None and bool(prices))
        fresh = self._row(minor, Period(self.now if begins_now else start, end))
        in_force = price_in_force(prices, self.now)
        if end is not None and in_force is not None:  # it must lie over that
            fresh = replace(fresh, priority=in_force.priority)
        return PriceChange(_sorted(prices, fresh))

    def _row(self, minor: int, period: Period) -> UnitPrice:
        return UnitPrice(self.ids.new(), minor, period)


def _holds(row: UnitPrice | None, minor: int, end: Timestamp | None) -> bool:
    return row is not None and (row.minor, row.period.end) == (minor, end)


def price_in_force(prices: Sequence[UnitPrice], moment: Timestamp) -> UnitPrice | None:
    """Return the row in force: a price for a while first, then the latest start."""
    return row_in_force(prices, moment)


def standing_price(prices: Sequence[UnitPrice], moment: Timestamp) -> UnitPrice | None:
    """Return the row in force that has no end, under any price for a time."""
    return price_in_force([x for x in prices if x.period.end is None], moment)


def prices_to_come(
    prices: Sequence[UnitPrice], moment: Timestamp
) -> tuple[UnitPrice, ...]:
    """Return the rows beside the standing price that hold now or later."""
    standing = standing_price(prices, moment)
    last = {row.period.start: row for row in sorted(prices, key=_start)}
    return tuple(
        row
        for row in last.values()
        if row is not standing
        and (row.period.end is None or row.period.end > moment)
        and (standing is None or _start(row) > _start(standing))
    )


def _start(price: UnitPrice) -> tuple[int, str]:
    start = price.period.start
    return (0 if start is None else start.unix_ms, price.price_id)


def _sorted(prices: tuple[UnitPrice, ...], fresh: UnitPrice) -> tuple[UnitPrice, ...]:
    return tuple(sorted((*prices, fresh), key=_start))


def _replaced(
    prices: tuple[UnitPrice, ...], old: UnitPrice, new: UnitPrice
) -> tuple[UnitPrice, ...]:
    return tuple(new if row is old else row for row in prices)
