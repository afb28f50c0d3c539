"""The demo day's lines beside plain selling: the drawer, consent, parking, returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pos_app.cli.scripted_cashier import ScriptedCashier
from pos_app.cli.scripted_drawer import ScriptedDrawer
from pos_app.cli.scripted_errands import ScriptedErrands
from pos_app.cli.scripted_till import ScriptedTill
from pos_app.domain.sale import Sale
from pos_app.domain.shift import ShiftClose
from pos_app.services import replay_day_commands as commands

#: What one line of the day does; yields names of moments.
Step = Callable[[Any], Iterator[str]]


class DayErrands:
    """Turns these lines into touches.

    Attributes:
        errands, drawer: whose hands do it.
        refunded: the ticket that the last refund ended; taken by `finish`.
        closed: the shift's close.
    """

    def __init__(self, place: ScriptedTill, cashier: ScriptedCashier) -> None:
        self.errands = ScriptedErrands(place, cashier)
        self.drawer = ScriptedDrawer(place, cashier)
        self.refunded: Sale | None = None
        self.closed: ShiftClose | None = None
        self._approver: commands.Approve | None = None

    def steps(self) -> dict[type[Any], Step]:
        """Return which line does what."""
        return {
            commands.Approve: self._stand_by,
            commands.Discount: self._discount,
            commands.Park: self._park,
            commands.Resume: self._resume,
            commands.Return: self._return,
            commands.Refund: self._refund,
            commands.ShiftOpen: self._open,
            commands.CashMoveCommand: self._move,
            commands.XReport: self._x_report,
            commands.ShiftCountCommand: self._count,
            commands.ShiftCloseCommand: self._close,
        }

    # ------------------------------------------------------------------- approvals

    def _stand_by(self, command: commands.Approve) -> Iterator[str]:
        """Somebody comes to the till; the next line needs them."""
        self._approver = command
        yield "approve"

    def _asked(self) -> Iterator[str]:
        """Let whoever stands by agree in the dialog, which must be open."""
        approver, self._approver = self._approver, None
        if approver is not None:
            self.errands.key_approval(approver.number, approver.pin)
            yield "approval"
            self.errands.agree()

    # ------------------------------------------------------------------------ sale

    def _discount(self, command: commands.Discount) -> Iterator[str]:
        assert not command.whole
        number = command.percent or command.amount
        is_percent = bool(command.percent)
        self.errands.discount(number, command.reason, is_percent=is_percent)
        yield from self._asked()
        yield "discount"

    def _park(self, _command: commands.Park) -> Iterator[str]:
        self.errands.park()
        yield "park"

    def _resume(self, command: commands.Resume) -> Iterator[str]:
        self.errands.show_parked(command.number)
        yield "parked"
        self.errands.resume(merges=command.merge)
        yield "resume"

    def _return(self, command: commands.Return) -> Iterator[str]:
        self.errands.scan_receipt(command.receipt)
        count = int(command.quantity)
        reason, damaged = command.reason, command.damaged
        self.errands.take_back(command.line, count, reason, damaged=damaged)
        yield from self._asked()
        yield "return"

    def _refund(self, command: commands.Refund) -> Iterator[str]:
        assert not command.key, "the way it came"
        self.errands.refund()
        yield from self._asked()
        self.refunded = self.errands.await_refunded()
        yield "refund"

    # ---------------------------------------------------------------------- drawer

    def _open(self, command: commands.ShiftOpen) -> Iterator[str]:
        self.drawer.count_float(command.pieces or {})
        yield "float"
        self.drawer.open()
        yield "shift_open"

    def _move(self, command: commands.CashMoveCommand) -> Iterator[str]:
        amount, reason = command.amount, command.reason
        self.drawer.key_move(command.do, amount, reason, command.reference)
        yield "cash"
        self.drawer.move()
        yield from self._asked()
        self.drawer.await_menu()
        yield command.do
        self.drawer.leave()

    def _x_report(self, _command: commands.XReport) -> Iterator[str]:
        self.drawer.ask_x()
        yield from self._asked()
        self.drawer.await_paper()
        yield "x_report"
        self.drawer.leave()

    def _count(self, command: commands.ShiftCountCommand) -> Iterator[str]:
        self.drawer.count_drawer(command.pieces)
        yield "counting"
        self.drawer.store_count()
        yield "count"

    def _close(self, command: commands.ShiftCloseCommand) -> Iterator[str]:
        self.closed = self.drawer.close(command.left, carries=command.carry)
        yield "shift_close"
        self.drawer.end()
