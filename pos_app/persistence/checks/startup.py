"""The check at every start: fast after a clean stop, thorough after a kill.

After a clean stop: both files open, are of a known schema, and the newest entries
hold: well under a second. After a kill or a power cut also every page of the ledger,
as far as the budget reaches: a very large ledger is left to the doctor.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from pos_app.errors import StorageError
from pos_app.persistence.checks.journal_check import chain_finding, newest_of_chain
from pos_app.persistence.checks.room import (
    CATALOG_MIGRATIONS,
    LEDGER_MIGRATIONS,
    CheckRoom,
    RoomCheck,
    fine,
    trouble,
)
from pos_app.persistence.engine import LEDGER_READER, connect
from pos_app.persistence.migration_runner import require_known
from pos_app.ports.clock import Clock
from pos_app.ports.health import Action, Finding, Severity

NEWEST_AFTER_CLEAN_STOP = 100
NEWEST_AFTER_KILL = 1_000
#: What reading every page may take of the five seconds after a kill.
PAGES_BUDGET_MS = 3_500
_STEPS_BETWEEN_LOOKS = 20_000


def startup_check(room: CheckRoom, *, clean: bool) -> tuple[Finding, ...]:
    """Look whether the till may sell; call it before the writers are opened.

    Args:
        room: the shop folder, locked by this till.
        clean: whether the last till stopped cleanly (`TillLock.was_clean`).

    Returns:
        Findings; one that is BROKEN means: do not sell, do its action.
    """
    found = startup_findings(room, clean=clean)
    room.close()
    return found


def startup_findings(room: CheckRoom, *, clean: bool) -> tuple[Finding, ...]:
    """Look as `startup_check` does, and leave the files open.

    The last one to close a file after a kill brings its log into it; the second
    place goes on from that log, so it must last until the writers are open.
    """
    count = NEWEST_AFTER_CLEAN_STOP if clean else NEWEST_AFTER_KILL

    def newest(patient: CheckRoom) -> Sequence[Finding]:
        with patient.ledger.connect() as connection:
            report = newest_of_chain(connection, count)
        if report.fault is not None:
            return (chain_finding("journal_newest", report.fault),)
        return fine("journal_newest", "journal_sound", entries=report.entries)

    looks = {"databases_known": _databases_known, "journal_newest": newest}
    if not clean:
        looks["pages_after_kill"] = _pages_after_kill
    found: list[Finding] = []
    for name, look in looks.items():
        found += RoomCheck(name, look, room).run()
        if any(each.severity is Severity.BROKEN for each in found):
            break  # what follows would only say the same in other words
    return tuple(found)


def _databases_known(room: CheckRoom) -> Sequence[Finding]:
    """Open both files; refuse newer and foreign ones before anything is written."""
    for engine, scripts in (
        (room.ledger, LEDGER_MIGRATIONS),
        (room.catalog, CATALOG_MIGRATIONS),
    ):
        require_known(engine, scripts)
    return fine("databases_known", "databases_known")


def _pages_after_kill(room: CheckRoom) -> Sequence[Finding]:
    """Check the ledger's pages within the budget."""
    path, check = room.folder.ledger, "pages_after_kill"
    with closing(connect(path, room.ring.ledger_key, LEDGER_READER)) as connection:
        stop = _Stop(room.clock, PAGES_BUDGET_MS)
        connection.set_progress_handler(stop.is_due, _STEPS_BETWEEN_LOOKS)
        try:
            rows = connection.execute("PRAGMA quick_check(1)").fetchall()
        except sqlcipher.OperationalError:
            if not stop.was_due:
                raise StorageError("database_damaged", file=path.name) from None
            notice, action = Severity.NOTICE, Action.NONE
            return (trouble(check, notice, "pages_partly_checked", action),)
        except sqlcipher.DatabaseError as error:
            raise StorageError("database_damaged", file=path.name) from error
    if rows != [("ok",)]:
        return (_damaged(check, path),)
    return fine(check, "pages_sound", file=path.name)


def _damaged(check: str, path: Path) -> Finding:
    action = Action.RESTORE_BACKUP
    broken = Severity.BROKEN
    return trouble(check, broken, "database_damaged", action, file=path.name)


class _Stop:
    """Says when a time has been used up; SQLite asks it while it works."""

    def __init__(self, clock: Clock, budget_ms: int) -> None:
        self._clock = clock
        self._until_ms = clock.monotonic_ms() + budget_ms
        self.was_due = False

    def is_due(self) -> bool:
        """Return whether the work shall be cut short."""
        self.was_due = self._clock.monotonic_ms() > self._until_ms
        return self.was_due
