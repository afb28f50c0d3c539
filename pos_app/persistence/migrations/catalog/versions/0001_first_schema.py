"""The first schema of catalog.db.

Revision ID: 0001

Frozen SQL: a later change of the tables is a later migration, never an edit.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE barcode_rule (
    "key" TEXT NOT NULL,
    name TEXT NOT NULL,
    pattern TEXT NOT NULL,
    kind TEXT NOT NULL,
    decimals INTEGER DEFAULT '0' NOT NULL,
    price_decimals INTEGER DEFAULT '2' NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    is_enabled INTEGER DEFAULT '1' NOT NULL,
    is_verified INTEGER DEFAULT '1' NOT NULL,
    PRIMARY KEY ("key")
)
    """,
    """
CREATE TABLE category (
    category_id TEXT NOT NULL,
    name TEXT NOT NULL,
    names TEXT DEFAULT '' NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    hue TEXT DEFAULT '' NOT NULL,
    parent_id TEXT,
    PRIMARY KEY (category_id)
)
    """,
    """
CREATE TABLE reason (
    "key" TEXT NOT NULL,
    use TEXT NOT NULL,
    name TEXT NOT NULL,
    names TEXT DEFAULT '' NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY ("key")
)
    """,
    """
CREATE TABLE role (
    "key" TEXT NOT NULL,
    name TEXT NOT NULL,
    names TEXT DEFAULT '' NOT NULL,
    round_off_cap_minor INTEGER DEFAULT '0' NOT NULL,
    is_supervisor INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY ("key")
)
    """,
    """
CREATE TABLE setting (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
)
    """,
    """
CREATE TABLE shop (
    one INTEGER NOT NULL,
    shop_id TEXT NOT NULL,
    name TEXT NOT NULL,
    names TEXT DEFAULT '' NOT NULL,
    address TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    tax_number TEXT DEFAULT '' NOT NULL,
    language TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    day_starts_at_hour INTEGER DEFAULT '0' NOT NULL,
    till TEXT NOT NULL,
    slip_footer TEXT DEFAULT '' NOT NULL,
    currency TEXT NOT NULL,
    prices_include_tax INTEGER DEFAULT '1' NOT NULL,
    tax_rounding TEXT NOT NULL,
    cash_step_minor INTEGER DEFAULT '1' NOT NULL,
    cash_mode TEXT NOT NULL,
    merge_same_items INTEGER DEFAULT '1' NOT NULL,
    cash_notes TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (one)
)
    """,
    """
CREATE TABLE tax_category (
    "key" TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY ("key")
)
    """,
    """
CREATE TABLE tender_type (
    "key" TEXT NOT NULL,
    name TEXT NOT NULL,
    names TEXT DEFAULT '' NOT NULL,
    kind TEXT NOT NULL,
    opens_drawer INTEGER DEFAULT '0' NOT NULL,
    gives_change INTEGER DEFAULT '0' NOT NULL,
    asks_reference INTEGER DEFAULT '0' NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY ("key")
)
    """,
    """
CREATE TABLE item (
    item_key INTEGER NOT NULL,
    item_id TEXT NOT NULL,
    sku TEXT DEFAULT '' NOT NULL,
    name TEXT NOT NULL,
    variant TEXT DEFAULT '' NOT NULL,
    names TEXT DEFAULT '' NOT NULL,
    spec TEXT DEFAULT '' NOT NULL,
    category_id TEXT,
    tax_category TEXT NOT NULL,
    icon TEXT DEFAULT '' NOT NULL,
    parent_key INTEGER,
    is_active INTEGER DEFAULT '1' NOT NULL,
    PRIMARY KEY (item_key),
    FOREIGN KEY(category_id) REFERENCES category (category_id),
    FOREIGN KEY(parent_key) REFERENCES item (item_key)
)
    """,
    """
CREATE UNIQUE INDEX item_by_id ON item (item_id)
    """,
    """
CREATE INDEX item_by_parent ON item (parent_key) WHERE parent_key IS NOT NULL
    """,
    """
CREATE UNIQUE INDEX item_by_sku ON item (sku) WHERE sku != ''
    """,
    """
CREATE TABLE role_permission (
    role TEXT NOT NULL,
    permission TEXT NOT NULL,
    PRIMARY KEY (role, permission),
    FOREIGN KEY(role) REFERENCES role ("key") ON DELETE CASCADE
)
    """,
    """
CREATE TABLE staff (
    staff_id TEXT NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    names TEXT DEFAULT '' NOT NULL,
    role TEXT NOT NULL,
    language TEXT DEFAULT '' NOT NULL,
    is_active INTEGER DEFAULT '1' NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    pin_hash TEXT DEFAULT '' NOT NULL,
    badge_digest TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (staff_id),
    FOREIGN KEY(role) REFERENCES role ("key")
)
    """,
    """
CREATE UNIQUE INDEX staff_by_badge ON staff (badge_digest) WHERE badge_digest != ''
    """,
    """
CREATE UNIQUE INDEX staff_by_number ON staff (number)
    """,
    """
CREATE TABLE tax_rate (
    category TEXT NOT NULL,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    millionths INTEGER NOT NULL,
    valid_from INTEGER DEFAULT '0' NOT NULL,
    valid_until INTEGER NOT NULL,
    PRIMARY KEY (category, position),
    FOREIGN KEY(category) REFERENCES tax_category ("key") ON DELETE CASCADE
)
    """,
    """
CREATE TABLE unit (
    unit_key INTEGER NOT NULL,
    unit_id TEXT NOT NULL,
    item_key INTEGER NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    unit_code TEXT NOT NULL,
    unit_name TEXT NOT NULL,
    pieces TEXT DEFAULT '1' NOT NULL,
    sell_by TEXT NOT NULL,
    barcode TEXT DEFAULT '' NOT NULL,
    is_active INTEGER DEFAULT '1' NOT NULL,
    PRIMARY KEY (unit_key),
    FOREIGN KEY(item_key) REFERENCES item (item_key)
)
    """,
    """
CREATE UNIQUE INDEX unit_by_id ON unit (unit_id)
    """,
    """
CREATE INDEX unit_by_item ON unit (item_key, position)
    """,
    """
CREATE TABLE barcode (
    "key" TEXT NOT NULL,
    unit_key INTEGER NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    printed TEXT DEFAULT '' NOT NULL,
    tail TEXT NOT NULL,
    PRIMARY KEY ("key"),
    FOREIGN KEY(unit_key) REFERENCES unit (unit_key)
)
 WITHOUT ROWID
    """,
    """
CREATE INDEX barcode_by_tail ON barcode (tail)
    """,
    """
CREATE INDEX barcode_by_unit ON barcode (unit_key)
    """,
    """
CREATE TABLE cost (
    unit_key INTEGER NOT NULL,
    valid_from INTEGER NOT NULL,
    minor INTEGER NOT NULL,
    PRIMARY KEY (unit_key, valid_from),
    FOREIGN KEY(unit_key) REFERENCES unit (unit_key)
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE plu (
    plu TEXT NOT NULL,
    unit_key INTEGER NOT NULL,
    PRIMARY KEY (plu),
    FOREIGN KEY(unit_key) REFERENCES unit (unit_key)
)
 WITHOUT ROWID
    """,
    """
CREATE INDEX plu_by_unit ON plu (unit_key)
    """,
    """
CREATE TABLE price (
    unit_key INTEGER NOT NULL,
    priority INTEGER DEFAULT '0' NOT NULL,
    valid_from INTEGER DEFAULT '0' NOT NULL,
    price_id TEXT NOT NULL,
    valid_until INTEGER NOT NULL,
    minor INTEGER NOT NULL,
    PRIMARY KEY (unit_key, priority, valid_from, price_id),
    FOREIGN KEY(unit_key) REFERENCES unit (unit_key)
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE quick_key (
    page TEXT DEFAULT '' NOT NULL,
    position INTEGER NOT NULL,
    unit_key INTEGER NOT NULL,
    label TEXT DEFAULT '' NOT NULL,
    labels TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (page, position),
    FOREIGN KEY(unit_key) REFERENCES unit (unit_key)
)
    """,
    """
CREATE TABLE velocity (
    unit_key INTEGER NOT NULL,
    sold INTEGER DEFAULT '0' NOT NULL,
    shelf INTEGER NOT NULL,
    PRIMARY KEY (unit_key),
    FOREIGN KEY(unit_key) REFERENCES unit (unit_key)
)
    """,
    """
CREATE VIRTUAL TABLE search USING fts5(
    words, content='', contentless_delete=1, detail=none,
    tokenize='ascii', prefix='1 2 3 4'
)
    """,
)


def upgrade() -> None:
    """Make every table of the first schema."""
    for statement in STATEMENTS:
        op.execute(statement)
