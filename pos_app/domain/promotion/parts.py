"""Stacks that no deal and no limit ties together are dealt with by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pos_app.domain.promotion.packing import Group, Packed, Packing, Single, Taken


class Part(NamedTuple):
    """Some stacks of a packing, as a packing of their own.

    Attributes:
        packing: with positions of its own.
        stacks: position of each in the whole.
    """

    packing: Packing
    stacks: tuple[int, ...]


def split(packing: Packing) -> list[Part]:
    """Return the parts of a packing that have nothing to do with each other."""
    leader = _leaders(packing)
    members: dict[int, list[int]] = {}
    for at in range(len(leader)):
        members.setdefault(_leader(leader, at), []).append(at)
    groups: dict[int, list[Group]] = {}
    for group in packing.groups:
        groups.setdefault(_leader(leader, group.use[0][0]), []).append(group)
    return [
        _part(packing, tuple(stacks), groups.get(key, []))
        for key, stacks in members.items()
        if key in groups or any(packing.singles[at] for at in stacks)
    ]


def _leaders(packing: Packing) -> list[int]:
    """Return for each stack one that stands for all that it is tied to."""
    leader = list(range(len(packing.counts)))
    by_cap: dict[int, int] = {}
    for group in packing.groups:
        first = group.use[0][0]
        for at, _ in group.use[1:]:
            _join(leader, first, at)
        if group.cap >= 0:
            _join(leader, first, by_cap.setdefault(group.cap, first))
    for at, singles in enumerate(packing.singles):
        for single in singles:
            if single.cap >= 0:
                _join(leader, at, by_cap.setdefault(single.cap, at))
    return leader


def joined(parts: Iterable[tuple[Part, Packed]], *, is_complete: bool) -> Packed:
    """Put the choices of parts together, in the positions of the whole."""
    groups: list[tuple[Group, int]] = []
    singles: list[Taken] = []
    value = nodes = 0
    for part, packed in parts:
        at_of = part.stacks
        for group, times in packed.groups:
            use = tuple((at_of[at], n) for at, n in group.use)
            groups.append((Group(use, group.value, group.rank, -1), times))
        singles += [
            Taken(at_of[taken.stack], taken.single, taken.units)
            for taken in packed.singles
        ]
        value += packed.value
        nodes += packed.nodes
        is_complete = is_complete and packed.is_optimal
    return Packed(tuple(groups), tuple(singles), value, nodes, is_complete)


def _part(packing: Packing, stacks: tuple[int, ...], groups: Sequence[Group]) -> Part:
    place = {at: k for k, at in enumerate(stacks)}
    caps: dict[int, int] = {-1: -1}
    left: list[int] = []
    used = [group.cap for group in groups]
    used += [single.cap for at in stacks for single in packing.singles[at]]
    for cap in used:
        if cap not in caps:
            caps[cap] = len(left)
            left.append(packing.caps[cap])
    return Part(
        Packing(
            counts=tuple(packing.counts[at] for at in stacks),
            singles=tuple(
                tuple(_single(single, caps) for single in packing.singles[at])
                for at in stacks
            ),
            groups=tuple(
                Group(
                    tuple((place[at], n) for at, n in group.use),
                    group.value,
                    group.rank,
                    caps[group.cap],
                )
                for group in groups
            ),
            caps=tuple(left),
        ),
        stacks,
    )


def _single(single: Single, caps: dict[int, int]) -> Single:
    return single if single.cap < 0 else single._replace(cap=caps[single.cap])


def _leader(leader: list[int], at: int) -> int:
    while leader[at] != at:
        leader[at] = leader[leader[at]]
        at = leader[at]
    return at


def _join(leader: list[int], one: int, other: int) -> None:
    one, other = _leader(leader, one), _leader(leader, other)
    leader[max(one, other)] = min(one, other)
