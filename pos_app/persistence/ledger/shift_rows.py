"""Shifts as rows of the ledger, in the caller's transaction (ports.shifts)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from typing_extensions import override

from pos_app.domain import shift_totals
from pos_app.domain.codec import to_plain
from pos_app.domain.journal import EntryKind, JournalEntry
from pos_app.domain.shift import (
    TILL_DRAWER,
    CashMove,
    Shift,
    ShiftClose,
    ShiftCount,
    ShiftReview,
    ShiftTotal,
)
from pos_app.domain.shift_facts import COUNTED_FACTS, SHIFT, of_fact
from pos_app.persistence.ledger import day_tables, journal_rows, moves, shift_facts
from pos_app.persistence.ledger.moves import Booking
from pos_app.persistence.ledger.shift_queries import (
    ShiftQueries,
    last_close,
    latest_open,
)
from pos_app.ports.ledger import Stamp
from pos_app.values.times import BusinessDay

T = TypeVar("T")
#: The account of the drawers' cash: floats, cash moves and what goes to the safe.
CASH = "cash"
#: Opening and close book under the shift's id, at positions of their own.
_BEFORE_POSITION, _CLOSING_POSITION = 2, 11
#: What a person is called or wrote stays out of the journal (law 14).
_PERSONAL = frozenset(
    {"opened_by_name", "counted_by_name", "closed_by_name", "staff_name"}
    | {"reviewed_by_name", "reference", "note", "bag"}
)

_total = day_tables.shift_total.c
_INTO_TOTALS = upsert(day_tables.shift_total)
#: Said once: each ticket counts in its shift.
_COUNT_IN = _INTO_TOTALS.on_conflict_do_update(
    index_elements=[_total.shift_id, _total.kind, _total.key],
    set_={
        "count": _total["count"] + _INTO_TOTALS.excluded["count"],
        "amount_minor": _total.amount_minor + _INTO_TOTALS.excluded["amount_minor"],
    },
)


class SqlShifts(ShiftQueries):
    """Shifts inside the caller's transaction (implements ports.shifts.ShiftWriter).

    Args:
        connection: of the core thread.
        append: adds an entry to the journal.
    """

    def __init__(
        self, connection: Connection, append: Callable[..., JournalEntry]
    ) -> None:
        self._connection = connection
        self._append = append

    @override
    def _ask(self, question: Callable[[Connection], T]) -> T:
        return question(self._connection)

    def left_minor(self, drawer: str) -> int | None:
        """Return the float that the drawer's last shift left; None for the first."""
        close = last_close(self._connection, drawer)
        return None if close is None else close.left_minor

    def chain_head(self) -> str:
        """Return the hash of the newest journal entry, hex."""
        newest = journal_rows.head(self._connection)
        return newest[2].hex() if newest else ""

    def open(self, shift: Shift) -> None:
        """Store an opened shift, its float, and what happened since the last one."""
        assert self.current(shift.drawer) is None, "one shift to a drawer"
        shifts = select(day_tables.shift.c.shift_id).limit(1)
        is_first = self._connection.execute(shifts).first() is None
        stamp = Stamp(shift.opened_by, shift.business_day, shift.opened_at)
        entry = self._append(EntryKind.SHIFT_OPENED, _impersonal(shift), stamp)
        row = {
            "shift_id": shift.shift_id,
            "number": shift.number,
            "epoch": entry.epoch,
            "seq": entry.seq,
            "drawer": shift.drawer,
            "business_day": shift.business_day.isoformat(),
            "opened_at_ms": shift.opened_at.unix_ms,
            "body": _text(shift),
        }
        self._connection.execute(insert(day_tables.shift), row)
        self._book_float(shift)
        if is_first:
            self._book_out_before_shifts(shift)
        totals = [*shift_totals.of_opening(shift)]
        totals += shift_facts.between_shifts(self._connection, shift)
        self.count_in(shift.shift_id, totals)

    def _book_float(self, shift: Shift) -> None:
        """Book the float, less what the drawer held already."""
        booking = Booking(shift.shift_id, shift.business_day, shift.shift_id)
        held_minor = self.left_minor(shift.drawer) or 0
        moves.book(self._connection, booking, [(CASH, shift.float_minor - held_minor)])

    def _book_out_before_shifts(self, shift: Shift) -> None:
        """Book out cash of the time before there were shifts: no drawer holds it."""
        before = Booking(shift.shift_id, shift.business_day, "", _BEFORE_POSITION)
        old_minor = moves.before_shifts(self._connection, CASH)
        moves.book(self._connection, before, [(CASH, -old_minor)])

    def add_move(self, move: CashMove) -> None:
        """Store cash put in or taken out."""
        stamp = Stamp(move.staff_id, move.business_day, move.at)
        entry = self._append(EntryKind.CASH_MOVED, _impersonal(move), stamp)
        row = {
            "move_id": move.move_id,
            "number": move.number,
            "epoch": entry.epoch,
            "seq": entry.seq,
            "shift_id": move.shift_id,
            "kind": move.kind.value,
            "amount_minor": move.amount_minor,
            "reason": move.reason,
            "reference": move.reference,
            "staff_id": move.staff_id,
            "staff_name": move.staff_name,
            "approved_by": move.approved_by,
            "business_day": move.business_day.isoformat(),
            "at_ms": move.at.unix_ms,
        }
        self._connection.execute(insert(day_tables.cash_move), row)
        booking = Booking(move.move_id, move.business_day, move.shift_id)
        moves.book(self._connection, booking, [(CASH, move.signed_minor)])
        self.count_in(move.shift_id, shift_totals.of_move(move))

    def add_count(self, count: ShiftCount, day: BusinessDay) -> None:
        """Store a blind count, made on the business day `day`."""
        stamp = Stamp(count.counted_by, day, count.counted_at)
        self._append(EntryKind.SHIFT_COUNTED, _impersonal(count), stamp)
        row = {
            "shift_id": count.shift_id,
            "position": count.position,
            "body": _text(count),
        }
        self._connection.execute(insert(day_tables.shift_count), row)

    def close(self, close: ShiftClose) -> None:
        """Store a close and its Z, and take what is not left out of the drawer."""
        stamp = Stamp(close.closed_by, close.business_day, close.closed_at)
        entry = self._append(EntryKind.SHIFT_CLOSED, _close_body(close), stamp)
        shift_id = close.shift.shift_id
        row = {
            "shift_id": shift_id,
            "z_number": close.z_number,
            "epoch": entry.epoch,
            "seq": entry.seq,
            "business_day": close.business_day.isoformat(),
            "closed_at_ms": close.closed_at.unix_ms,
            "difference_minor": close.difference_minor,
            "left_minor": close.left_minor,
            "needs_review": int(close.needs_review),
            "body": _text(close),
        }
        self._connection.execute(insert(day_tables.shift_close), row)
        booking = Booking(shift_id, close.business_day, shift_id, _CLOSING_POSITION)
        money = [(CASH, close.difference_minor), (CASH, -close.removed_minor)]
        moves.book(self._connection, booking, money)
        self.count_in(shift_id, shift_totals.of_close(close))
        assert tuple(self.totals(shift_id)) == close.totals

    def add_review(self, review: ShiftReview, day: BusinessDay) -> None:
        """Store a review, made on the business day `day`."""
        stamp = Stamp(review.reviewed_by, day, review.reviewed_at)
        self._append(EntryKind.SHIFT_REVIEWED, _impersonal(review), stamp)
        row = {
            "shift_id": review.shift_id,
            "reviewed_at_ms": review.reviewed_at.unix_ms,
            "reviewed_by": review.reviewed_by,
            "reviewed_by_name": review.reviewed_by_name,
            "note": review.note,
        }
        self._connection.execute(insert(day_tables.shift_review), row)

    def count_in(self, shift_id: str, totals: Iterable[ShiftTotal]) -> None:
        """Add to the running totals of a shift."""
        rows = [
            {
                "shift_id": shift_id,
                "kind": each.kind,
                "key": each.key,
                "count": each.count,
                "amount_minor": each.amount_minor,
            }
            for each in totals
        ]
        if not rows or not shift_id:
            return
        self._connection.execute(_COUNT_IN, rows)

    def named(
        self, kind: EntryKind, body: Mapping[str, object], actor: str
    ) -> Mapping[str, object]:
        """Return an entry's body with the shift that it counts in, and count it."""
        if kind not in COUNTED_FACTS:
            return body
        shift = latest_open(self._connection, (TILL_DRAWER, actor))
        if shift is None:
            return {**body, SHIFT: ""}
        self.count_in(shift.shift_id, of_fact(kind, body))
        return {**body, SHIFT: shift.shift_id}


def _text(document: Shift | ShiftCount | ShiftClose) -> str:
    return json.dumps(to_plain(document), ensure_ascii=False)


def _impersonal(document: object) -> dict[str, Any]:
    """Return a document's journal body: ids and amounts only (law 14)."""
    return {
        key: value for key, value in to_plain(document).items() if key not in _PERSONAL
    }


def _close_body(close: ShiftClose) -> dict[str, Any]:
    body = _impersonal(close)
    body["shift"] = close.shift.shift_id
    body["counts"] = [_impersonal(count) for count in close.counts]
    return body
