"""What a damaged ledger still holds comes out of it, around the holes."""

import random
import shutil
from contextlib import closing
from itertools import accumulate
from pathlib import Path

import pytest
from sqlalchemy import text

from pos_app.errors import StorageError
from pos_app.persistence.backup import require_sound
from pos_app.persistence.engine import LEDGER_READER, connect, open_engine
from pos_app.persistence.ledger.ledger import MIGRATIONS
from pos_app.persistence.salvage import salvage
from pos_app.persistence.shop_folder import ShopFolder
from tests.builders_ledger import Shopkeeper, open_ledger, open_shop

PAGE = 4096
#: The ledger before its sales: schema and first pages of tables, which nothing replaces.
EMPTY = "empty.db"


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory):
    """A shop with forty sales; each test spoils a copy."""
    root = tmp_path_factory.mktemp("salvage")
    folder, ring, _ = open_shop(root / "shop")
    open_ledger(folder, ring).close()
    shutil.copy(folder.ledger, root / EMPTY)
    ledger = open_ledger(folder, ring)
    Shopkeeper(ledger).sell(40)
    ledger.close()
    return root, ring


@pytest.fixture
def shop(sold, tmp_path: Path):
    root, ring = sold
    shutil.copytree(root, tmp_path, dirs_exist_ok=True)
    return ShopFolder(tmp_path / "shop"), ring


def entries_of_a_page(path: Path, key: bytes) -> int:
    """Return how many of the journal's entries could share a page, the shortest ones."""
    size = "length(canonical) + length(entry_id) + length(prev_hash) + length(hash)"
    engine = open_engine(path, key, LEDGER_READER)
    with engine.connect() as connection:
        sizes = connection.execute(text(f"SELECT {size} FROM journal")).scalars().all()
    engine.dispose()
    return sum(1 for whole in accumulate(sorted(sizes)) if whole <= PAGE)


def spoil(path: Path, pages: list[int]) -> bytes:
    content = bytearray(path.read_bytes())
    for page in pages:
        content[page * PAGE + 77] ^= 1
    path.write_bytes(content)
    return bytes(content)


def count(path: Path, key: bytes, table: str) -> int:
    engine = open_engine(path, key, LEDGER_READER)
    with engine.connect() as connection:
        rows: int = connection.execute(
            text(f"SELECT count(*) FROM {table}")
        ).scalar_one()
    engine.dispose()
    return rows


def test_a_sound_ledger_comes_out_whole(shop, tmp_path: Path) -> None:
    folder, ring = shop
    target = tmp_path / "salvaged.db"
    report = salvage(folder.ledger, ring.ledger_key, target, MIGRATIONS)
    assert not any(each.holes for each in report)
    for each in report:
        assert count(folder.ledger, ring.ledger_key, each.table) == each.rows
        assert count(target, ring.ledger_key, each.table) == each.rows
    assert {each.table: each.rows for each in report}["sale"] == 40


@pytest.mark.parametrize(
    "seed", [0, 3, *(pytest.param(x, marks=pytest.mark.slow) for x in (1, 2))]
)
def test_damaged_pages_cost_the_rows_on_them_and_no_more(
    shop, tmp_path: Path, seed: int
) -> None:
    folder, ring = shop
    most = entries_of_a_page(folder.ledger, ring.ledger_key)
    last_page = folder.ledger.stat().st_size // PAGE - 1
    sold = (tmp_path / EMPTY).stat().st_size // PAGE
    middle = (sold + last_page) // 2
    pages = sorted({sold + seed * 3, middle + seed * 5, last_page - seed})
    spoiled = spoil(folder.ledger, pages)
    target = tmp_path / "salvaged.db"
    report = salvage(folder.ledger, ring.ledger_key, target, MIGRATIONS)
    assert folder.ledger.read_bytes() == spoiled
    rows = {each.table: each.rows for each in report}
    everything = {"journal": 40, "sale": 40, "sale_line": 120, "money_move": 80}
    lost = sum(full - rows[table] for table, full in everything.items())
    assert lost <= 80, rows
    assert rows["journal"] >= everything["journal"] - len(pages) * most
    assert count(target, ring.ledger_key, "journal") == rows["journal"]


def test_a_salvaged_ledger_is_append_only_again(shop, tmp_path: Path) -> None:
    folder, ring = shop
    target = tmp_path / "salvaged.db"
    salvage(folder.ledger, ring.ledger_key, target, MIGRATIONS)
    engine = open_engine(target, ring.ledger_key, LEDGER_READER)
    with engine.connect() as connection:
        query = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
        assert connection.execute(text(query)).scalar_one() > 20
    engine.dispose()


def test_nothing_comes_out_without_the_first_page(shop, tmp_path: Path) -> None:
    folder, ring = shop
    spoil(folder.ledger, [0])
    with pytest.raises(StorageError, match="database_unreadable"):
        salvage(folder.ledger, ring.ledger_key, tmp_path / "s.db", MIGRATIONS)


def test_what_was_salvaged_before_is_not_overwritten(shop, tmp_path: Path) -> None:
    folder, ring = shop
    (tmp_path / "s.db").write_bytes(b"")
    with pytest.raises(StorageError, match="salvage_target_exists"):
        salvage(folder.ledger, ring.ledger_key, tmp_path / "s.db", MIGRATIONS)


def test_every_flipped_bit_is_found(shop, tmp_path: Path) -> None:
    """Encryption is also the page checksum: none of these may be silent."""
    folder, ring = shop
    sound = folder.ledger.read_bytes()
    draw = random.Random(20261121)
    copy = tmp_path / "ledger.db"
    for _ in range(100):
        content = bytearray(sound)
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
        copy.write_bytes(content)
        with pytest.raises(StorageError, match=r"database_(unreadable|damaged)"):
            look_at(copy, ring.ledger_key)


def look_at(path: Path, key: bytes) -> None:
    with closing(connect(path, key, LEDGER_READER)) as connection:
        require_sound(connection, path.name, "database_damaged")
