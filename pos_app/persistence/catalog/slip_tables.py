"""The tables of the slips' forms: templates, switches and logo, each in versions."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from pos_app.persistence.catalog.tables import metadata

template = Table(
    "template",
    metadata,
    Column("kind", Text, nullable=False),
    Column("version", Integer, nullable=False),  # the highest one is in force
    Column("text", Text, nullable=False),  # "" is the built-in layout
    Column("made_at", Integer, nullable=False),
    Column("made_by", Text, nullable=False),
    PrimaryKeyConstraint("kind", "version"),
)

logo = Table(
    "logo",
    metadata,
    Column("version", Integer, primary_key=True),  # the highest one is in force
    Column("original", LargeBinary, nullable=False),  # empty: no logo
    Column("dithering", Text, nullable=False),
    Column("print_58", LargeBinary, nullable=False),
    Column("print_80", LargeBinary, nullable=False),
    Column("made_at", Integer, nullable=False),
    Column("made_by", Text, nullable=False),
)
