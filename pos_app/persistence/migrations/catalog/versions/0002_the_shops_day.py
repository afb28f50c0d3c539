"""The shop's day: policy, limits of roles, what may be discounted and come back."""

from __future__ import annotations

import json

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

#: (use, key, name, 中文, 繁體) of what could not be done at all without a reason.
_REASONS = (
    ("return", "return_unwanted", "Not wanted", "不想要了", "不想要了"),
    ("return", "return_faulty", "Faulty", "有破损", "有破損"),
    ("discount", "discount_regular", "Regular customer", "老顾客", "老顧客"),
    ("price_override", "override_label", "Shelf label differs", "标签价不一致", "標籤價不一致"),
    ("sale_reverse", "reverse_wrong", "Rung up wrongly", "收错了", "收錯了"),
)  # fmt: skip

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
    uses = {reason[0] for reason in _REASONS} - _uses_known()
    for position, reason in enumerate(_REASONS):
        if reason[0] in uses:
            _give(reason, position)


def _uses_known() -> set[str]:
    rows = op.get_bind().exec_driver_sql("SELECT DISTINCT use FROM reason")
    return {use for (use,) in rows}


def _give(reason: tuple[str, ...], position: int) -> None:
    """Add a reason in the language of the shop and in others; a new shop has its own."""
    use, key, english, simplified, traditional = reason
    names = {"zh-CN": simplified, "zh-TW": traditional, "en": english}
    op.get_bind().exec_driver_sql(
        "INSERT OR IGNORE INTO reason (key, use, name, names, position) SELECT ?1, ?2, "
        "coalesce(json_extract(?3, '$.\"' || language || '\"'), ?4), "
        "?3, ?5 FROM shop",
        (key, use, json.dumps(names, ensure_ascii=False), english, position),
    )


def _grant(permission: str, whom: str) -> None:
    """Give a permission to some roles; both words are constants of this file."""
    op.execute(
        "INSERT OR IGNORE INTO role_permission (role, permission) "  # noqa: S608 - constants
        f"SELECT DISTINCT role, '{permission}' FROM role_permission WHERE {whom}"
    )


def downgrade() -> None:
    """Refuse: an older program is installed beside a restored backup instead."""
    raise AssertionError("the catalogue never goes back")
