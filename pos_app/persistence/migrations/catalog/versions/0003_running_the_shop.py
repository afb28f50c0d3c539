"""Running the shop from the till: what the back office keeps."""

from __future__ import annotations

import json

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: Whoever sells may practise; whoever holds the settings may run the shop.
_EVERYBODY = "training"
_SUPERVISORS = "stock"
_MANAGERS = "items prices people stock stock_adjust training_review"

#: (use, key, name, 中文, 繁體) of why goods are wasted or their stock is put right.
_REASONS = (
    ("stock_waste", "expired", "Out of date", "过期", "過期"),
    ("stock_waste", "broken", "Broken or spoilt", "破损变质", "破損變質"),
    ("stock_waste", "own_use", "Used in the shop", "店内自用", "店內自用"),
    ("stock_waste", "sample", "Sample or tasting", "样品试吃", "樣品試吃"),
    ("stock_waste", "stolen", "Stolen", "被盗", "遭竊"),
    ("stock_waste", "waste_other", "Another reason", "其他原因", "其他原因"),
    ("stock_adjust", "miscounted", "Counted wrong", "盘点有误", "盤點有誤"),
    ("stock_adjust", "found", "Found again", "盘盈找回", "盤盈找回"),
    ("stock_adjust", "missing", "Missing", "缺失", "短少"),
    ("stock_adjust", "wrong_item", "Booked to the wrong item", "记错商品", "記錯商品"),
    ("stock_adjust", "opening", "Opening stock", "期初库存", "期初庫存"),
    ("stock_adjust", "adjust_other", "Another reason", "其他原因", "其他原因"),
)  # fmt: skip

STATEMENTS: tuple[str, ...] = (
    """CREATE TABLE item_picture (
    item_key INTEGER NOT NULL,
    digest TEXT NOT NULL,
    image BLOB NOT NULL,
    small BLOB NOT NULL,
    PRIMARY KEY (item_key),
    FOREIGN KEY(item_key) REFERENCES item (item_key)
)""",
    "CREATE INDEX item_by_shelf ON item (category_id, is_active, item_key)",
    """CREATE TABLE template (
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (kind, version)
)""",
    """CREATE TABLE logo (
    version INTEGER NOT NULL,
    original BLOB NOT NULL,
    dithering TEXT NOT NULL,
    print_58 BLOB NOT NULL,
    print_80 BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (version)
)""",
    "CREATE INDEX price_begins ON price (valid_from) WHERE valid_from > 0",
    """CREATE INDEX price_ends ON price (valid_until)
    WHERE valid_until < 4611686018427387904""",
    "ALTER TABLE tax_category ADD COLUMN names TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE tax_rate ADD COLUMN names TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE tender_type ADD COLUMN is_active INTEGER DEFAULT '1' NOT NULL",
    "ALTER TABLE reason ADD COLUMN is_active INTEGER DEFAULT '1' NOT NULL",
    """CREATE TABLE withdrawn_badge (
    badge_digest TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    withdrawn_at INTEGER NOT NULL,
    PRIMARY KEY (badge_digest)
)""",
    "CREATE INDEX withdrawn_badge_by_staff ON withdrawn_badge (staff_id)",
    """CREATE TABLE bulk_change (
    bulk_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    said TEXT NOT NULL,
    undoes TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    business_day TEXT NOT NULL,
    at INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (bulk_id)
)""",
    "CREATE UNIQUE INDEX bulk_change_undoes ON bulk_change (undoes) WHERE undoes != ''",
    """CREATE TABLE bulk_change_row (
    bulk_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    item_id TEXT NOT NULL,
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    added TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (bulk_id, position),
    FOREIGN KEY(bulk_id) REFERENCES bulk_change (bulk_id)
)
 WITHOUT ROWID""",
)


def upgrade() -> None:
    """Add what is new, and give the roles what they need for the new actions."""
    for statement in STATEMENTS:
        op.execute(statement)
    _grant(_EVERYBODY, "p.permission = 'sell'")
    _grant(
        _SUPERVISORS,
        "p.role IN (SELECT key FROM role WHERE is_supervisor = 1)",
    )
    _grant(_MANAGERS, "p.permission = 'settings'")
    known = _uses_known()
    for place, reason in enumerate(_REASONS):
        if reason[0] not in known:
            _give(reason, place)


def _uses_known() -> set[str]:
    rows = op.get_bind().exec_driver_sql("SELECT DISTINCT use FROM reason")
    return {use for (use,) in rows}


def _give(reason: tuple[str, ...], place: int) -> None:
    """Add a reason behind the shop's own; a new shop, without a row yet, has its own."""
    use, key, english, simplified, traditional = reason
    names = {"zh-CN": simplified, "zh-TW": traditional, "en": english}
    op.get_bind().exec_driver_sql(
        "INSERT OR IGNORE INTO reason (key, use, name, names, position) SELECT ?1, ?2, "
        "coalesce(json_extract(?3, '$.\"' || language || '\"'), ?4), "
        "?3, 1000 + ?5 FROM shop",
        (key, use, json.dumps(names, ensure_ascii=False), english, place),
    )


def _grant(permissions: str, whom: str) -> None:
    """Give permissions to some roles; both words are constants of this file."""
    for permission in permissions.split():
        op.execute(
            "INSERT OR IGNORE INTO role_permission (role, permission) "  # noqa: S608
            f"SELECT DISTINCT p.role, '{permission}' FROM role_permission p WHERE {whom}"
        )
