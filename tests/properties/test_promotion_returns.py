"""Law 6 under promotions: whatever comes back in whatever order, the sum is what was paid.

Random promotions of every kind, some of which keep back on the goods that stay.
"""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.basket import BasketLine
from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.promotion.promotion import Promotion, ReturnBasis
from pos_app.domain.tax import CashRounding, TaxRounding
from pos_app.values.rounding import RoundingMode
from tests.builders_pricing import rules
from tests.promotion_returns import SoldAndBack
from tests.random_promotions import (
    item_deals,
    lines_of,
    promotions,
    shops,
    spend_deals,
)

SHOPS = st.builds(
    lambda where, include: rules(where, prices_include_tax=include),
    st.sampled_from(TaxRounding),
    st.booleans(),
)
COINS = st.builds(
    CashRounding, st.sampled_from([1, 5, 10]), st.sampled_from(RoundingMode)
)


@st.composite
def sold(draw: st.DrawFn) -> SoldAndBack:
    """Return a sale under promotions of both bases."""
    shop: dict[str, SellingUnit] = draw(shops())
    lines: list[BasketLine] = draw(lines_of(shop))
    asked: list[Promotion] = draw(promotions(st.one_of(item_deals, spend_deals())))
    asked = [replace(x, return_basis=draw(st.sampled_from(ReturnBasis))) for x in asked]
    return SoldAndBack(lines, asked, shop=draw(SHOPS), coins=draw(COINS))


def parts_of(draw: st.DrawFn, sale: SoldAndBack) -> dict[int, Decimal]:
    """Choose what comes back in the next ticket: some of some lines."""
    found: dict[int, Decimal] = {}
    for position, line in enumerate(sale.sale.lines, 1):
        left = sale.left(position)
        if not left:
            continue
        if line.sell_by is SellBy.WEIGHT:
            grams = draw(st.integers(0, int(left * 1000)))
            found[position] = Decimal(grams) / 1000
        else:
            found[position] = Decimal(draw(st.integers(0, int(left))))
    return {position: count for position, count in found.items() if count}


@settings(max_examples=60)
@given(st.data())
def test_any_returns_in_any_order_sum_to_what_was_paid(data: st.DataObject) -> None:
    sale = data.draw(sold())
    for _ in range(data.draw(st.integers(0, 3))):
        back = data.draw(st.composite(lambda draw: parts_of(draw, sale))())
        if back:
            assert sale.give_back(back) >= 0
            assert 0 <= sale.refunded_minor <= sale.paid_minor
    rest = sale.rest()
    if rest:
        assert sale.give_back(rest) >= 0
    all_of_it_came_back(sale)


def all_of_it_came_back(sale: SoldAndBack) -> None:
    """Assert that nothing of money, taxes and discounts is left anywhere."""
    assert sale.refunded_minor == sale.paid_minor
    assert taxes_back(sale) == {
        (x.code, x.percentage): x.tax_minor for x in sale.sale.priced.taxes
    }
    assert sum(x.net_minor for x in sale.back) == sale.sale.priced.net_minor
    assert sum(x.discount_minor for x in sale.back) == sale.sale.priced.discount_minor
    assert not sum(x.kept_back_minor for x in sale.back)


def taxes_back(sale: SoldAndBack) -> dict[object, int]:
    found: dict[object, int] = {
        (x.code, x.percentage): 0 for x in sale.sale.priced.taxes
    }
    for line in sale.back:
        for tax in line.taxes:
            found[(tax.code, tax.percentage)] += tax.tax_minor
    return found
