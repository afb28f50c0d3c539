"""Goods of the shop that make a deal apply: for a sample basket."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.promotion.deal import (
    BundleDeal,
    Deal,
    GiftDeal,
    NForDeal,
    NthDeal,
    SpendDeal,
    TierDeal,
)
from pos_app.domain.promotion.selector import Selector
from pos_app.ports.catalog import Catalog
from pos_app.values.times import Timestamp

#: A basket that a person can still read.
_KINDS, _PIECES_LIMIT = 3, 60


def trigger_counts(
    deal: Deal, catalog: Catalog, moment: Timestamp
) -> Iterator[tuple[SellingUnit, int]]:
    """Yield goods and how many of them make a deal apply, best sellers first."""

    def best(selector: Selector, count: int = 1) -> tuple[SellingUnit, ...]:
        return _best(catalog, selector, moment, count)

    if isinstance(deal, BundleDeal):
        for slot in deal.slots:
            yield from ((unit, slot.count) for unit in best(slot.goods))
    elif isinstance(deal, GiftDeal):
        if deal.threshold_minor:
            yield from _worth(best(deal.goods, _KINDS), deal.threshold_minor)
        else:
            yield from ((unit, deal.count) for unit in best(deal.goods))
        yield from ((unit, deal.gift_count) for unit in best(deal.gift))
    elif isinstance(deal, SpendDeal):
        top = deal.tiers[-1].threshold_minor if deal.tiers else 0
        yield from _worth(best(deal.goods, _KINDS), top)
    elif isinstance(deal, (NthDeal, NForDeal, TierDeal)):
        yield from ((unit, count_of(deal, unit)) for unit in best(deal.goods))
    else:
        yield from ((unit, 1) for unit in best(deal.goods, _KINDS))


def count_of(deal: Deal, unit: SellingUnit) -> int:
    """Return how many of one unit alone make a deal apply; 1 where they cannot."""
    if isinstance(deal, NthDeal):
        count = deal.every
    elif isinstance(deal, NForDeal):
        count = deal.count
    elif isinstance(deal, TierDeal):
        count = int(-(-deal.breaks[-1].quantity // 1)) if deal.breaks else 1
    else:
        return 1
    is_weighed = unit.sell_by is SellBy.WEIGHT and not isinstance(deal, TierDeal)
    return 1 if is_weighed else max(1, min(_PIECES_LIMIT, count))


def _best(
    catalog: Catalog, selector: Selector, moment: Timestamp, count: int
) -> tuple[SellingUnit, ...]:
    if selector.include.is_empty:
        return ()
    found = catalog.units_of(selector, moment, 4 * count)
    return tuple(unit for unit in found if unit.price and unit.price.minor)[:count]


def _worth(
    units: tuple[SellingUnit, ...], amount_minor: int
) -> Iterator[tuple[SellingUnit, int]]:
    """Yield goods that cost at least an amount together, in equal numbers."""
    prices = [unit.price.minor for unit in units if unit.price]
    if not prices:
        return
    rounds, rest = divmod(amount_minor, sum(prices))
    counts = [rounds] * len(units)
    for at, price in enumerate(prices):
        if rest > 0:
            counts[at] += 1
            rest -= price
    for unit, count in zip(units, counts, strict=True):
        yield unit, min(_PIECES_LIMIT, count)
