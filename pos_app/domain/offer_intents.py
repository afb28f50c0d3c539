"""Intents about promotions: who buys, which coupons, what a person chose or refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from pos_app.domain.basket import Basket, asked_in_full
from pos_app.domain.promotion.occasion import CouponInHand, PointsBurn, Shopper


@dataclass(frozen=True, slots=True)
class SetShopper:
    """The customer was recognised, or another one; None for nobody."""

    shopper: Shopper | None


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
    | ShowCoupon
    | TakeBackCoupon
    | GivePoints
    | ChoosePromotion
    | DeclinePromotion
    | RestorePromotion
)


def apply_offer(  # noqa: PLR0911 - one flat case for each intent
    basket: Basket, intent: OfferIntent
) -> Basket:
    """Return the basket after it; what was let go was meant for the old price."""
    fresh = asked_in_full(basket)
    match intent:
        case SetShopper(shopper):
            return replace(fresh, shopper=shopper)
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


def _but(ids: tuple[str, ...], promotion_id: str) -> tuple[str, ...]:
    return tuple(one for one in ids if one != promotion_id)


def _without(
    coupons: tuple[CouponInHand, ...], coupon_id: str
) -> tuple[CouponInHand, ...]:
    return tuple(one for one in coupons if one.coupon_id != coupon_id)
