"""Random goods, baskets and promotions for hypothesis: small, dense, full of ties."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from pos_app.domain.basket import BasketLine
from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.promotion.deal import (
    BundleDeal,
    Deal,
    GiftDeal,
    Off,
    Qualifies,
    SpendDeal,
    SpendTier,
    TierCount,
    TierDeal,
)
from pos_app.domain.promotion.promotion import Limits, Promotion
from pos_app.domain.promotion.selector import GoodsSet, Selector
from pos_app.values.percentage import Percentage
from tests.builders_promotions import (
    at,
    bundle,
    cut,
    everything,
    gift,
    goods,
    items,
    nfor,
    nth,
    promotion,
    slot,
    sold,
    spend,
    tier,
    unit_deal,
)

#: Names of the goods in the small shop; few, so that deals overlap.
NAMES = ("ale", "bun", "cod", "dip")
CATEGORIES = ("food", "drink")

prices = st.one_of(
    st.sampled_from((100, 100, 199, 250, 333, 1000)), st.integers(1, 1500)
)


@st.composite
def shops(
    draw: st.DrawFn, *, weighed: bool = True, floors: bool = True
) -> dict[str, SellingUnit]:
    """Return the goods of a small shop by name."""
    found = {}
    for name in NAMES:
        minor = draw(prices)
        by_weight = weighed and draw(st.integers(0, 5)) == 0
        floor = draw(st.integers(0, minor)) if floors and draw(st.booleans()) else 0
        found[name] = goods(
            name,
            minor,
            category=draw(st.sampled_from(CATEGORIES)),
            by_weight=by_weight,
            floor_minor=0 if by_weight else floor,
            tax=draw(st.sampled_from(("standard", "reduced", "exempt"))),
        )
    return found


@st.composite
def lines_of(
    draw: st.DrawFn, shop: dict[str, SellingUnit], most_units: int = 7
) -> list[BasketLine]:
    """Return lines of a shop's goods, at most so many units in all."""
    found, left = [], most_units
    for _ in range(draw(st.integers(1, 4))):
        if not left:
            break
        what = shop[draw(st.sampled_from(NAMES))]
        if what.sell_by is SellBy.WEIGHT:
            grams = draw(st.integers(1, 3000))
            found.append(sold(what, str(Decimal(grams) / 1000)))
            left -= 1
            continue
        count = draw(st.integers(1, min(left, 4)))
        found.append(sold(what, count))
        left -= count
    return found


def selectors() -> st.SearchStrategy[Selector]:
    """Return single items, a category, everything, and everything but one."""
    some = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)
    return st.one_of(
        some.map(lambda names: items(*sorted(names))),
        st.sampled_from(CATEGORIES).map(
            lambda key: Selector(GoodsSet(category_ids=(key,)))
        ),
        st.just(everything()),
        st.sampled_from(NAMES).map(everything),
    )


def rates() -> st.SearchStrategy[Off]:
    whole = st.sampled_from(("10", "12.5", "33", "50", "100"))
    return whole.map(lambda text: Off(percentage=Percentage.parse(text)))


def offs() -> st.SearchStrategy[Off]:
    return st.one_of(rates(), st.integers(1, 600).map(cut), st.integers(0, 900).map(at))


unit_deals = st.builds(unit_deal, selectors(), offs())
nth_deals = st.builds(
    lambda chosen, every, off, m: nth(chosen, every, off, min(m, every)),
    selectors(),
    st.integers(1, 4),
    offs(),
    st.integers(1, 2),
)
nfor_deals = st.builds(nfor, selectors(), st.integers(2, 3), st.integers(0, 2000))


@st.composite
def tier_deals(draw: st.DrawFn) -> TierDeal:
    first = draw(st.integers(1, 3))
    breaks = [(first, draw(offs()))]
    if draw(st.booleans()):
        breaks.append((first + draw(st.integers(1, 2)), draw(offs())))
    return tier(
        draw(selectors()), *breaks, counts=draw(st.sampled_from(tuple(TierCount)))
    )


@st.composite
def bundle_deals(draw: st.DrawFn) -> BundleDeal:
    by_slot = draw(st.booleans())
    slots = [
        slot(draw(selectors()), draw(st.integers(1, 2)))
        for _ in range(draw(st.integers(1, 2)))
    ]
    if len(slots) == 1:
        slots = [replace(slots[0], count=2)]
    if by_slot:
        slots[-1] = replace(slots[-1], off=draw(offs()))
        return bundle(*slots)
    return bundle(*slots, off=draw(offs()))


@st.composite
def gift_deals(draw: st.DrawFn) -> GiftDeal:
    by_amount = draw(st.booleans())
    return gift(
        draw(selectors()),
        draw(selectors()),
        count=draw(st.integers(1, 2)),
        threshold_minor=draw(st.integers(100, 2500)) if by_amount else 0,
        gift_count=draw(st.integers(1, 2)),
        price_minor=draw(st.sampled_from((0, 0, 1, 100))),
    )


@st.composite
def spend_deals(draw: st.DrawFn, qualifies: Qualifies | None = None) -> SpendDeal:
    how = qualifies or draw(st.sampled_from(tuple(Qualifies)))
    first = draw(st.integers(1, 2000))
    if draw(st.booleans()):
        return spend(
            (first, cut(draw(st.integers(1, first)))),
            chosen=draw(selectors()),
            repeats=True,
            most_minor=draw(st.none() | st.integers(1, 1000)),
            qualifies=how,
        )
    some = st.one_of(rates(), st.integers(1, 700).map(cut))
    tiers = [SpendTier(first, draw(some))]
    if draw(st.booleans()):
        tiers.append(SpendTier(first + draw(st.integers(1, 1000)), draw(some)))
    return SpendDeal(tuple(tiers), draw(selectors()), qualifies=how)


item_deals = st.one_of(
    unit_deals, tier_deals(), nth_deals, nfor_deals, bundle_deals(), gift_deals()
)
group_deals = st.one_of(nth_deals, nfor_deals, bundle_deals())

#: Deals by their kind's name, for tests of one kind.
BY_KIND: dict[str, st.SearchStrategy[Deal]] = {
    "unit": unit_deals,
    "tier": tier_deals(),
    "nth": nth_deals,
    "nfor": nfor_deals,
    "bundle": bundle_deals(),
    "gift": gift_deals(),
    "spend": spend_deals(),
}


@st.composite
def promotions(
    draw: st.DrawFn,
    deals: st.SearchStrategy[Deal] = item_deals,
    *,
    most: int = 4,
    plain: bool = False,
) -> list[Promotion]:
    """Return promotions p1, p2 …; `plain` ones have neither limits nor exclusion."""
    found = []
    for number in range(1, draw(st.integers(1, most)) + 1):
        limit = None
        if not plain and draw(st.integers(0, 2)) == 0:
            limit = draw(st.integers(1, 2))
        found.append(
            promotion(
                draw(deals),
                f"p{number}",
                limits=Limits(per_basket=limit),
                exclusive=not plain and draw(st.integers(0, 4)) == 0,
                priority=draw(st.integers(0, 1)),
            )
        )
    return found
