"""Migrations bring a file to the newest schema, whole or not at all."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from pos_app.errors import StorageError
from pos_app.persistence.engine import LEDGER_WRITER, open_engine
from pos_app.persistence.migration_runner import (
    expected_schema,
    head_of,
    revision_of,
    schema_of,
    upgrade,
)

KEY = bytes(range(32))
FIRST = """
from alembic import op
revision, down_revision = "0001", None
def upgrade():
    op.execute("CREATE TABLE fact (seq INTEGER PRIMARY KEY, body BLOB) STRICT")
    op.execute("CREATE TRIGGER fact_stays BEFORE DELETE ON fact"
               " BEGIN SELECT RAISE(ABORT, 'append_only'); END")
def downgrade(): ...
"""
SECOND = """
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    op.execute("ALTER TABLE fact ADD COLUMN note TEXT NOT NULL DEFAULT ''")
def downgrade(): ...
"""
TORN = """
from alembic import op
revision, down_revision = "0003", "0002"
def upgrade():
    op.execute("CREATE TABLE half (id INTEGER PRIMARY KEY)")
    op.execute("CREATE TABLE half (id INTEGER PRIMARY KEY)")
def downgrade(): ...
"""


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    (folder / "versions" / "0001_first.py").write_text(FIRST)
    return folder


@pytest.fixture
def engine(tmp_path: Path):
    engine = open_engine(tmp_path / "ledger.db", KEY, LEDGER_WRITER)
    yield engine
    engine.dispose()


def add(scripts: Path, name: str, body: str) -> None:
    (scripts / "versions" / name).write_text(body)


def names(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(schema_of(connection))


def test_an_empty_file_gets_the_newest_schema(engine: Engine, scripts: Path) -> None:
    assert upgrade(engine, scripts)
    assert names(engine) == {"fact", "fact_stays", "alembic_version"}
    assert revision_of(engine) == head_of(scripts) == "0001"


def test_a_second_run_changes_nothing(engine: Engine, scripts: Path) -> None:
    upgrade(engine, scripts)
    assert not upgrade(engine, scripts)


def test_an_older_file_keeps_its_rows(engine: Engine, scripts: Path) -> None:
    upgrade(engine, scripts)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO fact VALUES (1, x'00')"))
    add(scripts, "0002_second.py", SECOND)
    assert upgrade(engine, scripts)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM fact")).all() == [(1, b"\0", "")]


def test_a_newer_file_is_refused_untouched(engine: Engine, scripts: Path) -> None:
    add(scripts, "0002_second.py", SECOND)
    upgrade(engine, scripts)
    (scripts / "versions" / "0002_second.py").unlink()
    with pytest.raises(StorageError) as refused:
        upgrade(engine, scripts)
    assert refused.value.key == "database_newer"
    assert refused.value.params == {"file": "ledger.db", "found": "0002"}
    assert revision_of(engine) == "0002"


def test_tables_of_another_program_are_refused(engine: Engine, scripts: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE theirs (id INTEGER)"))
    with pytest.raises(StorageError) as refused:
        upgrade(engine, scripts)
    assert refused.value.key == "database_foreign"
    assert names(engine) == {"theirs"}


def test_a_migration_that_fails_leaves_the_old_schema(
    engine: Engine, scripts: Path
) -> None:
    upgrade(engine, scripts)
    add(scripts, "0002_second.py", SECOND)
    add(scripts, "0003_torn.py", TORN)
    with pytest.raises(Exception, match="half"):
        upgrade(engine, scripts)
    assert revision_of(engine) == "0001"
    assert "half" not in names(engine)


def test_the_expected_schema_is_what_a_fresh_file_has(
    engine: Engine, scripts: Path
) -> None:
    upgrade(engine, scripts)
    with engine.connect() as connection:
        assert schema_of(connection) == expected_schema(scripts)
