"""Baskets tried otherwise: one promotion by itself, one promotion away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pos_app.domain.promotion.book import compile_book
from pos_app.domain.promotion.deal import TierDeal
from pos_app.domain.promotion.item_deals import item_deals
from pos_app.domain.promotion.offered import OfferedLine
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import (
    Audience,
    Limits,
    Promotion,
    Schedule,
    Trigger,
)

#: A trial is for telling, not for paying: fewer states will do.
_BUDGET = 300


def alone_on(
    lines: Sequence[OfferedLine],
    promotion: Promotion,
    offers: Offers,
    *,
    once: bool = False,
) -> Mapping[str, int]:
    """Return what an item deal would save on each line if it were the only one.

    As if it held: for everybody, now, any number of times; `once` as one coupon does.
    """
    is_counted = once and not isinstance(promotion.deal, TierDeal)
    free = replace(
        promotion,
        audience=Audience(),
        schedule=Schedule(),
        trigger=Trigger(),
        limits=Limits(per_basket=1 if is_counted else None),
        channels=(),
        stores=(),
    )
    book = compile_book((free,), offers.book.parents)
    occasion = replace(offers.occasion, declined=(), used={})
    found: dict[str, int] = {}
    for one in item_deals(lines, Offers(book, occasion), _BUDGET).applications:
        for claim in one.claims:
            saved = found.get(claim.line_id, 0)
            found[claim.line_id] = saved + claim.saving_minor
    return found


def saving_of(lines: Sequence[OfferedLine], offers: Offers) -> int:
    """Return what item deals save on some lines."""
    return item_deals(lines, offers, _BUDGET).saving_minor


def without(offers: Offers, promotion: Promotion) -> Offers:
    """Return the offers as if a promotion were taken away."""
    declined = (*offers.occasion.declined, promotion.promotion_id)
    return replace(offers, occasion=replace(offers.occasion, declined=declined))
