"""A newcomer's first sale: sign on, scan, weigh, change lines, take cash."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from tests.journeys.screen_till import (
    AMERICANO,
    APPLES,
    BANANA,
    COLA,
    COLA_GTIN,
    FIRST_GTIN,
    SECOND_GTIN,
)

CTRL = Qt.KeyboardModifier.ControlModifier
#: The shop's label for 0.382 kg of apples (rule 21), and for 12.34 worth (rule 22).
WEIGHT_LABEL, PRICE_LABEL = "2110002003829", "2210002012347"


def test_wrong_pin_says_how_many_tries_are_left_and_the_right_one_opens(till):
    till.press("staff-1001")
    for digit in "1111":
        till.press(f"pin-D{digit}")
    till.press("signOn")
    assert till.shown == "signOnScreen"
    till.sees("PIN 不对，再错 4 次将锁定")
    assert till.beeps == 1
    till.sign_on("1001")
    assert till.shown == "saleScreen"
    assert till.message == "登录：收银员一" or "收银员一" in till.message
    assert len(till.journal(EntryKind.SIGN_ON_FAILED)) == 1
    assert till.journal(EntryKind.SIGNED_ON) == [{"by": "pin"}]


def test_five_wrong_pins_lock_the_pad_and_the_screen_counts_down(till):
    till.press("staff-1001")
    for _try in range(5):
        till.type("1111")
        till.key(Qt.Key.Key_Return)
    till.sees("已锁定")
    assert not till.can_press("signOn")
    till.clock.ahead_s += 31
    till.press("staff-1001")
    till.sign_on("1001")
    assert till.shown == "saleScreen"


def test_scans_tiles_and_quantities_stand_on_the_ticket_and_in_the_ledger(selling):
    selling.scan(FIRST_GTIN, SECOND_GTIN)
    selling.pad("3×")
    selling.sees("3 ×")
    selling.scan(COLA_GTIN)
    selling.tile("现磨美式")
    assert [count for _sku, count in selling.basket] == ["1", "1", "3", "1"]
    assert selling.basket[2:] == [(COLA, "3"), (AMERICANO, "1")]
    due = selling.work.counter.sale.priced.total_minor
    selling.sees("本单 · 4 行", "6 件", f"{due // 100}.{due % 100:02}")
    expected = selling.basket
    sale = selling.pay_cash()
    assert selling.sold == expected
    assert sale.priced.total_minor == due


def test_weighed_goods_ask_for_the_weight_and_labels_bring_their_own(selling):
    selling.scan(BANANA)
    assert selling.dialog == "weightDialog"
    selling.sees("多重？", "公斤")
    assert not selling.can_press("weightTake")
    selling.pad("0.382")
    selling.sees("0.382")
    selling.pad("⏎")
    assert selling.dialog == ""
    assert selling.basket == [(BANANA, "0.382")]
    selling.sees("0.382 kg")
    selling.scan(WEIGHT_LABEL, PRICE_LABEL)
    weighed, priced = selling.lines[1:]
    assert (weighed.unit.sku, weighed.quantity) == (APPLES, Decimal("0.382"))
    assert (priced.unit.sku, priced.total_minor) == (APPLES, 1234)
    selling.sees("12.34")


def test_weight_that_was_not_given_adds_nothing(selling):
    selling.scan(BANANA)
    selling.press("dialogClose")
    assert (selling.dialog, selling.basket) == ("", [])
    selling.scan(BANANA)
    selling.scan(COLA_GTIN)  # the next goods instead of a weight
    assert selling.dialog == ""
    assert selling.basket == [(COLA, "1")]


def test_line_keys_change_the_line_and_delete_is_undone(selling):
    selling.scan(FIRST_GTIN, COLA_GTIN)
    selling.press("linePlus")
    selling.press("linePlus")
    selling.press("lineMinus")
    assert selling.basket[1] == (COLA, "2")
    selling.pad("5")
    selling.press("lineQuantity")
    assert selling.basket[1] == (COLA, "5")
    selling.press("lineDelete")
    assert len(selling.basket) == 1
    assert selling.is_there("toast")
    toast = selling.find("toast")
    selling.touch(toast, toast.undo_area().center())
    assert selling.basket[1] == (COLA, "5")
    assert not selling.is_there("toast")
    selling.select("可乐味汽水")
    selling.key(Qt.Key.Key_Delete)
    selling.key(Qt.Key.Key_Z, CTRL)
    assert selling.basket[1] == (COLA, "5")
    assert len(selling.journal(EntryKind.LINE_VOIDED)) == 2
    assert len(selling.journal(EntryKind.LINE_RESTORED)) == 2


def test_minus_below_one_deletes_with_an_undo(selling):
    selling.scan(COLA_GTIN)
    selling.press("lineMinus")
    assert selling.basket == []
    assert selling.is_there("toast")
    selling.key(Qt.Key.Key_Z, CTRL)
    assert selling.basket == [(COLA, "1")]


def test_note_is_typed_shown_and_printed(selling):
    selling.scan(COLA_GTIN)
    selling.press("lineWhy")
    selling.press("whyNote")
    assert selling.dialog == "noteDialog"
    selling.type("gift")
    selling.press("noteSave")
    selling.sees("gift")
    selling.pay_cash()
    assert selling.last_sale.lines[0].note == "gift"
    assert "gift" in selling.wait_for_slips(1)[0]


def test_note_belongs_to_the_line_it_was_written_for(selling):
    selling.scan(COLA_GTIN)
    selling.press("lineWhy")
    selling.press("whyNote")
    selling.scan(FIRST_GTIN)  # a scan while the note is being written
    if selling.dialog:
        selling.type("gift")
        selling.press("noteSave")
    notes = {line.unit.sku: line.note for line in selling.lines}
    assert notes[COLA] in {"gift", ""}
    assert all(not note for sku, note in notes.items() if sku != COLA)


def test_more_than_99_is_asked_once(selling):
    selling.scan(COLA_GTIN)
    selling.pad("120")
    selling.press("lineQuantity")
    selling.sees("真的是 120 件？")
    selling.press("answer-retype")
    assert selling.basket == [(COLA, "1")]
    selling.pad("120")
    selling.press("lineQuantity")
    selling.press("answer-take")
    assert selling.basket == [(COLA, "120")]


def test_quick_cash_ends_the_sale_and_the_done_screen_stays_until_the_next_scan(
    selling,
):
    selling.scan(COLA_GTIN)  # 3.00
    selling.sees("现金 ¥5", "找 ¥2.00")
    selling.press("quickCash1")
    selling.wait(lambda: selling.shown == "paymentDoneScreen")
    selling.sees("收款完成", "找零", "2.00", selling.last_sale.number)
    assert selling.last_sale.change_minor == 200
    assert selling.journal(EntryKind.DRAWER_OPENED)[0]["why"] == "sale"
    slip = selling.wait_for_slips(1)[0]
    assert selling.last_sale.number in slip
    for _second in range(120):
        selling.app._on_second()
    assert selling.shown == "paymentDoneScreen"
    selling.sees("2.00")


def test_next_scan_begins_the_next_sale_with_that_item(selling):
    selling.scan(COLA_GTIN)
    first = selling.pay_cash()
    selling.scan(FIRST_GTIN)
    assert selling.shown == "saleScreen"
    assert len(selling.basket) == 1
    second = selling.pay_cash()
    assert second.number > first.number
    assert len(selling.wait_for_slips(2)) == 2
