"""A scanner that the till holds for itself sells as the one that types does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.documents.layout import Barcode, Layout
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
    ScanEvent,
)
from tests.journeys.screen_till import COLA_GTIN, FIRST_GTIN, SECOND_GTIN, ScreenTill
from ui.scan_sources import ScanSources

#: Of the sample shop's cashier 1002.
CASHIER_BADGE = "GTB1002H3T8W6C1N9"
Open = Callable[..., ScreenTill]


def add_scanner(till: ScreenTill, role: str, kind: ConnectionKind) -> None:
    book, desk = till.work.counter.desk.device_book, till.work.counter.desk
    device = DeviceSettings(
        role,
        DeviceCategory.SCANNER,
        "",
        "scanner_virtual",
        Connection(kind),
        {"role": role},
    )
    book.adopt(book.begin_put(desk.stamp(), device).result(30))


def scan(till: ScreenTill, code: str, scanner: str = "sale") -> None:
    till.bridge.tell_scan(ScanEvent(scanner, code))
    till.settle()


def test_goods_of_a_held_scanner_are_sold_like_typed_ones(open_till: Open) -> None:
    till = open_till()
    till.sign_on()
    scan(till, FIRST_GTIN)
    scan(till, "]E0" + FIRST_GTIN)
    till.scan(FIRST_GTIN)
    assert [count for _, count in till.basket] == ["3"]


@pytest.mark.parametrize("identifier", ["", "]C0", "]Q1", "]d1"])
def test_a_badge_signs_on_whatever_its_scanner_puts_before_it(
    open_till: Open, identifier: str
) -> None:
    """The set-up sheet asks for the identifiers of all symbologies."""
    till = open_till()
    scan(till, identifier + CASHIER_BADGE)
    till.wait(lambda: till.work.counter.desk.session.staff is not None)
    assert till.work.counter.desk.session.cashier.number == "1002"


def test_a_scan_is_not_typed_into_the_field_that_has_the_focus(open_till: Open) -> None:
    till = open_till()
    till.sign_on()
    QTest.keyClick(till.window, Qt.Key.Key_F3)
    scan(till, FIRST_GTIN)
    assert len(till.lines) == 1


def test_a_price_check_scanner_never_touches_the_basket(open_till: Open) -> None:
    till = open_till()
    add_scanner(till, "price_check", ConnectionKind.VIRTUAL)
    till.sign_on()
    scan(till, FIRST_GTIN)
    before = till.basket
    scan(till, SECOND_GTIN, "price_check")
    assert till.basket == before
    assert till.flow.features.price_check.is_shown
    till.scan(COLA_GTIN)
    assert len(till.lines) == 2


def test_a_price_check_during_payment_leaves_the_payment_alone(open_till: Open) -> None:
    till = open_till()
    add_scanner(till, "price_check", ConnectionKind.VIRTUAL)
    till.sign_on()
    scan(till, FIRST_GTIN)
    till.flow.go_to_payment()
    till.settle()
    shown = till.shown
    scan(till, SECOND_GTIN, "price_check")
    assert till.shown == shown
    assert len(till.lines) == 1


def test_before_anybody_signed_on_a_scan_is_refused_in_words(open_till: Open) -> None:
    till = open_till()
    scan(till, FIRST_GTIN)
    scan(till, FIRST_GTIN, "price_check")
    assert till.lines == ()
    assert till.beeps == 2


def test_what_is_scanned_while_a_sale_is_committed_is_sold_next(
    open_till: Open,
) -> None:
    till = open_till()
    till.sign_on()
    scan(till, FIRST_GTIN)
    till.flow.sale.hold()
    scan(till, SECOND_GTIN)
    scan(till, COLA_GTIN)
    assert len(till.lines) == 1
    till.flow.sale.release()
    till.settle()
    assert len(till.lines) == 3


def test_where_a_scanner_s_keys_arrive_too_each_scan_is_sold_once(
    open_till: Open,
) -> None:
    till = open_till()
    add_scanner(till, "sale", ConnectionKind.KEYBOARD)
    till.sign_on()
    sources = ScanSources(till.app, till.keys_ms, types_too=True)
    till.app.wedge.scanned.disconnect(till.app.flow.on_scanned)
    till.app.wedge.scanned.connect(sources.on_typed)
    till.bridge.scanned.disconnect(till.app.scans.on_event)
    till.bridge.scanned.connect(sources.on_event)
    till.scan(FIRST_GTIN)
    scan(till, FIRST_GTIN)
    scan(till, SECOND_GTIN)
    till.scan(SECOND_GTIN)
    till.keys_ms.now_ms += 10_000
    sources._on_due()
    assert [count for _, count in till.basket] == ["1", "1"]
    till.scan(COLA_GTIN)  # of a scanner that nobody held
    till.keys_ms.now_ms += 10_000
    sources._on_due()
    assert len(till.lines) == 3


@pytest.mark.parametrize("code", ["x" * 4096, "\x1d" * 300, "🛒" * 200, "]C1"])
def test_whatever_a_scanner_sends_the_till_goes_on(open_till: Open, code: str) -> None:
    till = open_till()
    till.sign_on()
    scan(till, code)
    scan(till, FIRST_GTIN)
    assert (FIRST_GTIN, "1") in [(x.scanned, str(x.quantity)) for x in till.lines]


def test_a_code_in_a_picture_is_looked_up_and_not_sold(
    open_till: Open, tmp_path: Path
) -> None:
    till = open_till()
    till.sign_on()
    check = till.flow.features.price_check
    check.open()
    layout = Layout((Barcode("ean13", FIRST_GTIN),), "en")
    picture = tmp_path / "shelf.png"
    picture.write_bytes(till.work.upkeep.draw(layout, 80))
    check.read_picture(str(picture))
    till.qtbot.waitUntil(lambda: bool(check.presenter.state.facts))
    assert till.lines == ()
    picture.write_bytes(b"no picture")
    before = till.beeps
    check.read_picture(str(picture))
    till.qtbot.waitUntil(lambda: till.beeps > before)


def test_the_page_of_a_scanner_shows_its_sheet_and_prints_it(open_till: Open) -> None:
    till = open_till()
    add_scanner(till, "sale", ConnectionKind.VIRTUAL)
    till.sign_on("1003")
    tests = till.flow.features.hardware.presenter.tests
    device = till.work.counter.desk.device_book.device("sale")
    assert device is not None
    tests.draw(device)
    till.qtbot.waitUntil(lambda: bool(tests.view(device).png))
    tests.run(device)
    till.qtbot.waitUntil(lambda: bool(tests.view(device).note))
    assert not tests.view(device).asks
