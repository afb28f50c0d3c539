"""Giving coupons and taking them back, inside the transaction of what they are for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from pos_app.domain.coupon import facts
from pos_app.domain.coupon.facts import Revoked
from pos_app.domain.coupon.life import Coupon, CouponState
from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.domain.coupon.template import Batch, Template
from pos_app.domain.coupon.using import (
    Issuing,
    NewCoupon,
    claim,
    issue,
    require_stock,
)
from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.ticket_facts import GivenCoupon
from pos_app.errors import UserError
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.desk import Desk
from pos_app.services.person import person_ids
from pos_app.services.sale_booking import SaleBooking

#: A coupon that was used, or is good no more.
_ENDED = frozenset({CouponState.REDEEMED, CouponState.EXPIRED, CouponState.REVOKED})


@dataclass(frozen=True, slots=True)
class CouponGift:
    """A coupon to be given.

    Attributes:
        template_id: of what. member_id: to whom; "" for whoever holds the code.
        cause: what it is given for once, for ever; "" where a person decides.
        why: a word for the journal: "tier", "birthday", "by_hand".
        zone: of the shop; the core thread does not ask the catalogue.
    """

    template_id: str
    zone: tzinfo = field(kw_only=True)
    member_id: str = ""
    cause: str = ""
    why: str = "by_hand"


def issue_in(
    unit: UnitOfWork, desk: Desk, gift: CouponGift, stamp: Stamp
) -> GivenCoupon:
    """Give a coupon; the same cause gives the same coupon, however often.

    Args:
        unit: the transaction.
        desk: for ids.
        gift: see there.
        stamp: who, when.

    Returns:
        The coupon; its code only where nobody owns it, and only this once.

    Raises:
        UserError: "coupon_unknown", "coupon_template_ended", "coupon_batch_full",
            "coupon_member_has_enough".
    """
    before = unit.coupons.by_cause(gift.cause)
    if before is not None:
        return _told(unit, before)
    template = offered_template(unit, gift.template_id)
    ids = person_ids(unit.members, gift.member_id) if gift.member_id else ()
    of_member = unit.coupons.issued(template.template_id, ids) if ids else None
    require_stock(template, unit.coupons.issued(template.template_id), of_member)
    batch = Batch("", template.template_id, template.version, 1)
    (new,) = issue(batch, template, 1, 0, issuing(desk, stamp, gift.zone))
    coupon = store_new(unit, desk, new, (template, gift), stamp)
    body = {
        "coupon": coupon.coupon_id,
        "template": template.template_id,
        "member": gift.member_id,
        "why": gift.why,
    }
    unit.append(EntryKind.COUPON_GIVEN, body, stamp)
    code = "" if gift.member_id else new.code
    return GivenCoupon(coupon.coupon_id, template.name, code, coupon.window.end)


def store_new(
    unit: UnitOfWork,
    desk: Desk,
    new: NewCoupon,
    given: tuple[Template, CouponGift],
    stamp: Stamp,
) -> Coupon:
    """Store a new coupon, and whose it is."""
    template, gift = given
    coupon = unit.coupons.add(new.issued, gift.cause)
    if gift.member_id:
        of_claim = facts.Stamp(desk.ids.new(), coupon.coupon_id, stamp.at)
        taken = claim(template, coupon, gift.member_id, of_claim, gift.zone)
        coupon = unit.coupons.add(taken)
    return coupon


def give_coupons(
    booking: SaleBooking,
    member_id: str,
    template_ids: Sequence[str],
    event_id: str,
    why: str,
) -> tuple[GivenCoupon, ...]:
    """Give a member one coupon of each template, once for an event.

    What cannot be given (ended, all gone, the member has enough) is left out: the
    sale that it belongs to ends all the same.
    """
    given = []
    for template_id in template_ids:
        cause = f"{event_id}/{template_id}"
        gift = CouponGift(template_id, member_id, cause, why, zone=booking.zone)
        try:
            given.append(issue_in(booking.unit, booking.desk, gift, booking.stamp))
        except UserError:
            continue
    return tuple(given)


def revoke_in(
    unit: UnitOfWork, desk: Desk, coupon_ids: Sequence[str], stamp: Stamp, why: str
) -> tuple[str, ...]:
    """Take coupons back that were not used yet.

    Returns:
        Those that it took back: the used, expired and unknown ones are not in it.
    """
    done = []
    for coupon_id in coupon_ids:
        coupon = unit.coupons.coupon(coupon_id)
        if coupon is None or coupon.state in _ENDED:
            continue
        of_fact = facts.Stamp(desk.ids.new(), coupon_id, stamp.at)
        unit.coupons.add(Revoked(of_fact, why))
        done.append(coupon_id)
    if done:
        body = {"coupons": done, "why": why}
        unit.append(EntryKind.COUPON_REVOKED, body, stamp)
    return tuple(done)


def offered_template(unit: UnitOfWork, template_id: str) -> Template:
    """Return the newest version of a template that is still given out.

    Raises:
        UserError: "coupon_unknown", "coupon_template_ended".
    """
    template = unit.coupons.template(template_id)
    if template is None:
        raise UserError(CouponRefusal.UNKNOWN.value)
    if template.is_ended:
        raise UserError(CouponRefusal.TEMPLATE_ENDED.value, name=template.name)
    return template


def issuing(desk: Desk, stamp: Stamp, zone: tzinfo) -> Issuing:
    """Return what issuing needs from outside."""
    return Issuing(stamp.at, zone, os.urandom, desk.ids.new)


def _told(unit: UnitOfWork, coupon: Coupon) -> GivenCoupon:
    issued = coupon.issued
    template = unit.coupons.template(issued.template_id, issued.template_version)
    name = template.name if template is not None else ""
    return GivenCoupon(coupon.coupon_id, name, "", coupon.window.end)
