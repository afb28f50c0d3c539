"""Room on a full disk: what the till itself can do without goes, nothing else."""

from __future__ import annotations

from pathlib import Path

from pos_app.persistence.backup import backups_of
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.values.times import Timestamp

#: Backups that stay, whatever the disk.
BACKUPS_LEFT = 3
#: Pictures of slips, and logs, of the last days stay.
DAYS_LEFT = 7
_DAY_MS = 24 * 3600 * 1000


def make_room(folder: ShopFolder, now: Timestamp) -> int:
    """Delete old backups but the newest three, old slip pictures and old logs.

    What is born in the shop (databases, exports, damaged-… folders) is not touched.

    Returns:
        How many bytes are free now that were not before.
    """
    oldest_ms = now.unix_ms - DAYS_LEFT * _DAY_MS
    spare = [*backups_of(folder)[BACKUPS_LEFT:]]
    spare += _older(folder.slips, "*.png", oldest_ms)
    spare += _older(folder.slips, "*.txt", oldest_ms)
    spare += _older(folder.logs, "guitai.log.*", oldest_ms)
    return sum(_delete(file) for file in spare)


def _older(folder: Path, pattern: str, oldest_ms: int) -> list[Path]:
    if not folder.exists():
        return []
    files = [file for file in folder.glob(pattern) if file.is_file()]
    return [x for x in files if x.stat().st_mtime_ns // 1_000_000 < oldest_ms]


def _delete(file: Path) -> int:
    try:
        size = file.stat().st_size
        file.unlink()
    except OSError:  # somebody else holds it, or it went: the next one may go
        return 0
    return size
