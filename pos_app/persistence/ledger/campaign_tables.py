"""The tables of ledger.db for reward rules, what they gave, referrals, segments."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table
from sqlalchemy import Text as TextType

from pos_app.persistence.ledger.tables import metadata, sale

reward_rule = Table(
    "reward_rule",
    metadata,
    Column("rule_id", TextType, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", TextType, nullable=False),
    Column("trigger", TextType, nullable=False),
    Column("text", TextType, nullable=False),
    Column("made_at_ms", Integer, nullable=False),
    Column("made_by", TextType, nullable=False),
    PrimaryKeyConstraint("rule_id", "version"),
)

#: The newest one of a rule says whether it gives, and which version does.
reward_switch = Table(
    "reward_switch",
    metadata,
    Column("switch_id", TextType, primary_key=True),
    Column("rule_id", TextType, nullable=False),
    Column("version", Integer, nullable=False),
    Column("is_on", Integer, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("by", TextType, nullable=False),
    Column("approved_by", TextType, nullable=False),
)
Index("ix_reward_switch_rule", reward_switch.c.rule_id, reward_switch.c.at_ms)

#: The key names what was rewarded: no happening is rewarded twice, whatever the program
#: does. That of a newcomer is a digest that says nothing of anybody after an erasure.
reward_given = Table(
    "reward_given",
    metadata,
    Column("key", TextType, primary_key=True),
    Column("rule_id", TextType, nullable=False),
    Column("version", Integer, nullable=False),
    Column("member_id", TextType, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("business_day", TextType, nullable=False),
    Column("cost_minor", Integer, nullable=False),
    Column("earn_percent", Integer, nullable=False),
    Column("template_ids", TextType, nullable=False),  # JSON
    Column("coupon_ids", TextType, nullable=False),  # JSON
)
Index(
    "ix_reward_given_member",
    reward_given.c.member_id,
    reward_given.c.rule_id,
    reward_given.c.business_day,
)
Index("ix_reward_given_rule", reward_given.c.rule_id, reward_given.c.at_ms)

reward_taken_back = Table(
    "reward_taken_back",
    metadata,
    Column("key", TextType, primary_key=True),
    Column("document_id", TextType, nullable=False),
    Column("at_ms", Integer, nullable=False),
)

#: Which sale a gift that multiplies points went to; another one where it was undone.
reward_earned = Table(
    "reward_earned",
    metadata,
    Column("key", TextType, nullable=False),
    Column("sale_id", TextType, nullable=False),
    PrimaryKeyConstraint("key", "sale_id"),
)

#: The sums of the gifts, so that a budget is held against one row.
reward_balance = Table(
    "reward_balance",
    metadata,
    Column("rule_id", TextType, primary_key=True),
    Column("given", Integer, nullable=False),
    Column("cost_minor", Integer, nullable=False),
    Column("taken_back", Integer, nullable=False),
)

#: domain.coupon.referral: what is known of one friend.
referral_fact = Table(
    "referral_fact",
    metadata,
    Column("friend_id", TextType, nullable=False),
    Column("kind", TextType, nullable=False),
    Column("sale_id", TextType, nullable=False),  # "" where it is about none
    Column("referrer_id", TextType, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("spend_minor", Integer, nullable=False),
    Column("returnable_until_ms", Integer, nullable=False),
    PrimaryKeyConstraint("friend_id", "kind", "sale_id"),
)
Index(
    "ix_referral_fact_referrer",
    referral_fact.c.referrer_id,
    sqlite_where=referral_fact.c.referrer_id != "",
)
Index(
    "ix_referral_fact_sale",
    referral_fact.c.sale_id,
    sqlite_where=referral_fact.c.sale_id != "",
)

campaign_opt_out = Table(
    "campaign_opt_out",
    metadata,
    Column("member_id", TextType, nullable=False),
    Column("what", TextType, nullable=False),
    Column("position", Integer, nullable=False),
    Column("is_out", Integer, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("by", TextType, nullable=False),
    PrimaryKeyConstraint("member_id", "what", "position"),
)

segment_rule = Table(
    "segment_rule",
    metadata,
    Column("segment_id", TextType, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", TextType, nullable=False),
    Column("text", TextType, nullable=False),
    Column("made_at_ms", Integer, nullable=False),
    Column("made_by", TextType, nullable=False),
    PrimaryKeyConstraint("segment_id", "version"),
)

#: Who is in a segment; can be made anew from the sales.
segment_member = Table(
    "segment_member",
    metadata,
    Column("segment_id", TextType, nullable=False),
    Column("member_id", TextType, nullable=False),
    Column("tag", TextType, nullable=False),
    PrimaryKeyConstraint("segment_id", "member_id"),
)
Index("ix_segment_member_member", segment_member.c.member_id, segment_member.c.tag)
Index("ix_segment_member_tag", segment_member.c.tag, segment_member.c.member_id)

#: A person's sums and scores; can be made anew from the sales.
member_score = Table(
    "member_score",
    metadata,
    Column("member_id", TextType, primary_key=True),
    Column("last_on", TextType, nullable=False, index=True),
    Column("visits", Integer, nullable=False),
    Column("spend_minor", Integer, nullable=False),
    Column("recency", Integer, nullable=False),
    Column("frequency", Integer, nullable=False),
    Column("money", Integer, nullable=False),
    Column("rfm_group", TextType, nullable=False, index=True),
)

#: What the last night found: cuts of the scores, categories of a rule, which day it was.
campaign_state = Table(
    "campaign_state",
    metadata,
    Column("key", TextType, primary_key=True),
    Column("value", TextType, nullable=False),  # JSON
)

# A sale that was undone is no visit.
Index("ix_sale_reverses", sale.c.reverses, sqlite_where=sale.c.reverses != "")

#: What never changes once written; for `triggers`.
CAMPAIGN_FACTS = (
    reward_rule,
    reward_switch,
    reward_given,
    reward_taken_back,
    reward_earned,
    referral_fact,
    campaign_opt_out,
    segment_rule,
)
