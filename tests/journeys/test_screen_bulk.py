"""Many items changed at once at the till's back office, by hand and by spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from pos_app.domain.journal import EntryKind
from pos_app.services.item_columns import ItemField
from tests.journeys.screen_till import COLA_GTIN, FIRST_GTIN, ScreenTill

MANAGER = "1005"
_FIELDS = list(ItemField)
PRICE, BARCODE = (
    _FIELDS.index(ItemField.PRICE) + 1,
    _FIELDS.index(ItemField.BARCODE) + 1,
)


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    """Return a till at which the manager changes many items."""
    till.sign_on(MANAGER)
    till.press("tab_office")
    till.press("go-bulk")
    return till


def part(till: ScreenTill):
    return till.flow.features.back_office.part


def wait(till: ScreenTill, page: str) -> None:
    till.wait(lambda: part(till).state.page == page and not part(till).is_working)


def price_of(till: ScreenTill, gtin: str) -> int:
    found = till.work.counter.sale.look_up(gtin)
    assert found is not None
    assert found.unit.price is not None
    return found.unit.price.minor


def tick(till: ScreenTill, *gtins: str) -> None:
    for gtin in gtins:
        till.scan(gtin)


def percent(till: ScreenTill, digits: str) -> None:
    till.press("bulkKey-change")
    till.press("bulkField_price_percent")
    till.pad(digits)
    till.press("bulkPreview")
    wait(till, "preview")


def test_prices_rise_by_ten_percent_and_are_set_back(office):
    was = price_of(office, COLA_GTIN), price_of(office, FIRST_GTIN)
    tick(office, COLA_GTIN, FIRST_GTIN)
    percent(office, "10")
    assert (price_of(office, COLA_GTIN), price_of(office, FIRST_GTIN)) == was
    office.press("bulkConfirm")
    wait(office, "documents")
    assert price_of(office, COLA_GTIN) == round(was[0] * 1.1)
    body = office.journal(EntryKind.BULK_CHANGED)[0]
    assert len(body["items"]) == 2
    row = part(office).state.documents.rows[0]
    office.touch_row("tableRows", row.cells[1])
    wait(office, "preview")
    office.press("bulkConfirm")
    wait(office, "documents")
    assert (price_of(office, COLA_GTIN), price_of(office, FIRST_GTIN)) == was


def test_everything_is_ticked_and_looked_at_before_it_changes(office):
    office.press("bulkKey-all")
    office.wait(lambda: not part(office).is_working)
    count = office.work.counter.desk.catalog.item_count()
    assert len(part(office).choice.chosen) >= count
    percent(office, "5")
    view = part(office).state.preview
    assert view.can_confirm
    office.press("bulkPreviewHeadBack")
    office.press("bulkChangeHeadBack")
    office.press("bulkKey-none")
    assert part(office).choice.chosen == {}


def test_a_spreadsheet_goes_out_is_edited_and_comes_back(office, tmp_path: Path):
    file = tmp_path / "goods.xlsx"
    tick(office, COLA_GTIN, FIRST_GTIN)
    part(office).write_file(str(file))
    office.wait(lambda: file.exists() and not part(office).is_working)
    book = load_workbook(file)
    sheet = book.worksheets[0]
    row = next(x for x in (2, 3) if COLA_GTIN in str(sheet.cell(x, BARCODE).value))
    sheet.cell(row, PRICE).value = 4.5
    book.save(file)
    part(office).read_file(str(file))
    wait(office, "preview")
    assert len(part(office).state.preview.table.rows) == 1
    office.sees("4.50")
    office.press("bulkConfirm")
    wait(office, "documents")
    assert price_of(office, COLA_GTIN) == 450


def test_two_who_edited_one_file_see_a_conflict(office, tmp_path: Path):
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    tick(office, COLA_GTIN)
    part(office).write_file(str(first))
    office.wait(lambda: first.exists() and not part(office).is_working)
    second.write_bytes(first.read_bytes())
    for file, price in ((first, 5), (second, 6)):
        book = load_workbook(file)
        book.worksheets[0].cell(2, PRICE).value = price
        book.save(file)
    part(office).read_file(str(first))
    wait(office, "preview")
    office.press("bulkConfirm")
    wait(office, "documents")
    office.press("bulkDocumentsHeadBack")
    part(office).read_file(str(second))
    wait(office, "preview")
    assert not office.can_press("bulkConfirm")
    assert price_of(office, COLA_GTIN) == 500
    row = part(office).state.preview.table.rows[0]
    office.touch_row("tableRows", row.cells[0])  # taken in by hand
    office.press("bulkConfirm")
    wait(office, "documents")
    assert price_of(office, COLA_GTIN) == 600


def test_a_file_that_is_none_is_refused(office, tmp_path: Path):
    file = tmp_path / "broken.xlsx"
    file.write_bytes(b"this is no spreadsheet")
    part(office).read_file(str(file))
    office.wait(lambda: office.beeps == 1)
    assert part(office).state.page == "choose"
    assert not part(office).is_working


def test_a_tax_is_tapped_and_not_typed(office):
    tick(office, COLA_GTIN)
    office.press("bulkKey-change")
    office.press("bulkField_returnable")
    office.press("bulkOption_no")
    office.press("bulkPreview")
    wait(office, "preview")
    office.press("bulkConfirm")
    wait(office, "documents")
    found = office.work.counter.sale.look_up(COLA_GTIN)
    assert found is not None
    assert not found.unit.is_returnable
