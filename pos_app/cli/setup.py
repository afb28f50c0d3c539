"""guitai setup: a new shop from a set-up file, and its recovery code, once."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from pos_app import __version__
from pos_app.bootstrap import Options, Till, create_shop
from pos_app.cli import add_folder_option, add_json_option, say_json, shop_path
from pos_app.domain.journal import EntryKind
from pos_app.errors import StorageError, UserError
from pos_app.i18n import _
from pos_app.persistence.durable_file import file_error, sync_folder
from pos_app.persistence.key_store import best_key_store
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.setup_file import DEFAULT_PIN, SetupFile, read_setup


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument("file", type=Path, help="set-up file, JSON")
    parser.add_argument("--items", type=Path, help="CSV with the set-up file's items")
    add_folder_option(parser)
    add_json_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Make the shop and print its recovery code."""
    root = shop_path(parsed)
    _require_free(root)
    setup = read_setup(parsed.file, parsed.items)
    _require_people(setup)
    code, protection = _make(root, setup)
    if parsed.json:
        made = {"shop": str(root), "items": len(setup.items)}
        say_json({**made, "recovery_code": code, "protection": protection})
        return 0
    print(_("The shop is ready in {folder}.", folder=root))
    if protection == "file":
        print(_("This system has no key store: the keys lie in a file of this user."))
    print(_("The recovery code, shown this once. Print it and lock it away:"))
    print(f"\n    {code}\n")
    return 0


def _require_free(root: Path) -> None:
    """Refuse a folder that holds a shop, or anything else.

    Raises:
        StorageError: "key_ring_exists" or "folder_in_use".
    """
    folder = ShopFolder(root)
    if folder.ring.exists() or folder.ledger.exists():
        raise StorageError("key_ring_exists")
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise StorageError("folder_in_use", file=root.name)


def _require_people(setup: SetupFile) -> None:
    """Refuse a shop that everybody could sign on to.

    The default person with the PIN known to all is for throw-away shops only.

    Raises:
        UserError: "setup_staff_missing", or "setup_pin_refused" with whose PIN.
    """
    if "staff" not in setup.model_fields_set or not setup.staff:
        raise UserError("setup_staff_missing")
    for person in setup.staff:
        if person.pin in ("", DEFAULT_PIN):
            raise UserError("setup_pin_refused", number=person.number)


def _make(root: Path, setup: SetupFile) -> tuple[str, str]:
    """Make the shop aside and move it into place whole: all of it or nothing.

    Returns:
        The recovery code, and what guards the keys: "os" or "file".
    """
    aside = ShopFolder(root.with_name(f".making-{root.name}"))
    try:
        shutil.rmtree(aside.root, ignore_errors=True)  # of a set-up cut short
        code = _create(aside, setup)
        with Till(aside, Options(with_printer=False)) as till:
            till.ballast.restore()
            _commission(till)
            protection = till.ring.protection
        if root.exists():
            root.rmdir()  # empty; Windows replaces no folder
        aside.root.rename(root)
        sync_folder(root.parent)
    except OSError as error:
        raise file_error(error, root) from error
    finally:
        shutil.rmtree(aside.root, ignore_errors=True)
    return code, protection


def _create(folder: ShopFolder, setup: SetupFile) -> str:
    """Create the shop; a key that the file refers to and lacks is the file's fault.

    Raises:
        UserError: "setup_unreadable" with that key.
    """
    try:
        return create_shop(folder, setup, best_key_store(folder.root))
    except KeyError as error:
        why = _("it is referred to and is not there")
        raise UserError("setup_unreadable", place=str(error), why=why) from error


def _commission(till: Till) -> None:
    """Begin the journal with the fact that this till began."""
    desk = till.counter.desk
    shop, stamp = desk.shop, desk.stamp()
    body = {
        "shop": shop.shop_id,
        "till": shop.till,
        "version": __version__,
        "ring": till.ring.ring_id,
    }
    desk.record(
        lambda unit: unit.append(EntryKind.TILL_COMMISSIONED, body, stamp)
    ).result()
