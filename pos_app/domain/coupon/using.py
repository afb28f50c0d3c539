"""May this coupon be used here, now, by this customer, beside the others?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from pos_app.domain.coupon.code import CodeKind, Entropy, code_digest, new_code
from pos_app.domain.coupon.facts import Claimed, Issued, Stamp
from pos_app.domain.coupon.life import Coupon, CouponState
from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.domain.coupon.template import Batch, Template, ValidityKind
from pos_app.domain.promotion.holding import is_for, is_time
from pos_app.domain.promotion.occasion import CouponInHand, Occasion
from pos_app.errors import UserError
from pos_app.values.times import Period, Timestamp

_ENDED = {
    CouponState.REDEEMED: CouponRefusal.REDEEMED,
    CouponState.EXPIRED: CouponRefusal.EXPIRED,
    CouponState.REVOKED: CouponRefusal.REVOKED,
}


def cause_against(
    template: Template, coupon: Coupon, occasion: Occasion, basket_id: str
) -> CouponRefusal | None:
    """Return why a coupon may not be used; None if it may.

    Args:
        template: the version that it was issued under.
        coupon: as its facts say.
        occasion: when and for whom; the zone is the shop's.
        basket_id: for which basket.
    """
    at = occasion.moment
    ended = _ENDED.get(coupon.state)
    if ended is not None:
        return ended
    if coupon.is_held(at, basket_id):
        return CouponRefusal.RESERVED
    return _cause_of_time(template, coupon, occasion) or _cause_of_person(
        template, coupon, occasion
    )


def _cause_of_time(
    template: Template, coupon: Coupon, occasion: Occasion
) -> CouponRefusal | None:
    at, window = occasion.moment, coupon.window
    if window.end is not None and at >= window.end:
        return CouponRefusal.EXPIRED
    if not window.covers(at):
        return CouponRefusal.NOT_YET
    if not is_time(template.validity.schedule, occasion):
        return CouponRefusal.NOT_AT_THIS_TIME
    return None


def _cause_of_person(
    template: Template, coupon: Coupon, occasion: Occasion
) -> CouponRefusal | None:
    who = occasion.shopper.member_id if occasion.shopper is not None else ""
    if not coupon.issued.is_bearer and not coupon.member_id:
        return CouponRefusal.NEEDS_CLAIM
    if coupon.member_id and coupon.member_id != who:
        return CouponRefusal.OF_ANOTHER_MEMBER
    if not is_for(template.audience, occasion):
        return CouponRefusal.NOT_FOR_CUSTOMER
    return None


def require_room(
    template: Template, in_basket: Sequence[str], shop_limit: int | None = None
) -> None:
    """Refuse one coupon too many.

    Args:
        template: of the coupon that is to join.
        in_basket: template ids of the coupons that lie in the basket.
        shop_limit: at most so many of any kind; None for any number.

    Raises:
        UserError: "coupon_too_many" with `limit`.
    """
    limits = [template.most_per_basket - list(in_basket).count(template.template_id)]
    if shop_limit is not None:
        limits.append(shop_limit - len(in_basket))
    if min(limits) <= 0:
        named = template.most_per_basket if limits[0] <= 0 else shop_limit
        raise UserError(CouponRefusal.TOO_MANY.value, limit=named)


def in_hand(template: Template, coupon: Coupon, *, is_chosen: bool) -> CouponInHand:
    """Return a coupon as promotions know it."""
    return CouponInHand(
        coupon.coupon_id,
        template.promotion_id,
        is_chosen,
        coupon.issued.value_minor,
        template.template_id,
    )


@dataclass(frozen=True, slots=True)
class NewCoupon:
    """A coupon that is about to be stored; its code is kept nowhere else."""

    issued: Issued
    code: str


@dataclass(frozen=True, slots=True)
class Issuing:
    """What issuing needs from outside.

    Attributes:
        at: now. zone: of the shop.
        entropy: unpredictable bytes. new_id: makes UUIDv7s.
    """

    at: Timestamp
    zone: tzinfo
    entropy: Entropy
    new_id: Callable[[], str]


def issue(
    batch: Batch, template: Template, count: int, issued_before: int, source: Issuing
) -> tuple[NewCoupon, ...]:
    """Make coupons of a batch.

    Args:
        batch: its size is never exceeded.
        template: its version is the batch's.
        count: how many, one or more.
        issued_before: of this batch; the template's own limit is the service's sum
            over its batches, see `require_stock`.
        source: see there.

    Raises:
        UserError: "coupon_batch_full" with `left`.
    """
    assert count >= 1
    assert (batch.template_id, batch.template_version) == (
        template.template_id,
        template.version,
    )
    if issued_before + count > batch.size:
        left = max(0, batch.size - issued_before)
        raise UserError(CouponRefusal.BATCH_FULL.value, left=left)
    made = tuple(_one(batch, template, source) for _each in range(count))
    assert len({each.code for each in made}) == count
    return made


def _one(batch: Batch, template: Template, source: Issuing) -> NewCoupon:
    code = new_code(CodeKind.COUPON, source.entropy)
    issued = Issued(
        stamp=Stamp(source.new_id(), source.new_id(), source.at),
        template_id=template.template_id,
        template_version=template.version,
        batch_id=batch.batch_id,
        code_digest=code_digest(code),
        is_bearer=template.is_bearer,
        window=_first_window(template, source),
    )
    return NewCoupon(issued, code)


def _first_window(template: Template, source: Issuing) -> Period:
    """Return the window at issue; days that count from the claim do not run yet."""
    if template.is_bearer or template.validity.kind is ValidityKind.FIXED:
        return template.validity.window(source.at, source.zone)
    return Period()


def claim(
    template: Template, coupon: Coupon, member_id: str, stamp: Stamp, zone: tzinfo
) -> Claimed:
    """Return the claim of a member; time that runs already is not prolonged by it.

    Args:
        template: the version that it was issued under.
        coupon: as its facts say.
        member_id: who takes it.
        stamp: of the claim.
        zone: of the shop.
    """
    window = coupon.window
    if not template.is_bearer and template.validity.kind is not ValidityKind.FIXED:
        window = template.validity.window(stamp.at, zone)
    return Claimed(stamp, member_id, window)


def require_stock(template: Template, in_all: int, of_member: int | None) -> None:
    """Refuse to give more than a template allows.

    Args:
        template: see there.
        in_all: issued so far, of all its batches and versions.
        of_member: given to this member so far; None for nobody known.

    Raises:
        UserError: "coupon_batch_full" or "coupon_member_has_enough".
    """
    if template.most_in_all is not None and in_all >= template.most_in_all:
        raise UserError(CouponRefusal.BATCH_FULL.value, left=0)
    most = template.most_per_member
    if most is not None and of_member is not None and of_member >= most:
        raise UserError(CouponRefusal.MEMBER_HAS_ENOUGH.value, limit=most)
