"""Taking a shop folder for selling: lock, unfinished restore, keys, start-up check."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

from pos_app.errors import StorageError
from pos_app.persistence.checks.room import ACTION_OF_ERROR, CheckRoom
from pos_app.persistence.checks.startup import startup_findings
from pos_app.persistence.key_ring import KeyRing, open_key_ring
from pos_app.persistence.restore import STAGING, finish_restore
from pos_app.persistence.shop_folder import ShopFolder, TillLock
from pos_app.ports.clock import Clock
from pos_app.ports.health import Finding, Severity


@dataclass(frozen=True, slots=True)
class TakenShop:
    """A shop folder that is this till's until the lock is released.

    Attributes:
        lock: release it when the databases are closed.
        ring: the keys.
        findings: of the start-up check; what is BROKEN here (a touched journal)
            does not stop the till from selling, but a person must hear of it.
        room: holds the files open after a kill; close it when the writers are open.
    """

    lock: TillLock
    ring: KeyRing
    findings: tuple[Finding, ...]
    room: CheckRoom


def take_shop(folder: ShopFolder, clock: Clock) -> TakenShop:
    """Take a shop that has been set up, before any writer is opened.

    A missing ledger is refused here: a writer would quietly begin an empty one.

    Args:
        folder: the shop.
        clock: times the check.

    Raises:
        StorageError: "shop_missing", "till_already_running", what `open_key_ring`
            raises ("key_missing": ask for the recovery code), or what the start-up
            check found at a file or the disk. The lock is free again then, and
            the files are as they were.
    """
    require_shop(folder)
    lock = TillLock(folder)
    with ExitStack() as undo:
        undo.callback(lock.release, clean=lock.was_clean)
        finish_restore(folder)
        ring = open_key_ring(folder.root)
        room = CheckRoom(folder, ring, clock)
        undo.callback(room.close)
        findings = startup_findings(room, clean=lock.was_clean)
        if lock.was_clean:
            room.close()
        _refuse_broken_files(findings)
        undo.pop_all()
    return TakenShop(lock, ring, findings, room)


def require_shop(folder: ShopFolder) -> None:
    """Refuse a folder without any trace of a shop, before anything is put there.

    Raises:
        StorageError: "shop_missing".
    """
    traces = (folder.ring, folder.ledger, folder.catalog, folder.root / STAGING)
    if not any(trace.exists() for trace in traces):
        raise StorageError("shop_missing", folder=str(folder.root))


def _refuse_broken_files(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        if finding.severity is Severity.BROKEN and finding.key in ACTION_OF_ERROR:
            raise StorageError(finding.key, **finding.params)
