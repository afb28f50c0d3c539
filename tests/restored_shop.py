"""A shop that goes on from an older backup, or with files of two moments."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from hardware.system_clock import SystemClock
from pos_app.bootstrap import Options, Till, create_shop
from pos_app.cli.restore import restore_from_file
from pos_app.domain.promotion.promotion import Promotion, ReturnBasis
from pos_app.persistence.backup import make_backup
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.services.setup_file import SetupFile
from tests.builders_place import AMPLE_S
from tests.builders_promotions import everything, nth, percent, promotion, tier
from tests.builders_returns import _setup
from tests.counter_shop import Losses, prove
from tests.value_till import able

#: What tea costs, and a second one at half of it.
SHELF = 1280
HALF = promotion(nth(everything(), 2, percent("50")), "half")
#: The dearer one of a pair that comes back costs what the other one was let go.
PAIR = promotion(
    tier(everything(), (1, percent("10")), (2, percent("50"))),
    "pair",
    return_basis=ReturnBasis.RECOMPUTE,
)

#: Coins are never rounded, so that what is paid is what is priced.
_COINS = {"step_minor": 1, "mode": "half_up"}


@cache
def _prepared() -> tuple[ShopFolder, str]:
    """Return the shop that tests copy, with its recovery code."""
    parent = tempfile.mkdtemp(prefix="guitai-restored-")
    atexit.register(shutil.rmtree, parent, ignore_errors=True)
    folder = ShopFolder(Path(parent) / "shop")
    setup = SetupFile.model_validate(_setup(cash_rounding=_COINS))
    return folder, create_shop(folder, setup, FileKeyStore(folder.root))


class RestoredShop:
    """A shop of one's own, its recovery code, and its copies of older moments.

    Attributes:
        folder: the shop. code: opens its copies. root: of the test.
    """

    def __init__(self, root: Path) -> None:
        made, self.code = _prepared()
        self.root = root
        shutil.copytree(made.root, root / "shop")
        self.folder = ShopFolder(root / "shop")

    @contextmanager
    def till(self) -> Iterator[Till]:
        """Open the till for somebody who may everything; all is proven at the end."""
        options = Options(
            with_printer=False, on_lost=Losses(), place_patience_s=AMPLE_S
        )
        with Till(self.folder, options) as till:
            able(till.counter)
            yield till
            prove(till)

    def backup(self, till: Till) -> Path:
        """Back the shop up while its till is open."""
        till.ledger.flush()
        return make_backup(self.folder, till.ring, SystemClock().now())

    def restore(self, backup: Path) -> int:
        """Go on from a backup; return the epoch that begins."""
        return restore_from_file(self.folder, backup, self.code, replaces=True)

    def catalogue(self) -> bytes:
        """Return the catalogue as it lies there; the till is closed."""
        assert not list(self.folder.root.glob("catalog.db-wal"))
        return self.folder.catalog.read_bytes()

    def put_catalogue(self, content: bytes) -> None:
        """Put a catalogue of another moment beside the ledger; the till is closed."""
        for path in self.folder.root.glob("catalog.db*"):
            path.unlink()
        self.folder.catalog.write_bytes(content)


def store(till: Till, change: CatalogChange) -> None:
    """Make one change of the catalogue."""
    with till.editor() as editor:
        editor.change(change.edit)


def draft(till: Till, promotion: Promotion) -> int:
    """Write a draft; return its version."""
    promotions = till.counter.promotions
    store(till, promotions.save_draft(promotion))
    return promotions.versions(promotion.promotion_id)[0].version.version


def started(till: Till, promotion: Promotion) -> int:
    """Write a promotion and start it; return its version."""
    version = draft(till, promotion)
    store(till, till.counter.promotions.start(promotion.promotion_id, version))
    return version
