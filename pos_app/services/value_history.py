"""What was done with an account, and which top-ups of it may be paid back."""

from __future__ import annotations

from pos_app.domain.stored_value.account import Account, LotState
from pos_app.domain.stored_value.moves import Move, MoveHead, Part, Purse, Source
from pos_app.domain.stored_value.top_up_refund import refund_top_up
from pos_app.ports.stored_value import BookedMove, ValueReader
from pos_app.services.value_view import LotView, RefundView, ValueMoveView
from pos_app.values.times import Timestamp


def history_of(ledger: ValueReader, account_id: str) -> tuple[ValueMoveView, ...]:
    """Return the moves of an account, newest first."""
    found, left = [], 0
    for booked in ledger.moves(account_id):
        left += booked.move.minor
        found.append(_move_view(booked, left))
    return tuple(reversed(found))


def _move_view(booked: BookedMove, left_minor: int) -> ValueMoveView:
    move = booked.move
    return ValueMoveView(
        move_id=move.move_id,
        kind=move.kind,
        at=move.at,
        minor=move.minor,
        left_minor=left_minor,
        paid_minor=_sum(move.parts, Purse.PAID),
        bonus_minor=_sum(move.parts, Purse.BONUS),
        number=booked.number,
        document_id=booked.document_id,
    )


def lots_of(ledger: ValueReader, account_id: str) -> tuple[LotView, ...]:
    """Return the lots that money opened, newest first."""
    account = ledger.account(account_id)
    numbers = {one.move.move_id: one.number for one in ledger.moves(account_id)}
    lots = [state for state in account.lots if state.lot.sources]
    return tuple(_lot_view(state, numbers) for state in reversed(lots))


def _lot_view(state: LotState, numbers: dict[str, str]) -> LotView:
    lot = state.lot
    pairs = zip(lot.sources, state.back_minor, strict=True)
    return LotView(
        lot_id=lot.lot_id,
        at=lot.opened_at,
        number=numbers[lot.lot_id],
        paid_minor=lot.paid_minor,
        bonus_minor=lot.bonus_minor,
        left_minor=state.paid_minor,
        sources=tuple(Source(x.tender_key, x.minor - back) for x, back in pairs),
    )


def refund_view(
    account: Account, lot_id: str, paid_minor: int, at: Timestamp
) -> RefundView:
    """Return what taking an amount out of a top-up comes to.

    Raises:
        UserError: as `refund_top_up`.
    """
    move = refund_top_up(account, MoveHead("asked", "asked", at), lot_id, paid_minor)
    return refund_of(move)


def refund_of(move: Move) -> RefundView:
    """Return what a refund of a top-up comes to."""
    return RefundView(
        paid_minor=-_sum(move.parts, Purse.PAID),
        bonus_minor=-_sum(move.parts, Purse.BONUS),
        clawed_minor=move.clawed_minor,
        money=tuple(
            Source(source.tender_key, -source.minor)
            for source in move.money
            if source.minor
        ),
    )


def _sum(parts: tuple[Part, ...], purse: Purse) -> int:
    return sum(part.minor for part in parts if part.purse is purse)
