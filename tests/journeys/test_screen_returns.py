"""Goods come back at the till, as a cashier does it with a customer waiting."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.journal import EntryKind
from pos_app.domain.sale import Sale
from pos_app.i18n import _
from tests.journeys.screen_till import (
    COLA_GTIN,
    FIRST_GTIN,
    PINS,
    SECOND_GTIN,
    ScreenTill,
    copy_shop,
)
from ui.dialogs.hold_button import HOLD_MS

F8, F9, F10, F12 = (
    Qt.Key.Key_F8,
    Qt.Key.Key_F9,
    Qt.Key.Key_F10,
    Qt.Key.Key_F12,
)
TEE_M, TEE_L = "710002", "710003"


@pytest.fixture
def selling(open_till: Callable[..., ScreenTill]) -> ScreenTill:
    """Return a till with a cashier."""
    return open_till().sign_on()


def sell(till: ScreenTill, *codes: str) -> Sale:
    """Sell for cash and go on."""
    till.scan(*codes)
    sale = till.pay_cash()
    till.press("mainAction")
    return sale


def sell_by_phone(till: ScreenTill, *codes: str) -> Sale:
    """Sell for a phone code noted by hand, and go on."""
    till.scan(*codes)
    till.press("mainAction")
    till.press("tender_code_group")
    till.pad("8821")
    till.press("mainAction")
    till.wait(lambda: till.shown == "paymentDoneScreen")
    sale = till.last_sale
    till.press("mainAction")
    return sale


def step(till: ScreenTill, key: str, by: int) -> None:
    """Touch − or + of a line of the receipt."""
    view = till.find("returnLines")
    till.touch(view.viewport(), view.place_of(key, by).center())


def ended(till: ScreenTill) -> Sale:
    """Wait for the end of the ticket."""
    till.wait(lambda: till.shown == "paymentDoneScreen")
    till.wait(lambda: not till.flow.sale.is_held)
    return till.last_sale


def returned(till: ScreenTill) -> list[tuple[str, str]]:
    """(article number, quantity) of what comes back in the open ticket."""
    basket = till.work.counter.sale.basket
    lines = basket.returns if basket else ()
    return [(line.sku, f"{line.quantity:f}") for line in lines]


def hold(till: ScreenTill, name: str) -> None:
    """Keep a finger on a button until it is full."""
    button = till.find(name)
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    till.qtbot.wait(HOLD_MS + 100)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    till.settle()


def approve(till: ScreenTill, number: str = "1004") -> None:
    """A supervisor agrees, with the PIN on the same pad."""
    assert till.dialog == "approvalDialog", till.dialog
    staff = till.work.counter.sign_on.by_number(number)
    till.press(f"approver_{staff.staff_id}")
    for digit in PINS[number]:
        till.press(f"approval-D{digit}")
    till.press("approvalAgree")
    till.wait(lambda: not till.flow.approvals.presenter.is_checking)


def test_one_scan_and_three_taps_take_goods_back(selling: ScreenTill) -> None:
    sale = sell(selling, COLA_GTIN, FIRST_GTIN)
    selling.scan(sale.number)
    selling.sees(_("Receipt {number}", number=sale.number))
    selling.touch_row("returnLines", sale.lines[0].name)
    assert not selling.can_press("mainAction")  # the reason is missing
    selling.press("returnReason_changed_mind")
    selling.press("mainAction")
    done = ended(selling)
    assert [line.sku for line in done.returns] == [sale.lines[0].sku]
    assert done.refunds[0].key == "cash"
    assert done.refunds[0].amount_minor == done.returns[0].paid_minor
    selling.sees(_("Refunded"))
    selling.wait_for_slips(2)
    selling.scan(COLA_GTIN)  # the next customer buys
    assert selling.basket
    assert not returned(selling)


def test_a_line_comes_back_in_two_parts_and_then_no_more(selling: ScreenTill) -> None:
    sale = sell(selling, COLA_GTIN, COLA_GTIN, COLA_GTIN)
    for count in (1, 2):
        selling.scan(sale.number)
        for _each in range(count):
            step(selling, "1", 1)
        selling.press("returnReason_changed_mind")
        selling.press("mainAction")
        assert ended(selling).returns[0].quantity == count
        selling.press("mainAction")
    selling.scan(sale.number)
    selling.sees(_("All came back"))
    assert not selling.can_press("returnAll")


def test_the_quantity_can_be_typed_and_is_capped(selling: ScreenTill) -> None:
    sale = sell(selling, COLA_GTIN, COLA_GTIN, COLA_GTIN)
    selling.scan(sale.number)
    step(selling, "1", 1)
    selling.pad("3⏎")
    assert returned(selling) == [(sale.lines[0].sku, "3")]
    selling.pad("4⏎")
    assert returned(selling) == [(sale.lines[0].sku, "3")]
    assert selling.beeps == 1
    step(selling, "1", -1)
    assert returned(selling) == [(sale.lines[0].sku, "2")]


def test_scanning_the_item_raises_its_quantity_and_others_are_new(
    selling: ScreenTill,
) -> None:
    sale = sell(selling, COLA_GTIN, COLA_GTIN)
    selling.scan(sale.number)
    selling.scan(COLA_GTIN, COLA_GTIN, FIRST_GTIN)
    assert returned(selling) == [(sale.lines[0].sku, "2")]
    assert len(selling.basket) == 1
    assert selling.flow.features.returns.is_shown is True


def test_an_exchange_pays_the_difference(selling: ScreenTill) -> None:
    sale = sell(selling, COLA_GTIN)
    selling.scan(sale.number)
    selling.touch_row("returnLines", sale.lines[0].name)
    selling.press("returnReason_bought_twice")
    selling.scan(FIRST_GTIN)
    due = selling.flow.sale.view.ticket.due_minor
    assert due == 590 - sale.lines[0].priced.total_minor or due > 0
    selling.press("mainAction")
    assert selling.shown == "paymentScreen"
    selling.press("mainAction")
    done = ended(selling)
    assert done.returns
    assert done.lines
    assert not done.refunds
    assert sum(x.amount_minor for x in done.tenders) - done.change_minor > 0


def test_an_even_exchange_moves_no_money(selling: ScreenTill) -> None:
    sale = sell(selling, COLA_GTIN)
    selling.scan(sale.number)
    selling.scan(COLA_GTIN)
    selling.press("returnReason_damaged")
    selling.press("returnPlace_damaged")
    selling.scan(COLA_GTIN)
    selling.sees(_("Even exchange"), _("Exchange keeps the price paid"))
    selling.key(F12)
    done = ended(selling)
    assert not done.tenders
    assert not done.refunds
    assert not done.returns[0].is_sellable
    selling.sees(_("Even exchange"))


def test_money_of_a_phone_goes_back_as_it_came(selling: ScreenTill) -> None:
    sale = sell_by_phone(selling, COLA_GTIN)
    selling.scan(sale.number)
    selling.press("returnAll")
    selling.press("returnReason_changed_mind")
    selling.sees(_("Original"), _("Supervisor"))
    selling.key(F12)
    done = ended(selling)
    assert (done.refunds[0].key, done.refunds[0].reference) == ("wechat", "8821")


def test_cash_for_a_phones_payment_needs_a_supervisor(selling: ScreenTill) -> None:
    sale = sell_by_phone(selling, COLA_GTIN)
    selling.scan(sale.number)
    selling.press("returnAll")
    selling.press("returnReason_changed_mind")
    selling.press("quickCash2")
    selling.press("mainAction")
    approve(selling)
    done = ended(selling)
    assert [refund.key for refund in done.refunds] == ["cash"]


def test_without_a_receipt_the_lowest_price_goes_back(selling: ScreenTill) -> None:
    selling.press("tab_returns")
    selling.press("noReceipt")
    selling.scan(COLA_GTIN)
    selling.sees(_("{days}-day low {amount}", days=30, amount="¥3.00"))
    selling.press("returnReason_changed_mind")
    approve(selling)
    (back,) = selling.work.counter.sale.basket.returns
    assert back.paid_minor == 300
    selling.press("mainAction")
    done = ended(selling)
    assert done.returns[0].origin is None
    assert done.refunds[0].key == "cash"


def test_a_finished_sale_is_mirrored_by_a_held_key(selling: ScreenTill) -> None:
    selling.scan(COLA_GTIN)
    sale = selling.pay_cash()
    selling.press("doneVoid")
    assert selling.dialog == "reversalDialog"
    selling.press("reason-reverse_twice")
    hold(selling, "voidHold")
    approve(selling)
    selling.wait(lambda: selling.last_sale.number != sale.number)
    selling.wait(lambda: not selling.flow.sale.is_held)
    mirror = selling.last_sale
    assert mirror.reverses == sale.sale_id
    assert [x.amount_minor for x in mirror.refunds] == [
        sale.priced.total_minor + sale.rounding_minor
    ]
    assert selling.journal(EntryKind.SALE_REVERSED)
    selling.sees(_("Sale voided"))


def test_a_receipt_of_another_shop_is_refused_with_what_to_do(
    selling: ScreenTill,
) -> None:
    selling.scan("07-A-000123")
    assert selling.beeps == 1
    assert "07-A-000123" in selling.message
    assert returned(selling) == []
    assert selling.basket == []


def test_receipts_are_found_by_number_day_item_and_card(selling: ScreenTill) -> None:
    sale = sell_by_phone(selling, COLA_GTIN)
    sell(selling, FIRST_GTIN)
    selling.key(F10)
    selling.sees(_("Today"), sale.number)
    selling.scan(COLA_GTIN)
    selling.sees(sale.number)
    selling.touch_row("receiptList", sale.number)
    selling.sees(_("Receipt {number}", number=sale.number))
    selling.key(Qt.Key.Key_Escape)
    assert not selling.flow.features.returns.is_shown
    selling.key(F10)
    selling.pad("8821⏎")
    selling.sees(_("Receipt {number}", number=sale.number))
    selling.key(F10)
    selling.key(F10)
    selling.press("dayBefore")
    selling.sees(_("Yesterday"), _("No receipt here"))
    selling.pad("1⏎")
    selling.sees(_("Receipt {number}", number=sale.number))


def test_goods_that_came_back_meanwhile_are_taken_out(selling: ScreenTill) -> None:
    sale = sell(selling, COLA_GTIN, FIRST_GTIN)
    selling.scan(sale.number)
    selling.scan(COLA_GTIN)
    selling.press("returnReason_changed_mind")
    selling.key(F8)
    selling.wait(lambda: selling.work.counter.park.count() == 1)
    selling.wait(lambda: not selling.flow.sale.is_held)
    selling.scan(sale.number)
    selling.scan(COLA_GTIN)  # held in the parked one, too
    selling.sees(_("Also in parked #{numbers}", numbers=1))
    selling.press("returnReason_changed_mind")
    selling.key(F12)
    ended(selling)
    selling.press("mainAction")
    selling.key(F9)
    selling.key(F12)
    selling.wait(lambda: not selling.flow.sale.is_held)
    selling.key(F12)
    selling.wait(lambda: not selling.flow.sale.is_held)
    assert returned(selling) == []
    assert selling.beeps >= 1
    assert not selling.work.counter.sale.current.has_money


def test_an_open_return_survives_a_crash(
    selling: ScreenTill, open_till: Callable[..., ScreenTill]
) -> None:
    sale = sell(selling, COLA_GTIN, FIRST_GTIN)
    selling.scan(sale.number)
    selling.scan(COLA_GTIN)
    selling.press("returnReason_damaged")
    selling.till.ledger.flush()
    folder = copy_shop(selling.folder, selling.folder.root.parent / "after")
    again = open_till(folder).sign_on()
    if again.shown == "paymentDoneScreen":
        again.press("mainAction")
    assert returned(again) == [(sale.lines[0].sku, "1")]
    again.key(F10)
    again.sees(_("Receipt {number}", number=sale.number))
    again.key(F12)
    assert ended(again).returns[0].reason == "damaged"


def test_a_returned_line_is_deleted_and_steps_with_the_panel_closed(
    selling: ScreenTill,
) -> None:
    sale = sell(selling, COLA_GTIN, COLA_GTIN)
    selling.scan(sale.number)
    step(selling, "1", 1)
    selling.press("panelClose")
    assert not selling.can_press("linePrice")
    selling.press("linePlus")
    assert returned(selling) == [(sale.lines[0].sku, "2")]
    selling.key(Qt.Key.Key_F6)
    assert selling.dialog == ""
    selling.key(Qt.Key.Key_Delete)
    assert returned(selling) == []
    selling.scan(SECOND_GTIN)
    assert selling.pay_cash().returns == ()
