"""Documents may be stored packed (persistence.packing); nothing stored is touched.

No table changes. The revision alone says it: a program that cannot unpack refuses the
file as a newer one's, instead of finding its journal broken.
"""

from __future__ import annotations

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Only the revision (law 2)."""
