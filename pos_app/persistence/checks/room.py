"""What every check stands on: the folder, the keys, read engines, the time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from pos_app.errors import StorageError
from pos_app.persistence.engine import (
    CATALOG_READER,
    LEDGER_READER,
    open_engine,
    storage_error,
)
from pos_app.persistence.key_ring import KeyRing
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.clock import Clock
from pos_app.ports.health import Action, Finding, Severity

_MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
LEDGER_MIGRATIONS = _MIGRATIONS / "ledger"
CATALOG_MIGRATIONS = _MIGRATIONS / "catalog"


@dataclass(frozen=True)
class CheckRoom:
    """The patient: one shop folder, looked at but not touched.

    Attributes:
        folder: the shop.
        ring: its keys.
        clock: the machine's clock.
        room_bytes: free room below which the disk counts as filling up.
    """

    folder: ShopFolder
    ring: KeyRing
    clock: Clock
    room_bytes: int = field(default=512 * 1024 * 1024)

    @cached_property
    def ledger(self) -> Engine:
        """A read engine on the ledger."""
        return open_engine(self.folder.ledger, self.ring.ledger_key, LEDGER_READER)

    @cached_property
    def catalog(self) -> Engine:
        """A read engine on the catalogue."""
        return open_engine(self.folder.catalog, self.ring.catalog_key, CATALOG_READER)

    def close(self) -> None:
        """Close the read engines; checks may be run again afterwards."""
        self.ledger.dispose()
        self.catalog.dispose()


#: What to do about each storage error, wherever a check meets it.
ACTION_OF_ERROR = {
    "database_missing": Action.RESTORE_BACKUP,
    "database_unreadable": Action.RESTORE_BACKUP,
    "database_damaged": Action.RESTORE_BACKUP,
    "database_foreign": Action.RESTORE_BACKUP,
    "database_newer": Action.UPDATE_PROGRAM,
    "database_locked": Action.RESTART_TILL,
    "database_unreachable": Action.CHECK_DISK,
    "folder_read_only": Action.MAKE_FOLDER_WRITABLE,
    "disk_full": Action.FREE_DISK,
    "disk_error": Action.CHECK_DISK,
    "sqlite_too_old": Action.UPDATE_PROGRAM,
}


@dataclass(frozen=True, slots=True)
class RoomCheck:
    """One check on a room; what goes wrong while looking is a finding too.

    Attributes:
        name: stable name.
        look: does the looking.
        room: where.
    """

    name: str
    look: Callable[[CheckRoom], Sequence[Finding]]
    room: CheckRoom

    def run(self) -> Sequence[Finding]:
        """Look, and name any trouble of the disk or the file."""
        try:
            return self.look(self.room)
        except StorageError as error:
            return (broken_by(self.name, error),)
        except DBAPIError as error:
            named = storage_error(error, "ledger.db, catalog.db")
            if named is None:  # a table that an undamaged file always has
                named = StorageError("database_damaged", file="ledger.db, catalog.db")
            return (broken_by(self.name, named),)


def broken_by(check: str, error: StorageError) -> Finding:
    """Return a storage error as a finding."""
    params = {
        name: value if isinstance(value, int) else str(value)
        for name, value in error.params.items()
    }
    action = ACTION_OF_ERROR.get(error.key, Action.KEEP_AND_CALL)
    return Finding(check, Severity.BROKEN, error.key, params, action)


def trouble(
    check: str, severity: Severity, key: str, action: Action, **params: str | int
) -> Finding:
    """Return the finding of a check that found something, with what its words need."""
    return Finding(check, severity, key, params, action)


def fine(check: str, key: str, **params: str | int) -> tuple[Finding, ...]:
    """Return the finding of a check that found all well."""
    return (Finding(check, Severity.FINE, key, params),)
