"""Cells of an exported sheet that somebody emptied, and the sheet that explains it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pos_app.bootstrap import Till
from pos_app.cli.till_upkeep import TillUpkeep
from pos_app.domain.bulk_edit import BulkWarning
from pos_app.domain.item import Category
from pos_app.domain.price import UnitPrice
from pos_app.i18n import use_language
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.services.bulk_plan import plan_undo
from pos_app.services.item_columns import MAY_BE_EMPTIED, ItemField
from pos_app.services.item_fields import fields_of
from pos_app.services.sheet_plan import SheetPlan
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp
from tests.counter_shop import MANAGER, TEA, fresh_shop, opened, unit_of
from tests.drawing import NoRasteriser
from ui.presenters.bulk_words import FieldWords, warning_words

FIELDS = list(ItemField)
DATES = {ItemField.VALID_FROM, ItemField.VALID_UNTIL}
BOX_CODE, OTHER_CODE = "16901234567899", "036000291452"


@pytest.fixture
def till(tmp_path: Path):
    with opened(fresh_shop(tmp_path), number=MANAGER) as found:
        put_everything(found)
        yield found


def put_everything(till: Till) -> None:
    """Give the tea everything that an item may have."""
    tea = tea_of(till)
    box = UnitDraft(
        till.counter.desk.ids.new(),
        "XBX",
        "箱",
        Decimal(12),
        barcodes=(BOX_CODE,),
        prices=(UnitPrice("boxed", 14000, Period()),),
    )
    with till.editor() as editor:
        editor.put_categories([Category("drinks", "茶叶", (), 0, "drinks")])
        parent = editor.items_by_sku(["S4"])["S4"]
        full = replace(
            tea,
            names=(("en", "Jasmine tea"), ("zh-TW", "茉莉花茶")),
            variant="大",
            spec="250g",
            category_id="drinks",
            parent_id=parent.item_id,
            discount_cap=Percentage(200_000),
            brand="湖滨",
            tags=("清明前", "送礼"),
            units=(
                replace(
                    tea.units[0],
                    plu="77",
                    cost_minor=900,
                    barcodes=(TEA, OTHER_CODE),
                    floor_minor=1000,
                    level_prices=(("gold", 1100), ("member", 1180)),
                ),
                box,
            ),
        )
        editor.put_items([full])


def tea_of(till: Till) -> ItemDraft:
    with till.editor() as editor:
        return editor.items_by_sku(["S1"])["S1"]


def upkeep(till: Till) -> TillUpkeep:
    return TillUpkeep(till, NoRasteriser())


def export(till: Till, file: Path) -> Path:
    upkeep(till).write_sheet([tea_of(till).item_id], file, lambda _items: None)
    return file


def edit(file: Path, change: Callable[[object], None]) -> Path:
    book = load_workbook(file)
    change(book.worksheets[0])
    book.save(file)
    return file


def empty(*columns: ItemField):
    def change(sheet) -> None:
        for column in columns:
            assert sheet.cell(2, FIELDS.index(column) + 1).value not in (None, "")
            sheet.cell(2, FIELDS.index(column) + 1).value = None

    return change


def plan(till: Till, file: Path) -> SheetPlan:
    return upkeep(till).plan_sheet(file, lambda _lines: None)


def take(till: Till, planned: SheetPlan) -> str:
    job = till.counter.bulk.decide(planned.decided(planned.offered))
    outcome = upkeep(till).run_bulk(job, lambda _done: None)
    assert outcome.left == 0
    return job.document.bulk_id


def test_emptied_cells_take_their_values_away_and_the_undo_brings_them_back(
    till, tmp_path
):
    before = tea_of(till)
    file = edit(
        export(till, tmp_path / "a.xlsx"),
        empty(*MAY_BE_EMPTIED - {ItemField.NAME_ZH_CN}),
    )
    planned = plan(till, file)
    assert planned.problems == ()
    (row,) = planned.rows
    assert BulkWarning.EMPTIED in row.row.warnings
    bulk_id = take(till, planned)
    after = tea_of(till)
    assert (after.variant, after.spec, after.names) == ("", "", ())
    assert (after.category_id, after.parent_id, after.discount_cap) == (
        None,
        None,
        None,
    )
    piece, box = after.units
    assert (piece.barcodes, piece.plu, box.barcodes) == ((), "", ())
    assert piece.cost_minor == 900
    assert (after.brand, after.tags, piece.floor_minor) == ("", (), 0)
    assert piece.level_prices == (("gold", 1100),)
    assert plan(till, file).rows == ()  # once is enough
    desk = till.counter.desk
    back = till.counter.bulk.decide(plan_undo(desk.catalog, bulk_id, desk.clock.now()))
    assert upkeep(till).run_bulk(back, lambda _done: None).done == 1
    now = desk.clock.now()
    assert fields_of(tea_of(till), now) == fields_of(before, now)


def test_the_diff_says_what_is_taken_away(till, tmp_path):
    use_language("en")
    file = edit(export(till, tmp_path / "a.xlsx"), empty(ItemField.BOX_BARCODE))
    (row,) = plan(till, file).rows
    words = FieldWords("CNY", {}, {"drinks": "茶叶"})
    assert words.changes(row.row) == f"Barcode {BOX_CODE} is taken away"
    assert warning_words(row.row) == "A cell was emptied"


@pytest.mark.parametrize("column", sorted(set(ItemField) - MAY_BE_EMPTIED - DATES))
def test_what_may_not_be_missing_is_an_error_and_changes_nothing(
    till, tmp_path, column
):
    file = export(till, tmp_path / "a.xlsx")
    planned = plan(till, edit(file, empty(column)))
    assert planned.rows == ()
    assert "import_emptied" in {x.key for x in planned.problems}


def test_the_dates_of_a_price_for_a_while_may_not_be_emptied(till, tmp_path):
    now = till.counter.desk.clock.now()
    week = Period(now, Timestamp(now.unix_ms + 7 * 86_400_000))
    tea = tea_of(till)
    prices = (*tea.units[0].prices, UnitPrice(till.counter.desk.ids.new(), 990, week))
    base = replace(tea.units[0], prices=prices)
    with till.editor() as editor:
        editor.put_items([replace(tea, units=(base, *tea.units[1:]))])
    file = export(till, tmp_path / "a.xlsx")

    def clear(sheet) -> None:
        sheet.cell(3, FIELDS.index(ItemField.VALID_UNTIL) + 1).value = None

    planned = plan(till, edit(file, clear))
    assert planned.rows == ()
    assert [x.key for x in planned.problems] == ["import_emptied"]


def test_a_cell_that_was_empty_before_says_nothing(till, tmp_path):
    def rename(sheet) -> None:
        sheet.cell(2, FIELDS.index(ItemField.NAME) + 1).value = "花茶"

    with till.editor() as editor:
        editor.put_items([replace(tea_of(till), spec="")])
    file = export(till, tmp_path / "a.xlsx")
    with till.editor() as editor:
        editor.put_items([replace(tea_of(till), spec="300g")])
    planned = plan(till, edit(file, rename))
    (row,) = planned.rows
    assert set(row.row.after) == {"name"}


def test_a_column_taken_out_of_the_file_says_nothing(till, tmp_path):
    file = edit(
        export(till, tmp_path / "a.xlsx"),
        lambda sheet: sheet.delete_cols(FIELDS.index(ItemField.CATEGORY) + 1),
    )
    planned = plan(till, file)
    assert (planned.rows, planned.problems) == ((), ())


def test_a_row_whose_cells_are_all_empty_has_one_error_only(till, tmp_path):
    def clear(sheet) -> None:
        for column in range(1, len(FIELDS) + 1):
            sheet.cell(2, column).value = None

    planned = plan(till, edit(export(till, tmp_path / "a.xlsx"), clear))
    assert planned.rows == ()
    assert [x.key for x in planned.problems] == ["import_number_missing"]


def test_a_second_sheet_says_how_the_first_is_read(till, tmp_path):
    use_language("zh-CN")
    book = load_workbook(export(till, tmp_path / "a.xlsx"))
    notes = [row[0] for row in book.worksheets[1].iter_rows(values_only=True)]
    assert len(notes) == 5
    assert any("条码" in note and "售价" not in note for note in notes)
    assert any("售价" in note and "箱规" in note for note in notes)


def test_a_barcode_that_another_item_has_taken_is_not_set_back(till, tmp_path):
    file = edit(export(till, tmp_path / "a.xlsx"), empty(ItemField.BOX_BARCODE))
    bulk_id = take(till, plan(till, file))
    with till.editor() as editor:
        salt = editor.items_by_sku(["S4"])["S4"]
        taken = replace(salt.units[0], barcodes=(*salt.units[0].barcodes, BOX_CODE))
        editor.put_items([replace(salt, units=(taken, *salt.units[1:]))])
    desk = till.counter.desk
    (row,) = plan_undo(desk.catalog, bulk_id, desk.clock.now()).rows
    assert row.warnings == (BulkWarning.NUMBER_TAKEN,)


def test_a_first_cost_stays_when_the_rest_is_set_back(till, tmp_path):
    file = tmp_path / "salt.csv"
    file.write_text("sku,name,cost\nS4,海盐,1.10\n", "utf-8")
    bulk_id = take(till, plan(till, file))
    desk = till.counter.desk
    planned = plan_undo(desk.catalog, bulk_id, desk.clock.now())
    (row,) = planned.rows
    assert row.warnings == (BulkWarning.COST_STAYS,)
    assert set(row.after) == {"name"}
    assert (
        upkeep(till).run_bulk(till.counter.bulk.decide(planned), lambda _d: None).done
        == 1
    )
    assert unit_of(till.counter, "S4").name != "海盐"
