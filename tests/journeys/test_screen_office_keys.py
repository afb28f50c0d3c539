"""Categories and quick keys: dragged with a mouse, moved with keys, undone, saved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from tests.journeys.screen_till import COLA_GTIN, LEFT, NO_MODIFIER, ScreenTill
from ui.widgets.tile_board import TileBoard
from ui.widgets.two_line_list import TwoLineList

MANAGER, CASHIER = "1005", "1001"
ENTER = Qt.Key.Key_Return


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    till.sign_on(MANAGER)
    till.press("tab_office")
    till.press("go-keys")
    return till


def part(till: ScreenTill):
    return till.flow.features.back_office.part


def board(till: ScreenTill) -> TileBoard:
    found = till.find("keyTiles")
    assert isinstance(found, TileBoard)
    return found


def names(till: ScreenTill) -> list[str]:
    return [tile.name for tile in part(till).state.tiles]


def stored(till: ScreenTill, page: str = "") -> list[str]:
    desk = till.work.counter.desk
    keys = desk.catalog.quick_keys(page, desk.clock.now())
    return [key.unit.unit_id for key in keys]


def drag(till: ScreenTill, view: TileBoard | TwoLineList, one: int, other: int) -> None:
    """Drag a row of a view to the place of another, with real mouse events."""
    till.settle()
    model, viewport = view.model(), view.viewport()
    start, end = (view.visualRect(model.index(x, 0)).center() for x in (one, other))
    handle = till.window.windowHandle()

    def at(point: QPoint) -> QPoint:
        return viewport.mapTo(till.window, point)

    QTest.mousePress(handle, LEFT, NO_MODIFIER, at(start))
    for step in range(1, 6):
        QTest.mouseMove(handle, at(start + (end - start) * step / 5))
    QTest.mouseRelease(handle, LEFT, NO_MODIFIER, at(end))
    till.settle()


def choose(till: ScreenTill, row: int) -> None:
    view = board(till)
    till.touch(view.viewport(), view.visualRect(view.model().index(row, 0)).center())


def save(till: ScreenTill) -> None:
    till.press("keysSave")
    till.wait(lambda: not part(till).state.is_changed)


def test_a_tile_is_dragged_and_the_counter_shows_it_at_once(office) -> None:
    before = stored(office)
    drag(office, board(office), 0, 2)
    assert [x.key for x in part(office).state.tiles[:3]] == [*before[1:3], before[0]]
    assert stored(office) == before
    save(office)
    assert stored(office)[:3] == [*before[1:3], before[0]]
    (entry,) = office.journal(EntryKind.QUICK_KEYS_CHANGED)
    assert [x["unit"] for x in entry["before"]["keys"]] == before
    assert [x["unit"] for x in entry["after"]["keys"]] == stored(office)
    office.press("tab_sale")
    tiles = office.flow.sale.view.goods.tiles("favourites")
    assert [x.key for x in tiles] == stored(office)


def test_nothing_needs_dragging(office) -> None:
    before = stored(office)
    choose(office, 0)
    office.press("keyLater")
    board(office).setFocus()
    office.key(ENTER)
    office.key(Qt.Key.Key_Right)
    assert [x.key for x in part(office).state.tiles[:3]] == [*before[1:3], before[0]]
    office.key(Qt.Key.Key_Down)
    columns = 4
    assert part(office).state.tiles[2 + columns].key == before[0]
    office.key(ENTER)
    office.key(Qt.Key.Key_Left)
    assert part(office).state.chosen == part(office).state.tiles[1 + columns].key


def test_one_key_takes_a_step_back_and_what_was_saved_too(office) -> None:
    before = stored(office)
    drag(office, board(office), 0, 1)
    office.key("z", Qt.KeyboardModifier.ControlModifier)
    assert not part(office).state.is_changed
    drag(office, board(office), 0, 1)
    save(office)
    assert stored(office) != before
    office.key("z", Qt.KeyboardModifier.ControlModifier)
    office.wait(lambda: stored(office) == before)
    assert len(office.journal(EntryKind.QUICK_KEYS_CHANGED)) == 2


def test_goods_are_put_on_the_free_place_named_and_taken_off(office) -> None:
    before = stored(office)
    part(office).on_slot("")
    office.press("keySearch")
    office.type("nongfu")
    office.press("keySearchClear")
    office.press("keySearch")
    office.scan(COLA_GTIN)
    cola = office.work.counter.sale.look_up(COLA_GTIN).unit.unit_id
    if cola in before:
        assert "key" in office.message
        return
    assert part(office).state.tiles[-1].key == cola
    part(office).on_slot(cola)
    office.settle()
    field = office.find("edit-label2")
    office.touch(field, field.rect().center())
    office.type("Coke")
    office.key(ENTER)
    assert part(office).state.tiles[-1].name in {"Coke", part(office).state.key.name}
    save(office)
    assert stored(office) == [*before, cola]
    part(office).on_slot(cola)
    office.press("keyOff")
    save(office)
    assert stored(office) == before


def test_what_is_not_saved_is_asked_about(office) -> None:
    before = stored(office)
    drag(office, board(office), 0, 1)
    office.press("tab_sale")
    assert (office.shown, office.dialog) == ("backOfficeScreen", "unsavedDialog")
    office.press("answer-keep")
    assert part(office).state.is_changed
    office.key(Qt.Key.Key_Escape)
    office.press("answer-throw_away")
    assert (office.shown, stored(office)) == ("saleScreen", before)
    office.press("tab_office")
    drag(office, board(office), 0, 1)
    office.press("go-prices")
    office.press("answer-save")
    office.wait(lambda: office.is_there("priceSearch"))
    assert stored(office) != before


def test_a_lock_and_a_scan_keep_what_is_arranged(office) -> None:
    drag(office, board(office), 0, 1)
    arranged = names(office)
    office.scan(COLA_GTIN)
    assert office.shown == "saleScreen"
    office.flow.lock()
    office.settle()
    office.sign_on(MANAGER)
    office.press("tab_office")
    assert names(office) == arranged
    assert part(office).state.is_changed


def test_categories_are_ordered_by_dragging_and_by_keys(office) -> None:
    tops = [x.category_id for x in part(office).categories if not x.parent_id]
    pages = office.find("keyPages")
    rows = [row.key for row in pages.rows]
    part(office).on_page(tops[1])
    office.settle()
    office.press("categoryUp")
    office.wait(lambda: not part(office).is_working)
    found = [x.category_id for x in part(office).categories if not x.parent_id]
    assert found[:2] == [tops[1], tops[0]]
    rows = [row.key for row in pages.rows]
    drag(office, pages, rows.index(tops[1]), rows.index(tops[1]) + 1)
    office.wait(lambda: not part(office).is_working)
    tabs = [x.key for x in office.flow.sale.view.goods.tabs()]
    assert tabs[1:] == [
        x.category_id for x in part(office).categories if not x.parent_id
    ]
    assert len(office.journal(EntryKind.CATEGORY_CHANGED)) >= 1


def test_a_category_is_added_changed_and_deleted(office) -> None:
    office.press("categoryAdd")
    office.find("edit-category0").setText("新品")
    office.find("edit-category2").setText("New things")
    office.press("segment-hues-wear")
    office.press("categorySave")
    office.wait(lambda: office.dialog == "")
    found = next(x for x in part(office).categories if x.name == "新品")
    assert (found.hue, dict(found.names)["en"]) == ("wear", "New things")
    assert found.category_id in {x.key for x in office.flow.sale.view.goods.tabs()}
    part(office).on_page(found.category_id)
    office.settle()
    office.press("categoryEdit")
    office.press("categoryDelete")
    office.wait(lambda: office.dialog == "")
    assert "新品" not in [x.name for x in part(office).categories]
    assert part(office).state.page == "favourites"


def test_a_category_with_goods_asks_where_they_go(office) -> None:
    goods = office.work.counter.sale.look_up(COLA_GTIN).unit
    part(office).on_page(goods.category_id)
    office.settle()
    office.press("categoryEdit")
    office.press("categoryDelete")
    office.wait(lambda: office.says(_("Its items go to")))
    assert goods.category_id in [x.category_id for x in part(office).categories]
    tops = [x for x in part(office).categories if x.parent_id is None]
    place = next(x for x in tops if x.category_id != goods.category_id)
    office.press(f"categoryParent_{place.category_id}")
    office.wait(lambda: office.dialog == "")
    assert goods.category_id not in [x.category_id for x in part(office).categories]
    moved = office.work.counter.sale.look_up(COLA_GTIN).unit
    assert moved.category_id == place.category_id


def test_a_cashier_sees_no_keys_page(till: ScreenTill) -> None:
    till.sign_on(CASHIER)
    if till.is_there("tab_office"):
        till.press("tab_office")
    assert not till.is_there("go-keys")


def test_the_words_of_the_board_are_read_aloud(office) -> None:
    assert board(office).accessibleName() == _("Quick keys")
    for name in ("categoryUp", "categoryDown", "categoryEdit", "keysUndo"):
        assert office.find(name).accessibleName()
