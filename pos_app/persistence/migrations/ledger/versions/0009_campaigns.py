"""Reward rules, what they gave, referrals, segments."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATEMENTS: tuple[str, ...] = (
    """
CREATE TABLE reward_rule (
    rule_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    text TEXT NOT NULL,
    made_at_ms INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (rule_id, version)
)
""",
    """
CREATE TABLE reward_switch (
    switch_id TEXT NOT NULL,
    rule_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    is_on INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    PRIMARY KEY (switch_id)
)
""",
    """
CREATE INDEX ix_reward_switch_rule ON reward_switch (rule_id, at_ms)
""",
    """
CREATE TABLE reward_given (
    "key" TEXT NOT NULL,
    rule_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    member_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    business_day TEXT NOT NULL,
    cost_minor INTEGER NOT NULL,
    earn_percent INTEGER NOT NULL,
    template_ids TEXT NOT NULL,
    coupon_ids TEXT NOT NULL,
    PRIMARY KEY ("key")
)
""",
    """
CREATE INDEX ix_reward_given_member ON reward_given (member_id, rule_id, business_day)
""",
    """
CREATE INDEX ix_reward_given_rule ON reward_given (rule_id, at_ms)
""",
    """
CREATE TABLE reward_taken_back (
    "key" TEXT NOT NULL,
    document_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY ("key")
)
""",
    """
CREATE TABLE reward_earned (
    "key" TEXT NOT NULL,
    sale_id TEXT NOT NULL,
    PRIMARY KEY ("key", sale_id)
)
""",
    """
CREATE TABLE reward_balance (
    rule_id TEXT NOT NULL,
    given INTEGER NOT NULL,
    cost_minor INTEGER NOT NULL,
    taken_back INTEGER NOT NULL,
    PRIMARY KEY (rule_id)
)
""",
    """
CREATE TABLE referral_fact (
    friend_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    sale_id TEXT NOT NULL,
    referrer_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    spend_minor INTEGER NOT NULL,
    returnable_until_ms INTEGER NOT NULL,
    PRIMARY KEY (friend_id, kind, sale_id)
)
""",
    """
CREATE INDEX ix_referral_fact_referrer ON referral_fact (referrer_id) WHERE referrer_id != ''
""",
    """
CREATE INDEX ix_referral_fact_sale ON referral_fact (sale_id) WHERE sale_id != ''
""",
    """
CREATE TABLE campaign_opt_out (
    member_id TEXT NOT NULL,
    what TEXT NOT NULL,
    position INTEGER NOT NULL,
    is_out INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    PRIMARY KEY (member_id, what, position)
)
""",
    """
CREATE TABLE segment_rule (
    segment_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    made_at_ms INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (segment_id, version)
)
""",
    """
CREATE TABLE segment_member (
    segment_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (segment_id, member_id)
)
""",
    """
CREATE INDEX ix_segment_member_member ON segment_member (member_id, tag)
""",
    """
CREATE INDEX ix_segment_member_tag ON segment_member (tag, member_id)
""",
    """
CREATE TABLE member_score (
    member_id TEXT NOT NULL,
    last_on TEXT NOT NULL,
    visits INTEGER NOT NULL,
    spend_minor INTEGER NOT NULL,
    recency INTEGER NOT NULL,
    frequency INTEGER NOT NULL,
    money INTEGER NOT NULL,
    rfm_group TEXT NOT NULL,
    PRIMARY KEY (member_id)
)
""",
    """
CREATE INDEX ix_member_score_last_on ON member_score (last_on)
""",
    """
CREATE INDEX ix_member_score_rfm_group ON member_score (rfm_group)
""",
    """
CREATE TABLE campaign_state (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
)
""",
    """
CREATE INDEX ix_sale_reverses ON sale (reverses) WHERE reverses != ''
""",
    """
CREATE TRIGGER reward_rule_no_update BEFORE UPDATE ON reward_rule BEGIN SELECT RAISE(ABORT, 'reward_rule is append-only'); END
""",
    """
CREATE TRIGGER reward_rule_no_delete BEFORE DELETE ON reward_rule BEGIN SELECT RAISE(ABORT, 'reward_rule is append-only'); END
""",
    """
CREATE TRIGGER reward_switch_no_update BEFORE UPDATE ON reward_switch BEGIN SELECT RAISE(ABORT, 'reward_switch is append-only'); END
""",
    """
CREATE TRIGGER reward_switch_no_delete BEFORE DELETE ON reward_switch BEGIN SELECT RAISE(ABORT, 'reward_switch is append-only'); END
""",
    """
CREATE TRIGGER reward_given_no_update BEFORE UPDATE ON reward_given BEGIN SELECT RAISE(ABORT, 'reward_given is append-only'); END
""",
    """
CREATE TRIGGER reward_given_no_delete BEFORE DELETE ON reward_given BEGIN SELECT RAISE(ABORT, 'reward_given is append-only'); END
""",
    """
CREATE TRIGGER reward_taken_back_no_update BEFORE UPDATE ON reward_taken_back BEGIN SELECT RAISE(ABORT, 'reward_taken_back is append-only'); END
""",
    """
CREATE TRIGGER reward_taken_back_no_delete BEFORE DELETE ON reward_taken_back BEGIN SELECT RAISE(ABORT, 'reward_taken_back is append-only'); END
""",
    """
CREATE TRIGGER reward_earned_no_update BEFORE UPDATE ON reward_earned BEGIN SELECT RAISE(ABORT, 'reward_earned is append-only'); END
""",
    """
CREATE TRIGGER reward_earned_no_delete BEFORE DELETE ON reward_earned BEGIN SELECT RAISE(ABORT, 'reward_earned is append-only'); END
""",
    """
CREATE TRIGGER referral_fact_no_update BEFORE UPDATE ON referral_fact BEGIN SELECT RAISE(ABORT, 'referral_fact is append-only'); END
""",
    """
CREATE TRIGGER referral_fact_no_delete BEFORE DELETE ON referral_fact BEGIN SELECT RAISE(ABORT, 'referral_fact is append-only'); END
""",
    """
CREATE TRIGGER campaign_opt_out_no_update BEFORE UPDATE ON campaign_opt_out BEGIN SELECT RAISE(ABORT, 'campaign_opt_out is append-only'); END
""",
    """
CREATE TRIGGER campaign_opt_out_no_delete BEFORE DELETE ON campaign_opt_out BEGIN SELECT RAISE(ABORT, 'campaign_opt_out is append-only'); END
""",
    """
CREATE TRIGGER segment_rule_no_update BEFORE UPDATE ON segment_rule BEGIN SELECT RAISE(ABORT, 'segment_rule is append-only'); END
""",
    """
CREATE TRIGGER segment_rule_no_delete BEFORE DELETE ON segment_rule BEGIN SELECT RAISE(ABORT, 'segment_rule is append-only'); END
""",
)


def upgrade() -> None:
    """Only add (law 2)."""
    for statement in STATEMENTS:
        op.execute(statement)
