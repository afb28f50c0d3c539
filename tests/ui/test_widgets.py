"""The parts of the screens: pressed, focused, fitted, scrolled."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tests.builders_screen import FOUND, FRAME, TOAST, red_line, ticket, tiles
from ui.presenters.pad_key import PadKey
from ui.theme.host import theme_host
from ui.theme.theme import Theme
from ui.widgets.action_button import ActionButton
from ui.widgets.amount_display import AmountDisplay, AmountFace
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.button_grid import ButtonGrid, GridButton
from ui.widgets.category_tabs import CategoryTabs
from ui.widgets.entry_line import EntryFace, EntryLine
from ui.widgets.focus_ring import FocusRing
from ui.widgets.found_list import FoundList
from ui.widgets.keypad import KeyPad
from ui.widgets.search_box import SearchBox
from ui.widgets.status_bar import StatusBar
from ui.widgets.text_fit import fit_label
from ui.widgets.ticket_model import TicketModel
from ui.widgets.ticket_view import TicketView
from ui.widgets.tile_grid import TileGrid
from ui.widgets.toast import Toast
from ui.widgets.top_bar import TopBar

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication):
    host = theme_host()
    host.use(Theme(language="zh-CN"))
    host.dress(qapp)


def shown(qtbot, widget: QWidget, width: int = 420, height: int = 420) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def is_in_sight(view: TicketView, row: int) -> bool:
    """Tell whether a whole line is inside the viewport."""
    line = view.visualRect(view.model().index(row, 0))
    return line.top() >= 0 and line.bottom() < view.viewport().height()


def test_touch_presses_a_button_and_leaves_the_focus_where_it_was(qtbot):
    window = QWidget()
    layout = QVBoxLayout(window)
    search = SearchBox()
    button = ActionButton("pay", ButtonFace("收款", kind=Kind.PRIMARY))
    layout.addWidget(search)
    layout.addWidget(button)
    shown(qtbot, window)
    search.start()
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, LEFT)
    assert not button.hasFocus()


def test_disabled_button_says_why_instead_of_what(qtbot):
    button = ActionButton("pay", ButtonFace("收款", kind=Kind.PRIMARY))
    shown(qtbot, button, 300, 74)
    button.set_available(False, "先处理第 6 行", "按名字找，或删掉")
    assert button.text() == "先处理第 6 行"
    assert button.reason == "先处理第 6 行"
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.mouseClick(button, LEFT)
    button.set_available(True)
    assert button.text() == "收款"


def test_touch_a_little_below_the_drawing_still_counts(qtbot):
    button = ActionButton("plus", ButtonFace("加 1"))
    button.set_size(60, below=4)
    shown(qtbot, button, 80, 64)
    below = QPoint(40, button.height() - 1)
    assert not button.shape().contains(below)
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, LEFT, pos=below)


def test_focus_ring_comes_with_the_keyboard_and_goes_with_a_touch(qtbot):
    window = QWidget()
    layout = QVBoxLayout(window)
    one = ActionButton("one", ButtonFace("一"))
    two = ActionButton("two", ButtonFace("二"))
    layout.addWidget(one)
    layout.addWidget(two)
    shown(qtbot, window)
    with qtbot.waitActive(window):
        window.activateWindow()
    one.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.keyClick(one, Qt.Key.Key_Tab)
    ring = window.findChild(FocusRing)
    assert ring is not None
    assert ring.isVisible()
    assert two.property("kbfocus")
    around = QRect(two.mapTo(window, QPoint(0, 0)), two.size())
    assert ring.geometry().contains(around)
    one.setFocus(Qt.FocusReason.OtherFocusReason)
    assert not ring.isVisible()
    assert not two.property("kbfocus")


def test_every_key_of_the_pad_says_its_value(qtbot):
    pad = KeyPad(second=PadKey.TIMES)
    shown(qtbot, pad, 330, 320)
    keys = [key for key in PadKey if key is not PadKey.ALL]
    assert len(keys) == 16
    for key in keys:
        with qtbot.waitSignal(pad.pressed) as said:
            qtbot.mouseClick(pad.button(key), LEFT)
        assert said.args == [key.value]


def test_pad_has_seven_on_top_or_one_on_top(qtbot):
    number, phone = KeyPad(), KeyPad("phonePad", is_phone_order=True)
    for pad in (number, phone):
        shown(qtbot, pad, 330, 320)
    assert number.button(PadKey.D7).y() < number.button(PadKey.D1).y()
    assert phone.button(PadKey.D1).y() < phone.button(PadKey.D7).y()


def test_keys_are_twenty_millimetres_on_the_usual_screen(qtbot):
    pad = KeyPad()
    shown(qtbot, pad, 330, pad.sizeHint().height())
    shape = pad.button(PadKey.D5).shape()
    assert (shape.width(), shape.height()) == (78, 71)


@pytest.mark.parametrize(
    "words",
    ["Kassenschublade öffnen", "Zahlungsart ändern", "重打小票", "Price check", "收款"],
)
@pytest.mark.parametrize("width", [90, 110, 136])
def test_button_words_shrink_or_wrap_and_are_never_cut(qapp, words, width):
    fit = fit_label(Theme(), words, 16, 600, (width - 6, width - 6, 28))
    assert fit.width <= width - 6
    assert "…" not in "".join(fit.lines)
    joined = "".join(fit.lines).replace(" ", "")
    assert joined == words.replace(" ", "")


def test_amount_steps_down_until_it_fits(qtbot):
    display = AmountDisplay()
    shown(qtbot, display, 330, 126)
    display.show_amount(AmountFace("应收", "180.10", "¥"))
    usual = display._fitting_pixels(298)
    display.show_amount(AmountFace("应收", "99,999,999,999.99", "NT$"))
    assert display._fitting_pixels(298) < usual
    assert "99,999,999,999.99" in display.accessibleName()


def test_entry_is_no_text_field_and_hides_a_pin_from_readers(qtbot):
    entry = EntryLine()
    shown(qtbot, entry, 330, 46)
    entry.show_entry(EntryFace("PIN", "4321", is_masked=True))
    assert not entry.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert "4321" not in entry.accessibleDescription()
    with qtbot.waitSignal(entry.pressed):
        qtbot.mouseClick(entry, LEFT)


def test_search_field_takes_the_focus_only_when_touched(qtbot):
    box = SearchBox()
    shown(qtbot, box, 424, 52)
    assert box.field.focusPolicy() is Qt.FocusPolicy.ClickFocus
    with qtbot.waitSignal(box.text_edited) as said:
        qtbot.keyClicks(box.field, "k")
    assert said.args == ["k"]
    with qtbot.waitSignal(box.left):
        qtbot.keyClick(box.field, Qt.Key.Key_Escape)


def test_arrows_choose_and_enter_picks_a_result(qtbot):
    found = FoundList()
    shown(qtbot, found)
    found.show_found(FOUND, "CNY")
    found.choose(1)
    with qtbot.waitSignal(found.picked) as said:
        found.pick()
    assert said.args == ["cola-zero"]
    with qtbot.waitSignal(found.picked) as said:
        where = found.visualRect(found.model().index(0, 0)).center()
        qtbot.mouseClick(found.viewport(), LEFT, pos=where)
    assert said.args == ["cola"]


def test_nothing_found_picks_nothing(qtbot):
    found = FoundList()
    shown(qtbot, found)
    found.show_found((), "CNY")
    with qtbot.assertNotEmitted(found.picked):
        found.pick()
    found.grab()


def test_tile_says_its_key(qtbot):
    grid = TileGrid()
    shown(qtbot, grid, 448, 404)
    grid.show_tiles(tiles(), "CNY")
    where = grid.visualRect(grid.model().index(5, 0)).center()
    with qtbot.waitSignal(grid.tile_pressed) as said:
        qtbot.mouseClick(grid.viewport(), LEFT, pos=where)
    assert said.args == ["tile-5"]


def test_four_tiles_stand_in_a_row_and_fill_the_height(qtbot):
    grid = TileGrid()
    shown(qtbot, grid, 448, 404)
    grid.show_tiles(tiles(20), "CNY")
    rows = {grid.visualRect(grid.model().index(n, 0)).y() for n in range(4)}
    assert len(rows) == 1
    fifth = grid.visualRect(grid.model().index(4, 0))
    assert fifth.y() > rows.pop()
    assert 404 - 4 * fifth.height() < fifth.height() // 4


def test_category_says_its_key(qtbot):
    from tests.builders_screen import sale_state

    tabs = CategoryTabs()
    shown(qtbot, tabs, 424, 48)
    tabs.show_tabs(sale_state().tabs, "top")
    with qtbot.waitSignal(tabs.tab_selected) as said:
        qtbot.mouseClick(tabs.findChild(QWidget, "category_drinks"), LEFT)
    assert said.args == ["drinks"]


def test_touched_line_says_its_id(qtbot):
    view = TicketView()
    shown(qtbot, view, 560, 400)
    view.show_ticket(ticket(3), 0, "CNY")
    where = view.visualRect(view.model().index(1, 0)).center()
    with qtbot.waitSignal(view.line_pressed) as said:
        qtbot.mouseClick(view.viewport(), LEFT, pos=where)
    assert said.args == ["line-2"]


def test_thousand_lines_scroll_to_the_selected_one(qtbot):
    view = TicketView()
    shown(qtbot, view, 560, 400)
    view.show_ticket(ticket(1000), 999, "CNY")
    assert is_in_sight(view, 999)
    view.show_ticket(ticket(1000), 0, "CNY")
    assert is_in_sight(view, 0)


def test_selected_line_stays_in_sight_when_the_ticket_shrinks(qtbot):
    view = TicketView()
    shown(qtbot, view, 560, 400)
    view.show_ticket((*ticket(5), red_line(6)), 5, "CNY")
    view.resize(560, 250)
    assert is_in_sight(view, 5)


def test_one_more_line_tells_the_view_about_one_row(qtbot):
    model = TicketModel()
    lines = ticket(500)
    model.show_lines(lines[:-1])
    with (
        qtbot.assertNotEmitted(model.modelReset),
        qtbot.waitSignal(model.rowsInserted) as said,
    ):
        assert model.show_lines(lines) == (499, 1)
    assert said.args[1:] == [499, 499]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param((1, 2, 3), (1, 3), id="a line goes from the middle"),
        pytest.param((1, 3), (1, 2, 3), id="undo puts it back"),
        pytest.param((1, 2, 3), (), id="the sale is void"),
        pytest.param((), (1, 2), id="a sale resumes"),
        pytest.param((1, 2, 3), (4, 5), id="another basket"),
    ],
)
def test_model_shows_exactly_what_it_was_given(qtmodeltester, before, after):
    lines = {line.position: line for line in ticket(5)}
    model = TicketModel()
    qtmodeltester.check(model)
    model.show_lines(tuple(lines[n] for n in before))
    model.show_lines(tuple(lines[n] for n in after))
    assert model.rowCount() == len(after)
    assert [line.position for line in model.lines] == list(after)


def test_toast_undoes_once_and_goes(qtbot):
    window = QWidget()
    toast = Toast(window)
    shown(qtbot, window)
    toast.place(0, 400, 400)
    toast.show_toast(TOAST)
    assert toast.isVisible()
    with qtbot.waitSignal(toast.undo_pressed):
        qtbot.mouseClick(toast, LEFT, pos=toast.undo_area().center())
    assert not toast.isVisible()
    toast.show_toast(TOAST)
    assert not toast.isVisible()


def test_grid_keeps_its_buttons_while_the_keys_stay(qtbot):
    grid = ButtonGrid("tender", columns=3, height=72)
    shown(qtbot, grid, 424, 160)
    first = GridButton("cash", ButtonFace("现金"), is_selected=True)
    second = GridButton("card", ButtonFace("银行卡"))
    grid.show_buttons((first, second))
    kept = grid.button("card")
    grid.show_buttons(
        (first, GridButton("card", ButtonFace("银行卡"), is_selected=True))
    )
    assert grid.button("card") is kept
    with qtbot.waitSignal(grid.pressed) as said:
        qtbot.mouseClick(kept, LEFT)
    assert said.args == ["card"]
    assert kept.isChecked()


def test_chips_shrink_before_the_message_is_lost(qtbot):
    bar = StatusBar()
    shown(qtbot, bar, 500, 48)
    bar.show_frame(FRAME)
    bar.grab()
    assert [key for _, key in bar._areas] == ["disk", "printer"]
    with qtbot.waitSignal(bar.chip_pressed) as said:
        qtbot.mouseClick(bar, LEFT, pos=bar._areas[1][0].center())
    assert said.args == ["printer"]


def test_top_bar_says_tab_and_lock(qtbot):
    bar = TopBar()
    shown(qtbot, bar, 1366, 52)
    bar.show_frame(FRAME)
    with qtbot.waitSignal(bar.tab_selected) as said:
        qtbot.mouseClick(bar.findChild(QWidget, "tab_settings"), LEFT)
    assert said.args == ["settings"]
    with qtbot.waitSignal(bar.lock_pressed):
        qtbot.mouseClick(bar.findChild(QWidget, "lockButton"), LEFT)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("arrangement", list(Arrangement))
def test_every_kind_paints_in_every_state(qtbot, kind, arrangement):
    face = ButtonFace("收款", "开钱箱", "money", "F12", kind, arrangement)
    button = ActionButton("any", face)
    shown(qtbot, button, 160, 64)
    pictures = [button.grab().toImage()]
    button.set_selected(True)
    pictures.append(button.grab().toImage())
    button.set_available(False)
    pictures.append(button.grab().toImage())
    assert not any(picture.isNull() for picture in pictures)
