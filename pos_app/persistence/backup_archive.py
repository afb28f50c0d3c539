"""The form of a backup: a zip of files and a manifest with a hash of each.

Without compression: what is encrypted does not shrink.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from pos_app.errors import StorageError
from pos_app.persistence.durable_file import file_error, make_private, sync_file
from pos_app.values.times import Timestamp

BACKUP_FORMAT = 1
MANIFEST = "manifest.json"
#: What a backup may hold; any other name is somebody else's zip.
BACKED_UP = frozenset({"ledger.db", "catalog.db", "ring.json"})
MANIFEST_LIMIT_BYTES = 64 * 1024
_BLOCK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class BackedUpFile:
    """One file of a backup: its size in bytes and its SHA-256, hex."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        made_at: when.
        files: name -> size and hash.
        epoch, seq, head: the newest journal entry in it; its hash in hex.
    """

    made_at: Timestamp
    files: dict[str, BackedUpFile]
    epoch: int
    seq: int
    head: str


def pack(
    staging: Path, target: Path, moment: Timestamp, head: tuple[int, int, str]
) -> None:
    """Write every file of `staging` into a backup and wait until it is on the disk.

    Args:
        staging: holds the files and nothing else.
        target: the backup; outside of what is packed.
        moment: when it was made.
        head: epoch, seq and hash (hex) of the newest journal entry in it.
    """
    names = sorted(each.name for each in staging.iterdir())
    epoch, seq, digest = head
    content = {
        "format": BACKUP_FORMAT,
        "made_at_ms": moment.unix_ms,
        "files": {name: asdict(_fingerprint(staging / name)) for name in names},
        "epoch": epoch,
        "seq": seq,
        "head": digest,
    }
    make_private(target)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(MANIFEST, json.dumps(content, indent=1))
        for name in names:
            archive.write(staging / name, name)
    sync_file(target)


def _fingerprint(path: Path) -> BackedUpFile:
    with path.open("rb") as file:
        return BackedUpFile(
            path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()
        )


def read_manifest(backup: Path) -> Manifest:
    """Return what a backup says it holds.

    Raises:
        StorageError: "backup_missing", "backup_foreign", "backup_newer" or
            "backup_damaged".
    """
    with open_backup(backup) as archive:
        return manifest_of(archive, backup)


def verify_backup(backup: Path) -> Manifest:
    """Read a whole backup and compare every file with its hash.

    Raises:
        StorageError: as `read_manifest`.
    """
    with open_backup(backup) as archive:
        manifest = manifest_of(archive, backup)
        for name in manifest.files:
            unpack(archive, name, manifest, None)
        return manifest


@contextmanager
def open_backup(backup: Path) -> Iterator[zipfile.ZipFile]:
    """Open a backup; what is wrong with the zip is named.

    Raises:
        StorageError: "backup_missing", "backup_foreign" or what the disk says.
    """
    try:
        archive = zipfile.ZipFile(backup)
    except FileNotFoundError as error:
        raise StorageError("backup_missing", file=backup.name) from error
    except zipfile.BadZipFile as error:
        raise StorageError("backup_foreign", file=backup.name) from error
    except OSError as error:
        raise file_error(error, backup) from error
    with archive:
        yield archive


def manifest_of(archive: zipfile.ZipFile, backup: Path) -> Manifest:
    """Return the manifest of an open backup.

    Raises:
        StorageError: as `read_manifest`.
    """
    try:
        if archive.getinfo(MANIFEST).file_size > MANIFEST_LIMIT_BYTES:
            raise StorageError("backup_foreign", file=backup.name)
        content = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise StorageError("backup_foreign", file=backup.name) from error
    if not isinstance(content, dict) or "format" not in content:
        raise StorageError("backup_foreign", file=backup.name)
    if content["format"] != BACKUP_FORMAT:
        raise StorageError("backup_newer", file=backup.name)
    try:
        manifest = Manifest(
            Timestamp(int(content["made_at_ms"])),
            {str(n): BackedUpFile(**spec) for n, spec in content["files"].items()},
            int(content["epoch"]),
            int(content["seq"]),
            str(content["head"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StorageError("backup_damaged", file=backup.name) from error
    if not set(manifest.files) <= BACKED_UP:
        raise StorageError("backup_foreign", file=backup.name)
    return manifest


def unpack(
    archive: zipfile.ZipFile, name: str, manifest: Manifest, into: Path | None
) -> None:
    """Read one file of a backup, prove its hash, and write it if asked.

    Raises:
        StorageError: "backup_damaged".
    """
    expected, digest, size = manifest.files[name], hashlib.sha256(), 0
    try:
        with archive.open(name) as source, _sink(into) as sink:
            while block := source.read(_BLOCK_BYTES):
                digest.update(block)
                size += len(block)
                if sink:
                    sink.write(block)
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise StorageError("backup_damaged", file=name) from error
    if (size, digest.hexdigest()) != (expected.size, expected.sha256):
        raise StorageError("backup_damaged", file=name)


@contextmanager
def _sink(path: Path | None) -> Iterator[IO[bytes] | None]:
    """Open a file to write into and sync it, or nothing."""
    if path is None:
        yield None
        return
    make_private(path)
    with path.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
