"""Replays shifts: the float, cash moves, the blind count, the Z."""

from __future__ import annotations

from typing import Any

from pos_app.domain.codec import to_plain
from pos_app.domain.shift import CashCount, CashMoveKind
from pos_app.errors import UserError
from pos_app.services import replay_day_commands as commands
from pos_app.services.counter import Counter
from pos_app.services.replay_documents import Step
from pos_app.values.money import parse_minor


class ShiftReplay:
    """The steps of a drawer's day."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def steps(self) -> dict[type[Any], Step]:
        """Return which command does what."""
        return {
            commands.ShiftOpen: self._open,
            commands.CashMoveCommand: self._move,
            commands.XReport: self._x_report,
            commands.ShiftCountCommand: self._count,
            commands.ShiftCloseCommand: self._close,
            commands.ShiftReview: self._review,
        }

    def _amount(self, text: str) -> int:
        return parse_minor(text, self._counter.sale.rules.currency)

    def _open(self, command: commands.ShiftOpen) -> dict[str, Any]:
        count = None if command.pieces is None else _counted(command.pieces)
        shift = self._counter.shift.open(count, print_slip=False).result()
        return {"document": "shift", **to_plain(shift)}

    def _move(self, command: commands.CashMoveCommand) -> dict[str, Any]:
        moved = self._counter.shift.move(
            CashMoveKind(command.do),
            self._amount(command.amount),
            command.reason,
            command.reference,
            print_slip=False,
        )
        return {"document": "cash_move", **to_plain(moved.result())}

    def _x_report(self, _command: commands.XReport) -> dict[str, Any]:
        figures = self._counter.shift.x_report(print_slip=False).result()
        return {"document": "x_report", **to_plain(figures)}

    def _count(self, command: commands.ShiftCountCommand) -> dict[str, Any]:
        count = self._counter.shift.count(_counted(command.pieces)).result()
        plain = to_plain(count)
        return {
            "document": "shift_count",
            **plain,
            "difference_minor": count.difference_minor,
        }

    def _close(self, command: commands.ShiftCloseCommand) -> dict[str, Any]:
        waiting = self._counter.park.all() if command.carry else ()
        carried = tuple(parked.number for parked in waiting)
        shop = self._counter.desk.shop
        left = self._amount(command.left) if command.left else shop.policy.float_minor
        closed = self._counter.shift.close(left, carried, print_slip=False).result()
        return {
            "document": "z_report",
            **to_plain(closed),
            "difference_minor": closed.difference_minor,
        }

    def _review(self, command: commands.ShiftReview) -> dict[str, Any]:
        waiting = self._counter.shift.waiting_reviews()
        if not waiting:
            raise UserError("review_unknown")
        shift_id = waiting[0].shift.shift_id
        review = self._counter.shift.review(shift_id, command.note).result()
        return {"document": "shift_review", **to_plain(review)}


def _counted(pieces: commands.Pieces) -> CashCount:
    return CashCount(tuple(sorted(pieces.items(), reverse=True)))
