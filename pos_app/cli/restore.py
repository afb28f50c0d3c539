"""guitai restore: a backup becomes a shop again, with its recovery code."""

from __future__ import annotations

import argparse
import shutil
import sys
from getpass import getpass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hardware.system_clock import RandomIds, SystemClock
from pos_app.cli import add_json_option, say_json, say_progress
from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from pos_app.persistence.backup_archive import Manifest, verify_backup
from pos_app.persistence.ballast import Ballast
from pos_app.persistence.catalog.opening import open_catalog
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.key_store import KeyStore, best_key_store
from pos_app.persistence.ledger import journal_rows
from pos_app.persistence.ledger.ledger import MIGRATIONS, begin_next_epoch
from pos_app.persistence.ledger.unit_of_work import SqlUnitOfWork
from pos_app.persistence.migration_runner import upgrade
from pos_app.persistence.restore import RestoreOrder, restore_backup
from pos_app.persistence.shop_folder import ShopFolder, TillLock
from pos_app.ports.ledger import Stamp
from pos_app.values.times import Timestamp, business_day_at


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument("file", type=Path, help="backup, *.guitai")
    parser.add_argument("--shop", type=Path, required=True, help="folder to make")
    parser.add_argument(
        "--replace", action="store_true", help="move the shop that is there aside"
    )
    add_json_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Restore; what was in the folder is moved aside, never deleted."""
    manifest = verify_backup(parsed.file)  # before anybody types a code
    code = _ask_code()
    folder = ShopFolder(parsed.shop)
    epoch = restore_from_file(folder, parsed.file, code, replaces=parsed.replace)
    _say(folder, manifest, epoch, as_json=parsed.json)
    return 0


def restore_from_file(
    folder: ShopFolder, file: Path, code: str, *, replaces: bool = False
) -> int:
    """Make a shop folder out of a backup; what was made by a failure goes again.

    Args:
        folder: where to.
        file: the backup.
        code: the recovery code as typed.
        replaces: move the shop that is there aside.

    Returns:
        The epoch that the restored till begins.

    Raises:
        StorageError: see `persistence.restore.restore_backup`.
    """
    was_there = folder.root.exists()
    beginning = _Beginning(file.name)
    order = RestoreOrder(
        backup=file,
        code=code,
        moment=beginning.moment,
        on_restored=beginning.begin,
        replaces=replaces,
        store_for=beginning.store_for,
    )
    folder.make()
    try:
        with TillLock(folder):
            restore_backup(folder, order)
            Ballast(folder.ballast).restore()
    finally:
        if not was_there and not folder.is_shop:
            shutil.rmtree(folder.root, ignore_errors=True)
    return beginning.epoch


def _ask_code() -> str:
    """Ask on the terminal, unseen; the answer may also come through a pipe.

    Never on the command line: that is open to every program on the machine.
    """
    words = _("Recovery code of the shop:")
    if sys.stdin.isatty():
        return getpass(words + " ", stream=sys.stderr)
    say_progress(words)
    return sys.stdin.readline()


class _Beginning:
    """What a restored ledger begins with: the next epoch, and why.

    Everything issued after the backup was made is not in it, so no number may be
    issued under the old series again.

    Attributes:
        moment: now. epoch: the one begun, 0 before.
    """

    def __init__(self, backup_name: str) -> None:
        self.moment = SystemClock().now()
        self.epoch = 0
        self._backup_name = backup_name
        self._staged: tuple[Path, KeyStore] | None = None

    def store_for(self, folder: Path) -> KeyStore:
        """Choose the key store of the folder that is being proven."""
        store = best_key_store(folder)
        self._staged = (folder, store)
        return store

    def begin(self, engine: Any, manifest: Manifest) -> None:
        """Bring the ledger up to date, begin its epoch and journal the restore."""
        upgrade(engine, MIGRATIONS)
        self.epoch = begin_next_epoch(engine)
        body = {
            "file": self._backup_name,
            "made_at": str(manifest.made_at),
            "epoch": manifest.epoch,
            "seq": manifest.seq,
            "head": manifest.head,
        }
        with engine.begin() as connection:
            newest = journal_rows.head(connection)
            last_ms = newest[3] if newest else 0
            stamp = self._stamp(Timestamp(max(self.moment.unix_ms, last_ms)))
            work = SqlUnitOfWork(connection, self.epoch, RandomIds())
            work.append(EntryKind.LEDGER_RESTORED, body, stamp)

    def _stamp(self, moment: Timestamp) -> Stamp:
        """Ask the restored catalogue on which business day this is."""
        assert self._staged is not None
        root, store = self._staged
        ring = open_key_ring(root, store)
        catalog = open_catalog(ShopFolder(root).catalog, ring.catalog_key)
        reader = CatalogReader(catalog)
        try:
            shop = reader.shop()
        finally:
            reader.close()
            catalog.dispose()
        zone = ZoneInfo(shop.time_zone)
        return Stamp("", business_day_at(moment, zone, shop.day_starts_at_hour), moment)


def _say(folder: ShopFolder, manifest: Manifest, epoch: int, *, as_json: bool) -> None:
    if as_json:
        facts = {"shop": str(folder.root), "made_at": str(manifest.made_at)}
        say_json({**facts, "entries": manifest.seq, "epoch": epoch})
        return
    print(_("The shop is restored into {folder}.", folder=folder.root))
    print(_("It is as it was at {moment}.", moment=manifest.made_at))
    print(_("New documents are numbered in a new series, so none is issued twice."))
