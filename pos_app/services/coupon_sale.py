"""Books what a ticket does to coupons, in the ticket's transaction."""

from __future__ import annotations

from dataclasses import replace

from pos_app.domain.coupon.carried import carried_lines, goods_back
from pos_app.domain.coupon.facts import Claimed, Redeemed, Stamp
from pos_app.domain.coupon.life import Coupon, CouponState
from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.domain.coupon.returning import (
    NothingBack,
    ShareBack,
    WholeBack,
    after_return,
    after_void,
    share_facts,
)
from pos_app.domain.coupon.template import Batch, Template
from pos_app.domain.coupon.using import issue
from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.ticket_facts import GivenCoupon
from pos_app.errors import UserError
from pos_app.services.coupon_giving import issuing
from pos_app.services.coupon_reserving import release_basket, reserve
from pos_app.services.exchanged_goods import CameBack, came_back
from pos_app.services.person import person_ids
from pos_app.services.sale_booking import SaleBooking


def book_coupon(booking: SaleBooking) -> None:
    """Book what a ticket does to coupons; on the core thread.

    Used coupons are redeemed with what they saved, the others of the basket let go;
    a mirrored sale gives its coupons back, a return what the template says.

    Args:
        booking: the ticket and its transaction.

    Raises:
        UserError: what `CouponRefusal` names: a coupon that was used, revoked or
            taken by another basket meanwhile.
    """
    sale = booking.sale
    if sale.reverses:
        for coupon in booking.unit.coupons.redeemed_in(sale.reverses):
            _give_back_of_void(booking, coupon)
        return
    savings: dict[str, int] = {}
    for one in sale.priced.promoted.applications:
        if one.coupon_id:
            known = savings.get(one.coupon_id, 0)
            savings[one.coupon_id] = known + one.saving_minor
    for coupon_id, saving_minor in savings.items():
        _redeem(booking, coupon_id, saving_minor)
    release_basket(booking.unit, sale.sale_id, booking.stamp.at)
    for back in came_back(booking):
        for coupon in booking.unit.coupons.redeemed_in(back.sale_id):
            _book_return(booking, coupon, back)


def _redeem(booking: SaleBooking, coupon_id: str, saving_minor: int) -> None:
    coupons, sale, at = booking.unit.coupons, booking.sale, booking.stamp.at
    known = coupons.coupon(coupon_id)
    if known is None:
        raise UserError(CouponRefusal.UNKNOWN.value)
    _refuse_person(booking, known)
    held = known.reserved
    if held is None or held.basket_id != sale.sale_id:
        reserve(booking.unit, coupon_id, sale.sale_id, at)
    fact = Redeemed(
        _stamp(booking, coupon_id), sale.sale_id, sale.sale_id, saving_minor
    )
    _refuse_not_reserved(booking, coupon_id)
    coupons.add(fact)
    coupons.add_carried(coupon_id, sale.sale_id, carried_lines(sale, coupon_id))
    body = {"coupon": coupon_id, "sale": sale.sale_id, "saving_minor": saving_minor}
    booking.unit.append(EntryKind.COUPON_USED, body, booking.stamp)


def _refuse_not_reserved(booking: SaleBooking, coupon_id: str) -> None:
    """Refuse with the cause, where a coupon could not be reserved for the basket."""
    coupon = booking.unit.coupons.coupon(coupon_id)
    assert coupon is not None
    at, end = booking.stamp.at, coupon.window.end
    is_open = coupon.state not in {
        CouponState.RESERVED,
        CouponState.REDEEMED,
        CouponState.EXPIRED,
        CouponState.REVOKED,
    }
    if is_open and end is not None and at >= end:
        raise UserError(CouponRefusal.EXPIRED.value)
    if is_open and not coupon.window.covers(at):
        raise UserError(CouponRefusal.NOT_YET.value)


def _refuse_person(booking: SaleBooking, coupon: Coupon) -> None:
    owner, buyer = coupon.member_id, booking.sale.member_id
    if not owner:
        if not coupon.issued.is_bearer:
            raise UserError(CouponRefusal.NEEDS_CLAIM.value)
        return
    if not buyer or owner not in person_ids(booking.unit.members, buyer):
        raise UserError(CouponRefusal.OF_ANOTHER_MEMBER.value)


def _give_back_of_void(booking: SaleBooking, coupon: Coupon) -> None:
    template = _template(booking, coupon)
    stamp = _stamp(booking, coupon.coupon_id)
    restored = after_void(template, coupon, stamp, booking.zone)
    _tell(booking, booking.unit.coupons.add(restored), template)


def _book_return(booking: SaleBooking, coupon: Coupon, back: CameBack) -> None:
    """Give back what a return gives back of a coupon of its sale."""
    coupons, sale = booking.unit.coupons, booking.sale
    lines = coupons.carried(coupon.coupon_id, back.sale_id)
    before, after = back.before, back.after
    if not any(before.get(x.position, 0) != after.get(x.position, 0) for x in lines):
        return  # other goods of that sale
    template = _template(booking, coupon)
    goods = goods_back(sale.sale_id, lines, before, after)
    stamp = _stamp(booking, coupon.coupon_id)
    match after_return(template, coupon, goods, stamp, booking.zone):
        case WholeBack(restored):
            _tell(booking, coupons.add(restored), template)
        case ShareBack() as share:
            _give_share(booking, template, coupon, share)
        case NothingBack():
            return


def _give_share(
    booking: SaleBooking, template: Template, coupon: Coupon, share: ShareBack
) -> None:
    """Store a new coupon over a share, of the same person as the old one."""
    coupons, source = (
        booking.unit.coupons,
        issuing(booking.desk, booking.stamp, booking.zone),
    )
    batch = Batch(
        coupon.issued.batch_id, template.template_id, template.version, size=1
    )
    (new,) = issue(batch, template, 1, 0, source)
    assert coupon.redeemed is not None
    window = template.restore.window(
        coupon.window, coupon.redeemed.stamp.at, source.at, source.zone
    )
    if window.end is not None and window.end <= source.at:
        return  # its time is over by the rule that holds for it
    issued = replace(new.issued, window=window)
    both = share_facts(template, coupon, share, issued, booking.desk.ids.new())
    coupons.add(both.given_back)
    made = coupons.add(both.issued)
    if coupon.member_id:
        stamp = _stamp(booking, made.coupon_id)
        made = coupons.add(Claimed(stamp, coupon.member_id, window))
    code = "" if coupon.member_id else new.code
    _tell(booking, made, template, code)


def _tell(
    booking: SaleBooking, coupon: Coupon, template: Template, code: str = ""
) -> None:
    """Journal what came back, and tell slip and screen."""
    body = {
        "coupon": coupon.coupon_id,
        "sale": booking.sale.sale_id,
        "of": coupon.issued.parent_id,
        "value_minor": coupon.issued.value_minor,
    }
    booking.unit.append(EntryKind.COUPON_RESTORED, body, booking.stamp)
    given = GivenCoupon(
        coupon.coupon_id,
        template.name,
        code,
        coupon.window.end,
        coupon.issued.value_minor,
    )
    told = (*booking.facts.coupons, given)
    booking.facts = replace(booking.facts, coupons=told)


def _template(booking: SaleBooking, coupon: Coupon) -> Template:
    """Return the version that a coupon was issued under; it is never deleted."""
    issued = coupon.issued
    found = booking.unit.coupons.template(issued.template_id, issued.template_version)
    assert found is not None
    return found


def _stamp(booking: SaleBooking, coupon_id: str) -> Stamp:
    return Stamp(booking.desk.ids.new(), coupon_id, booking.stamp.at)
