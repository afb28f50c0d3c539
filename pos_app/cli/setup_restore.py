"""Finds what a till can be restored from, second places first, and restores it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from hardware.system_clock import RandomIds, SystemClock
from pos_app.cli.restore import restore_from_file
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _
from pos_app.persistence.backup import SUFFIX
from pos_app.persistence.backup_archive import verify_backup
from pos_app.persistence.second_place.disks import disks_for
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.persistence.till_restore import (
    RestorableTill,
    RestoreTools,
    list_restorable,
    restore_till,
)
from pos_app.values.times import Timestamp
from ui.format import clock_text, day_text
from ui.presenters.setup_port import RestoreSource

#: Where people save what they were told to keep.
_USUAL = ("Downloads", "Desktop", "Documents", "")
_MOUNTS = ("/media", "/run/media", "/mnt")
FOUND_LIMIT = 12


def restore_sources(root: Path) -> Sequence[RestoreSource]:
    """Return the second places, then the sound backups near `root`, newest first."""
    files = sorted(set(_files(root)), key=_age, reverse=True)
    found = [_source(file) for file in files[:FOUND_LIMIT]]
    backups = [source for source in found if source is not None]
    return [*map(_place_source, _places(root)), *backups]


def sources_in(folder: Path) -> Sequence[RestoreSource]:
    """Return the tills, then the sound backups in a folder, newest first.

    Raises:
        UserError: "setup_place_empty". StorageError: what the disk says.
    """
    tills = [_place_source(till) for till in list_restorable(folder)]
    files = sorted(_glob(folder, f"*{SUFFIX}"), key=_age, reverse=True)
    backups = [_source(file) for file in files[:FOUND_LIMIT]]
    found = [*tills, *(source for source in backups if source is not None)]
    if not found:
        raise UserError("setup_place_empty", folder=_named(folder))
    return found


def restore_shop(folder: ShopFolder, source: Path, code: str) -> None:
    """Make a shop folder out of a second place (a folder) or a backup (a file).

    Raises:
        UserError: "file_missing", "setup_place_empty" for a folder that no till
            can be restored from, "setup_place_several" for one with a choice.
        StorageError: what is wrong with the source, the code or the disk.
    """
    if source.is_dir():
        found = list_restorable(source)
        if not found:
            raise UserError("setup_place_empty", folder=_named(source))
        if len(found) > 1:
            raise UserError("setup_place_several", folder=_named(source))
        restore_till(found[0], code, folder, RestoreTools(SystemClock(), RandomIds()))
        return
    if not source.is_file():
        raise UserError("file_missing", file=source.name)
    restore_from_file(folder, source, code)


def _named(folder: Path) -> str:
    """Return a folder's name; a whole drive has none, but a path."""
    return folder.name or str(folder)


def _places(root: Path) -> Sequence[RestorableTill]:
    found: list[RestorableTill] = []
    for disk in disks_for(root.parent):
        with suppress(GuitaiError, OSError):  # a disk that cannot be read has none
            found += list_restorable(Path(disk.folder))
    return sorted(found, key=lambda till: till.newest_at, reverse=True)


def _place_source(till: RestorableTill) -> RestoreSource:
    title = _(
        "{shop}, till {till}, as of {moment}",
        shop=till.shop_name,
        till=till.till,
        moment=_moment(till.newest_at),
    )
    return RestoreSource(str(till.place.root), title, str(till.place.root))


def _files(root: Path) -> Iterator[Path]:
    beside = root.parent
    for pattern in (f"*{SUFFIX}", f"*/*{SUFFIX}", f"*/backups/*{SUFFIX}"):
        yield from _glob(beside, pattern)
    for name in _USUAL:
        yield from _glob(Path.home() / name, f"*{SUFFIX}")
    for disk in disks_for(beside):  # on Windows the one way to a stick
        yield from _glob(Path(disk.folder), f"*{SUFFIX}")
    for mount in _MOUNTS:
        for depth in ("*", "*/*", "*/*/*"):
            yield from _glob(Path(mount), f"{depth}{SUFFIX}")


def _glob(folder: Path, pattern: str) -> Iterator[Path]:
    """Look into a folder; one that cannot be read holds nothing."""
    try:
        yield from (path for path in folder.glob(pattern) if path.is_file())
    except OSError:
        return


def _age(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def _source(file: Path) -> RestoreSource | None:
    """Describe a backup; None for a file that is none, or is damaged."""
    try:
        made = verify_backup(file).made_at
    except (GuitaiError, OSError):
        return None
    return RestoreSource(
        key=str(file),
        title=_("Backup of {moment}", moment=_moment(made)),
        detail=str(file),
    )


def _moment(at: Timestamp) -> str:
    """Write a moment by the machine's own clock."""
    local = datetime.fromtimestamp(at.unix_ms / 1000, UTC).astimezone()
    return f"{day_text(local.date())} {clock_text(local.time())}"
