"""Who has a coupon in the basket: reserved and let go with the intents themselves.

Written in the transaction of the intent, so that after a power cut the basket that
comes back and its coupons say the same. Nothing here refuses: what the screen has
accepted is stored. A coupon that could not be reserved (revoked that very moment) is
refused, by name, when the sale ends.
"""

from __future__ import annotations

import hashlib

from pos_app.domain.correction import VoidedSale
from pos_app.domain.coupon.facts import Released, Reserved, Stamp
from pos_app.domain.coupon.life import Coupon, CouponState
from pos_app.domain.offer_intents import SetShopper, ShowCoupon, TakeBackCoupon
from pos_app.domain.open_sale import Intent
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.values.ids import ENTROPY_BYTES, uuid7
from pos_app.values.times import Timestamp

#: A parked basket keeps its coupons so long; then another basket may take them.
RESERVED_SECONDS = 4 * 3600


def follow(unit: UnitOfWork, basket_id: str, intent: Intent, at: Timestamp) -> None:
    """Bring the coupons up to an intent that was stored a moment ago.

    Args:
        unit: the intent's transaction.
        basket_id: of the open sale.
        intent: what was accepted.
        at: when.
    """
    match intent:
        case ShowCoupon(coupon):
            reserve(unit, coupon.coupon_id, basket_id, at)
        case TakeBackCoupon(coupon_id):
            known = unit.coupons.coupon(coupon_id)
            if known is not None:
                _release(unit, known, basket_id, at)
        case SetShopper(shopper):
            stays = {"", shopper.member_id if shopper is not None else ""}
            for held in unit.coupons.reserved_in(basket_id):
                if held.member_id not in stays:
                    _release(unit, held, basket_id, at)


def reserve(unit: UnitOfWork, coupon_id: str, basket_id: str, at: Timestamp) -> None:
    """Reserve a coupon for a basket, if that can be; otherwise all stays as it was."""
    coupon = unit.coupons.coupon(coupon_id)
    if coupon is None:
        return
    held = coupon.reserved
    if coupon.is_held(at, basket_id) and held is not None:
        if unit.coupons.is_in_hand(held.basket_id):
            return
        _release(unit, coupon, held.basket_id, at)  # by a basket that is gone
    stamp = Stamp(fact_id(unit, coupon_id, "reserved", at), coupon_id, at)
    until = at.plus_seconds(RESERVED_SECONDS)
    reserved = Reserved(stamp, basket_id, "", until, coupon.member_id)
    try:
        unit.coupons.add(reserved)
    except UserError:
        return


def release_basket(unit: UnitOfWork, basket_id: str, at: Timestamp) -> None:
    """Let every coupon of a basket go: it was given up, or added to another."""
    for coupon in unit.coupons.reserved_in(basket_id):
        _release(unit, coupon, basket_id, at)


def void_basket(unit: UnitOfWork, void: VoidedSale) -> None:
    """Store a basket that was given up; its coupons are their owners' again."""
    unit.add_void(void)
    release_basket(unit, void.sale_id, void.ended_at)


def _release(unit: UnitOfWork, coupon: Coupon, basket_id: str, at: Timestamp) -> None:
    held = coupon.reserved
    if coupon.state is not CouponState.RESERVED or held is None:
        return
    if held.basket_id == basket_id:
        stamp = Stamp(
            fact_id(unit, coupon.coupon_id, "released", at), coupon.coupon_id, at
        )
        unit.coupons.add(Released(stamp, basket_id))


def fact_id(unit: UnitOfWork, coupon_id: str, what: str, at: Timestamp) -> str:
    """Return the id of a coupon's next fact.

    The same for the same fact: a transaction that is tried again writes no other one.
    """
    said = f"{coupon_id} {unit.coupons.fact_count(coupon_id)} {what}"
    return uuid7(at.unix_ms, hashlib.sha256(said.encode()).digest()[:ENTROPY_BYTES])
