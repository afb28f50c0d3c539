"""Imports items from a file: line by line, and twice is the same as once.

A line finds its item by SKU, then by barcode. What the file does not say stays as
it is; a new price is a new price row; nothing is ever deleted. The file is read in
batches and each is one short write, so that the till sells on meanwhile.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pos_app.domain.item import Category
from pos_app.errors import UserError
from pos_app.ports.catalog_editing import CatalogEditor, ItemDraft
from pos_app.ports.clock import Clock, Ids
from pos_app.services.item_columns import find_columns
from pos_app.services.item_file import FileRow, read_rows, with_header
from pos_app.services.item_merge import MergeContext, merged, new_item
from pos_app.services.item_row import RowReader
from pos_app.services.item_values import RowProblem, RowValues
from pos_app.values.gs1.gtin import barcode_key

BATCH_LINES = 500


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import.

    Attributes:
        clock: since when new prices hold. ids: identities of what is new.
        mapping: field key -> header or column number from 1; None for headers.
        is_dry_run: tell what would happen and write nothing.
        on_progress: told how many lines are done, after each batch.
    """

    clock: Clock
    ids: Ids
    mapping: Mapping[str, str] | None = None
    is_dry_run: bool = False
    on_progress: Callable[[int], None] = lambda _lines: None


@dataclass(slots=True)
class ImportReport:
    """What became of a file.

    Attributes:
        lines: read, without the header. added, changed, unchanged, refused: lines.
        categories_added: names of categories made.
        unused_columns: headers that mean nothing here.
        problems: refusals and warnings, in the order of the lines.
        was_dry_run: nothing was written.
    """

    lines: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    categories_added: list[str] = field(default_factory=list)
    unused_columns: tuple[str, ...] = ()
    problems: list[RowProblem] = field(default_factory=list)
    was_dry_run: bool = False

    @property
    def warnings(self) -> int:
        """How many problems did not stop their line."""
        return sum(not problem.is_refusal for problem in self.problems)


def import_items(
    file: Path, editor: CatalogEditor, options: ImportOptions
) -> ImportReport:
    """Import a CSV or XLSX file of items.

    Args:
        file: with a header line; see `item_columns` for what is understood.
        editor: of the catalogue; belongs to this thread.
        options: see there.

    Returns:
        What became of each line. A refused line changes nothing of its item.

    Raises:
        UserError: when the file as a whole cannot be used: "file_missing",
            "file_kind_unknown", "file_unreadable", "file_encoding",
            "file_empty", "import_columns_missing", "import_mapping_field",
            "import_mapping_column". Batches before an unreadable line stay.
    """
    header, rows = with_header(read_rows(file))
    columns = find_columns(header.cells, options.mapping)
    reader = RowReader(columns, editor.currency(), editor.tax_keys())
    job = _Import(editor, options)
    job.report.unused_columns = columns.unused
    for batch in _batches(rows):
        job.take([reader.read(row) for row in batch])
        options.on_progress(job.report.lines)
    return job.report


def write_report(
    report: ImportReport, file: Path, explain: Callable[[RowProblem], str]
) -> None:
    """Write the problems as CSV (UTF-8 with BOM: spreadsheets then show Chinese).

    Args:
        report: of an import.
        file: to write.
        explain: words for a problem, in the person's language.
    """
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["line", "column", "value", "result", "key", "reason"])
        for problem in report.problems:
            result = "refused" if problem.is_refusal else "warning"
            cells = (problem.column, problem.value, result, problem.key)
            text = explain(problem)
            writer.writerow([problem.line, *map(_inert, (*cells, text))])


def _inert(text: str) -> str:
    """Keep a spreadsheet from running a value as a formula (CWE-1236)."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _batches(rows: Iterable[FileRow]) -> Iterator[list[FileRow]]:
    remaining = iter(rows)
    while batch := list(itertools.islice(remaining, BATCH_LINES)):
        yield batch


class _Import:
    """The state of one import: what was seen, and what became of it."""

    def __init__(self, editor: CatalogEditor, options: ImportOptions) -> None:
        self.report = ImportReport(was_dry_run=options.is_dry_run)
        self._editor = editor
        self._options = options
        # First line of each number and stored item; numbers only, never items.
        self._lines: dict[tuple[str, str], int] = {}
        self._categories = {c.name: c.category_id for c in editor.categories()}
        taxes = list(editor.tax_keys().values())
        self._default_tax = "standard" if "standard" in taxes else (taxes or [""])[0]

    def take(self, batch: Sequence[RowValues]) -> None:
        """Import a batch of lines."""
        self.report.lines += len(batch)
        sound = [values for values in batch if self._is_sound(values)]
        by_sku = self._editor.items_by_sku({v.sku for v in sound if v.sku})
        keys = {barcode_key(c) for v in sound for c in _all_codes(v)}
        by_barcode = self._editor.items_by_barcode(keys)
        self._add_categories(sound)
        drafts: list[tuple[RowValues, ItemDraft, bool]] = []
        for values in sound:
            before = self._find(values, by_sku, by_barcode)
            if values.is_refused:
                continue
            draft = self._draft(values, before)
            if draft is not None and draft == before:
                self.report.unchanged += 1
            elif draft is not None:
                drafts.append((values, draft, before is None))
        self._store(drafts)
        self._conclude(batch)

    def _is_sound(self, values: RowValues) -> bool:
        """Refuse a line whose numbers stood in a sound line before."""
        if values.is_refused:
            return False
        numbers = {("sku", values.sku)} if values.sku else set()
        numbers |= {("barcode", barcode_key(code)) for code in _all_codes(values)}
        for number in sorted(numbers):
            first = self._lines.setdefault(number, values.line)
            if first != values.line:
                self._refuse(values, number[1], "import_duplicate", line=first)
        return not values.is_refused

    def _find(
        self,
        values: RowValues,
        by_sku: Mapping[str, ItemDraft],
        by_barcode: Mapping[str, ItemDraft],
    ) -> ItemDraft | None:
        """Return the stored item of a line; refuses when two claim it."""
        found = by_sku.get(values.sku) if values.sku else None
        for code in _all_codes(values):
            owner = by_barcode.get(barcode_key(code))
            if owner is None or (found and owner.item_id == found.item_id):
                continue
            if found is None and (not values.sku or not owner.sku):
                found = owner
                continue
            self._refuse(
                values, code, "import_barcode_taken", sku=owner.sku, name=owner.name
            )
        if found is not None and not values.is_refused:
            first = self._lines.setdefault(("item", found.item_id), values.line)
            if first != values.line:
                self._refuse(values, found.name, "import_same_item", line=first)
        return found

    def _draft(self, values: RowValues, before: ItemDraft | None) -> ItemDraft | None:
        context = MergeContext(
            now=self._options.clock.now(),
            ids=self._options.ids,
            category_id=self._categories.get(values.category),
            default_tax=self._default_tax,
        )
        if before is not None:
            return merged(before, values, context)
        if not values.name:
            self._refuse(values, "", "import_name_missing")
            return None
        return new_item(values, context)

    def _add_categories(self, sound: Sequence[RowValues]) -> None:
        wanted = dict.fromkeys(v.category for v in sound if v.category)
        fresh = [
            Category(self._options.ids.new(), name, (), position, "household")
            for position, name in enumerate(wanted, start=len(self._categories))
            if name not in self._categories
        ]
        self._categories |= {c.name: c.category_id for c in fresh}
        self.report.categories_added += [c.name for c in fresh]
        if fresh and not self._options.is_dry_run:
            self._editor.put_categories(fresh)

    def _store(self, drafts: Sequence[tuple[RowValues, ItemDraft, bool]]) -> None:
        """Store a batch; where it is refused, line by line to find whose fault."""
        try:
            if not self._options.is_dry_run:
                self._editor.put_items([draft for _, draft, _ in drafts])
        except UserError:
            for values, draft, is_new in drafts:
                self._store_one(values, draft, is_new=is_new)
            return
        added = sum(is_new for _, _, is_new in drafts)
        self.report.added += added
        self.report.changed += len(drafts) - added

    def _store_one(self, values: RowValues, draft: ItemDraft, *, is_new: bool) -> None:
        try:
            self._editor.put_items([draft])
        except UserError as error:
            self._refuse(values, str(error.params.get("code", "")), error.key)
            return
        self.report.added += is_new
        self.report.changed += not is_new

    def _conclude(self, batch: Sequence[RowValues]) -> None:
        for values in batch:
            self.report.refused += values.is_refused
            self.report.problems += values.problems

    def _refuse(
        self, values: RowValues, value: str, key: str, **params: object
    ) -> None:
        values.problems.append(
            RowProblem(values.line, "", value[:80], key, tuple(params.items()))
        )


def _all_codes(values: RowValues) -> tuple[str, ...]:
    return values.barcodes + values.box_barcodes
