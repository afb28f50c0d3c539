"""What the customer is told at each step, from the figures that the sale is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.cli.till_workplace import workplace
from tests.counter_shop import (
    APPLES,
    BOX,
    COLA,
    SUPERVISOR,
    TEA,
    fresh_shop,
    opened,
    pay_cash,
    unit_of,
)
from ui.format import amount
from ui.presenters.customer import CustomerPresenter, CustomerScene
from ui.presenters.customer_state import CustomerMode, CustomerQr
from ui.presenters.workplace import Workplace

SERVED = CustomerScene(is_served=True)
PAYING = CustomerScene(is_served=True, is_paying=True, tender="cash")
ENGLISH = {"customer_language": "en"}


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), number=SUPERVISOR) as opened_till:
        stamp = opened_till.counter.desk.stamp()
        opened_till.settings.change(stamp, **ENGLISH)
        yield opened_till


@pytest.fixture
def work(till: Till) -> Workplace:
    return workplace(till, lambda: None)


@pytest.fixture
def customer(work: Workplace) -> CustomerPresenter:
    return CustomerPresenter(work)


def written(minor: int) -> str:
    return amount(minor, "CNY")


@pytest.mark.parametrize("scene", [SERVED, PAYING, CustomerScene(is_served=False)])
def test_between_two_customers_there_is_shop_and_time(customer, scene):
    state = customer.state(scene)
    assert state.mode is CustomerMode.IDLE
    assert state.title == "Welcome"
    assert state.clock.count(":") == 1
    assert (state.lines, state.amount, state.training) == ((), "", "")


def test_nobody_signed_on_hides_basket_member_and_code(customer, till):
    till.counter.sale.scan(TEA)
    qr = CustomerQr(("1",), "pay")
    state = customer.state(CustomerScene(is_served=False, qr=qr))
    assert state.mode is CustomerMode.IDLE
    assert (state.lines, state.member, state.qr) == ((), None, None)


def test_lines_sums_and_count_are_the_priced_baskets(customer, till):
    till.counter.sale.scan(TEA)
    till.counter.sale.scan(COLA)
    till.counter.sale.scan(BOX)
    priced = till.counter.sale.priced
    state = customer.state(SERVED)
    assert [x.total for x in state.lines] == [
        written(x.total_minor) for x in priced.lines
    ]
    assert state.amount == written(priced.total_minor)
    assert state.count == f"{priced.item_count} items"
    assert (state.label, state.saved, state.hint) == ("You pay", "", "")


def test_what_is_weighed_shows_the_price_of_one_kilogram(customer, till):
    from decimal import Decimal

    till.counter.sale.add_unit(unit_of(till.counter, APPLES), Decimal("0.382"))
    (line,) = customer.state(SERVED).lines
    priced = till.counter.sale.priced.lines[0]
    assert line.quantity == "0.382 kg"
    assert line.detail == f"{written(priced.unit_price_minor)} / kg"


def test_a_code_that_nobody_knows_is_not_the_customers(customer, till):
    till.counter.sale.scan("6977880012350")
    assert customer.state(SERVED).mode is CustomerMode.IDLE
    till.counter.sale.scan(TEA)
    till.counter.sale.scan("6977880012350")
    state = customer.state(SERVED)
    assert len(state.lines) == 1
    assert state.newest == state.lines[0].line_id  # the red line cannot be it


def test_a_note_of_the_cashier_stays_with_the_cashier(customer, till):
    till.counter.sale.scan(TEA)
    line_id = till.counter.sale.basket.lines[0].line_id
    before = customer.state(SERVED)
    till.counter.sale.set_note(line_id, "schwieriger Kunde")
    assert customer.state(SERVED) == replace(before, clock=customer.state(SERVED).clock)


@pytest.mark.parametrize(
    ("tender", "hint"),
    [("cash", ""), ("card", ""), ("wechat", "Show your payment code")],
)
def test_who_pays_by_telephone_is_asked_for_the_code(customer, till, tender, hint):
    till.counter.sale.scan(TEA)
    state = customer.state(replace(PAYING, tender=tender))
    assert state.mode is CustomerMode.PAYMENT
    assert state.hint == hint


def test_a_providers_code_takes_the_hints_place(customer, till):
    till.counter.sale.scan(TEA)
    qr = CustomerQr(("1",), "Scan to pay")
    state = customer.state(replace(PAYING, tender="wechat", qr=qr))
    assert state.qr == qr
    assert state.hint == ""
    assert customer.state(replace(SERVED, qr=qr)).qr is None  # not before payment


@pytest.mark.parametrize("tender", ["cash", "card"])
def test_cash_is_asked_for_as_coins_can_pay_it_and_a_card_to_the_cent(
    customer, till, tender
):
    till.counter.sale.scan(TEA)
    payment = till.counter.checkout.payment
    state = customer.state(replace(PAYING, tender=tender))
    rest = payment.cash_due_minor if tender == "cash" else payment.due_minor
    assert state.amount == written(rest)
    moved = payment.cash_due_minor - payment.due_minor
    labels = [x.label for x in state.sums]
    assert ("Cash rounding" in labels) == (tender == "cash" and moved != 0)


def test_tenders_are_named_in_the_customers_language_and_sum_up(customer, till):
    till.counter.sale.scan(TEA)
    till.counter.sale.scan(COLA)
    till.counter.checkout.take("coupon", 100)
    state = customer.state(PAYING)
    assert state.label == "Still to pay"
    assert [x.value for x in state.sums][1] == written(100)
    assert state.amount == written(till.counter.checkout.payment.cash_due_minor)
    assert customer.state(SERVED).mode is CustomerMode.PAYMENT  # wherever one looks


def test_the_end_gives_change_and_then_thanks(customer, till):
    till.counter.sale.scan(TEA)
    sale = pay_cash(till.counter, 10_000)
    state = customer.state(replace(SERVED, ended=sale))
    assert state.mode is CustomerMode.DONE
    assert (state.label, state.amount) == ("Your change", written(sale.change_minor))
    assert state.detail == "Please take your money"
    assert state.title == "Thank you"
    assert state.lines == ()
