"""A promotion tried on goods of the shop: a basket, its rivals, what sells below cost.

Everything is priced by the one pricing function; this only chooses the goods.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo

from pos_app.domain.basket import Basket
from pos_app.domain.item import SellingUnit
from pos_app.domain.loyalty.programme import NO_PROGRAMME, Programme
from pos_app.domain.pricing import price_basket
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.book import compile_book
from pos_app.domain.promotion.holding import is_time
from pos_app.domain.promotion.occasion import CouponInHand, Occasion, Shopper
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Promotion,
    TriggerKind,
)
from pos_app.domain.tax import PricingRules
from pos_app.ports.catalog import Catalog
from pos_app.services.promotion_below_cost import (
    BelowCost,
    CostQuestion,
    below_cost,
)
from pos_app.services.promotion_goods import trigger_counts
from pos_app.services.promotion_rivals import (
    Rival,
    rivals_of,
    sample_line,
    units_of,
)
from pos_app.values.times import Timestamp

#: A promotion is tried at the first half hour of the next days at which it holds.
_HALF_HOUR_S, _TRIES = 1800, 8 * 48
_COUPON = "sample"


@dataclass(frozen=True, slots=True)
class SampleWish:
    """What is tried.

    Attributes:
        draft: the promotion. now: when somebody asks. zone: of the shop.
        rules: currency and tax.
        counts: how many of which unit; what is not in it is chosen.
        programme: tiers of members and what they pay, and coupons in one basket.
    """

    draft: Promotion
    now: Timestamp
    zone: tzinfo
    rules: PricingRules
    counts: Mapping[str, int] = field(default_factory=dict)
    programme: Programme = NO_PROGRAMME


@dataclass(frozen=True, slots=True)
class Sample:
    """What came out.

    Attributes:
        basket: goods of the promotion. before, after: priced without and with it.
        at: when it was tried. is_held: whether there is such a moment soon.
        rivals: in the order in which they are looked at.
        below_cost: the worst first.
    """

    basket: Basket
    before: PricedBasket | None
    after: PricedBasket | None
    at: Timestamp
    is_held: bool
    rivals: tuple[Rival, ...] = ()
    below_cost: tuple[BelowCost, ...] = ()


def try_out(wish: SampleWish, catalog: Catalog) -> Sample:
    """Price a basket of a promotion's goods; on the thread of the catalogue.

    Args:
        wish: what is tried.
        catalog: of the thread that asks.
    """
    draft = wish.draft
    at = moment_of(draft, wish.now, wish.zone)
    moment = at or wish.now
    levels = tuple((x.key, x.benefits.price_level) for x in wish.programme.tiers)
    shopper = shopper_for(draft.audience, moment, wish.zone)
    if shopper is not None:
        shopper = replace(shopper, price_level=dict(levels).get(shopper.tier, ""))
    basket = replace(_basket(wish, catalog, moment), shopper=shopper)
    book = catalog.promotion_book(moment)
    others = [x for x in book.promotions if x.promotion_id != draft.promotion_id]
    occasion = _occasion(draft, moment, wish.zone, shopper)
    known = book.parents if book.promotions else _parents(catalog)
    with_it = Offers(compile_book((*others, draft), known), occasion)
    without = Offers(compile_book(others, known), occasion)
    if not basket.lines:
        return Sample(basket, None, None, moment, at is not None)
    before = price_basket(basket, wish.rules, moment, without)
    after = price_basket(basket, wish.rules, moment, with_it)
    units = units_of(draft, catalog, moment)
    alone = replace(with_it, book=compile_book((draft,), known))
    limit = max(1, wish.programme.coupon_limit)
    together = replace(with_it, occasion=replace(occasion, coupon_limit=limit))
    asked = CostQuestion(draft, units, wish.rules, alone, together, levels)
    return Sample(
        basket,
        before,
        after,
        moment,
        at is not None,
        rivals_of(draft, with_it.book, units, (basket, after)),
        below_cost(asked, catalog),
    )


def moment_of(draft: Promotion, now: Timestamp, zone: tzinfo) -> Timestamp | None:
    """Return the next moment at which a promotion holds; None for none soon."""
    start = draft.schedule.period.start
    first = start if start is not None and start > now else now
    half_hour = first.unix_ms - first.unix_ms % (_HALF_HOUR_S * 1000)
    tried = (
        Timestamp(half_hour).plus_seconds(at * _HALF_HOUR_S) for at in range(1, _TRIES)
    )
    for moment in (first, *tried):
        if is_time(draft.schedule, Occasion(moment, zone)):
            return moment
    return None


def shopper_for(audience: Audience, moment: Timestamp, zone: tzinfo) -> Shopper | None:
    """Return somebody who belongs to an audience; None for anybody."""
    if audience.kind is AudienceKind.EVERYONE:
        return None
    values = audience.values
    return Shopper(
        member_id="sample",
        tier=values[0] if values and audience.kind is AudienceKind.TIER else "",
        tags=values if audience.kind is AudienceKind.TAG else (),
        is_newcomer=audience.kind is AudienceKind.NEWCOMER,
        birth_month=moment.at(zone).month,
        birth_day=moment.at(zone).day,
        is_staff=audience.kind is AudienceKind.STAFF,
    )


def _occasion(
    draft: Promotion, moment: Timestamp, zone: tzinfo, shopper: Shopper | None
) -> Occasion:
    kind = draft.trigger.kind
    coupons: tuple[CouponInHand, ...] = ()
    if kind is TriggerKind.COUPON:
        coupons = (CouponInHand(_COUPON, draft.promotion_id, is_chosen=True),)
    chosen = (draft.promotion_id,) if kind is TriggerKind.MANUAL else ()
    here = Occasion(moment, zone, shopper=shopper, coupons=coupons, chosen=chosen)
    store = draft.stores[0] if draft.stores else ""
    channel = draft.channels[0] if draft.channels else here.channel
    return replace(here, store=store, channel=channel)


def _parents(catalog: Catalog) -> dict[str, str]:
    return {
        one.category_id: one.parent_id for one in catalog.categories() if one.parent_id
    }


# --------------------------------------------------------------------------- basket


def _basket(wish: SampleWish, catalog: Catalog, moment: Timestamp) -> Basket:
    counts: dict[str, int] = {}
    units: dict[str, SellingUnit] = {}
    for unit, count in trigger_counts(wish.draft.deal, catalog, moment):
        units[unit.unit_id] = unit
        counts[unit.unit_id] = counts.get(unit.unit_id, 0) + count
    for unit_id, count in wish.counts.items():
        wanted = units.get(unit_id) or catalog.unit(unit_id, moment)
        if wanted is not None and wanted.price is not None:
            units[unit_id], counts[unit_id] = wanted, count
    lines = tuple(
        sample_line(units[unit_id], count)
        for unit_id, count in counts.items()
        if count > 0
    )
    return Basket("sample", lines)
