"""A second person agrees to one action: who may, with what, how often (law 12)."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.permission import Approval, Demand, Permission
from pos_app.services.approval import ApprovalVerdict
from pos_app.services.counter import Counter
from pos_app.services.replay import ReplayClock
from pos_app.services.session import ApprovalNeeded
from tests.counter_shop import (
    BADGES,
    CASHIER,
    MANAGER,
    NOON,
    PINS,
    SUPERVISOR,
    TEA,
    TRAINEE,
    fresh_shop,
    journal_kinds,
    opened,
    pay_cash,
    prove,
    query,
    refusal,
    sell,
    sign_on,
)

DRAWER = Demand(Permission.DRAWER_OPEN)


@pytest.fixture
def till(tmp_path: Path, clock: ReplayClock) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), clock) as opened_till:
        yield opened_till


@pytest.fixture
def counter(till: Till) -> Counter:
    return till.counter


def staff_id(counter: Counter, number: str) -> str:
    return counter.sign_on.by_number(number).staff_id


def demand_of(action: Callable[[], object]) -> Demand:
    """Return what an action asks of somebody else."""
    error = refusal(action)
    assert isinstance(error, ApprovalNeeded), error
    return error.demand


def ask(
    counter: Counter, demand: Demand, number: str, pin: str = "", reason: str = ""
) -> ApprovalVerdict:
    approver = staff_id(counter, number)
    service = counter.approval
    return service.approve(demand, approver, pin or PINS[number], reason).result()


def approve(counter: Counter, demand: Demand, number: str = MANAGER) -> Approval:
    reasons = counter.approval.reasons(demand.action)
    reason = reasons[0].key if reasons else ""
    verdict = ask(counter, demand, number, reason=reason)
    return counter.approval.admit(verdict)


def bodies(till: Till, kind: str) -> list[dict[str, Any]]:
    till.ledger.flush()
    rows = query(
        till,
        f"SELECT plain(canonical) FROM journal WHERE kind = '{kind}' ORDER BY seq",
    )
    return [json.loads(row[0])["body"] for row in rows]


def mark_four_eyes(till: Till, *actions: Permission) -> None:
    shop = till.counter.desk.shop
    policy = replace(shop.policy, four_eyes=actions)
    with till.editor() as editor:
        editor.put_shop(replace(shop, policy=policy))


# ------------------------------------------------------------------- who may


def test_others_who_hold_the_permission_could_approve(counter: Counter) -> None:
    found = [staff.number for staff in counter.approval.approvers(DRAWER)]
    assert found == [SUPERVISOR, MANAGER]
    sign_on(counter, MANAGER)
    found = [staff.number for staff in counter.approval.approvers(DRAWER)]
    assert found == [SUPERVISOR]


def test_an_approved_action_goes_through_once(till: Till, counter: Counter) -> None:
    approve(counter, DRAWER, SUPERVISOR)
    counter.drawer.open("change").result()
    assert refusal(counter.drawer.open, "change").key == "not_permitted"
    assert journal_kinds(till).count("DrawerOpened") == 1
    assert counter.desk.session.cashier.number == CASHIER


def test_both_people_and_the_reason_stand_in_the_journal(
    till: Till, counter: Counter
) -> None:
    given = approve(counter, DRAWER, SUPERVISOR)
    assert bodies(till, "ApprovalGiven") == [
        {
            "approval": given.approval_id,
            "action": "drawer_open",
            "subject": "",
            "percentage": None,
            "amount_minor": None,
            "requested_by": staff_id(counter, CASHIER),
            "approved_by": staff_id(counter, SUPERVISOR),
            "reason": "change",
        }
    ]
    counter.drawer.open("look").result()
    (opening,) = bodies(till, "DrawerOpened")
    assert opening["why"] == "look"
    assert opening["approved_by"] == staff_id(counter, SUPERVISOR)


def test_nobody_approves_for_themselves(till: Till, counter: Counter) -> None:
    sign_on(counter, MANAGER)
    error = refusal(ask, counter, DRAWER, MANAGER, reason="change")
    assert error.key == "approval_same_person"
    error = refusal(counter.approval.owner_of_badge, DRAWER, BADGES[MANAGER])
    assert error.key == "approval_same_person"
    assert journal_kinds(till) == []


def test_somebody_without_the_right_cannot_give_it(counter: Counter) -> None:
    error = refusal(ask, counter, DRAWER, TRAINEE, reason="change")
    assert error.key == "approval_not_enough"
    assert error.params == {"name": "trainee", "action": "drawer_open"}


def test_too_small_a_cap_is_said_with_the_cap(counter: Counter) -> None:
    demand = Demand(Permission.ROUND_OFF, "basket", amount_minor=1001)
    assert [x.number for x in counter.approval.approvers(demand)] == [MANAGER]
    error = refusal(ask, counter, demand, SUPERVISOR)
    assert error.key == "approval_not_enough"
    assert error.params["cap_minor"] == 1000


def test_a_badge_alone_approves_nothing(till: Till, counter: Counter) -> None:
    owner = counter.approval.owner_of_badge(DRAWER, BADGES[SUPERVISOR])
    assert owner.number == SUPERVISOR
    assert refusal(counter.drawer.open, "change").key == "not_permitted"
    assert journal_kinds(till) == []
    for badge, key in (
        (BADGES[TRAINEE], "approval_not_enough"),
        ("GTB", "badge_unknown"),
    ):
        assert refusal(counter.approval.owner_of_badge, DRAWER, badge).key == key


@pytest.mark.parametrize("reason", ["", "because", "customer_left"])
def test_a_reason_of_the_action_is_required(counter: Counter, reason: str) -> None:
    error = refusal(ask, counter, DRAWER, MANAGER, reason=reason)
    assert error.key == "reason_unknown"


# ------------------------------------------------------------------ wrong PINs


def test_wrong_pins_lock_the_approver_everywhere_and_after_a_restart(
    tmp_path: Path, clock: ReplayClock
) -> None:
    folder = fresh_shop(tmp_path)
    with opened(folder, clock) as till:
        counter = till.counter
        seen = [ask(counter, DRAWER, MANAGER, "0000", "change").error for _ in range(5)]
        assert [error.key for error in seen if error] == ["pin_wrong"] * 4 + [
            "pin_locked"
        ]
        failed = bodies(till, "SignOnFailed")
        assert [body["failures"] for body in failed] == [1, 2, 3, 4, 5]
        assert {body["for"] for body in failed} == {"drawer_open"}
        assert {body["requested_by"] for body in failed} == {staff_id(counter, CASHIER)}
        assert bodies(till, "ApprovalGiven") == []
        assert refusal(counter.drawer.open, "change").key == "not_permitted"
    with opened(folder, clock) as till:
        counter = till.counter
        verdict = ask(counter, DRAWER, MANAGER, reason="change")
        assert verdict.error is not None
        assert verdict.error.key == "pin_locked"
        manager = staff_id(counter, MANAGER)
        assert refusal(counter.sign_on.with_pin, manager, PINS[MANAGER]).key == (
            "pin_locked"
        )
        clock.set(NOON.plus_seconds(31))
        assert ask(counter, DRAWER, MANAGER, reason="change").error is None
        prove(till)


def test_tries_at_sign_on_count_for_approvals_too(counter: Counter) -> None:
    manager = staff_id(counter, MANAGER)
    for _ in range(3):
        refusal(counter.sign_on.with_pin, manager, "0000")
    error = ask(counter, DRAWER, MANAGER, "0000", "change").error
    assert error is not None
    assert error.params["tries_left"] == 1


def test_a_refused_verdict_lets_nothing_through(counter: Counter) -> None:
    verdict = ask(counter, DRAWER, MANAGER, "0000", "change")
    assert refusal(counter.approval.admit, verdict).key == "pin_wrong"
    assert refusal(counter.drawer.open, "change").key == "not_permitted"


# ---------------------------------------------------------------- how long


@pytest.mark.parametrize("way", ["switch", "lock", "forget", "again"])
def test_an_approval_that_was_not_used_is_gone(counter: Counter, way: str) -> None:
    approve(counter, DRAWER)
    if way == "switch":
        sign_on(counter, TRAINEE)
    elif way == "lock":
        counter.sign_on.sign_off("lock")
        sign_on(counter, CASHIER)
    elif way == "again":
        sign_on(counter, CASHIER)
    else:
        counter.desk.session.forget_approvals()
    assert refusal(counter.drawer.open, "change").key == "not_permitted"


def test_an_answer_that_comes_after_a_switch_is_of_no_use(counter: Counter) -> None:
    verdict = ask(counter, DRAWER, MANAGER, reason="change")
    sign_on(counter, TRAINEE)
    assert refusal(counter.approval.admit, verdict).key == "not_signed_on"
    assert refusal(counter.drawer.open, "change").key == "not_permitted"


def test_consent_to_one_line_deletes_no_other(counter: Counter) -> None:
    sign_on(counter, TRAINEE)
    counter.sale.scan(TEA)
    counter.sale.scan("S4")
    first, second = (line.line_id for line in counter.sale.basket.lines)
    demand = demand_of(lambda: counter.sale.remove_line(first))
    assert demand == Demand(Permission.LINE_VOID, first)
    approve(counter, demand)
    assert refusal(counter.sale.remove_line, second).key == "not_permitted"
    counter.sale.remove_line(first)
    assert [line.line_id for line in counter.sale.basket.lines] == [second]


# -------------------------------------------------------------- every action


def _void_line(counter: Counter) -> object:
    return counter.sale.remove_line(counter.sale.basket.lines[-1].line_id)


def _correct(counter: Counter) -> object:
    sale = counter.desk.ledger.last_sale()
    assert sale is not None
    tender = sale.tenders[0].tender_id
    return counter.tender_correction.correct(sale.sale_id, tender, "coupon").result()


ACTIONS: list[tuple[Permission, Callable[[Counter], object]]] = [
    (Permission.LINE_VOID, _void_line),
    (
        Permission.SALE_VOID,
        lambda c: c.checkout.void_sale("customer_left").result(),
    ),
    (Permission.ROUND_OFF, lambda c: c.sale.round_off(50)),
    (Permission.REPRINT, lambda c: c.slip.reprint().result()),
    (Permission.DRAWER_OPEN, lambda c: c.drawer.open("look").result()),
    (Permission.TENDER_CORRECT, _correct),
    (Permission.CLOCK_CONFIRM, lambda c: c.sign_on.confirm_clock()),
]
NAMES = [action.value for action, _do in ACTIONS]


@pytest.mark.parametrize(("action", "do"), ACTIONS, ids=NAMES)
def test_every_guarded_action_can_be_approved(
    till: Till, counter: Counter, action: Permission, do: Callable[[Counter], object]
) -> None:
    sell(counter)
    sign_on(counter, TRAINEE)
    counter.sale.scan(TEA)
    before = (counter.sale.basket, journal_kinds(till))
    demand = demand_of(lambda: do(counter))
    assert demand.action is action
    assert (counter.sale.basket, journal_kinds(till)) == before
    approve(counter, demand)
    do(counter)
    assert counter.desk.session.cashier.number == TRAINEE
    till.ledger.flush()
    prove(till)


@pytest.mark.parametrize(("action", "do"), ACTIONS, ids=NAMES)
def test_four_eyes_needs_a_second_person_whoever_asks(
    till: Till, counter: Counter, action: Permission, do: Callable[[Counter], object]
) -> None:
    sell(counter)
    sign_on(counter, MANAGER)
    mark_four_eyes(till, action)
    counter.sale.scan(TEA)
    before = (counter.sale.basket, journal_kinds(till))
    demand = demand_of(lambda: do(counter))
    assert (counter.sale.basket, journal_kinds(till)) == before
    helpers = counter.approval.approvers(demand)
    assert MANAGER not in [staff.number for staff in helpers]
    if not helpers:
        return  # only managers may, and there is one: nobody could approve
    approve(counter, demand, helpers[-1].number)
    do(counter)
    assert demand_of(lambda: counter.desk.allow(demand)) == demand


def test_an_approved_round_off_ends_the_sale_of_who_may_not(counter: Counter) -> None:
    sign_on(counter, TRAINEE)
    counter.sale.scan(TEA)
    demand = demand_of(lambda: counter.sale.round_off(80))
    approve(counter, demand, SUPERVISOR)
    counter.sale.round_off(80)
    sale = pay_cash(counter)
    assert sale.priced.total_minor == 1200


def test_an_action_with_two_demands_takes_one_approval_for_each(
    counter: Counter,
) -> None:
    first, second = DRAWER, Demand(Permission.TENDER_CORRECT, "t")
    desk = counter.desk

    def both() -> None:
        desk.allow(first)
        desk.allow(second)

    given = [approve(counter, first)]
    assert demand_of(both) == second
    given.append(approve(counter, second))
    for approval in given:
        desk.session.approve(approval)
    both()
    assert demand_of(both) == first
