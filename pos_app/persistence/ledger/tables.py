"""The tables of ledger.db (SQLAlchemy Core; the migrations make them)."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from pos_app.persistence.packing import PackedBytes, PackedText

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("entry_id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("schema_v", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("business_day", Text, nullable=False),
    Column("recorded_at_ms", Integer, nullable=False),
    Column("canonical", PackedBytes, nullable=False),
    Column("prev_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    PrimaryKeyConstraint("epoch", "seq"),
)

# The black box asks by kind, by person and by day, newest first (a million entries).
_place = (journal.c.epoch, journal.c.seq)
Index("ix_journal_kind", journal.c.kind, *_place)
Index("ix_journal_actor", journal.c.actor, journal.c.kind, *_place)
Index("ix_journal_day", journal.c.business_day, *_place)

#: The words that an entry is found by (domain.journal_terms); can be made anew.
journal_term = Table(
    "journal_term",
    metadata,
    Column("term", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # answered by the index, without the entry
    PrimaryKeyConstraint("term", "epoch", "seq", "kind"),
)

sale = Table(
    "sale",
    metadata,
    Column("sale_id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("cashier_id", Text, nullable=False),
    Column("cashier_name", Text, nullable=False),
    Column("business_day", Text, nullable=False, index=True),
    Column("started_at_ms", Integer, nullable=False),
    Column("ended_at_ms", Integer, nullable=False, index=True),
    Column("clock_suspect", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("list_minor", Integer, nullable=False),
    Column("discount_minor", Integer, nullable=False),
    Column("net_minor", Integer, nullable=False),
    Column("tax_minor", Integer, nullable=False),
    Column("total_minor", Integer, nullable=False),
    Column("rounding_minor", Integer, nullable=False),
    Column("change_minor", Integer, nullable=False),
    Column("item_count", Integer, nullable=False),
    Column("shift_id", Text, nullable=False, server_default=""),
    Column("reverses", Text, nullable=False, server_default=""),
    Column("returned_minor", Integer, nullable=False, server_default="0"),
    Column("round_off_minor", Integer, nullable=False, server_default="0"),
    # Who bought; how they were recognised, and how strongly when it ended.
    Column("member_id", Text, nullable=False, server_default=""),
    Column("member_means", Text, nullable=False, server_default=""),
    Column("member_strength", Text, nullable=False, server_default=""),
)

Index("ix_sale_shift", sale.c.shift_id, sale.c.epoch, sale.c.seq)

_sale_id = ForeignKey("sale.sale_id")

sale_line = Table(
    "sale_line",
    metadata,
    Column("sale_id", Text, _sale_id, nullable=False),
    Column("position", Integer, nullable=False),
    Column("line_id", Text, nullable=False),
    Column("item_id", Text, nullable=False, index=True),
    Column("unit_id", Text, nullable=False),
    Column("sku", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("tax_category", Text, nullable=False),
    Column("price_id", Text, nullable=False),
    Column("quantity_thousandths", Integer, nullable=False),
    Column("list_minor", Integer, nullable=False),
    Column("discount_minor", Integer, nullable=False),
    Column("total_minor", Integer, nullable=False),
    Column("net_minor", Integer, nullable=False),
    Column("tax_minor", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("category_id", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("sale_id", "position"),
)

sale_unit_share = Table(
    "sale_unit_share",
    metadata,
    Column("sale_id", Text, ForeignKey("sale.sale_id"), nullable=False),
    Column("line_position", Integer, nullable=False),
    Column("run", Integer, nullable=False),
    Column("units", Integer, nullable=False),
    Column("net_minor", Integer, nullable=False),
    Column("tax_minor", Integer, nullable=False),
    Column("discount_minor", Integer, nullable=False),
    Column("rounding_minor", Integer, nullable=False),
    PrimaryKeyConstraint("sale_id", "line_position", "run"),
)

sale_tax = Table(
    "sale_tax",
    metadata,
    Column("sale_id", Text, ForeignKey("sale.sale_id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("percentage_millionths", Integer, nullable=False),
    Column("base_minor", Integer, nullable=False),
    Column("tax_minor", Integer, nullable=False),
    PrimaryKeyConstraint("sale_id", "position"),
)

sale_tender = Table(
    "sale_tender",
    metadata,
    Column("sale_id", Text, ForeignKey("sale.sale_id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("tender_id", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("amount_minor", Integer, nullable=False),
    Column("reference", Text, nullable=False),
    Column("is_verified", Integer, nullable=False),
    Column("account_id", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("sale_id", "position"),
)

voided_sale = Table(
    "voided_sale",
    metadata,
    Column("sale_id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("business_day", Text, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("total_minor", Integer, nullable=False),
    Column("shift_id", Text, nullable=False, server_default="", index=True),
    Column("cashier_id", Text, nullable=False, server_default=""),
    Column("ended_at_ms", Integer, nullable=False, server_default="0"),
)

tender_correction = Table(
    "tender_correction",
    metadata,
    Column("correction_id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("sale_id", Text, ForeignKey("sale.sale_id"), nullable=False, index=True),
    Column("tender_id", Text, nullable=False, unique=True),
    Column("from_key", Text, nullable=False),
    Column("to_key", Text, nullable=False),
    Column("amount_minor", Integer, nullable=False),
    Column("cashier_name", Text, nullable=False),
    Column("business_day", Text, nullable=False, index=True),
    Column("shift_id", Text, nullable=False, server_default="", index=True),
    Column("cashier_id", Text, nullable=False, server_default=""),
    Column("ended_at_ms", Integer, nullable=False, server_default="0"),
)

stock_move = Table(
    "stock_move",
    metadata,
    Column("document_id", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("item_id", Text, nullable=False, index=True),
    Column("thousandths", Integer, nullable=False),
    Column("business_day", Text, nullable=False),
    # domain.stock_document.StockKind; "" for what a ticket sold or took back.
    Column("kind", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("document_id", "position"),
)

stock_balance = Table(
    "stock_balance",
    metadata,
    Column("item_id", Text, primary_key=True),
    Column("thousandths", Integer, nullable=False),
)

money_move = Table(
    "money_move",
    metadata,
    Column("document_id", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("tender_key", Text, nullable=False),
    Column("amount_minor", Integer, nullable=False),
    Column("business_day", Text, nullable=False),
    Column("shift_id", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("document_id", "position"),
)

money_balance = Table(
    "money_balance",
    metadata,
    Column("tender_key", Text, primary_key=True),
    Column("amount_minor", Integer, nullable=False),
)

number_series = Table(
    "number_series",
    metadata,
    Column("till", Text, nullable=False),
    Column("series", Text, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("till", "series"),
)

open_sale = Table(
    "open_sale",
    metadata,
    Column("slot", Integer, primary_key=True),
    Column("basket_id", Text, nullable=False),
    Column("cashier_id", Text, nullable=False),
    Column("business_day", Text, nullable=False),
    Column("started_at_ms", Integer, nullable=False),
)

intent = Table(
    "intent",
    metadata,
    Column("basket_id", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", PackedText, nullable=False),
    Column("accepted_at_ms", Integer, nullable=False),
    PrimaryKeyConstraint("basket_id", "position"),
)

print_job = Table(
    "print_job",
    metadata,
    Column("job_id", Text, primary_key=True),
    Column("document_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("copy_number", Integer, nullable=False),
    Column("printer", Text, nullable=False),
    Column("layout", PackedText, nullable=False),
    Column("opens_drawer", Integer, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("offset_bytes", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("queued_at_ms", Integer, nullable=False),
    UniqueConstraint("document_id", "kind", "copy_number"),
)

lockout = Table(
    "lockout",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("until_ms", Integer),
)

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
