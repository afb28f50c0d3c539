"""The tables of ledger.db for points, tiers and the programme."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table
from sqlalchemy import Text as TextType

from pos_app.persistence.ledger.tables import metadata
from pos_app.persistence.packing import PackedText

#: Every rule of the programme; a change is another version.
programme_version = Table(
    "programme_version",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("body", TextType, nullable=False),  # JSON of `Programme`
    Column("made_at_ms", Integer, nullable=False),
    Column("made_by", TextType, nullable=False),
    Column("approved_by", TextType, nullable=False),
)

#: Points that came together; `member_id` as the ticket had it, never the merged one.
point_lot = Table(
    "point_lot",
    metadata,
    Column("lot_id", TextType, primary_key=True),
    Column("member_id", TextType, nullable=False),
    Column("kind", TextType, nullable=False),
    Column("event_id", TextType, nullable=False),
    Column("made_at_ms", Integer, nullable=False),
    Column("active_at_ms", Integer, nullable=False),
    Column("expires_at_ms", Integer),
    Column("origin", TextType, nullable=False),  # "" but for grace lots
)
Index("ix_point_lot_member", point_lot.c.member_id, point_lot.c.made_at_ms)
Index("ix_point_lot_event", point_lot.c.event_id)
Index("ix_point_lot_origin", point_lot.c.origin, sqlite_where=point_lot.c.origin != "")
Index(
    "ix_point_lot_waits",
    point_lot.c.active_at_ms,
    sqlite_where=point_lot.c.active_at_ms > point_lot.c.made_at_ms,
)

#: Points in or out of a lot, of the lot's member.
point_move = Table(
    "point_move",
    metadata,
    Column("move_id", TextType, primary_key=True),
    Column("lot_id", TextType, nullable=False, index=True),
    Column("member_id", TextType, nullable=False),
    Column("kind", TextType, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("event_id", TextType, nullable=False, index=True),
    Column("of_move", TextType, nullable=False),
    Column("position", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)
Index("ix_point_move_member", point_move.c.member_id, point_move.c.at_ms)
Index("ix_point_move_at", point_move.c.at_ms, point_move.c.kind, point_move.c.points)
Index(
    "ix_point_move_undoes",
    point_move.c.of_move,
    sqlite_where=point_move.c.of_move != "",
)

#: How the points of a sale lie on its single units; for its returns.
point_split = Table(
    "point_split",
    metadata,
    Column("event_id", TextType, nullable=False),
    Column("kind", TextType, nullable=False),
    Column("member_id", TextType, nullable=False),
    Column("lines", TextType, nullable=False),  # JSON, see `point_codec`
    PrimaryKeyConstraint("event_id", "kind"),
)

#: The projection: what is left in each lot; a debt is below zero. Lots that are
#: empty have no row, so that a balance is a few rows however old a member is.
point_left = Table(
    "point_left",
    metadata,
    Column("lot_id", TextType, primary_key=True),
    Column("member_id", TextType, nullable=False, index=True),
    Column("points", Integer, nullable=False),
    Column("expires_at_ms", Integer, index=True),
)

#: What a sale added to the metric of tiers, or a return took off it.
tier_metric = Table(
    "tier_metric",
    metadata,
    Column("entry_id", TextType, primary_key=True),
    Column("member_id", TextType, nullable=False),
    Column("sale_id", TextType, nullable=False, index=True),
    Column("sold_at_ms", Integer, nullable=False),
    Column("known_at_ms", Integer, nullable=False),
    Column("spend_minor", Integer, nullable=False),
)
Index("ix_tier_metric_member", tier_metric.c.member_id, tier_metric.c.sold_at_ms)

#: Every change of a member's tier, in the order in which it was written.
tier_move = Table(
    "tier_move",
    metadata,
    Column("step", Integer, primary_key=True),
    Column("member_id", TextType, nullable=False, index=True),
    Column("event_id", TextType, nullable=False, index=True),
    Column("kind", TextType, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("from_tier", TextType, nullable=False),
    Column("to_tier", TextType, nullable=False),
    Column("kept_until_ms", Integer),
    Column("cancels", TextType, nullable=False),
)
Index("ix_tier_move_at", tier_move.c.at_ms)

#: The projection: the tier of each id that has one, and when it ends.
tier_standing = Table(
    "tier_standing",
    metadata,
    Column("member_id", TextType, primary_key=True),
    Column("tier", TextType, nullable=False),
    Column("kept_until_ms", Integer, index=True),
)

#: What a member is told before points or a tier end; each once.
notice_sent = Table(
    "notice_sent",
    metadata,
    Column("member_id", TextType, nullable=False),
    Column("key", TextType, nullable=False),  # "points/2027-03-31/30"
    Column("at_ms", Integer, nullable=False, index=True),
    Column("points", Integer, nullable=False),  # or what is missing to keep a tier
    PrimaryKeyConstraint("member_id", "key"),
)

#: What a ticket told its member: a reprint tells the same.
ticket_fact = Table(
    "ticket_fact",
    metadata,
    Column("sale_id", TextType, primary_key=True),
    Column("body", PackedText, nullable=False),  # JSON of `TicketFacts`, no codes
)

#: Which steps of the night were done for which day.
night_done = Table(
    "night_done",
    metadata,
    Column("business_day", TextType, nullable=False),
    Column("step", TextType, nullable=False),
    Column("at_ms", Integer, nullable=False),
    PrimaryKeyConstraint("business_day", "step"),
)
