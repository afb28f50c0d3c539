"""L3: coupons: those that the customer chose first, then the best of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pos_app.domain.promotion.application import Application
from pos_app.domain.promotion.deal import SpendDeal, UnitDeal
from pos_app.domain.promotion.dealing import UnitLine
from pos_app.domain.promotion.holding import holds, uses_left
from pos_app.domain.promotion.occasion import CouponInHand
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import Layer, Promotion
from pos_app.domain.promotion.spending import (
    Candidate,
    best_of,
    spend_candidate,
    unit_candidate,
    use,
)


def standing_coupons(offers: Offers) -> list[tuple[CouponInHand, Promotion]]:
    """Return the customer's coupons with what they unlock, in the order shown.

    Those for a promotion that does not hold, or is not known here, are left out.
    """
    if not offers.occasion.coupons:
        return []
    known = {
        promotion.promotion_id: promotion
        for promotion in offers.book.promotions
        if promotion.layer is Layer.COUPON and holds(promotion, offers.occasion)
    }
    return [
        (coupon, known[coupon.promotion_id])
        for coupon in offers.occasion.coupons
        if coupon.promotion_id in known
    ]


def coupons(
    lines: Sequence[UnitLine],
    shown: Sequence[tuple[CouponInHand, Promotion]],
    offers: Offers,
) -> tuple[list[UnitLine], list[Application]]:
    """Take coupons, at most as many as one basket may have.

    The chosen ones go first, in the order shown; one that lets nothing go takes no
    place. Then, one by one, the coupon that lets most go of what is left.

    Args:
        lines: as the layers before left them.
        shown: of `standing_coupons`.
        offers: the book, and how often each was used before.

    Returns:
        The lines after it, and what was taken, in that order.
    """
    now, taken = list(lines), list[Application]()
    uses: Counter[str] = Counter()
    chosen = [each for each in shown if each[0].is_chosen]
    others = [each for each in shown if not each[0].is_chosen]
    for coupon, promotion in chosen:
        found = _candidate(now, promotion, offers, uses)
        if found is not None and len(taken) < offers.occasion.coupon_limit:
            now = _take(now, found, coupon, taken, uses)
    while others and len(taken) < offers.occasion.coupon_limit:
        tried = {
            promotion.promotion_id: _candidate(now, promotion, offers, uses)
            for _, promotion in others
        }
        best = best_of([found for found in tried.values() if found is not None])
        if best is None:
            break
        at = next(i for i, each in enumerate(others) if each[1] == best.promotion)
        now = _take(now, best, others.pop(at)[0], taken, uses)
    return now, taken


def _candidate(
    lines: Sequence[UnitLine], promotion: Promotion, offers: Offers, uses: Counter[str]
) -> Candidate | None:
    """Return what one coupon lets go now; a coupon is one use, of 每满 more."""
    left = uses_left(promotion, offers.occasion)
    if left is not None:
        left = max(0, left - uses[promotion.promotion_id])
    if isinstance(promotion.deal, SpendDeal):
        return spend_candidate(offers.book, lines, promotion, left)
    if isinstance(promotion.deal, UnitDeal):
        return unit_candidate(offers.book, lines, promotion, left)
    return None  # refused as unsound before it was stored


def _take(
    lines: Sequence[UnitLine],
    found: Candidate,
    coupon: CouponInHand,
    taken: list[Application],
    uses: Counter[str],
) -> list[UnitLine]:
    after, application = use(lines, found, coupon.coupon_id)
    taken.append(application)
    uses[application.promotion_id] += application.times
    return after
