"""抹零 is answered for by who gave it, whoever ends the sale."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.permission import Approval
from pos_app.services.counter import Counter
from pos_app.services.session import ApprovalNeeded
from tests.counter_shop import (
    CASHIER,
    MANAGER,
    NOON,
    TEA,
    TRAINEE,
    fresh_shop,
    opened,
    pay_cash,
    query,
    refusal,
    sign_on,
)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), number=MANAGER) as opened_till:
        yield opened_till


@pytest.fixture
def counter(till: Till) -> Counter:
    return till.counter


def given(till: Till) -> list[tuple[str, int]]:
    till.ledger.flush()
    rows = query(
        till,
        "SELECT actor, plain(canonical) FROM journal "
        "WHERE kind = 'RoundOffGiven' ORDER BY seq",
    )
    return [(actor, json.loads(c)["body"]["amount_minor"]) for actor, c in rows]


def test_it_is_journalled_with_who_gave_it(till: Till, counter: Counter) -> None:
    manager = counter.desk.session.cashier.staff_id
    counter.sale.scan(TEA)
    counter.sale.round_off(500)
    counter.sale.round_off(0)
    assert given(till) == [(manager, 500), (manager, 0)]
    assert counter.sale.basket.round_off_by == ""


def test_another_cashier_ends_the_sale_and_the_giver_stands_in_it(
    till: Till, counter: Counter
) -> None:
    manager = counter.desk.session.cashier.staff_id
    counter.sale.scan(TEA)
    counter.sale.round_off(500)
    sign_on(counter, TRAINEE)
    sale = pay_cash(counter)
    assert (sale.cashier_name, sale.round_off_by) == ("trainee", manager)
    assert till.ledger.last_sale() == sale


def test_the_giver_outlives_the_program(tmp_path: Path) -> None:
    folder = fresh_shop(tmp_path)
    with opened(folder, number=MANAGER) as till:
        manager = till.counter.desk.session.cashier.staff_id
        till.counter.sale.scan(TEA)
        till.counter.sale.round_off(500)
        till.ledger.flush()
    with opened(folder, number=CASHIER) as till:
        assert till.counter.sale.basket.round_off_by == manager


@pytest.mark.parametrize(("number", "cap"), [(CASHIER, 100), (TRAINEE, 0)])
def test_what_nobody_answers_for_is_not_let_go(
    counter: Counter, number: str, cap: int
) -> None:
    from pos_app.domain.open_sale import RoundOff

    counter.sale.scan(TEA)
    counter.sale.keeper.accept(RoundOff(500, "somebody who has left"))
    sign_on(counter, number)
    error = refusal(pay_cash, counter)
    assert (error.key, error.params) == ("round_off_over_cap", {"cap_minor": cap})
    sign_on(counter, MANAGER)
    assert pay_cash(counter).round_off_minor == 500


def test_above_the_cap_it_is_given_with_an_approval_that_answers_for_it(
    till: Till, counter: Counter
) -> None:
    manager = counter.desk.session.cashier.staff_id
    cashier = sign_on(counter, CASHIER)
    counter.sale.scan(TEA)
    error = refusal(counter.sale.round_off, 500)
    assert isinstance(error, ApprovalNeeded)
    assert counter.sale.priced.total_minor == 1280
    counter.desk.session.approve(
        Approval("a1", error.demand, cashier.staff_id, manager, "", NOON)
    )
    counter.sale.round_off(500)
    sale = pay_cash(counter)
    assert (sale.round_off_by, sale.round_off_minor) == (cashier.staff_id, 500)
    step = sale.lines[0].priced.steps[-1]
    assert (step.by, step.approved_by) == (cashier.staff_id, manager)
    assert till.ledger.last_sale() == sale
