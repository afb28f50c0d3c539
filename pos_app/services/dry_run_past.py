"""What is still known of the customers of sales that were, and of what they showed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pos_app.domain.loyalty.tier_moves import standing
from pos_app.domain.promotion.occasion import CouponInHand, PointsBurn, Shopper
from pos_app.domain.promotion.promotion import Layer
from pos_app.domain.sale import Sale
from pos_app.errors import UserError
from pos_app.services.desk import Desk
from pos_app.services.member_shopper import shopper_of
from pos_app.values.times import Timestamp


class Past:
    """Asks the ledger of a till; remembers whoever it was asked for.

    A tier and whether somebody was new are those of the sale's own moment; tags,
    birthday and who is staff are not kept over time and are those of today.

    Args:
        desk: whose ledger and vault are asked; on any thread.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, Shopper | None] = {}
        self._first: dict[str, Timestamp | None] = {}
        #: Customers that only their baskets knew: sale id -> as they were recognised.
        self.said: dict[str, Shopper] = {}
        self.coupon_limit = desk.ledger.points.programme().coupon_limit

    def shopper(self, sale: Sale) -> Shopper | None:
        """Return the customer of a sale as promotions saw them; None for a stranger."""
        if sale.sale_id in self.said:
            return self.said[sale.sale_id]
        member_id = sale.member_id
        if not member_id:
            return None
        if member_id not in self._known:
            self._look_up(member_id)
        known = self._known[member_id]
        if known is None:  # erased since, or of another shop: a member, no more
            return Shopper(member_id)
        first = self._first[member_id]
        is_newcomer = first is None or first >= sale.ended_at
        tier = self._tier(member_id, sale.started_at)
        return replace(known, tier=tier, is_newcomer=is_newcomer)

    def _look_up(self, member_id: str) -> None:
        members = self._desk.ledger.members
        try:
            self._known[member_id] = shopper_of(self._desk, members, member_id)
        except UserError:
            self._known[member_id] = None
        self._first[member_id] = members.first_bought(members.ids_of(member_id))

    def _tier(self, member_id: str, at: Timestamp) -> str:
        ledger = self._desk.ledger
        moves = ledger.points.tier_moves(ledger.members.ids_of(member_id))
        return standing([move for move in moves if move.at <= at]).tier

    def coupons(self, sale: Sale) -> tuple[CouponInHand, ...]:
        """Return the coupons that a sale used, each for what it was good for."""
        return tuple(self._in_hand(*each) for each in _used(sale))

    def _in_hand(self, coupon_id: str, promotion_id: str) -> CouponInHand:
        known = self._desk.ledger.coupons.coupon(coupon_id)
        value_minor = known.issued.value_minor if known is not None else None
        return CouponInHand(
            coupon_id, promotion_id, is_chosen=True, value_minor=value_minor
        )


def _used(sale: Sale) -> Iterable[tuple[str, str]]:
    for use in sale.priced.promoted.applications:
        if use.coupon_id:
            yield use.coupon_id, use.promotion_id


def points_of(sale: Sale) -> PointsBurn | None:
    """Return the points that a sale was paid with as a discount."""
    uses = sale.priced.promoted.applications
    burned = [use for use in uses if use.layer is Layer.POINTS]
    if not burned:
        return None
    points = sum(use.points for use in burned)
    return PointsBurn(points, sum(use.saving_minor for use in burned))
