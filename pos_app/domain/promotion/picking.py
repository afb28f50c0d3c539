"""Units of a basket that a deal is for, and what it takes off them, unit by unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pos_app.domain.promotion.application import Claim
from pos_app.domain.promotion.dealing import Room, UnitLine, deal_out, lowered
from pos_app.values.rounding import Run


@dataclass(frozen=True, slots=True)
class Picked:
    """Runs of one line that a deal is for.

    Attributes:
        at: position of the line. runs: positions of its runs, rising; some at least.
    """

    at: int
    runs: tuple[int, ...]


def most_off(lines: Sequence[UnitLine], picks: Sequence[Picked]) -> int:
    """Return the most that a promotion can take off the picked units together."""
    return sum(_most(lines[pick.at], pick) for pick in picks)


def cost_of(lines: Sequence[UnitLine], picks: Sequence[Picked]) -> int:
    """Return what the picked units cost now; minor units."""
    return sum(_cost(lines[pick.at], pick) for pick in picks)


def _most(line: UnitLine, pick: Picked) -> int:
    return sum(line.runs[i].count * line.runs[i].most_minor for i in pick.runs)


def _cost(line: UnitLine, pick: Picked) -> int:
    return sum(line.runs[i].count * line.runs[i].minor for i in pick.runs)


def take_off(
    lines: Sequence[UnitLine],
    picks: Sequence[Picked],
    saving_minor: int,
    *,
    closes: bool = False,
) -> tuple[list[UnitLine], tuple[Claim, ...]]:
    """Deal a saving to the picked units, to lines first and then to their units.

    Args:
        lines: as they are before it.
        picks: rising by line; at most one for a line.
        saving_minor: at most `most_off`.
        closes: the deal is exclusive: nothing later is for these units.

    Returns:
        The lines after it, and which units take part with what they save.
    """
    rooms = [Room(1, _cost(lines[p.at], p), _most(lines[p.at], p)) for p in picks]
    after, claims = list(lines), []
    for pick, ((_, share_minor),) in zip(
        picks, deal_out(saving_minor, rooms), strict=True
    ):
        line = lines[pick.at]
        within = [
            Room(line.runs[i].count, line.runs[i].minor, line.runs[i].most_minor)
            for i in pick.runs
        ]
        dealt = dict(zip(pick.runs, deal_out(share_minor, within), strict=True))
        claims += _claims(line, dealt)
        after[pick.at] = lowered(line, dealt, closes=closes)
    return after, tuple(claims)


def _claims(line: UnitLine, dealt: Mapping[int, tuple[Run, ...]]) -> list[Claim]:
    """Return the units that take part, neighbours together."""
    found: list[Claim] = []
    first = 0
    for at, run in enumerate(line.runs):
        if at in dealt:
            base_minor = run.count * run.minor
            if found and found[-1].first + found[-1].count == first:
                last = found.pop()
                found.append(
                    Claim(
                        line.line_id,
                        last.first,
                        last.count + run.count,
                        last.base_minor + base_minor,
                        join_runs(last.savings, dealt[at]),
                    )
                )
            else:
                found.append(
                    Claim(line.line_id, first, run.count, base_minor, dealt[at])
                )
        first += run.count
    return found


def join_runs(one: tuple[Run, ...], other: tuple[Run, ...]) -> tuple[Run, ...]:
    """Put runs behind runs; equal neighbours become one."""
    if one and other and one[-1][1] == other[0][1]:
        both = (one[-1][0] + other[0][0], one[-1][1])
        return (*one[:-1], both, *other[1:])
    return (*one, *other)
