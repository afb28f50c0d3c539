"""What an edited item file would change: a diff to confirm, row by row.

The importer reads the edited rows as it reads every file, but into an editor that
only remembers. Each item that comes out different is a row of the diff; a row whose
item was changed since the file was written is a conflict, and is left out unless
somebody takes it in by hand.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from pos_app.domain.bulk_edit import BulkKind, BulkRow, BulkWarning, Fields
from pos_app.domain.codec import to_plain
from pos_app.domain.item import Category
from pos_app.ports.catalog_editing import CatalogEditor, ItemDraft
from pos_app.ports.clock import Clock, Ids
from pos_app.services.bulk_plan import BulkPlan
from pos_app.services.item_columns import Columns, find_columns
from pos_app.services.item_fields import (
    GONE,
    fields_of,
    fields_that_differ,
    fingerprint,
    names_of,
)
from pos_app.services.item_file import FileRow, read_rows, with_header
from pos_app.services.item_import import ImportOptions, import_rows
from pos_app.services.item_sheet import (
    BATCH,
    RowMark,
    emptied_cells,
    is_unedited,
    mark_column,
    mark_of,
)
from pos_app.services.item_values import RowProblem
from pos_app.services.remembering_editor import RememberingEditor
from pos_app.values.times import Timestamp


class SheetEditor(CatalogEditor, Protocol):
    """What reading a file needs of the catalogue's editor."""

    def items_by_id(self, item_ids: Sequence[str]) -> Mapping[str, ItemDraft]:
        """Return items, whole, by id."""
        ...


class RowStatus(StrEnum):
    """What became of an item of the file."""

    ADDED = "added"
    CHANGED = "changed"
    CONFLICT = "conflict"  # somebody changed the item since the file was written


@dataclass(frozen=True, slots=True)
class SheetRow:
    """An item that the file changes."""

    row: BulkRow
    status: RowStatus


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What a file would change.

    Attributes:
        file: its name. said: what the journal says of it.
        rows: items that differ. problems: lines that cannot be used, and warnings.
        unchanged: lines that say nothing new. categories: new ones.
        unused_columns: headers that mean nothing here.
    """

    file: str
    said: Mapping[str, str | int]
    rows: tuple[SheetRow, ...]
    problems: tuple[RowProblem, ...]
    unchanged: int
    categories: tuple[Category, ...]
    unused_columns: tuple[str, ...] = ()

    def decided(self, taken: Collection[str]) -> BulkPlan:
        """Return the plan of the rows that were taken in, by item id."""
        rows = [x.row for x in self.rows if x.row.item_id in taken]
        wanted = {x.after.get("category_id") for x in rows}
        fresh = [x for x in self.categories if x.category_id in wanted]
        return BulkPlan(
            BulkKind.IMPORT, dict(self.said), tuple(rows), categories=tuple(fresh)
        )

    @property
    def offered(self) -> frozenset[str]:
        """The rows that are taken in unless somebody leaves them out."""
        rows = self.rows
        return frozenset(
            x.row.item_id for x in rows if x.status is not RowStatus.CONFLICT
        )


def plan_sheet(
    file: Path,
    editor: SheetEditor,
    clock: Clock,
    ids: Ids,
    on_progress: Callable[[int], None] = lambda _lines: None,
) -> SheetPlan:
    """Read a file and return what it would change; nothing is stored.

    Args:
        file: .xlsx, or .csv of any common encoding.
        editor: of the catalogue, for this thread.
        clock: since when new prices hold.
        ids: identities of what is new.
        on_progress: told how many lines are read.

    Raises:
        UserError: when the file as a whole cannot be used; see `import_items`.
    """
    header, rows = with_header(read_rows(file))
    position, file_id = mark_column(header)
    columns = find_columns(_without(header, position).cells)
    reading = _Reading(position, on_progress)
    remembering = RememberingEditor(editor)
    made: dict[str, _Made] = {}

    def on_item(draft: ItemDraft, lines: tuple[int, ...]) -> None:
        known = made.get(draft.item_id)
        made[draft.item_id] = _Made(draft, (*known.lines, *lines) if known else lines)

    options = ImportOptions(clock, ids, on_item=on_item)
    edited = reading.edited(rows, columns)
    report = import_rows(_without(header, position), edited, remembering, options)
    found = list(_rows(made, editor, reading.marks, clock.now()))
    gone = tuple(_gone(reading.marks, editor))
    lost = {problem.line for problem in gone}
    return SheetPlan(
        file=file.name,
        said={"file": file.name, "sha256": _digest(file), "file_id": file_id},
        rows=tuple(x for x in found if not lost & set(made[x.row.item_id].lines)),
        problems=(*report.problems, *gone),
        unchanged=reading.unedited + report.unchanged,
        categories=tuple(remembering.fresh_categories),
        unused_columns=report.unused_columns,
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """An item as the file makes it, and the lines that made it so."""

    draft: ItemDraft
    lines: tuple[int, ...]


class _Reading:
    """Reads lines, keeps the marks of the edited ones, counts the others."""

    def __init__(
        self, position: int | None, on_progress: Callable[[int], None]
    ) -> None:
        self.marks: dict[int, RowMark] = {}
        self.unedited = 0
        self._position, self._on_progress = position, on_progress

    def lines(self, rows: Iterator[FileRow]) -> Iterator[FileRow]:
        """Yield the lines, and say how many there were."""
        for count, row in enumerate(rows, start=1):
            if count % 1000 == 0:
                self._on_progress(count)
            yield row

    def edited(self, rows: Iterator[FileRow], columns: Columns) -> Iterator[FileRow]:
        """Yield the lines that somebody edited; they know which cells were emptied."""
        for row in self.lines(rows):
            if not self.is_as_written(row, columns):
                mark = self.marks.get(row.line)
                gone = emptied_cells(row, mark, columns) if mark else ()
                yield replace(row, emptied=gone)

    def is_as_written(self, row: FileRow, columns: Columns) -> bool:
        """Tell whether nobody edited a line; an edited one's mark is kept."""
        mark = mark_of(row, self._position)
        if mark is None:
            return False
        if is_unedited(row, mark, columns):
            self.unedited += 1
            return True
        self.marks[row.line] = mark
        return False


def _without(row: FileRow, position: int | None) -> FileRow:
    """Return the header without the hidden column's words."""
    if position is None:
        return row
    cells = [x if at != position else "" for at, x in enumerate(row.cells)]
    return replace(row, cells=tuple(cells))


def _rows(
    made: Mapping[str, _Made],
    editor: SheetEditor,
    marks: Mapping[int, RowMark],
    now: Timestamp,
) -> Iterator[SheetRow]:
    stored = _stored(editor, list(made))
    for item_id, one in made.items():
        before = stored.get(item_id)
        current = fields_of(before, now) if before else {}
        was, will = fields_that_differ(current, fields_of(one.draft, now))
        if not will:
            continue
        status = RowStatus.CHANGED if before else RowStatus.ADDED
        own = [marks[line] for line in one.lines if line in marks]
        if (before and any(x.item_id != item_id for x in own)) or (
            before and any(x.state != fingerprint(current) for x in own)
        ):
            status = RowStatus.CONFLICT
        draft = one.draft
        added = "" if before else json.dumps(to_plain(draft), ensure_ascii=False)
        row = BulkRow(
            item_id=item_id,
            sku=draft.sku,
            name=f"{draft.name} {draft.variant}".strip(),
            before=was if before else {},
            after=will,
            added=added,
            warnings=_odd(draft, was if before else {}, will),
            line=min(one.lines),
            names=names_of(draft),
        )
        yield SheetRow(row, status)


def _odd(draft: ItemDraft, before: Fields, after: Fields) -> tuple[BulkWarning, ...]:
    found = []
    told = [key for key in after if not key.endswith(":periods")]
    if any(after[k] in GONE and before.get(k) not in GONE for k in told):
        found.append(BulkWarning.EMPTIED)
    for unit in draft.units:
        minor = after.get(f"unit:{unit.unit_id}:price")
        if minor == 0:
            found.append(BulkWarning.ZERO)
        elif isinstance(minor, int) and unit.cost_minor and minor < unit.cost_minor:
            found.append(BulkWarning.BELOW_COST)
    return tuple(dict.fromkeys(found))


def _gone(marks: Mapping[int, RowMark], editor: SheetEditor) -> Iterator[RowProblem]:
    """Yield a problem for each edited line whose item is no longer there."""
    known = _stored(editor, sorted({mark.item_id for mark in marks.values()}))
    for line, mark in marks.items():
        if mark.item_id not in known:
            yield RowProblem(line, "", "", "import_item_gone")


def _stored(editor: SheetEditor, item_ids: Sequence[str]) -> dict[str, ItemDraft]:
    """Return items by id, read in batches."""
    found: dict[str, ItemDraft] = {}
    for start in range(0, len(item_ids), BATCH):
        found |= editor.items_by_id(item_ids[start : start + BATCH])
    return found


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
