"""A report as a PDF: the tables of the screen on A4, fonts embedded."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from pos_app.documents.report_tables import Cell, CellKind, ReportTable
from pos_app.errors import UserError
from ui.format import amount, quantity
from ui.theme.fonts import families

_STYLE = """
h1 { font-size: 17pt; margin: 0; } h2 { font-size: 12pt; margin: 14px 0 4px 0; }
p { color: #51616a; margin: 0 0 8px 0; }
th { color: #51616a; font-weight: 600; text-align: left; border: none; }
td, th { padding: 2px 8px 2px 0; }
"""


def write_report_pdf(
    tables: tuple[ReportTable, ...],
    file: Path,
    currency: str,
    heading: tuple[str, str],
    language: str,
) -> None:
    """Write tables into a PDF; on any thread that may use fonts: the screen's.

    Args:
        tables: of one report.
        file: where to; its folder is made.
        currency: ISO 4217 code of all amounts.
        heading: the shop, and the period.
        language: tag that decides which Han glyphs.

    Raises:
        UserError: "report_unwritable" when the folder or the disk refuses.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.open("wb").close()
    except OSError as error:
        raise UserError("report_unwritable", file=str(file)) from error
    writer = QPdfWriter(str(file))
    writer.setTitle(f"{heading[0]} {heading[1]}")
    writer.setResolution(96)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(16, 16, 16, 16)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    used = QFont()
    used.setFamilies(list(families(language)))
    used.setPointSizeF(9.5)
    # Glyphs that stand for others have no letter of their own: copied, they are lost.
    for alternates in ("calt", "tnum"):  # the screen's font asks for the latter
        used.setFeature(QFont.Tag(alternates), 0)
    document.setDefaultFont(used)
    document.setDefaultStyleSheet(_STYLE)
    document.setHtml(_page(tables, currency, heading))
    document.print_(writer)


def _page(
    tables: tuple[ReportTable, ...], currency: str, heading: tuple[str, str]
) -> str:
    parts = [f"<h1>{escape(heading[0])}</h1><p>{escape(heading[1])} · {currency}</p>"]
    parts += [_table(table, currency) for table in tables if table.rows]
    return "".join(parts)


def _table(table: ReportTable, currency: str) -> str:
    heads = "".join(
        f"<th{_side(column.kind)}>{escape(column.title)}</th>"
        for column in table.columns
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td{_side(column.kind)}>{escape(cell_text(cell, column.kind, currency))}</td>"
            for cell, column in zip(row.cells, table.columns, strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    return (
        f"<h2>{escape(table.title)}</h2>"
        f'<table width="100%" cellspacing="0"><tr>{heads}</tr>{rows}</table>'
    )


def _side(kind: CellKind) -> str:
    return "" if kind is CellKind.TEXT else ' align="right"'


def cell_text(cell: Cell, kind: CellKind, currency: str) -> str:
    """Write a cell as a person reads it: "1,284.00", "0.382", "08:00–09:00"."""
    if kind is CellKind.MONEY:
        assert isinstance(cell, int)
        return amount(cell, currency)
    if isinstance(cell, str):
        return cell
    return f"{cell:,}" if isinstance(cell, int) else quantity(cell)
