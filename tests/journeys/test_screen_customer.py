"""What the customer sees beside the till: the cashier's sums, and nothing of staff."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.domain.journal import EntryKind
from pos_app.i18n import Words, _
from pos_app.ports.sounds import Sound
from tests.journeys.painted_words import painted
from tests.journeys.screen_customer import CASHIERS, SECOND, Customer
from tests.journeys.screen_till import (
    COLA_GTIN,
    FIRST_GTIN,
    PINS,
    SECOND_GTIN,
    UNKNOWN_GTIN,
    ScreenTill,
)
from tests.journeys.screen_training import enter_training
from tests.journeys.test_screen_every_view import overlapping
from tests.journeys.test_screen_prices import SHIRT, give
from tests.journeys.test_screen_returns import sell
from ui.format import amount
from ui.presenters.customer_state import CustomerMode

CURRENCY = "CNY"


def written(minor: int) -> str:
    return amount(minor, CURRENCY)


def put_picture(folder, name: str, colour: str, size=(400, 300)) -> None:
    folder.mkdir(exist_ok=True)
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(folder / name))


def go_idle(customer: Customer) -> None:
    """Let as many seconds go by as pictures wait for."""
    now = customer.till.work.counter.desk.settings.current
    for _second in range(now.customer_idle_s + 1):
        customer.till.app.customer.tick()


# ------------------------------------------------------------------------ the sale


def test_without_a_second_screen_nothing_is_made(selling: ScreenTill) -> None:
    selling.scan(COLA_GTIN)
    assert selling.app.customer.window is None
    assert selling.app.customer.status().title == _("No second screen")


def test_each_step_shows_the_customer_the_cashiers_sums(selling: ScreenTill) -> None:
    customer = Customer(selling)
    assert customer.state.mode is CustomerMode.IDLE
    selling.scan(COLA_GTIN, FIRST_GTIN, FIRST_GTIN, SECOND_GTIN)
    cashier, seen = selling.flow.sale.state, customer.state
    assert seen.mode is CustomerMode.BASKET
    assert seen.amount == written(cashier.amount_due_minor)
    assert [x.total for x in seen.lines] == [
        written(x.total_minor) for x in cashier.lines
    ]
    assert [x.quantity for x in seen.lines] == [f"×{x.quantity}" for x in cashier.lines]
    assert seen.newest == seen.lines[-1].line_id
    customer.reads(seen.amount, seen.count, *(x.name for x in seen.lines))
    selling.press("mainAction")
    paying, seen = selling.flow.payment.state, customer.state
    assert seen.mode is CustomerMode.PAYMENT
    assert seen.amount == written(paying.remaining_minor)
    selling.pad("1⏎")
    paying, seen = selling.flow.payment.state, customer.state
    assert [x.value for x in seen.sums] == [
        written(paying.due_minor),
        written(paying.taken[0].amount_minor),
    ]
    assert seen.amount == written(paying.remaining_minor)
    selling.pad("100⏎")
    selling.wait(lambda: selling.shown == "paymentDoneScreen")
    seen, sale = customer.state, selling.last_sale
    assert seen.mode is CustomerMode.DONE
    assert seen.amount == written(sale.change_minor)
    assert seen.is_back
    assert [x.value for x in seen.sums] == [
        written(sale.due_minor),
        *(written(x.amount_minor) for x in sale.tenders),
    ]
    customer.reads(seen.amount, seen.title)
    selling.scan(COLA_GTIN)
    assert [x.quantity for x in customer.state.lines] == ["×1"]


def test_a_tender_by_telephone_asks_for_the_payment_code(selling: ScreenTill) -> None:
    customer = Customer(selling)
    selling.scan(COLA_GTIN, FIRST_GTIN)
    selling.press("mainAction")
    assert customer.state.hint == ""
    selling.press("tender_code_group")
    assert customer.state.hint_icon == "barcode"
    customer.reads(customer.state.hint)


def test_a_reduced_line_shows_list_price_and_reason(selling: ScreenTill) -> None:
    customer = Customer(selling)
    selling.scan(SHIRT)
    selling.press("lineDiscount")
    give(selling, "10", "blemish")
    (line,) = customer.state.lines
    assert (line.total, line.struck) == ("116.10", "129.00")
    assert "9 折" in line.reason
    assert "\u221212.90" in line.reason
    customer.reads("116.10", "129.00", line.reason, "12.90")


def test_goods_that_come_back_and_the_money_that_goes_out(selling: ScreenTill) -> None:
    sale = sell(selling, COLA_GTIN, FIRST_GTIN)
    customer = Customer(selling)
    selling.scan(sale.number)
    assert customer.state.mode is CustomerMode.IDLE  # what was bought is nobody's here
    selling.touch_row("returnLines", sale.lines[0].name)
    (line,) = customer.state.lines
    paid = sale.lines[0].priced.total_minor
    assert line.is_returned
    assert line.total == written(-paid)
    assert customer.state.is_back
    assert customer.state.amount == written(paid)
    selling.press("returnReason_changed_mind")
    selling.press("mainAction")
    selling.wait(lambda: selling.shown == "paymentDoneScreen")
    given = selling.last_sale.refunds[0].amount_minor
    assert customer.state.mode is CustomerMode.DONE
    assert customer.state.amount == written(given)


# ------------------------------------------------------------------------- privacy


def test_what_is_the_staffs_is_never_shown(selling: ScreenTill) -> None:
    customer = Customer(selling)
    people = selling.work.counter.desk.catalog.everybody()
    names = {x.name for x in people} | {n for x in people for _l, n in x.names}
    seen: list[str] = []
    selling.scan(UNKNOWN_GTIN)
    assert customer.state.mode is CustomerMode.IDLE
    selling.scan(COLA_GTIN)
    assert len(customer.state.lines) == 1
    seen += customer.words()
    selling.press("function_price_check")
    selling.scan(SHIRT)
    seen += customer.words()
    selling.key(Qt.Key.Key_Escape)
    selling.scan(SHIRT)
    selling.press("lineDiscount")
    selling.type("25")
    selling.press("reductionReason_blemish")
    selling.press("reductionTake")
    assert selling.dialog == "approvalDialog"
    seen += customer.words()
    selling.key(Qt.Key.Key_Escape)
    whole = "\n".join(seen)
    leaked = [x for x in (*names, *PINS) if x and x in whole]
    leaked += [x for x in ("找不到", "未找到", "没找到", "6977", "批准") if x in whole]
    assert not leaked


def test_a_sale_that_is_looked_up_later_is_not_shown(selling: ScreenTill) -> None:
    customer = Customer(selling)
    selling.scan(COLA_GTIN)
    selling.pay_cash()
    assert customer.state.mode is CustomerMode.DONE
    selling.press("mainAction")
    assert customer.state.mode is CustomerMode.IDLE
    selling.flow.show_last_sale()
    assert selling.shown == "paymentDoneScreen"
    assert customer.state.mode is CustomerMode.IDLE


def test_a_locked_till_shows_no_basket_until_somebody_is_back(
    selling: ScreenTill,
) -> None:
    customer = Customer(selling)
    selling.scan(COLA_GTIN)
    selling.flow.lock()
    assert customer.state.mode is CustomerMode.IDLE
    selling.sign_on()
    selling.wait(lambda: selling.shown == "saleScreen")
    assert customer.state.mode is CustomerMode.BASKET


def test_thanks_end_by_themselves(selling: ScreenTill) -> None:
    customer = Customer(selling)
    selling.scan(COLA_GTIN)
    selling.pay_cash()
    assert customer.state.mode is CustomerMode.DONE
    go_idle(customer)
    assert customer.state.mode is CustomerMode.IDLE


# ------------------------------------------------------------------------- screens


def test_the_display_opens_moves_and_closes_with_its_screen(
    selling: ScreenTill,
) -> None:
    customer = Customer(selling)
    window, flow = customer.window, selling.app.customer
    assert flow.status().title == _("On screen {number}", number=2)
    moved = replace(SECOND, number=3, area=QRect(-800, 0, 800, 480))
    customer.screens.plug(CASHIERS, moved)
    assert customer.window is window
    customer.screens.plug(CASHIERS)
    assert flow.window is None
    customer.screens.plug(replace(CASHIERS, is_cashiers=False), moved)
    assert flow.window is not None
    only = replace(SECOND, is_cashiers=True)
    customer.screens.plug(only)  # never over the cashier's own screen
    assert flow.window is None


def test_a_setting_puts_it_away_and_names_a_screen(open_till) -> None:
    till = open_till(settings={"customer_screen": "DP-7"}).sign_on("1005")
    flow = till.app.customer
    with pytest.raises(AssertionError, match="no customer's window"):
        Customer(till)
    missing = _("Screen {name} is not connected", name="DP-7")
    assert flow.status().title == missing
    assert [key for key, _words in flow.choices()] == ["auto", "HDMI-1", "DP-7", "off"]
    till.flow.settings.on_setting_changed("customer_screen", "HDMI-1")
    till.wait(lambda: flow.window is not None)
    till.flow.settings.on_setting_changed("customer_screen", "off")
    till.wait(lambda: flow.window is None)
    assert flow.status().title == _("Switched off")
    kinds = till.journal(EntryKind.SETTINGS_CHANGED)
    assert kinds[-1]["after"] == {"customer_screen": "off"}


def test_keyboard_and_scanner_stay_the_cashiers(selling: ScreenTill) -> None:
    customer = Customer(selling)
    selling.settle()
    assert QApplication.activeWindow() is selling.window
    handle = customer.window.windowHandle()
    assert handle.flags() & Qt.WindowType.WindowDoesNotAcceptFocus
    selling.scan(COLA_GTIN)
    assert len(selling.basket) == 1
    selling.app._idle_ms = 5_000
    QTest.mouseClick(customer.window, Qt.MouseButton.LeftButton)
    assert selling.app._idle_ms == 5_000
    assert QApplication.activeWindow() is selling.window


def test_identify_shows_a_number_on_every_other_screen(selling: ScreenTill) -> None:
    customer = Customer(selling)
    flow = selling.app.customer
    third = replace(SECOND, number=3, name="DP-2")
    customer.screens.plug(CASHIERS, SECOND, third)
    assert flow.identify() == 2
    shown = [x for x in QApplication.topLevelWidgets() if x.isVisible()]
    names = {x.objectName() for x in shown}
    assert {"customerIdentify2", "customerIdentify3"} <= names
    assert "customerIdentify1" not in names
    flow.end_identify()
    assert QApplication.activeWindow() is selling.window


def test_a_trial_shows_an_example_also_without_a_second_screen(
    selling: ScreenTill,
) -> None:
    flow = selling.app.customer
    flow.trial()
    selling.settle()
    shown = [x.objectName() for x in QApplication.topLevelWidgets() if x.isVisible()]
    assert "customerWindow" in shown
    assert QApplication.activeWindow() is selling.window
    flow.end_trial()
    customer = Customer(selling)
    flow.trial()
    customer.look()
    assert customer.window.state.hint == Words("zh-CN")("This is an example")
    flow.end_trial()
    assert customer.state.mode is CustomerMode.IDLE


def test_training_is_marked(selling: ScreenTill) -> None:
    outside = Customer(selling)
    inside = enter_training(selling)
    assert selling.app.customer.window is None
    customer = Customer(inside)
    inside.flow.go_to_sale()
    inside.scan(COLA_GTIN)
    assert customer.state.mode is CustomerMode.BASKET
    customer.reads(customer.state.training)
    mark = Words("zh-CN")("Training · this is no real sale")
    assert customer.state.training == mark
    del outside


# ------------------------------------------------------------------ what moves there


def test_of_sixty_lines_the_newest_is_in_view(selling: ScreenTill) -> None:
    customer = Customer(selling)
    stamp = selling.work.counter.desk.stamp()
    selling.till.settings.change(stamp, merge_same_items=False)
    sale = selling.work.counter.sale
    sale.refresh_rules()
    unit = sale.scan(COLA_GTIN, None).unit
    for _each in range(59):
        sale.add_unit(unit, None)
    selling.flow.render()
    seen = customer.state
    basket = customer.window.basket
    newest = next(i for i, x in enumerate(seen.lines) if x.line_id == seen.newest)
    assert basket.first <= newest < basket.first + basket.rows
    customer.reads(seen.lines[newest].total)


def test_idle_pictures_follow_each_other_and_a_broken_one_is_passed_over(
    selling: ScreenTill,
) -> None:
    folder = selling.folder.customer
    put_picture(folder, "b.png", "#ff0000")
    put_picture(folder, "c.jpg", "#0000ff", (3000, 2000))
    (folder / "a.png").write_bytes(b"\x89PNG\r\n\x1a\nno picture")
    (folder / "readme.txt").write_text("no picture", "utf-8")
    customer = Customer(selling)
    idle = customer.window.idle
    go_idle(customer)
    selling.wait(lambda: idle.has_picture)
    selling.scan(COLA_GTIN)
    customer.look()
    assert not idle.has_picture
    assert customer.state.mode is CustomerMode.BASKET


def test_the_customer_reads_another_language_than_the_cashier(open_till) -> None:
    till = open_till(settings={"customer_language": "en"}).sign_on()
    customer = Customer(till)
    till.scan(COLA_GTIN)
    assert customer.state.label == "You pay"
    assert customer.state.count == "1 item"
    till.sees("应收")


SCREENS = ((800, 480), (1024, 600), (1366, 768), (600, 1024))


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
def test_every_word_of_a_sale_can_be_read_on_any_screen(open_till, language) -> None:
    till = open_till(settings={"customer_language": language}).sign_on()
    customer = Customer(till)
    faults = unreadable(customer)
    till.scan(COLA_GTIN, FIRST_GTIN, SECOND_GTIN, SHIRT)
    till.press("lineDiscount")
    give(till, "10", "blemish")
    faults += unreadable(customer)
    till.press("mainAction")
    till.press("tender_code_group")
    faults += unreadable(customer)
    till.press("tender_cash")
    till.pad("50⏎")
    faults += unreadable(customer)
    till.pad("100⏎")
    till.wait(lambda: till.shown == "paymentDoneScreen")
    faults += unreadable(customer)
    assert not faults


def unreadable(customer: Customer) -> list[str]:
    """Name the words that are cut off or painted over others, on every screen."""
    found = []
    for width, height in SCREENS:
        customer.window.resize(width, height)
        customer.look()
        words = painted(customer.window)
        assert words
        found += [
            f"{x.text} in {width}x{height}"
            for x in words
            if x.area.left() < 0 or x.area.right() > width or x.area.bottom() > height
        ]
        found += overlapping(words)
    return found


def test_the_page_finds_tries_and_changes_the_display(open_till) -> None:
    till = open_till().sign_on("1005")
    customer = Customer(till)
    till.press("function_settings")
    till.press("go-customer")
    till.sees(_("On screen {number}", number=2), SECOND.name)
    till.press("displayTrial")
    assert customer.window.state.hint
    till.app.customer.end_trial()
    till.press("displayIdentify")
    shown = [x.objectName() for x in QApplication.topLevelWidgets() if x.isVisible()]
    assert "customerIdentify2" in shown
    till.app.customer.end_identify()
    till.press("sound_paid")
    assert till.heard == [Sound.PAID]
    till.press("segment-choice-sounds-low")
    till.press("segment-choice-customer_idle_s-60")
    now = till.work.counter.desk.settings
    till.wait(lambda: now.current.customer_idle_s == 60)
    assert now.current.sounds == "low"
    till.press("segment-choice-customer_screen-off")
    till.wait(lambda: till.app.customer.window is None)
    till.sees(_("Switched off"))
