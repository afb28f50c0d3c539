"""Writes the catalogue into a CSV or XLSX file, item by item."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from pos_app.errors import UserError
from pos_app.ports.catalog_editing import CatalogListing
from pos_app.services.item_columns import ItemField
from pos_app.services.item_export import ExportContext, Line, lines_of
from pos_app.services.item_texts import inert, shown_text
from pos_app.values.times import Timestamp

PROGRESS_ITEMS = 1000
#: What a spreadsheet may add up; everything else is a text, leading zeros and all.
_AMOUNTS = frozenset(
    {
        ItemField.PRICE,
        ItemField.COST,
        ItemField.BOX_PRICE,
        ItemField.BOX_PIECES,
        ItemField.FLOOR,
        ItemField.MEMBER_PRICE,
    }
)
#: Rows that an XLSX sheet has (ECMA-376), its header too.
SHEET_ROWS = 1_048_576
_HEADERS: Mapping[str, str] = {
    "zh-CN": "货号 条码 名称 英文名 简体名称 繁体名称 款式 规格 单位 单位代码 售价 生效日期 "
    "失效日期 进价 分类 税率 PLU 称重 箱单位名称 箱规 箱条码 箱价 上级货号 折扣上限 可退货 "
    "品牌 标签 最低售价 会员价",
    "zh-TW": "貨號 條碼 名稱 英文名 簡體名稱 繁體名稱 款式 規格 單位 單位代碼 售價 生效日期 "
    "失效日期 進價 分類 稅率 PLU 稱重 箱單位名稱 箱規 箱條碼 箱價 上級貨號 折扣上限 可退貨 "
    "品牌 標籤 最低售價 會員價",
}


@dataclass(slots=True)
class ExportReport:
    """What was written.

    Attributes:
        items, lines: written, without the header.
        nameless: items left out, for they have no number to be known by.
    """

    items: int = 0
    lines: int = 0
    nameless: int = 0


def export_items(
    listing: CatalogListing,
    file: Path,
    moment: Timestamp,
    language: str,
    on_progress: Callable[[int], None] = lambda _items: None,
) -> ExportReport:
    """Write every item that is sold.

    Args:
        listing: the catalogue.
        file: .csv (UTF-8 with BOM: spreadsheets then show Chinese) or .xlsx.
        moment: prices that ended before are left out.
        language: of the headers; the importer understands all of them.
        on_progress: told how many items are done, now and then.

    Raises:
        UserError: "file_kind_unknown", or "export_too_long" for a spreadsheet.
        OSError: when the disk refuses.
    """
    report = ExportReport()
    rows = _rows(listing, _context(listing, moment, language), report, on_progress)
    kind = file.suffix.lower()
    if kind == ".csv":
        _write_csv(file, headers_in(language), rows)
    elif kind == ".xlsx":
        _write_xlsx(file, headers_in(language), rows)
    else:
        raise UserError("file_kind_unknown", file=file.name)
    on_progress(report.items)
    return report


def headers_in(language: str) -> list[str]:
    """Return the headers, in the order of `ItemField`."""
    words = _HEADERS.get(language)
    return words.split() if words else [column.value for column in ItemField]


def _context(
    listing: CatalogListing, moment: Timestamp, language: str
) -> ExportContext:
    shop = listing.shop()
    is_chinese = language.startswith("zh")
    return ExportContext(
        currency=shop.rules.currency,
        zone=ZoneInfo(shop.time_zone),
        now=moment,
        categories={x.category_id: shown_text(x.name) for x in listing.categories()},
        yes="是" if is_chinese else "yes",
        no="否" if is_chinese else "no",
    )


def _rows(
    listing: CatalogListing,
    context: ExportContext,
    report: ExportReport,
    on_progress: Callable[[int], None],
) -> Iterator[Line]:
    for item, parent_sku in listing.items():
        lines = lines_of(item, parent_sku, context)
        report.items += bool(lines)
        report.nameless += not lines
        report.lines += len(lines)
        if report.items % PROGRESS_ITEMS == 0:
            on_progress(report.items)
        yield from lines


def _write_csv(file: Path, headers: list[str], rows: Iterator[Line]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headers)
        for line in rows:
            writer.writerow([inert(line.get(column, "")) for column in ItemField])


def _write_xlsx(file: Path, headers: list[str], rows: Iterator[Line]) -> None:
    # Late: openpyxl costs 0.2 s and is needed for this kind of file only.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(headers)

    def cell(column: ItemField, text: str) -> object:
        if not text or column in _AMOUNTS:
            return Decimal(text) if text else None
        made = WriteOnlyCell(sheet, text)
        made.data_type = "s"  # never a formula
        made.number_format = "@"
        return made

    for place, line in enumerate(rows, start=2):
        if place > SHEET_ROWS:
            raise UserError("export_too_long", rows=SHEET_ROWS - 1)
        sheet.append([cell(column, line.get(column, "")) for column in ItemField])
    book.save(file)
