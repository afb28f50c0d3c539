"""Checks of the two files: open, pragmas, pages, schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, text

from pos_app.errors import StorageError
from pos_app.persistence.checks.room import (
    CATALOG_MIGRATIONS,
    LEDGER_MIGRATIONS,
    CheckRoom,
    fine,
    trouble,
)
from pos_app.persistence.engine import (
    CATALOG_WRITER,
    LEDGER_WRITER,
    Access,
    connect,
    require_sqlite,
)
from pos_app.persistence.migration_runner import (
    expected_schema,
    head_of,
    revision_of,
    schema_of,
)
from pos_app.ports.health import Action, Finding, Severity

#: Faults of one file worth listing; the rest is counted.
FAULTS_LISTED = 5


def databases_open(room: CheckRoom) -> Sequence[Finding]:
    """Open both files as a writer and read the pragmas back, live."""
    require_sqlite()
    found: list[Finding] = []
    for path, key, access in _writers(room):
        if not path.exists():
            raise StorageError("database_missing", file=path.name)
        with closing(connect(path, key, access)) as connection:
            pragmas = {
                name: str(connection.execute(f"PRAGMA {name}").fetchone()[0])
                for name in ("journal_mode", "synchronous", "foreign_keys")
            }
        assert pragmas["journal_mode"] == "wal"
        found += fine(
            "databases_open",
            "database_opens",
            file=path.name,
            synchronous={"2": "FULL", "1": "NORMAL"}[pragmas["synchronous"]],
        )
    return found


def pages_sound(room: CheckRoom) -> Sequence[Finding]:
    """Verify the HMAC of every page, then the structure of every table."""
    found: list[Finding] = []
    for name, engine in _readers(room):
        pages = _damaged_pages(engine) and _damaged_pages(engine)
        if pages:
            found.append(_damaged("pages_damaged", file=name, pages=pages))
            continue
        with engine.connect() as connection:
            rows = connection.execute(text(f"PRAGMA quick_check({FAULTS_LISTED})"))
            faults = [str(row[0]) for row in rows]
        if faults != ["ok"]:
            fault = faults[0][:200]
            found.append(_damaged("tables_damaged", file=name, fault=fault))
        else:
            found += fine("pages_sound", "pages_sound", file=name)
    return found


def _damaged_pages(engine: Engine) -> int:
    """Count the pages whose HMAC is wrong.

    Asked twice before it is believed: this pragma reads the file beside SQLite's
    locks, and a till that checkpoints meanwhile can be caught in half a page.
    """
    with engine.connect() as connection:
        return len(connection.execute(text("PRAGMA cipher_integrity_check")).all())


def schema_newest(room: CheckRoom) -> Sequence[Finding]:
    """Compare revision, tables and triggers with what the migrations make."""
    found: list[Finding] = []
    folders = (LEDGER_MIGRATIONS, CATALOG_MIGRATIONS)
    for (name, engine), scripts in zip(_readers(room), folders, strict=True):
        at, head = revision_of(engine) or "", head_of(scripts)
        if at != head:
            file_at = {"file": name, "found": at, "wanted": head}
            warning, action = Severity.WARNING, Action.RESTART_TILL
            found.append(trouble("schema", warning, "schema_old", action, **file_at))
            continue
        strange = list(_differences(engine, scripts))
        for thing in strange[:FAULTS_LISTED]:
            place = {"file": name, "name": thing}
            broken, action = Severity.BROKEN, Action.KEEP_AND_CALL
            found.append(trouble("schema", broken, "schema_changed", action, **place))
        if not strange:
            found += fine("schema", "schema_newest", file=name, revision=head)
    return found


def _differences(engine: Engine, scripts: Path) -> Iterator[str]:
    """Yield the names of tables, indexes and triggers missing, added or changed."""
    expected = expected_schema(scripts)
    with engine.connect() as connection:
        found = schema_of(connection)
    for name in sorted(expected.keys() | found.keys()):
        if _plain(expected.get(name)) != _plain(found.get(name)):
            yield name


def _plain(statement: str | None) -> str | None:
    return None if statement is None else " ".join(statement.split())


def _damaged(key: str, **params: str | int) -> Finding:
    action = Action.RESTORE_BACKUP
    return trouble("pages_sound", Severity.BROKEN, key, action, **params)


def _writers(room: CheckRoom) -> tuple[tuple[Path, bytes, Access], ...]:
    return (
        (room.folder.ledger, room.ring.ledger_key, LEDGER_WRITER),
        (room.folder.catalog, room.ring.catalog_key, CATALOG_WRITER),
    )


def _readers(room: CheckRoom) -> tuple[tuple[str, Engine], ...]:
    return (
        (room.folder.ledger.name, room.ledger),
        (room.folder.catalog.name, room.catalog),
    )
