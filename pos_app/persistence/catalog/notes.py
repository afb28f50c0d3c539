"""Notes for the journal in catalog.db: rows of its settings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from pos_app.domain.journal import EntryKind
from pos_app.persistence.engine import storage_error
from pos_app.ports.journal_notes import JournalNote

_KEY = "journal_note/"
_PUT = (
    "INSERT INTO setting (key, value) VALUES (?, ?) "
    "ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)
_DROP = "DELETE FROM setting WHERE key = ?"
_WAITING = "SELECT key, value FROM setting WHERE key >= ? AND key < ? ORDER BY key"


class CatalogNotes:
    """Keeps notes (implements ports.journal_notes.JournalNotes)."""

    def __init__(self, engine: Engine) -> None:
        """Take the catalogue's writer engine."""
        self._engine = engine

    def put(self, note: JournalNote) -> None:
        """Leave a note, or replace it."""
        self._run(_PUT, _row(note))

    def drop(self, note_id: str) -> None:
        """Take a note away."""
        self._run(_DROP, (_KEY + note_id,))

    def waiting(self) -> Sequence[JournalNote]:
        """Return the notes, oldest first."""
        end = _KEY[:-1] + chr(ord(_KEY[-1]) + 1)
        return [
            JournalNote(key.removeprefix(_KEY), EntryKind(said["kind"]), said["body"])
            for key, text in self._run(_WAITING, (_KEY, end))
            for said in (json.loads(text),)
        ]

    def _run(
        self, statement: str, parameters: tuple[str, ...]
    ) -> list[tuple[str, str]]:
        try:
            with self._engine.begin() as connection:
                done = connection.exec_driver_sql(statement, parameters)
                return [(row[0], row[1]) for row in done] if done.returns_rows else []
        except DBAPIError as error:
            file = Path(self._engine.url.database or "").name
            raise storage_error(error, file) or error from error


def put_note(connection: Connection, note: JournalNote) -> None:
    """Leave a note in the transaction of what it tells of."""
    connection.exec_driver_sql(_PUT, _row(note))


def _row(note: JournalNote) -> tuple[str, str]:
    text = json.dumps({"kind": note.kind, "body": note.body}, ensure_ascii=False)
    return _KEY + note.note_id, text
