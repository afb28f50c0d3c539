"""Promotions as versioned data, and what they ask of goods: brand, tags, floor, levels."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

#: Whoever sets prices makes promotions; whoever approves takes one from a basket.
_MANAGERS = "promotions"
_SUPERVISORS = "promotion_decline"

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE item ADD COLUMN brand TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE item ADD COLUMN tags TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE unit ADD COLUMN floor_minor INTEGER DEFAULT '0' NOT NULL",
    "CREATE INDEX item_by_brand ON item (brand) WHERE brand != ''",
    "CREATE INDEX item_tagged ON item (item_key) WHERE tags != ''",
    """CREATE TABLE level_price (
    unit_key INTEGER NOT NULL,
    level TEXT NOT NULL,
    valid_from INTEGER DEFAULT '0' NOT NULL,
    price_id TEXT NOT NULL,
    valid_until INTEGER NOT NULL,
    minor INTEGER NOT NULL,
    PRIMARY KEY (unit_key, level, valid_from, price_id),
    FOREIGN KEY(unit_key) REFERENCES unit (unit_key)
)
 WITHOUT ROWID""",
    """CREATE TABLE promotion (
    promotion_id TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (promotion_id)
)""",
    """CREATE TABLE promotion_version (
    promotion_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (promotion_id, version),
    FOREIGN KEY(promotion_id) REFERENCES promotion (promotion_id)
)""",
    """CREATE TABLE promotion_run (
    run_id TEXT NOT NULL,
    promotion_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    started_by TEXT NOT NULL,
    started_approved_by TEXT NOT NULL,
    stopped_by TEXT NOT NULL,
    stopped_approved_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (run_id),
    FOREIGN KEY(promotion_id, version) REFERENCES promotion_version (promotion_id, version)
)""",
    "CREATE INDEX promotion_run_of ON promotion_run (promotion_id, version)",
    """CREATE TRIGGER promotion_version_no_update BEFORE UPDATE ON promotion_version
WHEN EXISTS (SELECT 1 FROM promotion_run r WHERE r.promotion_id = OLD.promotion_id
AND r.version = OLD.version)
BEGIN SELECT RAISE(ABORT, 'a version that was started never changes'); END""",
    """CREATE TRIGGER promotion_version_no_delete BEFORE DELETE ON promotion_version
WHEN EXISTS (SELECT 1 FROM promotion_run r WHERE r.promotion_id = OLD.promotion_id
AND r.version = OLD.version)
BEGIN SELECT RAISE(ABORT, 'a version that was started never changes'); END""",
    """CREATE TRIGGER promotion_run_no_update BEFORE UPDATE ON promotion_run
WHEN NEW.run_id <> OLD.run_id OR NEW.promotion_id <> OLD.promotion_id
OR NEW.version <> OLD.version OR NEW.starts_at <> OLD.starts_at
OR NEW.ends_at > OLD.ends_at OR NEW.started_by <> OLD.started_by
BEGIN SELECT RAISE(ABORT, 'a run only ends earlier'); END""",
    """CREATE TRIGGER promotion_run_no_delete BEFORE DELETE ON promotion_run
BEGIN SELECT RAISE(ABORT, 'a run is never forgotten'); END""",
)


def upgrade() -> None:
    """Add what is new, and give the roles what they need for the new actions."""
    for statement in STATEMENTS:
        op.execute(statement)
    _grant(_MANAGERS, "p.permission = 'prices'")
    _grant(
        _SUPERVISORS,
        "p.role IN (SELECT key FROM role WHERE is_supervisor = 1)",
    )


def _grant(permission: str, whom: str) -> None:
    """Give a permission to some roles; both words are constants of this file."""
    op.execute(
        "INSERT OR IGNORE INTO role_permission (role, permission) "  # noqa: S608
        f"SELECT DISTINCT p.role, '{permission}' FROM role_permission p WHERE {whom}"
    )
