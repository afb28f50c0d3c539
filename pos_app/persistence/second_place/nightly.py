"""The nightly copy: a whole backup at the second place, opened and proven there."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from pos_app.errors import StorageError
from pos_app.persistence.backup import SUFFIX, require_sound
from pos_app.persistence.backup_archive import (
    Manifest,
    manifest_of,
    open_backup,
    read_manifest,
    unpack,
)
from pos_app.persistence.durable_file import (
    file_error,
    make_private,
    sync_file,
    sync_folder,
)
from pos_app.persistence.engine import CATALOG_READER, LEDGER_READER, connect
from pos_app.persistence.key_ring import KeyRing
from pos_app.persistence.second_place.place_folder import PlaceFolder
from pos_app.persistence.shop_folder import ShopFolder, free_bytes

#: Older ones are deleted after a new one has been proven.
COPIES_KEPT = 7
_BLOCK_BYTES = 1024 * 1024


def copies_at(place: PlaceFolder) -> Sequence[Path]:
    """Return the nightly copies, the newest first; none when the place is gone."""
    try:
        return sorted(place.copies.glob(f"*{SUFFIX}"), reverse=True)
    except OSError:
        return ()


def newest_copy_ms(place: PlaceFolder) -> int:
    """Return when the newest nightly copy was made; 0 for never."""
    for copy in copies_at(place):
        try:
            return read_manifest(copy).made_at.unix_ms
        except StorageError:
            continue
    return 0


def copy_backup(
    backup: Path, place: PlaceFolder, folder: ShopFolder, ring: KeyRing
) -> Manifest:
    """Copy a backup to the place and prove the copy by opening what lies there.

    Args:
        backup: made and verified before.
        place: where to.
        folder: has room to open it in.
        ring: the shop's keys.

    Returns:
        What the copy holds.

    Raises:
        StorageError: what a disk says, or "backup_damaged" for a copy that is not
            what was written. A copy that is not proven does not stay.
    """
    target = place.copies / backup.name
    aside = target.with_name(target.name + ".new")
    try:
        if free_bytes(place.root) < backup.stat().st_size + _BLOCK_BYTES:
            _forget_oldest(place, COPIES_KEPT - 1)
        _copy(backup, aside)
        manifest = _prove(aside, folder, ring)
        aside.replace(target)
        sync_folder(place.copies)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise file_error(error, target) from error
    except StorageError:
        aside.unlink(missing_ok=True)
        raise
    _forget_oldest(place, COPIES_KEPT)
    return manifest


def _copy(backup: Path, target: Path) -> None:
    make_private(target)
    with backup.open("rb") as source, target.open("wb") as sink:
        while block := source.read(_BLOCK_BYTES):
            sink.write(block)
    sync_file(target)


def _prove(copy: Path, folder: ShopFolder, ring: KeyRing) -> Manifest:
    """Unpack a copy as it lies at the place, open both databases, compare the head."""
    with tempfile.TemporaryDirectory(prefix=".proving-", dir=folder.backups) as made:
        room = ShopFolder(Path(made))
        with open_backup(copy) as archive:
            manifest = manifest_of(archive, copy)
            for name in manifest.files:
                unpack(archive, name, manifest, room.root / name)
        for path, key, access in (
            (room.ledger, ring.ledger_key, LEDGER_READER),
            (room.catalog, ring.catalog_key, CATALOG_READER),
        ):
            with closing(connect(path, key, access)) as connection:
                require_sound(connection, path.name, "backup_damaged")
                if path == room.ledger:
                    _require_head(connection, manifest)
    return manifest


def _require_head(connection: Any, manifest: Manifest) -> None:
    newest = connection.execute(
        "SELECT epoch, seq, lower(hex(hash)) FROM journal"
        " ORDER BY epoch DESC, seq DESC LIMIT 1"
    ).fetchone() or (0, 0, "")
    if tuple(newest) != (manifest.epoch, manifest.seq, manifest.head):
        raise StorageError("backup_damaged", file="ledger.db")


def _forget_oldest(place: PlaceFolder, kept: int) -> None:
    for old in copies_at(place)[max(1, kept) :]:
        old.unlink(missing_ok=True)
