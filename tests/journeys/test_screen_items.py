"""Items at the till's own screen: added, sold at once, changed, retired, registered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea

from pos_app.domain.journal import EntryKind
from pos_app.services.item_form import CodeForm
from tests.journeys.screen_till import (
    AMERICANO,
    COLA,
    COLA_GTIN,
    PINS,
    UNKNOWN_GTIN,
    ScreenTill,
)
from ui.presenters.items import ItemsPart

MANAGER = "1005"
BOX_GTIN = "16977880012357"


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    """Return a till at which a manager has the items before them."""
    till.sign_on(MANAGER)
    till.press("tab_office")
    return till


def part(till: ScreenTill) -> ItemsPart:
    found = till.flow.features.back_office.part
    assert isinstance(found, ItemsPart)
    return found


def show(till: ScreenTill, name: str) -> None:
    """Scroll the card until a widget can be touched."""
    till.settle()
    area = till.find("itemCard").findChildren(QScrollArea)[0]
    found = [
        x for x in area.findChildren(object) if getattr(x, "objectName", str)() == name
    ]
    area.ensureWidgetVisible(found[0], 0, 40)
    till.settle()


def press(till: ScreenTill, name: str) -> None:
    show(till, name)
    till.press(name)


def type_into(till: ScreenTill, name: str, text: str) -> None:
    """Touch a field, and write over what stands there."""
    show(till, f"edit-{name}")
    field = till.find(f"edit-{name}")
    till.touch(field, QPoint(field.width() // 2, field.height() // 2))
    field.selectAll()
    if text.isascii():
        till.type(text)
    else:
        till.compose(text)


def save(till: ScreenTill) -> None:
    till.press("item_save")
    till.wait(lambda: not part(till).is_working)


def sell(till: ScreenTill, *codes: str) -> None:
    till.press("tab_sale")
    till.scan(*codes)


def test_new_goods_with_a_box_and_a_picture_are_sold_by_the_next_scan(
    office: ScreenTill, tmp_path: Path
) -> None:
    file = tmp_path / "snack.png"
    Image.new("RGB", (1200, 800), "orange").save(file)
    office.scan(UNKNOWN_GTIN)
    type_into(office, "name", "海苔脆片")
    type_into(office, "unit0.price", "6.50")
    press(office, "item_unit")
    type_into(office, "unit1.pieces", "12")
    type_into(office, "unit1.price", "69.00")
    press(office, "codeScan-1")
    office.scan(BOX_GTIN)
    part(office).on_picture_file(str(file))
    office.wait(lambda: part(office).state.card.picture != b"")
    save(office)
    assert part(office).state.card.is_new is False
    sell(office, UNKNOWN_GTIN, BOX_GTIN)
    assert [(line.unit.name, line.unit.price.minor) for line in office.lines] == [
        ("海苔脆片", 650),
        ("海苔脆片", 6900),
    ]
    office.pay_cash()
    assert len(office.last_sale.lines) == 2
    (added,) = office.journal(EntryKind.ITEM_CHANGED)
    assert added["before"] is None


def test_what_is_typed_wrong_says_so_at_its_field_and_stays(office) -> None:
    office.scan(COLA_GTIN)
    type_into(office, "unit0.price", "-3")
    save(office)
    assert office.is_there("problem-unit0.price")
    assert office.find("edit-unit0.price").text() == "-3"
    type_into(office, "unit0.price", "4.20")
    save(office)
    sell(office, COLA_GTIN)
    assert office.lines[0].unit.price.minor == 420


def test_goods_for_nothing_are_asked_about(office) -> None:
    office.scan(COLA_GTIN)
    type_into(office, "unit0.price", "0")
    office.press("item_save")
    assert office.dialog == "itemQuestion"
    office.press("answer-no")
    assert part(office).unsaved()
    office.press("item_save")
    office.press("answer-yes")
    office.wait(lambda: not part(office).unsaved())
    sell(office, COLA_GTIN)
    assert office.lines[0].unit.price.minor == 0


def test_variants_are_made_at_once_and_stand_on_the_card(office) -> None:
    office.scan(UNKNOWN_GTIN)
    type_into(office, "name", "帆布鞋")
    type_into(office, "unit0.price", "199")
    save(office)
    office.press("item_variants")
    office.compose("米白,黑")
    second = office.find("variantsSecond")
    office.touch(second, second.rect().center())
    office.type("38,39,40")
    office.press("variantsMake")
    office.wait(lambda: len(part(office).state.card.family) == 7)
    names = {row.variant for row in part(office).state.card.family}
    assert "米白 / 39" in names


def test_retired_goods_are_refused_at_the_till_until_they_come_back(office) -> None:
    office.scan(COLA_GTIN)
    office.press("item_retire")
    office.wait(lambda: part(office).state.card.is_retired)
    sell(office, COLA_GTIN)
    assert office.lines[0].is_unknown
    office.press("problemDelete")
    office.press("tab_office")
    office.scan(COLA_GTIN)
    office.press("item_retire")
    office.wait(lambda: not part(office).state.card.is_retired)
    sell(office, COLA_GTIN)
    assert office.basket == [(COLA, "1")]


def test_what_was_sold_is_not_deleted_but_may_be_retired(office) -> None:
    sell(office, COLA_GTIN)
    office.pay_cash()
    office.press("mainAction")
    office.press("tab_office")
    office.scan(COLA_GTIN)
    office.press("item_delete")
    assert not office.is_there("answer-yes")
    office.press("answer-retire")
    office.wait(lambda: part(office).state.card.is_retired)


def test_what_never_did_anything_is_deleted(office) -> None:
    office.scan(UNKNOWN_GTIN)
    type_into(office, "name", "wrong")
    save(office)
    office.press("item_delete")
    office.press("answer-yes")
    office.wait(lambda: part(office).state.card is None)
    sell(office, UNKNOWN_GTIN)
    assert office.lines[0].is_unknown


def test_a_barcode_moves_while_the_old_goods_lie_in_the_basket(office) -> None:
    sell(office, COLA_GTIN)
    office.press("tab_office")
    listing = office.work.counter.desk.catalog.listing
    part(office).open(listing.id_of_code(AMERICANO))
    press(office, "codeScan-0")
    office.scan(COLA_GTIN)
    assert office.dialog == "itemQuestion"
    office.press("answer-yes")
    save(office)
    sell(office, COLA_GTIN)
    assert office.basket == [(COLA, "1"), (AMERICANO, "1")]
    moved = [x for x in office.journal(EntryKind.ITEM_CHANGED) if "moved_code" in x]
    assert len(moved) == 1
    assert moved[0]["basket_id"] == office.work.counter.sale.basket.basket_id


def test_what_somebody_changed_meanwhile_is_kept_and_so_is_what_was_typed(
    office,
) -> None:
    office.scan(COLA_GTIN)
    type_into(office, "name", "mine")
    items, card = office.work.counter.items, part(office).card
    theirs = card.as_save(allows_free=False)
    change = items.save(replace(theirs, form=replace(card.opened, spec="theirs")))
    office.work.upkeep.catalog_change(change)()
    save(office)
    assert office.is_there("item_mine")
    assert office.find("edit-name").text() == "mine"
    office.press("item_mine")
    save(office)
    seen = items.seen(card.form.item_id)
    assert (seen.item.name, seen.item.spec) == ("mine", "theirs")


def test_a_card_that_is_not_saved_is_asked_about_before_another_opens(office) -> None:
    office.scan(COLA_GTIN)
    cola = part(office).card.form.item_id
    type_into(office, "name", "half typed")
    office.scan(UNKNOWN_GTIN)
    assert office.dialog == "unsavedDialog"
    office.press("answer-keep")
    assert part(office).card.form.item_id == cola
    office.press("tab_sale")
    if office.dialog == "unsavedDialog":
        office.press("answer-throw_away")
    else:
        office.press("tab_office")
        assert part(office).card.form.name == "half typed"


def test_goods_are_found_by_words_category_and_standing(office) -> None:
    everything = len(part(office).state.rows)
    field = office.find("itemField")
    office.touch(field, field.rect().center())
    office.type("kele")
    assert 0 < len(part(office).state.rows) < everything
    office.key(Qt.Key.Key_Escape)
    office.press("segment-itemStanding-retired")
    assert part(office).state.rows == ()
    office.press("segment-itemStanding-all")
    office.press("itemShelf")
    office.touch_row("tableRows", part(office).list.shelf_rows()[0][1].strip())
    assert 0 < len(part(office).state.rows) <= everything


def test_the_list_grows_as_it_is_scrolled(office) -> None:
    first = len(part(office).state.rows)
    assert part(office).state.has_more
    bar = office.find("itemRows").verticalScrollBar()
    bar.setValue(bar.maximum())
    assert len(part(office).state.rows) > first


def test_unknown_goods_are_registered_and_the_red_line_is_sold(till) -> None:
    till.sign_on(MANAGER)
    till.scan(UNKNOWN_GTIN, COLA_GTIN, UNKNOWN_GTIN)
    till.press("problemRegister")
    till.compose("新货")
    till.pad("6.80")
    till.press("registerTake")
    till.wait(lambda: not any(line.is_unknown for line in till.lines))
    assert {line.unit.name for line in till.lines if line.scanned == UNKNOWN_GTIN} == {
        "新货"
    }
    till.pay_cash()
    till.press("mainAction")
    till.scan(UNKNOWN_GTIN)
    assert till.lines[0].unit.price.minor == 680


def test_a_cashier_asks_somebody_to_register_unknown_goods(selling) -> None:
    selling.scan(UNKNOWN_GTIN)
    selling.press("problemRegister")
    selling.compose("新货")
    selling.pad("6.80")
    selling.press("registerTake")
    assert selling.dialog == "approvalDialog"
    manager = selling.work.counter.sign_on.by_number(MANAGER).staff_id
    selling.press(f"approver_{manager}")
    for digit in PINS[MANAGER]:
        selling.press(f"approval-D{digit}")
    selling.press("approvalAgree")
    selling.wait(lambda: not any(line.is_unknown for line in selling.lines))
    assert selling.lines[0].unit.name == "新货"


def test_scanning_goes_on_while_goods_are_registered(till) -> None:
    till.sign_on(MANAGER)
    till.scan(UNKNOWN_GTIN)
    till.press("problemRegister")
    till.compose("新货")
    till.scan(COLA_GTIN)
    assert till.find("edit-register_name").text() == "新货"
    assert len(till.lines) == 2


def test_a_picture_stands_on_the_tile(office, tmp_path: Path) -> None:
    file = tmp_path / "cup.png"
    Image.new("RGB", (300, 300), "brown").save(file)
    listing = office.work.counter.desk.catalog.listing
    part(office).open(listing.id_of_code(AMERICANO))
    part(office).on_picture_file(str(file))
    office.wait(lambda: part(office).card.picture is not None)
    save(office)
    office.press("tab_sale")
    tiles = office.flow.sale.state.tiles
    assert next(x for x in tiles if "美式" in x.name).picture.startswith(b"\xff\xd8")


def test_the_card_makes_a_barcode_of_the_shop(office) -> None:
    listing = office.work.counter.desk.catalog.listing
    part(office).open(listing.id_of_code(AMERICANO))
    press(office, "codeMake-0")
    code = part(office).card.form.units[0].codes[-1]
    assert isinstance(code, CodeForm)
    save(office)
    sell(office, code.code)
    assert office.basket == [(AMERICANO, "1")]
