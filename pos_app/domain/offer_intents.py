"""Intents about promotions: who buys, which coupons, what a person chose or refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from pos_app.domain.basket import Basket, asked_in_full
from pos_app.domain.member.recognition import Recognition
from pos_app.domain.promotion.occasion import CouponInHand, PointsBurn, Shopper


@dataclass(frozen=True, slots=True)
class SetShopper:
    """The customer was recognised, or another one; None for nobody.

    Attributes:
        shopper: what promotions know of the customer.
        recognition: by what, and when; None where a promotion was tried only.
    """

    shopper: Shopper | None
    recognition: Recognition | None = None


@dataclass(frozen=True, slots=True)
class Recognise:
    """The same customer proved more (typed the phone, the PIN); prices stay.

    That is possible while money is being taken, too: stored value asks for it.
    """

    recognition: Recognition


@dataclass(frozen=True, slots=True)
class ShowCoupon:
    """The customer showed a coupon."""

    coupon: CouponInHand


@dataclass(frozen=True, slots=True)
class TakeBackCoupon:
    """The customer keeps a coupon after all."""

    coupon_id: str


@dataclass(frozen=True, slots=True)
class GivePoints:
    """Points are given as a discount; None takes them back."""

    points: PointsBurn | None


@dataclass(frozen=True, slots=True)
class ChoosePromotion:
    """Somebody chose a promotion for this basket (trigger MANUAL); staff ids."""

    promotion_id: str
    by: str
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class DeclinePromotion:
    """Somebody took a promotion away from this basket; staff ids."""

    promotion_id: str
    by: str
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class RestorePromotion:
    """A promotion that was chosen or taken away stands as if nobody had said so."""

    promotion_id: str


OfferIntent: TypeAlias = (
    SetShopper
    | Recognise
    | ShowCoupon
    | TakeBackCoupon
    | GivePoints
    | ChoosePromotion
    | DeclinePromotion
    | RestorePromotion
)


def apply_offer(  # noqa: C901, PLR0911 - one flat case for each intent
    basket: Basket, intent: OfferIntent
) -> Basket:
    """Return the basket after it; what was let go was meant for the old price."""
    fresh = asked_in_full(basket)
    match intent:
        case SetShopper(shopper, recognition):
            return _with_shopper(fresh, shopper, recognition)
        case Recognise(recognition):
            return replace(basket, recognition=recognition)
        case ShowCoupon(coupon):
            left = _without(basket.coupons, coupon.coupon_id)
            return replace(fresh, coupons=(*left, coupon))
        case TakeBackCoupon(coupon_id):
            return replace(fresh, coupons=_without(basket.coupons, coupon_id))
        case GivePoints(points):
            return replace(fresh, points=points)
        case ChoosePromotion(promotion_id):
            chosen = (*_but(basket.chosen, promotion_id), promotion_id)
            return replace(fresh, chosen=chosen)
        case DeclinePromotion(promotion_id):
            declined = (*_but(basket.declined, promotion_id), promotion_id)
            chosen = _but(basket.chosen, promotion_id)
            return replace(fresh, chosen=chosen, declined=declined)
        case RestorePromotion(promotion_id):
            chosen = _but(basket.chosen, promotion_id)
            declined = _but(basket.declined, promotion_id)
            return replace(fresh, chosen=chosen, declined=declined)


def _with_shopper(
    basket: Basket, shopper: Shopper | None, recognition: Recognition | None
) -> Basket:
    """Return the basket of another customer, without what was the one before's.

    Coupons and points of a member are not another member's; a coupon that was shown
    while nobody was recognised stays with whoever it turns out to be.
    """
    known = basket.shopper
    is_another = known is not None and (
        shopper is None or shopper.member_id != known.member_id
    )
    if is_another:
        basket = replace(basket, coupons=(), points=None)
    return replace(basket, shopper=shopper, recognition=recognition)


def _but(ids: tuple[str, ...], promotion_id: str) -> tuple[str, ...]:
    return tuple(one for one in ids if one != promotion_id)


def _without(
    coupons: tuple[CouponInHand, ...], coupon_id: str
) -> tuple[CouponInHand, ...]:
    return tuple(one for one in coupons if one.coupon_id != coupon_id)
