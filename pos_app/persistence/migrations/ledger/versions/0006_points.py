"""Points, tiers and the programme."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STATEMENTS: tuple[str, ...] = (
    """
CREATE TABLE programme_version (
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    made_at_ms INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    PRIMARY KEY (version)
)
""",
    """
CREATE TABLE point_lot (
    lot_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    event_id TEXT NOT NULL,
    made_at_ms INTEGER NOT NULL,
    active_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER,
    origin TEXT NOT NULL,
    PRIMARY KEY (lot_id)
)
""",
    """
CREATE INDEX ix_point_lot_event ON point_lot (event_id)
""",
    """
CREATE INDEX ix_point_lot_member ON point_lot (member_id, made_at_ms)
""",
    """
CREATE INDEX ix_point_lot_origin ON point_lot (origin) WHERE origin != ''
""",
    """
CREATE INDEX ix_point_lot_waits ON point_lot (active_at_ms) WHERE active_at_ms > made_at_ms
""",
    """
CREATE TABLE point_move (
    move_id TEXT NOT NULL,
    lot_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    points INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    of_move TEXT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (move_id)
)
""",
    """
CREATE INDEX ix_point_move_at ON point_move (at_ms, kind, points)
""",
    """
CREATE INDEX ix_point_move_event_id ON point_move (event_id)
""",
    """
CREATE INDEX ix_point_move_lot_id ON point_move (lot_id)
""",
    """
CREATE INDEX ix_point_move_member ON point_move (member_id, at_ms)
""",
    """
CREATE INDEX ix_point_move_undoes ON point_move (of_move) WHERE of_move != ''
""",
    """
CREATE TABLE point_split (
    event_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    member_id TEXT NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (event_id, kind)
)
""",
    """
CREATE TABLE point_left (
    lot_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    points INTEGER NOT NULL,
    expires_at_ms INTEGER,
    PRIMARY KEY (lot_id)
)
""",
    """
CREATE INDEX ix_point_left_expires_at_ms ON point_left (expires_at_ms)
""",
    """
CREATE INDEX ix_point_left_member_id ON point_left (member_id)
""",
    """
CREATE TABLE tier_metric (
    entry_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    sale_id TEXT NOT NULL,
    sold_at_ms INTEGER NOT NULL,
    known_at_ms INTEGER NOT NULL,
    spend_minor INTEGER NOT NULL,
    PRIMARY KEY (entry_id)
)
""",
    """
CREATE INDEX ix_tier_metric_member ON tier_metric (member_id, sold_at_ms)
""",
    """
CREATE TABLE tier_move (
    step INTEGER NOT NULL,
    member_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    from_tier TEXT NOT NULL,
    to_tier TEXT NOT NULL,
    kept_until_ms INTEGER,
    cancels TEXT NOT NULL,
    PRIMARY KEY (step)
)
""",
    """
CREATE INDEX ix_tier_move_at ON tier_move (at_ms)
""",
    """
CREATE INDEX ix_tier_move_event_id ON tier_move (event_id)
""",
    """
CREATE INDEX ix_tier_move_member_id ON tier_move (member_id)
""",
    """
CREATE TABLE tier_standing (
    member_id TEXT NOT NULL,
    tier TEXT NOT NULL,
    kept_until_ms INTEGER,
    PRIMARY KEY (member_id)
)
""",
    """
CREATE INDEX ix_tier_standing_kept_until_ms ON tier_standing (kept_until_ms)
""",
    """
CREATE TABLE notice_sent (
    member_id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    points INTEGER NOT NULL,
    PRIMARY KEY (member_id, "key")
)
""",
    """
CREATE INDEX ix_notice_sent_at_ms ON notice_sent (at_ms)
""",
    """
CREATE TABLE night_done (
    business_day TEXT NOT NULL,
    step TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (business_day, step)
)
""",
    """
CREATE TABLE ticket_fact (
    sale_id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (sale_id)
)
""",
    """
CREATE TRIGGER programme_version_no_update BEFORE UPDATE ON programme_version BEGIN SELECT RAISE(ABORT, 'programme_version is append-only'); END
""",
    """
CREATE TRIGGER programme_version_no_delete BEFORE DELETE ON programme_version BEGIN SELECT RAISE(ABORT, 'programme_version is append-only'); END
""",
    """
CREATE TRIGGER point_lot_no_update BEFORE UPDATE ON point_lot BEGIN SELECT RAISE(ABORT, 'point_lot is append-only'); END
""",
    """
CREATE TRIGGER point_lot_no_delete BEFORE DELETE ON point_lot BEGIN SELECT RAISE(ABORT, 'point_lot is append-only'); END
""",
    """
CREATE TRIGGER point_move_no_update BEFORE UPDATE ON point_move BEGIN SELECT RAISE(ABORT, 'point_move is append-only'); END
""",
    """
CREATE TRIGGER point_move_no_delete BEFORE DELETE ON point_move BEGIN SELECT RAISE(ABORT, 'point_move is append-only'); END
""",
    """
CREATE TRIGGER point_split_no_update BEFORE UPDATE ON point_split BEGIN SELECT RAISE(ABORT, 'point_split is append-only'); END
""",
    """
CREATE TRIGGER point_split_no_delete BEFORE DELETE ON point_split BEGIN SELECT RAISE(ABORT, 'point_split is append-only'); END
""",
    """
CREATE TRIGGER tier_metric_no_update BEFORE UPDATE ON tier_metric BEGIN SELECT RAISE(ABORT, 'tier_metric is append-only'); END
""",
    """
CREATE TRIGGER tier_metric_no_delete BEFORE DELETE ON tier_metric BEGIN SELECT RAISE(ABORT, 'tier_metric is append-only'); END
""",
    """
CREATE TRIGGER tier_move_no_update BEFORE UPDATE ON tier_move BEGIN SELECT RAISE(ABORT, 'tier_move is append-only'); END
""",
    """
CREATE TRIGGER tier_move_no_delete BEFORE DELETE ON tier_move BEGIN SELECT RAISE(ABORT, 'tier_move is append-only'); END
""",
    """
CREATE TRIGGER notice_sent_no_update BEFORE UPDATE ON notice_sent BEGIN SELECT RAISE(ABORT, 'notice_sent is append-only'); END
""",
    """
CREATE TRIGGER notice_sent_no_delete BEFORE DELETE ON notice_sent BEGIN SELECT RAISE(ABORT, 'notice_sent is append-only'); END
""",
    """
CREATE TRIGGER ticket_fact_no_update BEFORE UPDATE ON ticket_fact BEGIN SELECT RAISE(ABORT, 'ticket_fact is append-only'); END
""",
    """
CREATE TRIGGER ticket_fact_no_delete BEFORE DELETE ON ticket_fact BEGIN SELECT RAISE(ABORT, 'ticket_fact is append-only'); END
""",
)


def upgrade() -> None:
    """Only add (law 2)."""
    for statement in STATEMENTS:
        op.execute(statement)
