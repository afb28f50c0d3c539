"""The shift screen: what is pressed, what is said, what is readable."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.domain.denomination import denominations
from pos_app.i18n import use_language
from tests.builders_shift import (
    CLOSING,
    STATES,
    count_state,
    list_state,
    menu_state,
    move_state,
    opening_state,
    outcome_state,
    paper_state,
)
from tests.journeys.painted_words import painted_words
from tests.ui.clipped_words import clipped_words, small_targets
from ui.presenters.count_sheet import CountSheet
from ui.presenters.pad_key import PadKey
from ui.screens.shift import ShiftScreen
from ui.theme.host import theme_host
from ui.theme.theme import Theme

LEFT = Qt.MouseButton.LeftButton
SIZES = [(1024, 768), (1366, 768), (1920, 1080)]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication):
    host = theme_host()
    host.use(Theme(language="zh-CN").fitted(1366, 768))
    host.dress(qapp)
    yield
    use_language("en")


def shown(qtbot, state, size=(1366, 768)) -> ShiftScreen:
    screen = ShiftScreen()
    qtbot.addWidget(screen)
    screen.resize(*size)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.show_state(state)
    qtbot.wait(1)
    return screen


def press(qtbot, screen: QWidget, name: str) -> None:
    found = [x for x in screen.findChildren(QWidget, name) if x.isVisible()]
    assert len(found) == 1, name
    qtbot.mouseClick(found[0], LEFT)


@pytest.mark.parametrize(
    ("state", "button", "signal", "args"),
    [
        (count_state, "more_note-1000", "count.stepped", ["note-1000", 1]),
        (count_state, "less_coin-50", "count.stepped", ["coin-50", -1]),
        (count_state, "checkAction_parked", "count.check_pressed", ["parked"]),
        (count_state, "padKey7", "pad_pressed", [PadKey.D7.value]),
        (count_state, "mainAction", "main_pressed", []),
        (count_state, "shiftFirst", "first_pressed", []),
        (count_state, "shiftSecond", "second_pressed", []),
        (outcome_state, "recount", "outcome.recount_pressed", []),
        (outcome_state, "bagEntry", "outcome.bag_pressed", []),
        (outcome_state, "entryLine", "entry_pressed", []),
        (menu_state, "shiftKey_paid_out", "menu.pressed", ["paid_out"]),
        (move_state, "moveReason_taxi", "move_page.reason_pressed", ["taxi"]),
        (move_state, "moveReference", "move_page.reference_pressed", []),
        (list_state, "shiftRow1Action", "list.pressed", ["b"]),
        (paper_state, "lockButton", "lock_pressed", []),
    ],
)
def test_a_press_says_what_was_meant(qtbot, state, button, signal, args):
    screen = shown(qtbot, state())
    source = screen
    for part in signal.split("."):
        source = getattr(source, part)
    with qtbot.waitSignal(source) as said:
        press(qtbot, screen, button)
    assert said.args == args


def test_a_touch_anywhere_in_a_row_gives_it_the_pad(qtbot):
    screen = shown(qtbot, count_state())
    row = screen.count.coins.rows["coin-10"]
    with qtbot.waitSignal(screen.count.picked) as said:
        qtbot.mouseClick(row, LEFT, pos=QPoint(row.width() - 20, 20))
    assert said.args == ["coin-10"]


def test_nothing_is_less_than_nothing(qtbot):
    kinds = CLOSING.kinds
    screen = shown(qtbot, count_state(CountSheet.empty(kinds)))
    assert not screen.count.notes.rows["note-10000"].less.isEnabled()
    assert screen.count.notes.rows["note-10000"].more.isEnabled()


def test_points_are_typed_where_amounts_are_and_nowhere_else(qtbot):
    screen = shown(qtbot, count_state())
    assert not screen.pay.keypad.button(PadKey.POINT).isEnabled()
    screen.show_state(outcome_state())
    assert screen.pay.keypad.button(PadKey.POINT).isEnabled()
    screen.show_state(menu_state())
    assert not screen.pay.keypad.button(PadKey.D1).isEnabled()


def test_nothing_is_pressed_twice_while_the_till_writes(qtbot):
    state = count_state()
    pad = replace(state.pad, is_working=True)
    screen = shown(qtbot, replace(state, pad=pad))
    assert not screen.pay.main.isEnabled()
    assert not screen.first.isEnabled()


def test_many_denominations_scroll_and_the_typed_one_is_in_sight(qtbot):
    values = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000)
    kinds = denominations("EUR", values)
    sheet = CountSheet.empty(kinds)
    screen = shown(qtbot, count_state(sheet, "EUR"), (1366, 768))
    for _kind in kinds:
        screen.show_state(count_state(sheet, "EUR"))
        qtbot.wait(1)
        card = screen.count.notes if sheet.selected < 7 else screen.count.coins
        row = card.rows[sheet.kind.key]
        top = row.mapTo(card, QPoint(0, 0)).y()
        assert top >= 0, sheet.kind.key
        assert top + row.height() <= card.height() + 1, sheet.kind.key
        sheet = sheet.press(PadKey.ENTER)


def test_an_unknown_currency_has_one_card(qtbot):
    sheet = CountSheet.empty(denominations("CHF", (5, 100, 1000, 10000)))
    screen = shown(qtbot, count_state(sheet, "CHF"))
    assert not screen.count.coins.isVisible()
    assert len(screen.count.notes.rows) == 4


def test_every_page_is_as_high_as_the_window(qtbot):
    screen = shown(qtbot, count_state())
    for name, state in STATES.items():
        screen.show_state(state())
        qtbot.wait(1)
        assert screen.height() == 768, name


def test_the_opening_says_that_the_float_agrees(qtbot):
    screen = shown(qtbot, opening_state())
    words = painted_words(screen)
    assert "¥500.00" in words
    assert "与现在点的一致" in words


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
@pytest.mark.parametrize("text_scale", [0.9, 1.0, 1.25])
def test_shift_words_fit_everywhere(qtbot, size, language, text_scale):
    use_language(language)
    theme_host().use(Theme(language=language, text_scale=text_scale).fitted(*size))
    screen = shown(qtbot, count_state(), size)
    for name, state in STATES.items():
        screen.show_state(state())
        qtbot.wait(1)
        assert clipped_words(screen) == [], name
        assert small_targets(screen) == [], name
