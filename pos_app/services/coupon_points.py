"""Coupons for points: "300 points for an americano"; burnt and given at once."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pos_app.domain.basket import Basket
from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.domain.coupon.template import Template
from pos_app.domain.coupon.using import require_stock
from pos_app.domain.loyalty.ticket_facts import GivenCoupon
from pos_app.domain.promotion.holding import is_for
from pos_app.domain.promotion.occasion import Occasion, Shopper
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.coupon_giving import CouponGift, issue_in
from pos_app.services.desk import Desk
from pos_app.services.person import person_ids
from pos_app.services.point_spending import spend_points
from pos_app.services.points_given import require_burn


@dataclass(frozen=True, slots=True)
class PointsOffer:
    """A coupon that a member may have for points.

    Attributes:
        template_id, name: of what. points: it costs.
        why_not: key of the reason why not now; "" where it can be had.
    """

    template_id: str
    name: str
    points: int
    why_not: str = ""


def offers(
    desk: Desk, shopper: Shopper | None, occasion: Occasion
) -> tuple[PointsOffer, ...]:
    """Return what a customer may have for points, the cheapest first."""
    if shopper is None:
        return ()
    ids = person_ids(desk.ledger.members, shopper.member_id)
    costing = [
        x for x in desk.ledger.coupons.templates() if x.points_cost and not x.is_ended
    ]
    if not costing:
        return ()
    active = desk.ledger.points.balance(ids, desk.clock.now()).active
    found = [
        PointsOffer(
            each.template_id,
            each.name_in(desk.shop.language),
            each.points_cost,
            _why_not(desk, each, ids, active),
        )
        for each in costing
        if is_for(each.audience, occasion)
    ]
    return tuple(sorted(found, key=lambda each: (each.points, each.name)))


def _why_not(desk: Desk, template: Template, ids: tuple[str, ...], active: int) -> str:
    if active < template.points_cost:
        return "points_not_enough"
    reader, key = desk.ledger.coupons, template.template_id
    try:
        require_stock(template, reader.issued(key), reader.issued(key, ids))
    except UserError as error:
        return error.key
    return ""


def redeem(desk: Desk, basket: Basket, template_id: str) -> Future[GivenCoupon]:
    """Burn a member's points and give the coupon, in one transaction.

    Raises:
        UserError: "coupon_needs_claim" without a customer, what the recognition
            refuses; from the future what points and `issue_in` refuse.
    """
    template = desk.ledger.coupons.template(template_id)
    if template is None or not template.points_cost:
        raise UserError(CouponRefusal.UNKNOWN.value)
    if basket.shopper is None or basket.recognition is None:
        raise UserError(CouponRefusal.NEEDS_CLAIM.value)
    stamp, points = desk.stamp(), template.points_cost
    zone = ZoneInfo(desk.shop.time_zone)
    policy = desk.ledger.points.programme().recognition
    require_burn(basket.recognition, points, stamp.at, policy)
    member_id, event_id = basket.shopper.member_id, desk.ids.new()
    gift = CouponGift(template_id, member_id, f"points/{event_id}", "points", zone=zone)

    def work(unit: UnitOfWork) -> GivenCoupon:
        current = unit.coupons.template(template_id)
        if current is None or current.points_cost != points:
            raise UserError(CouponRefusal.TEMPLATE_ENDED.value, name=template.name)
        spend_points(unit, member_id, points, event_id, stamp)
        return issue_in(unit, desk, gift, stamp)

    return desk.record(work)
