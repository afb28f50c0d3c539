"""Units of a basket that a deal is for, and what it takes off them, unit by unit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from pos_app.domain.promotion.application import Claim
from pos_app.domain.promotion.dealing import Room, UnitLine, deal_out, lowered
from pos_app.values.rounding import Run


@dataclass(frozen=True, slots=True)
class Picked:
    """Runs of one line that a deal is for.

    Attributes:
        at: position of the line. runs: positions of its runs, rising; some at least.
        plain: those of the runs that only take part and are not what is lowered.
    """

    at: int
    runs: tuple[int, ...]
    plain: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RunPart:
    """Some units of one run that a deal is for, where that may not be all of it.

    Attributes:
        at: position of the line. run: position of the run.
        plain: so many only take part. reduced: so many are what is lowered.
    """

    at: int
    run: int
    plain: int
    reduced: int


def taken_apart(
    lines: Sequence[UnitLine], parts: Sequence[RunPart]
) -> tuple[list[UnitLine], tuple[Picked, ...]]:
    """Return the lines with parts of runs as runs of their own, and those runs.

    Args:
        lines: as they are before it.
        parts: rising by line and run; each run once, the first units of it.
    """
    now, found = list(lines), []
    for at in sorted({one.at for one in parts}):
        here = [one for one in parts if one.at == at]
        now[at] = lines[at].with_parts({x.run: (x.plain, x.reduced) for x in here})
        runs, plain, more = list[int](), list[int](), 0
        for one in here:
            left = lines[at].runs[one.run].count - one.plain - one.reduced
            first = one.run + more
            own = range(first, first + bool(one.plain) + bool(one.reduced))
            runs += own
            plain += own[:1] if one.plain else []
            more += len(own) + bool(left) - 1
        found.append(Picked(at, tuple(runs), tuple(plain)))
    return now, tuple(found)


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
    binds: bool = False,
) -> tuple[list[UnitLine], tuple[Claim, ...]]:
    """Deal a saving to the picked units, to lines first and then to their units.

    Args:
        lines: as they are before it.
        picks: rising by line; at most one for a line.
        saving_minor: at most `most_off`.
        closes: the deal is exclusive: nothing later is for these units.
        binds: they belong together (`UnitRun.is_bound`).

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
        claims += _claims(line, dealt, pick.plain)
        after[pick.at] = lowered(line, dealt, closes=closes, binds=binds)
    return after, tuple(claims)


def _claims(
    line: UnitLine, dealt: Mapping[int, tuple[Run, ...]], plain: Collection[int]
) -> list[Claim]:
    """Return the units that take part, neighbours of one part together."""
    found: list[Claim] = []
    first = 0
    for at, run in enumerate(line.runs):
        if at in dealt:
            base_minor, is_reduced = run.count * run.minor, at not in plain
            claim = Claim(
                line.line_id, first, run.count, base_minor, dealt[at], is_reduced
            )
            if found and _is_next(found[-1], claim):
                last = found.pop()
                claim = replace(
                    last,
                    count=last.count + claim.count,
                    base_minor=last.base_minor + base_minor,
                    savings=join_runs(last.savings, claim.savings),
                )
            found.append(claim)
        first += run.count
    return found


def _is_next(one: Claim, other: Claim) -> bool:
    """Tell whether one claim goes on where another one ends."""
    is_same_part = one.is_reduced is other.is_reduced
    return is_same_part and one.first + one.count == other.first


def join_runs(one: tuple[Run, ...], other: tuple[Run, ...]) -> tuple[Run, ...]:
    """Put runs behind runs; equal neighbours become one."""
    if one and other and one[-1][1] == other[0][1]:
        both = (one[-1][0] + other[0][0], one[-1][1])
        return (*one[:-1], both, *other[1:])
    return (*one, *other)
