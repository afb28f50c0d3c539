"""P10 and P8: the explanation replays to the total, and returns give all of it back."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.basket import Basket
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.payment import Payment
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.refund import sold_thousandths
from pos_app.domain.sale import Sale
from pos_app.domain.sale_ending import Ending, build_sale
from pos_app.domain.tax import CashRounding
from tests.builders_ledger import CASHIER
from tests.builders_pricing import NOON, cash
from tests.builders_refund import part
from tests.effort import examples
from tests.promotion_replay import BY_DEAL, replay, savings_told, steps_replayed
from tests.random_sales import WholeSale, whole_sales

EXAMPLES = examples(50, 400)


@settings(max_examples=EXAMPLES)
@given(whole_sales())
def test_p10_the_applications_replay_by_hand_to_what_each_unit_cost(
    sale: WholeSale,
) -> None:
    """Where nobody lets anything go by hand; those steps are told by line below."""
    sale = sale.without_hands()
    priced = sale.priced()
    prices = replay(priced)
    for line in priced.lines:
        assert sum(prices[line.line_id]) == line.total_minor
        off = [x.discount_minor for x in line.shares for _ in range(x.count)]
        listed = line.list_minor // len(off)
        assert prices[line.line_id] == [listed - less for less in off]


@settings(max_examples=EXAMPLES)
@given(whole_sales())
def test_p10_why_this_price_replays_step_by_step(sale: WholeSale) -> None:
    priced = sale.priced()
    for line in priced.lines:
        assert steps_replayed(line) == line.total_minor
        told = Counter[str]()
        for step in line.steps:
            assert step.amount_minor >= 0  # a discount by hand on goods for nothing
            if step.kind in BY_DEAL:
                assert step.amount_minor > 0
                told[step.promotion_id] += step.amount_minor
        stored = Counter[str]()
        for promotion_id, saved in savings_told(line, priced.promoted.applications):
            stored[promotion_id] += saved
        assert told == stored


def finished(goods: Basket, priced: PricedBasket) -> Sale:
    payment = Payment(priced.total_minor, CashRounding())
    if priced.total_minor:
        payment = payment.take(cash(priced.total_minor))
    current = OpenSale(goods, payment.tenders, "s1", date(2026, 11, 21), NOON)
    ending = Ending(
        "02-A-000001", "02", CASHIER, NOON, clock_suspect=False, language=""
    )
    return build_sale(current, priced, payment, ending)


@st.composite
def comings_back(draw: st.DrawFn, sale: Sale) -> list[tuple[int, Decimal, int]]:
    """Return all goods of a sale in parts, the lines in any order between them."""
    parts = []
    for position, line in enumerate(sale.lines, 1):
        left, taken = sold_thousandths(line), 0
        while left:
            by_piece = (
                left if left % 1000 else 1000 * draw(st.integers(1, left // 1000))
            )
            parts.append((position, Decimal(by_piece) / 1000, taken))
            taken, left = taken + by_piece, left - by_piece
    order = draw(st.permutations([position for position, _, _ in parts]))
    by_line = {key: [x for x in parts if x[0] == key] for key in set(order)}
    return [by_line[key].pop(0) for key in order]


@settings(max_examples=EXAMPLES)
@given(whole_sales(), st.data())
def test_p8_any_partial_returns_sum_to_what_was_paid(
    asked: WholeSale, data: st.DataObject
) -> None:
    priced = asked.priced()
    sale = finished(asked.basket, priced)
    refunded = 0
    for position, quantity, before in data.draw(comings_back(sale)):
        back = part(sale, position, str(quantity), before)
        assert back.refunded_minor >= 0
        refunded += back.refunded_minor
    assert refunded == priced.total_minor
