"""Opens catalog.db: makes it, brings it to the newest schema, gives readers."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from pos_app.errors import StorageError
from pos_app.persistence.engine import CATALOG_READER, CATALOG_WRITER, open_engine

MIGRATIONS = Path(__file__).parents[1] / "migrations" / "catalog"
#: The newest revision in MIGRATIONS; a test holds the two together.
HEAD = "0006"


def open_catalog(path: Path, key: bytes) -> Engine:
    """Open the catalogue for its one writer, made or upgraded as needed.

    Args:
        path: catalog.db.
        key: 32 bytes.

    Raises:
        StorageError: "database_unreadable", "database_foreign" or
            "database_newer".
    """
    engine = open_engine(path, key, CATALOG_WRITER)
    if _revision(engine) != HEAD:
        # Late: alembic costs 0.2 s of a cold start and is needed once a release.
        from pos_app.persistence.migration_runner import upgrade

        upgrade(engine, MIGRATIONS)
    return engine


def open_catalog_beside_till(path: Path, key: bytes) -> Engine:
    """Open the catalogue for writing while a till may be reading it.

    Raises:
        StorageError: "till_of_other_release" when its schema is not this
            release's: an upgrade under a running till is not made.
    """
    engine = open_engine(path, key, CATALOG_WRITER)
    if _revision(engine) != HEAD:
        engine.dispose()
        raise StorageError("till_of_other_release")
    return engine


def open_catalog_reader(path: Path, key: bytes) -> Engine:
    """Open the catalogue for readers; it must exist and be of this release."""
    return open_engine(path, key, CATALOG_READER)


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        known = connection.exec_driver_sql(
            "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
        ).first()
        if known is None:
            return None
        row = connection.exec_driver_sql(
            "SELECT version_num FROM alembic_version"
        ).first()
        return None if row is None else str(row[0])
