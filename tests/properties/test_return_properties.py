"""Parts of any size, in any order of lines: together exactly what was paid (law 6)."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.refund import ReturnPart, returned_part, sold_thousandths
from pos_app.domain.refund_payment import SalePaid
from pos_app.domain.returned_line import ReturnedLine
from pos_app.domain.sale import Sale
from pos_app.domain.tax import CashRounding, PricingRules, TaxCategory, TaxRounding
from pos_app.services.money_ways import paid_for
from pos_app.values.quantity import from_thousandths
from pos_app.values.rounding import RoundingMode
from tests.builders_pricing import basket, category, line, rate, rules
from tests.builders_refund import ended

#: Two rates of one code, as a shop writes VAT of 13 % and of 9 %.
TWINS = (
    TaxCategory("standard", "", (rate("13", "VAT"),)),
    TaxCategory("reduced", "", (rate("9", "VAT"),)),
    TaxCategory("double", "", (rate("13", "VAT"), rate("5", "PST"))),
    category("exempt"),
)
KINDS = st.sampled_from(["standard", "reduced", "double", "exempt"])
COUNTED = st.builds(line, st.integers(0, 5_000), st.integers(1, 9).map(str), KINDS)
WEIGHED = st.builds(
    lambda price, grams, kind: line(
        price, str(from_thousandths(grams)), kind, by_weight=True
    ),
    st.integers(0, 5_000),
    st.integers(1, 9_999),
    KINDS,
)
LABELLED = st.builds(
    lambda total, kind: line(500, "1", kind, total_minor=total),
    st.integers(0, 5_000),
    KINDS,
)
GOODS = st.lists(COUNTED | WEIGHED | LABELLED, min_size=1, max_size=5)
SHOPS = st.builds(
    lambda where, include: rules(where, prices_include_tax=include, categories=TWINS),
    st.sampled_from(TaxRounding),
    st.booleans(),
)
COINS = st.builds(
    CashRounding, st.sampled_from([1, 5, 10, 100]), st.sampled_from(RoundingMode)
)


def sold(data: st.DataObject, lines: list[BasketLine], shop: PricingRules) -> Sale:
    asked = ended(basket(*lines), shop)
    off = data.draw(st.integers(0, asked.priced.total_minor), "let go")
    goods = basket(*lines, round_off_minor=off)
    total = ended(goods, shop).priced.total_minor
    card = data.draw(st.integers(0, total), "card")
    return ended(goods, shop, data.draw(COINS, "coins"), card_minor=card)


def parts(data: st.DataObject, sale: Sale) -> list[ReturnedLine]:
    """Cut every line into parts; the parts of all lines come in any order."""
    cuts: list[tuple[int, int]] = []
    for position, each in enumerate(sale.lines, 1):
        left = sold_thousandths(each)
        by_piece = each.sell_by == "count"
        while left:
            if by_piece:
                some = data.draw(st.integers(1, left // 1000)) * 1000
            else:
                some = data.draw(st.integers(1, left)) if len(cuts) < 20 else left
            cuts.append((position, some))
            left -= some
    order = data.draw(st.permutations(cuts))
    before: dict[int, int] = {}
    found = []
    for position, some in order:
        start = before.get(position, 0)
        before[position] = start + some
        chosen = ReturnPart(position, start, from_thousandths(some))
        found.append(returned_part(sale, chosen, f"back-{len(found)}"))
    return found


@given(GOODS, SHOPS, st.data())
def test_parts_of_any_size_sum_to_what_was_paid(
    lines: list[BasketLine], shop: PricingRules, data: st.DataObject
) -> None:
    sale = sold(data, lines, shop)
    back = parts(data, sale)
    for each in back:
        amounts = (
            each.list_minor,
            each.discount_minor,
            each.net_minor,
            each.paid_minor,
        )
        assert min(*amounts, *(t.tax_minor for t in each.taxes), each.tax_minor) >= 0
    assert sum(x.paid_minor for x in back) == paid_for(sale)
    assert sum(x.net_minor for x in back) == sale.priced.net_minor
    assert sum(x.list_minor for x in back) == sale.priced.list_minor
    assert sum(x.discount_minor for x in back) == sale.priced.discount_minor
    assert sum(x.rounding_minor for x in back) == sale.rounding_minor
    moved = sum(x.pieces_thousandths for x in sale.lines)
    assert sum(x.pieces_thousandths for x in back) == moved
    rates: dict[tuple[str, int], int] = {}
    for each in back:
        for tax in each.taxes:
            key = (tax.code, tax.percentage.millionths)
            rates[key] = rates.get(key, 0) + tax.tax_minor
    charged = {
        (t.code, t.percentage.millionths): t.tax_minor for t in sale.priced.taxes
    }
    assert {k: v for k, v in rates.items() if v} == {
        k: v for k, v in charged.items() if v
    }


@given(GOODS, SHOPS, COINS, st.data())
def test_refunds_in_cash_and_exchanges_give_what_was_paid_to_the_smallest_coin(
    lines: list[BasketLine],
    shop: PricingRules,
    coins: CashRounding,
    data: st.DataObject,
) -> None:
    sale = sold(data, lines, shop)
    paid, given, rounded = paid_for(sale), 0, 0
    for at, each in enumerate(parts(data, sale)):
        new = data.draw(st.lists(COUNTED, max_size=1), "exchanged for")
        goods: Basket = replace(basket(*new), basket_id=f"t-{at}", returns=(each,))
        known = (SalePaid(sale.sale_id, paid, given, rounded),)
        ticket = ended(goods, shop, coins, paid=known)
        (back,) = ticket.returns
        assert back.refunded_minor >= 0
        given += back.refunded_minor
        rounded += back.own_rounding_minor
        assert given <= paid
    assert paid - given < coins.step_minor


@given(GOODS, SHOPS, st.data())
def test_a_sale_from_before_units_knew_their_rates_comes_back_by_rate_too(
    lines: list[BasketLine], shop: PricingRules, data: st.DataObject
) -> None:
    whole = sold(data, lines, shop)
    old_lines = tuple(
        replace(
            each,
            priced=replace(
                each.priced,
                shares=tuple(replace(s, taxes_minor=()) for s in each.priced.shares),
            ),
        )
        for each in whole.lines
    )
    priced = replace(whole.priced, lines=tuple(x.priced for x in old_lines))
    old = replace(whole, lines=old_lines, priced=priced)
    back = parts(data, old)
    assert sum(x.paid_minor for x in back) == paid_for(whole)
    for position, each in enumerate(old.lines, 1):
        mine = [x for x in back if x.origin and x.origin.line_position == position]
        for at, tax in enumerate(each.priced.taxes):
            assert sum(x.taxes[at].tax_minor for x in mine) == tax.tax_minor
            assert min(x.taxes[at].tax_minor for x in mine) >= 0


def test_the_first_units_that_come_back_are_the_first_that_are_stored() -> None:
    goods = basket(line(None, "3", total_minor=1000))
    sale = ended(goods, rules())
    back = [
        returned_part(sale, ReturnPart(1, at * 1000, Decimal(1)), f"b{at}")
        for at in range(3)
    ]
    assert [x.paid_minor for x in back] == [334, 333, 333]
