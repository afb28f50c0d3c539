"""The tables of catalog.db for documents over many items."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from pos_app.persistence.catalog.tables import metadata

bulk_change = Table(
    "bulk_change",
    metadata,
    Column("bulk_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("said", Text, nullable=False),  # JSON
    Column("undoes", Text, nullable=False),
    Column("staff_id", Text, nullable=False),
    Column("business_day", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("row_count", Integer, nullable=False),
    Column("state", Text, nullable=False),
)
Index(
    "bulk_change_undoes",
    bulk_change.c.undoes,
    unique=True,
    sqlite_where=bulk_change.c.undoes != "",
)

bulk_change_row = Table(
    "bulk_change_row",
    metadata,
    Column("bulk_id", Text, ForeignKey("bulk_change.bulk_id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("item_id", Text, nullable=False),
    Column("sku", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("before", Text, nullable=False),  # JSON
    Column("after", Text, nullable=False),  # JSON
    Column("added", Text, nullable=False),  # JSON of a new item; "" for none
    Column("state", Text, nullable=False),  # "", "done" or "left"
    PrimaryKeyConstraint("bulk_id", "position"),
    sqlite_with_rowid=False,
)
