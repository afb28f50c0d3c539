"""Documents over many items as rows of the catalogue (implements ports.bulk)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection, insert

from pos_app.domain.bulk_edit import (
    BulkDocument,
    BulkKind,
    BulkRow,
    BulkState,
    Fields,
)
from pos_app.errors import UserError
from pos_app.persistence.catalog.bulk_tables import bulk_change, bulk_change_row
from pos_app.persistence.catalog.item_loader import keys_by_id, load_items
from pos_app.ports.bulk import PlacedRow
from pos_app.ports.catalog_editing import ItemDraft
from pos_app.values.times import Timestamp

Query = Callable[[str, Sequence[object]], list[Any]]

_DOCUMENT = """
SELECT b.bulk_id, b.kind, b.said, b.undoes, b.staff_id, b.business_day, b.at, b.row_count,
       b.state,
       (SELECT count(*) FROM bulk_change_row r
        WHERE r.bulk_id = b.bulk_id AND r.state = 'done'),
       (SELECT count(*) FROM bulk_change_row r
        WHERE r.bulk_id = b.bulk_id AND r.state = 'left'),
       coalesce((SELECT u.bulk_id FROM bulk_change u
                 WHERE u.undoes = b.bulk_id AND u.undoes <> ''
                 AND u.state <> 'draft'), '')
FROM bulk_change b
"""
_ROWS = (
    "SELECT position, item_id, sku, name, before, after, added, state "
    "FROM bulk_change_row WHERE bulk_id = ? AND position > ? ORDER BY position LIMIT ?"
)


class BulkRows:
    """Reads documents (implements ports.bulk.BulkReader)."""

    def __init__(self, query: Query) -> None:
        """Take how to run a SELECT."""
        self._query = query

    def recent(self, limit: int) -> Sequence[BulkDocument]:
        """Return the documents that hold, newest first."""
        statement = (
            f"{_DOCUMENT} WHERE b.state <> 'draft' ORDER BY b.bulk_id DESC LIMIT ?"
        )
        return [_document(row) for row in self._query(statement, (limit,))]

    def document(self, bulk_id: str) -> BulkDocument | None:
        """Return one."""
        rows = self._query(f"{_DOCUMENT} WHERE b.bulk_id = ?", (bulk_id,))
        return _document(rows[0]) if rows else None

    def rows(self, bulk_id: str, after: int, limit: int) -> Sequence[PlacedRow]:
        """Return rows of a document behind a position, in order."""
        return [_placed(row) for row in self._query(_ROWS, (bulk_id, after, limit))]

    def unfinished(self) -> Sequence[BulkDocument]:
        """Return the documents that are decided but not done, oldest first."""
        statement = f"{_DOCUMENT} WHERE b.state = 'applying' ORDER BY b.bulk_id"
        return [_document(row) for row in self._query(statement, ())]


class BulkEditing(BulkRows):
    """Writes documents (implements ports.bulk.BulkEditor)."""

    def __init__(
        self, writing: Callable[[], AbstractContextManager[Connection]]
    ) -> None:
        """Take what opens a transaction, or joins the one that is open."""
        self._writing = writing
        super().__init__(self._ask)

    def begin(self, document: BulkDocument) -> None:
        """Begin a document; until it is decided nothing of it holds."""
        row = {
            "bulk_id": document.bulk_id,
            "kind": document.kind.value,
            "said": json.dumps(dict(document.said), ensure_ascii=False),
            "undoes": "",  # said when it is decided: it is unique
            "staff_id": document.by,
            "business_day": document.business_day,
            "at": document.at.unix_ms,
            "row_count": document.row_count,
            "state": BulkState.DRAFT.value,
        }
        with self._writing() as connection:
            connection.execute(insert(bulk_change), row)

    def add_rows(self, bulk_id: str, first: int, rows: Sequence[BulkRow]) -> None:
        """Add rows, the first at a position."""
        values = [
            {
                "bulk_id": bulk_id,
                "position": position,
                "item_id": row.item_id,
                "sku": row.sku,
                "name": row.name,
                "before": _text(row.before),
                "after": _text(row.after),
                "added": row.added,
                "state": "",
            }
            for position, row in enumerate(rows, first)
        ]
        with self._writing() as connection:
            connection.execute(insert(bulk_change_row), values)

    def decide(self, document: BulkDocument) -> None:
        """Make it hold: from now on it is finished, kill or no kill.

        Raises:
            UserError: "bulk_already_undone".
        """
        taken = "SELECT 1 FROM bulk_change WHERE undoes = ? AND undoes <> ''"
        if self._ask(taken, (document.undoes,)):
            raise UserError("bulk_already_undone")
        with self._writing() as connection:
            connection.exec_driver_sql(
                "UPDATE bulk_change SET state = 'applying', undoes = ? "
                "WHERE bulk_id = ? AND state = 'draft'",
                (document.undoes, document.bulk_id),
            )

    def settle(self, bulk_id: str, done: Sequence[int], left: Sequence[int]) -> None:
        """Remember which positions were applied, and which were left alone."""
        statement = (
            "UPDATE bulk_change_row SET state = ? WHERE bulk_id = ? AND position = ?"
        )
        rows = [("done", bulk_id, x) for x in done] + [
            ("left", bulk_id, x) for x in left
        ]
        with self._writing() as connection:
            connection.exec_driver_sql(statement, rows)

    def finish(self, bulk_id: str) -> None:
        """Say that nothing of it is left to do."""
        with self._writing() as connection:
            connection.exec_driver_sql(
                "UPDATE bulk_change SET state = 'done' WHERE bulk_id = ?", (bulk_id,)
            )

    def drop_drafts(self) -> None:
        """Take away what was begun and never decided."""
        with self._writing() as connection:
            connection.exec_driver_sql(
                "DELETE FROM bulk_change_row WHERE bulk_id IN "
                "(SELECT bulk_id FROM bulk_change WHERE state = 'draft')"
            )
            connection.exec_driver_sql("DELETE FROM bulk_change WHERE state = 'draft'")

    def _ask(self, statement: str, parameters: Sequence[object]) -> list[Any]:
        with self._writing() as connection:
            return list(connection.exec_driver_sql(statement, tuple(parameters)))


class ManyItems:
    """The part of the writer that changes many items under one document."""

    def _writing(self) -> AbstractContextManager[Connection]:
        """Open one transaction, or join the one that is open."""
        raise AssertionError(type(self).__name__)

    @property
    def bulks(self) -> BulkEditing:
        """The documents over many items."""
        return BulkEditing(self._writing)

    def items_by_id(self, item_ids: Sequence[str]) -> dict[str, ItemDraft]:
        """Return items, whole, by id."""
        with self._writing() as connection:
            keys = keys_by_id(connection, "item", item_ids)
            items = load_items(connection, keys.values())
        return {item_id: items[key] for item_id, key in keys.items()}


def _document(row: Any) -> BulkDocument:
    return BulkDocument(
        bulk_id=row[0],
        kind=BulkKind(row[1]),
        said=json.loads(row[2]),
        undoes=row[3],
        by=row[4],
        business_day=row[5],
        at=Timestamp(row[6]),
        row_count=row[7],
        state=BulkState(row[8]),
        done=row[9],
        left=row[10],
        undone_by=row[11],
    )


def _placed(row: Any) -> PlacedRow:
    asked = BulkRow(row[1], row[2], row[3], _fields(row[4]), _fields(row[5]), row[6])
    return PlacedRow(row[0], asked, row[7] == "done", row[7] == "left")


def _text(fields: Fields) -> str:
    return json.dumps(dict(fields), ensure_ascii=False)


def _fields(text: str) -> Fields:
    """Read fields; lists were tuples."""
    found = json.loads(text)
    return {k: tuple(v) if isinstance(v, list) else v for k, v in found.items()}
