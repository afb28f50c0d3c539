"""Members, their indices, consents and merges."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATEMENTS: tuple[str, ...] = (
    """
ALTER TABLE sale ADD COLUMN member_id TEXT NOT NULL DEFAULT ''
""",
    """
ALTER TABLE sale ADD COLUMN member_means TEXT NOT NULL DEFAULT ''
""",
    """
ALTER TABLE sale ADD COLUMN member_strength TEXT NOT NULL DEFAULT ''
""",
    """
CREATE INDEX ix_sale_member ON sale (member_id, ended_at_ms) WHERE member_id <> ''
""",
    """
CREATE TABLE member (
    member_key INTEGER NOT NULL,
    member_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    enrolled_at_ms INTEGER NOT NULL,
    enrolled_by TEXT NOT NULL,
    source TEXT NOT NULL,
    staff_id TEXT DEFAULT '' NOT NULL,
    tier TEXT DEFAULT '' NOT NULL,
    last_visit_ms INTEGER DEFAULT '0' NOT NULL,
    erased_at_ms INTEGER,
    PRIMARY KEY (member_key),
    UNIQUE (member_id),
    UNIQUE (number)
)
""",
    """
CREATE INDEX ix_member_enrolled_at_ms ON member (enrolled_at_ms)
""",
    """
CREATE INDEX ix_member_erased ON member (erased_at_ms) WHERE erased_at_ms IS NOT NULL
""",
    """
CREATE INDEX ix_member_last_visit_ms ON member (last_visit_ms)
""",
    """
CREATE INDEX ix_member_staff ON member (staff_id) WHERE staff_id <> ''
""",
    """
CREATE INDEX ix_member_tier ON member (tier) WHERE tier <> ''
""",
    """
CREATE TABLE member_profile (
    member_key INTEGER NOT NULL,
    wrapped_key BLOB NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (member_key),
    FOREIGN KEY(member_key) REFERENCES member (member_key)
)
""",
    """
CREATE TABLE member_index (
    kind INTEGER NOT NULL,
    digest BLOB NOT NULL,
    member_key INTEGER NOT NULL,
    PRIMARY KEY (kind, digest, member_key),
    FOREIGN KEY(member_key) REFERENCES member (member_key)
)
""",
    """
CREATE INDEX ix_member_index_member ON member_index (member_key)
""",
    """
CREATE TABLE member_phone (
    holding INTEGER NOT NULL,
    digest BLOB NOT NULL,
    member_key INTEGER NOT NULL,
    since_ms INTEGER NOT NULL,
    until_ms INTEGER,
    why TEXT,
    PRIMARY KEY (holding),
    FOREIGN KEY(member_key) REFERENCES member (member_key)
)
""",
    """
CREATE INDEX ix_member_phone_member ON member_phone (member_key)
""",
    """
CREATE UNIQUE INDEX ix_member_phone_open ON member_phone (digest) WHERE until_ms IS NULL
""",
    """
CREATE TABLE phone_seen (
    digest BLOB NOT NULL,
    first_at_ms INTEGER NOT NULL,
    last_at_ms INTEGER NOT NULL,
    members INTEGER NOT NULL,
    PRIMARY KEY (digest)
)
""",
    """
CREATE TABLE newcomer_given (
    digest BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (digest)
)
""",
    """
CREATE TABLE member_card (
    card INTEGER NOT NULL,
    digest BLOB NOT NULL,
    member_key INTEGER NOT NULL,
    shown TEXT NOT NULL,
    since_ms INTEGER NOT NULL,
    until_ms INTEGER,
    PRIMARY KEY (card),
    FOREIGN KEY(member_key) REFERENCES member (member_key)
)
""",
    """
CREATE INDEX ix_member_card_member ON member_card (member_key)
""",
    """
CREATE UNIQUE INDEX ix_member_card_open ON member_card (digest) WHERE until_ms IS NULL
""",
    """
CREATE TABLE member_tag (
    tag TEXT NOT NULL,
    member_key INTEGER NOT NULL,
    PRIMARY KEY (tag, member_key),
    FOREIGN KEY(member_key) REFERENCES member (member_key)
)
""",
    """
CREATE INDEX ix_member_tag_member ON member_tag (member_key)
""",
    """
CREATE TABLE member_token (
    member_key INTEGER NOT NULL,
    public_key BLOB NOT NULL,
    added_at_ms INTEGER NOT NULL,
    withdrawn_at_ms INTEGER,
    PRIMARY KEY (member_key, public_key),
    FOREIGN KEY(member_key) REFERENCES member (member_key)
)
""",
    """
CREATE TABLE member_code_step (
    number INTEGER NOT NULL,
    step INTEGER NOT NULL,
    PRIMARY KEY (number)
)
""",
    """
CREATE TABLE member_consent (
    entry_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    text_version TEXT NOT NULL,
    is_given INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    how TEXT NOT NULL,
    PRIMARY KEY (entry_id)
)
""",
    """
CREATE INDEX ix_member_consent_member_id ON member_consent (member_id)
""",
    """
CREATE TABLE member_merge (
    merge_id TEXT NOT NULL,
    kept_id TEXT NOT NULL,
    absorbed_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (merge_id)
)
""",
    """
CREATE INDEX ix_member_merge_absorbed_id ON member_merge (absorbed_id)
""",
    """
CREATE INDEX ix_member_merge_kept_id ON member_merge (kept_id)
""",
    """
CREATE TABLE member_merge_undone (
    merge_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    PRIMARY KEY (merge_id),
    FOREIGN KEY(merge_id) REFERENCES member_merge (merge_id)
)
""",
    """
CREATE TRIGGER newcomer_given_no_update BEFORE UPDATE ON newcomer_given BEGIN SELECT RAISE(ABORT, 'newcomer_given is append-only'); END
""",
    """
CREATE TRIGGER newcomer_given_no_delete BEFORE DELETE ON newcomer_given BEGIN SELECT RAISE(ABORT, 'newcomer_given is append-only'); END
""",
    """
CREATE TRIGGER member_consent_no_update BEFORE UPDATE ON member_consent BEGIN SELECT RAISE(ABORT, 'member_consent is append-only'); END
""",
    """
CREATE TRIGGER member_consent_no_delete BEFORE DELETE ON member_consent BEGIN SELECT RAISE(ABORT, 'member_consent is append-only'); END
""",
    """
CREATE TRIGGER member_merge_no_update BEFORE UPDATE ON member_merge BEGIN SELECT RAISE(ABORT, 'member_merge is append-only'); END
""",
    """
CREATE TRIGGER member_merge_no_delete BEFORE DELETE ON member_merge BEGIN SELECT RAISE(ABORT, 'member_merge is append-only'); END
""",
    """
CREATE TRIGGER member_merge_undone_no_update BEFORE UPDATE ON member_merge_undone BEGIN SELECT RAISE(ABORT, 'member_merge_undone is append-only'); END
""",
    """
CREATE TRIGGER member_merge_undone_no_delete BEFORE DELETE ON member_merge_undone BEGIN SELECT RAISE(ABORT, 'member_merge_undone is append-only'); END
""",
    """
CREATE TRIGGER member_stays BEFORE UPDATE ON member WHEN NEW.member_key <> OLD.member_key OR NEW.member_id <> OLD.member_id OR NEW.number <> OLD.number OR NEW.enrolled_at_ms <> OLD.enrolled_at_ms OR (OLD.erased_at_ms IS NOT NULL AND NEW.erased_at_ms IS NOT OLD.erased_at_ms) BEGIN SELECT RAISE(ABORT, 'a member stays who it is'); END
""",
    """
CREATE TRIGGER member_is_kept BEFORE DELETE ON member BEGIN SELECT RAISE(ABORT, 'a member is erased, never deleted'); END
""",
    """
CREATE TRIGGER member_profile_stays_erased BEFORE UPDATE ON member_profile WHEN length(OLD.wrapped_key) = 0 AND length(NEW.wrapped_key) > 0 BEGIN SELECT RAISE(ABORT, 'who was erased stays erased'); END
""",
    """
CREATE TRIGGER member_profile_no_delete BEFORE DELETE ON member_profile BEGIN SELECT RAISE(ABORT, 'a profile is emptied, never deleted'); END
""",
    """
CREATE TRIGGER member_phone_only_ends BEFORE UPDATE ON member_phone WHEN NEW.member_key <> OLD.member_key OR NEW.since_ms <> OLD.since_ms OR (OLD.until_ms IS NOT NULL AND (NEW.until_ms IS NOT OLD.until_ms OR NEW.why IS NOT OLD.why)) OR (NEW.digest <> OLD.digest AND length(NEW.digest) > 0) BEGIN SELECT RAISE(ABORT, 'a number that was held only ends'); END
""",
    """
CREATE TRIGGER member_phone_no_delete BEFORE DELETE ON member_phone BEGIN SELECT RAISE(ABORT, 'a number that was held is not forgotten'); END
""",
    """
CREATE TRIGGER phone_seen_no_delete BEFORE DELETE ON phone_seen BEGIN SELECT RAISE(ABORT, 'a number that was seen is not forgotten'); END
""",
    """
CREATE TRIGGER phone_seen_only_grows BEFORE UPDATE ON phone_seen WHEN NEW.digest <> OLD.digest OR NEW.first_at_ms <> OLD.first_at_ms OR NEW.members <= OLD.members BEGIN SELECT RAISE(ABORT, 'a number that was seen is counted up'); END
""",
    """
CREATE TRIGGER member_code_step_only_grows BEFORE UPDATE ON member_code_step WHEN NEW.step <= OLD.step OR NEW.number <> OLD.number BEGIN SELECT RAISE(ABORT, 'a code is taken once'); END
""",
    """
CREATE TRIGGER member_code_step_no_delete BEFORE DELETE ON member_code_step BEGIN SELECT RAISE(ABORT, 'a code is taken once'); END
""",
)


def upgrade() -> None:
    """Only add (law 2)."""
    for statement in STATEMENTS:
        op.execute(statement)
