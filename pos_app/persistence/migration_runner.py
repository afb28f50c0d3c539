"""Brings one database file to the newest schema, with alembic.

A script folder is `migrations/<database>/` with `versions/NNNN_name.py` in it, each
of revision NNNN, and nothing else: no env.py and no alembic.ini, so a frozen program
needs the version files only and nobody's logging is set up anew. A whole upgrade is
one transaction: a power cut in the middle leaves the old schema. Alembic itself is
imported late: it costs 0.2 s of a start and is needed once a release.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import StaticPool

from pos_app.errors import StorageError

if TYPE_CHECKING:
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

VERSION_TABLE = "alembic_version"

#: alembic's `op` is one per process, so two upgrades take turns.
_one_at_a_time = threading.Lock()


def upgrade(engine: Engine, script_folder: Path) -> bool:
    """Bring the database of `engine` to the head of `script_folder`.

    Args:
        engine: a writer (it begins IMMEDIATE, which makes the DDL transactional).
        script_folder: holds versions/.

    Returns:
        Whether anything changed; False when the schema was the newest already.

    Raises:
        StorageError: "database_newer" when a newer program has written the file,
            "database_foreign" when the file holds tables of some other program.
    """
    with engine.connect() as connection:
        if _refuse_strangers(connection, script_folder) == head_of(script_folder):
            return False
        connection.rollback()
        _run(connection, script_folder)
        connection.commit()
        return True


def require_known(engine: Engine, script_folder: Path) -> None:
    """Refuse a file that this program must not write; changes nothing.

    Raises:
        StorageError: "database_newer" or "database_foreign", as `upgrade`.
    """
    with engine.connect() as connection:
        _refuse_strangers(connection, script_folder)


def revision_of(engine: Engine) -> str | None:
    """Return the schema revision that a database is at; None when it has none."""
    with engine.connect() as connection:
        return _revision(connection)


def head_of(script_folder: Path) -> str:
    """Return the newest revision of a script folder, by its file names."""
    return max(_revisions(script_folder))


def expected_schema(script_folder: Path) -> dict[str, str]:
    """Return name -> SQL of every table, index and trigger of the newest schema.

    The migrations are run on an empty database in memory, so what is compared
    with a shop's file can never fall behind the migrations.
    """
    engine = create_engine("sqlite://", module=sqlcipher, poolclass=StaticPool)

    @event.listens_for(engine, "connect")
    def _manual(connection: sqlcipher.Connection, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    try:
        upgrade(engine, script_folder)
        with engine.connect() as connection:
            return schema_of(connection)
    finally:
        engine.dispose()


def schema_of(connection: Connection) -> dict[str, str]:
    """Return name -> SQL of what the open database declares."""
    rows = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    )
    return {name: sql for name, sql in rows if not name.startswith("sqlite_")}


def _revisions(script_folder: Path) -> set[str]:
    versions = (script_folder / "versions").glob("*_*.py")
    found = {path.name.partition("_")[0] for path in versions}
    found.discard("")  # __init__.py
    assert found, script_folder
    return found


def _revision(connection: Connection) -> str | None:
    if VERSION_TABLE not in schema_of(connection):
        return None
    row = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).first()  # noqa: S608 - our own constant
    return None if row is None else str(row[0])


def _refuse_strangers(connection: Connection, script_folder: Path) -> str | None:
    found = _revision(connection)
    if found is None and schema_of(connection):
        raise StorageError("database_foreign", file=_file(connection))
    if found is not None and found not in _revisions(script_folder):
        raise StorageError("database_newer", file=_file(connection), found=found)
    return found


def _file(connection: Connection) -> str:
    return Path(connection.engine.url.database or "").name


def _run(connection: Connection, script_folder: Path) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(script_folder))
    assert scripts.get_current_head() == head_of(script_folder), script_folder
    with (
        _one_at_a_time,
        EnvironmentContext(
            Config(), scripts, fn=_steps_to_head(scripts)
        ) as environment,
    ):
        environment.configure(
            connection=connection,
            transactional_ddl=True,  # alembic doubts SQLite; we begin ourselves
            version_table=VERSION_TABLE,
        )
        with environment.begin_transaction():
            environment.run_migrations()


def _steps_to_head(
    scripts: ScriptDirectory,
) -> Callable[[str | tuple[str, ...], MigrationContext], Iterable[object]]:
    """Return what alembic asks for: the steps from a revision to the head."""

    def steps(
        revision: str | tuple[str, ...], _context: MigrationContext
    ) -> Iterable[object]:
        return scripts._upgrade_revs("head", revision)  # type: ignore[arg-type]  # noqa: SLF001 - alembic's own command.upgrade passes this very function

    return steps
