"""What a little more really saves: the basket is priced with what it lacks.

    saves = the basket now + what is missing, priced by itself - both priced together

So the promise is what the customer sees come true, whatever else moves with it: other
deals that give way or are reached as well, caps, coupons, what stands alone. What is
let go once (coupons, points, amounts by hand) lies in the basket; by itself what is
missing has none of it. 抹零 and the rounding of cash are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from pos_app.domain.basket import (
    Basket,
    BasketLine,
    add_line,
    asked_in_full,
    set_quantity,
)
from pos_app.domain.item import PriceSource, SellBy, SellingUnit
from pos_app.domain.offered_lines import facts_of
from pos_app.domain.price import UnitPrice
from pos_app.domain.pricing import Pricing, price_again
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.book import PromotionBook
from pos_app.domain.promotion.deal import GiftDeal
from pos_app.domain.promotion.explanation import Nearly
from pos_app.domain.promotion.missing import roles_of
from pos_app.domain.promotion.occasion import CouponInHand
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.selector import GoodsFacts
from pos_app.domain.reduction import ManualDiscount
from pos_app.domain.tax import PricingRules
from pos_app.errors import UserError
from pos_app.values.times import Period, Timestamp

#: So many are proven at most: each is the price of the whole basket once more.
PROVEN = 6

#: So many at least: a guess may be wrong about which saves most.
WEIGHED = 3

#: (unit id) -> goods that do not lie in the basket; None where there are none.
UnitOf: TypeAlias = Callable[[str], SellingUnit | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A basket as it is priced now, and where goods outside it are found.

    Attributes:
        basket, rules, moment, offers: that it is priced with.
        pricing: what came out.
        unit_of: knows goods outside it, at their price now.
        coupons: of the customer, that may lie in it or not.
    """

    basket: Basket
    rules: PricingRules
    moment: Timestamp
    offers: Offers
    pricing: Pricing
    unit_of: UnitOf = lambda _unit_id: None
    coupons: tuple[CouponInHand, ...] = ()


@dataclass(frozen=True, slots=True)
class More:
    """What is missing, laid in: the basket with it, and its lines by themselves."""

    basket: Basket
    alone: tuple[BasketLine, ...]


def proving(
    found: Sequence[Nearly], asked: Asked, limit: int
) -> Iterator[tuple[Nearly, ...]]:
    """Yield what comes true of some guesses, with what it really saves.

    Each step is the price of one more: the last one is the answer. Left out is what
    saves nothing, what another deal brings about, and what the search cannot tell for
    certain.

    Args:
        found: guesses, the best first; `PROVEN` of them are looked at, and after
            `WEIGHED` none that is guessed to save less than what is known to.
        asked: the basket.
        limit: so many are wanted.

    Yields:
        Those that save most first, then by id; `limit` at most.
    """
    best: tuple[Nearly, ...] = ()
    for at, near in enumerate(found[: max(PROVEN, limit)]):
        is_less = len(best) == limit and best[-1].saving_minor >= near.saving_minor
        if is_less and at >= WEIGHED:
            break
        own = _with_coupon(near, asked)
        if own is not asked:
            yield best
        saving_minor = saving_of(near, own) if own is not None else 0
        if saving_minor > 0:
            good = (*best, replace(near, saving_minor=saving_minor))
            best = tuple(sorted(good, key=telling_order))[:limit]
        yield best


def telling_order(near: Nearly) -> tuple[int, str, str]:
    """Return the order in which they are told: what saves most first."""
    return -near.saving_minor, near.promotion_id, near.coupon_id


def saving_of(near: Nearly, asked: Asked) -> int:
    """Return what one saves; 0 for nothing, or where that is not certain."""
    now = asked.pricing.priced
    try:
        more = laid_in(near, asked)
        if more is None or not now.promoted.is_optimal:
            return 0
        after = price_again(
            more.basket, asked.rules, asked.moment, asked.pricing, asked.offers
        ).priced
        if _given(after, near) <= _given(now, near):
            return 0
        alone = _price_alone(more.alone, asked)
    except UserError:  # more than can be sold of it
        return 0
    if not (after.promoted.is_optimal and alone.promoted.is_optimal):
        return 0
    before_minor = now.total_minor + asked.basket.round_off_minor
    return before_minor + alone.total_minor - after.total_minor


def _given(priced: PricedBasket, near: Nearly) -> int:
    """Return what the promotion, or the coupon, itself gives in a basket."""
    return sum(
        x.saving_minor
        for x in priced.promoted.applications
        if (x.promotion_id, x.coupon_id) == (near.promotion_id, near.coupon_id)
    )


def _with_coupon(near: Nearly, asked: Asked) -> Asked | None:
    """Return the basket with the coupon in it that it is about, priced anew.

    What the coupon would save already is none of what more would save. None where more
    was let go by hand than the coupon leaves.
    """
    lying = asked.offers.occasion.coupons
    if not near.coupon_id or near.coupon_id in {x.coupon_id for x in lying}:
        return asked
    coupon = tuple(x for x in asked.coupons if x.coupon_id == near.coupon_id)
    occasion = replace(asked.offers.occasion, coupons=(*lying, *coupon))
    offers = replace(asked.offers, occasion=occasion)
    try:
        pricing = price_again(
            asked.basket, asked.rules, asked.moment, asked.pricing, offers
        )
    except UserError:
        return None
    return replace(asked, offers=offers, pricing=pricing)


def _price_alone(lines: tuple[BasketLine, ...], asked: Asked) -> PricedBasket:
    """Price goods by themselves, with nothing that is used once."""
    lines = tuple(replace(x, discount=_rate(x.discount)) for x in lines)
    basket = replace(
        asked_in_full(asked.basket),
        lines=lines,
        discount=_rate(asked.basket.discount),
    )
    occasion = replace(asked.offers.occasion, coupons=(), points=None)
    offers = replace(asked.offers, occasion=occasion)
    return price_again(basket, asked.rules, asked.moment, None, offers).priced


def _rate(discount: ManualDiscount | None) -> ManualDiscount | None:
    """Return a discount that is a share of all goods; an amount is given once."""
    return discount if discount and discount.percentage is not None else None


# --------------------------------------------------------------- what is laid in


def laid_in(near: Nearly, asked: Asked) -> More | None:
    """Return the basket with what is missing; None where it cannot be named.

    Of an amount these are goods for exactly so much, and the gift where it is for one.

    Raises:
        UserError: where no more can be sold of it.
    """
    basket = asked.basket
    if near.line_id:
        line, more = basket.line(near.line_id), Decimal(near.missing_units)
        with_more = set_quantity(basket, near.line_id, line.quantity + more)
        return More(with_more, (replace(line, quantity=more),))
    if near.unit_id and near.missing_units:
        added = [_line(asked.unit_of(near.unit_id), near.missing_units)]
    else:
        added = _for_amount(near, asked)
    lines = tuple(x for x in added if x is not None)
    if not lines or len(lines) < len(added):
        return None
    for one in lines:
        basket = add_line(basket, one, merge=False)
    return More(basket, lines)


def _for_amount(near: Nearly, asked: Asked) -> list[BasketLine | None]:
    book = asked.offers.book
    named = (x for x in book.promotions if x.promotion_id == near.promotion_id)
    promotion = next(named, None)
    if promotion is None or not near.missing_minor:
        return []
    lines = asked.basket.lines
    added = [_line(goods_for(near.missing_minor, promotion, lines, book))]
    has_gift = any(
        roles_of(book, promotion, facts_of(x.unit)) & 2
        for x in lines
        if x.unit is not None
    )
    if isinstance(promotion.deal, GiftDeal) and not has_gift:
        added.append(_line(asked.unit_of(near.unit_id)))
    return added


def _line(unit: SellingUnit | None, count: int = 1) -> BasketLine | None:
    if unit is None:
        return None
    return BasketLine(f"more-{unit.unit_id}", unit, "", Decimal(count))


def goods_for(
    minor: int, promotion: Promotion, lines: Sequence[BasketLine], book: PromotionBook
) -> SellingUnit | None:
    """Return goods for so much that a promotion counts; None where it counts none.

    They are taxed as goods of the basket are that it counts, and named by as few
    other promotions as can be.
    """
    found = [
        (len(book.matching(facts)), at, facts)
        for at, line in enumerate(lines)
        if line.unit is not None
        and roles_of(book, promotion, own := facts_of(line.unit)) & 1
        for facts in _like(own)
        if roles_of(book, promotion, facts) & 1
    ]
    if not found:
        return None
    _, at, facts = min(found, key=lambda x: x[:2])
    unit = lines[at].unit
    assert unit is not None
    return replace(
        unit,
        unit_id=facts.unit_id,
        item_id=facts.item_id,
        parent_id=facts.parent_id or None,
        category_id=facts.category_id or None,
        brand=facts.brand,
        tags=facts.tags,
        price=UnitPrice("", minor, Period()),
        sell_by=SellBy.COUNT,
        source=PriceSource.SHELF,
        pieces=Decimal(1),
        discount_cap=None,
        level_prices=(),
        floor_minor=0,
    )


def _like(goods: GoodsFacts) -> tuple[GoodsFacts, ...]:
    """Return goods of no sort, others of the same sort, and the very same."""
    other = GoodsFacts("", "", "", goods.category_id, goods.brand, goods.tags)
    return GoodsFacts("", ""), other, goods
