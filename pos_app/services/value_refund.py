"""Stored value paid back to where its money came from."""

from __future__ import annotations

from concurrent.futures import Future

from pos_app.domain.permission import Demand, Permission
from pos_app.domain.stored_value.document import ValueDocument, ValueKind
from pos_app.domain.stored_value.moves import Move
from pos_app.domain.stored_value.refusal import ValueRefusal
from pos_app.domain.stored_value.tender_rule import Due, free_of_holds
from pos_app.domain.stored_value.top_up_refund import refund_top_up
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.printing import PrintJob
from pos_app.services.after_sale import opens_drawer
from pos_app.services.desk import Desk
from pos_app.services.value_history import refund_of
from pos_app.services.value_money import money_back
from pos_app.services.value_paper import ValuePapers
from pos_app.services.value_writing import Moved, gather, record, write


class ValueRefund:
    """Pays top-ups and gift cards back; used from the sale's thread."""

    def __init__(self, desk: Desk, papers: ValuePapers) -> None:
        self._desk = desk
        self._papers = papers

    def refund(
        self, account_id: str, lot_id: str, paid_minor: int, *, print_slip: bool
    ) -> Future[ValueDocument]:
        """Pay a top-up, or some of it, back to where its money came from.

        Each tender gets back in proportion to what it paid; bonus that the money
        which stays did not earn is cancelled, and kept of the money where it was
        spent (`top_up_refund`).

        Args:
            account_id: of the wallet or card.
            lot_id: which top-up of it, or its sale.
            paid_minor: to take out of what is left of it.
            print_slip: whether a slip is printed.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "stored_value_unknown", what `refund_top_up` and `money_back`
                refuse; "stored_value_held" while an open sale has it; from the
                future "stored_value_changed" when something moved meanwhile.
        """
        ledger = self._desk.ledger.stored_value
        row = ledger.row(account_id)
        if row is None:
            raise UserError(ValueRefusal.UNKNOWN_ACCOUNT.value)
        account = ledger.account(account_id)
        account.lot(lot_id)
        permission = Permission.STORED_VALUE_REFUND
        gathered = gather(self._desk, permission, lot_id, paid_minor)
        move = refund_top_up(account, gathered.head, lot_id, paid_minor)
        terms = refund_of(move)
        back = money_back(self._desk, terms.money)
        moved = Moved(
            kind=ValueKind.REFUND,
            row=row,
            lot_id=lot_id,
            money=back.refunds,
            change_minor=0,
            rounding_minor=back.rounding_minor,
            paid_minor=terms.paid_minor,
            bonus_minor=terms.bonus_minor,
            clawed_minor=terms.clawed_minor,
        )
        papers, form = self._papers, self._papers.form()

        def work(unit: UnitOfWork) -> ValueDocument:
            _refuse_held(unit, move)
            document = write(unit, gathered, move, moved)
            if print_slip:
                unit.add_print_job(papers.job(document, form))
            return document

        return record(self._desk, work, kicks=opens_drawer(self._desk, back.refunds))

    def reprint(self, document_id: str) -> Future[PrintJob]:
        """Queue a copy of a slip, marked COPY n; a card's code is not on it.

        Raises:
            ApprovalNeeded: "not_permitted". UserError: "stored_value_unknown".
        """
        document = self._desk.ledger.stored_value.document(document_id)
        if document is None:
            raise UserError(ValueRefusal.UNKNOWN_ACCOUNT.value)
        self._desk.allow(Demand(Permission.REPRINT, document_id))
        return self._papers.reprint(document)


def _refuse_held(unit: UnitOfWork, move: Move) -> None:
    """Refuse to pay out what an open sale has taken and not booked yet.

    Raises:
        UserError: "stored_value_held" with `usable_minor`.
    """
    account = unit.stored_value.account(move.account_id)
    holds = unit.stored_value.holds(move.account_id)
    free = free_of_holds(account, holds, Due("", move.at, 0, 0))
    if -move.minor > free:
        raise UserError(ValueRefusal.HELD.value, usable_minor=free)
