"""What somebody at the till for the first time stumbles over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from pos_app.i18n import _
from tests.journeys.screen_till import COLA_GTIN, FIRST_GTIN, SECOND_GTIN, ScreenTill

F8, F9, F10 = Qt.Key.Key_F8, Qt.Key.Key_F9, Qt.Key.Key_F10
MANAGER = "1005"


@pytest.fixture
def selling(open_till: Callable[..., ScreenTill]) -> ScreenTill:
    """Return a till with a manager."""
    return open_till().sign_on(MANAGER)


def sell(till: ScreenTill, *codes: str) -> str:
    """Sell for cash and go on; return the receipt's number."""
    till.scan(*codes)
    sale = till.pay_cash()
    till.press("mainAction")
    return sale.number


def test_an_empty_return_says_what_to_do_and_takes_no_payment(
    selling: ScreenTill,
) -> None:
    number = sell(selling, COLA_GTIN)
    selling.key(F10)
    selling.sees(_("Nothing comes back yet"))
    selling.sees(_("Scan the receipt, or choose it on the right"))
    assert not selling.can_press("mainAction")
    selling.scan(number)
    selling.sees(_("Press + on the right, or scan the item"))
    selling.key(F10)
    selling.sees(_("Scan the first item"))
    assert not selling.says(_("Nothing comes back yet"))


def test_the_keyboard_stays_when_the_search_without_receipt_goes(
    selling: ScreenTill,
) -> None:
    sell(selling, COLA_GTIN)
    selling.key(F10)
    selling.press("noReceipt")
    selling.scan(COLA_GTIN)
    assert selling.window.focusWidget() is selling.flow.screens.sale


def test_a_ticket_of_returns_alone_can_be_given_up(selling: ScreenTill) -> None:
    number = sell(selling, COLA_GTIN)
    selling.scan(number)
    selling.press("returnAll")
    selling.press("panelClose")
    assert selling.can_press("function_void_sale")
    selling.press("function_void_sale")
    assert selling.dialog == "voidSaleDialog"


def test_who_parked_a_sale_is_named_in_the_readers_language(
    open_till: Callable[..., ScreenTill],
) -> None:
    till = open_till()
    till.press("segment-languageSwitch-en")
    till.sign_on(MANAGER)
    till.scan(COLA_GTIN)
    till.key(F8)
    till.wait(lambda: till.work.counter.park.count() == 1)
    till.wait(lambda: not till.flow.sale.is_held)
    till.key(F9)
    staff = till.work.counter.sign_on.by_number(MANAGER)
    assert staff.name_in("en") != staff.name
    till.sees(staff.name_in("en"))
    assert not till.says(staff.name)


def test_no_hidden_dialog_keeps_the_keyboard(selling: ScreenTill) -> None:
    sell(selling, COLA_GTIN, FIRST_GTIN)
    selling.press("tab_reports")
    presenter = selling.flow.features.reports.presenter
    selling.wait(lambda: not presenter.is_waiting)
    selling.press("exportReport")
    selling.press("exportSave")
    assert selling.dialog == ""
    assert selling.window.focusWidget().isVisible()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("size", [(1024, 768), (1366, 768)])
def test_every_coin_is_seen_whatever_waits_beside_the_count(
    open_till: Callable[..., ScreenTill], language: str, size: tuple[int, int]
) -> None:
    till = open_till(size=size)
    till.press(f"segment-languageSwitch-{language}")
    till.sign_on(MANAGER)
    sell(till, COLA_GTIN)
    till.scan(FIRST_GTIN)
    till.key(F8)
    till.wait(lambda: till.work.counter.park.count() == 1)
    till.wait(lambda: not till.flow.sale.is_held)
    till.scan(SECOND_GTIN)
    till.press("tab_shift")
    till.press("shiftKey_close")
    till.settle()
    coins = till.flow.features.shift.screen.count.coins
    assert coins.height() >= coins.whole_height()
