"""Which coupons suit a basket, and which of them together save most.

Priced by the one pricing function, so that what is promised is what happens. Pure work
on what it is handed: it may run on a thread of its own for a basket that is large.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from pos_app.domain.basket import Basket
from pos_app.domain.pricing import Pricing, price_again
from pos_app.domain.promotion.effort import FRAME_SEARCH
from pos_app.domain.promotion.occasion import CouponInHand
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.tax import PricingRules
from pos_app.errors import UserError
from pos_app.values.times import Timestamp

#: (coupons in hand) -> what the basket comes to with them; minor units.
Trial: TypeAlias = Callable[[tuple[CouponInHand, ...]], int]
#: Combinations that are tried at most; above it the best one found so far holds.
TRIALS = 24
#: Kinds of coupons that are combined: those that save most alone.
KINDS = 6


@dataclass(frozen=True, slots=True)
class CouponOffer:
    """A coupon of the customer, as the counter shows it.

    Attributes:
        coupon_id, name: which; the name in the language asked for.
        saves_minor: what it saves on this basket by itself, or now that it is used;
            minor units. is_counted: whether that was worked out for this very basket.
        until: the first moment at which it is good no more; None for never.
        is_used: whether it lies in the basket.
        why_not: key of the reason why it cannot be used, or saves nothing; "" for none.
        value_minor: of a share that came back; None otherwise.
        is_own: whether it is the member's own.
    """

    coupon_id: str
    name: str
    saves_minor: int = 0
    until: Timestamp | None = None
    is_used: bool = False
    why_not: str = ""
    value_minor: int | None = None
    is_own: bool = False
    is_counted: bool = True


@dataclass(frozen=True, slots=True)
class Tried:
    """What is tried with a basket.

    Attributes:
        basket, rules, moment, before, offers: as the basket is priced now.
        limit: coupons that one basket takes.
        usable: coupons that may be used, with how many of their kind a basket takes.
    """

    basket: Basket
    rules: PricingRules
    moment: Timestamp
    before: Pricing | None
    offers: Offers
    limit: int
    usable: tuple[tuple[CouponInHand, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What trying came to.

    Attributes:
        savings: by coupon id, what each saves alone; minor units.
        best: coupon ids of the combination that saves most, in the order in which
            they are shown; none where nothing saves anything.
        best_minor: what that saves.
    """

    savings: dict[str, int]
    best: tuple[str, ...]
    best_minor: int


def try_coupons(tried: Tried) -> Found:
    """Try every coupon alone, and the best of them together."""
    trial = _trial(tried)
    nothing_minor = trial(())
    alone: dict[tuple[str, int | None], int] = {}
    savings = {}
    for coupon, _most in tried.usable:
        kind = _kind(coupon)
        if kind not in alone:  # equal ones save the same
            alone[kind] = max(0, nothing_minor - trial((coupon,)))
        savings[coupon.coupon_id] = alone[kind]
    best, best_minor = _best(tried, trial, nothing_minor, savings)
    return Found(savings, tuple(x.coupon_id for x in best), best_minor)


def _trial(tried: Tried) -> Trial:
    offers = tried.offers

    def total(coupons: tuple[CouponInHand, ...]) -> int:
        occasion = replace(
            offers.occasion, coupons=coupons, coupon_limit=max(1, tried.limit)
        )
        some = replace(offers, occasion=occasion, search=FRAME_SEARCH)
        basket = replace(tried.basket, coupons=coupons)
        try:
            pricing = price_again(basket, tried.rules, tried.moment, tried.before, some)
        except UserError:  # more let go by hand than the coupons leave
            return 10**15
        return pricing.priced.total_minor

    return total


def _best(
    tried: Tried, trial: Trial, nothing_minor: int, savings: dict[str, int]
) -> tuple[tuple[CouponInHand, ...], int]:
    """Return the combination that saves most; the largest single ones come first.

    Orders matter too: 20 % before 15 off is not 15 off before 20 %.
    """
    groups: dict[tuple[str, int | None], list[tuple[CouponInHand, int]]] = {}
    for coupon, most in tried.usable:
        if savings[coupon.coupon_id]:
            groups.setdefault(_kind(coupon), []).append((coupon, most))
    order = sorted(groups.values(), key=lambda each: -savings[each[0][0].coupon_id])
    best: _Chosen = ((), 0)
    left = TRIALS
    stack: list[_Chosen] = [best]
    while stack and left > 0:
        before = stack.pop()
        tries = _further(order[:KINDS], before[0])[:left]
        left -= len(tries) if before[0] else 0  # single ones were tried before
        after = [
            (more, nothing_minor - trial(more) if before[0] else _single(savings, more))
            for more in tries
        ]
        best = max([best, *after], key=lambda each: each[1])
        deeper = [each for each in after if each[1] > before[1]]
        if len(before[0]) + 1 < tried.limit:
            stack.extend(sorted(deeper, key=lambda each: each[1]))
    return best


_Chosen: TypeAlias = tuple[tuple[CouponInHand, ...], int]
_Group: TypeAlias = Sequence[tuple[CouponInHand, int]]


def _single(savings: dict[str, int], chosen: tuple[CouponInHand, ...]) -> int:
    return savings[chosen[0].coupon_id]


def _further(
    groups: Sequence[_Group], chosen: tuple[CouponInHand, ...]
) -> list[tuple[CouponInHand, ...]]:
    """Return a combination with one coupon more, of each kind that has room."""
    found = []
    for group in groups:
        template_id = group[0][0].template_id
        lying = sum(1 for each in chosen if each.template_id == template_id)
        left = [x for x, most in group if lying < most and x not in chosen]
        if left:
            found.append((*chosen, left[0]))
    return found


def _kind(coupon: CouponInHand) -> tuple[str, int | None]:
    return coupon.promotion_id, coupon.value_minor
