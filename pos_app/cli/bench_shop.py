"""The shop that `guitai bench` measures: generated once, copied for each run."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from pos_app.bootstrap import Options, Till, create_shop, demo_setup
from pos_app.cli import say_progress
from pos_app.domain.policy import ShiftOpening
from pos_app.i18n import _
from pos_app.persistence.catalog.generated import generate_catalog, goods
from pos_app.persistence.catalog.opening import MIGRATIONS as CATALOG_MIGRATIONS
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.ledger.ledger import MIGRATIONS as LEDGER_MIGRATIONS
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.setup_file import SetupFile

#: Spreads neighbours over the whole catalogue (Knuth's multiplicative hash).
_STRIDE = 2_654_435_761


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured.

    Attributes:
        items: in the catalogue. scans, searches, sales: samples of each.
        starts: of the program. rows: of an import. day_sales: of a busy day.
    """

    items: int
    scans: int
    searches: int
    sales: int
    starts: int
    rows: int
    day_sales: int


FULL = Scale(1_000_000, 600, 100, 200, 5, 100_000, 5_000)
QUICK = Scale(20_000, 100, 20, 30, 2, 5_000, 300)


@dataclass(frozen=True, slots=True)
class Lab:
    """Where one run measures.

    Attributes:
        folder: a shop of this run's own. scale: how much is measured.
    """

    folder: ShopFolder
    scale: Scale

    def code(self, sample: int) -> str:
        """Return the barcode of a sample; samples lie far apart."""
        return goods(sample * _STRIDE % self.scale.items + 1).barcode


def cached_shop(items: int, keep: Path | None) -> ShopFolder:
    """Return a shop with a generated catalogue, made when it is not there yet."""
    base = shops_folder(keep)
    folder = ShopFolder(base / f"shop-{schemas()}-{items}")
    if folder.is_shop:
        return folder
    say_progress(_("making a catalogue of {items} items, once", items=items))
    making = ShopFolder(base / f".making-{items}")
    shutil.rmtree(making.root, ignore_errors=True)
    create_shop(making, bench_setup(), FileKeyStore(making.root))
    key = open_key_ring(making.root).catalog_key
    generate_catalog(making.catalog, key, items, Told(items).on_progress)
    making.root.rename(folder.root)
    return folder


def shops_folder(keep: Path | None) -> Path:
    """Return where generated shops are kept; None for the user's cache."""
    return keep or user_cache_path("guitai", appauthor=False) / "bench"


def bench_setup() -> SetupFile:
    """Return the sample shop without goods, whose shifts open by themselves.

    Its promotions go with the goods that they are for.
    """
    setup = demo_setup()
    changes = {"shift_opening": ShiftOpening.AUTO}
    policy = setup.shop.policy.model_copy(update=changes)
    shop = setup.shop.model_copy(update={"policy": policy})
    without = {"items": (), "quick_keys": {}, "promotions": (), "shop": shop}
    return setup.model_copy(update=without)


def schemas() -> str:
    """Return a short name of the tables: a kept shop is of use while they stay."""
    digest = hashlib.sha256()
    for folder in (LEDGER_MIGRATIONS, CATALOG_MIGRATIONS):
        for step in sorted((folder / "versions").glob("*.py")):
            digest.update(step.read_bytes())
    return digest.hexdigest()[:8]


@contextmanager
def work_shop(cached: ShopFolder) -> Iterator[ShopFolder]:
    """Copy the cached shop beside itself for one run; thrown away afterwards."""
    folder = ShopFolder(cached.root.with_name(f"run-{time.monotonic_ns()}"))
    try:
        shutil.copytree(cached.root, folder.root)
        yield folder
    finally:
        shutil.rmtree(folder.root, ignore_errors=True)


@contextmanager
def signed_on(folder: ShopFolder, options: Options) -> Iterator[Till]:
    """Open the till with a cashier signed on."""
    with closing(Till(folder, options)) as till:
        till.counter.sign_on.with_badge(badge())
        yield till


def badge() -> str:
    """Return the badge of the sample shop's first cashier."""
    return demo_setup().staff[0].badge


def void_sale(till: Till) -> None:
    """Give the open basket up."""
    till.counter.checkout.void_sale("customer_left").result()
    till.counter.checkout.finished()


class Told:
    """Says how far a catalogue is, or members are, each tenth."""

    def __init__(self, items: int) -> None:
        self._items = items
        self._tenths = 0

    def on_progress(self, done: int) -> None:
        """Be told how many are stored."""
        tenths = 10 * done // self._items
        if tenths > self._tenths:
            self._tenths = tenths
            say_progress(_("{done} items", done=done))
