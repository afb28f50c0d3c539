"""Opening a database: keyed, its pragmas as asked, every refusal in words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pos_app.errors import StorageError
from pos_app.persistence.engine import (
    CATALOG_READER,
    CATALOG_WRITER,
    LEDGER_READER,
    LEDGER_WRITER,
    Access,
    is_disk_full,
    open_engine,
    storage_error,
)

KEY = bytes(range(32))
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "账 100%? #1" / "ledger.db"
    path.parent.mkdir()
    engine = open_engine(path, KEY, LEDGER_WRITER)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE fact (id INTEGER PRIMARY KEY, b BLOB)"))
        rows = [{"b": bytes([n]) * 900} for n in range(200)]
        connection.execute(text("INSERT INTO fact (b) VALUES (:b)"), rows)
    engine.dispose()
    return path


def opening(path: Path, key: bytes = KEY, access: Access = LEDGER_WRITER) -> str:
    engine = open_engine(path, key, access)
    with pytest.raises(StorageError) as refused, engine.connect():
        pass
    engine.dispose()
    assert refused.value.params == {"file": path.name}
    return refused.value.key


@pytest.mark.parametrize(
    ("access", "synchronous"),
    [(LEDGER_WRITER, 2), (LEDGER_READER, 2), (CATALOG_WRITER, 2), (CATALOG_READER, 1)],
)
def test_pragmas_are_as_asked(path: Path, access: Access, synchronous: int) -> None:
    engine = open_engine(path, KEY, access)
    with engine.connect() as connection:

        def pragma(name: str) -> object:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

        assert pragma("journal_mode") == "wal"
        assert pragma("synchronous") == synchronous
        assert pragma("foreign_keys") == 1
        assert pragma("cache_size") == -access.cache_kib
        assert pragma("query_only") == (0 if access.writes else 1)
    engine.dispose()


def test_nothing_of_the_file_is_readable_without_the_key(path: Path) -> None:
    content = path.read_bytes()
    assert not content.startswith(b"SQLite format 3")
    assert b"CREATE TABLE" not in content
    assert bytes([7]) * 32 not in content


def test_a_wrong_key_is_refused(path: Path) -> None:
    assert opening(path, key=bytes(32)) == "database_unreadable"


def test_a_foreign_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes("假日照片 ".encode() * 4000)
    before = path.read_bytes()
    assert opening(path) == "database_unreadable"
    assert path.read_bytes() == before


def test_a_damaged_first_page_is_refused(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    assert opening(path) == "database_unreadable"


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").mkdir()
    assert opening(tmp_path / "ledger.db") == "database_unreachable"


def test_a_reader_never_makes_a_file(tmp_path: Path) -> None:
    assert opening(tmp_path / "ledger.db", access=LEDGER_READER) == "database_missing"
    assert not (tmp_path / "ledger.db").exists()


def test_refusals_leave_the_terminal_clean(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from pos_app.persistence.engine import *\n"
        "from pos_app.errors import StorageError\n"
        "try: open_engine(Path(sys.argv[1]), bytes(32), LEDGER_WRITER).connect()\n"
        "except StorageError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.stdout == "database_unreadable(file=ledger.db)\n"
    assert done.stderr == ""


def test_a_damaged_page_is_named_when_it_is_read(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 20 + 9] ^= 1
    path.write_bytes(content)
    engine = open_engine(path, KEY, LEDGER_READER)
    with pytest.raises(DBAPIError) as met, engine.connect() as connection:
        connection.execute(text("SELECT sum(length(b)) FROM fact")).all()
    named = storage_error(met.value, "ledger.db")
    assert named is not None
    assert named.key == "database_damaged"
    assert not is_disk_full(met.value)
    engine.dispose()


def test_a_mistake_of_ours_is_not_called_a_storage_error(path: Path) -> None:
    engine = open_engine(path, KEY, LEDGER_WRITER)
    with pytest.raises(DBAPIError) as met, engine.connect() as connection:
        connection.execute(text("SELECT * FROM nothing"))
    assert storage_error(met.value, "ledger.db") is None
    engine.dispose()


def test_a_second_writer_waits_and_is_then_told_that_the_file_is_busy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos_app.persistence.engine.BUSY_TIMEOUT_S", 0)
    first = open_engine(path, KEY, LEDGER_WRITER)
    second = open_engine(path, KEY, LEDGER_WRITER)
    with first.begin(), pytest.raises(DBAPIError) as met, second.begin():
        pass
    named = storage_error(met.value, "ledger.db")
    assert named is not None
    assert named.key == "database_locked"
    first.dispose()
    second.dispose()


def test_an_sqlite_that_can_corrupt_a_wal_file_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "sqlcipher3.dbapi2.sqlite_version_info", (3, 51, 1), raising=True
    )
    with pytest.raises(StorageError, match="sqlite_too_old"):
        open_engine(path, KEY, LEDGER_READER)


@pytest.mark.skipif(os.name == "nt", reason="Windows limits files in other ways")
def test_no_room_for_a_write_rolls_back_and_is_told(path: Path) -> None:
    import resource

    engine = open_engine(path, KEY, LEDGER_WRITER)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    insert = text("INSERT INTO fact (b) VALUES (randomblob(400000))")
    try:
        with engine.connect() as connection:
            resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
            connection.execute(insert)  # kept in memory until the commit
            with pytest.raises(DBAPIError) as met:
                connection.commit()
            assert is_disk_full(met.value)
            connection.rollback()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM fact")).scalar() == 200
        connection.execute(insert)
    engine.dispose()
