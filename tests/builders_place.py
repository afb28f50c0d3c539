"""Shops with a second place, for the tests that pull it out, fill it or restore it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from hardware.system_clock import RandomIds, SystemClock
from pos_app.bootstrap import Options, Till, create_shop
from pos_app.persistence.engine import LEDGER_READER, connect
from pos_app.persistence.key_ring import KeyRing, open_key_ring
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.persistence.till_restore import (
    RestoredTill,
    RestoreTools,
    list_restorable,
    restore_till,
)
from pos_app.services.replay import Replay, ReplayClock
from pos_app.services.setup_file import SetupFile
from tests.builders_till import SETUP, SIGN_ON, Command, as_lines, one_sale

#: What a place gets in tests that are not about a slow one.
AMPLE_S = 20.0


def make_place_shop(root: Path) -> tuple[ShopFolder, str]:
    """Set up a small shop; return it with its recovery code."""
    folder = ShopFolder(root)
    setup = SetupFile.model_validate(SETUP)
    return folder, create_shop(folder, setup, FileKeyStore(folder.root))


def open_till(folder: ShopFolder, patience_s: float = AMPLE_S) -> Till:
    """Open a till whose place has ample time."""
    return Till(folder, Options(with_printer=False, place_patience_s=patience_s))


def choose(till: Till, place: Path) -> None:
    """Choose a place and wait until everything is there."""
    place.mkdir(exist_ok=True)
    till.second_place.choose(place, till.counter.desk.stamp())
    wait_for(lambda: till.second_place.report().state == "current")


def play(till: Till, *commands: Command) -> list[dict[str, Any]]:
    """Do what a cashier does; return what was finished or refused."""
    answers = list(Replay(till.counter, ReplayClock()).run(as_lines(iter(commands))))
    till.ledger.flush()
    return answers


def sell(till: Till, count: int = 1) -> list[str]:
    """Sell; return the numbers of the sales."""
    sales = [each for number in range(count) for each in one_sale(number)]
    answers = play(till, SIGN_ON, *sales)
    assert all("number" in answer for answer in answers), answers
    return [str(answer["number"]) for answer in answers]


def wait_for(is_so: Callable[[], bool], timeout_s: float = 60) -> None:
    """Wait until something is so."""
    until = time.monotonic() + timeout_s
    while not is_so():
        assert time.monotonic() < until, "it never came to be"
        time.sleep(0.01)


def restore(place: Path, code: str, root: Path) -> tuple[ShopFolder, RestoredTill]:
    """Restore the one till of a place into a new folder."""
    (found,) = list_restorable(place)
    folder = ShopFolder(root)
    tools = RestoreTools(SystemClock(), RandomIds(), store_for=FileKeyStore)
    return folder, restore_till(found, code, folder, tools)


def facts(folder: ShopFolder, ring: KeyRing | None = None) -> dict[str, list[Any]]:
    """Return everything in a ledger but what a restore changes.

    Settings and print jobs are compared by what a person would notice.
    """
    key = (ring or open_key_ring(folder.root)).ledger_key
    with closing(connect(folder.ledger, key, LEDGER_READER)) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
            if not name.startswith("sqlite_")
        ]
        return {
            name: sorted(
                connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr
            )
            for name in names
            if name not in {"meta", "setting"}
        }
