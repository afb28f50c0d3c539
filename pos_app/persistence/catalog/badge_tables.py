"""The table of badges that let nobody in any more: whose they were."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from pos_app.persistence.catalog.tables import metadata

withdrawn_badge = Table(
    "withdrawn_badge",
    metadata,
    Column("badge_digest", Text, primary_key=True),
    Column("staff_id", Text, nullable=False),
    Column("withdrawn_at", Integer, nullable=False),
)
Index("withdrawn_badge_by_staff", withdrawn_badge.c.staff_id)
