"""A sale's tenders split to its units, so that a partial return knows what to give back.

Unit by unit, in the order of the sale, each price is dealt out to the tenders as what is
left of them stands (largest remainder). So each unit's shares sum to its price, each
tender's shares sum to what was paid with it, none is below zero, and units that come
back in any order, in any number of returns, give back exactly what was paid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pos_app.domain.stored_value.moves import Move, MoveKind, Part
from pos_app.values.rounding import apportion


@dataclass(frozen=True, slots=True)
class SplitRedemption:
    """What of a redemption each unit of its sale carries.

    Attributes:
        move_id: the redemption.
        places: (lot, purse) of its parts, as parts of nothing.
        units: for each unit of the sale, minor units of each place.
    """

    move_id: str
    places: tuple[Part, ...]
    units: tuple[tuple[int, ...], ...]


def split_to_units(
    paid_minor: Sequence[int], units_minor: Sequence[int]
) -> tuple[tuple[int, ...], ...]:
    """Deal units out to what paid for them.

    Args:
        paid_minor: what paid, zero or more each.
        units_minor: what each unit costs, zero or more; the same sum.

    Returns:
        For each unit what each of them paid of it.
    """
    assert sum(paid_minor) == sum(units_minor)
    assert min(units_minor, default=0) >= 0
    left = list(paid_minor)
    shares: list[tuple[int, ...]] = []
    for unit in units_minor:
        # Never more than is left of a tender: its exact share is at most that, and
        # a share is rounded up only where it is no whole number.
        share = apportion(unit, left)
        left = [rest - part for rest, part in zip(left, share, strict=True)]
        shares.append(share)
    return tuple(shares)


def split_redemption(move: Move, units_minor: Sequence[int]) -> SplitRedemption:
    """Split a redemption to the units of its sale; other tenders paid the rest.

    Args:
        move: REDEEM.
        units_minor: what each unit of the sale costs, in the order stored with it.
    """
    assert move.kind is MoveKind.REDEEM
    parts = [-part.minor for part in move.parts]
    rest = sum(units_minor) - sum(parts)
    assert rest >= 0, "more was redeemed than the sale costs"
    shares = split_to_units([*parts, rest], units_minor)
    places = tuple(Part(part.lot_id, part.purse, 0) for part in move.parts)
    return SplitRedemption(move.move_id, places, tuple(s[:-1] for s in shares))


def of_units(split: SplitRedemption, units: Iterable[int]) -> tuple[Part, ...]:
    """Return what units carry together: what their return gives back.

    Args:
        split: of the sale.
        units: their places in it, from 0; each once.
    """
    places = list(units)
    assert len(set(places)) == len(places)
    sums = [
        sum(split.units[unit][at] for unit in places) for at in range(len(split.places))
    ]
    return tuple(
        Part(place.lot_id, place.purse, minor)
        for place, minor in zip(split.places, sums, strict=True)
        if minor
    )
