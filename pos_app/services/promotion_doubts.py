"""What lies around a promotion in the shop: the goods that it is for, the others."""

from __future__ import annotations

from pos_app.domain.item import SellingUnit
from pos_app.domain.promotion.checks import selectors_of
from pos_app.domain.promotion.doubts import (
    Doubt,
    GoodsAtStake,
    Surroundings,
    doubts,
)
from pos_app.domain.promotion.occasion import SHOP_CHANNEL
from pos_app.domain.promotion.promotion import Audience, AudienceKind, Promotion
from pos_app.ports.campaigns import AudienceCount
from pos_app.services.desk import Desk
from pos_app.values.times import Timestamp

#: The best sellers among a promotion's goods stand for all of them.
GOODS_LOOKED_AT = 300
#: Nobody counts them beforehand: newcomers come, and a birthday comes once a year.
_TO_COME = frozenset(
    {
        AudienceKind.EVERYONE,
        AudienceKind.NEWCOMER,
        AudienceKind.BIRTHDAY,
        AudienceKind.BIRTH_DATE,
    }
)


def look_around(
    desk: Desk, promotion: Promotion, until: Timestamp | None
) -> tuple[Doubt, ...]:
    """Return what a person should look at before a promotion is started."""
    now = desk.clock.now()
    units = _units(desk, promotion, now)
    costs = desk.catalog.unit_costs(list(units))
    goods = [
        GoodsAtStake(unit.name, unit.price.minor, costs.get(unit_id), unit.floor_minor)
        for unit_id, unit in units.items()
        if unit.price is not None
    ]
    around = Surroundings(
        goods=goods,
        is_endless=until is None,
        is_reached=_is_reached(desk, promotion.audience),
        is_here=_is_here(desk, promotion),
        has_coupons=_is_unlocked(desk, promotion),
        overlaps=_overlaps(desk, promotion, set(units), now),
    )
    return doubts(promotion, around)


def _is_reached(desk: Desk, audience: Audience) -> bool:
    """Tell whether any member belongs to an audience, or may come to."""
    if audience.kind in _TO_COME:
        return True
    count = AudienceCount(audience.kind, audience.values)
    return desk.ledger.campaigns.audience_size(count) > 0


def _is_here(desk: Desk, promotion: Promotion) -> bool:
    in_channel = not promotion.channels or SHOP_CHANNEL in promotion.channels
    stores = promotion.stores
    return in_channel and (not stores or desk.shop.shop_id in stores)


def _is_unlocked(desk: Desk, promotion: Promotion) -> bool:
    """Tell whether the shop has a coupon that unlocks it."""
    return any(
        template.promotion_id == promotion.promotion_id
        for template in desk.ledger.coupons.templates()
    )


def _units(desk: Desk, promotion: Promotion, now: Timestamp) -> dict[str, SellingUnit]:
    return {
        unit.unit_id: unit
        for _blank, selector in selectors_of(promotion.deal)
        for unit in desk.catalog.units_of(selector, now, GOODS_LOOKED_AT)
    }


def _overlaps(
    desk: Desk, promotion: Promotion, unit_ids: set[str], now: Timestamp
) -> list[str]:
    """Return active promotions for the same goods of which one stands alone."""
    return [
        other.name
        for other in desk.catalog.promotion_book(now).promotions
        if other.promotion_id != promotion.promotion_id
        and (other.exclusive or promotion.exclusive)
        and other.layer is promotion.layer
        and unit_ids & set(_units(desk, other, now))
    ]
