"""The tables of ledger.db for members, their indices, consents and merges.

`member_key` is a short name of a member within this file only: a million members have
eight rows each to be found by. Everything else in the ledger names `member_id`.
Every table here has rowids: what is left of a damaged ledger is found by them.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from pos_app.persistence.ledger.tables import metadata, sale

Index(
    "ix_sale_member",
    sale.c.member_id,
    sale.c.ended_at_ms,
    sqlite_where=text("member_id <> ''"),
)

#: What stays of a person who is erased; id, number and beginning never change.
member = Table(
    "member",
    metadata,
    Column("member_key", Integer, primary_key=True),
    Column("member_id", Text, nullable=False, unique=True),
    # 64 bits, as SQLite's signed integer (`member_numbers.stored`).
    Column("number", Integer, nullable=False, unique=True),
    Column("enrolled_at_ms", Integer, nullable=False, index=True),
    Column("enrolled_by", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("staff_id", Text, nullable=False, server_default=""),
    # For lists only; the tier's moves are the truth.
    Column("tier", Text, nullable=False, server_default=""),
    Column("last_visit_ms", Integer, nullable=False, server_default="0", index=True),
    Column("erased_at_ms", Integer),
)
Index(
    "ix_member_tier",
    member.c.tier,
    sqlite_where=text("tier <> ''"),
)
Index("ix_member_staff", member.c.staff_id, sqlite_where=text("staff_id <> ''"))
Index(
    "ix_member_erased",
    member.c.erased_at_ms,
    sqlite_where=text("erased_at_ms IS NOT NULL"),
)


def _whose() -> Column[int]:
    return Column(
        "member_key", Integer, ForeignKey("member.member_key"), nullable=False
    )


#: Sealed; both empty once the person is erased.
member_profile = Table(
    "member_profile",
    metadata,
    Column("member_key", Integer, ForeignKey("member.member_key"), primary_key=True),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

#: Last four digits and words of names; a projection of the profile.
member_index = Table(
    "member_index",
    metadata,
    Column("kind", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    _whose(),
    PrimaryKeyConstraint("kind", "digest", "member_key"),
)
Index("ix_member_index_member", member_index.c.member_key)

#: Whose number it is or was; the digest is emptied when the person is erased.
member_phone = Table(
    "member_phone",
    metadata,
    Column("holding", Integer, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    _whose(),
    Column("since_ms", Integer, nullable=False),
    Column("until_ms", Integer),
    Column("why", Text),
)
Index(
    "ix_member_phone_open",
    member_phone.c.digest,
    unique=True,
    sqlite_where=text("until_ms IS NULL"),
)
Index("ix_member_phone_member", member_phone.c.member_key)

#: A keyed digest of each number ever enrolled; it stays and names nobody.
phone_seen = Table(
    "phone_seen",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("first_at_ms", Integer, nullable=False),
    Column("last_at_ms", Integer, nullable=False),
    Column("members", Integer, nullable=False),
)

newcomer_given = Table(
    "newcomer_given",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("at_ms", Integer, nullable=False),
)

member_card = Table(
    "member_card",
    metadata,
    Column("card", Integer, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    _whose(),
    Column("shown", Text, nullable=False),
    Column("since_ms", Integer, nullable=False),
    Column("until_ms", Integer),
)
Index(
    "ix_member_card_open",
    member_card.c.digest,
    unique=True,
    sqlite_where=text("until_ms IS NULL"),
)
Index("ix_member_card_member", member_card.c.member_key)

member_tag = Table(
    "member_tag",
    metadata,
    Column("tag", Text, nullable=False),
    _whose(),
    PrimaryKeyConstraint("tag", "member_key"),
)
Index("ix_member_tag_member", member_tag.c.member_key)

#: Public keys of phones that show rotating codes.
member_token = Table(
    "member_token",
    metadata,
    _whose(),
    Column("public_key", LargeBinary, nullable=False),
    Column("added_at_ms", Integer, nullable=False),
    Column("withdrawn_at_ms", Integer),
    PrimaryKeyConstraint("member_key", "public_key"),
)

#: The newest step of each number whose code was taken; it only grows.
member_code_step = Table(
    "member_code_step",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("step", Integer, nullable=False),
)

member_consent = Table(
    "member_consent",
    metadata,
    Column("entry_id", Text, primary_key=True),
    Column("member_id", Text, nullable=False, index=True),
    Column("purpose", Text, nullable=False),
    Column("text_version", Text, nullable=False),
    Column("is_given", Integer, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("how", Text, nullable=False),
)

member_merge = Table(
    "member_merge",
    metadata,
    Column("merge_id", Text, primary_key=True),
    Column("kept_id", Text, nullable=False, index=True),
    Column("absorbed_id", Text, nullable=False, index=True),
    Column("at_ms", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

member_merge_undone = Table(
    "member_merge_undone",
    metadata,
    Column("merge_id", Text, ForeignKey("member_merge.merge_id"), primary_key=True),
    Column("at_ms", Integer, nullable=False),
    Column("by", Text, nullable=False),
)

#: Never changed, never deleted.
APPEND_ONLY = (newcomer_given, member_consent, member_merge, member_merge_undone)
#: Ways in which other tables are kept from saying what is not true.
GUARDS = {
    "member_stays": (
        "CREATE TRIGGER member_stays BEFORE UPDATE ON member "
        "WHEN NEW.member_key <> OLD.member_key OR NEW.member_id <> OLD.member_id "
        "OR NEW.number <> OLD.number OR NEW.enrolled_at_ms <> OLD.enrolled_at_ms "
        "OR (OLD.erased_at_ms IS NOT NULL "
        "AND NEW.erased_at_ms IS NOT OLD.erased_at_ms) "
        "BEGIN SELECT RAISE(ABORT, 'a member stays who it is'); END"
    ),
    "member_is_kept": (
        "CREATE TRIGGER member_is_kept BEFORE DELETE ON member "
        "BEGIN SELECT RAISE(ABORT, 'a member is erased, never deleted'); END"
    ),
    "member_profile_stays_erased": (
        "CREATE TRIGGER member_profile_stays_erased BEFORE UPDATE ON member_profile "
        "WHEN length(OLD.wrapped_key) = 0 AND length(NEW.wrapped_key) > 0 "
        "BEGIN SELECT RAISE(ABORT, 'who was erased stays erased'); END"
    ),
    "member_profile_no_delete": (
        "CREATE TRIGGER member_profile_no_delete BEFORE DELETE ON member_profile "
        "BEGIN SELECT RAISE(ABORT, 'a profile is emptied, never deleted'); END"
    ),
    "member_phone_only_ends": (
        "CREATE TRIGGER member_phone_only_ends BEFORE UPDATE ON member_phone "
        "WHEN NEW.member_key <> OLD.member_key OR NEW.since_ms <> OLD.since_ms "
        "OR (OLD.until_ms IS NOT NULL AND (NEW.until_ms IS NOT OLD.until_ms "
        "OR NEW.why IS NOT OLD.why)) "
        "OR (NEW.digest <> OLD.digest AND length(NEW.digest) > 0) "
        "BEGIN SELECT RAISE(ABORT, 'a number that was held only ends'); END"
    ),
    "member_phone_no_delete": (
        "CREATE TRIGGER member_phone_no_delete BEFORE DELETE ON member_phone "
        "BEGIN SELECT RAISE(ABORT, 'a number that was held is not forgotten'); END"
    ),
    "phone_seen_no_delete": (
        "CREATE TRIGGER phone_seen_no_delete BEFORE DELETE ON phone_seen "
        "BEGIN SELECT RAISE(ABORT, 'a number that was seen is not forgotten'); END"
    ),
    "phone_seen_only_grows": (
        "CREATE TRIGGER phone_seen_only_grows BEFORE UPDATE ON phone_seen "
        "WHEN NEW.digest <> OLD.digest OR NEW.first_at_ms <> OLD.first_at_ms "
        "OR NEW.members <= OLD.members "
        "BEGIN SELECT RAISE(ABORT, 'a number that was seen is counted up'); END"
    ),
    "member_code_step_only_grows": (
        "CREATE TRIGGER member_code_step_only_grows BEFORE UPDATE ON "
        "member_code_step WHEN NEW.step <= OLD.step OR NEW.number <> OLD.number "
        "BEGIN SELECT RAISE(ABORT, 'a code is taken once'); END"
    ),
    "member_code_step_no_delete": (
        "CREATE TRIGGER member_code_step_no_delete BEFORE DELETE ON "
        "member_code_step BEGIN SELECT RAISE(ABORT, 'a code is taken once'); END"
    ),
}
