"""What is bought together: a projection of the shop's own baskets."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATEMENTS: tuple[str, ...] = (
    """
CREATE TABLE item_pair (
    item_id TEXT NOT NULL,
    other_id TEXT NOT NULL,
    together INTEGER NOT NULL,
    item_baskets INTEGER NOT NULL,
    other_baskets INTEGER NOT NULL,
    baskets INTEGER NOT NULL,
    PRIMARY KEY (item_id, other_id)
)
""",
)


def upgrade() -> None:
    """Only add (law 2)."""
    for statement in STATEMENTS:
        op.execute(statement)
