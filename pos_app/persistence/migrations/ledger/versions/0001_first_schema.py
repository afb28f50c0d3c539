"""The first schema of ledger.db."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE intent (
    basket_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    accepted_at_ms INTEGER NOT NULL,
    PRIMARY KEY (basket_id, position)
)
""",
    """
CREATE TABLE journal (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    entry_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    schema_v INTEGER NOT NULL,
    actor TEXT NOT NULL,
    business_day TEXT NOT NULL,
    recorded_at_ms INTEGER NOT NULL,
    canonical BLOB NOT NULL,
    prev_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (epoch, seq),
    UNIQUE (entry_id)
)
""",
    """
CREATE TABLE lockout (
    subject TEXT NOT NULL,
    failures INTEGER NOT NULL,
    until_ms INTEGER,
    PRIMARY KEY (subject)
)
""",
    """
CREATE TABLE meta (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
)
""",
    """
CREATE TABLE money_balance (
    tender_key TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    PRIMARY KEY (tender_key)
)
""",
    """
CREATE TABLE money_move (
    document_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    tender_key TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    business_day TEXT NOT NULL,
    PRIMARY KEY (document_id, position)
)
""",
    """
CREATE TABLE number_series (
    till TEXT NOT NULL,
    series TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (till, series)
)
""",
    """
CREATE TABLE open_sale (
    slot INTEGER NOT NULL,
    basket_id TEXT NOT NULL,
    cashier_id TEXT NOT NULL,
    business_day TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL,
    PRIMARY KEY (slot)
)
""",
    """
CREATE TABLE print_job (
    job_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    copy_number INTEGER NOT NULL,
    printer TEXT NOT NULL,
    layout TEXT NOT NULL,
    opens_drawer INTEGER NOT NULL,
    state TEXT NOT NULL,
    offset_bytes INTEGER NOT NULL,
    reason TEXT NOT NULL,
    queued_at_ms INTEGER NOT NULL,
    PRIMARY KEY (job_id),
    UNIQUE (document_id, kind, copy_number)
)
""",
    """
CREATE INDEX ix_print_job_state ON print_job (state)
""",
    """
CREATE TABLE sale (
    sale_id TEXT NOT NULL,
    number TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    cashier_id TEXT NOT NULL,
    cashier_name TEXT NOT NULL,
    business_day TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL,
    ended_at_ms INTEGER NOT NULL,
    clock_suspect INTEGER NOT NULL,
    currency TEXT NOT NULL,
    list_minor INTEGER NOT NULL,
    discount_minor INTEGER NOT NULL,
    net_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    total_minor INTEGER NOT NULL,
    rounding_minor INTEGER NOT NULL,
    change_minor INTEGER NOT NULL,
    item_count INTEGER NOT NULL,
    PRIMARY KEY (sale_id),
    UNIQUE (number)
)
""",
    """
CREATE INDEX ix_sale_business_day ON sale (business_day)
""",
    """
CREATE INDEX ix_sale_ended_at_ms ON sale (ended_at_ms)
""",
    """
CREATE TABLE setting (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
)
""",
    """
CREATE TABLE stock_balance (
    item_id TEXT NOT NULL,
    thousandths INTEGER NOT NULL,
    PRIMARY KEY (item_id)
)
""",
    """
CREATE TABLE stock_move (
    document_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    item_id TEXT NOT NULL,
    thousandths INTEGER NOT NULL,
    business_day TEXT NOT NULL,
    PRIMARY KEY (document_id, position)
)
""",
    """
CREATE INDEX ix_stock_move_item_id ON stock_move (item_id)
""",
    """
CREATE TABLE voided_sale (
    sale_id TEXT NOT NULL,
    number TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    business_day TEXT NOT NULL,
    reason TEXT NOT NULL,
    total_minor INTEGER NOT NULL,
    PRIMARY KEY (sale_id),
    UNIQUE (number)
)
""",
    """
CREATE INDEX ix_voided_sale_business_day ON voided_sale (business_day)
""",
    """
CREATE TABLE sale_line (
    sale_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    line_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    tax_category TEXT NOT NULL,
    price_id TEXT NOT NULL,
    quantity_thousandths INTEGER NOT NULL,
    list_minor INTEGER NOT NULL,
    discount_minor INTEGER NOT NULL,
    total_minor INTEGER NOT NULL,
    net_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (sale_id, position),
    FOREIGN KEY(sale_id) REFERENCES sale (sale_id)
)
""",
    """
CREATE INDEX ix_sale_line_item_id ON sale_line (item_id)
""",
    """
CREATE TABLE sale_tax (
    sale_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    percentage_millionths INTEGER NOT NULL,
    base_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    PRIMARY KEY (sale_id, position),
    FOREIGN KEY(sale_id) REFERENCES sale (sale_id)
)
""",
    """
CREATE TABLE sale_tender (
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
CREATE TABLE sale_unit_share (
    sale_id TEXT NOT NULL,
    line_position INTEGER NOT NULL,
    run INTEGER NOT NULL,
    units INTEGER NOT NULL,
    net_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    discount_minor INTEGER NOT NULL,
    rounding_minor INTEGER NOT NULL,
    PRIMARY KEY (sale_id, line_position, run),
    FOREIGN KEY(sale_id) REFERENCES sale (sale_id)
)
""",
    """
CREATE TABLE tender_correction (
    correction_id TEXT NOT NULL,
    number TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    sale_id TEXT NOT NULL,
    tender_id TEXT NOT NULL,
    from_key TEXT NOT NULL,
    to_key TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    cashier_name TEXT NOT NULL,
    business_day TEXT NOT NULL,
    PRIMARY KEY (correction_id),
    UNIQUE (number),
    FOREIGN KEY(sale_id) REFERENCES sale (sale_id),
    UNIQUE (tender_id)
)
""",
    """
CREATE INDEX ix_tender_correction_business_day ON tender_correction (business_day)
""",
    """
CREATE INDEX ix_tender_correction_sale_id ON tender_correction (sale_id)
""",
    """
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END
""",
    """
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END
""",
    """
CREATE TRIGGER sale_no_update BEFORE UPDATE ON sale BEGIN SELECT RAISE(ABORT, 'sale is append-only'); END
""",
    """
CREATE TRIGGER sale_no_delete BEFORE DELETE ON sale BEGIN SELECT RAISE(ABORT, 'sale is append-only'); END
""",
    """
CREATE TRIGGER sale_line_no_update BEFORE UPDATE ON sale_line BEGIN SELECT RAISE(ABORT, 'sale_line is append-only'); END
""",
    """
CREATE TRIGGER sale_line_no_delete BEFORE DELETE ON sale_line BEGIN SELECT RAISE(ABORT, 'sale_line is append-only'); END
""",
    """
CREATE TRIGGER sale_unit_share_no_update BEFORE UPDATE ON sale_unit_share BEGIN SELECT RAISE(ABORT, 'sale_unit_share is append-only'); END
""",
    """
CREATE TRIGGER sale_unit_share_no_delete BEFORE DELETE ON sale_unit_share BEGIN SELECT RAISE(ABORT, 'sale_unit_share is append-only'); END
""",
    """
CREATE TRIGGER sale_tax_no_update BEFORE UPDATE ON sale_tax BEGIN SELECT RAISE(ABORT, 'sale_tax is append-only'); END
""",
    """
CREATE TRIGGER sale_tax_no_delete BEFORE DELETE ON sale_tax BEGIN SELECT RAISE(ABORT, 'sale_tax is append-only'); END
""",
    """
CREATE TRIGGER sale_tender_no_update BEFORE UPDATE ON sale_tender BEGIN SELECT RAISE(ABORT, 'sale_tender is append-only'); END
""",
    """
CREATE TRIGGER sale_tender_no_delete BEFORE DELETE ON sale_tender BEGIN SELECT RAISE(ABORT, 'sale_tender is append-only'); END
""",
    """
CREATE TRIGGER voided_sale_no_update BEFORE UPDATE ON voided_sale BEGIN SELECT RAISE(ABORT, 'voided_sale is append-only'); END
""",
    """
CREATE TRIGGER voided_sale_no_delete BEFORE DELETE ON voided_sale BEGIN SELECT RAISE(ABORT, 'voided_sale is append-only'); END
""",
    """
CREATE TRIGGER tender_correction_no_update BEFORE UPDATE ON tender_correction BEGIN SELECT RAISE(ABORT, 'tender_correction is append-only'); END
""",
    """
CREATE TRIGGER tender_correction_no_delete BEFORE DELETE ON tender_correction BEGIN SELECT RAISE(ABORT, 'tender_correction is append-only'); END
""",
    """
CREATE TRIGGER stock_move_no_update BEFORE UPDATE ON stock_move BEGIN SELECT RAISE(ABORT, 'stock_move is append-only'); END
""",
    """
CREATE TRIGGER stock_move_no_delete BEFORE DELETE ON stock_move BEGIN SELECT RAISE(ABORT, 'stock_move is append-only'); END
""",
    """
CREATE TRIGGER money_move_no_update BEFORE UPDATE ON money_move BEGIN SELECT RAISE(ABORT, 'money_move is append-only'); END
""",
    """
CREATE TRIGGER money_move_no_delete BEFORE DELETE ON money_move BEGIN SELECT RAISE(ABORT, 'money_move is append-only'); END
""",
    """
CREATE TRIGGER intent_no_update BEFORE UPDATE ON intent BEGIN SELECT RAISE(ABORT, 'intent is append-only'); END
""",
    """
CREATE TRIGGER intent_no_delete BEFORE DELETE ON intent BEGIN SELECT RAISE(ABORT, 'intent is append-only'); END
""",
    """
CREATE TRIGGER journal_is_a_chain BEFORE INSERT ON journal WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM journal WHERE epoch = NEW.epoch), 0) OR NEW.epoch < coalesce((SELECT max(epoch) FROM journal), 1) OR NEW.prev_hash <> coalesce((SELECT hash FROM journal ORDER BY epoch DESC, seq DESC LIMIT 1), zeroblob(32)) BEGIN SELECT RAISE(ABORT, 'journal entry does not continue the chain'); END
""",
)


def upgrade() -> None:
    """Make the tables, indexes and append-only triggers."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Refuse: ledger migrations only add (law 2)."""
    raise AssertionError("the ledger never goes back")
