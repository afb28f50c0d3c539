"""A saving dealt to single units by the largest remainder, never below a floor.

First to lines, then within each line to its units (law 6); equal units stay runs,
so that 99,000 bottles are one step. Ties go to the earlier line, the earlier unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pos_app.domain.promotion.selector import GoodsFacts
from pos_app.values.rounding import Run


@dataclass(frozen=True, slots=True)
class Room:
    """Units in a row that are equal: how much each weighs, and can still lose.

    Attributes:
        count: how many; one or more.
        weight: in proportion to which a saving is dealt; minor units, zero or more.
        most_minor: no more than this off each; minor units, zero or more.
    """

    count: int
    weight: int
    most_minor: int


def deal_out(total_minor: int, rooms: Sequence[Room]) -> tuple[tuple[Run, ...], ...]:
    """Deal an amount to units in proportion to their weights.

    The largest remainders get the odd minor units, the earlier ones first. Where
    that is more than a unit can lose, it loses what it can, and the others share
    the rest in the same way.

    Args:
        total_minor: zero or more; at most what all units together can lose.
        rooms: in order.

    Returns:
        Of each room the shares of its units, as runs; their sum is the amount.
    """
    assert total_minor >= 0
    if len(rooms) == 1:
        return (_evenly(total_minor, rooms[0]),)
    shares: dict[int, tuple[Run, ...]] = {}
    left_minor, open_at = total_minor, []
    for at, room in enumerate(rooms):
        if room.weight and room.most_minor:
            open_at.append(at)
        else:
            shares[at] = ((room.count, 0),)
    while open_at:
        dealt = _largest_remainder(left_minor, [rooms[at] for at in open_at])
        full = {
            at
            for at, share in zip(open_at, dealt, strict=True)
            if share[0][1] > rooms[at].most_minor
        }
        if not full:
            shares.update(zip(open_at, dealt, strict=True))
            left_minor = 0
            break
        for at in full:
            room = rooms[at]
            shares[at] = ((room.count, room.most_minor),)
            left_minor -= room.count * room.most_minor
        open_at = [at for at in open_at if at not in full]
    assert left_minor == 0, "more is let go than the units can lose"
    return tuple(shares[at] for at in range(len(rooms)))


def _evenly(total_minor: int, room: Room) -> tuple[Run, ...]:
    """Return the shares of units that are all equal: nearly every line of a till."""
    floor, odd = divmod(total_minor, room.count)
    most_minor = room.most_minor if room.weight else 0
    assert floor + (odd > 0) <= most_minor, "more is let go than the units can lose"
    if not odd:
        return ((room.count, floor),)
    return ((odd, floor + 1), (room.count - odd, floor))


def _largest_remainder(
    total_minor: int, rooms: Sequence[Room]
) -> list[tuple[Run, ...]]:
    """Return the shares as if no unit had a limit; the larger share comes first."""
    whole = sum(room.count * room.weight for room in rooms)
    parts = [divmod(total_minor * room.weight, whole) for room in rooms]
    given = sum(room.count * part[0] for room, part in zip(rooms, parts, strict=True))
    left = total_minor - given
    odd = [0] * len(rooms)
    if left:
        for at in sorted(range(len(rooms)), key=lambda i: (-parts[i][1], i)):
            odd[at] = min(left, rooms[at].count)
            left -= odd[at]
            if not left:
                break
    shares: list[tuple[Run, ...]] = []
    for room, (floor, _), more in zip(rooms, parts, odd, strict=True):
        runs = ((more, floor + 1), (room.count - more, floor))
        shares.append(tuple(run for run in runs if run[0]))
    return shares


@dataclass(frozen=True, slots=True)
class UnitRun:
    """Units of a line in a row that have come the same way so far.

    Attributes:
        count: how many.
        minor: what one costs now. found_minor: what it cost when the present layer
            began. list_minor: what it cost before any deal, a member's or a level's
            price included. Minor units.
        floor_minor: no promotion sells one for less.
        is_lowered: an earlier layer or a hand took something off.
        is_closed: they are in an exclusive deal: nothing later is for them.
        is_bound: a coupon for goods that belong together took them; another such
            coupon is for other units.
    """

    count: int
    minor: int
    found_minor: int
    list_minor: int
    floor_minor: int = 0
    is_lowered: bool = False
    is_closed: bool = False
    is_bound: bool = False

    @property
    def most_minor(self) -> int:
        """What a promotion can still take off one."""
        return max(0, self.minor - self.floor_minor)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A line in single units, between two layers.

    Attributes:
        line_id: of the basket. goods: what it sells.
        may_lower: whether a promotion may lower it at all.
        runs: its units, in the order that is stored with the sale.
        measure_thousandths: of weighed goods, which are one unit: how many units of
            measure that is; 1000 for counted goods.
        is_counted: whole pieces, which nth and n-for-a-price ask for.
    """

    line_id: str
    goods: GoodsFacts
    may_lower: bool
    runs: tuple[UnitRun, ...]
    measure_thousandths: int = 1000
    is_counted: bool = True

    @property
    def minor(self) -> int:
        """What the line costs now."""
        return sum(run.count * run.minor for run in self.runs)

    def with_parts(self, parts: Mapping[int, tuple[int, ...]]) -> UnitLine:
        """Return the line with runs taken apart.

        Args:
            parts: by a run's position the units of each part, in order; what is left
                over is a part of its own.
        """
        runs: list[UnitRun] = []
        for at, run in enumerate(self.runs):
            wanted = parts.get(at, ())
            counts = (*wanted, run.count - sum(wanted))
            runs += [replace(run, count=count) for count in counts if count]
        return replace(self, runs=tuple(runs))


def next_layer(line: UnitLine) -> UnitLine:
    """Return a line as the next layer finds it: what it lost so far is lost.

    Within a layer deals do not stand in each other's way: thresholds, and whether
    a unit was lowered before, are asked of what the layer found.
    """
    if all(run.minor == run.found_minor for run in line.runs):
        return line
    runs: list[UnitRun] = []
    for run in line.runs:
        lowered = run.is_lowered or run.minor < run.found_minor
        add_run(runs, replace(run, found_minor=run.minor, is_lowered=lowered))
    return replace(line, runs=tuple(runs))


def lowered(
    line: UnitLine,
    dealt: Mapping[int, tuple[Run, ...]],
    *,
    closes: bool,
    binds: bool = False,
) -> UnitLine:
    """Return a line with its units lowered.

    Args:
        line: as it is before.
        dealt: what is taken off the units of a run, by its position.
        closes: nothing later is for these units.
        binds: they belong together now (`UnitRun.is_bound`).
    """
    runs: list[UnitRun] = []
    for at, run in enumerate(line.runs):
        is_closed = run.is_closed or (closes and at in dealt)
        is_bound = run.is_bound or (binds and at in dealt)
        for count, off in dealt.get(at, ((run.count, 0),)):
            after = UnitRun(
                count,
                run.minor - off,
                run.found_minor,
                run.list_minor,
                run.floor_minor,
                run.is_lowered,
                is_closed,
                is_bound,
            )
            add_run(runs, after)
    return UnitLine(
        line.line_id,
        line.goods,
        line.may_lower,
        tuple(runs),
        line.measure_thousandths,
        line.is_counted,
    )


def spread(
    line: UnitLine, amount_minor: int, *, spares_closed: bool = False
) -> UnitLine:
    """Deal what a person lets go to a line's units; floors are no wall for people.

    Args:
        line: as it is before.
        amount_minor: at most what the units cost.
        spares_closed: whether units of an exclusive deal keep their price.
    """
    rooms = [
        Room(x.count, x.minor, 0 if spares_closed and x.is_closed else x.minor)
        for x in line.runs
    ]
    dealt = dict(enumerate(deal_out(amount_minor, rooms)))
    return lowered(line, dealt, closes=False)


def add_run(runs: list[UnitRun], run: UnitRun) -> None:
    """Put units behind others; equal neighbours become one run."""
    if runs and replace(runs[-1], count=run.count) == run:
        runs[-1] = replace(run, count=runs[-1].count + run.count)
    else:
        runs.append(run)
