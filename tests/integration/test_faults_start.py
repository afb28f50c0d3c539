"""A till that must not start says why in one word and leaves every file alone."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text

from hardware.system_clock import SystemClock
from pos_app.bootstrap import Options, Till
from pos_app.errors import StorageError
from pos_app.persistence.engine import LEDGER_WRITER, open_engine
from pos_app.persistence.key_ring import KeyRing
from pos_app.persistence.shop_folder import ShopFolder, TillLock
from pos_app.persistence.shop_opening import take_shop
from pos_app.ports.health import Severity
from tests.builders_till import make_shop

OPTIONS = Options(with_printer=False)


@pytest.fixture
def shop(tmp_path: Path) -> tuple[ShopFolder, KeyRing]:
    return make_shop(tmp_path / "shop")


def fingerprints(folder: ShopFolder) -> dict[str, str]:
    """Return what the precious files hold."""
    kept = ("ledger.db", "catalog.db", "ring.json", "ring.key")
    return {
        name: sha256((folder.root / name).read_bytes()).hexdigest()
        for name in kept
        if (folder.root / name).exists()
    }


def refusal(folder: ShopFolder) -> str:
    before = fingerprints(folder)
    with pytest.raises(StorageError) as refused:
        Till(folder, OPTIONS)
    assert fingerprints(folder) == before
    with TillLock(folder) as lock:  # the lock was given back
        assert lock.was_clean
    return refused.value.key


@pytest.mark.parametrize("name", ["ledger.db", "catalog.db"])
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"SQLite format 3\0" + bytes(4080), id="a plain database"),
        pytest.param("假日照片 ".encode() * 2_000, id="a photo"),
        pytest.param(b"\0" * 8192, id="zeros"),
        pytest.param(b"short", id="five bytes"),
    ],
)
def test_a_foreign_file_stops_the_start(shop, name: str, content: bytes) -> None:
    folder, _ = shop
    (folder.root / name).write_bytes(content)
    assert refusal(folder) == "database_unreadable"


@pytest.mark.parametrize("name", ["ledger.db", "catalog.db"])
def test_the_file_of_another_shop_stops_the_start(
    shop, tmp_path: Path, name: str
) -> None:
    folder, _ = shop
    other, _ = make_shop(tmp_path / "other")
    (folder.root / name).write_bytes((other.root / name).read_bytes())
    assert refusal(folder) == "database_unreadable"


def test_a_newer_ledger_stops_the_start(shop) -> None:
    folder, ring = shop
    engine = open_engine(folder.ledger, ring.ledger_key, LEDGER_WRITER)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with engine.connect() as connection:
        connection.rollback()
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    assert refusal(folder) == "database_newer"


def test_a_lost_key_asks_for_the_recovery_code(shop) -> None:
    folder, _ = shop
    (folder.root / "ring.key").unlink()
    assert refusal(folder) == "key_missing"


def test_a_lost_ring_is_named(shop) -> None:
    folder, _ = shop
    folder.ring.unlink()
    assert refusal(folder) == "key_ring_missing"


def test_a_half_written_ring_is_named(shop) -> None:
    folder, _ = shop
    folder.ring.write_bytes(folder.ring.read_bytes()[:300])
    assert refusal(folder) == "key_ring_damaged"


def test_a_second_till_is_refused_and_the_first_sells_on(shop) -> None:
    folder, _ = shop
    with Till(folder, OPTIONS) as till:
        with pytest.raises(StorageError, match="till_already_running"):
            Till(folder, OPTIONS)
        till.ledger.flush()


@pytest.mark.parametrize("name", ["ledger.db", "catalog.db"])
def test_a_missing_database_is_never_begun_anew(shop, name: str) -> None:
    folder, _ = shop
    (folder.root / name).unlink()
    with pytest.raises(StorageError) as refused:
        take_shop(folder, SystemClock())
    assert refused.value.key == "database_missing"
    assert refused.value.params == {"file": name}
    assert not (folder.root / name).exists()


def test_a_damaged_ledger_stops_the_start_after_a_kill_until_it_is_mended(shop) -> None:
    folder, _ = shop
    TillLock(folder).release(clean=False)
    content = bytearray(folder.ledger.read_bytes())
    content[len(content) // 2] ^= 1
    folder.ledger.write_bytes(content)
    for _ in range(2):
        with pytest.raises(StorageError, match=r"database_(damaged|unreadable)"):
            take_shop(folder, SystemClock())


def test_a_touched_journal_is_told_but_the_till_sells(shop) -> None:
    folder, ring = shop
    with Till(folder, OPTIONS) as till:
        till.ledger.flush()
    engine = open_engine(folder.ledger, ring.ledger_key, LEDGER_WRITER)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER journal_is_a_chain"))
        touched = (
            "INSERT INTO journal VALUES (1, 7, 'id', 'SignedOn', 1, '', '2026-11-21',"
            " 0, x'7b7d', zeroblob(32), zeroblob(32))"
        )
        connection.execute(text(touched))
    engine.dispose()
    shop_taken = take_shop(folder, SystemClock())
    shop_taken.lock.release()
    assert "journal_gap" in {finding.key for finding in shop_taken.findings}


def test_a_sound_shop_is_taken_with_its_keys(shop) -> None:
    folder, ring = shop
    taken = take_shop(folder, SystemClock())
    assert taken.ring == ring
    assert {finding.severity for finding in taken.findings} == {Severity.FINE}
    with pytest.raises(StorageError, match="till_already_running"):
        take_shop(folder, SystemClock())
    taken.lock.release()


def test_a_restore_that_was_cut_is_finished_when_the_shop_is_taken(shop) -> None:
    folder, ring = shop
    staging = folder.root / ".restoring"
    staging.mkdir()
    shutil.copyfile(folder.ledger, staging / "ledger.db")
    (staging / "ready").write_text("damaged-1")
    folder.ledger.write_bytes(b"rubbish")
    taken = take_shop(folder, SystemClock())
    taken.lock.release()
    assert taken.ring == ring
    assert (folder.root / "damaged-1" / "ledger.db").read_bytes() == b"rubbish"


def test_a_till_that_stopped_cleanly_says_so(shop) -> None:
    folder, _ = shop
    for _ in range(2):
        with Till(folder, OPTIONS) as till:
            assert till.was_clean
