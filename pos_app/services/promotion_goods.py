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
#: Best sellers among which goods are looked for that cost so much that only a few
#: of them reach an amount: nobody buys 36 bottles of water and 35 bags.
_LOOKED_AT, _FEW = 200, 6


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
            dear = _dear(catalog, deal.goods, moment, deal.threshold_minor)
            yield from _worth(dear, deal.threshold_minor)
        else:
            yield from ((unit, deal.count) for unit in best(deal.goods))
        yield from ((unit, deal.gift_count) for unit in best(deal.gift))
    elif isinstance(deal, SpendDeal):
        top = deal.tiers[-1].threshold_minor if deal.tiers else 0
        yield from _worth(_dear(catalog, deal.goods, moment, top), top)
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
    priced = tuple(unit for unit in found if unit.price and unit.price.minor)
    # Where nothing may ever come off, the basket says so by itself.
    return (tuple(filter(_may_be_lowered, priced)) or priced)[:count]


def _may_be_lowered(unit: SellingUnit) -> bool:
    cap = unit.discount_cap
    return cap is None or cap.millionths > 0


def _dear(
    catalog: Catalog, selector: Selector, moment: Timestamp, amount_minor: int
) -> tuple[SellingUnit, ...]:
    """Return best sellers of which a few reach an amount, or those that there are."""
    if selector.include.is_empty:
        return ()
    found = [
        unit
        for unit in catalog.units_of(selector, moment, _LOOKED_AT)
        if unit.price and unit.price.minor and _may_be_lowered(unit)
    ]
    few = [u for u in found if u.price and u.price.minor * _FEW >= amount_minor]
    if few:
        return tuple(few[:_KINDS])
    dearest = sorted(found, key=lambda u: -(u.price.minor if u.price else 0))
    return tuple(dearest[:_KINDS]) or _best(catalog, selector, moment, _KINDS)


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
