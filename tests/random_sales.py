"""Random whole sales for hypothesis: every layer of a price, and all that stands in it.

Where `random_promotions` makes goods and deals, this makes what a till is asked for:
several tax rates in prices with and without tax, currencies of no, two and three
decimals, weighed, labelled and marked down goods, goods for nothing and goods that are
never lowered, members with their prices, limits that are partly used up, prices and
discounts by hand, order deals in groups, coupons, points and 抹零.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import LevelPrice, PriceSource, SellBy, SellingUnit
from pos_app.domain.pricing import price_basket
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.deal import BundleDeal, Deal, Qualifies, SpendDeal
from pos_app.domain.promotion.occasion import (
    CouponInHand,
    PointsBurn,
    Shopper,
    Used,
)
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Limits,
    Promotion,
    Trigger,
    TriggerKind,
)
from pos_app.domain.tax import PricingRules, TaxRounding
from pos_app.errors import UserError
from pos_app.values.percentage import Percentage
from tests.builders_pricing import (
    NOON,
    amount_off,
    own_price,
    percent_off,
    reduced,
    rules,
)
from tests.builders_promotions import (
    basket_of,
    cut,
    everything,
    offers,
    promotion,
    sold,
    spend,
)
from tests.random_promotions import (
    BY_KIND,
    NAMES,
    item_deals,
    rates,
    shops,
    spend_deals,
    unit_deals,
)

#: Yen, yuan and dinar: no, two and three decimals.
CURRENCIES = ("CNY", "CNY", "JPY", "KWD")
#: What is drawn from; a third of all promotions are over the whole sale.
KINDS = ("unit", "tier", "nth", "nfor", "bundle", "gift", "spend", "spend", "spend")
TAXES = ("standard", "reduced", "zero", "exempt", "double")


@dataclass(frozen=True, slots=True)
class WholeSale:
    """A basket with all that decides its price."""

    basket: Basket
    shop: PricingRules
    offers: Offers

    @property
    def promotions(self) -> tuple[Promotion, ...]:
        return self.offers.book.promotions

    @property
    def is_by_hand(self) -> bool:
        """Tell whether a person let anything go."""
        return self != self.without_hands()

    def priced(self) -> PricedBasket:
        return price_basket(self.basket, self.shop, NOON, self.offers)

    def without_hands(self) -> WholeSale:
        """Return the sale as it is where nobody lets anything go."""
        lines = tuple(
            replace(line, override=None, discount=None) for line in self.basket.lines
        )
        bare = replace(self.basket, lines=lines, discount=None, round_off_minor=0)
        return replace(self, basket=bare)


def _rarely(draw: st.DrawFn, one_of: int = 5) -> bool:
    return draw(st.integers(0, one_of - 1)) == one_of - 1


@st.composite
def full_shops(draw: st.DrawFn) -> dict[str, SellingUnit]:
    """Return goods of every sort."""
    found = draw(shops())
    for name, unit in found.items():
        changes: dict[str, object] = {"tax_category": draw(st.sampled_from(TAXES))}
        assert unit.price is not None
        odd = draw(st.sampled_from((None, None, 500, 1299, 25_000, 1, 0)))
        if odd is not None:
            changes |= {"price": replace(unit.price, minor=odd), "floor_minor": 0}
        if _rarely(draw, 3):
            levels = draw(st.sampled_from((("member",), ("gold",), ("member", "gold"))))
            changes["level_prices"] = tuple(
                LevelPrice(x, draw(st.integers(0, 1000)), f"{name}-{x}") for x in levels
            )
        if _rarely(draw, 8):
            changes["discount_cap"] = Percentage.parse("0")
        found[name] = replace(unit, **changes)  # type: ignore[arg-type]
    return found


@st.composite
def full_lines(
    draw: st.DrawFn, shop: dict[str, SellingUnit], most_units: int
) -> list[BasketLine]:
    """Return lines: counted, weighed, with a label's total, marked down, by hand."""
    found: list[BasketLine] = []
    left = most_units
    for _ in range(draw(st.integers(1, 5))):
        if not left:
            break
        what = shop[draw(st.sampled_from(NAMES))]
        assert what.price is not None
        if what.sell_by is SellBy.WEIGHT:
            line = sold(what, str(Decimal(draw(st.integers(1, 3000))) / 1000))
            if _rarely(draw, 3):
                line = replace(line, total_minor=draw(st.integers(0, 3000)))
            left -= 1
        else:
            count = draw(st.sampled_from(range(min(left, 4), 0, -1)))
            line = sold(what, count)
            left -= count
        if line.quantity == 1 and _rarely(draw):
            marked = draw(st.integers(0, what.price.minor))
            line = replace(line, total_minor=marked, source=PriceSource.MARKED_DOWN)
        found.append(_by_hand(draw, line))
    return found


def _by_hand(draw: st.DrawFn, line: BasketLine) -> BasketLine:
    price = draw(st.integers(1, 900).map(own_price)) if _rarely(draw, 8) else None
    return reduced(line, price, draw(HANDS))


HANDS = st.one_of(
    st.none(),
    st.none(),
    st.none(),
    st.none(),
    st.sampled_from(("5", "10", "33", "5", "10", "33", "100")).map(percent_off),
    st.integers(1, 60).map(amount_off),
)
WORTHS = st.sampled_from((1, 5, 30, 77, 150, 2000))
LIMITS = st.one_of(
    st.just(Limits()),
    st.just(Limits()),
    st.builds(
        Limits,
        per_basket=st.none() | st.integers(1, 3),
        per_member=st.none() | st.integers(1, 3),
        in_period=st.none() | st.integers(1, 4),
        in_all=st.none() | st.integers(1, 4),
    ),
)
USED = st.builds(Used, st.integers(0, 2), st.integers(0, 4), st.integers(0, 4))
SHOPPERS = st.one_of(
    st.none(),
    st.just(Shopper("member-1")),
    st.just(Shopper("member-2", tier="gold", price_level="gold")),
)


@st.composite
def full_promotions(draw: st.DrawFn, *, exclusive: bool = True) -> list[Promotion]:
    """Return promotions p1, p2 … of all layers, with all that sets them apart."""
    found = []
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=5))
    for number, kind in enumerate(kinds, 1):
        one = promotion(
            _often_for_all(draw, draw(BY_KIND[kind])),
            f"p{number}",
            limits=draw(LIMITS),
            exclusive=exclusive and _rarely(draw),
            accepts_discounted=not _rarely(draw, 4),
            stack_group=draw(st.sampled_from(("", "a", "b"))),
            priority=draw(st.integers(0, 1)),
        )
        if _rarely(draw):
            one = replace(one, audience=Audience(AudienceKind.MEMBER))
        if _rarely(draw, 8):
            one = replace(one, trigger=Trigger(TriggerKind.MANUAL))
        found.append(one)
    return found


def _often_for_all(draw: st.DrawFn, deal: Deal) -> Deal:
    """Return a deal, every other time of one selector for everything in the shop."""
    if isinstance(deal, BundleDeal) or draw(st.booleans()):
        return deal
    return replace(deal, goods=everything())


@st.composite
def _for_all(draw: st.DrawFn) -> SpendDeal:
    """Return an amount off everything that nearly every basket reaches."""
    first = draw(st.integers(1, 300))
    some = st.one_of(rates(), st.integers(1, 90).map(cut))
    return spend((first, draw(some)), qualifies=draw(st.sampled_from(Qualifies)))


@st.composite
def _coupons(
    draw: st.DrawFn, *, often: bool
) -> tuple[list[Promotion], tuple[CouponInHand, ...]]:
    """Return what coupons unlock, and the coupons that lie on the counter."""
    unlocked, deals = [], st.one_of(unit_deals, spend_deals(), item_deals)
    for at in range(1, draw(st.integers(1, 2)) + 1):
        one = promotion(
            _often_for_all(draw, draw(_for_all() if often else deals)),
            f"c{at}",
            trigger=Trigger(TriggerKind.COUPON),
            accepts_discounted=not _rarely(draw, 3),
            exclusive=_rarely(draw, 4),
            limits=draw(st.one_of(st.just(Limits()), LIMITS)),
        )
        unlocked.append(one)
    ids = st.sampled_from((*(x.promotion_id for x in unlocked), "c1", "c1", "gone"))
    shown = tuple(
        CouponInHand(
            f"coupon-{at}",
            promotion_id,
            draw(st.booleans()),
            draw(st.none() | st.none() | st.integers(1, 500)),
        )
        for at, promotion_id in enumerate(draw(st.lists(ids, min_size=1, max_size=4)))
    )
    return unlocked, shown


@st.composite
def whole_sales(draw: st.DrawFn, most_units: int = 9) -> WholeSale:
    """Return a sale in which any layer may have something to say."""
    shop = rules(
        draw(st.sampled_from(TaxRounding)), prices_include_tax=draw(st.booleans())
    )
    shop = replace(shop, currency=draw(st.sampled_from(CURRENCIES)))
    found = draw(full_promotions())
    occasion: dict[str, object] = {
        "shopper": draw(SHOPPERS),
        "used": {x.promotion_id: draw(USED) for x in found if x.limits != Limits()},
    }
    by_choice = [x.promotion_id for x in found if x.trigger != Trigger()]
    occasion["chosen"] = tuple(x for x in by_choice if not _rarely(draw))
    if _rarely(draw, 8):
        occasion["declined"] = ("p1",)
    in_every_layer = draw(st.booleans())
    if in_every_layer:
        group = draw(st.sampled_from(("", "a")))
        found.append(promotion(draw(_for_all()), "all", stack_group=group))
        if draw(st.booleans()):  # of those in a group the best one holds, of others all
            other = draw(st.sampled_from((group, group, "b")))
            found.append(promotion(draw(_for_all()), "rival", stack_group=other))
    if in_every_layer or draw(st.booleans()):
        unlocked, occasion["coupons"] = draw(_coupons(often=in_every_layer))
        occasion["coupon_limit"] = draw(st.sampled_from((2, 3, 1, 0)))
        found += unlocked
    if in_every_layer or draw(st.booleans()):
        points, worth = draw(st.integers(1, 300)), draw(WORTHS)
        occasion["points"] = PointsBurn(points, worth)
    basket = basket_of(draw(full_lines(draw(full_shops()), most_units)))
    basket = replace(
        basket,
        discount=draw(HANDS),
        round_off_minor=draw(st.sampled_from((0, 0, 1, 5, 9))),
    )
    asked = offers(found, **occasion)
    return WholeSale(_possible(basket, shop, asked), shop, asked)


def _possible(basket: Basket, shop: PricingRules, asked: Offers) -> Basket:
    """Leave out what hands may not take off any more: a till refuses it too."""
    bare = tuple(replace(line, discount=None) for line in basket.lines)
    tries = (
        basket,
        replace(basket, round_off_minor=0),
        replace(basket, discount=None, round_off_minor=0),
    )
    for tried in tries:
        try:
            price_basket(tried, shop, NOON, asked)
        except UserError:
            continue
        return tried
    return replace(basket, lines=bare, discount=None, round_off_minor=0)
