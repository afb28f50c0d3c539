"""Opening the cash drawer without a sale: allowed to some, written down always."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission
from pos_app.errors import UserError
from pos_app.ports.catalog import Reason
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk

#: Use of the reasons in the catalogue, and the only reason where it has none.
NO_SALE = "no_sale"


class DrawerService:
    """Opens the drawer for change, a float or a look."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def reasons(self) -> Sequence[Reason]:
        """Return the reasons to choose from."""
        return self._desk.catalog.reasons(NO_SALE)

    def open(self, reason: str) -> Future[None]:
        """Open the drawer, once the journal says who did and why (law 1).

        Args:
            reason: key of one of `reasons`; words of one's own would stand in the
                journal for ever, whatever they say (law 14). In a shop without
                such reasons, `NO_SALE`.

        Raises:
            UserError: "not_signed_on", "not_permitted" or "reason_unknown".
        """
        known = [one.key for one in self.reasons()] or [NO_SALE]
        if reason not in known:
            raise UserError("reason_unknown", reason=reason[:20])
        cleared = self._desk.allow(Permission.DRAWER_OPEN)
        stamp = self._desk.stamp()
        body = {"why": reason, "approved_by": cleared.approved_by}

        def work(unit: UnitOfWork) -> None:
            unit.append(EntryKind.DRAWER_OPENED, body, stamp)

        future = self._desk.record(work)
        future.add_done_callback(self._after_commit)
        return future

    def _after_commit(self, done: Future[None]) -> None:
        """Kick the drawer; on the core thread, and only if the entry is durable."""
        if done.exception() is None:
            self._desk.printer.open_drawer()
