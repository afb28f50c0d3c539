"""Finds what a till can be restored from: backups that lie about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from pos_app.errors import GuitaiError
from pos_app.i18n import _
from pos_app.persistence.backup import SUFFIX
from pos_app.persistence.backup_archive import verify_backup
from ui.format import clock_text, day_text
from ui.presenters.setup_port import RestoreSource

#: Where people save what they were told to keep.
_USUAL = ("Downloads", "Desktop", "Documents", "")
_MOUNTS = ("/media", "/run/media", "/mnt")
FOUND_LIMIT = 12


def restore_sources(root: Path) -> Sequence[RestoreSource]:
    """Return the sound backups near `root`, the newest first."""
    files = sorted(set(_files(root)), key=_age, reverse=True)
    found = [_source(file) for file in files[:FOUND_LIMIT]]
    return [source for source in found if source is not None]


def _files(root: Path) -> Iterator[Path]:
    beside = root.parent
    for pattern in (f"*{SUFFIX}", f"*/*{SUFFIX}", f"*/backups/*{SUFFIX}"):
        yield from _glob(beside, pattern)
    for name in _USUAL:
        yield from _glob(Path.home() / name, f"*{SUFFIX}")
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
    local = datetime.fromtimestamp(made.unix_ms / 1000).astimezone()
    moment = f"{day_text(local.date())} {clock_text(local.time())}"
    return RestoreSource(
        key=str(file),
        title=_("Backup of {moment}", moment=moment),
        detail=str(file),
    )
