"""guitai restore: a backup or a second place becomes a shop again, with its code."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from getpass import getpass
from pathlib import Path
from typing import Any

from hardware.system_clock import RandomIds, SystemClock
from pos_app.cli import add_json_option, say_json, say_progress
from pos_app.errors import StorageError, UserError
from pos_app.i18n import _
from pos_app.persistence.backup_archive import Manifest, verify_backup
from pos_app.persistence.ballast import Ballast
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.key_store import KeyStore, best_key_store
from pos_app.persistence.new_epoch import (
    NewEpoch,
    begin_anew,
    draw_epoch,
    epoch_of,
    new_device,
)
from pos_app.persistence.restore import RestoreOrder, restore_backup
from pos_app.persistence.shop_folder import ShopFolder, TillLock
from pos_app.persistence.till_restore import (
    RestorableTill,
    RestoredTill,
    RestoreStep,
    RestoreTools,
    list_restorable,
    restore_till,
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument("file", type=Path, nargs="?", help="backup, *.guitai")
    parser.add_argument(
        "--from", type=Path, dest="place", help="second place: disk, stick or folder"
    )
    parser.add_argument("--till", help="which till, where the place holds several")
    parser.add_argument("--shop", type=Path, required=True, help="folder to make")
    parser.add_argument(
        "--replace", action="store_true", help="move the shop that is there aside"
    )
    add_json_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Restore; what was in the folder is moved aside, never deleted."""
    if (parsed.file is None) is (parsed.place is None):
        raise UserError("restore_source")
    if parsed.place is not None:
        return _run_from_place(parsed)
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


def _run_from_place(parsed: argparse.Namespace) -> int:
    """Let the till of a second place go on in a new folder."""
    found = _one_till(list_restorable(parsed.place), parsed)
    code = _ask_code()
    folder = ShopFolder(parsed.shop)
    tools = RestoreTools(SystemClock(), RandomIds(), _Progress())
    restored = restore_till(found, code, folder, tools)
    _say_restored(folder, restored, as_json=parsed.json)
    return 0


def _one_till(
    found: Sequence[RestorableTill], parsed: argparse.Namespace
) -> RestorableTill:
    """Choose the till that was named, or the only one there is."""
    wanted = [each for each in found if parsed.till in {None, each.till}]
    if not wanted:
        raise StorageError("place_empty", folder=str(parsed.place))
    tills = ", ".join(sorted({each.till for each in wanted}))
    if len(wanted) > 1:
        raise StorageError("place_several", folder=str(parsed.place), tills=tills)
    return wanted[0]


class _Progress:
    """Says each step once, for a person who waits."""

    def __init__(self) -> None:
        self._said: RestoreStep | None = None

    def __call__(self, step: RestoreStep, _percent: int) -> None:
        """Say a step when it begins."""
        words = {
            RestoreStep.COPYING: _("Copying from the second place …"),
            RestoreStep.PROVING: _("Checking every page and the chain …"),
            RestoreStep.BEGINNING: _("Beginning a new series of numbers …"),
        }
        if step is not self._said:
            self._said = step
            say_progress(words[step])


def _say_restored(folder: ShopFolder, restored: RestoredTill, *, as_json: bool) -> None:
    if as_json:
        facts = {"shop": str(folder.root), "made_at": str(restored.newest_at)}
        counts = {"entries": restored.entries, "epoch": restored.epoch}
        say_json({**facts, **counts, "claimed": restored.is_claimed})
        return
    print(_("The shop is restored into {folder}.", folder=folder.root))
    print(_("It is as it was at {moment}.", moment=restored.newest_at))
    _say_what_to_do()
    if not restored.is_claimed:
        print(_("The second place took no mark: never start the old till again."))


class _Beginning:
    """What a ledger restored from a backup begins with.

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
        assert self._staged is not None
        root, store = self._staged
        self.epoch = draw_epoch(epoch_of(engine))
        body = {
            "file": self._backup_name,
            "made_at": str(manifest.made_at),
            "epoch": manifest.epoch,
            "seq": manifest.seq,
            "head": manifest.head,
        }
        begun = NewEpoch(self.epoch, new_device(), body, self.moment, {})
        ring = open_key_ring(root, store)
        begin_anew(engine, ShopFolder(root), ring, begun, RandomIds())


def _say(folder: ShopFolder, manifest: Manifest, epoch: int, *, as_json: bool) -> None:
    if as_json:
        facts = {"shop": str(folder.root), "made_at": str(manifest.made_at)}
        say_json({**facts, "entries": manifest.seq, "epoch": epoch})
        return
    print(_("The shop is restored into {folder}.", folder=folder.root))
    print(_("It is as it was at {moment}.", moment=manifest.made_at))
    _say_what_to_do()


def _say_what_to_do() -> None:
    print(_("New documents are numbered in a new series, so none is issued twice."))
    print(
        _(
            "Promotions, prices, coupons and limits stand as they did then; see in the "
            "back office what was changed since, before you sell."
        )
    )
