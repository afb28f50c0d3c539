"""Items into a spreadsheet and back: each row remembers what it was written from.

The last column is hidden. Its header names the file; each of its cells says of the
row: which item, which state that item was in, and what stood in the cells. So an
import knows the rows that nobody edited, and the ones whose item somebody else has
changed since: neither is written over without a word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from string import hexdigits
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pos_app.i18n import N_, Words
from pos_app.ports.catalog import Catalog
from pos_app.ports.catalog_editing import ItemDraft
from pos_app.services.item_columns import MAY_BE_EMPTIED, Columns, ItemField
from pos_app.services.item_export import ExportContext, Line, lines_of
from pos_app.services.item_export_file import headers_in
from pos_app.services.item_fields import fields_of, fingerprint
from pos_app.services.item_file import FileRow
from pos_app.services.item_texts import shown_text
from pos_app.values.quantity import canonical
from pos_app.values.times import Timestamp

if TYPE_CHECKING:
    from openpyxl import Workbook

#: How the header of the hidden column begins.
MARK = "guitai-row"
#: Items read at once.
BATCH = 500
#: What a spreadsheet may add up; everything else is a text, leading zeros and all.
AMOUNTS = frozenset(
    {ItemField.PRICE, ItemField.COST, ItemField.BOX_PRICE, ItemField.BOX_PIECES}
)
#: Texts that a spreadsheet takes for numbers when somebody types over them.
_NUMBERS = frozenset(
    {
        ItemField.SKU,
        ItemField.BARCODE,
        ItemField.PLU,
        ItemField.BOX_BARCODE,
        ItemField.PARENT_SKU,
        ItemField.VALID_FROM,
        ItemField.VALID_UNTIL,
    }
)
#: What the second sheet says; placeholders are lists of headers.
_NOTES = (
    N_(
        "Edit what you like and read the file in again in the back office: everything "
        "is shown before anything changes."
    ),
    N_("A cell that you empty takes its value away in: {taken}"),
    N_("These cells may not be emptied, the line is then left out: {kept}"),
    N_("A cell that was empty before, a deleted row and a deleted column say nothing."),
    N_(
        "A barcode written beside another is added. A row with a number that no item "
        "has is a new item."
    ),
)
_WIDTHS = {ItemField.NAME: 28, ItemField.BARCODE: 18, ItemField.SKU: 12}


@dataclass(frozen=True, slots=True)
class RowMark:
    """What the hidden cell of a row says.

    Attributes:
        item_id: the item it was written from. state: its fingerprint then.
        cells: a fingerprint of what stood in the cells.
        filled: a bit for each of `ItemField` that was not empty, the first the lowest.
    """

    item_id: str
    state: str
    cells: str
    filled: int = 0


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What was written. items: exported. nameless: left out, without any number."""

    items: int
    nameless: int


def write_sheet(
    catalog: Catalog,
    item_ids: Sequence[str],
    file: Path,
    about: tuple[Timestamp, str, str],
    on_progress: Callable[[int], None] = lambda _items: None,
) -> SheetReport:
    """Write items into an .xlsx file.

    Args:
        catalog: of this thread.
        item_ids: in the order of the rows.
        file: to write; its folder is there.
        about: the moment, the language of the headers, the file's id.
        on_progress: told how many items are written.

    Raises:
        OSError: when the disk refuses.
    """
    # Late: openpyxl costs 0.2 s and is needed here only.
    from openpyxl import Workbook

    now, language, file_id = about
    book = Workbook(write_only=True)
    sheet = _Sheet(book, shown_text(catalog.shop().name)[:28] or "items")
    sheet.append([*headers_in(language), f"{MARK} {file_id}"])
    written = nameless = 0
    context = _context(catalog, now, language)
    for item, parent_sku in _items(catalog, item_ids):
        lines = lines_of(item, parent_sku, context)
        state = fingerprint(fields_of(item, now))
        for line in lines:
            mark = f"{item.item_id} {state} {_cells_of(line)} {_filled(line):x}"
            sheet.append_line(line, mark)
        written, nameless = written + bool(lines), nameless + (not lines)
        if written % BATCH == 0:
            on_progress(written)
    _write_notes(book, language)
    book.save(file)
    on_progress(written)
    return SheetReport(written, nameless)


class _Sheet:
    """The sheet of items; its last column is hidden."""

    def __init__(self, book: Workbook, title: str) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.utils import get_column_letter

        self._new_cell, sheet = WriteOnlyCell, book.create_sheet(title)
        sheet.freeze_panes = "D2"
        for column, field in enumerate(ItemField, start=1):
            letter = get_column_letter(column)
            sheet.column_dimensions[letter].width = _WIDTHS.get(field, 11)
        hidden = get_column_letter(len(ItemField) + 1)
        sheet.column_dimensions[hidden].hidden = True
        self._sheet, self.append = sheet, sheet.append

    def append_line(self, line: Line, mark: str) -> None:
        """Add an item's line with its mark."""
        self.append([*(self._cell(x, line.get(x, "")) for x in ItemField), mark])

    def _cell(self, column: ItemField, text: str) -> object:
        if not text or column in AMOUNTS:
            return Decimal(text) if text else None
        if column not in _NUMBERS and not text.startswith("="):
            return text  # a styled cell costs ten times as much
        made = self._new_cell(self._sheet, text)
        made.data_type = "s"  # never a formula
        made.number_format = "@"  # leading zeros and thirteen digits stay
        return made


def _write_notes(book: Workbook, language: str) -> None:
    """Add a second sheet that says how the first one is read."""
    words, headers = (
        Words(language),
        dict(zip(ItemField, headers_in(language), strict=True)),
    )
    sheet = book.create_sheet(words(N_("Read me")))
    sheet.column_dimensions["A"].width = 110
    told = {
        taken: ", ".join(
            headers[x] for x in ItemField if (x in MAY_BE_EMPTIED) is taken
        )
        for taken in (True, False)
    }
    for text in _NOTES:
        sheet.append([words(text, taken=told[True], kept=told[False])])


def mark_column(header: FileRow) -> tuple[int | None, str]:
    """Return where the hidden column stands, and the id of the file; None without."""
    for position, text in enumerate(header.cells):
        if text.startswith(f"{MARK} "):
            return position, text.removeprefix(f"{MARK} ")
    return None, ""


def mark_of(row: FileRow, position: int | None) -> RowMark | None:
    """Return what the hidden cell of a row says; None for a row without."""
    if position is None or position >= len(row.cells):
        return None
    parts = row.cells[position].split()
    if not 3 <= len(parts) <= 4:
        return None
    filled = parts[3] if len(parts) == 4 else "0"  # written by an earlier release
    if not set(filled) <= set(hexdigits):
        return None
    return RowMark(parts[0], parts[1], parts[2], int(filled, 16))


def is_unedited(row: FileRow, mark: RowMark, columns: Columns) -> bool:
    """Tell whether a row's cells are as they were written."""
    line = {wanted: columns.text(row.cells, wanted) for wanted in ItemField}
    return not row.uncalculated and _cells_of(line) == mark.cells


def emptied_cells(row: FileRow, mark: RowMark, columns: Columns) -> tuple[int, ...]:
    """Return the columns of a row that were filled when it was written, and are not.

    A column that is no longer in the file says nothing; nor does an open formula.
    """
    found = (
        columns.positions[wanted]
        for bit, wanted in enumerate(ItemField)
        if mark.filled >> bit & 1
        and wanted in columns.positions
        and not columns.text(row.cells, wanted)
    )
    return tuple(at for at in found if at not in row.uncalculated)


def _filled(line: Mapping[ItemField, str]) -> int:
    """Return a bit for each cell that says something."""
    bits = (
        1 << bit for bit, wanted in enumerate(ItemField) if line.get(wanted, "").strip()
    )
    return sum(bits)


def _cells_of(line: Mapping[ItemField, str]) -> str:
    """Return a fingerprint of cells, however a spreadsheet writes their amounts."""
    told = [_told(column, line.get(column, "")) for column in ItemField]
    return hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:12]


def _told(column: ItemField, text: str) -> str:
    if column in AMOUNTS and text:
        with suppress(InvalidOperation):
            return str(canonical(Decimal(text)))
    return text.strip()


def _items(
    catalog: Catalog, item_ids: Sequence[str]
) -> Iterator[tuple[ItemDraft, str]]:
    for start in range(0, len(item_ids), BATCH):
        wanted = item_ids[start : start + BATCH]
        found = catalog.listing.items(wanted)
        parents = {x.parent_id for x in found.values() if x.parent_id}
        skus = {k: x.sku for k, x in catalog.listing.items(sorted(parents)).items()}
        for item_id in wanted:
            if item_id in found:
                item = found[item_id]
                yield item, skus.get(item.parent_id or "", "")


def _context(catalog: Catalog, now: Timestamp, language: str) -> ExportContext:
    shop = catalog.shop()
    is_chinese = language.startswith("zh")
    return ExportContext(
        currency=shop.rules.currency,
        zone=ZoneInfo(shop.time_zone),
        now=now,
        categories={x.category_id: shown_text(x.name) for x in catalog.categories()},
        yes="是" if is_chinese else "yes",
        no="否" if is_chinese else "no",
    )
