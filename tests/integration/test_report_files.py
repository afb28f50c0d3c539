"""Reports as files: spreadsheets add them up and run nothing, Chinese stays right."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pos_app.documents.report_tables import (
    CellKind,
    ReportColumn,
    ReportTable,
    TableRow,
)
from pos_app.errors import UserError
from pos_app.services.report_export import export_tables
from tests.pdf_text import pdf_fonts, pdf_text

COLUMNS = (
    ReportColumn("商品", CellKind.TEXT),
    ReportColumn("Quantity", CellKind.QUANTITY),
    ReportColumn("Receipts", CellKind.COUNT),
    ReportColumn("Amount", CellKind.MONEY),
)
EVIL = ("=1+1", "+SUM(A1)", "-2+3", "@cmd", "'=1")


def table(*names: str) -> ReportTable:
    rows = (TableRow((name, Decimal("0.382"), 2, -123_450)) for name in names)
    return ReportTable("items", "Goods", COLUMNS, tuple(rows))


def read_csv(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_a_csv_begins_with_a_byte_order_mark_and_holds_plain_numbers(
    tmp_path: Path,
) -> None:
    file = tmp_path / "new folder" / "report.csv"
    export_tables([table("茉莉花茶")], file, "CNY", "晴川生活 2026-11-21")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert read_csv(file) == [
        ["晴川生活 2026-11-21"],
        [],
        ["Goods"],
        ["商品", "Quantity", "Receipts", "Amount"],
        ["茉莉花茶", "0.382", "2", "-1234.50"],
    ]


@pytest.mark.parametrize("name", EVIL)
def test_a_name_is_never_a_formula(name: str, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    export_tables([table(name)], file, "CNY", name)
    assert read_csv(file)[0][0].startswith("'")
    assert read_csv(file)[4][0].startswith("'")
    book = tmp_path / "report.xlsx"
    export_tables([table(name)], book, "CNY", name)
    cell = load_workbook(book)["Goods"]["A3"]
    assert (cell.data_type, cell.value) == ("s", name)


@pytest.mark.parametrize(
    ("currency", "value", "shape"),
    [("CNY", Decimal("-1234.5"), "#,##0.00"), ("JPY", Decimal(-123_450), "#,##0")],
)
def test_a_spreadsheet_holds_numbers_in_the_form_of_the_currency(
    currency: str, value: Decimal, shape: str, tmp_path: Path
) -> None:
    file = tmp_path / "report.xlsx"
    other = ReportTable("taxes", "税", COLUMNS, ())
    export_tables([table("茶"), other], file, currency, "shop")
    book = load_workbook(file)
    assert book.sheetnames == ["Goods", "税"]
    cells: Any = book["Goods"][3]
    assert [Decimal(str(x.value)) for x in cells[1:]] == [Decimal("0.382"), 2, value]
    assert cells[3].number_format == shape


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(UserError, match="report_unwritable"):
        export_tables([], tmp_path / "taken" / "r.csv", "CNY", "shop")
    with pytest.raises(UserError, match="file_kind_unknown"):
        export_tables([], tmp_path / "r.doc", "CNY", "shop")


def test_a_pdf_has_its_fonts_inside_and_chinese_right(
    tmp_path: Path, qapp: object
) -> None:
    from PySide6.QtWidgets import QApplication

    from ui.report_pdf import write_report_pdf
    from ui.theme.fonts import font
    from ui.theme.theme import Theme

    assert isinstance(qapp, QApplication)
    file, before = tmp_path / "report.pdf", qapp.font()
    tables = (table("茉莉花茶", "<b>=1+1</b>"),)
    qapp.setFont(font(Theme(), "body"))  # as at the till: figures of one width
    write_report_pdf(tables, file, "CNY", ("晴川生活", "2026-11-21"), "zh-CN")
    qapp.setFont(before)
    words = pdf_text(file)
    for expected in (
        "晴川生活",
        "2026-11-21",
        "茉莉花茶",
        "<b>=1+1</b>",
        "−1,234.50",
        "0.382",
    ):
        assert expected in words
    assert all(line.split()[-5] == "yes" for line in pdf_fonts(file))
