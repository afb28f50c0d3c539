"""The back office without a mouse: its lists are walked, its searches found by F3."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.journeys.screen_till import COLA_GTIN, ScreenTill
from ui.presenters.stock_state import StockPage

MANAGER = "1005"
MOST_TABS = 60


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    """Return a till that shows its manager the back office."""
    till.sign_on(MANAGER)
    till.press("tab_office")
    return till


def tab_to(till: ScreenTill, name: str) -> QWidget:
    """Press Tab until a widget has the keyboard."""
    wanted = till.find(name)
    for _press in range(MOST_TABS):
        if wanted.hasFocus():
            return wanted
        till.key(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {name}")


def test_somebody_is_chosen_by_tab_and_arrows(office: ScreenTill) -> None:
    office.press("go-people")
    rows = tab_to(office, "officeRows")
    before = office.flow.features.back_office.part.state.chosen
    office.key(Qt.Key.Key_End)
    assert office.flow.features.back_office.part.state.chosen == before
    office.key(Qt.Key.Key_Return)
    assert office.flow.features.back_office.part.state.chosen == rows.keys[-1]
    assert office.flow.features.back_office.shown_key == "people"


def test_arrows_in_a_list_do_not_change_the_part(office: ScreenTill) -> None:
    office.press("go-people")
    tab_to(office, "officeRows")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        office.key(key)
    assert office.flow.features.back_office.shown_key == "people"


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ("items", "itemField"),
        ("prices", "priceSearchField"),
        ("stock", "stockSearchField"),
    ],
)
def test_f3_gives_the_keyboard_to_the_search(office, part, field) -> None:
    office.press(f"go-{part}")
    office.key(Qt.Key.Key_F3)
    assert office.find(field).hasFocus()


def test_goods_are_found_and_opened_from_the_stock_list(office) -> None:
    office.press("go-stock")
    office.key(Qt.Key.Key_F3)
    office.type("210012")
    table = tab_to(office, "tableRows")
    office.key(Qt.Key.Key_Return)
    office.wait(lambda: not table.isVisible())
    shown = office.flow.features.back_office.part.state
    cola = office.work.counter.sale.look_up(COLA_GTIN).unit
    assert shown.page is StockPage.HISTORY
    assert cola.name in shown.history.title
