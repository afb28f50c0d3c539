"""Backups: both databases and the wrapped ring in one verified file.

A backup holds the two databases as SQLite's backup API copied them while the till
went on selling, and the ring, which is of use only with the recovery code.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from pos_app.errors import StorageError
from pos_app.persistence.backup_archive import pack, verify_backup
from pos_app.persistence.durable_file import file_error, sync_folder
from pos_app.persistence.engine import (
    CATALOG_READER,
    LEDGER_READER,
    LEDGER_WRITER,
    connect,
)
from pos_app.persistence.key_ring import RING_FILE, KeyRing
from pos_app.persistence.shop_folder import ShopFolder, free_bytes
from pos_app.values.times import Timestamp

SUFFIX = ".guitai"
#: Older ones are deleted after a new one has been verified.
BACKUPS_KEPT = 14
_MARGIN_BYTES = 1024 * 1024
#: How often a moment is looked for at which nobody changes the catalogue.
_ATTEMPTS = 100


def make_backup(
    folder: ShopFolder, ring: KeyRing, moment: Timestamp, *, kept: int = BACKUPS_KEPT
) -> Path:
    """Copy a shop into its backups folder; the till may go on selling.

    Args:
        folder: the shop.
        ring: its keys.
        moment: now.
        kept: how many backups stay; the oldest go once this one is verified.

    Returns:
        The backup, on the disk and read back.

    Raises:
        StorageError: "disk_full", "backup_unsound" when a copy does not pass its
            checks (the shop's own file is damaged), or what opening meets.
    """
    target = folder.backups / f"{_name(moment)}{SUFFIX}"
    _require_room(folder)
    try:
        with tempfile.TemporaryDirectory(prefix=".making-", dir=folder.backups) as made:
            staging, finished = Path(made) / "files", Path(made) / target.name
            staging.mkdir()
            head = _copy_databases(folder, ring, staging)
            shutil.copyfile(folder.ring, staging / RING_FILE)
            pack(staging, finished, moment, head)
            verify_backup(finished)
            finished.replace(target)
        sync_folder(folder.backups)
    except OSError as error:
        raise file_error(error, target) from error
    _forget_oldest(folder, kept)
    return target


def backups_of(folder: ShopFolder) -> list[Path]:
    """Return the backups of a shop, the newest first."""
    return sorted(folder.backups.glob(f"*{SUFFIX}"), reverse=True)


def require_sound(connection: Any, file: str, key: str) -> None:
    """Check every page and every index of an open database.

    Raises:
        StorageError: `key`, with the file's name.
    """
    try:
        pages = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        tables = connection.execute("PRAGMA quick_check(1)").fetchall()
    except sqlcipher.DatabaseError as error:
        raise StorageError(key, file=file) from error
    if pages or tables != [("ok",)]:
        raise StorageError(key, file=file)


def _copy_databases(
    folder: ShopFolder, ring: KeyRing, staging: Path
) -> tuple[int, int, str]:
    """Copy both files and return (epoch, seq, hash) of the copied journal's head."""
    with (
        closing(connect(folder.catalog, ring.catalog_key, CATALOG_READER)) as catalog,
        closing(connect(folder.ledger, ring.ledger_key, LEDGER_READER)) as ledger,
    ):
        with closing(connect(folder.catalog, ring.catalog_key, CATALOG_READER)) as own:
            _hold_one_moment(catalog, ledger, own)
        _copy(catalog, folder.catalog, ring.catalog_key, staging)
        _copy(ledger, folder.ledger, ring.ledger_key, staging)
    copy = staging / folder.ledger.name
    with closing(connect(copy, ring.ledger_key, LEDGER_READER)) as connection:
        newest = connection.execute(
            "SELECT epoch, seq, hex(hash) FROM journal"
            " ORDER BY epoch DESC, seq DESC LIMIT 1"
        ).fetchone()
    epoch, seq, digest = newest or (0, 0, "")
    return epoch, seq, str(digest).lower()


def _hold_one_moment(catalog: Any, ledger: Any, watching: Any) -> None:
    """Begin to read both files at a moment between two changes of the catalogue.

    So the copied ledger names no version, price or item that the copied catalogue
    does not have yet, and no change of it that the journal has not heard of is lost.

    `catalog` and `ledger`, which are copied from, go on seeing this moment; `watching`
    is another connection to the catalogue.
    """
    for _attempt in range(_ATTEMPTS):
        before = watching.execute("PRAGMA data_version").fetchone()
        for connection in (catalog, ledger):
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if watching.execute("PRAGMA data_version").fetchone() == before:
            return
        for connection in (catalog, ledger):
            connection.execute("ROLLBACK")
    for connection in (catalog, ledger):  # an import goes on and on: better than none
        connection.execute("BEGIN")


def _copy(original: Any, source: Path, secret: bytes, staging: Path) -> None:
    """Copy one keyed database whole, as its connection sees it, and check the copy."""
    copy = staging / source.name
    with closing(connect(copy, secret, LEDGER_WRITER)) as duplicate:
        try:
            original.backup(duplicate)
        except sqlcipher.DatabaseError as error:
            # The backup API gives no result code: ask whose fault it was.
            require_sound(original, source.name, "backup_unsound")
            size = source.stat().st_size
            key = "disk_full" if free_bytes(staging) < size else "disk_error"
            raise StorageError(key, file=source.name) from error
        # One file, no -wal beside it; the restored shop turns WAL on again.
        duplicate.execute("PRAGMA journal_mode=DELETE").fetchall()
        require_sound(duplicate, source.name, "backup_unsound")


def _require_room(folder: ShopFolder) -> None:
    """Refuse before a backup fills the disk that the shop sells on."""
    size = sum(
        path.stat().st_size for path in (folder.ledger, folder.catalog) if path.exists()
    )
    if free_bytes(folder.root) < 2 * size + _MARGIN_BYTES:
        raise StorageError("disk_full", file=folder.backups.name)


def _forget_oldest(folder: ShopFolder, kept: int) -> None:
    for old in backups_of(folder)[max(1, kept) :]:
        old.unlink(missing_ok=True)


def _name(moment: Timestamp) -> str:
    """Name a backup by its time in UTC, so that names sort by age."""
    return "shop-" + "".join(sign for sign in str(moment)[:19] if sign not in ":-")
