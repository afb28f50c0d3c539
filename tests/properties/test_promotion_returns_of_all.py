"""Law 6 where everything comes together: all layers, hands, coins, exchanges.

One sale has item deals, order deals, coupons, points, discounts by hand on a line and
on the sale, a price by hand, 抹零 and coins; its promotions look at what stays or do
not. It comes back in parts, in any order, some of them exchanged for new goods.
"""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.pricing import price_basket
from pos_app.domain.promotion.occasion import PointsBurn
from pos_app.domain.promotion.promotion import Promotion, ReturnBasis
from pos_app.domain.tax import PricingRules
from pos_app.errors import UserError
from tests.builders_pricing import amount_off, own_price, percent_off, reduced
from tests.builders_promotions import (
    basket_of,
    by_coupon,
    coupons,
    offers,
)
from tests.promotion_returns import SoldAndBack
from tests.properties.test_promotion_returns import COINS, SHOPS, parts_of, taxes_back
from tests.random_promotions import (
    item_deals,
    lines_of,
    promotions,
    shops,
    spend_deals,
    unit_deals,
)

HAND = st.one_of(
    st.none(),
    st.sampled_from(("5", "10", "33")).map(percent_off),
    st.integers(1, 60).map(amount_off),
)


@st.composite
def by_hand(draw: st.DrawFn, lines: list[BasketLine]) -> list[BasketLine]:
    """Lower some lines by hand, by a discount or by another price."""
    found = []
    for line in lines:
        price = draw(st.none() | st.none() | st.integers(1, 900).map(own_price))
        found.append(reduced(line, price, draw(HAND)))
    return found


@st.composite
def everything_at_once(draw: st.DrawFn) -> SoldAndBack:
    shop, rules = draw(shops()), draw(SHOPS)
    asked: list[Promotion] = draw(promotions(st.one_of(item_deals, spend_deals())))
    for name in ("c1", "c2"):
        deal = draw(st.one_of(unit_deals, spend_deals()))
        asked.append(by_coupon(deal, name))
    asked = [replace(x, return_basis=draw(st.sampled_from(ReturnBasis))) for x in asked]
    shown = draw(st.lists(st.sampled_from(("c1", "c1", "c2")), max_size=3))
    occasion = {
        "coupons": coupons(*shown, chosen=draw(st.booleans())),
        "coupon_limit": draw(st.integers(1, 3)),
        "points": draw(
            st.none() | st.builds(PointsBurn, st.just(100), st.integers(1, 500))
        ),
    }
    goods = basket_of(draw(by_hand(draw(lines_of(shop)))))
    goods = replace(goods, discount=draw(HAND), round_off_minor=draw(st.integers(0, 9)))
    goods = _possible(goods, asked, rules, occasion)
    return SoldAndBack(goods, asked, shop=rules, coins=draw(COINS), **occasion)


def _possible(
    goods: Basket,
    asked: list[Promotion],
    rules: PricingRules,
    occasion: dict[str, object],
) -> Basket:
    """Leave out what hands may not take off any more: a till refuses it too."""
    for tried in (goods, replace(goods, discount=None, round_off_minor=0)):
        try:
            found = offers(asked, **occasion)
            price_basket(tried, rules, found.occasion.moment, found)
        except UserError:
            continue
        return tried
    plain = [replace(line, discount=None) for line in tried.lines]
    return replace(tried, lines=tuple(plain))


@settings(max_examples=40)
@given(st.data())
def test_all_of_it_comes_back_to_the_cent_in_each_rate(data: st.DataObject) -> None:
    sale = data.draw(everything_at_once())
    sale.sale.check()
    for _ in range(data.draw(st.integers(0, 4))):
        back = data.draw(st.composite(lambda draw: parts_of(draw, sale))())
        if back:
            assert sale.give_back(back) >= 0
            sale.tickets[-1].check()
            assert 0 <= sale.refunded_minor <= sale.paid_minor
            assert all(x.paid_minor >= 0 for x in sale.tickets[-1].returns)
    rest = {
        position: sale.left(position)
        for position in range(1, len(sale.sale.lines) + 1)
        if sale.left(position)
    }
    if rest:
        assert sale.give_back(rest) >= 0
        sale.tickets[-1].check()
    assert sale.refunded_minor == sale.paid_minor
    assert taxes_back(sale) == {
        (x.code, x.percentage): x.tax_minor for x in sale.sale.priced.taxes
    }
    assert sum(x.net_minor for x in sale.back) == sale.sale.priced.net_minor
    assert sum(x.discount_minor for x in sale.back) == sale.sale.priced.discount_minor
    assert not sum(x.kept_back_minor for x in sale.back)
