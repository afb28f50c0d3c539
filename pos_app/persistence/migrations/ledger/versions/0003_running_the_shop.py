"""Running the shop from the till: stock documents and what else is born here."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS: tuple[str, ...] = (
    """
ALTER TABLE stock_move ADD COLUMN kind TEXT NOT NULL DEFAULT ''
""",
    """
CREATE INDEX ix_stock_move_kind ON stock_move (item_id, kind, business_day, thousandths)
""",
    """
CREATE TABLE stock_document (
    document_id TEXT NOT NULL,
    number TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    till TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    staff_name TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    business_day TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    supplier TEXT NOT NULL,
    delivery_note TEXT NOT NULL,
    reason TEXT NOT NULL,
    mirrors TEXT NOT NULL,
    line_count INTEGER NOT NULL,
    PRIMARY KEY (document_id),
    UNIQUE (number)
)
""",
    """
CREATE INDEX ix_stock_document_business_day ON stock_document (business_day)
""",
    """
CREATE INDEX ix_stock_document_kind ON stock_document (kind, epoch, seq)
""",
    """
CREATE UNIQUE INDEX ix_stock_document_mirrors ON stock_document (mirrors) WHERE mirrors != ''
""",
    """
CREATE INDEX ix_stock_document_place ON stock_document (epoch, seq)
""",
    """
CREATE TABLE stock_document_line (
    document_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    item_id TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    variant TEXT NOT NULL,
    unit_name TEXT NOT NULL,
    quantity_thousandths INTEGER NOT NULL,
    pieces_thousandths INTEGER NOT NULL,
    before_thousandths INTEGER NOT NULL,
    cost_minor INTEGER,
    reason TEXT NOT NULL,
    PRIMARY KEY (document_id, position),
    FOREIGN KEY(document_id) REFERENCES stock_document (document_id)
)
""",
    """
CREATE TABLE stock_cost_waiting (
    document_id TEXT NOT NULL,
    PRIMARY KEY (document_id)
)
""",
    """
CREATE TABLE stock_draft (
    kind TEXT NOT NULL,
    draft_id TEXT NOT NULL,
    supplier TEXT NOT NULL,
    delivery_note TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (kind),
    UNIQUE (draft_id)
)
""",
    """
CREATE TABLE stock_draft_line (
    draft_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    line_id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (draft_id, position),
    UNIQUE (line_id)
)
""",
    """
CREATE TRIGGER stock_document_no_update BEFORE UPDATE ON stock_document BEGIN SELECT RAISE(ABORT, 'stock_document is append-only'); END
""",
    """
CREATE TRIGGER stock_document_no_delete BEFORE DELETE ON stock_document BEGIN SELECT RAISE(ABORT, 'stock_document is append-only'); END
""",
    """
CREATE TRIGGER stock_document_line_no_update BEFORE UPDATE ON stock_document_line BEGIN SELECT RAISE(ABORT, 'stock_document_line is append-only'); END
""",
    """
CREATE TRIGGER stock_document_line_no_delete BEFORE DELETE ON stock_document_line BEGIN SELECT RAISE(ABORT, 'stock_document_line is append-only'); END
""",
)


def upgrade() -> None:
    """Only add (law 2)."""
    for statement in STATEMENTS:
        op.execute(statement)
