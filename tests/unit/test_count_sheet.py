"""Counting on the pad, denominations of currencies, and what a difference may be."""

from __future__ import annotations

import pytest

from pos_app.domain.count_hint import CountHint, Slip, count_hint
from pos_app.domain.denomination import Form, denominations
from pos_app.domain.shift import CashCount
from pos_app.i18n import use_language
from ui.presenters.amount_entry import AmountEntry
from ui.presenters.count_sheet import CountSheet
from ui.presenters.count_view import coin_card, note_card, piece_name, pieces_note
from ui.presenters.pad_key import PadKey

YUAN = (10, 50, 100, 500, 1000, 2000, 5000, 10000)
KINDS = denominations("CNY", YUAN)
KEYS = {"⏎": PadKey.ENTER, "C": PadKey.CLEAR, "⌫": PadKey.BACKSPACE, ".": PadKey.POINT}


def typed(keys: str, sheet: CountSheet | None = None) -> CountSheet:
    sheet = sheet or CountSheet.empty(KINDS)
    for key in keys:
        sheet = sheet.press(KEYS.get(key) or PadKey(key))
    return sheet


def test_a_yuan_is_counted_as_note_and_as_coin():
    keys = [kind.key for kind in KINDS]
    assert keys == [
        "note-10000",
        "note-5000",
        "note-2000",
        "note-1000",
        "note-500",
        "note-100",
        "coin-100",
        "coin-50",
        "coin-10",
    ]


@pytest.mark.parametrize(
    ("currency", "values", "notes", "coins"),
    [
        ("TWD", (1, 5, 10, 50, 100, 500, 1000), (1000, 500, 100), (50, 10, 5, 1)),
        ("EUR", (1, 200, 500, 5000), (5000, 500), (200, 1)),
        ("USD", (25, 50, 100, 2000), (2000, 100), (50, 25)),
        ("HKD", (100, 1000, 2000), (2000, 1000), (1000, 100)),
    ],
)
def test_notes_and_coins_of_a_currency(currency, values, notes, coins):
    kinds = denominations(currency, values)
    by_form = {form: [k.value_minor for k in kinds if k.form is form] for form in Form}
    assert (by_form[Form.NOTE], by_form[Form.COIN]) == (list(notes), list(coins))


def test_an_unknown_currency_is_one_list():
    kinds = denominations("CHF", (5, 100, 1000))
    assert {kind.form for kind in kinds} == {Form.CASH}
    sheet = CountSheet.empty(kinds)
    assert coin_card(sheet, "CHF") is None
    assert len(note_card(sheet, "CHF").pieces) == 3


def test_a_value_that_is_neither_is_counted_with_the_notes():
    kinds = denominations("EUR", (200, 300, 500))
    assert [k.value_minor for k in kinds] == [500, 300, 200]
    assert [k.form for k in kinds] == [Form.NOTE, Form.NOTE, Form.COIN]


def test_enter_goes_to_the_next_and_stays_at_the_last():
    sheet = typed("14⏎9⏎11⏎12⏎6⏎10⏎32⏎17⏎11⏎⏎")
    assert sheet.counts == (14, 9, 11, 12, 6, 10, 32, 17, 11)
    assert sheet.selected == 8
    assert sheet.total_minor == 227160
    assert pieces_note(sheet) == "62 notes · 60 coins"


def test_a_number_begins_anew_where_the_pad_comes_back():
    sheet = typed("12⏎").select("note-10000")
    assert sheet.typed == "12"
    assert typed("7", sheet).counts[0] == 7
    assert typed("⌫", sheet).counts[0] == 1


def test_no_number_has_more_than_four_digits_and_no_point():
    assert typed("1.2.34567").counts[0] == 1234
    assert typed("99").step("note-10000", -100).counts[0] == 0
    assert typed("9999").step("note-10000", 1).counts[0] == 9999


def test_clear_leaves_a_nought_that_counts_as_counted():
    sheet = typed("12C")
    assert (sheet.counts[0], sheet.typed, sheet.is_touched) == (0, "", True)
    assert typed("0").typed == "0"
    assert not CountSheet.empty(KINDS).is_touched


def test_what_is_stored_adds_note_and_coin_of_one_value():
    sheet = CountSheet(KINDS, (0, 0, 0, 0, 0, 10, 32, 0, 0))
    assert dict(sheet.count.pieces)[100] == 42
    again = CountSheet.of(KINDS, sheet.count)
    assert again.total_minor == sheet.total_minor == 4200


def test_small_yuan_are_called_jiao_in_chinese_only():
    coin = denominations("CNY", (50,))[0]
    use_language("zh-TW")
    assert piece_name(coin, "CNY") == "5 角"
    use_language("en")
    assert piece_name(coin, "CNY") == "¥0.50"
    assert piece_name(KINDS[0], "CNY") == "¥100"


PIECES = CashCount(((10000, 14), (5000, 9), (1000, 21), (500, 6), (100, 10)))


@pytest.mark.parametrize(
    ("difference", "hint"),
    [
        (0, None),
        (-10000, CountHint(Slip.ONE_SHORT, 10000)),
        (500, CountHint(Slip.ONE_OVER, 500)),
        (-4500, CountHint(Slip.MISTAKEN, 5000, 500)),
        (9500, CountHint(Slip.MISTAKEN, 500, 10000)),
        (9 * 1000, CountHint(Slip.MISTAKEN, 1000, 10000)),
        (37, None),
    ],
)
def test_a_difference_that_one_slip_explains_is_named(difference, hint):
    assert count_hint(PIECES, difference) == hint


def test_reversed_digits_are_recognised():
    count = CashCount(((700, 21),))
    assert count_hint(count, (21 - 12) * 700) == CountHint(
        Slip.REVERSED, 700, typed=21, meant=12
    )


def test_a_pile_that_is_empty_was_not_counted_twice():
    assert count_hint(CashCount(((500, 0),)), 500) is None


def test_an_amount_takes_no_more_decimals_than_its_currency_has():
    entry = AmountEntry("CNY")
    for key in ("1", "2", ".", "3", "4", "5"):
        entry.press(key)
    assert (entry.text, entry.minor) == ("12.34", 1234)
    entry.clear()
    assert entry.minor is None
    dollars = AmountEntry("TWD")
    for key in ("5", ".", "00"):
        dollars.press(key)
    assert (dollars.text, dollars.minor, dollars.has_point) == ("500", 500, False)
