"""Reads item files as rows of text: CSV of any common encoding, and XLSX.

Nothing is interpreted here: leading zeros stay, a name that looks like a formula
stays a text, and a file is read row by row, never as a whole.
"""

from __future__ import annotations

import csv
import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from pos_app.errors import UserError
from pos_app.services.item_texts import not_inert

#: Bytes looked at to tell the encoding and the separator.
SAMPLE_BYTES = 1 << 18
#: A cell longer than this is damage, not an item.
CELL_LIMIT = 4096
_SEPARATORS = ",;\t|"
# Characters that Chinese shop files are full of; text decoded with the wrong
# table is full of rare ones instead.
_USUAL_SIMPLIFIED = frozenset(
    "的一是品价条码商名称售进单位分类规格税率货号箱瓶袋盒克升包装水酒茶奶油米面糖味饮料"
    "牛肉鸡鱼虾果菜豆香辣盐酱醋乐可口红绿白黑黄大小新老山天中国家民电子纸洗衣液巾件个条"
)
_USUAL_TRADITIONAL = frozenset(
    "的一是品價條碼商名稱售進單位分類規格稅率貨號箱瓶袋盒克升包裝水酒茶奶油米麵糖味飲料"
    "牛肉雞魚蝦果菜豆香辣鹽醬醋樂可口紅綠白黑黃大小新老山天中國家民電子紙洗衣液巾件個條"
)

_LEGACY = (
    ("gb18030", _USUAL_SIMPLIFIED | _USUAL_TRADITIONAL),
    ("cp950", _USUAL_TRADITIONAL),
    ("big5hkscs", _USUAL_TRADITIONAL),
)


@dataclass(frozen=True, slots=True)
class FileRow:
    """One line of a file.

    Attributes:
        line: from 1; the header is a line too.
        cells: text of each column, blanks around taken off.
        uncalculated: columns, from 0, of formulas whose result nobody worked out.
        emptied: columns, from 0, that were filled when the till wrote the file.
    """

    line: int
    cells: tuple[str, ...]
    uncalculated: tuple[int, ...] = ()
    emptied: tuple[int, ...] = ()


def read_rows(file: Path) -> Iterator[FileRow]:
    """Yield the lines of a CSV or XLSX file that are not empty.

    Raises:
        UserError: "file_missing", "file_unreadable", "file_encoding" or
            "file_kind_unknown".
    """
    if not file.is_file():
        raise UserError("file_missing", file=file.name)
    kind = file.suffix.lower()
    if kind in (".xlsx", ".xlsm"):
        return _xlsx_rows(file)
    if kind in (".csv", ".txt", ".tsv"):
        return _csv_rows(file)
    raise UserError("file_kind_unknown", file=file.name)


# ------------------------------------------------------------------------ CSV


def _csv_rows(file: Path) -> Iterator[FileRow]:
    with file.open("rb") as stream:
        sample = stream.read(SAMPLE_BYTES)
    encoding = detect_encoding(sample)
    separator = detect_separator(sample.decode(encoding, errors="ignore"))
    line = 1
    try:
        with file.open(encoding=encoding, newline="") as stream:
            reader = csv.reader(stream, delimiter=separator)
            for cells in reader:
                row = _row(line, [not_inert(cell) for cell in cells])
                line = reader.line_num + 1
                if row is not None:
                    yield row
    except UnicodeDecodeError as error:
        raise UserError("file_encoding", file=file.name, line=line) from error
    except (csv.Error, OSError) as error:
        raise UserError("file_unreadable", file=file.name, line=line) from error


def detect_encoding(sample: bytes) -> str:
    """Tell the encoding of a file from its beginning.

    UTF-8 proves itself; of GB18030 and Big5, which both fit almost any bytes, the
    one is taken whose text is made of the characters shops use.

    Raises:
        UserError: "file_encoding" when none fits.
    """
    marks = {
        b"\xef\xbb\xbf": "utf-8-sig",
        b"\xff\xfe": "utf-16",
        b"\xfe\xff": "utf-16",
    }
    for mark, encoding in marks.items():
        if sample.startswith(mark):
            return encoding
    if _decoded(sample, "utf-8") is not None:
        return "utf-8"
    scores = {
        encoding: _usual(text, usual)
        for encoding, usual in _LEGACY
        if (text := _decoded(sample, encoding)) is not None
    }
    if not scores:
        raise UserError("file_encoding", file="", line=1)
    return max(scores, key=lambda encoding: scores[encoding])


def _decoded(sample: bytes, encoding: str) -> str | None:
    """Decode a sample, whose last character may be cut in two."""
    for cut in range(4):
        try:
            return sample[: len(sample) - cut].decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(sample) - 8:
                return None
    return None


def _usual(text: str, usual: frozenset[str]) -> int:
    """Return how usual the Chinese of a text is: thousandths of its characters."""
    chinese = [c for c in text if ord(c) > 0x7F]
    rare = sum(unicodedata.category(c) in ("Co", "Cn") for c in chinese)
    hits = sum(c in usual for c in chinese)
    return 1000 * (hits - 2 * rare) // max(1, len(chinese))


def detect_separator(text: str) -> str:
    """Return the separator of the first line that is not empty."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=first.count)


# ----------------------------------------------------------------------- XLSX


def _xlsx_rows(file: Path) -> Iterator[FileRow]:
    try:
        has_formulas = _has_formulas(file)
        with _first_sheet(file, results=False) as written:
            if not has_formulas:
                for line, cells in enumerate(written, start=1):
                    row = _row(line, [_cell_text(cell) for cell in cells])
                    if row is not None:
                        yield row
                return
            with _first_sheet(file, results=True) as worked_out:
                pairs = zip(written, worked_out, strict=False)
                for line, (cells, results) in enumerate(pairs, start=1):
                    row = _calculated_row(line, cells, results)
                    if row is not None:
                        yield row
    except (BadZipFile, KeyError, OSError, ValueError) as error:
        raise UserError("file_unreadable", file=file.name, line=0) from error


@contextmanager
def _first_sheet(file: Path, *, results: bool) -> Iterator[Iterator[Sequence[object]]]:
    """Open the rows of a file's first sheet: as written, or what formulas gave."""
    # Late: openpyxl costs 0.2 s and is needed for this kind of file only.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(file, read_only=True, data_only=results, keep_links=False)
    except InvalidFileException as error:
        raise UserError("file_unreadable", file=file.name, line=0) from error
    try:
        yield book.worksheets[0].iter_rows(values_only=True)
    finally:
        book.close()


def _has_formulas(file: Path) -> bool:
    """Tell whether any sheet has a formula; then it is read twice."""
    with ZipFile(file) as archive:
        sheets = [x for x in archive.namelist() if x.startswith("xl/worksheets/")]
        return any(_holds_formula(archive, name) for name in sheets)


def _holds_formula(archive: ZipFile, name: str) -> bool:
    if name.endswith("/"):
        return False
    rest = b""
    with archive.open(name) as stream:
        while chunk := stream.read(SAMPLE_BYTES):
            seen = rest + chunk
            if b"<f>" in seen or b"<f " in seen:
                return True
            rest = seen[-3:]
    return False


def _calculated_row(
    line: int, cells: Sequence[object], results: Sequence[object]
) -> FileRow | None:
    """Return a row with what its formulas gave, and which of them nobody worked out."""
    pairs = list(zip(cells, results, strict=False))
    is_formula = [
        isinstance(cell, str) and cell.startswith("=") and cell != result
        for cell, result in pairs
    ]
    texts = [
        _cell_text(result if formula and result is not None else cell)
        for (cell, result), formula in zip(pairs, is_formula, strict=True)
    ]
    open_ones = tuple(
        column
        for column, ((_cell, result), formula) in enumerate(
            zip(pairs, is_formula, strict=True)
        )
        if formula and result is None
    )
    row = _row(line, texts)
    return None if row is None else replace(row, uncalculated=open_ones)


def _cell_text(value: object) -> str:
    """Return a cell as a person sees it; numbers without a tail of digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, datetime | date):
        return _date_text(value)
    # A spreadsheet holds 3.3 as 3.2999999999999998; fifteen digits are what it shows.
    shown = Decimal(format(value, ".15g"))
    return format(shown, "f")


def _date_text(value: datetime | date) -> str:
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(" ", "seconds")
    return value.isoformat()[:10]


def _row(line: int, cells: Sequence[str]) -> FileRow | None:
    plain = tuple(_plain(cell) for cell in cells)
    return FileRow(line, plain) if any(plain) else None


def _plain(cell: str) -> str:
    """Take blanks, marks of invisible direction at the ends and NULs away."""
    return cell.replace("\x00", "").strip(" \t\r\n\u00a0\u3000\ufeff")[:CELL_LIMIT]


def with_header(rows: Iterator[FileRow]) -> tuple[FileRow, Iterator[FileRow]]:
    """Return the first line and the rest.

    Raises:
        UserError: "file_empty".
    """
    first = next(rows, None)
    if first is None:
        raise UserError("file_empty")
    return first, itertools.chain(rows)
