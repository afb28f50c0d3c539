"""What was started stays as it is, by no way of SQL: not by REPLACE either."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: REPLACE deletes without asking the triggers of DELETE; those of INSERT it asks.
STATEMENTS: tuple[str, ...] = (
    """CREATE TRIGGER promotion_version_no_replace BEFORE INSERT ON promotion_version
WHEN EXISTS (SELECT 1 FROM promotion_run r WHERE r.promotion_id = NEW.promotion_id
AND r.version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'a version that was started never changes'); END""",
    """CREATE TRIGGER promotion_run_no_replace BEFORE INSERT ON promotion_run
WHEN EXISTS (SELECT 1 FROM promotion_run r WHERE r.run_id = NEW.run_id)
BEGIN SELECT RAISE(ABORT, 'a run only ends earlier'); END""",
    """CREATE TRIGGER promotion_run_no_rewrite BEFORE UPDATE ON promotion_run
WHEN NEW.started_approved_by <> OLD.started_approved_by
OR NEW.made_at <> OLD.made_at
BEGIN SELECT RAISE(ABORT, 'who started a run stays known'); END""",
)


def upgrade() -> None:
    """Add what is new; nothing is taken away (law 2)."""
    for statement in STATEMENTS:
        op.execute(statement)
