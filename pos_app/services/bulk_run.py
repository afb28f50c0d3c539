"""Applies a document over many items: in short transactions, and to the end.

The rows are written first, while nothing of them holds. One small transaction then
decides; from that moment the document is finished whatever happens: each batch
changes its items, marks its rows and leaves its journal note together, so that a
till killed in between goes on with the next row at its next start, and none is
changed twice. An item that somebody else changed meanwhile is left alone and counted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from pos_app.domain.bulk_edit import BulkDocument, BulkRow, BulkState
from pos_app.domain.codec import from_plain
from pos_app.domain.item import Category
from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission
from pos_app.errors import UserError
from pos_app.ports.bulk import PlacedRow
from pos_app.ports.catalog_changes import CatalogEdit
from pos_app.ports.catalog_editing import ItemDraft
from pos_app.ports.journal_notes import JournalNote, JournalNotes
from pos_app.ports.ledger import Stamp
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.bulk_plan import BulkPlan, Progress, document_of
from pos_app.services.desk import Desk
from pos_app.services.item_fields import fields_of, holds, with_fields
from pos_app.services.item_prices import Pricing
from pos_app.services.item_reading import measure_of
from pos_app.services.journal_notes import journal_note

#: Items in one transaction: short enough that neither reader nor ledger notices.
BATCH = 200


class BulkStore(Protocol):
    """The catalogue's editor, as far as a long document needs it."""

    @property
    def notes(self) -> JournalNotes:
        """What waits for the journal."""
        ...

    def change(self, edit: CatalogEdit) -> Sequence[JournalNote]:
        """Make one change and leave its notes: all of it, or nothing."""
        ...


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """How a document ended.

    Attributes:
        bulk_id: which one. done, left: rows applied, and rows left alone.
    """

    bulk_id: str
    done: int
    left: int


@dataclass(frozen=True, slots=True)
class BulkJob:
    """A plan that somebody decided. document: its head. plan: its rows."""

    document: BulkDocument
    plan: BulkPlan


class BulkService:
    """Lets somebody decide on a plan."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def decide(self, plan: BulkPlan) -> BulkJob:
        """Check who decides; the job is then run on another thread.

        Raises:
            UserError: "not_permitted", "bulk_nothing_to_do".
        """
        if not plan.applied:
            raise UserError("bulk_nothing_to_do")
        demands = [Demand(Permission.ITEMS)]
        if plan.changes_prices:
            demands.append(Demand(Permission.PRICES))
        cleared = self._desk.allow_all(*demands)
        stamp = self._desk.stamp()
        who = (cleared.staff.staff_id, stamp.business_day.isoformat())
        head = document_of(plan, self._desk.ids.new(), who, stamp.at)
        return BulkJob(head, plan)


def run_job(
    desk: Desk, store: BulkStore, job: BulkJob, on_progress: Progress
) -> BulkOutcome:
    """Write, decide and apply a document.

    Args:
        desk: of the till.
        store: of this thread.
        job: what was decided.
        on_progress: told how many rows are applied.

    Raises:
        UserError: "bulk_already_undone"; then nothing was changed.
    """
    document, rows = job.document, job.plan.applied
    store.change(_begin(document))
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        store.change(_adding(document.bulk_id, start + 1, some))
    store.change(_deciding(document, job.plan.categories))
    return finish_document(desk, store, document, on_progress)


def finish_document(
    desk: Desk, store: BulkStore, document: BulkDocument, on_progress: Progress
) -> BulkOutcome:
    """Apply what a decided document has not applied yet."""
    done = left = position = part = 0
    while True:
        batch = _Batch(desk, document, position, part)
        for note in store.change(batch.edit):
            _journal(desk, note, document)
            store.notes.drop(note.note_id)
        done, left = done + batch.done, left + batch.left
        if batch.is_last:
            return BulkOutcome(document.bulk_id, done, left)
        position, part = batch.position, part + 1
        on_progress(done + left)


def finish_waiting(desk: Desk, store: BulkStore) -> int:
    """Finish what a kill broke off; how many documents waited."""
    found: list[BulkDocument] = []

    def look(editor: ShopEditor) -> Sequence[JournalNote]:
        editor.bulks.drop_drafts()
        found.extend(editor.bulks.unfinished())
        return ()

    store.change(look)
    for document in found:
        finish_document(desk, store, document, lambda _done: None)
    return len(found)


class _Batch:
    """One transaction of a document."""

    def __init__(
        self, desk: Desk, document: BulkDocument, position: int, part: int
    ) -> None:
        self._desk, self._document, self._part = desk, document, part
        self.position = position
        self.done = self.left = 0
        self.is_last = False

    def edit(self, editor: ShopEditor) -> Sequence[JournalNote]:
        """Apply the next rows, mark them, and say so."""
        bulk_id = self._document.bulk_id
        placed = editor.bulks.rows(bulk_id, self.position, BATCH)
        if not placed:
            editor.bulks.finish(bulk_id)
            self.is_last = True
            return ()
        self.position = placed[-1].position
        waiting = [x for x in placed if not (x.is_done or x.is_left)]
        if not waiting:  # applied before a kill
            return ()
        done = self._apply(editor, waiting)
        left = [x.position for x in waiting if x.position not in done]
        editor.bulks.settle(bulk_id, sorted(done), left)
        self.done, self.left = len(done), len(left)
        return (self._note([x for x in waiting if x.position in done], left),)

    def _apply(self, editor: ShopEditor, rows: Sequence[PlacedRow]) -> set[int]:
        now = self._desk.clock.now()
        pricing = Pricing(now, self._desk.ids)
        items = editor.items_by_id([x.row.item_id for x in rows])
        changed: dict[int, ItemDraft] = {}
        for placed in rows:
            row, item = placed.row, items.get(placed.row.item_id)
            if row.added:
                if item is None:
                    changed[placed.position] = _added(row.added)
            elif item is not None and holds(fields_of(item, now), row.before):
                after = with_fields(item, row.after, pricing)
                if not self._is_miscounted(item, after):
                    changed[placed.position] = after
        known = {x.category_id for x in editor.categories()}
        taxes = set(editor.tax_keys().values())
        return _stored(
            editor,
            {
                position: item
                for position, item in changed.items()
                if item.category_id in {None, *known} and item.tax_category in taxes
            },
        )

    def _is_miscounted(self, item: ItemDraft, after: ItemDraft) -> bool:
        """Tell whether goods that moved would be counted in something else."""
        if measure_of(item) == measure_of(after):
            return False
        return self._desk.ledger.knows_item(item.item_id)

    def _note(self, rows: Sequence[PlacedRow], left: Sequence[int]) -> JournalNote:
        document = self._document
        items = [
            {
                "item_id": x.row.item_id,
                "before": None if x.row.added else dict(x.row.before),
                "after": dict(x.row.after),
            }
            for x in rows
        ]
        body = {
            "at": str(document.at),
            "by": document.by,
            "document": document.bulk_id,
            "kind": document.kind.value,
            "said": dict(document.said),
            "undoes": document.undoes,
            "part": self._part + 1,
            "rows": document.row_count,
            "items": items,
            "left": len(left),
        }
        return JournalNote(self._desk.ids.new(), EntryKind.BULK_CHANGED, body)


def _begin(document: BulkDocument) -> CatalogEdit:
    def edit(editor: ShopEditor) -> Sequence[JournalNote]:
        editor.bulks.begin(document)
        return ()

    return edit


def _adding(bulk_id: str, first: int, rows: Sequence[BulkRow]) -> CatalogEdit:
    def edit(editor: ShopEditor) -> Sequence[JournalNote]:
        editor.bulks.add_rows(bulk_id, first, rows)
        return ()

    return edit


def _deciding(document: BulkDocument, categories: Sequence[Category]) -> CatalogEdit:
    def edit(editor: ShopEditor) -> Sequence[JournalNote]:
        if categories:
            editor.put_categories(categories)
        editor.bulks.decide(replace(document, state=BulkState.APPLYING))
        return ()

    return edit


def _journal(desk: Desk, note: JournalNote, document: BulkDocument) -> None:
    day = date.fromisoformat(document.business_day)
    stamp = Stamp(document.by, day, desk.clock.now())
    future: Future[bool] = desk.record(journal_note(note, stamp))
    future.result()


def _stored(editor: ShopEditor, changed: Mapping[int, ItemDraft]) -> set[int]:
    """Store items; where one is refused, one by one, and return which were taken.

    What refuses them looks before anything is written.
    """
    try:
        editor.put_items(list(changed.values()))
    except UserError:
        taken = set()
        for position, item in changed.items():
            with suppress(UserError):
                editor.put_items([item])
                taken.add(position)
        return taken
    return set(changed)


def _added(text: str) -> ItemDraft:
    return from_plain(ItemDraft, json.loads(text))
