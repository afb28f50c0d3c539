"""A command's right to change the catalogue, also while the till sells.

The command holds the catalogue's own lock, never the till's. What it did it leaves
as a note in the catalogue; the note goes into the journal at once when no till runs,
else when the running till next looks after itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hardware.system_clock import SystemClock
from pos_app.bootstrap import Options, Till
from pos_app.errors import StorageError
from pos_app.persistence.catalog.catalog_lock import CatalogLock
from pos_app.persistence.catalog.notes import CatalogNotes
from pos_app.persistence.catalog.opening import open_catalog_beside_till
from pos_app.persistence.catalog.writer import CatalogWriter
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.ledger import Stamp
from pos_app.services.journal_notes import journal_notes


@dataclass(slots=True)
class CatalogSession:
    """What a command changes the catalogue with.

    Attributes:
        editor: of the catalogue. notes: what must be journalled.
        is_journalled: after the session, whether the notes are in the journal.
    """

    editor: CatalogWriter
    notes: CatalogNotes
    is_journalled: bool = False


@contextmanager
def catalog_session(
    folder: ShopFolder, *, writes: bool = True
) -> Iterator[CatalogSession]:
    """Open the catalogue of a shop for one command.

    Args:
        folder: the shop; its till may be running.
        writes: false for a look: no lock is taken and nothing journalled.

    Raises:
        StorageError: "catalog_busy", "till_of_other_release", or what opening
            the shop raises.
    """
    # A shop that nobody has open is opened as a till would: a restore that was cut
    # short is finished, older schemas are brought up, damage is refused.
    _journal_by_own_till(folder)
    ring = open_key_ring(folder.root)
    lock = CatalogLock(folder) if writes else None
    engine = open_catalog_beside_till(folder.catalog, ring.catalog_key)
    editor = CatalogWriter(engine, lambda: SystemClock().now().unix_ms)
    session = CatalogSession(editor, CatalogNotes(engine))
    try:
        yield session
    finally:
        engine.dispose()
        if lock is not None:
            lock.release()
            session.is_journalled = _journal_by_own_till(folder)


def journal_waiting(till: Till, stamp: Stamp) -> None:
    """Journal the notes that commands left, unless one is at work just now."""
    try:
        lock = CatalogLock(till.folder)
    except StorageError as error:
        if error.key == "catalog_busy":
            return
        raise
    with lock:
        engine = open_catalog_beside_till(till.folder.catalog, till.ring.catalog_key)
        try:
            journal_notes(CatalogNotes(engine), till.ledger, stamp)
        finally:
            engine.dispose()


def _journal_by_own_till(folder: ShopFolder) -> bool:
    """Open the shop, journal what waits; False while a till has it open."""
    try:
        with Till(folder, Options(with_printer=False)) as till:
            journal_waiting(till, till.counter.desk.stamp())
    except StorageError as error:
        if error.key != "till_already_running":
            raise
        return False
    return True
