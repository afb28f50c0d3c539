"""What roles may do with members, points, coupons and stored value."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

#: Whoever sells enrols and tops up; whoever approves mends; whoever makes
#: promotions makes the programme; whoever knows the staff may know the members.
_SELLERS = "p.permission = 'sell'"
_SUPERVISORS = "p.role IN (SELECT key FROM role WHERE is_supervisor = 1)"
_PROMOTERS = "p.permission = 'promotions'"
_PERSONNEL = "p.permission = 'people'"
GRANTS: tuple[tuple[str, str], ...] = (
    ("members", _SELLERS),
    ("stored_value", _SELLERS),
    ("member_edit", _SUPERVISORS),
    ("points_adjust", _SUPERVISORS),
    ("stored_value_refund", _SUPERVISORS),
    ("loyalty", _PROMOTERS),
    ("member_reveal", _PERSONNEL),
)

STATEMENTS: tuple[str, ...] = ()


def upgrade() -> None:
    """Give the roles what they need for the new actions; only add (law 2)."""
    for permission, whom in GRANTS:
        op.execute(
            "INSERT OR IGNORE INTO role_permission (role, permission) "  # noqa: S608
            f"SELECT DISTINCT p.role, '{permission}' FROM role_permission p "
            f"WHERE {whom}"
        )
