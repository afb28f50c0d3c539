"""What all units give back, in any order, is what the customer paid (law 6)."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.basket import BasketLine
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.payment import Payment
from pos_app.domain.pricing import price_basket
from pos_app.domain.sale_ending import Ending, build_sale
from pos_app.domain.tax import CashRounding, TaxRounding
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.values.rounding import RoundingMode
from tests.builders_ledger import CASHIER
from tests.builders_pricing import NOON, basket, line, rules

LINES = st.lists(
    st.builds(line, st.integers(0, 5_000), st.integers(1, 40).map(str)),
    min_size=1,
    max_size=8,
)
SHOPS = st.builds(
    lambda where, include: rules(where, prices_include_tax=include),
    st.sampled_from(TaxRounding),
    st.booleans(),
)
COINS = st.builds(
    CashRounding, st.sampled_from([1, 5, 10, 50, 100]), st.sampled_from(RoundingMode)
)


def paid_in_part_by_card(total: int, coins: CashRounding, card: int) -> Payment:
    payment = Payment(total, coins)
    if card:
        payment = payment.take(TenderLine("a", "card", TenderKind.CARD, card))
    if payment.cash_due_minor:
        cash = TenderLine("b", "cash", TenderKind.CASH, payment.cash_due_minor)
        payment = payment.take(cash)
    return payment


@given(LINES, SHOPS, COINS, st.data())
def test_refunds_of_all_units_in_any_order_sum_to_what_was_paid(
    lines: list[BasketLine], shop, coins: CashRounding, data: st.DataObject
) -> None:
    asked = price_basket(basket(*lines), shop, NOON)
    round_off = data.draw(st.integers(0, asked.total_minor))
    goods = basket(*lines, round_off_minor=round_off)
    priced = price_basket(goods, shop, NOON)
    card = data.draw(st.integers(0, priced.total_minor))
    payment = paid_in_part_by_card(priced.total_minor, coins, card)
    current = OpenSale(goods, payment.tenders, "s1", date(2026, 11, 21), NOON)
    ending = Ending(
        "02-A-000001", "02", CASHIER, NOON, clock_suspect=False, language=""
    )
    sale = build_sale(current, priced, payment, ending)
    units = [
        share.paid_minor
        for sold in sale.lines
        for share in sold.priced.shares
        for _ in range(share.count)
    ]
    data.draw(st.randoms(use_true_random=False)).shuffle(units)
    left = sum(tender.amount_minor for tender in sale.tenders) - sale.change_minor
    for refund in units:
        assert refund >= 0
        left -= refund
    assert left == 0


def test_a_rounding_up_is_given_back_with_the_units_that_carried_it() -> None:
    goods = basket(line(1, "3"))
    priced = price_basket(goods, rules(), NOON)
    coins = CashRounding(5, RoundingMode.HALF_UP)
    payment = paid_in_part_by_card(3, coins, 0)
    current = OpenSale(goods, payment.tenders, "s1", date(2026, 11, 21), NOON)
    ending = Ending(
        "02-A-000001", "02", CASHIER, NOON, clock_suspect=False, language=""
    )
    shares = build_sale(current, priced, payment, ending).lines[0].priced.shares
    assert [(x.count, x.rounding_minor) for x in shares] == [(2, 1), (1, 0)]
    assert sum(Decimal(x.count) * x.paid_minor for x in shares) == 5
