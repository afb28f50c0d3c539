"""Goods come in, go bad and are put right: at the till's own back office."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.domain.stock_document import StockKind
from tests.counter_shop import prove
from tests.journeys.screen_till import (
    COLA_GTIN,
    FIRST_GTIN,
    UNKNOWN_GTIN,
    ScreenTill,
    copy_shop,
)
from ui.presenters.items import ItemsPart

MANAGER, SUPERVISOR = "1005", "1004"


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    """Return a till at which the manager looks at the stock."""
    till.sign_on(MANAGER)
    return open_stock(till)


def open_stock(till: ScreenTill) -> ScreenTill:
    till.press("tab_office")
    till.press("go-stock")
    return till


def stock_of(till: ScreenTill, gtin: str) -> Decimal:
    till.till.ledger.flush()
    found = till.work.counter.sale.look_up(gtin)
    assert found is not None
    thousandths = till.till.ledger.stock_thousandths(found.unit.item_id)
    return Decimal(thousandths) / 1000


def part(till: ScreenTill):
    return till.flow.features.back_office.part


def wait_for_page(till: ScreenTill, page: str) -> None:
    till.wait(lambda: part(till).state.page == page and not part(till).is_working)


def test_a_delivery_is_scanned_booked_and_printed(office):
    office.press("stockWrite-received")
    office.scan(COLA_GTIN, FIRST_GTIN, COLA_GTIN)
    office.pad("24⏎")
    assert office.says("+24") or office.says("+ 24")
    office.press("segment-stockEntryField-cost")
    office.pad("1.25⏎")
    office.press("stockKey-book")
    wait_for_page(office, "document")
    assert stock_of(office, COLA_GTIN) == 24
    assert stock_of(office, FIRST_GTIN) == 1
    body = office.journal(EntryKind.STOCK_RECEIVED)[0]
    assert [(x["before"], x["after"]) for x in body["lines"]] == [
        ("0", "24"),
        ("0", "1"),
    ]
    assert body["number"] in office.wait_for_slips(1)[0]
    office.sees(body["number"])
    prove(office.till)


def items_part(till: ScreenTill) -> ItemsPart:
    found = part(till)
    assert isinstance(found, ItemsPart)
    return found


def test_a_red_line_is_registered_and_the_document_goes_on(office):
    office.press("stockWrite-received")
    office.scan(UNKNOWN_GTIN, COLA_GTIN)
    assert not office.is_there("stockKey-register")
    office.touch_row("tableRows", UNKNOWN_GTIN)
    office.pad("6⏎")
    assert not office.is_there("stockKey-prints")
    office.press("stockKey-register")
    items = items_part(office)
    assert items.card is not None
    assert [x.code for x in items.card.form.codes()] == [UNKNOWN_GTIN]
    items.on_typed("name", "手工皂")
    items.on_typed("unit0.price", "9.90")
    office.press("item_save")
    office.wait(lambda: office.flow.features.back_office.shown_key == "stock")
    wait_for_page(office, "writing")
    office.sees("手工皂")
    assert not office.is_there("stockKey-register")
    office.press("stockKey-book")
    wait_for_page(office, "document")
    assert stock_of(office, UNKNOWN_GTIN) == 6


def test_registering_given_up_leads_back_to_the_document(office):
    office.press("stockWrite-wasted")
    office.scan(UNKNOWN_GTIN)
    office.press("stockKey-register")
    office.key(Qt.Key.Key_Escape)
    wait_for_page(office, "writing")
    office.sees(UNKNOWN_GTIN)


def test_who_may_not_change_items_is_not_offered_it(till):
    till.sign_on(SUPERVISOR)
    open_stock(till)
    till.press("stockWrite-received")
    till.scan(UNKNOWN_GTIN)
    assert not till.is_there("stockKey-register")


def test_an_unknown_code_stands_red_and_is_booked_only_once_it_is_gone(office):
    office.press("stockWrite-received")
    office.scan(UNKNOWN_GTIN, COLA_GTIN)
    assert not office.can_press("stockKey-book")
    office.touch_row("tableRows", UNKNOWN_GTIN)
    office.press("stockKey-remove")
    assert office.can_press("stockKey-book")
    office.press("stockKey-remove")  # it says "Bring back" now
    assert not office.can_press("stockKey-book")
    office.press("stockKey-remove")
    office.press("stockKey-book")
    wait_for_page(office, "document")
    assert stock_of(office, COLA_GTIN) == 1


def test_goods_without_a_code_are_found_by_name(office):
    office.press("stockWrite-received")
    office.press("stockAddField")
    office.type("kele")
    office.touch_row("tableRows", "可乐")
    assert len(part(office).writing.draft.lines) == 1
    assert part(office).state.writing.search == ""


def test_a_supervisor_writes_off_with_the_managers_word(till):
    till.sign_on(SUPERVISOR)
    open_stock(till)
    till.press("stockWrite-wasted")
    till.scan(COLA_GTIN)
    assert not till.can_press("stockKey-book")  # no reason yet
    till.press("stockReason_broken")
    till.press("stockKey-book")
    assert till.dialog == "approvalDialog"
    assert stock_of(till, COLA_GTIN) == 0


def test_an_adjustment_goes_up_or_down(office):
    office.press("stockWrite-adjusted")
    office.press("segment-stockEntryField-down")
    office.scan(COLA_GTIN)
    office.pad("3⏎")
    office.press("stockReason_missing")
    office.press("stockKey-book")
    wait_for_page(office, "document")
    assert stock_of(office, COLA_GTIN) == -3
    office.press("stockDocumentHeadBack")
    part(office).list.search("可乐")
    office.wait(lambda: any("▼" in words for words in office.words()))


def test_a_wrong_delivery_is_undone_by_a_new_document(office):
    office.press("stockWrite-received")
    office.scan(COLA_GTIN)
    office.press("stockKey-book")
    wait_for_page(office, "document")
    office.press("stockUndo")
    assert stock_of(office, COLA_GTIN) == 1  # asked once more first
    office.press("stockUndo")
    office.wait(lambda: len(office.journal(EntryKind.STOCK_RECEIVED)) == 2)
    wait_for_page(office, "document")
    assert stock_of(office, COLA_GTIN) == 0
    assert not office.can_press("stockUndo")
    office.press("stockDocumentHeadBack")
    office.press("stockDocuments")
    assert len(part(office).state.documents.table.rows) == 2
    prove(office.till)


def test_the_history_shows_each_move_and_opens_its_document(office):
    office.press("stockWrite-received")
    office.scan(COLA_GTIN)
    office.pad("10⏎")
    office.press("stockKey-book")
    wait_for_page(office, "document")
    office.press("tab_sale")
    office.scan(COLA_GTIN)
    sale = office.pay_cash()
    office.press("tab_office")
    office.scan(COLA_GTIN)  # shows the item, and does not sell it
    assert office.lines == ()
    office.wait(lambda: len(part(office).state.history.table.rows) == 2)
    office.sees(sale.number)
    office.press("segment-stockMoveKinds-sold")
    office.wait(lambda: len(part(office).state.history.table.rows) == 1)
    office.touch_row("tableRows", sale.number)
    office.wait(lambda: bool(part(office).state.document.png))
    office.sees(sale.number)
    office.key(Qt.Key.Key_Escape)
    assert part(office).state.page == "history"


def test_what_was_begun_is_there_after_the_power_failed(office, open_till, tmp_path):
    office.press("stockWrite-received")
    office.scan(COLA_GTIN, FIRST_GTIN)
    office.pad("7⏎")
    office.till.ledger.flush()
    folder = copy_shop(office.folder, tmp_path / "as_killed")
    again = open_till(folder).sign_on(MANAGER)
    open_stock(again)
    again.press("stockWrite-received")
    lines = part(again).writing.draft.lines
    assert [x.quantity for x in lines] == [1, 7]
    again.press("stockKey-book")
    wait_for_page(again, "document")
    assert stock_of(again, FIRST_GTIN) == 7
    prove(again.till)


def test_throwing_a_draft_away_is_asked_once_more(office):
    office.press("stockWrite-received")
    office.scan(COLA_GTIN)
    office.press("stockKey-give_up")
    assert len(part(office).writing.draft.lines) == 1
    office.press("stockKey-give_up")
    assert part(office).state.page == "list"
    assert not office.work.counter.stock_drafts.is_begun(StockKind.RECEIVED)


def test_who_may_not_look_at_the_stock_sees_no_way_to_it(selling):
    assert not selling.is_there("tab_office") or not selling.is_there("go-stock")
