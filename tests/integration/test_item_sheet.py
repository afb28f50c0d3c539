"""Items into a spreadsheet, edited by people, and back: nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pos_app.bootstrap import Till
from pos_app.cli.till_upkeep import TillUpkeep
from pos_app.domain.bulk_edit import BulkAction, BulkField, BulkWarning
from pos_app.ports.item_listing import ItemQuery
from pos_app.services.bulk_plan import ids_of, plan_edit, plan_undo
from pos_app.services.item_columns import ItemField
from pos_app.services.item_fields import fields_of
from pos_app.services.item_sheet import write_sheet
from pos_app.services.sheet_plan import RowStatus, SheetPlan
from tests.counter_shop import MANAGER, TEA, fresh_shop, opened, unit_of
from tests.drawing import NoRasteriser
from tests.ticking_clock import TickingClock

FIELDS = list(ItemField)
PRICE, NAME, SKU = (
    FIELDS.index(x) + 1 for x in (ItemField.PRICE, ItemField.NAME, ItemField.SKU)
)
BARCODE = FIELDS.index(ItemField.BARCODE) + 1


@pytest.fixture
def till(tmp_path: Path):
    with opened(fresh_shop(tmp_path), TickingClock(), number=MANAGER) as found:
        yield found


def everything(till: Till) -> tuple[str, ...]:
    desk = till.counter.desk
    return ids_of(desk.catalog, ItemQuery(), desk.clock.now())


def export(till: Till, file: Path, language: str = "zh-CN") -> Path:
    desk = till.counter.desk
    about = (desk.clock.now(), language, desk.ids.new())
    write_sheet(desk.catalog, everything(till), file, about)
    return file


def edit(file: Path, change: Callable[[object], None]) -> Path:
    """Edit a file as a person does, and save it."""
    book = load_workbook(file)
    change(book.worksheets[0])
    book.save(file)
    return file


def row_of(sheet, sku: str) -> int:
    return next(
        row for row in range(2, sheet.max_row + 1) if sheet.cell(row, SKU).value == sku
    )


def put(sku: str, column: int, value: object):
    def change(sheet) -> None:
        sheet.cell(row_of(sheet, sku), column).value = value

    return change


def plan(till: Till, file: Path) -> SheetPlan:
    return TillUpkeep(till, NoRasteriser()).plan_sheet(file, lambda _lines: None)


def take(till: Till, planned: SheetPlan, more: tuple[str, ...] = ()) -> str:
    job = till.counter.bulk.decide(planned.decided({*planned.offered, *more}))
    TillUpkeep(till, NoRasteriser()).run_bulk(job, lambda _done: None)
    return job.document.bulk_id


def shop_of(till: Till) -> dict[str, dict[str, object]]:
    desk = till.counter.desk
    items = desk.catalog.listing.items(everything(till))
    return {key: fields_of(item, desk.clock.now()) for key, item in items.items()}


def price_of(till: Till, code: str = TEA) -> int:
    price = unit_of(till.counter, code).price
    assert price is not None
    return price.minor


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
def test_an_untouched_file_changes_nothing(till, tmp_path, language):
    file = export(till, tmp_path / "items.xlsx", language)
    planned = plan(till, file)
    assert planned.rows == ()
    assert planned.problems == ()
    assert planned.unchanged > 0


def test_a_file_saved_anew_by_a_spreadsheet_changes_nothing(till, tmp_path):
    file = edit(export(till, tmp_path / "items.xlsx"), lambda _sheet: None)
    assert plan(till, file).rows == ()


def test_the_mark_of_each_row_is_hidden(till, tmp_path):
    book = load_workbook(export(till, tmp_path / "items.xlsx"))
    sheet = book.worksheets[0]
    letter = sheet.cell(1, len(FIELDS) + 1).column_letter
    assert sheet.column_dimensions[letter].hidden
    assert str(sheet.cell(2, BARCODE).value or "0").startswith(("6", "0", "1"))


def test_an_edited_price_and_name_are_shown_and_taken_and_set_back(till, tmp_path):
    before = shop_of(till)
    file = export(till, tmp_path / "items.xlsx")
    edit(file, put("S1", PRICE, 13.5))
    edit(file, put("S2", NAME, "可口可乐"))
    planned = plan(till, file)
    assert {(x.row.sku, x.status) for x in planned.rows} == {
        ("S1", RowStatus.CHANGED),
        ("S2", RowStatus.CHANGED),
    }
    bulk_id = take(till, planned)
    assert price_of(till) == 1350
    assert plan(till, file).rows == ()  # the same file again says nothing new
    desk = till.counter.desk
    back = plan_undo(desk.catalog, bulk_id, desk.clock.now())
    job = till.counter.bulk.decide(back)
    TillUpkeep(till, NoRasteriser()).run_bulk(job, lambda _done: None)
    assert shop_of(till) == before


def test_a_new_row_is_a_new_item_and_its_undo_retires_it(till, tmp_path):
    file = export(till, tmp_path / "items.xlsx")

    def add(sheet) -> None:
        row = sheet.max_row + 1
        sheet.cell(row, SKU).value = "N1"
        sheet.cell(row, NAME).value = "新茶"
        sheet.cell(row, PRICE).value = "9.90"  # a number stored as text
        sheet.cell(row, BARCODE).value = 6977880012350  # a barcode stored as number

    planned = plan(till, edit(file, add))
    assert [x.status for x in planned.rows] == [RowStatus.ADDED]
    bulk_id = take(till, planned)
    assert price_of(till, "6977880012350") == 990
    desk = till.counter.desk
    back = plan_undo(desk.catalog, bulk_id, desk.clock.now())
    job = till.counter.bulk.decide(back)
    TillUpkeep(till, NoRasteriser()).run_bulk(job, lambda _done: None)
    assert till.counter.sale.look_up("6977880012350") is None


def test_a_row_changed_in_the_shop_meanwhile_is_a_conflict_and_left_out(till, tmp_path):
    file = edit(export(till, tmp_path / "items.xlsx"), put("S1", NAME, "花茶"))
    desk = till.counter.desk
    tea = unit_of(till.counter, TEA).item_id
    action = BulkAction(BulkField.PRICE_SET, minor=1500)
    job = till.counter.bulk.decide(
        plan_edit(desk.catalog, action, [tea], desk.clock.now())
    )
    TillUpkeep(till, NoRasteriser()).run_bulk(job, lambda _done: None)
    planned = plan(till, file)
    assert [x.status for x in planned.rows] == [RowStatus.CONFLICT]
    assert planned.offered == frozenset()
    assert price_of(till) == 1500
    # An unedited row of the same old file would not have set the price back either.
    take(till, planned, more=(tea,))
    assert price_of(till) == 1280  # taken in by hand: the file's word counts


def test_two_people_who_edit_copies_of_one_file_meet_in_a_conflict(till, tmp_path):
    first = export(till, tmp_path / "first.xlsx")
    second = tmp_path / "second.xlsx"
    second.write_bytes(first.read_bytes())
    edit(first, put("S1", PRICE, 11))
    edit(second, put("S1", PRICE, 12))
    edit(second, put("S3", PRICE, 2))
    take(till, plan(till, first))
    planned = plan(till, second)
    assert {x.row.sku: x.status for x in planned.rows} == {
        "S1": RowStatus.CONFLICT,
        "S3": RowStatus.CHANGED,
    }
    take(till, planned)
    assert price_of(till) == 1100


def test_what_cannot_be_read_is_named_by_row_and_column(till, tmp_path):
    file = export(till, tmp_path / "items.xlsx")
    edit(file, put("S1", PRICE, "dear"))
    edit(file, put("S3", PRICE, "=1+1"))  # saved without its result
    planned = plan(till, file)
    told = {(x.column, x.key) for x in planned.problems}
    assert told == {("售价", "amount_unreadable"), ("售价", "import_formula")}
    assert planned.rows == ()


def test_a_shortened_barcode_is_refused(till, tmp_path):
    file = tmp_path / "short.csv"
    file.write_text("货号,条码,名称,售价\nN9,6.97788E+12,新茶,5\n", "gb18030")
    planned = plan(till, file)
    assert {x.key for x in planned.problems} == {"import_barcode_scientific"}


def test_a_price_for_a_while_comes_and_goes_with_the_file(till, tmp_path):
    before = shop_of(till)
    file = tmp_path / "sale.csv"
    file.write_text(
        "货号,售价,生效日期,失效日期\nS1,9.90,2026-12-01,2026-12-05\n", "utf-8"
    )
    planned = plan(till, file)
    assert [x.status for x in planned.rows] == [RowStatus.CHANGED]
    bulk_id = take(till, planned)
    assert shop_of(till) != before
    desk = till.counter.desk
    back = plan_undo(desk.catalog, bulk_id, desk.clock.now())
    job = till.counter.bulk.decide(back)
    TillUpkeep(till, NoRasteriser()).run_bulk(job, lambda _done: None)
    assert shop_of(till) == before


def test_a_price_below_cost_or_zero_is_pointed_out(till, tmp_path):
    file = tmp_path / "cheap.csv"
    file.write_text("sku,price,cost\nS1,0,\nS2,1,2\n", "utf-8")
    warnings = {x.row.sku: x.row.warnings for x in plan(till, file).rows}
    assert warnings == {"S1": (BulkWarning.ZERO,), "S2": (BulkWarning.BELOW_COST,)}


def test_a_row_copied_for_a_new_item_is_new(till, tmp_path):
    file = export(till, tmp_path / "items.xlsx")

    def copy(sheet) -> None:
        row, fresh = row_of(sheet, "S3"), sheet.max_row + 1
        for column in range(1, len(FIELDS) + 2):
            sheet.cell(fresh, column).value = sheet.cell(row, column).value
        sheet.cell(fresh, SKU).value = "S3-2"
        sheet.cell(fresh, NAME).value = "另一种"

    planned = plan(till, edit(file, copy))
    assert [(x.row.sku, x.status) for x in planned.rows] == [("S3-2", RowStatus.ADDED)]
