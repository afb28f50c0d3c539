"""What moves once a ticket is on the disk: the drawer and the printer."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass

from pos_app.domain.sale import Sale
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.ports.printing import PrinterPort
from pos_app.services.desk import Desk


def opens_drawer(desk: Desk, money: Iterable[TenderLine]) -> bool:
    """Tell whether a tender opens the drawer; a type since deleted: cash does."""
    types = {kind.key: kind for kind in desk.catalog.known_tenders()}
    return any(
        types[tender.key].opens_drawer
        if tender.key in types
        else tender.kind is TenderKind.CASH
        for tender in money
    )


@dataclass(frozen=True, slots=True)
class AfterCommit:
    """Moves drawer and printer, but only once the sale is on the disk (law 1).

    Attributes:
        printer: the receipt printer.
        kicks: whether the drawer opens; by itself, since a slip may wait for paper.
    """

    printer: PrinterPort
    kicks: bool

    def __call__(self, done: Future[Sale]) -> None:
        """Run on the core thread when the future is done."""
        if done.exception() is not None:
            return
        if self.kicks:
            self.printer.open_drawer()
        self.printer.wake()
