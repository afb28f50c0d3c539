"""The tables of ledger.db for the uses of promotions: facts, and what they add up to."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table
from sqlalchemy import Text as TextType

from pos_app.persistence.ledger.tables import metadata

#: What a sale used; a mirrored sale gives back what its origin used, below zero.
promotion_use = Table(
    "promotion_use",
    metadata,
    Column("sale_id", TextType, ForeignKey("sale.sale_id"), nullable=False),
    Column("promotion_id", TextType, nullable=False),
    Column("version", Integer, nullable=False),
    Column("times", Integer, nullable=False),
    Column("saving_minor", Integer, nullable=False),
    Column("member_id", TextType, nullable=False),  # "" for somebody unknown
    Column("business_day", TextType, nullable=False, index=True),
    PrimaryKeyConstraint("sale_id", "promotion_id", "version"),
)
Index(
    "ix_promotion_use_day", promotion_use.c.promotion_id, promotion_use.c.business_day
)

#: The sums of the rows above, so that a limit is held against a few rows however long
#: the shop has been open: of everybody (member "") and of each member, ever (span "")
#: and of each business day.
promotion_balance = Table(
    "promotion_balance",
    metadata,
    Column("promotion_id", TextType, nullable=False),
    Column("member_id", TextType, nullable=False),
    Column("span", TextType, nullable=False),
    Column("times", Integer, nullable=False),
    Column("saving_minor", Integer, nullable=False),
    PrimaryKeyConstraint("promotion_id", "member_id", "span"),
)
