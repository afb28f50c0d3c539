"""The shop's day: policy, limits of roles, what may be discounted and come back."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: What every role that sells may do from now on, and what supervisors may.
_EVERYBODY = "park return paid_in safe_drop shift_open shift_close discount"
_SUPERVISORS = (
    "sale_reverse price_override return_late return_no_receipt refund_other_tender "
    "paid_out shift_close_other shift_review x_report reports black_box"
)

STATEMENTS = (
    "ALTER TABLE shop ADD COLUMN policy TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE item ADD COLUMN discount_cap_millionths INTEGER",
    "ALTER TABLE item ADD COLUMN is_returnable INTEGER DEFAULT '1' NOT NULL",
    "ALTER TABLE tender_type ADD COLUMN is_refundable INTEGER DEFAULT '1' NOT NULL",
    "ALTER TABLE role ADD COLUMN limits TEXT DEFAULT '' NOT NULL",
    # A discount of a cashier's is approved until the shop says how far it may go.
    """UPDATE role SET limits = '{"discount_cap": {"millionths": 1000000}}'
       WHERE is_supervisor = 1""",
)


def upgrade() -> None:
    """Add the columns, and give the roles what they need for the new actions."""
    for statement in STATEMENTS:
        op.execute(statement)
    for permission in _EVERYBODY.split():
        _grant(
            permission,
            "role IN (SELECT role FROM role_permission p WHERE p.permission = 'sell')",
        )
    for permission in _SUPERVISORS.split():
        _grant(permission, "role IN (SELECT key FROM role WHERE is_supervisor = 1)")


def _grant(permission: str, whom: str) -> None:
    """Give a permission to some roles; both words are constants of this file."""
    op.execute(
        "INSERT OR IGNORE INTO role_permission (role, permission) "
        f"SELECT DISTINCT role, '{permission}' FROM role_permission WHERE {whom}"  # noqa: S608
    )


def downgrade() -> None:
    """Refuse: an older program is installed beside a restored backup instead."""
    raise AssertionError("the catalogue never goes back")
