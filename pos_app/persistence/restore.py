"""Restore: a backup becomes a shop again, in a new epoch, and nothing is lost.

Everything is unpacked, opened and proven in a folder aside before a single file of
the shop is touched. What was there is moved into damaged-…/, never deleted. A power
cut in the middle is finished at the next start.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from pos_app.errors import StorageError
from pos_app.persistence.backup import require_sound
from pos_app.persistence.backup_archive import (
    Manifest,
    manifest_of,
    open_backup,
    unpack,
)
from pos_app.persistence.durable_file import file_error, sync_folder, write_durably
from pos_app.persistence.engine import (
    CATALOG_READER,
    LEDGER_READER,
    LEDGER_WRITER,
    connect,
    open_engine,
)
from pos_app.persistence.erased_list import carry_erased
from pos_app.persistence.key_ring import KeyRing, recover_key_ring
from pos_app.persistence.key_store import KeyStore, best_key_store
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.values.times import Timestamp

STAGING = ".restoring"
#: Written into the staging folder when all of it is proven; names the folder aside.
READY = "ready"
DATABASE_SUFFIXES = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class RestoreOrder:
    """What a person asks for when a shop is to be restored.

    Attributes:
        backup: the file.
        code: the recovery code as typed.
        moment: now; names the folder aside.
        on_restored: brings the ledger to the present schema, begins its next
            epoch and journals the restore; given the writer engine.
        replaces: move the shop that is there aside.
        store_for: makes the key store of the folder that it is given.
    """

    backup: Path
    code: str = field(repr=False)
    moment: Timestamp
    on_restored: Callable[[Engine, Manifest], object]
    replaces: bool = False
    store_for: Callable[[Path], KeyStore] = best_key_store


def restore_backup(folder: ShopFolder, order: RestoreOrder) -> KeyRing:
    """Make a shop folder out of a backup; the caller holds the folder's lock.

    Args:
        folder: where to; holds no shop unless `order.replaces`.
        order: which backup, with which code.

    Returns:
        The shop's key ring, open.

    Raises:
        StorageError: "folder_in_use" when a shop is there and may not be replaced;
            what is wrong with the backup, the code or the disk. The shop that was
            there is untouched then.
    """
    finish_restore(folder)
    if not order.replaces and (folder.ledger.exists() or folder.ring.exists()):
        raise StorageError("folder_in_use")
    folder.make()
    staged = ShopFolder(folder.root / STAGING)
    try:
        shutil.rmtree(staged.root, ignore_errors=True)
        staged.root.mkdir(mode=0o700)
        manifest = _unpack_all(order.backup, staged.root)
    except OSError as error:
        raise file_error(error, staged.root) from error
    beside = order.backup.parent
    carry_erased(staged.root, (folder.root, beside, beside.parent))
    ring = recover_key_ring(staged.root, order.code, order.store_for(staged.root))
    _prove(staged, ring)
    engine = open_engine(staged.ledger, ring.ledger_key, LEDGER_WRITER)
    try:
        order.on_restored(engine, manifest)
    finally:
        engine.dispose()
    aside = f"damaged-{order.moment.unix_ms}"
    write_durably(staged.root / READY, aside.encode("ascii"))
    finish_restore(folder)
    return ring


def finish_restore(folder: ShopFolder) -> bool:
    """Move a proven restore into place; safe to repeat after a power cut.

    Returns:
        Whether there was one.
    """
    staging = folder.root / STAGING
    ready = staging / READY
    if not ready.exists():
        return False
    try:
        aside = folder.root / ready.read_text("ascii")
        for restored in sorted(staging.iterdir()):
            if restored != ready:
                _move_aside(folder.root / restored.name, aside)
                restored.replace(folder.root / restored.name)
                sync_folder(folder.root)
        ready.unlink()
        staging.rmdir()
    except OSError as error:
        raise file_error(error, staging) from error
    return True


def _unpack_all(backup: Path, staging: Path) -> Manifest:
    with open_backup(backup) as archive:
        manifest = manifest_of(archive, backup)
        for name in manifest.files:
            unpack(archive, name, manifest, staging / name)
    return manifest


def _prove(staged: ShopFolder, ring: KeyRing) -> None:
    """Open both databases with the recovered keys and check every page."""
    databases = (
        (staged.ledger, ring.ledger_key, LEDGER_READER),
        (staged.catalog, ring.catalog_key, CATALOG_READER),
    )
    for path, key, access in databases:
        with closing(connect(path, key, access)) as connection:
            require_sound(connection, path.name, "backup_damaged")


def _move_aside(path: Path, aside: Path) -> None:
    for suffix in DATABASE_SUFFIXES:
        found = path.with_name(path.name + suffix)
        if found.exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            found.replace(aside / found.name)
