"""The tables of ledger.db for goods that move without a sale, and their drafts."""

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

from pos_app.persistence.ledger.tables import metadata, stock_move

stock_document = Table(
    "stock_document",
    metadata,
    Column("document_id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # domain.stock_document.StockKind
    Column("till", Text, nullable=False),
    Column("staff_id", Text, nullable=False),
    Column("staff_name", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("business_day", Text, nullable=False, index=True),
    Column("at_ms", Integer, nullable=False),
    Column("supplier", Text, nullable=False),
    Column("delivery_note", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("mirrors", Text, nullable=False),  # "" for none
    Column("line_count", Integer, nullable=False),
)
Index("ix_stock_document_place", stock_document.c.epoch, stock_document.c.seq)
Index(
    "ix_stock_document_kind",
    stock_document.c.kind,
    stock_document.c.epoch,
    stock_document.c.seq,
)
# A document is undone once, whatever the program does.
Index(
    "ix_stock_document_mirrors",
    stock_document.c.mirrors,
    unique=True,
    sqlite_where=stock_document.c.mirrors != "",
)

stock_document_line = Table(
    "stock_document_line",
    metadata,
    Column(
        "document_id", Text, ForeignKey("stock_document.document_id"), nullable=False
    ),
    Column("position", Integer, nullable=False),
    Column("item_id", Text, nullable=False),
    Column("unit_id", Text, nullable=False),
    Column("sku", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("variant", Text, nullable=False),
    Column("unit_name", Text, nullable=False),
    Column("quantity_thousandths", Integer, nullable=False),
    Column("pieces_thousandths", Integer, nullable=False),
    Column("before_thousandths", Integer, nullable=False),
    Column("cost_minor", Integer),  # of one unit; null where nobody said
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("document_id", "position"),
)

# What was sold of an item in a while, and when it last moved, from the index alone.
Index(
    "ix_stock_move_kind",
    stock_move.c.item_id,
    stock_move.c.kind,
    stock_move.c.business_day,
    stock_move.c.thousandths,
)

#: Documents whose costs are not in the catalogue yet; a row goes when they are.
stock_cost_waiting = Table(
    "stock_cost_waiting",
    metadata,
    Column("document_id", Text, primary_key=True),
)

#: Documents being written, one of each kind.
stock_draft = Table(
    "stock_draft",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("draft_id", Text, nullable=False, unique=True),
    Column("supplier", Text, nullable=False),
    Column("delivery_note", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

stock_draft_line = Table(
    "stock_draft_line",
    metadata,
    Column("draft_id", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("line_id", Text, nullable=False, unique=True),
    Column("body", Text, nullable=False),  # the StockDraftLine as JSON
    PrimaryKeyConstraint("draft_id", "position"),
)
