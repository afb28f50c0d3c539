"""Writes a report's tables into CSV or XLSX files; nothing in them is ever run."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pos_app.documents.report_tables import Cell, CellKind, ReportTable
from pos_app.errors import UserError
from pos_app.services.item_texts import inert, shown_text
from pos_app.values.money import exponent_of, format_minor


def export_tables(
    tables: Sequence[ReportTable], file: Path, currency: str, heading: str
) -> None:
    """Write tables below each other (CSV) or one sheet each (XLSX).

    Args:
        tables: of one report.
        file: .csv (UTF-8 with BOM: spreadsheets then show Chinese) or .xlsx.
        currency: ISO 4217 code of all amounts.
        heading: the shop and the period.

    Raises:
        UserError: "file_kind_unknown"; "report_unwritable" when the folder or the
            disk refuses.
    """
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx}
    writer = writers.get(file.suffix.lower())
    if writer is None:
        raise UserError("file_kind_unknown", file=file.name)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        writer(tables, file, currency, heading)
    except OSError as error:
        raise UserError("report_unwritable", file=str(file)) from error


def _write_csv(
    tables: Sequence[ReportTable], file: Path, currency: str, heading: str
) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([inert(shown_text(heading))])
        for table in tables:
            writer.writerow([])
            writer.writerow([inert(table.title)])
            writer.writerow([inert(column.title) for column in table.columns])
            for row in table.rows:
                writer.writerow(
                    _plain(cell, column.kind, currency)
                    for cell, column in zip(row.cells, table.columns, strict=True)
                )


def _plain(cell: Cell, kind: CellKind, currency: str) -> str:
    """Write a cell without signs of currency; a number may begin with a minus."""
    if kind is CellKind.TEXT:
        return inert(shown_text(str(cell)))
    if kind is CellKind.MONEY:
        assert isinstance(cell, int)
        return format_minor(cell, currency)
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _write_xlsx(
    tables: Sequence[ReportTable], file: Path, currency: str, heading: str
) -> None:
    # Late: openpyxl costs 0.2 s and is needed for this kind of file only.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.title[:31])
        for number, column in enumerate(table.columns):
            is_text = column.kind is CellKind.TEXT
            letter = chr(ord("A") + number)
            sheet.column_dimensions[letter].width = 34 if is_text else 16
        sheet.append([_text(sheet, heading)])
        sheet.append([_text(sheet, x.title, is_bold=True) for x in table.columns])
        for row in table.rows:
            sheet.append(
                [
                    _typed(sheet, cell, column.kind, currency)
                    for cell, column in zip(row.cells, table.columns, strict=True)
                ]
            )
    book.save(file)


def _typed(sheet: Any, cell: Any, kind: CellKind, currency: str) -> Any:
    """Return a cell that a spreadsheet can add up, or a text that it never runs."""
    from openpyxl.cell import WriteOnlyCell

    if kind is CellKind.TEXT:
        return _text(sheet, str(cell))
    if kind is not CellKind.MONEY:
        return WriteOnlyCell(sheet, cell)
    assert isinstance(cell, int)
    places = exponent_of(currency)
    exact: Any = Decimal(format_minor(cell, currency))  # openpyxl takes Decimals
    made = WriteOnlyCell(sheet, exact)
    made.number_format = "#,##0" + ("." + "0" * places if places else "")
    return made


def _text(sheet: Any, text: str, *, is_bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    made = WriteOnlyCell(sheet, shown_text(text))
    made.data_type = "s"  # never a formula
    made.number_format = "@"
    made.font = Font(bold=is_bold)
    return made
