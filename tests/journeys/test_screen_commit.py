"""What happens while a sale is on its way to the disk, and after a kill."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt

from pos_app.ports.ledger import UnitOfWork
from tests.journeys.screen_till import (
    COLA,
    COLA_GTIN,
    FIRST_GTIN,
    SECOND_GTIN,
    ScreenTill,
    copy_shop,
)

CTRL = Qt.KeyboardModifier.ControlModifier
THREE = [COLA_GTIN, FIRST_GTIN, SECOND_GTIN]


@contextmanager
def slow_disk(till: ScreenTill) -> Iterator[None]:
    """Let nothing reach the disk until the block is left."""
    gate = threading.Event()

    def wait(_unit: UnitOfWork) -> None:
        assert gate.wait(120)

    till.till.ledger.submit(wait)
    try:
        yield
    finally:
        gate.set()


def test_scans_during_the_commit_land_in_the_next_sale_in_order(selling):
    selling.scan(COLA_GTIN)
    with slow_disk(selling):
        selling.press("quickCash2")
        selling.scan(*THREE, COLA_GTIN)
        assert selling.shown != "paymentDoneScreen"
    selling.wait(lambda: selling.shown == "saleScreen" and len(selling.basket) == 3)
    assert selling.sold == [(COLA, "1")]
    assert [line.scanned for line in selling.lines] == THREE
    assert selling.basket[0] == (COLA, "2")


def test_payment_pressed_twice_ends_one_sale(selling):
    selling.scan(COLA_GTIN)
    selling.press("mainAction")
    with slow_disk(selling):
        selling.press("mainAction")
        selling.sees("处理中")
        selling.key(Qt.Key.Key_F12)
        selling.key(Qt.Key.Key_Return)
        selling.key(Qt.Key.Key_Escape)
        assert selling.shown == "paymentScreen"
    selling.wait(lambda: selling.shown == "paymentDoneScreen")
    assert len(selling.till.ledger.recent_sales(9)) == 1


def test_lock_during_the_commit_waits_for_it_and_shows_the_change_later(selling):
    selling.scan(COLA_GTIN)
    with slow_disk(selling):
        selling.press("quickCash1")
        selling.key("l", CTRL)
    selling.wait(lambda: selling.shown == "signOnScreen")
    selling.sign_on("1001")
    assert selling.shown == "paymentDoneScreen"
    selling.sees("找零", "2.00")


def test_twenty_scans_a_second_for_ten_seconds_all_arrive(selling):
    for _scan in range(200):
        selling.scan_quickly(COLA_GTIN, gap_ms=50 - 2 * 14)
    selling.settle()
    assert selling.basket == [(COLA, "200")]
    assert selling.work.counter.sale.priced.total_minor == 60_000
    selling.till.ledger.flush()
    stored = selling.till.ledger.open_sale()
    assert stored is not None
    assert [line.quantity for line in stored.basket.lines] == [200]


def test_scans_without_an_enter_and_with_one_are_the_same(selling):
    for code in THREE:
        selling.scan_quickly(code, gap_ms=200)
    selling.settle()
    assert [line.scanned for line in selling.lines] == THREE


def test_killed_till_shows_the_last_sale_first_and_then_the_open_basket(
    selling, open_till, tmp_path
):
    selling.scan(COLA_GTIN)
    sale = selling.pay_cash()
    selling.scan(FIRST_GTIN, SECOND_GTIN)
    selling.till.ledger.flush()
    after = open_till(copy_shop(selling.folder, tmp_path / "killed"))
    after.sees("购物单已保留：2 件")
    after.sign_on("1001")
    assert after.shown == "paymentDoneScreen"
    after.sees(sale.number, "找零")
    after.key(Qt.Key.Key_Return)
    assert after.shown == "saleScreen"
    assert [line.scanned for line in after.lines] == [FIRST_GTIN, SECOND_GTIN]
    after.pay_cash()
    assert after.last_sale.number > sale.number


def test_killed_till_with_money_taken_goes_on_with_the_payment(
    selling, open_till, tmp_path
):
    selling.scan(COLA_GTIN)
    selling.press("mainAction")
    selling.pad("1⏎")
    selling.till.ledger.flush()
    after = open_till(copy_shop(selling.folder, tmp_path / "killed"))
    after.sign_on("1001")
    assert after.shown == "paymentScreen"
    assert [tender.amount_minor for tender in after.tenders] == [100]
    after.sees("2.00", "已收 1 笔")
    after.press("mainAction")
    after.wait(lambda: after.shown == "paymentDoneScreen")
    assert [t.amount_minor for t in after.last_sale.tenders] == [100, 200]


def test_clean_restart_goes_straight_to_the_open_basket(selling, open_till):
    selling.scan(COLA_GTIN)
    selling.pay_cash()
    selling.scan(FIRST_GTIN)
    selling.stop()
    after = open_till(selling.folder)
    after.sign_on("1001")
    assert after.shown == "saleScreen"
    assert [line.scanned for line in after.lines] == [FIRST_GTIN]
