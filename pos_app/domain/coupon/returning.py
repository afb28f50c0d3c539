"""What becomes of a used coupon when its sale is voided or its goods come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from typing import TypeAlias

from pos_app.domain.coupon.facts import (
    Issued,
    Redeemed,
    RestoreCause,
    Restored,
    ShareGivenBack,
    Stamp,
)
from pos_app.domain.coupon.life import Coupon, CouponState
from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.domain.coupon.template import ReturnPolicy, Template
from pos_app.errors import UserError


@dataclass(frozen=True, slots=True)
class GoodsBack:
    """What of a coupon's saving comes back with goods.

    The saving of each unit was stored with the sale, so that these are sums of whole
    minor units and all returns of a sale together come to its saving exactly.

    Attributes:
        return_id: of the return's document.
        now_minor: saving of the units that come back now.
        before_minor: of those that came back before.
        units_left: units of the sale that the coupon took part in, still with the
            customer afterwards.
    """

    return_id: str
    now_minor: int
    before_minor: int
    units_left: int


@dataclass(frozen=True, slots=True)
class NothingBack:
    """The coupon stays used."""


@dataclass(frozen=True, slots=True)
class WholeBack:
    """The same coupon may be used again."""

    restored: Restored


@dataclass(frozen=True, slots=True)
class ShareBack:
    """A new coupon over a share is to be made: `issued` and what the old one notes."""

    value_minor: int
    return_id: str


CouponBack: TypeAlias = NothingBack | WholeBack | ShareBack


def after_return(
    template: Template, coupon: Coupon, goods: GoodsBack, stamp: Stamp, zone: tzinfo
) -> CouponBack:
    """Decide what a return does to the coupon of its sale.

    Args:
        template: the version that it was issued under.
        coupon: redeemed in the sale that the goods come from.
        goods: what comes back.
        stamp: of the return.
        zone: of the shop.

    Raises:
        UserError: "coupon_not_redeemed"; "coupon_too_much_given_back" when the units
            save more than the coupon did.
    """
    redeemed = _redeemed(coupon)
    assert goods.now_minor >= 0
    assert goods.before_minor >= 0
    if goods.now_minor + goods.before_minor > redeemed.saving_minor:
        raise UserError(CouponRefusal.TOO_MUCH_BACK.value)
    is_all = goods.units_left == 0
    match template.return_policy:
        case ReturnPolicy.RESTORE_IF_ALL if is_all:
            return _whole(template, coupon, stamp, zone)
        case ReturnPolicy.PROPORTIONAL if is_all and not coupon.shares:
            # Whatever came back before carried none of the saving, or no share of it
            # could be made: the coupon itself is the share.
            return _whole(template, coupon, stamp, zone)
        case ReturnPolicy.PROPORTIONAL if goods.now_minor:
            return ShareBack(goods.now_minor, goods.return_id)
    return NothingBack()


def _redeemed(coupon: Coupon) -> Redeemed:
    if coupon.state is not CouponState.REDEEMED or coupon.redeemed is None:
        raise UserError(CouponRefusal.NOT_REDEEMED.value)
    return coupon.redeemed


def _whole(template: Template, coupon: Coupon, stamp: Stamp, zone: tzinfo) -> WholeBack:
    return WholeBack(_restored(template, coupon, stamp, zone, RestoreCause.RETURN))


def after_void(
    template: Template, coupon: Coupon, stamp: Stamp, zone: tzinfo
) -> Restored:
    """Return the fact by which a voided sale gives its coupon back, by any policy.

    Raises:
        UserError: "coupon_not_redeemed".
    """
    _redeemed(coupon)
    return _restored(template, coupon, stamp, zone, RestoreCause.VOID)


def _restored(
    template: Template,
    coupon: Coupon,
    stamp: Stamp,
    zone: tzinfo,
    cause: RestoreCause,
) -> Restored:
    redeemed = _redeemed(coupon)
    window = template.restore.window(coupon.window, redeemed.stamp.at, stamp.at, zone)
    return Restored(stamp, redeemed.sale_id, cause, window)


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """A share given back, as the old and the new coupon's facts."""

    given_back: ShareGivenBack
    issued: Issued


def share_facts(
    template: Template,
    coupon: Coupon,
    share: ShareBack,
    new: Issued,
    fact_id: str,
) -> ShareFacts:
    """Return the two facts of a share; they are stored together or not at all.

    Args:
        template: of the old coupon; the new one promises the same but its value.
        coupon: the old one.
        share: of `after_return`.
        new: as `using.issue` made it: id, code and moment.
        fact_id: of the old coupon's fact.
    """
    redeemed = _redeemed(coupon)
    issued = Issued(
        stamp=new.stamp,
        template_id=template.template_id,
        template_version=template.version,
        batch_id=new.batch_id,
        code_digest=new.code_digest,
        is_bearer=new.is_bearer,
        window=new.window,
        value_minor=share.value_minor,
        parent_id=coupon.coupon_id,
    )
    stamp = Stamp(fact_id, coupon.coupon_id, new.stamp.at)
    given = ShareGivenBack(
        stamp,
        redeemed.sale_id,
        share.return_id,
        new.stamp.coupon_id,
        share.value_minor,
    )
    return ShareFacts(given, issued)
