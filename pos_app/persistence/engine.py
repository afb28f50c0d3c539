"""Opens the two databases: SQLCipher through SQLAlchemy, pragmas read back.

Driver: sqlcipher3 (SQLCipher 4, SQLite 3.53). Never Python's own sqlite3: before
3.51.3 two connections can corrupt a WAL file (the WAL-reset bug).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from pos_app.errors import StorageError
from pos_app.persistence.durable_file import file_error, make_private
from pos_app.persistence.packing import plain_text

SQLITE_REQUIRED = (3, 51, 3)
KEY_BYTES = 32
BUSY_TIMEOUT_S = 5

#: SQLite's primary result codes (https://sqlite.org/rescode.html).
_IO_ERROR = 10
_FULL = 13
_KEY_OF_CODE = {
    5: "database_locked",  # SQLITE_BUSY
    6: "database_locked",  # SQLITE_LOCKED
    8: "folder_read_only",  # SQLITE_READONLY
    _IO_ERROR: "disk_error",
    11: "database_damaged",  # SQLITE_CORRUPT
    _FULL: "disk_full",
    14: "database_unreachable",  # SQLITE_CANTOPEN
    26: "database_damaged",  # SQLITE_NOTADB
}


@dataclass(frozen=True, slots=True)
class Access:
    """How a database is opened.

    Attributes:
        synchronous: "FULL" for what is born here, "NORMAL" for what can be
            fetched again.
        cache_kib: page cache of each connection; 16384 for the catalogue,
            4096 for the ledger.
        writes: a writer begins IMMEDIATE and there is one of it.
    """

    synchronous: str
    cache_kib: int
    writes: bool


LEDGER_WRITER = Access("FULL", 4096, writes=True)
LEDGER_READER = Access("FULL", 4096, writes=False)
CATALOG_WRITER = Access("FULL", 16384, writes=True)
#: 64 MiB would answer no faster (0.07 ms a scan among a million items, measured)
#: and alone take a third of the memory that a till may use.
CATALOG_READER = Access("NORMAL", 16384, writes=False)


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
        foreign or damaged file), "database_missing" (readers), or what
        `storage_error` names.
    """
    require_sqlite()
    assert len(key) == KEY_BYTES
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=sqlcipher,
        creator=lambda: connect(path, key, access),
        poolclass=QueuePool,
        pool_size=1 if access.writes else 4,
        max_overflow=0 if access.writes else 8,
        hide_parameters=True,  # what was scanned or typed stays out of the log
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if access.writes else "BEGIN")

    return engine


def connect(path: Path, key: bytes, access: Access) -> Any:
    """Open one keyed driver connection, its pragmas set and read back.

    Backup and salvage use it bare; everything else goes through `open_engine`.

    Raises:
        StorageError: see `open_engine`.
    """
    if not access.writes and not path.exists():
        raise StorageError("database_missing", file=path.name)
    if access.writes:
        try:
            make_private(path)  # SQLite gives its companions the mode of the file
        except OSError as error:
            raise file_error(error, path) from error
    try:
        connection = sqlcipher.connect(
            str(path), timeout=BUSY_TIMEOUT_S, check_same_thread=False
        )
    except sqlcipher.Error as error:
        raise _named(error, path) from error
    try:
        _prepare(connection, path, key, access)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, path: Path, key: bytes, access: Access) -> None:
    """Key a fresh connection, set its pragmas and read them back."""
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        # SQLCipher reports a wrong key on stderr by itself; we say it in words.
        cursor.execute("PRAGMA cipher_log_level=NONE")
        cursor.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for pragma, value in _pragmas(access):
            cursor.execute(f"PRAGMA {pragma}={value}")
        connection.create_function("plain", 1, plain_text, deterministic=True)
    except (sqlcipher.Error, MemoryError) as error:
        raise _named(error, path) from error
    _read_back(cursor, access)
    cursor.close()


def _named(error: Exception, path: Path) -> StorageError:
    """Name why a file did not open: its disk if that is it, else its content."""
    key = storage_key(error)
    if key is None or key == "database_damaged":
        key = "database_unreadable"
    if key == "database_unreachable" and not os.access(path.parent, os.W_OK):
        key = "folder_read_only"  # the WAL's companions cannot be made
    return StorageError(key, file=path.name)


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


def is_disk_full(error: DBAPIError) -> bool:
    """Tell whether the disk took no more bytes; freeing some may help.

    An I/O error counts too: a full disk shows as one when the shared-memory file
    of the WAL cannot grow, and a file-size limit always does.
    """
    return _code(error.orig) in {_FULL, _IO_ERROR}


def storage_error(error: DBAPIError, file: str) -> StorageError | None:
    """Name what a database error says about the disk or the file.

    Args:
        error: as SQLAlchemy raised it.
        file: the database's file name, for the person.

    Returns:
        "disk_full", "disk_error", "database_damaged", "database_locked",
        "folder_read_only" or "database_unreachable"; None for what is a bug of
        ours (SQL, constraints, triggers).
    """
    key = storage_key(error.orig)
    return StorageError(key, file=file) if key else None


def storage_key(error: BaseException | None) -> str | None:
    """Name a bare driver error as `storage_error` does."""
    return _KEY_OF_CODE.get(_code(error))


def _code(error: BaseException | None) -> int:
    return int(getattr(error, "sqlite_errorcode", 0))
