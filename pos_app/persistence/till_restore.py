"""A till goes on from its second place on a spare PC.

Everything is copied, opened and proven in a folder aside before a file of the shop
is made, as with a backup. The claim of the new epoch is written into the place
before the till begins: another restore from it sees the claim and takes a later
epoch, and the old till, if it lives, finds that the place is no longer its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Engine

from pos_app.errors import StorageError
from pos_app.persistence.ballast import Ballast
from pos_app.persistence.checks.journal_check import ChainReport, whole_chain
from pos_app.persistence.durable_file import file_error, write_durably
from pos_app.persistence.engine import (
    CATALOG_READER,
    LEDGER_READER,
    LEDGER_WRITER,
    open_engine,
)
from pos_app.persistence.engine import connect as connect_to
from pos_app.persistence.erased_list import carry_erased
from pos_app.persistence.key_ring import KeyRing, check_recovery_code, recover_key_ring
from pos_app.persistence.key_store import KeyStore, best_key_store
from pos_app.persistence.new_epoch import (
    NewEpoch,
    begin_anew,
    draw_epoch,
    epoch_of,
    new_device,
)
from pos_app.persistence.restore import READY, STAGING, finish_restore
from pos_app.persistence.second_place.choosing import SETTING, place_setting
from pos_app.persistence.second_place.mirroring import CATALOG, LEDGER
from pos_app.persistence.second_place.place_copy import PlaceCopy
from pos_app.persistence.second_place.place_folder import Claim, PlaceFolder, places_in
from pos_app.persistence.shop_folder import ShopFolder, TillLock, free_bytes
from pos_app.ports.clock import Clock, Ids
from pos_app.values.times import Timestamp

_MARGIN_BYTES = 16 * 1024 * 1024


class RestoreStep(StrEnum):
    """What a restore is doing."""

    COPYING = "copying"
    PROVING = "proving"
    BEGINNING = "beginning"


@dataclass(frozen=True, slots=True)
class RestorableTill:
    """A till that can go on from a place.

    Attributes:
        place: its folder there. files: the folder of the newest whole copy.
        place_id: of the place. shop_name, till: whose it is.
        newest_at: when the copy was last added to.
        size_bytes: of both databases.
    """

    place: PlaceFolder
    files: Path
    place_id: str
    shop_name: str
    till: str
    newest_at: Timestamp
    size_bytes: int


@dataclass(frozen=True, slots=True)
class RestoreTools:
    """What a restore works with.

    Attributes:
        clock, ids: the machine's.
        said: told the step and how far it is, percent.
        store_for: makes the key store of the folder that it is given.
    """

    clock: Clock
    ids: Ids
    said: Callable[[RestoreStep, int], None] = lambda _step, _percent: None
    store_for: Callable[[Path], KeyStore] = best_key_store


@dataclass(frozen=True, slots=True)
class RestoredTill:
    """A till that goes on.

    Attributes:
        ring: the shop's keys, open. epoch: that it began.
        entries: of the journal before that. newest_at: what it continues from.
        is_claimed: False when the place could not be written: a write-protected
            stick; the series differs all the same.
    """

    ring: KeyRing = field(repr=False)
    epoch: int
    entries: int
    newest_at: Timestamp
    is_claimed: bool


def list_restorable(folder: Path) -> Sequence[RestorableTill]:
    """Return the tills that can go on from a folder, the newest first.

    Args:
        folder: a disk, the chosen folder on it, or a till's own folder there.

    Raises:
        StorageError: "folder_missing", or what the disk says.
    """
    found = [_restorable(place) for place in places_in(folder)]
    known = [till for till in found if till is not None]
    return sorted(known, key=lambda till: till.newest_at, reverse=True)


def restore_till(
    found: RestorableTill, code: str, folder: ShopFolder, tools: RestoreTools
) -> RestoredTill:
    """Make a shop folder out of a place; the till there goes on in a new epoch.

    Args:
        found: which till.
        code: the recovery code as typed.
        folder: where to; holds no shop.
        tools: what it works with.

    Raises:
        StorageError: "folder_in_use", "recovery_code_wrong" and what else is wrong
            with the code, "place_unsound", "disk_full" or what a disk says. No shop
            is there then.
    """
    check_recovery_code(found.place.root, code)  # before minutes of copying
    was_there = folder.root.exists()
    folder.make()
    try:
        with TillLock(folder):
            restored = _restore(found, code, folder, tools)
            Ballast(folder.ballast).restore()
    except BaseException:
        if not was_there and not folder.is_shop:
            shutil.rmtree(folder.root, ignore_errors=True)
        raise
    return restored


def _restore(
    found: RestorableTill, code: str, folder: ShopFolder, tools: RestoreTools
) -> RestoredTill:
    finish_restore(folder)
    if folder.ledger.exists() or folder.ring.exists():
        raise StorageError("folder_in_use")
    if free_bytes(folder.root) < found.size_bytes + _MARGIN_BYTES:
        raise StorageError("disk_full", file=folder.root.name)
    staged = ShopFolder(folder.root / STAGING)
    _copy_all(found, staged, tools)
    store = tools.store_for(staged.root)
    ring = recover_key_ring(staged.root, code, store)
    tools.said(RestoreStep.PROVING, 0)
    report = _prove(staged, ring, tools)
    tools.said(RestoreStep.BEGINNING, 0)
    engine = open_engine(staged.ledger, ring.ledger_key, LEDGER_WRITER)
    try:
        restored = _begin(engine, staged, (found, ring, report), tools)
    finally:
        engine.dispose()
    write_durably(staged.root / READY, f"damaged-{tools.clock.now().unix_ms}".encode())
    finish_restore(folder)
    tools.said(RestoreStep.BEGINNING, 100)
    return restored


def _restorable(place: PlaceFolder) -> RestorableTill | None:
    """Return a till's newest whole copy; None when it never became whole."""
    identity = place.identity()
    newest = ""
    with suppress(OSError):  # the copies may be whole though the claims are not
        newest = place.newest_claim().device
    try:
        candidates = []
        for files in place.root.glob("files-*"):
            copies = [PlaceCopy(files, name) for name in (LEDGER, CATALOG)]
            if not all(copy.open() for copy in copies):
                continue
            marks = [copy.mark for copy in copies if copy.mark]
            size = sum(copy.base.stat().st_size + copy.log_bytes for copy in copies)
            is_owners = files == place.files_of(newest)
            at_ms = max(mark.at_ms for mark in marks)
            candidates.append((is_owners, at_ms, size, files))
    except OSError as error:
        raise file_error(error, place.root) from error
    if not candidates:
        return None
    _owners, at_ms, size, files = max(candidates)
    name, till = identity.shop_name, identity.till
    at = Timestamp(at_ms)
    return RestorableTill(place, files, identity.place_id, name, till, at, size)


def _copy_all(found: RestorableTill, staged: ShopFolder, tools: RestoreTools) -> None:
    done, all_of_it = 0, max(1, found.size_bytes)

    def say(copied: int) -> None:
        percent = min(100, 100 * (done + copied) // all_of_it)
        tools.said(RestoreStep.COPYING, percent)

    try:
        shutil.rmtree(staged.root, ignore_errors=True)
        staged.root.mkdir(mode=0o700)
        shutil.copyfile(found.place.ring, staged.ring)
        carry_erased(staged.root, (found.place.root,))
        for name, target in ((LEDGER, staged.ledger), (CATALOG, staged.catalog)):
            copy = PlaceCopy(found.files, name)
            if not copy.open():
                raise StorageError("place_unsound", file=name)
            copy.copy_to(target, say)
            done += target.stat().st_size
    except OSError as error:
        raise file_error(error, staged.root) from error


def _prove(staged: ShopFolder, ring: KeyRing, tools: RestoreTools) -> ChainReport:
    """Check every page of both databases, and the whole chain of the journal."""
    for at, (path, key, access) in enumerate(
        (
            (staged.ledger, ring.ledger_key, LEDGER_READER),
            (staged.catalog, ring.catalog_key, CATALOG_READER),
        )
    ):
        try:
            with closing(connect_to(path, key, access)) as connection:
                damaged = connection.execute("PRAGMA cipher_integrity_check").fetchone()
        except StorageError as error:
            raise StorageError("place_unsound", file=path.name) from error
        if damaged:
            raise StorageError("place_unsound", file=path.name)
        tools.said(RestoreStep.PROVING, 40 * (at + 1))
    engine = open_engine(staged.ledger, ring.ledger_key, LEDGER_READER)
    try:
        with engine.connect() as connection:
            report = whole_chain(connection)
    finally:
        engine.dispose()
    if report.fault is not None:
        raise StorageError("place_unsound", file=staged.ledger.name)
    tools.said(RestoreStep.PROVING, 100)
    return report


def _begin(
    engine: Engine,
    staged: ShopFolder,
    source: tuple[RestorableTill, KeyRing, ChainReport],
    tools: RestoreTools,
) -> RestoredTill:
    """Claim an epoch at the place, begin it, and journal from where it came."""
    found, ring, report = source
    own_epoch = epoch_of(engine)
    device, now = new_device(), tools.clock.now()
    epoch, is_claimed = _claim(found.place, own_epoch, (device, now.unix_ms))
    body = {
        "place": found.place_id,
        "made_at": str(found.newest_at),
        "epoch": own_epoch,
        "entries": report.entries,
        "head": report.head.hex(),
        "claimed": is_claimed,
    }
    setting = place_setting(found.place, found.place_id) if is_claimed else ""
    begun = NewEpoch(epoch, device, body, now, {SETTING: setting})
    begin_anew(engine, staged, ring, begun, tools.ids)
    return RestoredTill(ring, epoch, report.entries, found.newest_at, is_claimed)


def _claim(
    place: PlaceFolder, own_epoch: int, who: tuple[str, int]
) -> tuple[int, bool]:
    """Claim an epoch that nobody began; False when the place takes no claim."""
    device, at_ms = who
    while True:
        try:
            newest = max(own_epoch, place.newest_claim().epoch)
            epoch = draw_epoch(newest)
            if place.claim(Claim(epoch, device, at_ms)):
                return epoch, True
        except OSError:
            # A write-protected or dying stick must not keep a shop closed.
            return draw_epoch(own_epoch), False
