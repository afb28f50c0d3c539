"""Checks around the ledger: print jobs, clock, disk, ballast, backups, keys."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import func, select

from pos_app.errors import StorageError
from pos_app.persistence.backup import backups_of
from pos_app.persistence.backup_archive import read_manifest
from pos_app.persistence.ballast import BALLAST_BYTES, Ballast
from pos_app.persistence.checks.room import CheckRoom, broken_by, fine, trouble
from pos_app.persistence.ledger.tables import journal, print_job, sale
from pos_app.persistence.shop_folder import free_bytes
from pos_app.ports.health import Action, Finding, Severity
from pos_app.ports.printing import PrintJobState
from pos_app.values.times import Timestamp

MEBIBYTE = 1024 * 1024
MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
#: A job that waits longer has been forgotten by somebody.
PATIENCE_MS = 10 * MINUTE_MS
#: Network time nudges clocks by less than this.
CLOCK_TOLERANCE_MS = 2_000
#: No till of this program ran before.
FIRST_POSSIBLE = Timestamp.parse("2026-01-01T00:00:00Z")
BACKUP_AGE_LIMIT_DAYS = 2


def print_jobs(room: CheckRoom) -> Sequence[Finding]:
    """Count the jobs that wait for the printer or for a person (law 11)."""
    waiting = (PrintJobState.QUEUED, PrintJobState.SENDING, PrintJobState.HELD)
    before_ms = room.clock.now().unix_ms - PATIENCE_MS
    with room.ledger.connect() as connection:
        count = select(func.count()).select_from(print_job)
        unknown = count.where(print_job.c.state == PrintJobState.UNKNOWN.value)
        stuck = count.where(
            print_job.c.state.in_([state.value for state in waiting]),
            print_job.c.queued_at_ms < before_ms,
        )
        numbers = {
            "print_jobs_unknown": connection.execute(unknown).scalar_one(),
            "print_jobs_stuck": connection.execute(stuck).scalar_one(),
        }
    look = Action.LOOK_AT_PRINTER
    found = [
        trouble("print_jobs", Severity.WARNING, key, look, count=number)
        for key, number in numbers.items()
        if number
    ]
    return found or fine("print_jobs", "print_jobs_done")


def clock(room: CheckRoom) -> Sequence[Finding]:
    """Compare the machine's clock with the newest entry (law 13)."""
    now = room.clock.now()
    order = (journal.c.epoch.desc(), journal.c.seq.desc())
    newest = select(journal.c.recorded_at_ms).order_by(*order).limit(1)
    with room.ledger.connect() as connection:
        last_ms = connection.execute(newest).scalar()
    behind_ms = (last_ms or 0) - now.unix_ms
    warning, action = Severity.WARNING, Action.SET_CLOCK
    if behind_ms > CLOCK_TOLERANCE_MS:
        minutes = max(1, behind_ms // MINUTE_MS)
        return (trouble("clock", warning, "clock_behind", action, minutes=minutes),)
    if now < FIRST_POSSIBLE:
        return (trouble("clock", warning, "clock_absurd", action, now=str(now)),)
    return fine("clock", "clock_plausible", now=str(now))


def disk(room: CheckRoom) -> Sequence[Finding]:
    """Look how much room is left, and whether the ballast is there."""
    free_mb = free_bytes(room.folder.root) // MEBIBYTE
    action = Action.FREE_DISK
    if free_mb < BALLAST_BYTES // MEBIBYTE:
        broken = Severity.BROKEN
        return (trouble("disk", broken, "disk_almost_full", action, free_mb=free_mb),)
    if free_mb < room.room_bytes // MEBIBYTE:
        warning = Severity.WARNING
        return (trouble("disk", warning, "disk_filling", action, free_mb=free_mb),)
    return fine("disk", "disk_has_room", free_mb=free_mb)


def ballast(room: CheckRoom) -> Sequence[Finding]:
    """Look whether the reserve for a full disk is there."""
    if Ballast(room.folder.ballast).is_present:
        return fine("ballast", "ballast_present")
    warning, action = Severity.WARNING, Action.FREE_DISK
    return (trouble("ballast", warning, "ballast_missing", action),)


def backups(room: CheckRoom) -> Sequence[Finding]:
    """Look how old the newest backup is."""
    action = Action.MAKE_BACKUP
    newest = backups_of(room.folder)
    if not newest:
        with room.ledger.connect() as connection:
            sold = connection.execute(select(func.count()).select_from(sale)).scalar()
        severity = Severity.WARNING if sold else Severity.NOTICE
        return (trouble("backups", severity, "backup_none", action),)
    try:
        made_at = read_manifest(newest[0]).made_at
    except StorageError as error:
        return (broken_by("backups", error),)
    name, warning = newest[0].name, Severity.WARNING
    days = max(0, room.clock.now().unix_ms - made_at.unix_ms) // DAY_MS
    if days >= BACKUP_AGE_LIMIT_DAYS:
        old = trouble("backups", warning, "backup_old", action, days=days, file=name)
        return (old,)
    return fine("backups", "backup_recent", file=name)


def keys(room: CheckRoom) -> Sequence[Finding]:
    """Say what guards the keys, and whether others may read the files."""
    action = Action.PROTECT_MACHINE
    for path in (room.folder.ring, room.folder.root / "ring.key", room.folder.ledger):
        if _others_may_read(path):
            warning, name = Severity.WARNING, path.name
            return (trouble("keys", warning, "keys_readable", action, file=name),)
    if room.ring.protection == "os":
        return fine("keys", "keys_in_store")
    return (trouble("keys", Severity.NOTICE, "keys_in_file", action),)


def _others_may_read(path: Path) -> bool:
    """Tell whether other users get through to a file; Windows has no such bits."""
    if os.name != "posix" or not path.exists():
        return False
    return bool(path.parent.stat().st_mode & 0o011 and path.stat().st_mode & 0o044)
