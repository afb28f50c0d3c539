"""What was said to promotions in a step of a replayed sale, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pos_app.domain.basket import Basket
from pos_app.domain.offer_intents import (
    ChoosePromotion,
    DeclinePromotion,
    GivePoints,
    Recognise,
    RestorePromotion,
    SetShopper,
    ShowCoupon,
    TakeBackCoupon,
)
from pos_app.i18n import _, plural

#: The steps that name a promotion.
NAMES_PROMOTION = (ChoosePromotion, DeclinePromotion, RestorePromotion)


def offer_words(intent: Any, before: Basket, names: Mapping[str, str]) -> str:
    """Say what a step told promotions.

    Args:
        intent: of `OFFER_WORDS`.
        before: the basket that it was done to.
        names: of promotions, by id.
    """
    return OFFER_WORDS[type(intent)](intent, before, names)


def _shopper(intent: SetShopper, _before: Basket, _names: Mapping[str, str]) -> str:
    if intent.shopper is None:
        return _("No customer is recognised any more")
    return _("A customer was recognised")


def _proved(_intent: Recognise, _before: Basket, _names: Mapping[str, str]) -> str:
    return _("The customer proved to be the member")


def _shown(_intent: ShowCoupon, _before: Basket, _names: Mapping[str, str]) -> str:
    return _("A coupon was shown")


def _kept(_intent: TakeBackCoupon, _before: Basket, _names: Mapping[str, str]) -> str:
    return _("A coupon was taken back")


def _points(intent: GivePoints, _before: Basket, _names: Mapping[str, str]) -> str:
    if intent.points is None:
        return _("Points taken back")
    return plural(
        "{count} point given as a discount",
        "{count} points given as a discount",
        intent.points.points,
    )


def _chosen(intent: ChoosePromotion, _before: Basket, names: Mapping[str, str]) -> str:
    name = names.get(intent.promotion_id, "–")
    return _("Promotion chosen: {promotion}", promotion=name)


def _declined(
    intent: DeclinePromotion, _before: Basket, names: Mapping[str, str]
) -> str:
    name = names.get(intent.promotion_id, "–")
    return _("Promotion left out: {promotion}", promotion=name)


def _restored(
    intent: RestorePromotion, before: Basket, names: Mapping[str, str]
) -> str:
    name = names.get(intent.promotion_id, "–")
    if intent.promotion_id in before.chosen:
        return _("Chosen promotion taken back: {promotion}", promotion=name)
    return _("Promotion holds again: {promotion}", promotion=name)


OFFER_WORDS: Mapping[type[Any], Callable[[Any, Basket, Mapping[str, str]], str]] = {
    SetShopper: _shopper,
    Recognise: _proved,
    ShowCoupon: _shown,
    TakeBackCoupon: _kept,
    GivePoints: _points,
    ChoosePromotion: _chosen,
    DeclinePromotion: _declined,
    RestorePromotion: _restored,
}
