"""Stored value and gift cards."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STATEMENTS: tuple[str, ...] = (
    """
ALTER TABLE sale_tender ADD COLUMN account_id TEXT NOT NULL DEFAULT ''
""",
    """
ALTER TABLE sale_refund ADD COLUMN account_id TEXT NOT NULL DEFAULT ''
""",
    """
CREATE TABLE value_account (
    account_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    currency TEXT NOT NULL,
    member_id TEXT NOT NULL,
    code_digest TEXT NOT NULL,
    label TEXT NOT NULL,
    opened_at_ms INTEGER NOT NULL,
    opened_by TEXT NOT NULL,
    PRIMARY KEY (account_id)
)
""",
    """
CREATE UNIQUE INDEX ix_value_account_code ON value_account (code_digest) WHERE code_digest != ''
""",
    """
CREATE UNIQUE INDEX ix_value_account_member ON value_account (member_id) WHERE member_id != ''
""",
    """
CREATE TABLE value_move (
    move_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    kind TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    business_day TEXT NOT NULL,
    paid_minor INTEGER NOT NULL,
    bonus_minor INTEGER NOT NULL,
    document_id TEXT NOT NULL,
    document_number TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (move_id),
    UNIQUE (account_id, number),
    UNIQUE (account_id, "key"),
    FOREIGN KEY(account_id) REFERENCES value_account (account_id)
)
""",
    """
CREATE INDEX ix_value_move_business_day ON value_move (business_day)
""",
    """
CREATE INDEX ix_value_move_document_id ON value_move (document_id)
""",
    """
CREATE TABLE value_lot (
    account_id TEXT NOT NULL,
    lot_id TEXT NOT NULL,
    paid_minor INTEGER NOT NULL,
    bonus_minor INTEGER NOT NULL,
    ends_at_ms INTEGER,
    PRIMARY KEY (account_id, lot_id)
)
""",
    """
CREATE INDEX ix_value_lot_ends ON value_lot (ends_at_ms) WHERE ends_at_ms IS NOT NULL
""",
    """
CREATE TABLE value_balance (
    account_id TEXT NOT NULL,
    paid_minor INTEGER NOT NULL,
    bonus_minor INTEGER NOT NULL,
    moves INTEGER NOT NULL,
    moved_at_ms INTEGER NOT NULL,
    PRIMARY KEY (account_id)
)
""",
    """
CREATE INDEX ix_value_balance_moved_at_ms ON value_balance (moved_at_ms)
""",
    """
CREATE TABLE value_hold (
    basket_id TEXT NOT NULL,
    tender_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    minor INTEGER NOT NULL,
    until_ms INTEGER NOT NULL,
    PRIMARY KEY (basket_id, tender_id)
)
""",
    """
CREATE INDEX ix_value_hold_account_id ON value_hold (account_id)
""",
    """
CREATE TABLE value_document (
    document_id TEXT NOT NULL,
    number TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    account_id TEXT NOT NULL,
    move_id TEXT NOT NULL,
    shift_id TEXT NOT NULL,
    business_day TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    paid_minor INTEGER NOT NULL,
    bonus_minor INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (document_id),
    UNIQUE (number),
    FOREIGN KEY(account_id) REFERENCES value_account (account_id)
)
""",
    """
CREATE INDEX ix_value_document_account_id ON value_document (account_id)
""",
    """
CREATE INDEX ix_value_document_business_day ON value_document (business_day)
""",
    """
CREATE INDEX ix_value_document_shift_id ON value_document (shift_id)
""",
    """
CREATE TRIGGER value_account_no_update BEFORE UPDATE ON value_account BEGIN SELECT RAISE(ABORT, 'value_account is append-only'); END
""",
    """
CREATE TRIGGER value_account_no_delete BEFORE DELETE ON value_account BEGIN SELECT RAISE(ABORT, 'value_account is append-only'); END
""",
    """
CREATE TRIGGER value_move_no_update BEFORE UPDATE ON value_move BEGIN SELECT RAISE(ABORT, 'value_move is append-only'); END
""",
    """
CREATE TRIGGER value_move_no_delete BEFORE DELETE ON value_move BEGIN SELECT RAISE(ABORT, 'value_move is append-only'); END
""",
    """
CREATE TRIGGER value_document_no_update BEFORE UPDATE ON value_document BEGIN SELECT RAISE(ABORT, 'value_document is append-only'); END
""",
    """
CREATE TRIGGER value_document_no_delete BEFORE DELETE ON value_document BEGIN SELECT RAISE(ABORT, 'value_document is append-only'); END
""",
)


def upgrade() -> None:
    """Only add (law 2)."""
    for statement in STATEMENTS:
        op.execute(statement)
