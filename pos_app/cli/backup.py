"""guitai backup: both databases and the wrapped keys in one verified file."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from hardware.system_clock import SystemClock
from pos_app.bootstrap import Options, Till
from pos_app.cli import add_folder_option, add_json_option, say_json, shop_path
from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from pos_app.persistence.backup import make_backup
from pos_app.persistence.backup_archive import Manifest, verify_backup
from pos_app.persistence.durable_file import (
    file_error,
    make_private,
    sync_file,
    sync_folder,
)
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.shop_folder import ShopFolder, running_till


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument("--to", type=Path, help="copy it to this file or folder too")
    add_folder_option(parser)
    add_json_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Make a backup; the till may go on selling meanwhile."""
    folder = ShopFolder(shop_path(parsed))
    made, is_journalled = _make(folder)
    copied = _copy(made, parsed.to) if parsed.to else None
    manifest = verify_backup(copied or made)
    size = sum(file.size for file in manifest.files.values())
    if parsed.json:
        facts = {"file": str(copied or made), "bytes": size, "head": manifest.head}
        say_json({**facts, "entries": manifest.seq, "journalled": is_journalled})
        return 0
    print(_("Backed up and read back: {file}", file=copied or made))
    if not is_journalled:
        print(_("The till is running and alone writes the journal: not noted there."))
    print(_("Keep a copy elsewhere. The recovery code opens it, and nothing else."))
    return 0


def _make(folder: ShopFolder) -> tuple[Path, bool]:
    """Back the shop up, and note it in the journal unless a till holds the lock."""
    now = SystemClock().now()
    if running_till(folder) is not None:
        return make_backup(folder, open_key_ring(folder.root), now), False
    with Till(folder, Options(with_printer=False)) as till:
        made = make_backup(folder, till.ring, now)
        _note(till, made, verify_backup(made))
    return made, True


def _note(till: Till, made: Path, manifest: Manifest) -> None:
    desk = till.counter.desk
    stamp = desk.stamp()
    head = {"epoch": manifest.epoch, "seq": manifest.seq, "head": manifest.head}
    body = {"file": made.name, **head}
    desk.record(lambda unit: unit.append(EntryKind.BACKUP_MADE, body, stamp)).result()


def _copy(made: Path, wanted: Path) -> Path:
    """Copy a backup to another disk, whole or not at all."""
    target = wanted / made.name if wanted.is_dir() else wanted
    aside = target.with_name(target.name + ".new")
    try:
        make_private(aside)
        shutil.copyfile(made, aside)
        sync_file(aside)
        aside.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise file_error(error, target) from error
    return target
