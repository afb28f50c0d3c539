"""The back office's stock and its changes of many items, one view after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook

from pos_app.services.item_columns import ItemField
from tests.journeys.screen_till import (
    COLA_GTIN,
    FIRST_GTIN,
    UNKNOWN_GTIN,
    ScreenTill,
)

_PRICE = list(ItemField).index(ItemField.PRICE) + 1

#: Views that count goods in the shop's own units.
STOCK_VIEWS = ("stock", "adjusting", "receiving", "many items", "spreadsheet")


def stock_views(till: ScreenTill) -> Iterator[str]:
    """Show the views; begins and ends on the sale screen."""
    till.press("tab_office")
    till.press("go-stock")
    part = till.flow.features.back_office.part
    till.press("stockSearchField")
    till.type("niunai")
    till.wait(lambda: part.list.has_figures)
    yield "stock"
    till.press("stockSearchClear")
    till.press("stockWrite-adjusted")
    till.press("segment-stockEntryField-down")
    till.scan(COLA_GTIN, UNKNOWN_GTIN)
    yield "adjusting, an unknown code"
    till.press("stockKey-remove")
    yield "adjusting, a line removed"
    till.press("stockReason_missing")
    till.touch_row("tableRows", "1")
    till.pad("3⏎")
    till.press("stockKey-book")
    till.wait(lambda: part.page == "document" and bool(part.state.document.png))
    yield "stock document"
    till.press("stockUndo")
    yield "stock document, asked to be undone"
    till.press("stockDocumentHeadBack")
    till.press("segment-stockScopes-below_zero")
    till.wait(lambda: len(part.list.view().table.rows) > 0)
    yield "stock, below zero"
    till.press("segment-stockScopes-all")
    till.press("stockDocuments")
    yield "stock documents"
    till.press("stockDocumentsHeadBack")
    till.scan(COLA_GTIN)
    till.wait(lambda: len(part.state.history.table.rows) > 0)
    yield "stock history"
    till.press("stockHistoryHeadBack")
    till.press("stockWrite-received")
    till.scan(FIRST_GTIN)
    till.press("segment-stockEntryField-cost")
    till.pad("1.2")
    yield "receiving"
    till.press("stockAddField")
    till.type("niunai")
    yield "receiving, found by name"
    till.press("stockAddClear")
    till.press("stockKey-give_up")
    yield "receiving, asked to be thrown away"
    till.press("stockKey-give_up")
    till.press("tab_sale")


def bulk_views(till: ScreenTill, folder: Path) -> Iterator[str]:
    """Show the views; begins and ends on the sale screen."""
    till.press("tab_office")
    till.press("go-bulk")
    part = till.flow.features.back_office.part
    till.scan(COLA_GTIN, FIRST_GTIN)
    yield "many items, two ticked"
    file = folder / "goods.xlsx"
    part.write_file(str(file))
    till.wait(lambda: not part.is_working)
    till.press("bulkKey-change")
    for field in part.state.change.fields:
        till.press(f"bulkField_{field[0]}")
        yield f"many items, {field[0]}"
    till.press("bulkField_price_amount")
    till.press("segment-bulkSigns-down")
    till.pad("0.1")
    till.press("bulkPreview")
    till.wait(lambda: part.page == "preview" and not part.is_working)
    yield "many items, preview"
    till.press("bulkConfirm")
    till.wait(lambda: part.page == "documents" and not part.is_working)
    yield "many items, done"
    till.press("bulkDocumentsHeadBack")
    book = load_workbook(file)
    book.worksheets[0].cell(2, _PRICE).value = 1
    book.worksheets[0].cell(3, _PRICE).value = "?"
    book.save(file)
    part.read_file(str(file))
    till.wait(lambda: part.page == "preview" and not part.is_working)
    yield "spreadsheet, a conflict"
    till.press("segment-bulkFilters-problems")
    yield "spreadsheet, problems"
    till.press("bulkPreviewHeadBack")
    till.press("tab_sale")
