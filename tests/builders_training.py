"""A till, the training beside it, and everything that stands in the shop's databases."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hardware.printer.raster import PillowRasteriser
from pos_app.bootstrap import Options, Till, create_shop, demo_setup
from pos_app.cli.till_upkeep import TillUpkeep
from pos_app.cli.training_door import OpenDoor
from pos_app.cli.training_place import OpenStage, TrainingUpkeep
from pos_app.cli.training_till import TrainingTill, make_store
from pos_app.domain.policy import ShiftOpening
from pos_app.domain.training.card import Card, CardKey, Verdict
from pos_app.domain.training.cards import card_of
from pos_app.persistence.catalog.opening import open_catalog_reader
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.counter import Counter
from pos_app.services.training import LEFT, Leaving
from ui.presenters.practice import Ears

CASHIER, PIN = "1001", "2580"
#: Rows that every entry of the journal brings along.
JOURNAL_TABLES = frozenset({"journal", "journal_term"})


@cache
def _prepared() -> ShopFolder:
    root = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    setup = demo_setup()
    policy = setup.shop.policy.model_copy(update={"shift_opening": ShiftOpening.AUTO})
    shop = setup.shop.model_copy(update={"policy": policy})
    folder = ShopFolder(root / "shop")
    store = FileKeyStore(folder.root)
    create_shop(folder, setup.model_copy(update={"shop": shop}), store)
    return folder


def training_shop(parent: Path) -> ShopFolder:
    """Copy the sample shop."""
    folder = ShopFolder(parent / "shop")
    shutil.copytree(_prepared().root, folder.root)
    return folder


def sign_on(till: Till, number: str = CASHIER, pin: str = PIN) -> None:
    """Sign a cashier on at the real till."""
    service = till.counter.sign_on
    service.with_pin(service.by_number(number).staff_id, pin)


@dataclass
class Training:
    """An open training beside its real till, without a window."""

    real: Till
    till: TrainingTill
    stage: OpenStage
    upkeep: TrainingUpkeep
    door: OpenDoor
    training_id: str

    @property
    def counter(self) -> Counter:
        """The services of training."""
        return self.till.counter

    def begin(self, key: CardKey) -> Card:
        """Make a card ready and let it begin."""
        card = card_of(key)
        step = self.stage.prepare(card)
        while (future := step()) is not None:
            future.result()
        self.stage.begin()
        return card

    def verdict(self, card: Card) -> Verdict:
        """Judge by what stands in the training ledger."""
        self.till.ledger.flush()
        return card.check(self.stage.given(), self.stage.evidence())

    def leave(self) -> None:
        """End the training as the window does."""
        self.till.close()
        leaving = Leaving(self.training_id, LEFT, 1, is_signed_off=False)
        self.door.service.leave(leaving, ()).result()


def silent() -> Ears:
    """Hear nothing."""
    return Ears(lambda: None, lambda _e: None, lambda _j, _s: None, lambda _k: None)


def enter(real: Till) -> Training:
    """Go into training at a till where somebody is signed on."""
    rasteriser = PillowRasteriser()
    door = OpenDoor(real, rasteriser, lambda: None)
    staff = door.service.admit()
    store = make_store(real, lambda: None)
    training_id = real.options.ids.new()
    door.service.enter(training_id).result()
    till = TrainingTill(store, staff, Options(ids=real.options.ids))
    till.counter.desk.session.begin(till.trainee)
    upkeep = TrainingUpkeep(till, rasteriser, TillUpkeep(real, rasteriser))
    stage = OpenStage(till, upkeep, real, rasteriser)
    return Training(real, till, stage, upkeep, door, training_id)


@contextmanager
def opened_training(folder: ShopFolder) -> Iterator[Training]:
    """Open a till, sign on, go into training, and come back."""
    with Till(folder, Options(with_printer=False)) as real:
        sign_on(real)
        training = enter(real)
        try:
            yield training
        finally:
            training.leave()


def rows_of(connection: Any, table: str) -> list[tuple[Any, ...]]:
    """Return every row of a table, in the order of all its columns."""
    rows = connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()
    return sorted((tuple(row) for row in rows), key=repr)


def dump(engine: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    with engine.begin() as connection:
        names = [row[0] for row in connection.exec_driver_sql(query).all()]
        return {name: rows_of(connection, name) for name in names}


def digest(rows: object) -> str:
    """Return the SHA-256 of rows."""
    return hashlib.sha256(repr(rows).encode()).hexdigest()


@dataclass(frozen=True)
class Everything:
    """What stands in both databases of a shop, as digests of whole tables."""

    ledger: dict[str, str]
    catalog: dict[str, str]
    journal: int

    @classmethod
    def of(cls, till: Till) -> Everything:
        """Read both databases of an open till."""
        till.ledger.flush()
        ledger = dump(till.ledger.read_engine)
        key = till.ring.catalog_key
        engine = open_catalog_reader(till.folder.catalog, key)
        try:
            catalog = dump(engine)
        finally:
            engine.dispose()
        return cls(
            {name: digest(rows) for name, rows in ledger.items()},
            {name: digest(rows) for name, rows in catalog.items()},
            len(ledger["journal"]),
        )

    def differs_from(self, before: Everything) -> set[str]:
        """Return the tables that are not byte for byte the same."""
        return {
            *(name for name in self.ledger if self.ledger[name] != before.ledger[name]),
            *(
                f"catalog.{x}"
                for x in self.catalog
                if self.catalog[x] != before.catalog[x]
            ),
        }


def kinds_after(till: Till, count: int) -> list[str]:
    """Return the kinds of the entries behind the first `count`, in order."""
    query = "SELECT kind FROM journal ORDER BY epoch, seq"
    with till.ledger.read_engine.begin() as connection:
        return [row[0] for row in connection.exec_driver_sql(query).all()][count:]


def nothing(_unit: UnitOfWork) -> None:
    """Do nothing, in a transaction of its own."""
