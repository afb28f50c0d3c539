"""Marking fresh goods down (临期折价): how much comes off when, and never below what.

A ladder says what comes off from when on: so many days before the last day, at an
hour. Its floor is what the goods cost the shop and a part of it on top.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pos_app.errors import UserError
from pos_app.values.percentage import Percentage
from pos_app.values.rounding import divide

_WHOLE = 1_000_000  # hundred per cent, as Percentage counts
DAY_MINUTES = 24 * 60
#: Nobody marks down what lasts longer; a ladder of more rungs is a slip.
DAYS_LIMIT, RUNGS_LIMIT = 90, 8
#: A floor above twice the cost would let nothing be marked down.
FLOOR_LIMIT = Percentage(_WHOLE)


@dataclass(frozen=True, slots=True)
class Rung:
    """From this moment on, this comes off.

    Attributes:
        days_left: days before the last day; 0 is the last day itself.
        from_minute: of that day in the shop, after midnight.
        off: of the shelf price.
    """

    days_left: int
    from_minute: int
    off: Percentage

    def begins(self, last_day: date) -> datetime:
        """Return when it begins, on the wall clock of the shop."""
        day = last_day - timedelta(days=self.days_left)
        return datetime.combine(day, time()) + timedelta(minutes=self.from_minute)


class LadderTarget:
    """What a ladder is for, as a text: all goods, a category, or an item."""

    EVERYTHING = ""
    CATEGORY = "category:"
    ITEM = "item:"


@dataclass(frozen=True, slots=True)
class Ladder:
    """One version of a ladder; the one of an item goes before its category's.

    Attributes:
        target: `LadderTarget`, with an id behind it. version: from 1.
        rungs: by their beginning; more comes off with each.
        above_cost: never below the cost and this part of it.
        is_on: an item or category may be left out of a wider ladder.
    """

    target: str
    version: int
    rungs: tuple[Rung, ...]
    above_cost: Percentage = Percentage(0)  # noqa: RUF009 - frozen value
    is_on: bool = True

    def rung_at(self, last_day: date, now: datetime) -> Rung | None:
        """Return the rung that holds; None before the first one begins."""
        begun = [rung for rung in self.rungs if rung.begins(last_day) <= now]
        return begun[-1] if begun else None

    def next_rung(self, last_day: date, now: datetime) -> Rung | None:
        """Return the one that begins next; None on the last one."""
        return next((x for x in self.rungs if x.begins(last_day) > now), None)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The reduced price of one piece, and how it came about; minor units.

    Attributes:
        before_minor: what the piece costs on the shelf.
        rung: what holds. off_minor: what it takes off.
        cost_minor: what the piece cost the shop; None where nobody knows.
        floor_minor: never below; 0 where the cost is not known.
        minor: what the label says.
    """

    before_minor: int
    rung: Rung
    off_minor: int
    cost_minor: int | None
    floor_minor: int
    minor: int

    @property
    def is_at_floor(self) -> bool:
        """Whether the floor holds the price up."""
        return self.minor > self.before_minor - self.off_minor


def refuse_unsound_ladder(ladder: Ladder) -> None:
    """Refuse a ladder that makes no sense.

    Raises:
        UserError: "ladder_empty", "ladder_too_long", "ladder_days", "ladder_hour",
            "ladder_percentage", "ladder_order" or "ladder_floor".
    """
    if ladder.is_on and not ladder.rungs:
        raise UserError("ladder_empty")
    if len(ladder.rungs) > RUNGS_LIMIT:
        raise UserError("ladder_too_long", limit=RUNGS_LIMIT)
    if not 0 <= ladder.above_cost.millionths <= FLOOR_LIMIT.millionths:
        raise UserError("ladder_floor", limit=str(FLOOR_LIMIT))
    for rung in ladder.rungs:
        _refuse_unsound_rung(rung)
    for one, other in zip(ladder.rungs, ladder.rungs[1:], strict=False):
        is_later = _begins(one) < _begins(other)
        if not is_later or one.off.millionths >= other.off.millionths:
            raise UserError("ladder_order")


def _refuse_unsound_rung(rung: Rung) -> None:
    if not 0 <= rung.days_left <= DAYS_LIMIT:
        raise UserError("ladder_days", limit=DAYS_LIMIT)
    if not 0 <= rung.from_minute < DAY_MINUTES:
        raise UserError("ladder_hour")
    if not 0 < rung.off.millionths < _WHOLE:
        raise UserError("ladder_percentage", percentage=str(rung.off))


def _begins(rung: Rung) -> tuple[int, int]:
    return -rung.days_left, rung.from_minute


def ladder_for(
    ladders: Iterable[Ladder],
    item_ids: Sequence[str],
    category_id: str,
    parents: Mapping[str, str],
) -> Ladder | None:
    """Return the ladder of goods: their own, the nearest category's, the shop's.

    Args:
        ladders: of the shop.
        item_ids: the item, then the one it is a variant of.
        category_id: where it stands; "" for nowhere.
        parents: category id -> the one above it; none at the top.
    """
    known = {ladder.target: ladder for ladder in ladders}
    targets = [f"{LadderTarget.ITEM}{item_id}" for item_id in item_ids if item_id]
    seen: set[str] = set()
    while category_id and category_id not in seen:
        seen.add(category_id)
        targets.append(f"{LadderTarget.CATEGORY}{category_id}")
        category_id = parents.get(category_id, "")
    found = (known[x] for x in (*targets, LadderTarget.EVERYTHING) if x in known)
    ladder = next(found, None)
    return ladder if ladder is not None and ladder.is_on else None


def propose(
    ladder: Ladder,
    rung: Rung,
    before_minor: int,
    cost_minor: int | None,
    least_minor: int = 0,
) -> Proposal:
    """Return what one piece is marked down to.

    Args:
        ladder: of the goods.
        rung: what holds of it.
        before_minor: the shelf price of the piece.
        cost_minor: what it cost the shop; None where nobody knows.
        least_minor: no promotion sells it for less either (`SellingUnit.floor_minor`).

    Raises:
        UserError: "markdown_at_floor" where the floor lets nothing come off.
    """
    off_minor = divide(before_minor * rung.off.millionths, _WHOLE)
    floor_minor = least_minor
    if cost_minor is not None:
        above = cost_minor * (_WHOLE + ladder.above_cost.millionths)
        floor_minor = max(floor_minor, -(-above // _WHOLE))  # up: never below
    minor = max(before_minor - off_minor, floor_minor, 1)
    if minor >= before_minor:
        raise UserError(
            "markdown_at_floor", floor_minor=floor_minor, price_minor=before_minor
        )
    return Proposal(before_minor, rung, off_minor, cost_minor, floor_minor, minor)
