"""Goods that a promotion sells for less than they cost: alone, and with all others.

Everything is priced by the one pricing function; what is paid is compared without
tax, as costs are. Points that customers give for goods are their own and not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pos_app.domain.basket import Basket
from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.pricing import price_basket
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.application import Application
from pos_app.domain.promotion.deal import BundleDeal, GiftDeal, SpendDeal
from pos_app.domain.promotion.matching import selectors_of
from pos_app.domain.promotion.occasion import CouponInHand, Shopper
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import Promotion, TriggerKind
from pos_app.domain.reduction import StepKind
from pos_app.domain.tax import PricingRules
from pos_app.errors import UserError
from pos_app.ports.catalog import Catalog
from pos_app.services.promotion_goods import count_of, trigger_counts
from pos_app.services.promotion_rivals import sample_line
from pos_app.values.rounding import divide

#: Goods that are priced under everything that may come together, the dearest first.
_CLOSELY = 24
#: More pieces of cheap goods than this nobody buys to reach an amount.
_PIECES_LIMIT = 999
_WHOLE = 1_000_000


@dataclass(frozen=True, slots=True)
class BelowCost:
    """Goods that are sold for less than they cost; minor units, without tax.

    Attributes:
        unit: which. cost_minor, net_minor: of one; of all that is bought together.
        beside: what is bought with it, of a set or a gift.
        others: what else comes off the same goods; () where the deal does it alone.
        has_level: a price for members or a tier comes to it.
    """

    unit: SellingUnit
    cost_minor: int
    net_minor: int
    beside: tuple[SellingUnit, ...] = ()
    others: tuple[Application, ...] = ()
    has_level: bool = False


@dataclass(frozen=True, slots=True)
class CostQuestion:
    """What is asked.

    Attributes:
        draft: the promotion. units: its goods. rules: currency and tax.
        alone: offers with that one promotion; together: with all that hold then.
        levels: (tier, price level) of the shop's members.
    """

    draft: Promotion
    units: Sequence[SellingUnit]
    rules: PricingRules
    alone: Offers
    together: Offers
    levels: tuple[tuple[str, str], ...] = ()


def below_cost(asked: CostQuestion, catalog: Catalog) -> tuple[BelowCost, ...]:
    """Return the goods that are sold below cost, the worst first.

    Args:
        asked: see there.
        catalog: knows what goods cost the shop, and which go together.
    """
    costs = catalog.unit_costs([unit.unit_id for unit in asked.units])
    known = [unit for unit in asked.units if unit.unit_id in costs]
    deal = asked.draft.deal
    if isinstance(deal, BundleDeal | GiftDeal):
        return _worst(_sets(asked, catalog))
    found = [each for unit in known if (each := _alone(asked, unit, costs))]
    named = {each.unit.unit_id for each in found}
    left = [unit for unit in known if unit.unit_id not in named]
    left.sort(key=lambda unit: -_cost_part(unit, costs))
    for unit in left[:_CLOSELY]:
        each = _together(asked, unit, costs[unit.unit_id])
        if each is not None:
            found.append(each)
    return _worst(found)


def _worst(found: Sequence[BelowCost] | Iterator[BelowCost]) -> tuple[BelowCost, ...]:
    def order(one: BelowCost) -> tuple[bool, int, str]:
        return bool(one.others), one.net_minor - one.cost_minor, one.unit.name

    return tuple(sorted(found, key=order))


def _cost_part(unit: SellingUnit, costs: Mapping[str, int]) -> int:
    """Return how much of its price goods cost the shop; millionths."""
    minor = unit.price.minor if unit.price else 0
    return divide(costs[unit.unit_id] * _WHOLE, minor) if minor else 0


# ----------------------------------------------------------------------------- alone


def _alone(
    asked: CostQuestion, unit: SellingUnit, costs: Mapping[str, int]
) -> BelowCost | None:
    cost_minor = costs[unit.unit_id]
    found = None
    for count in _counts(asked.draft, unit):
        priced = _priced(asked, ((unit, count),), asked.alone)
        if priced is None or not priced.promoted.applications:
            continue
        net_minor = -(-priced.net_minor // count)
        if net_minor < cost_minor and (found is None or net_minor < found.net_minor):
            found = BelowCost(unit, cost_minor, net_minor)
    return found


def _counts(promotion: Promotion, unit: SellingUnit) -> tuple[int, ...]:
    """Return how many of one unit just make a promotion apply, at each step of it."""
    deal = promotion.deal
    if not isinstance(deal, SpendDeal):
        return (count_of(deal, unit),)
    price_minor = unit.price.minor if unit.price else 0
    if not price_minor or unit.sell_by is SellBy.WEIGHT:
        return (1,)
    counts = {-(-step.threshold_minor // price_minor) for step in deal.tiers}
    return tuple(sorted(min(_PIECES_LIMIT, count) for count in counts))


def _priced(
    asked: CostQuestion, goods: Sequence[tuple[SellingUnit, int]], offers: Offers
) -> PricedBasket | None:
    """Price goods that are bought by themselves; None for what cannot be priced."""
    units = {unit.unit_id: unit for unit, _count in goods}
    counts = Counter[str]()
    for unit, count in goods:
        counts[unit.unit_id] += count
    lines = tuple(sample_line(units[key], count) for key, count in counts.items())
    basket = Basket("cost", lines, shopper=offers.occasion.shopper)
    try:
        return price_basket(basket, asked.rules, offers.occasion.moment, offers)
    except UserError:
        return None


# ------------------------------------------------------------------- with all others


def _together(
    asked: CostQuestion, unit: SellingUnit, cost_minor: int
) -> BelowCost | None:
    """Return it where what may come together brings it below cost; the worst of all."""
    counts = {*_counts(asked.draft, unit)}
    for other in asked.together.book.promotions:
        if isinstance(other.deal, SpendDeal):
            counts |= {*_counts(other, unit)}
    found = None
    for offers in _customers(asked):
        for count in counts:
            priced = _priced(asked, ((unit, count),), offers)
            each = priced and _judged(asked, unit, cost_minor, (priced, count))
            if each and (found is None or each.net_minor < found.net_minor):
                found = each
    return found


def _customers(asked: CostQuestion) -> Iterator[Offers]:
    """Yield the offers for those customers to whom the most is given."""
    promotions = asked.together.book.promotions
    occasion = asked.together.occasion
    local = occasion.moment.at(occasion.zone)
    everything = replace(
        occasion,
        coupons=tuple(
            CouponInHand(f"cost-{at}", one.promotion_id)
            for at, one in enumerate(promotions)
            if one.trigger.kind is TriggerKind.COUPON
        ),
        chosen=tuple(x.promotion_id for x in promotions),
    )
    somebody = Shopper(
        member_id="cost",
        tags=tuple(tag for one in promotions for tag in one.audience.values),
        is_newcomer=True,
        birth_month=local.month,
        birth_day=local.day,
        is_staff=True,
    )
    meant = {tier for one in promotions for tier in one.audience.values}
    levels = [x for x in asked.levels if x[1] or x[0] in meant]
    for tier, level in (("", ""), *levels):
        shopper = replace(somebody, tier=tier, price_level=level)
        whole = replace(everything, shopper=shopper)
        yield replace(asked.together, occasion=whole)


def _judged(
    asked: CostQuestion,
    unit: SellingUnit,
    cost_minor: int,
    found: tuple[PricedBasket, int],
) -> BelowCost | None:
    """Return it where goods are below cost and the promotion has a part in it."""
    priced, count = found
    used = priced.promoted.applications
    own = asked.draft.promotion_id
    net_minor = -(-priced.net_minor // count)
    if net_minor >= cost_minor or own not in {x.promotion_id for x in used}:
        return None
    others = tuple(x for x in used if x.promotion_id != own)
    has_level = any(
        step.kind is StepKind.LEVEL_PRICE
        for line in priced.lines
        for step in line.steps
    )
    return BelowCost(unit, cost_minor, net_minor, (), others, has_level)


# -------------------------------------------------------------------- sets and gifts


def _sets(asked: CostQuestion, catalog: Catalog) -> Iterator[BelowCost]:
    """Yield sets, and gifts with what earns them, whose goods together cost more.

    Each of the goods is tried with the best sellers of the other parts.
    """
    moment = asked.alone.occasion.moment
    lead = list(trigger_counts(asked.draft.deal, catalog, moment))
    parts = list(selectors_of(asked.draft.deal))
    if len(lead) < len(parts):
        return
    costs = catalog.unit_costs(
        [x.unit_id for x in (*asked.units, *(u for u, _ in lead))]
    )
    seen: set[frozenset[str]] = set()
    first = len(lead) - len(parts)  # of a gift for an amount several goods earn it
    for at, part in enumerate(parts):
        if first and at == 0:
            continue
        for unit in catalog.units_of(part, moment, _CLOSELY):
            goods = [*lead]
            goods[first + at] = (unit, lead[first + at][1])
            own = frozenset(each.unit_id for each, _count in goods)
            found = _set_below(asked, unit, goods, costs) if own not in seen else None
            seen.add(own)
            if found is not None:
                yield found


def _set_below(
    asked: CostQuestion,
    unit: SellingUnit,
    goods: Sequence[tuple[SellingUnit, int]],
    costs: Mapping[str, int],
) -> BelowCost | None:
    if any(each.unit_id not in costs or each.price is None for each, _n in goods):
        return None
    cost_minor = sum(costs[each.unit_id] * count for each, count in goods)
    priced = _priced(asked, goods, asked.alone)
    if priced is None or not priced.promoted.applications:
        return None
    if priced.net_minor >= cost_minor:
        return None
    beside = tuple(each for each, _n in goods if each.unit_id != unit.unit_id)
    return BelowCost(unit, cost_minor, priced.net_minor, beside)
