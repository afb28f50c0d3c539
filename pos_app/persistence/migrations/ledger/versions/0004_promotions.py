"""Promotions: which ones a sale used, and how often each was used in all."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATEMENTS: tuple[str, ...] = (
    """
ALTER TABLE sale_step ADD COLUMN promotion_id TEXT NOT NULL DEFAULT ''
""",
    """
ALTER TABLE sale_step ADD COLUMN version INTEGER NOT NULL DEFAULT 0
""",
    """
ALTER TABLE sale_return ADD COLUMN kept_net_minor INTEGER NOT NULL DEFAULT 0
""",
    """
ALTER TABLE sale_return ADD COLUMN kept_tax_minor INTEGER NOT NULL DEFAULT 0
""",
    """
ALTER TABLE sale_return ADD COLUMN kept_discount_minor INTEGER NOT NULL DEFAULT 0
""",
    """
CREATE TABLE promotion_use (
    sale_id TEXT NOT NULL,
    promotion_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    times INTEGER NOT NULL,
    saving_minor INTEGER NOT NULL,
    member_id TEXT NOT NULL,
    business_day TEXT NOT NULL,
    PRIMARY KEY (sale_id, promotion_id, version),
    FOREIGN KEY(sale_id) REFERENCES sale (sale_id)
)
""",
    """
CREATE INDEX ix_promotion_use_day ON promotion_use (promotion_id, business_day)
""",
    """
CREATE INDEX ix_promotion_use_business_day ON promotion_use (business_day)
""",
    """
CREATE TABLE promotion_balance (
    promotion_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    span TEXT NOT NULL,
    times INTEGER NOT NULL,
    saving_minor INTEGER NOT NULL,
    PRIMARY KEY (promotion_id, member_id, span)
)
""",
    """
CREATE TRIGGER promotion_use_no_update BEFORE UPDATE ON promotion_use BEGIN SELECT RAISE(ABORT, 'promotion_use is append-only'); END
""",
    """
CREATE TRIGGER promotion_use_no_delete BEFORE DELETE ON promotion_use BEGIN SELECT RAISE(ABORT, 'promotion_use is append-only'); END
""",
)


def upgrade() -> None:
    """Only add (law 2)."""
    for statement in STATEMENTS:
        op.execute(statement)
