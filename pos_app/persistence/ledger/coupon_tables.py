"""The tables of ledger.db for coupons: their facts, what they come to, and from where."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, Table
from sqlalchemy import PrimaryKeyConstraint as Key
from sqlalchemy import Text as TextType

from pos_app.persistence.ledger.tables import metadata

#: Each version of what coupons promise; `body` is the whole of it (domain.codec).
coupon_template = Table(
    "coupon_template",
    metadata,
    Column("template_id", TextType, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", TextType, nullable=False),
    Column("promotion_id", TextType, nullable=False),
    Column("body", TextType, nullable=False),
    Column("made_at_ms", Integer, nullable=False),
    Column("made_by", TextType, nullable=False),
    Key("template_id", "version"),
)

#: Coupons that are made together.
coupon_batch = Table(
    "coupon_batch",
    metadata,
    Column("batch_id", TextType, primary_key=True),
    Column("template_id", TextType, nullable=False),
    Column("template_version", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("partner_id", TextType, nullable=False),  # "" for the shop itself
    Column("note", TextType, nullable=False),
    Column("made_at_ms", Integer, nullable=False),
    Column("made_by", TextType, nullable=False),
    ForeignKeyConstraint(
        ["template_id", "template_version"],
        ["coupon_template.template_id", "coupon_template.version"],
    ),
)

#: A batch that was revoked: nothing of it is given out any more.
coupon_batch_end = Table(
    "coupon_batch_end",
    metadata,
    Column("batch_id", TextType, primary_key=True),
    Column("at_ms", Integer, nullable=False),
    Column("ended_by", TextType, nullable=False),
    Column("reason", TextType, nullable=False),
    ForeignKeyConstraint(["batch_id"], ["coupon_batch.batch_id"]),
)

#: What was agreed with a partner; the newest version holds.
partner_terms = Table(
    "partner_terms",
    metadata,
    Column("partner_id", TextType, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", TextType, nullable=False),
    Column("bears_millionths", Integer, nullable=False),
    Column("fee_minor", Integer, nullable=False),
    Column("is_ended", Integer, nullable=False),
    Column("made_at_ms", Integer, nullable=False),
    Column("made_by", TextType, nullable=False),
    Key("partner_id", "version"),
)

#: Everything that ever happened to a coupon, in order.
coupon_fact = Table(
    "coupon_fact",
    metadata,
    Column("coupon_id", TextType, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("fact_id", TextType, nullable=False),
    Column("kind", TextType, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("body", TextType, nullable=False),
    Column("cause", TextType, nullable=False),  # given for once; "" for none
    Key("coupon_id", "seq"),
)
Index(
    "ix_coupon_fact_at",
    coupon_fact.c.at_ms,
    coupon_fact.c.kind,
    coupon_fact.c.coupon_id,
)
Index("ix_coupon_fact_id", coupon_fact.c.fact_id, unique=True)
Index(
    "ix_coupon_fact_cause",
    coupon_fact.c.cause,
    unique=True,
    sqlite_where=coupon_fact.c.cause != "",
)

#: On which units of a sale a coupon's saving lies; a run of units that save the same.
coupon_carried = Table(
    "coupon_carried",
    metadata,
    Column("coupon_id", TextType, nullable=False),
    Column("sale_id", TextType, nullable=False),
    Column("position", Integer, nullable=False),
    Column("line_position", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("sold_thousandths", Integer, nullable=False),
    Column("is_by_piece", Integer, nullable=False),
    Column("savings", TextType, nullable=False),  # [[count, each], ...]
    Key("coupon_id", "sale_id", "position"),
    ForeignKeyConstraint(["sale_id"], ["sale.sale_id"]),
)

#: What a coupon's facts come to, so that it is found; the facts prove it.
coupon = Table(
    "coupon",
    metadata,
    Column("coupon_id", TextType, primary_key=True),
    Column("template_id", TextType, nullable=False),
    Column("template_version", Integer, nullable=False),
    Column("batch_id", TextType, nullable=False),
    Column("code_digest", TextType, nullable=False),  # "" for a signed one
    Column("parent_id", TextType, nullable=False),
    Column("state", TextType, nullable=False),
    Column("member_id", TextType, nullable=False),
    Column("issued_at_ms", Integer, nullable=False),
    Column("starts_at_ms", Integer),
    Column("ends_at_ms", Integer),
    Column("value_minor", Integer),
    Column("basket_id", TextType, nullable=False),
    Column("reserved_until_ms", Integer),
    Column("sale_id", TextType, nullable=False),
    Column("saving_minor", Integer, nullable=False),  # of the sale that has it
    Column("shared_minor", Integer, nullable=False),  # of that, given back
    Column("redeemed_at_ms", Integer),
    Column("facts", Integer, nullable=False),
)
Index(
    "ix_coupon_digest",
    coupon.c.code_digest,
    unique=True,
    sqlite_where=coupon.c.code_digest != "",
)
Index("ix_coupon_member", coupon.c.member_id, coupon.c.state)
Index("ix_coupon_template", coupon.c.template_id, coupon.c.state)
Index("ix_coupon_batch", coupon.c.batch_id, coupon.c.state)
Index("ix_coupon_end", coupon.c.state, coupon.c.ends_at_ms)
Index(
    "ix_coupon_basket",
    coupon.c.basket_id,
    sqlite_where=coupon.c.basket_id != "",
)
Index("ix_coupon_sale", coupon.c.sale_id, sqlite_where=coupon.c.sale_id != "")

#: Facts: never changed, never deleted (law 3).
INSERT_ONLY = (
    coupon_template,
    coupon_batch,
    coupon_batch_end,
    partner_terms,
    coupon_fact,
    coupon_carried,
)
