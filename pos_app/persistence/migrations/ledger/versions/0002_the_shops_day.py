"""The shop's day: returns, parked sales, shifts, steps of a price."""

from __future__ import annotations

from alembic import op

from pos_app.persistence.ledger.journal_rows import write_all_terms

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
ALTER TABLE sale ADD COLUMN shift_id TEXT NOT NULL DEFAULT ''
""",
    """
ALTER TABLE sale ADD COLUMN reverses TEXT NOT NULL DEFAULT ''
""",
    """
ALTER TABLE sale ADD COLUMN returned_minor INTEGER NOT NULL DEFAULT 0
""",
    """
ALTER TABLE sale ADD COLUMN round_off_minor INTEGER NOT NULL DEFAULT 0
""",
    """
ALTER TABLE sale_line ADD COLUMN category_id TEXT NOT NULL DEFAULT ''
""",
    """
ALTER TABLE voided_sale ADD COLUMN shift_id TEXT NOT NULL DEFAULT ''
""",
    """
ALTER TABLE voided_sale ADD COLUMN cashier_id TEXT NOT NULL DEFAULT ''
""",
    """
ALTER TABLE voided_sale ADD COLUMN ended_at_ms INTEGER NOT NULL DEFAULT 0
""",
    """
ALTER TABLE tender_correction ADD COLUMN shift_id TEXT NOT NULL DEFAULT ''
""",
    """
ALTER TABLE tender_correction ADD COLUMN cashier_id TEXT NOT NULL DEFAULT ''
""",
    """
ALTER TABLE tender_correction ADD COLUMN ended_at_ms INTEGER NOT NULL DEFAULT 0
""",
    """
ALTER TABLE money_move ADD COLUMN shift_id TEXT NOT NULL DEFAULT ''
""",
    """
CREATE INDEX ix_sale_shift ON sale (shift_id, epoch, seq)
""",
    """
CREATE INDEX ix_voided_sale_shift_id ON voided_sale (shift_id)
""",
    """
CREATE INDEX ix_tender_correction_shift_id ON tender_correction (shift_id)
""",
    """
CREATE INDEX ix_journal_kind ON journal (kind, epoch, seq)
""",
    """
CREATE INDEX ix_journal_actor ON journal (actor, kind, epoch, seq)
""",
    """
CREATE INDEX ix_journal_day ON journal (business_day, epoch, seq)
""",
    """
CREATE TABLE journal_term (
    term TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (term, epoch, seq, kind)
)
""",
    """
CREATE TABLE sale_step (
    sale_id TEXT NOT NULL,
    line_position INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    reason TEXT NOT NULL,
    given_by TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    PRIMARY KEY (sale_id, line_position, position),
    FOREIGN KEY(sale_id) REFERENCES sale (sale_id)
)
""",
    """
CREATE TABLE sale_return (
    sale_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    line_id TEXT NOT NULL,
    origin_sale_id TEXT NOT NULL,
    origin_number TEXT NOT NULL,
    origin_line_position INTEGER NOT NULL,
    taken_before_thousandths INTEGER NOT NULL,
    item_id TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    category_id TEXT NOT NULL,
    tax_category TEXT NOT NULL,
    quantity_thousandths INTEGER NOT NULL,
    list_minor INTEGER NOT NULL,
    discount_minor INTEGER NOT NULL,
    net_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    rounding_minor INTEGER NOT NULL,
    own_rounding_minor INTEGER NOT NULL,
    reason TEXT NOT NULL,
    is_sellable INTEGER NOT NULL,
    PRIMARY KEY (sale_id, position),
    FOREIGN KEY(sale_id) REFERENCES sale (sale_id)
)
""",
    """
CREATE INDEX ix_sale_return_item_id ON sale_return (item_id)
""",
    """
CREATE UNIQUE INDEX ix_sale_return_part ON sale_return (origin_sale_id, origin_line_position, taken_before_thousandths) WHERE origin_sale_id != ''
""",
    """
CREATE INDEX ix_sale_tender_reference_end ON sale_tender (substr(reference, -4)) WHERE reference != ''
""",
    """
CREATE TABLE sale_return_tax (
    sale_id TEXT NOT NULL,
    return_position INTEGER NOT NULL,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    percentage_millionths INTEGER NOT NULL,
    base_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    PRIMARY KEY (sale_id, return_position, position),
    FOREIGN KEY(sale_id) REFERENCES sale (sale_id)
)
""",
    """
CREATE TABLE sale_refund (
    sale_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    tender_id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    reference TEXT NOT NULL,
    is_verified INTEGER NOT NULL,
    PRIMARY KEY (sale_id, position),
    FOREIGN KEY(sale_id) REFERENCES sale (sale_id)
)
""",
    """
CREATE TABLE parked_sale (
    basket_id TEXT NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    cashier_id TEXT NOT NULL,
    business_day TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL,
    parked_at_ms INTEGER NOT NULL,
    parked_by TEXT NOT NULL,
    parked_by_name TEXT NOT NULL,
    parked_day TEXT NOT NULL,
    total_minor INTEGER NOT NULL,
    item_count INTEGER NOT NULL,
    PRIMARY KEY (basket_id),
    UNIQUE (number)
)
""",
    """
CREATE TABLE shift (
    shift_id TEXT NOT NULL,
    number TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    drawer TEXT NOT NULL,
    business_day TEXT NOT NULL,
    opened_at_ms INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (shift_id),
    UNIQUE (number)
)
""",
    """
CREATE INDEX ix_shift_business_day ON shift (business_day)
""",
    """
CREATE INDEX ix_shift_drawer ON shift (drawer, epoch, seq)
""",
    """
CREATE TABLE shift_count (
    shift_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (shift_id, position),
    FOREIGN KEY(shift_id) REFERENCES shift (shift_id)
)
""",
    """
CREATE TABLE shift_close (
    shift_id TEXT NOT NULL,
    z_number TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    business_day TEXT NOT NULL,
    closed_at_ms INTEGER NOT NULL,
    difference_minor INTEGER NOT NULL,
    left_minor INTEGER NOT NULL,
    needs_review INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (shift_id),
    FOREIGN KEY(shift_id) REFERENCES shift (shift_id),
    UNIQUE (z_number)
)
""",
    """
CREATE INDEX ix_shift_close_business_day ON shift_close (business_day)
""",
    """
CREATE INDEX ix_shift_close_review ON shift_close (epoch, seq) WHERE needs_review = 1
""",
    """
CREATE TABLE shift_review (
    shift_id TEXT NOT NULL,
    reviewed_at_ms INTEGER NOT NULL,
    reviewed_by TEXT NOT NULL,
    reviewed_by_name TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (shift_id),
    FOREIGN KEY(shift_id) REFERENCES shift (shift_id)
)
""",
    """
CREATE TABLE shift_total (
    shift_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    count INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    PRIMARY KEY (shift_id, kind, "key")
)
""",
    """
CREATE TABLE cash_move (
    move_id TEXT NOT NULL,
    number TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    shift_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    reason TEXT NOT NULL,
    reference TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    staff_name TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    business_day TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (move_id),
    UNIQUE (number)
)
""",
    """
CREATE INDEX ix_cash_move_business_day ON cash_move (business_day)
""",
    """
CREATE INDEX ix_cash_move_shift_id ON cash_move (shift_id)
""",
    """
CREATE TRIGGER sale_step_no_update BEFORE UPDATE ON sale_step BEGIN SELECT RAISE(ABORT, 'sale_step is append-only'); END
""",
    """
CREATE TRIGGER sale_step_no_delete BEFORE DELETE ON sale_step BEGIN SELECT RAISE(ABORT, 'sale_step is append-only'); END
""",
    """
CREATE TRIGGER sale_return_no_update BEFORE UPDATE ON sale_return BEGIN SELECT RAISE(ABORT, 'sale_return is append-only'); END
""",
    """
CREATE TRIGGER sale_return_no_delete BEFORE DELETE ON sale_return BEGIN SELECT RAISE(ABORT, 'sale_return is append-only'); END
""",
    """
CREATE TRIGGER sale_return_tax_no_update BEFORE UPDATE ON sale_return_tax BEGIN SELECT RAISE(ABORT, 'sale_return_tax is append-only'); END
""",
    """
CREATE TRIGGER sale_return_tax_no_delete BEFORE DELETE ON sale_return_tax BEGIN SELECT RAISE(ABORT, 'sale_return_tax is append-only'); END
""",
    """
CREATE TRIGGER sale_refund_no_update BEFORE UPDATE ON sale_refund BEGIN SELECT RAISE(ABORT, 'sale_refund is append-only'); END
""",
    """
CREATE TRIGGER sale_refund_no_delete BEFORE DELETE ON sale_refund BEGIN SELECT RAISE(ABORT, 'sale_refund is append-only'); END
""",
    """
CREATE TRIGGER shift_no_update BEFORE UPDATE ON shift BEGIN SELECT RAISE(ABORT, 'shift is append-only'); END
""",
    """
CREATE TRIGGER shift_no_delete BEFORE DELETE ON shift BEGIN SELECT RAISE(ABORT, 'shift is append-only'); END
""",
    """
CREATE TRIGGER shift_count_no_update BEFORE UPDATE ON shift_count BEGIN SELECT RAISE(ABORT, 'shift_count is append-only'); END
""",
    """
CREATE TRIGGER shift_count_no_delete BEFORE DELETE ON shift_count BEGIN SELECT RAISE(ABORT, 'shift_count is append-only'); END
""",
    """
CREATE TRIGGER shift_close_no_update BEFORE UPDATE ON shift_close BEGIN SELECT RAISE(ABORT, 'shift_close is append-only'); END
""",
    """
CREATE TRIGGER shift_close_no_delete BEFORE DELETE ON shift_close BEGIN SELECT RAISE(ABORT, 'shift_close is append-only'); END
""",
    """
CREATE TRIGGER shift_review_no_update BEFORE UPDATE ON shift_review BEGIN SELECT RAISE(ABORT, 'shift_review is append-only'); END
""",
    """
CREATE TRIGGER shift_review_no_delete BEFORE DELETE ON shift_review BEGIN SELECT RAISE(ABORT, 'shift_review is append-only'); END
""",
    """
CREATE TRIGGER cash_move_no_update BEFORE UPDATE ON cash_move BEGIN SELECT RAISE(ABORT, 'cash_move is append-only'); END
""",
    """
CREATE TRIGGER cash_move_no_delete BEFORE DELETE ON cash_move BEGIN SELECT RAISE(ABORT, 'cash_move is append-only'); END
""",
)


def upgrade() -> None:
    """Add columns, tables, indexes and append-only triggers."""
    for statement in STATEMENTS:
        op.execute(statement)
    # The terms are a projection of the journal: today's rule is the right one.
    write_all_terms(op.get_bind())


def downgrade() -> None:
    """Refuse: ledger migrations only add (law 2)."""
    raise AssertionError("the ledger never goes back")
