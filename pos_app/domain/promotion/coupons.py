"""L3: coupons: those that the customer chose first, then the best of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pos_app.domain.promotion.application import Application
from pos_app.domain.promotion.deal import SpendDeal, TierDeal, UnitDeal
from pos_app.domain.promotion.dealing import UnitLine
from pos_app.domain.promotion.group_coupons import group_candidate, tier_candidate
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
    worth,
)

#: What finds the units for a deal; all others are for goods that belong together.
_FINDERS = {
    SpendDeal: spend_candidate,
    UnitDeal: unit_candidate,
    TierDeal: tier_candidate,
}


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
) -> tuple[list[UnitLine], list[Application], bool]:
    """Take coupons, at most as many as one basket may have.

    The chosen ones go first, in the order shown; one that lets nothing go takes no
    place. Then, one by one, the coupon that lets most go of what is left; ties go by
    the promotion's priority and id, then to the one shown first.

    Args:
        lines: as the layers before left them.
        shown: of `standing_coupons`.
        offers: the book, and how often each was used before.

    Returns:
        The lines after it, what was taken, in that order, and whether each coupon
        went to the best units that there were for it.
    """
    now, taken, is_optimal = list(lines), list[Application](), True
    uses: Counter[str] = Counter()
    chosen = [each for each in shown if each[0].is_chosen]
    others = [each for each in shown if not each[0].is_chosen]
    for coupon, promotion in chosen:
        found = _candidate(now, (coupon, promotion), offers, uses)
        if found is not None and len(taken) < offers.occasion.coupon_limit:
            now = _take(now, found, coupon, taken, uses)
            is_optimal = is_optimal and found.is_optimal
    while others and len(taken) < offers.occasion.coupon_limit:
        kinds = {  # equal ones are tried once: the one shown first
            (promotion.promotion_id, coupon.value_minor): i
            for i, (coupon, promotion) in reversed(list(enumerate(others)))
        }
        places = sorted(kinds.values())  # of two as good the one shown first
        tried = [(i, _candidate(now, others[i], offers, uses)) for i in places]
        best = best_of([found for _, found in tried if found is not None])
        if best is None:
            break
        at = next(i for i, found in tried if found is best)
        now = _take(now, best, others.pop(at)[0], taken, uses)
        is_optimal = is_optimal and all(x.is_optimal for _, x in tried if x)
    return now, taken, is_optimal


def _candidate(
    lines: Sequence[UnitLine],
    shown: tuple[CouponInHand, Promotion],
    offers: Offers,
    uses: Counter[str],
) -> Candidate | None:
    """Return what one coupon lets go now; a coupon is one use, of 每满 more."""
    coupon, promotion = shown
    left = uses_left(promotion, offers.occasion)
    if left is not None:
        left = max(0, left - uses[promotion.promotion_id])
    find = _FINDERS.get(type(promotion.deal), group_candidate)
    found = find(offers.book, lines, promotion, left)
    if found is None or coupon.value_minor is None:
        return found
    return worth(found, lines, coupon.value_minor)


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
