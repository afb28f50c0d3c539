"""The rules of the shop: a manager sets them, and the till keeps them at once."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission
from pos_app.domain.policy import FOUR_EYES_CHOICES, ShiftOpening, ShiftScope
from pos_app.domain.shift import TILL_DRAWER
from pos_app.i18n import _
from tests.counter_shop import prove
from tests.journeys.screen_till import COLA_GTIN, FIRST_GTIN, PINS, ScreenTill
from ui.messages import explain
from ui.presenters.approval_words import action_name
from ui.presenters.settings_rules import RULE_NAMES

ENTER = Qt.Key.Key_Return


@pytest.fixture
def rules(till: ScreenTill) -> ScreenTill:
    till.sign_on("1005")
    go_to_rules(till)
    return till


def go_to_rules(till: ScreenTill) -> None:
    till.press("function_settings")
    till.press("go-rules")


def policy_of(till: ScreenTill) -> Any:
    return till.work.counter.desk.shop.policy


def bring(till: ScreenTill, name: str) -> QWidget:
    """Scroll to a field and return it."""
    widget = till.find(name)
    for area in till.window.findChildren(QScrollArea):
        if area.isAncestorOf(widget):
            area.ensureWidgetVisible(widget)
    till.settle()
    return widget


def press(till: ScreenTill, name: str) -> None:
    bring(till, name)
    till.press(name)


def fill_in(till: ScreenTill, key: str, text: str) -> QLineEdit:
    field = bring(till, f"edit-rule_{key}")
    assert isinstance(field, QLineEdit)
    till.touch(field, field.rect().center())
    till.key("a", Qt.KeyboardModifier.ControlModifier)
    till.type(text or "\b")
    till.key(ENTER)
    return field


@pytest.mark.parametrize(
    ("key", "typed", "value", "shown"),
    [
        ("return_days", "15", 15, "15"),
        ("return_days", "", None, ""),
        ("return_days", "0", 0, "0"),
        ("no_receipt_days", "90", 90, "90"),
        ("float_minor", "1,300.5", 130_050, "1,300.50"),
        ("difference_limit_minor", "0", 0, "0.00"),
    ],
)
def test_a_number_that_is_typed_is_in_force(rules, key, typed, value, shown):
    field = fill_in(rules, key, typed)
    assert getattr(policy_of(rules), key) == value
    assert field.text() == shown


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("return_days", "-1"),
        ("return_days", "9999"),
        ("return_days", "week"),
        ("no_receipt_days", ""),
        ("float_minor", "-5"),
        ("float_minor", "1.005"),
        ("difference_limit_minor", "much"),
        ("difference_limit_minor", "99999999999999"),
    ],
)
def test_a_number_that_does_not_fit_says_why_and_the_old_one_stays(rules, key, typed):
    before = policy_of(rules)
    fill_in(rules, key, typed)
    assert rules.is_there(f"problem-rule_{key}")
    assert policy_of(rules) == before
    assert rules.journal(EntryKind.SETTINGS_CHANGED) == []


def test_choices_and_switches_are_in_force_and_in_the_journal(rules):
    for name in (
        "switch-rule_refunds_to_original",
        "switch-rule_exchange_keeps_price",
        "segment-choice-rule_shift_opening-ask",
        "segment-choice-rule_shift_scope-cashier",
    ):
        press(rules, name)
    policy = policy_of(rules)
    assert not policy.refunds_to_original
    assert not policy.exchange_keeps_price
    assert policy.shift_opening is ShiftOpening.ASK
    assert policy.shift_scope is ShiftScope.CASHIER
    told = [x["policy"] for x in rules.journal(EntryKind.SETTINGS_CHANGED)]
    assert [x["after"] for x in told] == [
        {"refunds_to_original": False},
        {"exchange_keeps_price": False},
        {"shift_opening": "ask"},
        {"shift_scope": "cashier"},
    ]
    assert told[-1]["before"] == {"shift_scope": "till"}
    rules.press("goBlackBox")
    rules.sees(_("Rules of the shop changed"))


def test_every_action_offered_can_need_two_people_but_not_selling(rules):
    assert not rules.is_there("switch-two_people_sell")
    for action in FOUR_EYES_CHOICES:
        if action is not Permission.SETTINGS:
            press(rules, f"switch-two_people_{action.value}")
    assert set(policy_of(rules).four_eyes) == set(FOUR_EYES_CHOICES) - {
        Permission.SETTINGS
    }


def test_letting_an_action_go_that_needs_two_needs_two(rules):
    press(rules, "switch-two_people_reprint")
    press(rules, "switch-two_people_reprint")
    assert rules.dialog == "approvalDialog"
    rules.key(Qt.Key.Key_Escape)
    assert Permission.REPRINT in policy_of(rules).four_eyes
    press(rules, "switch-two_people_reprint")
    second = rules.work.counter.sign_on.by_number("1001").staff_id
    rules.press(f"approver_{second}")
    rules.type(PINS["1001"])
    rules.key(ENTER)
    rules.wait(lambda: policy_of(rules).four_eyes == ())


def test_settings_that_need_two_ask_the_next_time_and_let_themselves_be_undone(rules):
    press(rules, "switch-two_people_settings")
    assert policy_of(rules).four_eyes == (Permission.SETTINGS,)
    rules.flow.lock()
    rules.sign_on("1001")
    go_to_rules(rules)
    press(rules, "switch-two_people_settings")
    assert rules.dialog == "approvalDialog"
    rules.sees(_("Always two people"))
    manager = rules.work.counter.sign_on.by_number("1005").staff_id
    if rules.is_there(f"approver_{manager}"):
        rules.press(f"approver_{manager}")
    rules.type(PINS["1005"])
    rules.key(ENTER)
    rules.wait(lambda: policy_of(rules).four_eyes == ())


def test_an_action_that_needs_two_asks_the_manager_too(rules):
    press(rules, "switch-two_people_line_void")
    rules.press("tab_sale")
    rules.scan(COLA_GTIN)
    rules.select("可乐")
    rules.key(Qt.Key.Key_Delete)
    assert rules.dialog == "approvalDialog"
    rules.sees(action_name("line_void"))


def test_whose_a_shift_is_waits_for_its_close_and_says_so(rules):
    rules.press("tab_sale")
    rules.scan(COLA_GTIN)
    rules.pay_cash()
    rules.key(ENTER)
    go_to_rules(rules)
    assert rules.is_there("ruleScopeNote")
    press(rules, "segment-choice-rule_shift_scope-cashier")
    assert policy_of(rules).shift_scope is ShiftScope.TILL
    scope = rules.flow.screens.settings.stack.currentWidget().scope
    assert scope.choice.chosen_key == "till"
    (shift,) = rules.work.counter.shift.open_shifts()
    assert shift.number in bring(rules, "problem-rule_shift_scope").text()


def test_each_cashier_has_a_drawer_of_their_own(rules):
    press(rules, "segment-choice-rule_shift_scope-cashier")
    totals = {}
    for number, codes in (("1001", [COLA_GTIN]), ("1002", [FIRST_GTIN, COLA_GTIN])):
        rules.flow.lock()
        rules.sign_on(number)
        rules.scan(*codes)
        sale = rules.pay_cash()
        staff = rules.work.counter.desk.session.cashier
        totals[staff.staff_id] = sale.priced.total_minor
        rules.key(ENTER)
    service = rules.work.counter.shift
    shifts = {x.drawer: x for x in service.open_shifts()}
    assert set(shifts) == set(totals)
    assert TILL_DRAWER not in shifts
    ledger = rules.till.ledger
    for drawer, shift in shifts.items():
        sums = [x for x in ledger.shifts.totals(shift.shift_id) if x.kind == "tender"]
        assert sum(x.amount_minor for x in sums) == totals[drawer], sums
    rules.press("tab_shift")
    assert service.current() == shifts[staff.staff_id]
    prove(rules.till)


def test_every_rule_has_a_name_and_its_refusal_words():
    assert all(_(name) for name in RULE_NAMES.values())
    from pos_app.errors import UserError

    for error in (UserError("shift_still_open", number="02-AX-1"), "four_eyes_alone"):
        said = error if isinstance(error, UserError) else UserError(error)
        assert not explain(said).code
