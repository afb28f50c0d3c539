"""Law 6 where everything comes together: all layers, hands, coins, exchanges.

One sale has item deals, order deals, coupons, points, discounts by hand on a line and
on the sale, a price by hand, 抹零 and coins; its promotions look at what stays or do
not. It comes back in parts, in any order, some of them exchanged for new goods.
"""

from dataclasses import fields, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.promotion.occasion import Occasion
from pos_app.domain.promotion.promotion import ReturnBasis
from tests.effort import examples
from tests.promotion_returns import SoldAndBack
from tests.properties.test_promotion_returns import (
    COINS,
    all_of_it_came_back,
    parts_of,
)
from tests.random_sales import whole_sales


@st.composite
def everything_at_once(draw: st.DrawFn) -> SoldAndBack:
    """Return a whole sale whose promotions give back by either rule."""
    sale = draw(whole_sales(7))
    asked = [
        replace(x, return_basis=draw(st.sampled_from(ReturnBasis)))
        for x in sale.promotions
    ]
    occasion = {
        field.name: getattr(sale.offers.occasion, field.name)
        for field in fields(Occasion)
    }
    return SoldAndBack(
        sale.basket, asked, shop=sale.shop, coins=draw(COINS), **occasion
    )


@settings(max_examples=examples(30, 400))
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
    rest = sale.rest()
    if rest:
        assert sale.give_back(rest) >= 0
        sale.tickets[-1].check()
    all_of_it_came_back(sale)
