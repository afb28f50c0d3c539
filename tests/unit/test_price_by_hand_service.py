"""Prices and discounts by hand: who may, how deep, and who answers for them."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.permission import Approval, Demand, Permission
from pos_app.domain.reduction import StepKind
from pos_app.services.counter import Counter
from pos_app.services.session import ApprovalNeeded
from pos_app.values.percentage import Percentage
from tests.counter_shop import (
    CASHIER,
    COLA,
    MANAGER,
    NOON,
    SALT,
    SUPERVISOR,
    TEA,
    TRAINEE,
    fresh_shop,
    opened,
    pay_cash,
    prove,
    query,
    refusal,
    sign_on,
)

TEN, TWENTY, THIRTY = (Percentage(x * 10_000) for x in (10, 20, 30))


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), number=SUPERVISOR) as opened_till:
        yield opened_till


@pytest.fixture
def counter(till: Till) -> Counter:
    return till.counter


def scanned(counter: Counter, code: str = TEA) -> str:
    counter.sale.scan(code)
    line_id = counter.sale.basket.selected
    assert line_id is not None
    return line_id


def facts(till: Till, kind: str) -> list[dict[str, Any]]:
    till.ledger.flush()
    rows = query(
        till,
        f"SELECT plain(canonical) FROM journal WHERE kind = '{kind}' ORDER BY seq",
    )
    return [json.loads(row[0])["body"] for row in rows]


def approve(counter: Counter, error: Exception, number: str) -> str:
    assert isinstance(error, ApprovalNeeded)
    cashier = counter.desk.session.cashier
    approver = counter.sign_on.by_number(number).staff_id
    counter.desk.session.approve(
        Approval("a1", error.demand, cashier.staff_id, approver, "", NOON)
    )
    return approver


def test_another_price_is_charged_journalled_and_kept_in_the_sale(
    till: Till, counter: Counter
) -> None:
    line_id = scanned(counter)
    counter.price_by_hand.override_price(line_id, 1000, "damaged")
    sale = pay_cash(counter)
    step = sale.lines[0].priced.steps[0]
    assert (sale.priced.total_minor, step.amount_minor, step.reason) == (
        1000,
        280,
        "damaged",
    )
    assert step.by == counter.desk.session.cashier.staff_id
    assert till.ledger.last_sale() == sale
    assert facts(till, "PriceOverridden") == [
        {
            "sale": sale.sale_id,
            "line": line_id,
            "unit_price_minor": 1000,
            "amount_minor": 280,
            "reason": "damaged",
            "approved_by": "",
        }
    ]
    prove(till)


def test_a_higher_price_is_no_discount_for_anybodys_cap(counter: Counter) -> None:
    counter.price_by_hand.override_price(scanned(counter, SALT), 900, "damaged")
    assert counter.sale.priced.total_minor == 900


def test_an_approved_discount_stands_under_both_ids(
    till: Till, counter: Counter
) -> None:
    cashier = sign_on(counter, CASHIER)
    line_id = scanned(counter)
    error = refusal(counter.price_by_hand.discount_line, line_id, TWENTY, "regular")
    assert isinstance(error, ApprovalNeeded)
    assert error.demand == Demand(Permission.DISCOUNT, line_id, percentage=TWENTY)
    assert counter.sale.priced.discount_minor == 0
    supervisor = approve(counter, error, SUPERVISOR)
    counter.price_by_hand.discount_line(line_id, TWENTY, "regular")
    step = pay_cash(counter).lines[0].priced.steps[0]
    assert (step.by, step.approved_by) == (cashier.staff_id, supervisor)
    body = facts(till, "DiscountGiven")[0]
    assert (body["percentage"], body["amount_minor"]) == ("20%", 256)
    assert body["approved_by"] == supervisor


def test_all_that_was_let_go_of_a_line_counts_together(counter: Counter) -> None:
    line_id = scanned(counter)
    counter.price_by_hand.override_price(line_id, 1152, "damaged")  # 10 %
    counter.price_by_hand.discount_line(line_id, TEN, "regular")  # 19 %
    error = refusal(counter.price_by_hand.discount_sale, TWENTY, "regular")
    assert isinstance(error, ApprovalNeeded)
    assert error.demand.percentage == Percentage(352_000)
    assert error.demand.subject == counter.sale.basket.basket_id
    counter.price_by_hand.discount_sale(TEN, "regular")  # 27.1 %


@pytest.mark.parametrize("quantity", range(1, 12))
def test_a_percentage_within_the_cap_is_within_it_however_it_is_rounded(
    counter: Counter, quantity: int
) -> None:
    sign_on(counter, CASHIER)
    line_id = scanned(counter, SALT)
    scanned(counter, COLA)
    counter.sale.set_quantity(line_id, Decimal(quantity))
    counter.price_by_hand.discount_line(line_id, TEN, "regular")
    counter.price_by_hand.take_back_discount(line_id)
    counter.price_by_hand.discount_sale(TEN, "regular")
    pay_cash(counter)


def test_the_items_own_cap_is_a_wall_for_everybody(counter: Counter) -> None:
    sign_on(counter, MANAGER)
    by_hand = counter.price_by_hand
    salt, card = scanned(counter, SALT), scanned(counter, "S9")
    for refused in (
        refusal(by_hand.discount_line, salt, THIRTY, "regular"),
        refusal(by_hand.override_price, salt, 100, "damaged"),
        refusal(by_hand.discount_sale, THIRTY, "regular"),
        refusal(by_hand.discount_line, card, 1, "regular"),
        refusal(by_hand.override_price, card, 9_999, "damaged"),
    ):
        assert refused.key == "item_discount_cap"
    by_hand.discount_sale(TWENTY, "regular")
    assert [x.discount_minor for x in counter.sale.priced.lines] == [47, 0]


def test_a_second_person_is_asked_where_the_shop_wants_one(counter: Counter) -> None:
    line_id = scanned(counter)
    trainee = sign_on(counter, TRAINEE)
    assert not trainee.may(Permission.DISCOUNT)
    error = refusal(counter.price_by_hand.discount_line, line_id, 1, "regular")
    assert isinstance(error, ApprovalNeeded)
    approve(counter, error, MANAGER)
    counter.price_by_hand.discount_line(line_id, 1, "regular")
    assert counter.sale.priced.total_minor == 1279


def test_what_is_given_can_be_taken_back(till: Till, counter: Counter) -> None:
    by_hand, line_id = counter.price_by_hand, scanned(counter)
    for take_back in (
        lambda: by_hand.take_back_override(line_id),
        lambda: by_hand.take_back_discount(line_id),
        by_hand.take_back_sale_discount,
    ):
        assert refusal(take_back).key == "nothing_to_take_back"
    by_hand.override_price(line_id, 1200, "damaged")
    by_hand.discount_line(line_id, TEN, "regular")
    by_hand.discount_sale(10, "regular")
    sign_on(counter, TRAINEE)
    by_hand.take_back_sale_discount()
    by_hand.take_back_discount(line_id)
    by_hand.take_back_override(line_id)
    assert counter.sale.priced.lines[0].steps == ()
    amounts = [body["amount_minor"] for body in facts(till, "DiscountGiven")]
    assert amounts == [120, 10, 0, 0]


@pytest.mark.parametrize("off", [0, -5, Percentage(0), Percentage(1_000_001), 10**16])
def test_a_discount_that_is_none_is_refused(
    counter: Counter, off: int | Percentage
) -> None:
    line_id = scanned(counter)
    by_hand = counter.price_by_hand
    for given in (
        refusal(by_hand.discount_line, line_id, off, "regular"),
        refusal(by_hand.discount_sale, off, "regular"),
    ):
        assert given.key == "discount_absurd"


def test_what_makes_no_sense_is_refused_in_words(counter: Counter) -> None:
    by_hand = counter.price_by_hand
    assert refusal(by_hand.discount_sale, TEN, "regular").key == "basket_empty"
    assert refusal(by_hand.discount_line, "x", TEN, "regular").key == "basket_empty"
    line_id = scanned(counter)
    counter.sale.scan("4006381333931")
    red = counter.sale.basket.selected
    assert refusal(by_hand.discount_line, red, TEN, "regular").key == "line_unknown"
    assert refusal(by_hand.discount_line, line_id, TEN, "x").key == "reason_unknown"
    assert refusal(by_hand.override_price, line_id, 5, "regular").key == (
        "reason_unknown"
    )
    assert refusal(by_hand.override_price, line_id, -1, "damaged").key == "price_absurd"
    over = refusal(by_hand.discount_line, line_id, 1281, "regular")
    assert over.key == "discount_exceeds_line"
    over = refusal(by_hand.discount_sale, 1281, "regular")
    assert over.key == "discount_exceeds_sale"


def test_only_goods_that_are_never_discounted_leave_nothing_to_discount(
    counter: Counter,
) -> None:
    scanned(counter, "S9")
    error = refusal(counter.price_by_hand.discount_sale, TEN, "regular")
    assert error.key == "nothing_to_discount"


def test_no_price_is_changed_once_money_was_taken(counter: Counter) -> None:
    line_id = scanned(counter)
    counter.checkout.take("cash", 100)
    error = refusal(counter.price_by_hand.discount_line, line_id, TEN, "regular")
    assert error.key == "money_already_taken"


def test_an_amount_that_became_deeper_since_is_not_sold_unanswered(
    counter: Counter,
) -> None:
    sign_on(counter, CASHIER)
    tea, cola = scanned(counter), scanned(counter, COLA)
    counter.price_by_hand.discount_sale(160, "regular")  # of 16.30
    counter.sale.remove_line(tea)
    error = refusal(counter.checkout.take, "cash", None)
    assert error.key == "discount_unowned"
    assert error.params == {"line": 1, "percentage": "45.7%"}
    sign_on(counter, MANAGER)
    assert pay_cash(counter).priced.lines[0].line_id == cola


def test_the_giver_answers_for_it_also_when_another_cashier_ends_the_sale(
    till: Till, counter: Counter
) -> None:
    line_id = scanned(counter)
    counter.price_by_hand.discount_line(line_id, THIRTY, "regular")
    sign_on(counter, TRAINEE)
    assert pay_cash(counter).priced.total_minor == 896
    prove(till)


def test_every_unit_returned_gives_back_what_a_discounted_sale_was_paid(
    counter: Counter,
) -> None:
    sign_on(counter, MANAGER)
    line_id = scanned(counter)
    counter.sale.set_quantity(line_id, Decimal(7))
    counter.price_by_hand.override_price(line_id, 1111, "damaged")
    counter.price_by_hand.discount_line(line_id, Percentage(77_700), "regular")
    scanned(counter, COLA)
    counter.price_by_hand.discount_sale(333, "regular")
    sale = pay_cash(counter)
    paid = sum(t.amount_minor for t in sale.tenders) - sale.change_minor
    shares = [share for x in sale.lines for share in x.priced.shares]
    assert sum(share.count * share.paid_minor for share in shares) == paid
    kinds = [step.kind for step in sale.lines[0].priced.steps]
    assert kinds == [
        StepKind.OVERRIDE,
        StepKind.LINE_DISCOUNT,
        StepKind.SALE_DISCOUNT,
    ]


def test_a_lowered_quantity_is_journalled_and_a_raised_one_is_not(
    till: Till, counter: Counter
) -> None:
    line_id = scanned(counter)
    counter.sale.set_quantity(line_id, Decimal(5))
    counter.sale.set_quantity(line_id, Decimal(2))
    body = facts(till, "QuantityLowered")
    assert [(x["quantity"], x["becomes"], x["total_minor"]) for x in body] == [
        ("5", "2", 6400)
    ]
