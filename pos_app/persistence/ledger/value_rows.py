"""Writes stored value and gift cards (implements ports.stored_value)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, delete, insert
from sqlalchemy.dialects.sqlite import insert as upsert
from typing_extensions import override

from pos_app.domain.codec import to_plain
from pos_app.domain.journal import EntryKind, JournalEntry
from pos_app.domain.open_sale import GiveBackTender, Intent, TakeTender
from pos_app.domain.stored_value.account import Account, LotState
from pos_app.domain.stored_value.document import ValueDocument
from pos_app.domain.stored_value.moves import Move, Purse
from pos_app.domain.stored_value.refusal import ValueRefusal
from pos_app.domain.tender import VALUE_KINDS, TenderKind
from pos_app.domain.value_totals import of_value
from pos_app.errors import UserError
from pos_app.persistence.ledger import moves
from pos_app.persistence.ledger.moves import Booking
from pos_app.persistence.ledger.shift_rows import SqlShifts
from pos_app.persistence.ledger.value_queries import ValueQueries, account_of
from pos_app.persistence.ledger.value_tables import (
    value_account,
    value_balance,
    value_document,
    value_hold,
    value_lot,
    value_move,
)
from pos_app.ports.ledger import Stamp
from pos_app.ports.stored_value import AccountRow
from pos_app.values.times import BusinessDay, Timestamp

T = TypeVar("T")
Append = Callable[[EntryKind, Mapping[str, object], Stamp], JournalEntry]
_LET_GO = delete(value_hold).where(value_hold.c.basket_id == bindparam("basket"))
#: A basket that was forgotten for so long holds nothing any more; its sale may still
#: end when the account has enough by then.
HOLD_SECONDS = 12 * 60 * 60
#: What a person is called or wrote stays out of the journal (law 14).
_PERSONAL = ("staff_name",)


class SqlStoredValue(ValueQueries):
    """Writes stored value and gift cards within one transaction.

    Args:
        connection: of the core thread.
        append: adds an entry to the journal.
    """

    def __init__(self, connection: Connection, append: Append) -> None:
        self._connection = connection
        self._append = append

    @override
    def _ask(self, question: Callable[[Connection], T]) -> T:
        return question(self._connection)

    def open_account(self, row: AccountRow, digest: str) -> None:
        """Store a new account; see ports.stored_value.ValueWriter."""
        if self._is_taken(row, digest):
            raise UserError(ValueRefusal.OPENED_TWICE.value)
        values = {
            "account_id": row.account_id,
            "kind": row.kind.value,
            "currency": row.currency,
            "member_id": row.member_id,
            "code_digest": digest,
            "label": row.label,
            "opened_at_ms": row.opened_at.unix_ms,
            "opened_by": row.opened_by,
        }
        self._connection.execute(insert(value_account), values)

    def _is_taken(self, row: AccountRow, digest: str) -> bool:
        if digest and self.with_code(digest) is not None:
            return True
        return bool(row.member_id and self.wallets((row.member_id,)))

    def add_move(
        self, move: Move, document: tuple[str, str], day: BusinessDay
    ) -> Account:
        """Store a move; see ports.stored_value.ValueWriter."""
        after = account_of(self._connection, move.account_id).add(move)
        values = {
            "move_id": move.move_id,
            "account_id": move.account_id,
            "number": move.number,
            "key": move.key,
            "kind": move.kind.value,
            "at_ms": move.at.unix_ms,
            "business_day": day.isoformat(),
            "paid_minor": _sum(move, Purse.PAID),
            "bonus_minor": _sum(move, Purse.BONUS),
            "document_id": document[0],
            "document_number": document[1],
            "body": json.dumps(to_plain(move), ensure_ascii=False),
        }
        self._connection.execute(insert(value_move), values)
        self._project(after, move)
        return after

    def add_document(self, document: ValueDocument) -> None:
        """Store a proven value document; see ports.stored_value.ValueWriter."""
        document.check()
        stamp = Stamp(document.staff_id, document.business_day, document.at)
        kind = EntryKind.VALUE_REFUNDED if document.is_refund else EntryKind.VALUE_SOLD
        entry = self._append(kind, _impersonal(document), stamp)
        values = {
            "document_id": document.document_id,
            "number": document.number,
            "epoch": entry.epoch,
            "seq": entry.seq,
            "kind": document.kind.value,
            "account_id": document.account_id,
            "move_id": document.move_id,
            "shift_id": document.shift_id,
            "business_day": document.business_day.isoformat(),
            "at_ms": document.at.unix_ms,
            "paid_minor": document.paid_minor,
            "bonus_minor": document.bonus_minor,
            "body": json.dumps(to_plain(document), ensure_ascii=False),
        }
        self._connection.execute(insert(value_document), values)
        booking = Booking(
            document.document_id, document.business_day, document.shift_id
        )
        moves.book(self._connection, booking, _money(document))
        shifts = SqlShifts(self._connection, self._append)
        shifts.count_in(document.shift_id, of_value(document))

    def _project(self, after: Account, move: Move) -> None:
        """Bring the running balance and the lots to what the moves now say."""
        values = {
            "paid_minor": after.paid_minor,
            "bonus_minor": after.bonus_minor,
            "moves": after.count,
            "moved_at_ms": move.at.unix_ms,
        }
        statement = upsert(value_balance).values(account_id=move.account_id, **values)
        statement = statement.on_conflict_do_update(
            index_elements=["account_id"], set_=values
        )
        self._connection.execute(statement)
        touched = {part.lot_id for part in move.parts}
        table = value_lot
        for state in after.lots:
            if state.lot.lot_id in touched:
                row = lot_row(move.account_id, state)
                lots = upsert(table).values(**row)
                lots = lots.on_conflict_do_update(
                    index_elements=["account_id", "lot_id"],
                    set_={key: row[key] for key in row if not key.endswith("_id")},
                )
                self._connection.execute(lots)


def lot_row(account_id: str, state: LotState) -> dict[str, Any]:
    """Return a lot's row: what it holds, and when the first of that ends."""
    ends = [
        end.unix_ms
        for purse in Purse
        if state.left(purse) and (end := state.lot.expires_at(purse)) is not None
    ]
    return {
        "account_id": account_id,
        "lot_id": state.lot.lot_id,
        "paid_minor": state.paid_minor,
        "bonus_minor": state.bonus_minor,
        "ends_at_ms": min(ends, default=None),
    }


def _sum(move: Move, purse: Purse) -> int:
    return sum(part.minor for part in move.parts if part.purse is purse)


def _money(document: ValueDocument) -> list[tuple[str, int]]:
    sign = -1 if document.is_refund else 1
    money = [(each.key, sign * each.amount_minor) for each in document.money]
    if document.change_minor:
        cash = [t.key for t in document.money if t.kind is TenderKind.CASH]
        money.append((cash[-1], -document.change_minor))
    return money


def _impersonal(document: ValueDocument) -> dict[str, Any]:
    body = to_plain(document)
    for name in _PERSONAL:
        del body[name]
    return body


def hold(connection: Connection, basket_id: str, intent: Intent, at: Timestamp) -> None:
    """Hold what an open basket takes of stored value, or let go of it again."""
    columns = value_hold.c
    match intent:
        case TakeTender(tender) if tender.kind in VALUE_KINDS:
            row = {
                "basket_id": basket_id,
                "tender_id": tender.tender_id,
                "account_id": tender.account_id,
                "minor": tender.amount_minor,
                "until_ms": at.plus_seconds(HOLD_SECONDS).unix_ms,
            }
            connection.execute(insert(value_hold), row)
        case GiveBackTender(tender_id):
            chosen = (columns.basket_id == basket_id, columns.tender_id == tender_id)
            connection.execute(delete(value_hold).where(*chosen))
        case _:
            pass


def let_go(connection: Connection, basket_id: str) -> None:
    """Let go of all that a basket holds: it ended."""
    connection.execute(_LET_GO, {"basket": basket_id})
