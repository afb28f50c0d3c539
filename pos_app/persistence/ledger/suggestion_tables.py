"""The table of ledger.db for goods that are bought together: a projection."""

from __future__ import annotations

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Table, Text

from pos_app.persistence.ledger.tables import metadata

#: Made of the shop's own baskets every night (domain.suggestion); never a fact.
item_pair = Table(
    "item_pair",
    metadata,
    Column("item_id", Text, nullable=False),
    Column("other_id", Text, nullable=False),
    Column("together", Integer, nullable=False),
    Column("item_baskets", Integer, nullable=False),
    Column("other_baskets", Integer, nullable=False),
    Column("baskets", Integer, nullable=False),
    PrimaryKeyConstraint("item_id", "other_id"),
)
