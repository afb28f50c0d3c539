"""The tables of catalog.db for promotions, and for prices of a level.

What a promotion says is a version; from when until when a version holds is a run. A
version that has a run never changes, and a run only ever ends earlier: triggers in
the migration say so, too. A run that was taken back before it began ends as it begins.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from pos_app.persistence.catalog.tables import item, metadata

Index("item_by_brand", item.c.brand, sqlite_where=item.c.brand != "")
Index("item_tagged", item.c.item_key, sqlite_where=item.c.tags != "")

#: What keeps it so in the database, too; by name (the migration says how).
TRIGGERS = frozenset(
    {
        "promotion_version_no_update",
        "promotion_version_no_delete",
        "promotion_run_no_update",
        "promotion_run_no_delete",
        "promotion_version_no_replace",
        "promotion_run_no_replace",
        "promotion_run_no_rewrite",
    }
)

level_price = Table(
    "level_price",
    metadata,
    Column("unit_key", Integer, ForeignKey("unit.unit_key"), nullable=False),
    Column("level", Text, nullable=False),
    Column("valid_from", Integer, nullable=False, server_default="0"),
    Column("price_id", Text, nullable=False),
    Column("valid_until", Integer, nullable=False),
    Column("minor", Integer, nullable=False),
    # Clustered: the rows of one unit lie together and are read by one seek.
    PrimaryKeyConstraint("unit_key", "level", "valid_from", "price_id"),
    sqlite_with_rowid=False,
)

promotion = Table(
    "promotion",
    metadata,
    Column("promotion_id", Text, primary_key=True),
    Column("made_at", Integer, nullable=False),
    Column("made_by", Text, nullable=False),
)

promotion_version = Table(
    "promotion_version",
    metadata,
    Column("promotion_id", Text, ForeignKey("promotion.promotion_id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # domain.promotion.deal.DealKind, or newer
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False),  # domain.promotion_plain as JSON
    Column("made_at", Integer, nullable=False),
    Column("made_by", Text, nullable=False),
    PrimaryKeyConstraint("promotion_id", "version"),
)

promotion_run = Table(
    "promotion_run",
    metadata,
    Column("run_id", Text, primary_key=True),
    Column("promotion_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("starts_at", Integer, nullable=False),
    Column("ends_at", Integer, nullable=False),  # FOREVER for no end
    Column("started_by", Text, nullable=False),
    Column("started_approved_by", Text, nullable=False),
    Column("stopped_by", Text, nullable=False),
    Column("stopped_approved_by", Text, nullable=False),
    Column("made_at", Integer, nullable=False),
    ForeignKeyConstraint(
        ["promotion_id", "version"],
        ["promotion_version.promotion_id", "promotion_version.version"],
    ),
)
Index("promotion_run_of", promotion_run.c.promotion_id, promotion_run.c.version)
