"""The tables of ledger.db for the shop's day: returns, parked sales, shifts."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    func,
    literal_column,
)

from pos_app.persistence.ledger.tables import metadata, sale_tender

sale_step = Table(
    "sale_step",
    metadata,
    Column("sale_id", Text, ForeignKey("sale.sale_id"), nullable=False),
    Column("line_position", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # domain.reduction.StepKind
    Column("amount_minor", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("promotion_id", Text, nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default="0"),
    PrimaryKeyConstraint("sale_id", "line_position", "position"),
)

sale_return = Table(
    "sale_return",
    metadata,
    Column("sale_id", Text, ForeignKey("sale.sale_id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("line_id", Text, nullable=False),
    Column("origin_sale_id", Text, nullable=False),  # "" without a receipt
    Column("origin_number", Text, nullable=False),
    Column("origin_line_position", Integer, nullable=False),
    Column("taken_before_thousandths", Integer, nullable=False),
    Column("item_id", Text, nullable=False, index=True),
    Column("unit_id", Text, nullable=False),
    Column("sku", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("category_id", Text, nullable=False),
    Column("tax_category", Text, nullable=False),
    Column("quantity_thousandths", Integer, nullable=False),
    Column("list_minor", Integer, nullable=False),
    Column("discount_minor", Integer, nullable=False),
    Column("net_minor", Integer, nullable=False),
    Column("tax_minor", Integer, nullable=False),
    Column("rounding_minor", Integer, nullable=False),
    Column("own_rounding_minor", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("is_sellable", Integer, nullable=False),
    # What a promotion that is recomputed kept back of the refund; signed.
    Column("kept_net_minor", Integer, nullable=False, server_default="0"),
    Column("kept_tax_minor", Integer, nullable=False, server_default="0"),
    Column("kept_discount_minor", Integer, nullable=False, server_default="0"),
    PrimaryKeyConstraint("sale_id", "position"),
)
# No part of a sale comes back twice, whatever the program does.
Index(
    "ix_sale_return_part",
    sale_return.c.origin_sale_id,
    sale_return.c.origin_line_position,
    sale_return.c.taken_before_thousandths,
    unique=True,
    sqlite_where=sale_return.c.origin_sale_id != "",
)

# A receipt is looked for by the end of the card that paid it.
Index(
    "ix_sale_tender_reference_end",
    func.substr(sale_tender.c.reference, literal_column("-4")),
    sqlite_where=sale_tender.c.reference != "",
)

sale_return_tax = Table(
    "sale_return_tax",
    metadata,
    Column("sale_id", Text, ForeignKey("sale.sale_id"), nullable=False),
    Column("return_position", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("percentage_millionths", Integer, nullable=False),
    Column("base_minor", Integer, nullable=False),
    Column("tax_minor", Integer, nullable=False),
    PrimaryKeyConstraint("sale_id", "return_position", "position"),
)

sale_refund = Table(
    "sale_refund",
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

#: Open sales set aside; a row goes when its sale is resumed, voided or ended.
parked_sale = Table(
    "parked_sale",
    metadata,
    Column("basket_id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("cashier_id", Text, nullable=False),  # of the open sale
    Column("business_day", Text, nullable=False),  # of the open sale
    Column("started_at_ms", Integer, nullable=False),
    Column("parked_at_ms", Integer, nullable=False),
    Column("parked_by", Text, nullable=False),
    Column("parked_by_name", Text, nullable=False),
    Column("parked_day", Text, nullable=False),
    Column("total_minor", Integer, nullable=False),
    Column("item_count", Integer, nullable=False),
)

shift = Table(
    "shift",
    metadata,
    Column("shift_id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("drawer", Text, nullable=False),
    Column("business_day", Text, nullable=False, index=True),
    Column("opened_at_ms", Integer, nullable=False),
    Column("body", Text, nullable=False),  # the Shift as JSON, names included
)
Index("ix_shift_drawer", shift.c.drawer, shift.c.epoch, shift.c.seq)

shift_count = Table(
    "shift_count",
    metadata,
    Column("shift_id", Text, ForeignKey("shift.shift_id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("body", Text, nullable=False),  # the ShiftCount as JSON
    PrimaryKeyConstraint("shift_id", "position"),
)

shift_close = Table(
    "shift_close",
    metadata,
    Column("shift_id", Text, ForeignKey("shift.shift_id"), primary_key=True),
    Column("z_number", Text, nullable=False, unique=True),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("business_day", Text, nullable=False, index=True),
    Column("closed_at_ms", Integer, nullable=False),
    Column("difference_minor", Integer, nullable=False),
    Column("left_minor", Integer, nullable=False),
    Column("needs_review", Integer, nullable=False),
    Column("body", Text, nullable=False),  # the ShiftClose as JSON
)

# The few that wait for a review are found without reading the rest.
Index(
    "ix_shift_close_review",
    shift_close.c.epoch,
    shift_close.c.seq,
    sqlite_where=shift_close.c.needs_review == 1,
)

shift_review = Table(
    "shift_review",
    metadata,
    Column("shift_id", Text, ForeignKey("shift.shift_id"), primary_key=True),
    Column("reviewed_at_ms", Integer, nullable=False),
    Column("reviewed_by", Text, nullable=False),
    Column("reviewed_by_name", Text, nullable=False),
    Column("note", Text, nullable=False),
)

#: Running totals, provable from the documents of the shift.
shift_total = Table(
    "shift_total",
    metadata,
    Column("shift_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("amount_minor", Integer, nullable=False),
    PrimaryKeyConstraint("shift_id", "kind", "key"),
)

cash_move = Table(
    "cash_move",
    metadata,
    Column("move_id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("shift_id", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("amount_minor", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("staff_id", Text, nullable=False),
    Column("staff_name", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("business_day", Text, nullable=False, index=True),
    Column("at_ms", Integer, nullable=False),
)
