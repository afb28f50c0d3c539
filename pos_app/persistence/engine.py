"""Opens the two databases: SQLCipher through SQLAlchemy, pragmas read back.

Driver: sqlcipher3 (SQLCipher 4, SQLite 3.53). Never Python's own sqlite3: before
3.51.3 two connections can corrupt a WAL file (the WAL-reset bug).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from pos_app.errors import StorageError

SQLITE_REQUIRED = (3, 51, 3)
KEY_BYTES = 32
BUSY_TIMEOUT_S = 5


@dataclass(frozen=True, slots=True)
class Access:
    """How a database is opened.

    Attributes:
        synchronous: "FULL" for what is born here, "NORMAL" for what can be
            fetched again.
        cache_kib: page cache of each connection; 65536 for the catalogue
            reader, 4096 for the others.
        writes: a writer begins IMMEDIATE and there is one of it.
    """

    synchronous: str
    cache_kib: int
    writes: bool


LEDGER_WRITER = Access("FULL", 4096, writes=True)
LEDGER_READER = Access("FULL", 4096, writes=False)
CATALOG_WRITER = Access("FULL", 16384, writes=True)
CATALOG_READER = Access("NORMAL", 65536, writes=False)


def require_sqlite() -> None:
    """Refuse to go on with an SQLite that can corrupt a WAL file.

    Raises:
        StorageError: "sqlite_too_old".
    """
    if sqlcipher.sqlite_version_info < SQLITE_REQUIRED:
        raise StorageError("sqlite_too_old", found=sqlcipher.sqlite_version)


def open_engine(path: Path, key: bytes, access: Access) -> Engine:
    """Make an engine on an encrypted database file.

    Args:
        path: the file; made when missing if `access` writes.
        key: 32 random bytes; never a passphrase.
        access: pragmas and locking.

    Returns:
        An engine whose every connection has been keyed, set up and checked.
        Connecting may raise StorageError: "database_unreadable" (wrong key, a
        foreign or damaged file).
    """
    require_sqlite()
    assert len(key) == KEY_BYTES
    engine = create_engine(
        f"sqlite:///{path}",
        module=sqlcipher,
        poolclass=QueuePool,
        pool_size=1 if access.writes else 4,
        max_overflow=0 if access.writes else 8,
        connect_args={"timeout": BUSY_TIMEOUT_S, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        _prepare(connection, path, key, access)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if access.writes else "BEGIN")

    return engine


def _prepare(connection: Any, path: Path, key: bytes, access: Access) -> None:
    """Key a fresh connection, set its pragmas and read them back."""
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (sqlcipher.DatabaseError, MemoryError) as error:
        connection.close()
        raise StorageError("database_unreadable", file=path.name) from error
    for pragma, value in _pragmas(access):
        cursor.execute(f"PRAGMA {pragma}={value}")
    _read_back(cursor, access)
    cursor.close()


def _pragmas(access: Access) -> list[tuple[str, str]]:
    return [
        *([("journal_mode", "WAL")] if access.writes else []),
        ("synchronous", access.synchronous),
        ("foreign_keys", "ON"),
        ("cache_size", f"-{access.cache_kib}"),
        ("journal_size_limit", str(64 * 1024 * 1024)),
        ("wal_autocheckpoint", "1000"),
        ("temp_store", "MEMORY"),
        *([] if access.writes else [("query_only", "ON")]),
    ]


def _read_back(cursor: Any, access: Access) -> None:
    """Assert the pragmas that durability stands on; a silent refusal is a bug."""
    wanted = {"FULL": 2, "NORMAL": 1}[access.synchronous]
    assert cursor.execute("PRAGMA synchronous").fetchone()[0] == wanted
    assert cursor.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    if access.writes:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        assert mode == "wal", mode


def is_disk_full(error: DatabaseError) -> bool:
    """Tell whether a database error means that the disk is full."""
    text = str(error.orig)
    return "full" in text or "disk I/O error" in text
