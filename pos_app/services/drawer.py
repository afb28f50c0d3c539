"""Opening the cash drawer without a sale: allowed to some, written down always."""

from __future__ import annotations

from concurrent.futures import Future

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk
from pos_app.services.typed_text import typed_text

REASON_LIMIT = 80


class DrawerService:
    """Opens the drawer for change, a float or a look."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def open(self, reason: str) -> Future[None]:
        """Open the drawer, once the journal says who did and why (law 1).

        Args:
            reason: a reason's key or the cashier's words.

        Raises:
            UserError: "not_signed_on", "not_permitted" or "reason_unknown" when
                none is given.
        """
        self._desk.session.require(Permission.DRAWER_OPEN)
        why = typed_text(reason, REASON_LIMIT)
        if not why:
            raise UserError("reason_unknown", reason="")
        stamp = self._desk.stamp()

        def work(unit: UnitOfWork) -> None:
            unit.append(EntryKind.DRAWER_OPENED, {"why": why}, stamp)

        future = self._desk.record(work)
        future.add_done_callback(self._after_commit)
        return future

    def _after_commit(self, done: Future[None]) -> None:
        """Kick the drawer; on the core thread, and only if the entry is durable."""
        if done.exception() is None:
            self._desk.printer.open_drawer()
