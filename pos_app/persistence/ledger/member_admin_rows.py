"""What names a member outside of the members' tables, emptied when one is erased."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from pos_app.documents.layout import Layout
from pos_app.persistence.ledger.layout_codec import layout_to_text
from pos_app.persistence.ledger.tables import print_job, sale
from pos_app.ports.printing import SETTLED, PrintJobState

_SETTLED = tuple(state.value for state in SETTLED)


class MemberPaperRows:
    """Empties papers within one transaction (implements MemberPapers)."""

    _connection: Connection

    def wipe_papers(self, ids: Sequence[str]) -> int:
        """Empty the slips of a person's tickets, and let go what still waits."""
        theirs = select(sale.c.sale_id).where(
            sale.c.member_id.in_(ids), sale.c.member_id != ""
        )
        empty = layout_to_text(Layout(()))
        whose = print_job.c.document_id.in_(theirs), print_job.c.layout != empty
        waiting = print_job.c.state.in_(
            (PrintJobState.QUEUED.value, PrintJobState.HELD.value)
        )
        cancelled = {"state": PrintJobState.CANCELLED.value, "reason": "member_erased"}
        self._connection.execute(
            update(print_job).where(*whose, waiting).values(cancelled)
        )
        done = self._connection.execute(
            update(print_job)
            .where(*whose, print_job.c.state.in_(_SETTLED))
            .values(layout=empty)
        )
        return done.rowcount
