"""The sale screen: what a cashier presses, and that every word is readable."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.i18n import use_language
from tests.builders_screen import (
    FOUND,
    FRAME,
    PROBLEM,
    TOAST,
    red_line,
    sale_state,
    ticket,
)
from tests.ui.clipped_words import clipped_words, small_targets
from ui.presenters.pad_key import PadKey
from ui.presenters.sale_state import SaleFunction
from ui.screens.sale import SaleScreen
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


@pytest.fixture
def screen(qtbot) -> SaleScreen:
    made = SaleScreen()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    made.render(sale_state())
    return made


def press(qtbot, screen: QWidget, name: str) -> None:
    button = screen.findChild(QWidget, name)
    assert button is not None, name
    qtbot.mouseClick(button, LEFT)


@pytest.mark.parametrize(
    ("button", "signal", "args"),
    [
        ("lineMinus", "quantity_stepped", [-1]),
        ("linePlus", "quantity_stepped", [1]),
        ("lineQuantity", "quantity_pressed", []),
        ("linePrice", "price_pressed", []),
        ("lineDiscount", "discount_pressed", []),
        ("lineWhy", "why_pressed", []),
        ("lineDelete", "delete_pressed", []),
        ("quickCash1", "quick_cash_pressed", [20000]),
        ("quickCash2", "quick_cash_pressed", [13009]),
        ("mainAction", "pay_pressed", []),
        ("padKey7", "pad_pressed", [PadKey.D7.value]),
        ("padKeyEnter", "pad_pressed", [PadKey.ENTER.value]),
        ("category_drinks", "tab_selected", ["drinks"]),
        ("function_price_check", "function_pressed", [SaleFunction.PRICE_CHECK.value]),
        ("function_void_sale", "function_pressed", [SaleFunction.VOID_SALE.value]),
        ("function_lock", "function_pressed", [SaleFunction.LOCK.value]),
        ("lockButton", "lock_pressed", []),
        ("tab_settings", "top_tab_selected", ["settings"]),
    ],
)
def test_press_says_what_was_meant(qtbot, screen, button, signal, args):
    with qtbot.waitSignal(getattr(screen, signal)) as said:
        press(qtbot, screen, button)
    assert said.args == args


def test_touched_line_and_tile_say_who_they_are(qtbot, screen):
    view, grid = screen.ticket.ticket, screen.goods.tiles
    with qtbot.waitSignal(screen.line_selected) as said:
        where = view.visualRect(view.model().index(2, 0)).center()
        qtbot.mouseClick(view.viewport(), LEFT, pos=where)
    assert said.args == ["line-3"]
    with qtbot.waitSignal(screen.tile_pressed) as said:
        where = grid.visualRect(grid.model().index(3, 0)).center()
        qtbot.mouseClick(grid.viewport(), LEFT, pos=where)
    assert said.args == ["tile-3"]


def test_red_line_blocks_payment_and_nothing_else(qtbot, screen):
    state = replace(
        sale_state((*ticket(5), red_line(6))),
        problem=PROBLEM,
        blocked_reason="先处理第 6 行",
        blocked_detail="按名字找，或删掉",
    )
    screen.render(state)
    assert screen.pay.main.reason == "先处理第 6 行"
    with qtbot.assertNotEmitted(screen.pay_pressed):
        press(qtbot, screen, "mainAction")
    with qtbot.assertNotEmitted(screen.quick_cash_pressed):
        press(qtbot, screen, "quickCash1")
    with qtbot.waitSignal(screen.tile_pressed):
        grid = screen.goods.tiles
        where = grid.visualRect(grid.model().index(0, 0)).center()
        qtbot.mouseClick(grid.viewport(), LEFT, pos=where)
    with qtbot.waitSignal(screen.find_pressed) as said:
        press(qtbot, screen, "problemFind")
    assert said.args == ["red"]
    with qtbot.waitSignal(screen.unknown_delete_pressed) as said:
        press(qtbot, screen, "problemDelete")
    assert said.args == ["red"]
    screen.render(sale_state())
    assert not screen.ticket.problem.isVisible()
    assert screen.pay.main.isEnabled()


def test_search_shows_results_and_goes_when_picked(qtbot, screen):
    field = screen.goods.search.field
    with qtbot.waitSignal(screen.search_edited) as said:
        qtbot.keyClicks(field, "k")
    assert said.args == ["k"]
    screen.render(replace(sale_state(), search_text="k", search_results=FOUND))
    assert screen.goods.found.isVisible()
    assert not screen.goods.tiles.isVisible()
    with qtbot.waitSignal(screen.search_picked) as said:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said.args == ["cola"]
    screen.render(sale_state())
    assert field.text() == ""
    assert screen.goods.tiles.isVisible()


def test_late_state_does_not_take_back_what_was_typed_meanwhile(qtbot, screen):
    field = screen.goods.search.field
    field.setFocus()
    field.setText("kkkl")
    screen.render(replace(sale_state(), search_text="kk", search_results=FOUND))
    if field.hasFocus():
        assert field.text() == "kkkl"


def test_escape_leaves_the_search_and_empties_the_box(qtbot, screen):
    screen.goods.search.field.setText("kk")
    with qtbot.waitSignal(screen.search_left):
        qtbot.keyClick(screen.goods.search.field, Qt.Key.Key_Escape)
    assert screen.goods.search.field.text() == ""


def test_empty_basket_offers_nothing_to_change(screen):
    screen.render(replace(sale_state(()), quick_cash=(), blocked_reason="先扫商品"))
    for name in ("lineMinus", "lineDelete", "mainAction", "function_void_sale"):
        assert not screen.findChild(QWidget, name).isEnabled()
    assert not screen.findChild(QWidget, "quickCash1").isVisible()


def test_undo_of_the_toast_reaches_the_presenter(qtbot, screen):
    screen.render(replace(sale_state(), frame=replace(FRAME, toast=TOAST)))
    toast = screen.frame.toast
    assert toast.isVisible()
    with qtbot.waitSignal(screen.undo_pressed):
        qtbot.mouseClick(toast, LEFT, pos=toast.undo_area().center())


def test_pay_column_stays_where_it_is_whatever_happens(screen):
    places = [screen.pay.keypad.geometry(), screen.pay.display.geometry()]
    screen.render(replace(sale_state((*ticket(5), red_line(6))), problem=PROBLEM))
    screen.render(replace(sale_state(), search_text="k", search_results=FOUND))
    assert [screen.pay.keypad.geometry(), screen.pay.display.geometry()] == places


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
@pytest.mark.parametrize("text_scale", [0.9, 1.0, 1.25])
def test_no_word_is_cut_and_every_target_is_large(qtbot, size, language, text_scale):
    use_language(language)
    theme_host().use(Theme(language=language, text_scale=text_scale).fitted(*size))
    screen = SaleScreen()
    qtbot.addWidget(screen)
    screen.resize(*size)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.render(replace(sale_state((*ticket(5), red_line(6))), problem=PROBLEM))
    assert clipped_words(screen) == []
    assert small_targets(screen) == []


def test_theme_changes_while_selling(qtbot, screen):
    light = screen.grab().toImage()
    host = theme_host()
    host.use_colours("dark")
    dark = screen.grab().toImage()
    assert light.pixelColor(700, 200) != dark.pixelColor(700, 200)
    host.fit(screen.size())
    assert len(screen.ticket.ticket.model().lines) == 6


def test_thousand_lines_render_and_select(screen):
    lines = ticket(1000)
    screen.render(sale_state(lines))
    view = screen.ticket.ticket
    last = view.visualRect(view.model().index(999, 0))
    assert last.top() >= 0
    assert last.bottom() < view.viewport().height()
