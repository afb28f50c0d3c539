"""Finding goods: red lines, the search box, the price check."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.journeys.screen_till import (
    BANANA,
    COLA,
    COLA_GTIN,
    FIRST_GTIN,
    UNKNOWN_GTIN,
    ScreenTill,
)


def search_text(till: ScreenTill) -> str:
    return str(till.find("searchField").text())


def has_cursor(till: ScreenTill) -> bool:
    return bool(till.find("searchField").hasFocus())


def test_unknown_barcode_is_a_red_line_that_payment_waits_for(selling):
    selling.scan(COLA_GTIN, UNKNOWN_GTIN)
    assert selling.beeps == 1
    selling.sees(
        "没找到 6977 8800 12350",
        "先处理第 2 行",
        "按名称找，或删除",
        "这个条码没找到，其他商品可以继续扫",
    )
    assert not selling.can_press("mainAction")
    selling.scan(FIRST_GTIN)
    assert len(selling.basket) == 3
    selling.key(Qt.Key.Key_F12)
    assert selling.shown == "saleScreen"
    assert "第 2 行的条码没找到" in selling.message
    selling.press("problemDelete")
    assert len(selling.basket) == 2
    assert selling.can_press("mainAction")


def test_red_line_is_found_by_name(selling):
    selling.scan(UNKNOWN_GTIN)
    selling.press("problemFind")
    assert has_cursor(selling)
    selling.type("kelewei")
    selling.touch_row("searchResults", "可乐味汽水 330ml")
    assert selling.basket == [(COLA, "1")]
    assert "这一行已改为" in selling.message
    assert not has_cursor(selling)
    assert selling.pay_cash().lines[0].sku == COLA


def test_red_line_that_is_weighed_goods_asks_for_the_weight(selling):
    selling.scan(UNKNOWN_GTIN)
    selling.press("problemFind")
    selling.type("xiangjiao")
    selling.touch_row("searchResults", "香蕉 散称")
    assert selling.dialog == "weightDialog"
    selling.pad("0.5⏎")
    assert selling.basket == [(BANANA, "0.5")]
    selling.scan(UNKNOWN_GTIN)
    selling.press("problemFind")
    selling.type("xiangjiao")
    selling.touch_row("searchResults", "香蕉 散称")
    selling.press("dialogClose")
    assert selling.lines[-1].is_unknown  # nothing was weighed: it still waits


@pytest.mark.parametrize("typed", ["kele", "klwqs", "可乐", "可樂", "210012", "01379"])
def test_goods_are_found_however_they_are_typed(selling, typed):
    selling.key(Qt.Key.Key_F3)
    assert has_cursor(selling)
    if typed.isascii():
        selling.type(typed)
    else:
        selling.compose(typed)
    assert search_text(selling) == typed
    selling.sees("可乐味汽水")
    selling.touch_row("searchResults", "可乐味汽水 330ml")
    assert selling.basket == [(COLA, "1")]
    assert search_text(selling) == ""
    assert not has_cursor(selling)  # so that the input method is off again


def test_enter_picks_the_chosen_result_and_digits_are_the_pads_again(selling):
    selling.key(Qt.Key.Key_F3)
    selling.type("kele")
    selling.key(Qt.Key.Key_Down)
    selling.key(Qt.Key.Key_Up)
    selling.key(Qt.Key.Key_Return)
    assert len(selling.basket) == 1
    assert not has_cursor(selling)
    selling.type("7")
    selling.sees("7")
    assert search_text(selling) == ""


def test_arrows_choose_among_the_results_and_leave_the_ticket_alone(selling):
    selling.scan(FIRST_GTIN, COLA_GTIN)
    selling.key(Qt.Key.Key_F3)
    selling.type("kele")
    second = selling.flow.sale.state.search_results[1]
    selling.key(Qt.Key.Key_Down)
    selling.key(Qt.Key.Key_Return)
    added = selling.lines[-1].unit
    assert added is not None
    assert added.name_in("zh-CN") == second.name


def test_scan_into_the_search_box_is_sold_and_leaves_the_text(selling):
    selling.key(Qt.Key.Key_F3)
    selling.type("ni")
    selling.scan(COLA_GTIN)
    assert selling.basket == [(COLA, "1")]
    assert search_text(selling) == "ni"
    assert has_cursor(selling)
    selling.scan(FIRST_GTIN)
    assert len(selling.basket) == 2
    assert search_text(selling) == "ni"


def test_nothing_found_says_what_to_try(selling):
    selling.key(Qt.Key.Key_F3)
    selling.type("zzzqx")
    selling.sees("没找到", "少输几个字试试，或输条码后几位")
    selling.key(Qt.Key.Key_Escape)
    assert search_text(selling) == ""
    assert not has_cursor(selling)
    selling.sees("现磨美式")


def test_price_check_shows_the_next_scan_and_sells_the_one_after(selling):
    selling.key(Qt.Key.Key_F4)
    selling.sees("扫一件商品看价格", "只管下一次扫码")
    selling.scan(COLA_GTIN)
    assert selling.basket == []
    selling.sees("可乐味汽水", "3.00", "9521 0050 01379", "增值税 13%", "不计入这一单")
    selling.scan(FIRST_GTIN)
    assert len(selling.basket) == 1
    selling.sees("现磨美式")  # the tiles are back


def test_price_check_of_an_unknown_code_beeps_and_can_go_on(selling):
    selling.press("function_price_check")
    selling.scan(UNKNOWN_GTIN)
    assert selling.beeps == 1
    assert selling.basket == []
    selling.press("priceCheckAgain")
    selling.scan(COLA_GTIN)
    assert selling.basket == []
    selling.sees("3.00")
    selling.press("priceCheckBack")
    selling.scan(COLA_GTIN)
    assert selling.basket == [(COLA, "1")]


def test_escape_leaves_the_price_check(selling):
    selling.key(Qt.Key.Key_F4)
    selling.key(Qt.Key.Key_Escape)
    selling.scan(COLA_GTIN)
    assert selling.basket == [(COLA, "1")]


def test_misread_code_is_refused_in_words_and_not_added(selling):
    selling.scan("2110002003820")  # a weight label
    assert selling.basket == []
    assert "校验位不对" in selling.message
