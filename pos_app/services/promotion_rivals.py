"""Rivals of a promotion: others that hold at the same time for some of its goods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import SellingUnit
from pos_app.domain.offered_lines import facts_of
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.book import PromotionBook
from pos_app.domain.promotion.matching import selectors_of
from pos_app.domain.promotion.promotion import Layer, Promotion
from pos_app.ports.catalog import Catalog
from pos_app.values.times import Timestamp

#: Goods that are looked at for rivals and for cost.
_LOOKED_AT = 200


class Outcome(StrEnum):
    """How a promotion and a rival share their goods."""

    THIS = "this"  # this one is used for them
    OTHER = "other"  # the rival is
    EACH = "each"  # each for some
    BOTH = "both"  # one after the other, on the same goods
    NEITHER = "neither"  # not in this basket


@dataclass(frozen=True, slots=True)
class Rival:
    """A promotion that holds at the same time for some of the same goods.

    Attributes:
        promotion: which. shared: goods that both are for, a few of them.
        outcome: who is used for them in the sample basket.
    """

    promotion: Promotion
    shared: tuple[SellingUnit, ...]
    outcome: Outcome


def sample_line(unit: SellingUnit, count: int) -> BasketLine:
    """Return a line of a sample basket; its id is the unit's."""
    return BasketLine(unit.unit_id, unit, "", Decimal(count), source=unit.source)


# --------------------------------------------------------------------------- rivals


def units_of(
    draft: Promotion, catalog: Catalog, moment: Timestamp
) -> tuple[SellingUnit, ...]:
    """Return the goods that a promotion is for, best sellers first."""
    found: dict[str, SellingUnit] = {}
    for selector in selectors_of(draft.deal):
        if selector.include.is_empty:
            continue
        for unit in catalog.units_of(selector, moment, _LOOKED_AT):
            if unit.price is not None:
                found[unit.unit_id] = unit
    return tuple(found.values())[:_LOOKED_AT]


def rivals_of(
    draft: Promotion,
    book: PromotionBook,
    units: Sequence[SellingUnit],
    tried: tuple[Basket, PricedBasket],
) -> tuple[Rival, ...]:
    """Return the promotions of a book that are for some of the same goods.

    Args:
        draft: whose rivals.
        book: of what holds with it.
        units: its goods.
        tried: a basket of them, and how it was priced with the book.
    """
    shared: dict[int, list[SellingUnit]] = {}
    for unit in units:
        for match in book.matching(facts_of(unit)):
            shared.setdefault(match.index, []).append(unit)
    rivals = []
    for index, goods in sorted(shared.items()):
        other = book.promotions[index]
        if other.promotion_id != draft.promotion_id:
            outcome = _outcome(draft, other, {x.unit_id for x in goods}, tried)
            rivals.append(Rival(other, tuple(goods[:3]), outcome))
    return tuple(rivals)


def _outcome(
    draft: Promotion,
    other: Promotion,
    goods: set[str],
    tried: tuple[Basket, PricedBasket],
) -> Outcome:
    """Return who is used for the goods that both are for."""
    claimed: dict[str, set[str]] = {
        draft.promotion_id: set(),
        other.promotion_id: set(),
    }
    for one in tried[1].promoted.applications:
        if one.promotion_id in claimed:
            lines = {claim.line_id for claim in one.claims if claim.line_id in goods}
            claimed[one.promotion_id] |= lines
    ours, theirs = claimed[draft.promotion_id], claimed[other.promotion_id]
    if ours and theirs:
        same_layer = draft.layer is other.layer is Layer.ITEM
        return Outcome.EACH if same_layer or not ours & theirs else Outcome.BOTH
    if ours:
        return Outcome.THIS
    return Outcome.OTHER if theirs else Outcome.NEITHER
