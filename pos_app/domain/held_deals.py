"""Item deals that a basket goes on with where choosing them anew would take long.

A frame of the screen is too short for the item deals of a very large basket. It is
painted with those that it had: what the search to the end found for it as it was then.
Lines that came since have none yet; where a line is another now, or is gone, the deals
that it was in are gone with it. Such a price is rough: the search goes on beside the
screen, and money waits for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pos_app.domain.listed_line import ListedLine
from pos_app.domain.lowering import Steps
from pos_app.domain.promotion.application import Application
from pos_app.domain.promotion.deal import DealKind
from pos_app.domain.promotion.dealing import UnitLine
from pos_app.domain.promotion.effort import FULL_SEARCH
from pos_app.domain.promotion.holding import holds
from pos_app.domain.promotion.offered import OfferedLine
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import Layer

#: What these give hangs on goods beside those that they lower.
_OF_ALL = (DealKind.TIER, DealKind.GIFT)


@dataclass(frozen=True, slots=True)
class ItemStage:
    """A basket after item deals and the lines' own discounts.

    Attributes:
        offers: that it was priced with. goods: its lines.
        amounts, steps: what each line is lowered by, and why.
        units: by position, the lines that a deal has touched.
        applications: of item deals.
    """

    offers: Offers | None = None
    goods: Sequence[ListedLine] = ()
    amounts: Sequence[int] = ()
    steps: Sequence[Steps] = ()
    units: Mapping[int, UnitLine] = field(default_factory=dict)
    applications: tuple[Application, ...] = ()


NO_STAGE = ItemStage()


def is_too_large(lines: Sequence[OfferedLine], offers: Offers) -> bool:
    """Tell whether the item deals of a basket cannot be chosen within the budget.

    One line in one deal counts as one state. A search to the end is for any basket.
    """
    if offers.search >= FULL_SEARCH:
        return False
    promotions, left = offers.book.promotions, offers.search
    is_open: dict[int, bool] = {}
    for line in lines:
        for match in offers.book.matching(line.goods):
            at = match.index
            if at not in is_open:
                one = promotions[at]
                is_item = one.layer is Layer.ITEM
                is_open[at] = is_item and holds(one, offers.occasion)
            left -= is_open[at]
        if left < 0:
            return True
    return False


def held_over(
    goods: Sequence[ListedLine], offers: Offers, before: ItemStage
) -> ItemStage:
    """Return what lines had before, where all that it hangs on is the same.

    Args:
        goods: the lines now.
        offers: the promotions now.
        before: an earlier pricing of any basket.
    """
    was = before.offers
    if was is None or was.book != offers.book or was.occasion != offers.occasion:
        before = NO_STAGE
    now = {line.line.line_id: line for line in goods}
    places = {line.line.line_id: at for at, line in enumerate(before.goods)}
    lost = {key for key, at in places.items() if now.get(key) is not before.goods[at]}
    kept = _kept(before.applications, lost)
    amounts, steps = [x.lowered_minor for x in goods], [x.steps for x in goods]
    units: dict[int, UnitLine] = {}
    for at, line in enumerate(goods):
        key = line.line.line_id
        if key in places and key not in lost:
            then = places[key]
            amounts[at], steps[at] = before.amounts[then], before.steps[then]
            if then in before.units:
                units[at] = before.units[then]
    return ItemStage(offers, goods, amounts, steps, units, kept)


def _kept(
    applications: tuple[Application, ...], lost: set[str]
) -> tuple[Application, ...]:
    """Return the deals that still stand; `lost` then names all lines without theirs.

    The units of a line are handed out one after the other: where one deal of a line
    goes, its others go too.
    """
    if not lost:
        return applications
    kept = [x for x in applications if x.kind not in _OF_ALL]
    gone = [x for x in applications if x.kind in _OF_ALL]
    while True:
        lost |= {claim.line_id for one in gone for claim in one.claims}
        gone = [x for x in kept if any(y.line_id in lost for y in x.claims)]
        if not gone:
            return tuple(kept)
        kept = [x for x in kept if all(y.line_id not in lost for y in x.claims)]
