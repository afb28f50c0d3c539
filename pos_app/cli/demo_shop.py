"""The sample shop of `guitai run --demo`: made once, moved aside when it is lost."""

from __future__ import annotations

from contextlib import closing

from hardware.system_clock import RandomIds, SystemClock
from pos_app.bootstrap import (
    Options,
    Till,
    create_shop,
    demo_setup,
)
from pos_app.cli.made_up import enrol_made_up
from pos_app.errors import StorageError
from pos_app.persistence.durable_file import file_error
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.ledger.ledger import SqlLedger
from pos_app.persistence.shop_folder import ShopFolder, running_till
from pos_app.ports.clock import Ids
from pos_app.services.programme_preset import bring_rules, sample_programme

#: What a sample shop is made anew for: its files or its keys are lost.
_LOST = frozenset(
    {
        "database_damaged",
        "database_foreign",
        "database_missing",
        "database_unreadable",
        "key_missing",
        "key_ring_damaged",
        "key_ring_missing",
    }
)


def prepare_demo(folder: ShopFolder, ids: Ids | None = None) -> None:
    """Make the sample shop if there is none; a damaged one is moved aside first.

    Nothing is ever deleted here.

    Args:
        folder: where it is or will be.
        ids: makes its identities; random ones when None.

    Raises:
        StorageError: "till_already_running", or what is wrong with the disk.
    """
    if folder.is_shop:
        try:
            Till(folder, Options(with_printer=False)).close()
        except StorageError as error:
            if error.key not in _LOST:
                raise
        else:
            return
    _set_aside(folder)
    create_shop(folder, demo_setup(), FileKeyStore(folder.root), ids)
    ring, maker = open_key_ring(folder.root), ids or RandomIds()
    with closing(SqlLedger(folder.ledger, ring.ledger_key, maker)) as ledger:
        enrol_made_up(ledger, ring, maker)
        bring_rules(ledger, sample_programme())


def _set_aside(folder: ShopFolder) -> None:
    """Move what is left of a sample shop to a folder of its own beside it."""
    root = folder.root
    if not root.exists() or not any(root.iterdir()):
        return
    owner = running_till(folder)
    if owner is not None:
        raise StorageError("till_already_running", pid=owner)
    moment = "".join(sign for sign in str(SystemClock().now()) if sign not in ":-.")
    try:
        root.rename(root.with_name(f"{root.name}-{moment}"))
    except OSError as error:
        raise file_error(error, root) from error
