"""Coupons, their templates and batches."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STATEMENTS: tuple[str, ...] = (
    """
CREATE TABLE coupon_template (
    template_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    promotion_id TEXT NOT NULL,
    body TEXT NOT NULL,
    made_at_ms INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (template_id, version)
)
""",
    """
CREATE TABLE coupon_batch (
    batch_id TEXT NOT NULL,
    template_id TEXT NOT NULL,
    template_version INTEGER NOT NULL,
    size INTEGER NOT NULL,
    partner_id TEXT NOT NULL,
    note TEXT NOT NULL,
    made_at_ms INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (batch_id),
    FOREIGN KEY(template_id, template_version) REFERENCES coupon_template (template_id, version)
)
""",
    """
CREATE TABLE coupon_batch_end (
    batch_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    ended_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (batch_id),
    FOREIGN KEY(batch_id) REFERENCES coupon_batch (batch_id)
)
""",
    """
CREATE TABLE partner_terms (
    partner_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    bears_millionths INTEGER NOT NULL,
    fee_minor INTEGER NOT NULL,
    is_ended INTEGER NOT NULL,
    made_at_ms INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (partner_id, version)
)
""",
    """
CREATE TABLE coupon_fact (
    coupon_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    fact_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    body TEXT NOT NULL,
    cause TEXT NOT NULL,
    PRIMARY KEY (coupon_id, seq)
)
""",
    """
CREATE INDEX ix_coupon_fact_at ON coupon_fact (at_ms, kind, coupon_id)
""",
    """
CREATE UNIQUE INDEX ix_coupon_fact_cause ON coupon_fact (cause) WHERE cause != ''
""",
    """
CREATE UNIQUE INDEX ix_coupon_fact_id ON coupon_fact (fact_id)
""",
    """
CREATE TABLE coupon_carried (
    coupon_id TEXT NOT NULL,
    sale_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    line_position INTEGER NOT NULL,
    first INTEGER NOT NULL,
    sold_thousandths INTEGER NOT NULL,
    is_by_piece INTEGER NOT NULL,
    savings TEXT NOT NULL,
    PRIMARY KEY (coupon_id, sale_id, position),
    FOREIGN KEY(sale_id) REFERENCES sale (sale_id)
)
""",
    """
CREATE TABLE coupon (
    coupon_id TEXT NOT NULL,
    template_id TEXT NOT NULL,
    template_version INTEGER NOT NULL,
    batch_id TEXT NOT NULL,
    code_digest TEXT NOT NULL,
    parent_id TEXT NOT NULL,
    state TEXT NOT NULL,
    member_id TEXT NOT NULL,
    issued_at_ms INTEGER NOT NULL,
    starts_at_ms INTEGER,
    ends_at_ms INTEGER,
    value_minor INTEGER,
    basket_id TEXT NOT NULL,
    reserved_until_ms INTEGER,
    sale_id TEXT NOT NULL,
    saving_minor INTEGER NOT NULL,
    shared_minor INTEGER NOT NULL,
    redeemed_at_ms INTEGER,
    facts INTEGER NOT NULL,
    PRIMARY KEY (coupon_id)
)
""",
    """
CREATE INDEX ix_coupon_basket ON coupon (basket_id) WHERE basket_id != ''
""",
    """
CREATE INDEX ix_coupon_batch ON coupon (batch_id, state)
""",
    """
CREATE UNIQUE INDEX ix_coupon_digest ON coupon (code_digest) WHERE code_digest != ''
""",
    """
CREATE INDEX ix_coupon_end ON coupon (state, ends_at_ms)
""",
    """
CREATE INDEX ix_coupon_member ON coupon (member_id, state)
""",
    """
CREATE INDEX ix_coupon_sale ON coupon (sale_id) WHERE sale_id != ''
""",
    """
CREATE INDEX ix_coupon_template ON coupon (template_id, state)
""",
    """
CREATE TRIGGER coupon_template_no_update BEFORE UPDATE ON coupon_template BEGIN SELECT RAISE(ABORT, 'coupon_template is append-only'); END
""",
    """
CREATE TRIGGER coupon_template_no_delete BEFORE DELETE ON coupon_template BEGIN SELECT RAISE(ABORT, 'coupon_template is append-only'); END
""",
    """
CREATE TRIGGER coupon_batch_no_update BEFORE UPDATE ON coupon_batch BEGIN SELECT RAISE(ABORT, 'coupon_batch is append-only'); END
""",
    """
CREATE TRIGGER coupon_batch_no_delete BEFORE DELETE ON coupon_batch BEGIN SELECT RAISE(ABORT, 'coupon_batch is append-only'); END
""",
    """
CREATE TRIGGER coupon_batch_end_no_update BEFORE UPDATE ON coupon_batch_end BEGIN SELECT RAISE(ABORT, 'coupon_batch_end is append-only'); END
""",
    """
CREATE TRIGGER coupon_batch_end_no_delete BEFORE DELETE ON coupon_batch_end BEGIN SELECT RAISE(ABORT, 'coupon_batch_end is append-only'); END
""",
    """
CREATE TRIGGER partner_terms_no_update BEFORE UPDATE ON partner_terms BEGIN SELECT RAISE(ABORT, 'partner_terms is append-only'); END
""",
    """
CREATE TRIGGER partner_terms_no_delete BEFORE DELETE ON partner_terms BEGIN SELECT RAISE(ABORT, 'partner_terms is append-only'); END
""",
    """
CREATE TRIGGER coupon_fact_no_update BEFORE UPDATE ON coupon_fact BEGIN SELECT RAISE(ABORT, 'coupon_fact is append-only'); END
""",
    """
CREATE TRIGGER coupon_fact_no_delete BEFORE DELETE ON coupon_fact BEGIN SELECT RAISE(ABORT, 'coupon_fact is append-only'); END
""",
    """
CREATE TRIGGER coupon_carried_no_update BEFORE UPDATE ON coupon_carried BEGIN SELECT RAISE(ABORT, 'coupon_carried is append-only'); END
""",
    """
CREATE TRIGGER coupon_carried_no_delete BEFORE DELETE ON coupon_carried BEGIN SELECT RAISE(ABORT, 'coupon_carried is append-only'); END
""",
)


def upgrade() -> None:
    """Only add (law 2)."""
    for statement in STATEMENTS:
        op.execute(statement)
