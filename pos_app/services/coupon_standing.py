"""Coupons of the open sale that are good no more when the money is to be taken."""

from __future__ import annotations

from pos_app.domain.coupon.life import Coupon, CouponState
from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.pricing_result import PricedBasket
from pos_app.services.desk import Desk

_ENDED = {
    CouponState.REDEEMED: CouponRefusal.REDEEMED,
    CouponState.EXPIRED: CouponRefusal.EXPIRED,
    CouponState.REVOKED: CouponRefusal.REVOKED,
}


def refuse_gone_coupons(desk: Desk, current: OpenSale, priced: PricedBasket) -> None:
    """Refuse a price that a coupon makes which was used or revoked meanwhile.

    A sale that was parked for long loses its coupons to others. It is said before
    there is money: a card that was charged too little is nobody's to charge again.

    Raises:
        UserError: "coupon_redeemed", "coupon_expired", "coupon_revoked", or
            "coupon_reserved" with the parked sale that has it.
    """
    saving = {x.coupon_id for x in priced.promoted.applications if x.coupon_id}
    for coupon_id in sorted(saving):
        coupon = desk.ledger.coupons.coupon(coupon_id)
        cause = _cause(desk, current, coupon) if coupon is not None else None
        if coupon is None or cause is None:
            continue
        # Late: nothing of coupons is read at a cold start.
        from pos_app.services.coupon_finding import refusal

        issued = coupon.issued
        version = issued.template_version
        template = desk.ledger.coupons.template(issued.template_id, version)
        assert template is not None
        raise refusal(desk, coupon, template, cause)


def _cause(desk: Desk, current: OpenSale, coupon: Coupon) -> CouponRefusal | None:
    held = coupon.reserved
    if held is not None and coupon.is_held(desk.clock.now(), current.basket.basket_id):
        is_there = desk.ledger.parked.of(held.basket_id) is not None
        return CouponRefusal.RESERVED if is_there else None
    return _ENDED.get(coupon.state)
