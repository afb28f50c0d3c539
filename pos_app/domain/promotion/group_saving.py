"""What one use of a group deal saves, and of which of its units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pos_app.domain.promotion.deal import (
    BundleDeal,
    Deal,
    GiftDeal,
    NForDeal,
    NthDeal,
    Off,
)
from pos_app.domain.promotion.off_amount import off_for_one, taken
from pos_app.domain.promotion.stacks import Stack

#: (position of a stack, units of it) pairs, by rising position.
Use: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """What one use does; minor units.

    Attributes:
        saving_minor: in all.
        reduced: the units that the deal lowers.
        roles: how the parts of the deal were filled.
    """

    saving_minor: int
    reduced: Use
    roles: tuple[Use, ...]


def worth_of(
    deal: Deal, roles: tuple[Use, ...], stacks: Sequence[Stack]
) -> tuple[Use, Worth]:
    """Return the units of one use of a deal, and what it saves.

    Args:
        deal: nth, nfor, bundle or gift.
        roles: the units of each part: of the group, of each slot, of goods and gift (of a
            gift beside goods for so much only the gift); each dearest first.
        stacks: of the basket.
    """
    use = _together(roles)
    saving, reduced = _saving(deal, roles, stacks)
    room = sum(stacks[at].room_minor * n for at, n in use)
    return use, Worth(min(saving, room), reduced, roles)


def off_of(deal: Deal, worth: Worth, stacks: Sequence[Stack]) -> tuple[Off, int]:
    """Return what one use takes and the amount it takes it of, to be told.

    Where the deal's own words do not give the saving by themselves (a floor, slots
    with different offs) the plain amount is told.
    """
    base = _amount(worth.reduced, stacks)
    units = sum(n for _, n in worth.reduced)
    off = _told(deal, units)
    if off is None or taken(off, base) != worth.saving_minor:
        off = Off(amount_minor=worth.saving_minor)
    return off, base


def _told(  # noqa: PLR0911 - one flat case for each kind
    deal: Deal, units: int
) -> Off | None:
    match deal:
        case NthDeal(off=off):
            return _times(off, units)
        case NForDeal(price_minor=price):
            return Off(price_minor=price)
        case GiftDeal(price_minor=price):
            return Off(price_minor=price * units)
        case BundleDeal(slots=slots, off=None):
            offs = {slot.off for slot in slots if slot.off is not None}
            return _times(offs.pop(), units) if len(offs) == 1 else None
        case BundleDeal(off=off):
            return off
    return None


def _times(off: Off, units: int) -> Off:
    """Return what an off of each unit is for so many together."""
    if off.amount_minor is not None:
        return Off(amount_minor=off.amount_minor * units)
    if off.price_minor is not None:
        return Off(price_minor=off.price_minor * units)
    return off


def _saving(
    deal: Deal, roles: tuple[Use, ...], stacks: Sequence[Stack]
) -> tuple[int, Use]:
    if isinstance(deal, NthDeal):
        reduced = _cheapest(roles[0], deal.cheapest)
        return _of_each(deal.off, reduced, stacks), reduced
    if isinstance(deal, NForDeal):
        return max(0, _amount(roles[0], stacks) - deal.price_minor), roles[0]
    if isinstance(deal, GiftDeal):
        return _of_each(Off(price_minor=deal.price_minor), roles[-1], stacks), roles[-1]
    assert isinstance(deal, BundleDeal)
    if deal.off is not None:
        use = _together(roles)
        return taken(deal.off, _amount(use, stacks)), use
    by_off: dict[Off, list[Use]] = {}
    for slot, role in zip(deal.slots, roles, strict=True):
        if slot.off is not None:
            by_off.setdefault(slot.off, []).append(role)
    saving = sum(_of_each(x, _together(y), stacks) for x, y in by_off.items())
    return saving, _together([role for found in by_off.values() for role in found])


def _of_each(off: Off, use: Use, stacks: Sequence[Stack]) -> int:
    """Take an off of each unit; a percentage of all of them, rounded once."""
    if off.percentage is not None:
        return taken(off, _amount(use, stacks))
    return sum(
        n * taken(off_for_one(off, stacks[at]), stacks[at].unit_minor) for at, n in use
    )


def _cheapest(use: Use, units: int) -> Use:
    """Return the last units of a use that stands dearest first."""
    found = []
    for at, n in reversed(use):
        if not units:
            break
        found.append((at, min(n, units)))
        units -= min(n, units)
    return tuple(found)


def dearest_first(use: Use, stacks: Sequence[Stack]) -> Use:
    """Return units with the dearest first; equal prices in the order of stacks."""
    return tuple(sorted(use, key=lambda x: (-stacks[x[0]].unit_minor, x[0])))


def _amount(use: Use, stacks: Sequence[Stack]) -> int:
    return sum(n * stacks[at].unit_minor for at, n in use)


def _together(roles: Sequence[Use]) -> Use:
    if len(roles) == 1:  # every position stands in it once
        return tuple(sorted(roles[0]))
    units: dict[int, int] = {}
    for role in roles:
        for at, n in role:
            units[at] = units.get(at, 0) + n
    return tuple(sorted(units.items()))
