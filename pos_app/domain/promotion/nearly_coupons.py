"""Coupons of the customer that a little more would make good: "再买 ¥12.00 可用券".

A guess as `nearly` makes one: what is told is priced first (domain.nearly_priced).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pos_app.domain.promotion.application import Promoted
from pos_app.domain.promotion.deal import GiftDeal, SpendDeal, UnitDeal
from pos_app.domain.promotion.explanation import Nearly
from pos_app.domain.promotion.holding import holds, uses_left
from pos_app.domain.promotion.missing import (
    Counted,
    Missing,
    missing_for,
    roles_of,
)
from pos_app.domain.promotion.nearly import dearest, is_near, spend_saving, told_of
from pos_app.domain.promotion.occasion import CouponInHand
from pos_app.domain.promotion.offered import OfferedLine
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import Layer, Promotion
from pos_app.domain.promotion.trial import alone_on

#: So many kinds of coupons are looked at.
_KINDS = 6
_Part = tuple[OfferedLine, int]


def nearly_coupons(
    lines: Sequence[OfferedLine],
    offers: Offers,
    promoted: Promoted,
    coupons: Sequence[CouponInHand],
) -> tuple[Nearly, ...]:
    """Return the coupons that are nearly good, the one that saves most first.

    Args:
        lines: of the basket at their L0 prices.
        offers: that it was priced with.
        promoted: what came out; a coupon that was used there is not looked at.
        coupons: that lie in the basket or have room in it.
    """
    counted = Counted(offers.book, promoted, Layer.COUPON)
    found = (
        _nearly(lines, offers, counted, coupon, promotion)
        for coupon, promotion in _kinds(offers, promoted, coupons)
    )
    wanted = [x for x in found if x is not None and x.saving_minor > 0]
    return tuple(sorted(wanted, key=lambda x: (-x.saving_minor, x.coupon_id)))


def _kinds(
    offers: Offers, promoted: Promoted, coupons: Sequence[CouponInHand]
) -> Iterator[tuple[CouponInHand, Promotion]]:
    """Yield the first coupon of each kind that is not used and would hold."""
    known = {x.promotion_id: x for x in offers.book.promotions}
    used = {x.coupon_id for x in promoted.applications}
    seen: set[tuple[str, int | None]] = set()
    for coupon in coupons:
        kind = (coupon.promotion_id, coupon.value_minor)
        promotion = known.get(coupon.promotion_id)
        if promotion is None or coupon.coupon_id in used or kind in seen:
            continue
        shown = replace(offers.occasion, coupons=(coupon,))
        is_coupon = promotion.layer is Layer.COUPON
        if is_coupon and len(seen) < _KINDS and holds(promotion, shown):
            seen.add(kind)
            yield coupon, promotion


def _nearly(
    lines: Sequence[OfferedLine],
    offers: Offers,
    counted: Counted,
    coupon: CouponInHand,
    promotion: Promotion,
) -> Nearly | None:
    """Return what a coupon lacks and would save; None where it is far from good."""
    if isinstance(promotion.deal, UnitDeal):
        return None
    parts = [
        (line, roles)
        for line in lines
        if line.may_lower and (roles := roles_of(offers.book, promotion, line.goods))
    ]
    missing = missing_for(promotion, parts, counted)
    if not is_near(missing):
        return None
    if missing.minor:
        left_minor = sum(counted.left_minor(promotion, line) for line, _ in parts)
        saving = _by_amount(promotion, missing, parts, left_minor, offers)
        near = told_of(promotion, missing, saving)
    else:
        mine = [x for x, roles in parts if roles >> missing.role & 1 and x.is_counted]
        best = min(mine, key=dearest, default=None)
        if best is None:
            return None
        saving = _by_units(promotion, missing, parts, best, offers)
        near = told_of(promotion, missing, saving, best.line_id, best.goods.unit_id)
    if coupon.value_minor is not None:
        saving = min(saving, coupon.value_minor)
    return replace(near, saving_minor=saving, coupon_id=coupon.coupon_id)


def _by_amount(
    promotion: Promotion,
    missing: Missing,
    parts: Sequence[_Part],
    left_minor: int,
    offers: Offers,
) -> int:
    deal = promotion.deal
    if isinstance(deal, SpendDeal):
        uses = uses_left(promotion, offers.occasion)
        return spend_saving(deal, missing, left_minor, uses)
    assert isinstance(deal, GiftDeal)
    given = [line.unit_minor for line, roles in parts if roles & 2]
    return max(given, default=0) - deal.price_minor


def _by_units(
    promotion: Promotion,
    missing: Missing,
    parts: Sequence[_Part],
    best: OfferedLine,
    offers: Offers,
) -> int:
    count = best.count + missing.units
    more = replace(best, count=count, quantity_thousandths=1000 * count)
    lines = [more if line is best else line for line, _ in parts]
    return sum(alone_on(lines, promotion, offers, once=True).values())
