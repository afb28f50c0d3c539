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
from pos_app.domain.promotion.promotion import AudienceKind, Promotion
from pos_app.services.desk import Desk
from pos_app.values.times import Timestamp

#: The best sellers among a promotion's goods stand for all of them.
GOODS_LOOKED_AT = 300
#: Whom a till can tell from others while it has no members; nobody says at the till
#: that it is staff who buys.
REACHED = frozenset({AudienceKind.EVERYONE})


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
        reached=REACHED,
        has_coupons=_is_unlocked(desk, promotion),
        overlaps=_overlaps(desk, promotion, set(units), now),
    )
    return doubts(promotion, around)


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
