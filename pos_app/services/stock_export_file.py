"""Writes what is on the shelves into a CSV or XLSX file, item by item."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from pos_app.errors import UserError
from pos_app.i18n import N_, Words
from pos_app.ports.catalog_editing import CatalogListing, ItemDraft
from pos_app.ports.stock import StockFigures
from pos_app.services.item_export_file import SHEET_ROWS
from pos_app.services.item_texts import inert, shown_text
from pos_app.values.money import format_minor
from pos_app.values.quantity import canonical, from_thousandths
from pos_app.values.rounding import divide

#: Items whose figures are read at once.
BATCH = 500
_HEADERS = (
    N_("Item number"),
    N_("Barcode"),
    N_("Item"),
    N_("Variant"),
    N_("Unit"),
    N_("On hand"),
    N_("Cost"),
    N_("Last received"),
    N_("Last sold"),
)
#: Reads what the moves of items add up to, by item.
Figures = Callable[[Sequence[str]], Mapping[str, StockFigures]]
Cell = str | Decimal | date | None


@dataclass(slots=True)
class StockExportReport:
    """What was written.

    Attributes:
        items: lines, without the header; all of base units.
        below_zero: items of which more went than came.
        without_cost: items on hand that nobody said the cost of.
        value_minor: what is on hand cost, minor units.
    """

    items: int = 0
    below_zero: int = 0
    without_cost: int = 0
    value_minor: int = 0


def export_stock(
    listing: CatalogListing,
    figures: Figures,
    file: Path,
    language: str,
    on_progress: Callable[[int], None] = lambda _items: None,
) -> StockExportReport:
    """Write every item that is sold, and what is still there of those that are not.

    Args:
        listing: the catalogue, with the items that are sold no more.
        figures: of the ledger.
        file: .csv (UTF-8 with BOM: spreadsheets then show Chinese) or .xlsx.
        language: of the headers, and of the names where an item has one in it.
        on_progress: told how many items are done.

    Raises:
        UserError: "file_kind_unknown", or "export_too_long" for a spreadsheet.
        OSError: when the disk refuses.
    """
    report = StockExportReport()
    currency = listing.shop().rules.currency
    rows = _rows(listing, figures, (currency, language), report, on_progress)
    words = Words(language)
    headers = [words(header) for header in _HEADERS]
    kind = file.suffix.lower()
    if kind == ".csv":
        _write_csv(file, headers, rows)
    elif kind == ".xlsx":
        _write_xlsx(file, headers, rows)
    else:
        raise UserError("file_kind_unknown", file=file.name)
    on_progress(report.items)
    return report


def _rows(
    listing: CatalogListing,
    figures: Figures,
    told: tuple[str, str],
    report: StockExportReport,
    on_progress: Callable[[int], None],
) -> Iterator[list[Cell]]:
    for some in _batches(item for item, _parent_sku in listing.items()):
        found = figures([item.item_id for item in some])
        for item in some:
            figure = found.get(item.item_id, StockFigures())
            if item.is_active or figure.thousandths:
                _count(report, item, figure)
                yield _row(item, figure, *told)
        on_progress(report.items)


def _batches(items: Iterable[ItemDraft]) -> Iterator[list[ItemDraft]]:
    some: list[ItemDraft] = []
    for item in items:
        some.append(item)
        if len(some) == BATCH:
            yield some
            some = []
    if some:
        yield some


def _count(report: StockExportReport, item: ItemDraft, figure: StockFigures) -> None:
    cost_minor = item.units[0].cost_minor
    report.items += 1
    report.below_zero += figure.thousandths < 0
    if figure.thousandths > 0:
        report.without_cost += cost_minor is None
        report.value_minor += divide(figure.thousandths * (cost_minor or 0), 1000)


def _row(
    item: ItemDraft, figure: StockFigures, currency: str, language: str
) -> list[Cell]:
    base = item.units[0]
    cost_minor = base.cost_minor
    return [
        item.sku,
        ";".join(base.barcodes),
        shown_text(dict(item.names).get(language) or item.name),
        shown_text(item.variant),
        shown_text(base.unit_name),
        canonical(from_thousandths(figure.thousandths)),
        None if cost_minor is None else Decimal(format_minor(cost_minor, currency)),
        figure.last_received,
        figure.last_sold,
    ]


def _write_csv(file: Path, headers: list[str], rows: Iterator[list[Cell]]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headers)
        for row in rows:
            writer.writerow([_text(cell) for cell in row])


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, date):
        return cell.isoformat()
    return inert(cell or "")


def _write_xlsx(file: Path, headers: list[str], rows: Iterator[list[Cell]]) -> None:
    # Late: openpyxl costs 0.2 s and is needed for this kind of file only.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(headers)

    def cell(told: Cell) -> object:
        if not isinstance(told, str) or not told:
            return None if told == "" else told  # numbers add up, a date is a date
        made = WriteOnlyCell(sheet, told)
        made.data_type = "s"  # never a formula
        made.number_format = "@"  # leading zeros stay
        return made

    for place, row in enumerate(rows, start=2):
        if place > SHEET_ROWS:
            raise UserError("export_too_long", rows=SHEET_ROWS - 1)
        sheet.append([cell(told) for told in row])
    book.save(file)
