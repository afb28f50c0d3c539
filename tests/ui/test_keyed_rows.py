"""Lists without a finger: Tab comes to them, arrows walk, Enter and Space enter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.office_form_state import OfficeRow
from ui.presenters.report_state import ListRowView, ListTableView
from ui.widgets.keyed_rows import KeyedRows
from ui.widgets.order_list import OrderList
from ui.widgets.table_list import TableList

KEYS = ("one", "two", "three")


class Page(QWidget):
    """A field and a list below it, and what the list said."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.said = QLineEdit(), []
        self.stack = QVBoxLayout(self)
        self.stack.addWidget(self.field)
        self.unwanted = []

    def add(self, widget: QWidget) -> None:
        """Put the list below the field."""
        self.stack.addWidget(widget)

    @override
    def keyPressEvent(self, event) -> None:
        """Keep what nobody below wanted."""
        self.unwanted.append(Qt.Key(event.key()))


@pytest.fixture
def page(qtbot) -> Page:
    made = Page()
    made.resize(500, 400)
    qtbot.addWidget(made)
    return made


def shown(qtbot, page: Page) -> None:
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is page)
    page.field.setFocus()


def order_list(page: Page, chosen: str) -> KeyedRows:
    made = OrderList("people")
    made.chosen_row.connect(page.said.append)
    rows = tuple(OfficeRow(key, key.title()) for key in KEYS)
    made.show_rows(rows, chosen, can_order=True)
    page.add(made)
    return made


def table(page: Page, chosen: str) -> KeyedRows:
    made = TableList("goods")
    made.chosen.connect(page.said.append)
    rows = tuple(ListRowView(key, (key.title(),)) for key in KEYS)
    made.show_table(ListTableView("Goods", ("Name",), (False,), (1,), rows))
    page.add(made)
    return made.rows


@pytest.mark.parametrize("make", [order_list, table])
def test_tab_arrows_and_enter_choose_a_row(qtbot, page, make):
    rows = make(page, "")
    shown(qtbot, page)
    QTest.keyClick(page.field, Qt.Key.Key_Tab)
    assert rows.hasFocus()
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert page.said == []  # walking opens nothing
    QTest.keyClick(rows, Qt.Key.Key_Return)
    QTest.keyClick(rows, Qt.Key.Key_End)
    QTest.keyClick(rows, Qt.Key.Key_Space)
    assert page.said == ["two", "three"]
    assert page.unwanted == []


def test_the_walk_begins_at_the_chosen_row(qtbot, page):
    rows = order_list(page, "two")
    shown(qtbot, page)
    QTest.keyClick(page.field, Qt.Key.Key_Tab)
    QTest.keyClick(rows, Qt.Key.Key_Up)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert page.said == ["one"]


@pytest.mark.parametrize("make", [order_list, table])
def test_digits_and_function_keys_stay_the_windows(qtbot, page, make):
    rows = make(page, "")
    shown(qtbot, page)
    QTest.keyClick(page.field, Qt.Key.Key_Tab)
    for key in (Qt.Key.Key_7, Qt.Key.Key_F8, Qt.Key.Key_Escape):
        QTest.keyClick(rows, key)
    assert page.unwanted == [Qt.Key.Key_7, Qt.Key.Key_F8, Qt.Key.Key_Escape]


def test_a_finger_leaves_the_keyboard_where_it_was(qtbot, page):
    rows = order_list(page, "")
    shown(qtbot, page)
    place = rows.visualRect(rows.model().index(1, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.said == ["two"]
    assert page.field.hasFocus()
    assert not rows.hasFocus()


def test_the_mark_is_seen_only_where_the_keyboard_is(qtbot, page):
    rows = table(page, "")
    shown(qtbot, page)
    before = rows.viewport().grab().toImage()
    QTest.keyClick(page.field, Qt.Key.Key_Tab)
    assert rows.viewport().grab().toImage() != before
    page.field.setFocus()
    assert rows.viewport().grab().toImage() == before
