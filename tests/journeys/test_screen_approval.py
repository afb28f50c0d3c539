"""A second person agrees to one action; the cashier stays signed on (picture 09)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission
from pos_app.i18n import _
from tests.journeys.screen_till import (
    COLA,
    COLA_GTIN,
    PINS,
    SECOND_GTIN,
    ScreenTill,
)

SUPERVISOR_BADGE, CASHIER_BADGE = "GTB1004B9F6S3Y1G7", "GTB1002H3T8W6C1N9"
ENTER = Qt.Key.Key_Return


def staff_id(till: ScreenTill, number: str) -> str:
    return till.work.counter.sign_on.by_number(number).staff_id


def ask_drawer(till: ScreenTill) -> None:
    """Press F11 and say why."""
    till.key(Qt.Key.Key_F11)
    assert till.dialog == "noSaleDialog"
    till.press("reason_change_money")


def choose(till: ScreenTill, number: str) -> None:
    till.press(f"approver_{staff_id(till, number)}")


def give_pin(till: ScreenTill, pin: str) -> None:
    for digit in pin:
        till.press(f"approval-D{digit}")
    till.press("approvalAgree")
    till.wait(lambda: not till.flow.approvals.presenter.is_checking)


@pytest.fixture
def asking(selling: ScreenTill) -> ScreenTill:
    """Return a till whose cashier has goods in the basket and asks for the drawer."""
    selling.scan(COLA_GTIN)
    ask_drawer(selling)
    assert selling.dialog == "approvalDialog"
    return selling


def test_supervisor_approves_the_drawer_with_a_pin(asking: ScreenTill) -> None:
    asked_by = _("Asked by {name} ({number})", name="收银员一", number="1001")
    asking.sees(_("A manager must agree"), _("Open drawer"), "换零钱", asked_by)
    choose(asking, "1004")
    give_pin(asking, PINS["1004"])
    asking.wait(lambda: len(asking.slips("log")) == 1)
    asking.wait(lambda: asking.message == _("Drawer opened; it is in the journal"))
    assert asking.dialog == ""
    cashier, supervisor = staff_id(asking, "1001"), staff_id(asking, "1004")
    (given,) = asking.journal(EntryKind.APPROVAL_GIVEN)
    assert given["action"] == "drawer_open"
    assert (given["requested_by"], given["approved_by"]) == (cashier, supervisor)
    assert given["reason"] == "change_money"
    (opened,) = asking.journal(EntryKind.DRAWER_OPENED)
    assert opened["why"] == "change_money"
    assert opened["approved_by"] == supervisor
    assert asking.work.counter.desk.session.cashier.staff_id == cashier
    assert asking.basket == [(COLA, "1")]


def test_it_counts_once(asking: ScreenTill) -> None:
    choose(asking, "1004")
    give_pin(asking, PINS["1004"])
    asking.wait(lambda: len(asking.journal(EntryKind.DRAWER_OPENED)) == 1)
    ask_drawer(asking)
    assert asking.dialog == "approvalDialog"
    assert len(asking.journal(EntryKind.DRAWER_OPENED)) == 1


def test_wrong_pin_says_how_many_tries_are_left(asking: ScreenTill) -> None:
    choose(asking, "1004")
    give_pin(asking, "0000")
    asking.sees(_("Wrong PIN; {count} more tries before a lock", count=4))
    assert asking.dialog == "approvalDialog"
    for _wrong in range(4):
        give_pin(asking, "0000")
    assert not asking.can_press("approvalAgree")
    failed = asking.journal(EntryKind.SIGN_ON_FAILED)
    assert [body["failures"] for body in failed] == [1, 2, 3, 4, 5]
    assert {body["for"] for body in failed} == {"drawer_open"}
    choose(asking, "1005")
    give_pin(asking, PINS["1005"])
    asking.wait(lambda: len(asking.journal(EntryKind.DRAWER_OPENED)) == 1)


@pytest.mark.parametrize("way", ["esc", "key", "close", "lock"])
def test_nobody_agrees_and_nothing_happens(asking: ScreenTill, way: str) -> None:
    if way == "esc":
        asking.key(Qt.Key.Key_Escape)
    elif way == "lock":
        asking.flow.lock()
    else:
        asking.press("approvalRefuse" if way == "key" else "dialogClose")
    assert asking.dialog == ""
    assert asking.journal(EntryKind.DRAWER_OPENED) == []
    assert asking.journal(EntryKind.APPROVAL_GIVEN) == []
    assert asking.basket == [(COLA, "1")]


def test_nobody_approves_for_themselves(till: ScreenTill) -> None:
    shop = till.work.counter.desk.shop
    policy = replace(shop.policy, four_eyes=(Permission.DRAWER_OPEN,))
    with till.till.editor() as editor:
        editor.put_shop(replace(shop, policy=policy))
    till.sign_on("1004")
    ask_drawer(till)
    assert till.dialog == "approvalDialog"
    till.sees(_("Needs two people, by the rules of the shop"))
    assert not till.is_there(f"approver_{staff_id(till, '1004')}")
    till.scan(SUPERVISOR_BADGE)
    till.sees(_("Nobody approves their own request."))
    till.type(PINS["1004"])
    till.key(ENTER)
    assert till.journal(EntryKind.DRAWER_OPENED) == []


def test_a_payment_code_that_waits_for_an_answer_is_not_shown(
    asking: ScreenTill,
) -> None:
    asking.scan("130000000000000012")

    assert "•••" in asking.message
    assert "13000" not in asking.message


def test_a_badge_chooses_its_owner_and_goods_wait(asking: ScreenTill) -> None:
    asking.scan(SECOND_GTIN)
    assert asking.basket == [(COLA, "1")]
    asking.scan(CASHIER_BADGE)
    asking.sees(_("{name} may not approve this.", name="收银员二"))
    asking.scan(SUPERVISOR_BADGE)
    assert asking.journal(EntryKind.DRAWER_OPENED) == []  # a badge alone never does
    asking.type(PINS["1004"])
    asking.key(ENTER)
    asking.wait(lambda: len(asking.journal(EntryKind.DRAWER_OPENED)) == 1)
    assert [quantity for _sku, quantity in asking.basket] == ["1", "1"]
