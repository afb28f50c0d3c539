"""Who may do what: voids, locks, badges, cashiers who take turns."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from tests.journeys.screen_till import (
    COLA,
    COLA_GTIN,
    FIRST_GTIN,
    LEFT,
    PINS,
    ScreenTill,
)
from ui.dialogs.hold_button import HOLD_MS
from ui.screens.sign_on_staff import BY_NUMBER

CTRL = Qt.KeyboardModifier.ControlModifier
BADGES = {
    "1002": "GTB1002H3T8W6C1N9",
    "1003": "GTB1003L5D2P7V8J4",
    "1004": "GTB1004B9F6S3Y1G7",
}


def hold(till: ScreenTill, name: str) -> None:
    """Keep a finger on a button until it is full."""
    button = till.find(name)
    QTest.mousePress(button, LEFT)
    till.qtbot.wait(HOLD_MS + 100)
    QTest.mouseRelease(button, LEFT)
    till.settle()


def type_pin(till: ScreenTill, number: str) -> None:
    till.type(PINS[number])
    till.key(Qt.Key.Key_Return)


def test_whole_sale_is_voided_with_a_reason_by_holding_the_key(selling):
    selling.scan(COLA_GTIN, FIRST_GTIN)
    selling.press("function_void_sale")
    selling.sees("作废整单？", "2 件，¥9.90。作废会记入流水。", "原因（必选）")
    assert not selling.can_press("voidHold")
    selling.press("reason-customer_left")
    selling.press("voidHold")  # a short touch is not enough
    assert selling.dialog == "voidSaleDialog"
    hold(selling, "voidHold")
    selling.wait(lambda: selling.basket == [])
    assert selling.message == "整单作废"
    body = selling.journal(EntryKind.SALE_VOIDED)[0]
    assert body["reason"] == "customer_left"
    assert body["total_minor"] == 990
    assert not selling.can_press("function_void_sale")
    selling.scan(COLA_GTIN)
    assert selling.basket == [(COLA, "1")]


def test_scan_while_the_void_is_asked_keeps_the_sale_and_the_scan(selling):
    selling.scan(COLA_GTIN)
    selling.press("function_void_sale")
    selling.scan(FIRST_GTIN)
    assert selling.dialog == ""
    assert len(selling.basket) == 2


def refuse_approval(till: ScreenTill) -> None:
    assert till.dialog == "approvalDialog"
    till.key(Qt.Key.Key_Escape)
    assert till.dialog == ""
    assert till.message == _("Not approved; nothing was changed")


def test_cashier_without_the_right_asks_and_nothing_changes_without_consent(
    open_till, strict_template
):
    till = open_till(strict_template).sign_on("1001")
    till.scan(COLA_GTIN)
    for key in ("lineDelete", "function_void_sale", "function_reprint"):
        assert till.find(key).face.trailing_icon == "lock-key"
    till.press("lineDelete")
    refuse_approval(till)
    till.press("function_void_sale")
    till.press("reason-practice")
    hold(till, "voidHold")
    refuse_approval(till)
    assert till.basket == [(COLA, "1")]
    till.pay_cash()
    till.key("p", CTRL)
    refuse_approval(till)
    assert len(till.wait_for_slips(1)) == 1
    assert till.journal(EntryKind.LINE_VOIDED) == []
    assert till.journal(EntryKind.SALE_VOIDED) == []


def test_lock_keeps_the_basket_and_another_cashier_goes_on(selling):
    selling.scan(COLA_GTIN)
    selling.key("l", CTRL)
    assert selling.shown == "signOnScreen"
    selling.sees("已锁定", "购物单已保留：1 件 · ¥3.00")
    selling.scan(FIRST_GTIN)
    assert len(selling.basket) == 1
    selling.sees("先登录")
    selling.sign_on("1002")
    selling.sees("收银员二", "可乐味汽水")
    selling.scan(FIRST_GTIN)
    sale = selling.pay_cash()
    assert sale.cashier_name == "收银员二"
    assert len(sale.lines) == 2


def test_till_locks_itself_when_nobody_touches_it(selling):
    selling.scan(COLA_GTIN)
    selling.press("lineWhy")
    selling.app._timer.stop()  # the till's own seconds would come on top
    selling.press("whyNote")
    for _second in range(599):
        selling.app._on_second()
    assert selling.shown == "saleScreen"
    selling.app._on_second()
    assert selling.shown == "signOnScreen"
    assert selling.dialog == ""
    assert selling.basket == [(COLA, "1")]
    assert selling.journal(EntryKind.SIGNED_OFF)[-1] == {"why": "lock"}


def test_touching_the_till_keeps_it_open(selling):
    for _minute in range(3):
        for _second in range(400):
            selling.app._on_second()
        selling.key(Qt.Key.Key_Down)
    assert selling.shown == "saleScreen"


def test_what_was_half_typed_is_not_the_next_cashiers(selling):
    selling.pad("12×")
    selling.key("l", CTRL)
    selling.sign_on("1002")
    selling.scan(COLA_GTIN)
    assert selling.basket == [(COLA, "1")]


def test_badge_switches_the_cashier_in_one_scan(selling):
    selling.scan(COLA_GTIN)
    selling.scan(BADGES["1002"])
    assert selling.shown == "saleScreen"
    assert "收银员二" in selling.message
    assert selling.basket == [(COLA, "1")]
    assert selling.journal(EntryKind.SIGNED_ON)[-1] == {"by": "badge"}
    assert BADGES["1002"] not in str(selling.journal())


def test_badge_opens_a_locked_till(till):
    till.scan(BADGES["1002"])
    assert till.shown == "saleScreen"
    till.sees("收银员二")


def test_supervisors_badge_asks_for_the_pin_even_while_somebody_sells(selling):
    selling.scan(COLA_GTIN)
    selling.scan(BADGES["1004"])
    assert selling.shown == "signOnScreen"
    selling.sees("值班主管", "要工牌加 PIN")
    type_pin(selling, "1004")
    assert selling.shown == "saleScreen"
    selling.sees("值班主管")
    assert selling.basket == [(COLA, "1")]


def test_foreign_badge_is_refused_in_words_and_the_cashier_stays(selling):
    selling.scan("GTB9999A1B2C3D4E5")
    assert selling.shown == "saleScreen"
    assert "没有人用这张工牌" in selling.message
    assert selling.beeps == 1
    selling.press("lockButton")
    selling.scan("GTB9999A1B2C3D4E5")
    selling.sees("没有人用这张工牌")


def test_number_may_be_typed_instead_of_a_tile(till):
    till.press(f"staff-{BY_NUMBER}")
    till.type("1002")
    till.key(Qt.Key.Key_Return)
    till.sees("工号 1002")
    type_pin(till, "1002")
    assert till.shown == "saleScreen"


def test_role_without_settings_asks_for_each_change(selling):
    selling.press("function_settings")
    selling.sees(_("a manager must agree to each change"))
    selling.press("go-look")
    before = selling.till.settings.current
    selling.press("segment-choice-theme-dark")
    refuse_approval(selling)
    assert selling.till.settings.current == before
    selling.press("segment-choice-theme-dark")
    for digit in PINS["1005"]:  # the only one who may
        selling.press(f"approval-D{digit}")
    selling.press("approvalAgree")
    selling.wait(lambda: selling.till.settings.current.theme == "dark")
    assert selling.journal(EntryKind.APPROVAL_GIVEN)[0]["subject"] == "theme"


@pytest.mark.parametrize("number", ["1001", "1004", "1005"])
def test_drawer_opens_for_those_who_may_and_is_journalled(till, number):
    till.sign_on(number)
    till.press("function_drawer")
    till.press("reason_change_money")
    may = number != "1001"
    if may:
        till.wait(lambda: len(till.slips("log")) == 1)
        till.wait(lambda: till.message == "钱箱已开，已记入流水账")
    else:
        assert till.dialog == "approvalDialog"
    assert len(till.journal(EntryKind.DRAWER_OPENED)) == may
