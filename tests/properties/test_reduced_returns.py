"""A sale with prices and discounts by hand comes back for exactly what was paid."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.basket import BasketLine
from pos_app.domain.listed_line import listed, part_of
from pos_app.domain.reduction import ManualDiscount
from pos_app.domain.refund import ReturnPart, returned_part, sold_thousandths
from pos_app.domain.sale import Sale
from pos_app.domain.tax import CashRounding, PricingRules, TaxRounding
from pos_app.services.money_ways import paid_for
from pos_app.values.percentage import Percentage
from pos_app.values.quantity import from_thousandths
from pos_app.values.rounding import RoundingMode
from tests.builders_pricing import amount_off, basket, line, own_price, reduced, rules
from tests.builders_refund import ended

OFF = st.integers(0, 1_000_000).map(Percentage)
GOODS = st.builds(
    line,
    st.integers(0, 5_000),
    st.integers(1, 9).map(str),
    st.sampled_from(["standard", "reduced", "double", "exempt"]),
)


def in_money(sold: BasketLine, own: int | None, off: Percentage) -> BasketLine:
    """Give a line another price, and an amount off that it can bear."""
    override = None if own is None else own_price(own)
    dear = listed(reduced(sold, override))
    left = dear.list_minor - dear.lowered_minor
    return reduced(sold, override, amount_off(part_of(left, off)))


def in_per_cent(sold: BasketLine, own: int | None, off: Percentage) -> BasketLine:
    override = None if own is None else own_price(own)
    return reduced(sold, override, ManualDiscount(off, 0, "", "staff-1"))


OWN = st.none() | st.integers(0, 6_000)
LINES = st.lists(
    GOODS
    | st.builds(in_money, GOODS, OWN, OFF)
    | st.builds(in_per_cent, GOODS, OWN, OFF),
    min_size=1,
    max_size=5,
)
SHOPS = st.builds(
    lambda where, include: rules(where, prices_include_tax=include),
    st.sampled_from(TaxRounding),
    st.booleans(),
)
COINS = st.builds(
    CashRounding, st.sampled_from([1, 5, 10]), st.sampled_from(RoundingMode)
)


@given(LINES, SHOPS, OFF, COINS, st.data())
def test_every_unit_singly_gives_back_what_was_paid_and_no_unit_more_than_its_shelf(
    lines: list[BasketLine],
    shop: PricingRules,
    off: Percentage,
    coins: CashRounding,
    data: st.DataObject,
) -> None:
    goods = replace(basket(*lines), discount=ManualDiscount(off, 0, "", "staff-1"))
    most = ended(goods, shop).priced.total_minor
    goods = replace(goods, round_off_minor=data.draw(st.integers(0, most)))
    sale: Sale = ended(goods, shop, coins)
    back = [
        returned_part(
            sale, ReturnPart(position, before, from_thousandths(1000)), f"b{position}"
        )
        for position, each in enumerate(sale.lines, 1)
        for before in range(0, sold_thousandths(each), 1000)
    ]
    assert sum(x.paid_minor for x in back) == paid_for(sale)
    assert sum(x.discount_minor for x in back) == sale.priced.discount_minor
    assert sum(x.list_minor for x in back) == sale.priced.list_minor
    assert all(0 <= x.discount_minor <= x.list_minor for x in back)
