"""Imports items from a file: line by line, and twice is the same as once.

A line finds its item by SKU, then by barcode, then by PLU; a further line of an item
may add a price for another time or another box. What the file does not say stays as
it is; a new price is a new price row; nothing is ever deleted. The file is read in
batches and each is one short write, so that the till sells on meanwhile.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from pos_app.errors import UserError
from pos_app.ports.catalog_editing import CatalogEditor, ItemDraft
from pos_app.ports.clock import Clock, Ids
from pos_app.services.item_columns import find_columns
from pos_app.services.item_file import FileRow, read_rows, with_header
from pos_app.services.item_finder import ItemFinder
from pos_app.services.item_merge import MergeContext, merged, new_item
from pos_app.services.item_numbers import Number, numbers_of
from pos_app.services.item_row import RowReader, ShopMoney
from pos_app.services.item_texts import inert
from pos_app.services.item_values import RowProblem, RowValues

BATCH_LINES = 500


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import.

    Attributes:
        clock: since when new prices hold. ids: identities of what is new.
        mapping: field key -> header or column number from 1; None for headers.
        is_dry_run: tell what would happen and write nothing.
        on_progress: told how many lines are done, after each batch.
        zone: whose midnights the dates of a file mean; None for the shop's.
        on_item: told of each item stored and of the lines that made it so, once for
            each batch with lines of it.
    """

    clock: Clock
    ids: Ids
    mapping: Mapping[str, str] | None = None
    is_dry_run: bool = False
    on_progress: Callable[[int], None] = lambda _lines: None
    zone: tzinfo | None = None
    on_item: Callable[[ItemDraft, tuple[int, ...]], None] = lambda _item, _lines: None


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
    return import_rows(header, rows, editor, options)


def import_rows(
    header: FileRow,
    rows: Iterable[FileRow],
    editor: CatalogEditor,
    options: ImportOptions,
) -> ImportReport:
    """Import lines that are read already; see `import_items`."""
    columns = find_columns(header.cells, options.mapping)
    zone = options.zone or ZoneInfo(editor.time_zone())
    money = ShopMoney(editor.currency(), editor.tax_keys(), zone)
    reader = RowReader(columns, money)
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
            writer.writerow([problem.line, *map(inert, (*cells, text))])


def _batches(rows: Iterable[FileRow]) -> Iterator[list[FileRow]]:
    remaining = iter(rows)
    while batch := list(itertools.islice(remaining, BATCH_LINES)):
        yield batch


@dataclass(slots=True)
class _Pending:
    """An item about to be stored, and the lines that made it so."""

    draft: ItemDraft
    is_new: bool
    lines: list[RowValues] = field(default_factory=list)


class _Import:
    """The state of one import: what was seen, and what became of it."""

    def __init__(self, editor: CatalogEditor, options: ImportOptions) -> None:
        self.report = ImportReport(was_dry_run=options.is_dry_run)
        self._editor = editor
        self._options = options
        self._finder = ItemFinder(editor)
        # What a dry run did not store; a further line may follow in the next batch.
        self._unstored: dict[Number, ItemDraft] = {}

    def take(self, batch: Sequence[RowValues]) -> None:
        """Import a batch of lines."""
        self.report.lines += len(batch)
        sound = [values for values in batch if self._is_sound(values)]
        known = self._unstored | self._finder.stored(sound)
        self._add_categories(sound)
        pending: dict[str, _Pending] = {}
        for values in sound:
            before = self._finder.find(values, known)
            if before is not None and before.item_id in pending:
                before = pending[before.item_id].draft
            draft = None if values.is_refused else self._draft(values, before, known)
            if draft is None:
                continue
            known |= dict.fromkeys(numbers_of(values), draft)
            if draft == before:
                self.report.unchanged += 1
                continue
            entry = pending.setdefault(draft.item_id, _Pending(draft, before is None))
            entry.draft = draft
            entry.lines.append(values)
        self._store(list(pending.values()))
        self._unstored = known if self._options.is_dry_run else {}
        self._conclude(batch)

    def _is_sound(self, values: RowValues) -> bool:
        """Refuse a line whose numbers stood in a sound line before."""
        clash = None if values.is_refused else self._finder.seen.clash(values)
        if clash is not None:
            values.refuse(clash[0], "import_duplicate", line=clash[1])
        return not values.is_refused

    def _draft(
        self,
        values: RowValues,
        before: ItemDraft | None,
        known: Mapping[Number, ItemDraft],
    ) -> ItemDraft | None:
        context = MergeContext(
            now=self._options.clock.now(),
            ids=self._options.ids,
            category_id=self._finder.category_id(values, before),
            default_tax=self._finder.default_tax,
            parent_id=self._finder.parent_id(
                values, before, known, is_dry_run=self._options.is_dry_run
            ),
        )
        if before is None and values.joins_line:
            values.refuse("", "import_first_line_refused", line=values.joins_line)
        elif before is None and not values.name:
            values.refuse("", "import_name_missing")
        if values.is_refused:
            return None
        made = merged(before, values, context) if before else new_item(values, context)
        for key in context.odd:
            values.warn(key)
        return made

    def _add_categories(self, sound: Sequence[RowValues]) -> None:
        fresh = self._finder.new_categories(sound, self._options.ids)
        self.report.categories_added += [c.name for c in fresh]
        if fresh and not self._options.is_dry_run:
            self._editor.put_categories(fresh)

    def _store(self, pending: Sequence[_Pending]) -> None:
        """Store a batch; where it is refused, item by item to find whose fault."""
        try:
            if not self._options.is_dry_run:
                self._editor.put_items([entry.draft for entry in pending])
        except UserError:
            for entry in pending:
                self._store_one(entry)
            return
        for entry in pending:
            self._count(entry)

    def _store_one(self, entry: _Pending) -> None:
        try:
            self._editor.put_items([entry.draft])
        except UserError as error:
            for values in entry.lines:
                values.refuse(str(error.params.get("code", "")), error.key)
            return
        self._count(entry)

    def _count(self, entry: _Pending) -> None:
        lines = tuple(values.line for values in entry.lines)
        self._options.on_item(entry.draft, lines)
        self.report.added += entry.is_new
        self.report.changed += len(entry.lines) - entry.is_new

    def _conclude(self, batch: Sequence[RowValues]) -> None:
        for values in batch:
            self.report.refused += values.is_refused
            self.report.problems += values.problems
