"""A new shop is made aside and moved into place whole: all of it or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pos_app import __version__
from pos_app.bootstrap import Options, Till, create_shop
from pos_app.domain.journal import EntryKind
from pos_app.errors import StorageError, UserError
from pos_app.i18n import _
from pos_app.persistence.durable_file import file_error, sync_folder
from pos_app.persistence.key_store import best_key_store
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.setup_file import SetupFile


@dataclass(frozen=True, slots=True)
class MadeShop:
    """A shop that lies aside, whole.

    Attributes:
        code: the recovery code, kept nowhere. protection: "os" or "file".
    """

    code: str = field(repr=False)
    protection: str


def require_free(root: Path) -> None:
    """Refuse a folder that holds a shop, or anything else.

    Raises:
        StorageError: "key_ring_exists" or "folder_in_use".
    """
    folder = ShopFolder(root)
    if folder.ring.exists() or folder.ledger.exists():
        raise StorageError("key_ring_exists")
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise StorageError("folder_in_use", file=root.name)


def shop_aside(root: Path) -> ShopFolder:
    """Return the folder in which the shop of `root` is made."""
    return ShopFolder(root.with_name(f".making-{root.name}"))


def setup_folder(root: Path) -> Path:
    """Return the folder in which a wizard keeps what was typed for `root`."""
    return root.with_name(f".setup-{root.name}")


def forget_setup(root: Path) -> None:
    """Throw away what a wizard left that was killed once its shop was in place."""
    if setup_folder(root).exists():
        shutil.rmtree(setup_folder(root), ignore_errors=True)


def make_aside(
    root: Path, setup: SetupFile, furnish: Callable[[Till], None]
) -> MadeShop:
    """Make a shop aside, with its ballast and the first entry of its journal.

    What an earlier try left there is thrown away: nobody ever had it.

    Args:
        root: where the shop will be.
        setup: what it is made of.
        furnish: does the rest with the open till, such as its settings.

    Raises:
        StorageError: what the disk refuses. UserError: what the set-up file or
            `furnish` got wrong. Nothing is left aside then.
    """
    aside = shop_aside(root)
    try:
        shutil.rmtree(aside.root, ignore_errors=True)
        code = _create(aside, setup)
        with Till(aside, Options(with_printer=False)) as till:
            till.ballast.restore()
            _commission(till)
            furnish(till)
            return MadeShop(code, till.ring.protection)
    except OSError as error:
        drop_aside(root)
        raise file_error(error, root) from error
    except BaseException:
        drop_aside(root)
        raise


def put_in_place(root: Path) -> None:
    """Move the shop that lies aside to where it belongs; one step of the disk's.

    Raises:
        StorageError: what the disk refuses; the shop lies aside still.
    """
    try:
        if root.exists():
            root.rmdir()  # empty; Windows replaces no folder
        shop_aside(root).root.rename(root)
        sync_folder(root.parent)
    except OSError as error:
        raise file_error(error, root) from error


def drop_aside(root: Path) -> None:
    """Throw away what lies aside, if anything does."""
    shutil.rmtree(shop_aside(root).root, ignore_errors=True)


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
