"""Prices with a start: set in the back office, in force at their minute at the counter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from tests.journeys.screen_till import COLA_GTIN, ScreenTill, copy_shop
from ui.presenters.sale_state import TileView

MANAGER, CASHIER = "1005", "1001"
ENTER = Qt.Key.Key_Return


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    till.sign_on(MANAGER)
    return till


def go_to_prices(till: ScreenTill) -> None:
    till.press("tab_office")
    till.press("go-prices")


def choose_cola(till: ScreenTill) -> None:
    till.press("priceSearch")
    till.type("210012")
    till.wait(lambda: bool(page(till).list.rows))
    till.key(ENTER)


def page(till: ScreenTill):
    return till.flow.features.back_office.screen.stack.currentWidget()


def part(till: ScreenTill):
    return till.flow.features.back_office.part


def cola(till: ScreenTill) -> str:
    return str(till.work.counter.sale.look_up(COLA_GTIN).unit.unit_id)


def price_now(till: ScreenTill) -> int:
    return int(till.work.counter.sale.look_up(COLA_GTIN).unit.price.minor)


def tile(till: ScreenTill, unit_id: str) -> TileView:
    goods = till.flow.sale.view.goods
    for tab in goods.tabs():
        for found in goods.tiles(tab.key):
            if found.key == unit_id:
                return found
    raise AssertionError(unit_id)


def fill_in(till: ScreenTill, name: str, text: str) -> None:
    field = till.find(name)
    till.touch(field, field.rect().center())
    till.key("a", Qt.KeyboardModifier.ControlModifier)
    till.type(text)


def store_price(till: ScreenTill, price: str, *, minutes: int | None = None) -> None:
    """Type a new price of what is chosen; from so many minutes on, or from now."""
    before = len(part(till).state.unit.rows)
    till.press("newPrice")
    fill_in(till, "edit-newPrice", price)
    if minutes is not None:
        start = till.work.local_now() + timedelta(minutes=minutes)
        till.press("segment-begins-later")
        fill_in(till, "day-start", start.date().isoformat())
        fill_in(till, "time-start", start.strftime("%H:%M"))
    till.press("newPriceSave")
    till.wait(lambda: till.dialog == "")
    assert len(part(till).state.unit.rows) == before + 1


def pass_minutes(till: ScreenTill, minutes: int) -> None:
    """Put the machine's clock on to just before a minute's beginning plus some."""
    till.clock.ahead_s += 60 * minutes
    till.flow.render()
    till.settle()


def test_a_cashier_sees_no_prices(till: ScreenTill) -> None:
    till.sign_on(CASHIER)
    if till.is_there("tab_office"):
        till.press("tab_office")
    assert not till.is_there("go-prices")


def test_a_price_from_now_on_is_on_the_tile_and_in_the_next_basket(office) -> None:
    unit_id, was = cola(office), price_now(office)
    go_to_prices(office)
    choose_cola(office)
    store_price(office, "9.99")
    assert office.message == _(
        "Price stored: {name}", name=part(office).state.unit.title
    )
    (entry,) = office.journal(EntryKind.PRICE_CHANGED)
    assert (entry["unit_id"], entry["before"]) == (unit_id, None)
    assert entry["after"]["price"] == "9.99"
    office.press("tab_sale")
    assert price_now(office) == 999 != was
    office.scan(COLA_GTIN)
    assert office.lines[0].unit.price.minor == 999


def test_the_minute_passes_while_a_basket_is_open(office) -> None:
    unit_id, was = cola(office), price_now(office)
    go_to_prices(office)
    choose_cola(office)
    store_price(office, "1.11", minutes=10)
    office.press("tab_sale")
    office.scan(COLA_GTIN)
    pass_minutes(office, 11)
    assert tile(office, unit_id).price_minor == was
    office.scan(COLA_GTIN)
    (line,) = office.lines
    assert (line.unit.price.minor, f"{line.quantity:f}") == (was, "2")
    office.pay_cash()
    assert tile(office, unit_id).price_minor == 111
    old_row = office.last_sale.lines[0].price_id
    office.scan(COLA_GTIN)
    assert office.lines[0].unit.price.minor == 111
    office.pay_cash()
    assert office.last_sale.lines[0].price_id != old_row


def test_a_crash_in_between_changes_nothing(office, open_till, tmp_path) -> None:
    was = price_now(office)
    go_to_prices(office)
    choose_cola(office)
    store_price(office, "1.11", minutes=10)
    office.press("tab_sale")
    office.scan(COLA_GTIN)
    office.till.ledger.flush()
    killed = copy_shop(office.folder, tmp_path / "killed")
    office.stop()
    again = open_till(killed)
    again.clock.ahead_s = 11 * 60
    again.sign_on(MANAGER)
    if again.shown != "saleScreen":
        again.key(Qt.Key.Key_Escape)
    again.scan(COLA_GTIN)
    (line,) = again.lines
    assert (line.unit.price.minor, f"{line.quantity:f}") == (was, "2")


def test_the_tile_changes_at_its_moment_without_a_touch(office, qtbot) -> None:
    unit_id = cola(office)
    desk = office.work.counter.desk
    from pos_app.services.prices import PriceDraft

    soon = type(desk.clock.now())(desk.clock.now().unix_ms + 1500)
    change = office.work.counter.prices.schedule(PriceDraft(unit_id, 222, soon))
    office.work.upkeep.catalog_change(change)()
    office.flow.render()
    office.settle()
    assert office.flow.prices.next == soon
    with qtbot.waitSignal(office.flow.prices.struck):
        pass
    assert desk.clock.now() >= soon
    assert tile(office, unit_id).price_minor == 222
    assert office.flow.prices.next is None


def test_a_price_to_come_stands_in_the_lists_and_is_cancelled(office) -> None:
    go_to_prices(office)
    choose_cola(office)
    store_price(office, "1.11", minutes=10)
    office.press("segment-pricesTabs-coming")
    office.touch_row("priceUnits", "¥1.11")
    office.touch_row("priceRows", "¥1.11")
    office.press("priceAction")
    office.wait(lambda: not part(office).is_working)
    assert len(part(office).state.unit.rows) == 1
    office.sees(_("No price changes to come"))
    assert len(office.journal(EntryKind.PRICE_CHANGED)) == 2


def test_what_changes_today_is_a_list_for_the_shelf(office) -> None:
    go_to_prices(office)
    choose_cola(office)
    store_price(office, "1.11")
    office.press("segment-pricesTabs-day")
    assert len(page(office).list.rows) == 1
    office.press("priceDay-1")
    office.sees(_("No price changes that day"))
    office.press("priceDay0")
    assert len(page(office).list.rows) == 1


def test_a_price_for_a_while_is_ended_now_and_falls_back(office) -> None:
    was = price_now(office)
    go_to_prices(office)
    choose_cola(office)
    office.press("newPrice")
    fill_in(office, "edit-newPrice", "2")
    office.press("segment-ends-until")
    office.press("newPriceSave")
    office.wait(lambda: office.dialog == "")
    assert price_now(office) == 200
    office.press("priceAction")
    office.wait(lambda: price_now(office) == was)


def test_a_start_in_the_past_is_refused_and_now_is_one_key_away(office) -> None:
    go_to_prices(office)
    choose_cola(office)
    office.press("newPrice")
    fill_in(office, "edit-newPrice", "2")
    office.press("segment-begins-later")
    fill_in(office, "day-start", "2020-01-01")
    assert not office.can_press("newPriceSave")
    office.sees(_("That moment is over: what was sold then keeps its price."))
    office.press("segment-begins-now")
    assert office.can_press("newPriceSave")


def test_a_price_of_zero_asks_first(office) -> None:
    go_to_prices(office)
    choose_cola(office)
    office.press("newPrice")
    fill_in(office, "edit-newPrice", "0")
    office.press("newPriceSave")
    assert office.dialog == "zeroPriceQuestion"
    office.press("answer-retype")
    assert office.dialog == "newPriceDialog"
    office.press("newPriceSave")
    office.press("answer-free")
    office.wait(lambda: price_now(office) == 0)


def test_what_is_typed_survives_a_lock(office) -> None:
    go_to_prices(office)
    choose_cola(office)
    office.press("newPrice")
    fill_in(office, "edit-newPrice", "3.21")
    office.flow.lock()
    office.settle()
    office.sign_on(MANAGER)
    go_to_prices(office)
    office.press("newPrice")
    assert office.find("edit-newPrice").text() == "3.21"


def test_a_scan_on_the_page_begins_a_sale_unless_the_search_is_open(office) -> None:
    go_to_prices(office)
    office.press("priceSearch")
    office.scan(COLA_GTIN)
    assert (office.shown, office.lines) == ("backOfficeScreen", ())
    assert page(office).right.accessibleName() != _("Prices")
    office.press("newPrice")
    office.press("dialogClose")
    page(office).search.stop()
    office.scan(COLA_GTIN)
    assert office.shown == "saleScreen"
    assert len(office.lines) == 1
