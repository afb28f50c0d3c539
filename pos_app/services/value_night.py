"""Stored value that has ended is taken out, once a day, account by account."""

from __future__ import annotations

from pos_app.domain.journal import EntryKind
from pos_app.domain.stored_value.booking import expire
from pos_app.domain.stored_value.moves import MoveHead
from pos_app.domain.stored_value.refusal import ValueRefusal
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.member_night import Night

#: Accounts that are looked for at once; each is a transaction of its own.
_AT_ONCE = 200


def night_value(night: Night) -> None:
    """Take out what has ended; what was paid for never ends by the shop's rule.

    Done twice on a day it finds nothing more. An account that an open sale holds is
    done like any other: what has ended pays nothing, held or not.

    Args:
        night: the run.
    """
    reader, done = night.desk.ledger.stored_value, ""
    while ended := reader.ended(night.at, done, _AT_ONCE):
        for account_id in ended:
            _expire(night, account_id)
        done = ended[-1]


def _expire(night: Night, account_id: str) -> None:
    desk, stamp = night.desk, night.stamp
    move_id = desk.ids.new()
    head = MoveHead(move_id, f"ended/{move_id}", night.at)

    def work(unit: UnitOfWork) -> None:
        try:
            move = expire(unit.stored_value.account(account_id), head)
        except UserError as error:
            if error.key == ValueRefusal.NOTHING_EXPIRED.value:
                return  # somebody was quicker
            raise
        unit.stored_value.add_move(move, ("", ""), stamp.business_day)
        body = {
            "account": account_id,
            "move": move_id,
            "kind": move.kind.value,
            "minor": move.minor,
        }
        unit.append(EntryKind.VALUE_MOVED, body, stamp)

    desk.record(work).result()
