"""Coupons in the night: what is over is written off, so that lists stay short."""

from __future__ import annotations

from pos_app.domain.coupon.facts import Expired, Released, Stamp
from pos_app.domain.coupon.life import CouponState
from pos_app.domain.journal import EntryKind
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.member_night import Night

#: Coupons of one transaction.
CHUNK = 100
_OPEN = (
    CouponState.ISSUED,
    CouponState.CLAIMED,
    CouponState.RESERVED,
    CouponState.RESTORED,
)


def night_coupons(night: Night) -> None:
    """Write coupons off whose time is over; again it finds nothing more to do.

    One that lies in a basket which is open or parked stays until that has ended.
    """

    def work(unit: UnitOfWork) -> bool:
        expired = 0
        over = unit.coupons.in_state(_OPEN, night.at, CHUNK)
        for coupon in over:
            held = coupon.reserved
            if held is not None:
                if coupon.is_held(night.at) and unit.coupons.is_in_hand(held.basket_id):
                    continue
                stamp = Stamp(night.desk.ids.new(), coupon.coupon_id, night.at)
                unit.coupons.add(Released(stamp, held.basket_id))
            stamp = Stamp(night.desk.ids.new(), coupon.coupon_id, night.at)
            unit.coupons.add(Expired(stamp))
            expired += 1
        if expired:
            body = {"count": expired}
            unit.append(EntryKind.COUPONS_EXPIRED, body, night.stamp)
        return bool(expired) and len(over) == CHUNK

    while night.desk.record(work).result():
        pass
