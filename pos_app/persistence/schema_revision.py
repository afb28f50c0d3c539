"""Reads a database's schema revision without loading alembic."""

from __future__ import annotations

from sqlalchemy import Engine


def schema_revision(engine: Engine) -> str | None:
    """Return the schema revision of a database; None when it has none yet."""
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
