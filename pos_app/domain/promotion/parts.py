"""Stacks that no deal and no limit ties together are dealt with by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pos_app.domain.promotion.packing import (
    Amounts,
    Group,
    Packed,
    Packing,
    Single,
    Taken,
)


class Part(NamedTuple):
    """Some stacks of a packing, as a packing of their own.

    Attributes:
        packing: with positions of its own.
        stacks: position of each in the whole.
        caps: position of each limit in the whole -> its own.
    """

    packing: Packing
    stacks: tuple[int, ...]
    caps: Mapping[int, int]


class Tie(NamedTuple):
    """Stacks, and limits, that belong together for some other reason."""

    stacks: Sequence[int]
    takes: Amounts


def split(packing: Packing, ties: Sequence[Tie] = ()) -> list[Part]:
    """Return the parts of a packing that have nothing to do with each other.

    Args:
        packing: the whole.
        ties: what else belongs together.
    """
    leader = _leaders(packing, ties)
    members: dict[int, list[int]] = {}
    for at in range(len(leader)):
        members.setdefault(_leader(leader, at), []).append(at)
    groups: dict[int, list[Group]] = {}
    for group in packing.groups:
        groups.setdefault(_leader(leader, group.use[0][0]), []).append(group)
    tied: dict[int, list[Tie]] = {}
    for tie in ties:
        tied.setdefault(_leader(leader, tie.stacks[0]), []).append(tie)
    return [
        _part(packing, tuple(stacks), groups.get(key, []), tied.get(key, []))
        for key, stacks in members.items()
        if key in groups or key in tied or any(packing.singles[at] for at in stacks)
    ]


def joined(parts: Iterable[tuple[Sequence[int], Packed]]) -> Packed:
    """Put the choices of parts together, in the positions of the whole."""
    groups: list[tuple[Group, int]] = []
    singles: list[Taken] = []
    value = nodes = 0
    is_optimal = True
    for at_of, packed in parts:
        for group, times in packed.groups:
            use = tuple((at_of[at], n) for at, n in group.use)
            groups.append((group._replace(use=use, takes=()), times))
        singles += [
            taken._replace(stack=at_of[taken.stack]) for taken in packed.singles
        ]
        value += packed.value
        nodes += packed.nodes
        is_optimal = is_optimal and packed.is_optimal
    return Packed(tuple(groups), tuple(singles), value, nodes, is_optimal)


def _leaders(packing: Packing, ties: Sequence[Tie]) -> list[int]:
    """Return for each stack one that stands for all that it is tied to."""
    leader = list(range(len(packing.counts)))
    by_cap: dict[int, int] = {}
    for stacks, takes in _tied(packing, ties):
        first = stacks[0]
        for at in stacks[1:]:
            _join(leader, first, at)
        for cap, _ in takes:
            _join(leader, first, by_cap.setdefault(cap, first))
    return leader


def _tied(packing: Packing, ties: Sequence[Tie]) -> Iterator[Tie]:
    yield from ties
    for group in packing.groups:
        yield Tie([at for at, _ in group.use], group.takes)
    for at, singles in enumerate(packing.singles):
        for single in singles:
            if single.takes:
                yield Tie((at,), single.takes)


def _part(
    packing: Packing,
    stacks: tuple[int, ...],
    groups: Sequence[Group],
    ties: Sequence[Tie],
) -> Part:
    place = {at: k for k, at in enumerate(stacks)}
    caps = _Numbering()
    for tie in ties:
        caps.again(tie.takes)
    found = Packing(
        counts=tuple(packing.counts[at] for at in stacks),
        singles=tuple(
            tuple(_single(single, caps) for single in packing.singles[at])
            for at in stacks
        ),
        groups=tuple(
            group._replace(
                use=tuple((place[at], n) for at, n in group.use),
                takes=caps.again(group.takes),
            )
            for group in groups
        ),
    )
    if caps.known:
        left = tuple(packing.caps[cap] for cap in caps.known)
        found = Packing(found.counts, found.singles, found.groups, left)
    return Part(found, stacks, caps.known)


class _Numbering:
    """Numbers limits anew, in the order in which they turn up."""

    def __init__(self) -> None:
        self.known: dict[int, int] = {}

    def again(self, takes: Amounts) -> Amounts:
        known = self.known
        return tuple((known.setdefault(cap, len(known)), n) for cap, n in takes)


def _single(single: Single, caps: _Numbering) -> Single:
    if not single.takes:
        return single
    return single._replace(takes=caps.again(single.takes))


def _leader(leader: list[int], at: int) -> int:
    while leader[at] != at:
        leader[at] = leader[leader[at]]
        at = leader[at]
    return at


def _join(leader: list[int], one: int, other: int) -> None:
    one, other = _leader(leader, one), _leader(leader, other)
    leader[max(one, other)] = min(one, other)
