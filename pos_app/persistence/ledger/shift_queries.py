"""What is asked about shifts, inside a transaction or beside the till."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, Select, bindparam, select
from typing_extensions import override

from pos_app.domain.codec import correction_from_journal, from_plain
from pos_app.domain.correction import TenderCorrection
from pos_app.domain.shift import (
    CashMove,
    CashMoveKind,
    Shift,
    ShiftClose,
    ShiftCount,
    ShiftReview,
    ShiftTotal,
)
from pos_app.domain.shift_totals import Tally
from pos_app.persistence.ledger import day_tables, journal_rows, tables
from pos_app.values.times import Timestamp

T = TypeVar("T")
_shift, _close = day_tables.shift, day_tables.shift_close
_NEWEST = (_shift.c.epoch.desc(), _shift.c.seq.desc())


class ShiftQueries(ABC):
    """The questions; a subclass says through which connection they are asked."""

    @abstractmethod
    def _ask(self, question: Callable[[Connection], T]) -> T:
        """Answer a question."""

    def current(self, drawer: str) -> Shift | None:
        """Return the open shift of a drawer."""
        return self._ask(lambda c: latest_open(c, (drawer,)))

    def open_shifts(self) -> Sequence[Shift]:
        """Return every open shift, the oldest first."""
        order = (_shift.c.epoch, _shift.c.seq)
        query = _with_close().where(_close.c.shift_id.is_(None)).order_by(*order)
        return self._ask(lambda c: tuple(_read_shift(x) for x in c.execute(query)))

    def shift(self, shift_id: str) -> Shift | None:
        """Return a shift, open or closed."""
        return self._ask(lambda c: shift_of(c, shift_id))

    def last_close(self, drawer: str) -> ShiftClose | None:
        """Return the newest close of a drawer."""
        return self._ask(lambda c: last_close(c, drawer))

    def close_of(self, shift_id: str) -> ShiftClose | None:
        """Return how a shift was closed; None while it is open."""
        return self._ask(lambda c: close_of(c, shift_id))

    def closes(self, limit: int) -> Sequence[ShiftClose]:
        """Return the latest closes, newest first."""
        order = (_close.c.epoch.desc(), _close.c.seq.desc())
        query = select(_close.c.body).order_by(*order).limit(limit)
        return self._ask(lambda c: _all(ShiftClose, c.execute(query).scalars()))

    def waiting_reviews(self) -> Sequence[ShiftClose]:
        """Return the closes that wait for a manager's review, the oldest first."""
        review = day_tables.shift_review
        query = (
            select(_close.c.body)
            .where(
                _close.c.needs_review == 1,
                _close.c.shift_id.not_in(select(review.c.shift_id)),
            )
            .order_by(_close.c.epoch, _close.c.seq)
        )
        return self._ask(lambda c: _all(ShiftClose, c.execute(query).scalars()))

    def review_of(self, shift_id: str) -> ShiftReview | None:
        """Return the review of a closed shift."""
        table = day_tables.shift_review
        query = select(table).where(table.c.shift_id == shift_id)
        row = self._ask(lambda c: c.execute(query).first())
        if row is None:
            return None
        at = Timestamp(row.reviewed_at_ms)
        return ShiftReview(
            shift_id, at, row.reviewed_by, row.reviewed_by_name, row.note
        )

    def counts(self, shift_id: str) -> Sequence[ShiftCount]:
        """Return the counts of a shift, the first one first."""
        table = day_tables.shift_count
        query = select(table.c.body).where(table.c.shift_id == shift_id)
        query = query.order_by(table.c.position)
        return self._ask(lambda c: _all(ShiftCount, c.execute(query).scalars()))

    def totals(self, shift_id: str) -> Sequence[ShiftTotal]:
        """Return the running totals of a shift, in the order of kind and key."""
        return self._ask(lambda c: totals_of(c, shift_id))

    def expected_minor(self, shift_id: str) -> int:
        """Return the cash that the drawer should hold, minor units."""
        return Tally(self.totals(shift_id)).expected_minor

    def moves(self, shift_id: str) -> Sequence[CashMove]:
        """Return the cash put in and taken out, in order."""
        return self._ask(lambda c: moves_of(c, shift_id))

    def corrections(self, shift_id: str) -> Sequence[TenderCorrection]:
        """Return the tender corrections made in a shift, in order."""
        return self._ask(lambda c: corrections_of(c, shift_id))

    def sale_numbers(self, shift_id: str) -> tuple[str, str]:
        """Return the first and last ticket's number; "" twice when there is none."""
        columns = tables.sale.c
        query = select(columns.number).where(columns.shift_id == shift_id).limit(1)
        first = query.order_by(columns.epoch, columns.seq)
        last = query.order_by(columns.epoch.desc(), columns.seq.desc())
        return self._ask(
            lambda c: (
                c.execute(first).scalar() or "",
                c.execute(last).scalar() or "",
            )
        )


class SqlShiftReader(ShiftQueries):
    """Shifts, as committed (implements ports.shifts.ShiftReader)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @override
    def _ask(self, question: Callable[[Connection], T]) -> T:
        with self._engine.begin() as connection:
            return question(connection)


def latest_open(connection: Connection, drawers: Sequence[str]) -> Shift | None:
    """Return the open shift of one of these drawers; the one opened last."""
    found = []
    for drawer in drawers:
        row = connection.execute(_LATEST, {"drawer": drawer}).first()
        if row is not None and row.z_number is None:
            found.append(((row.epoch, row.seq), row))
    return _read_shift(max(found, key=lambda x: x[0])[1]) if found else None


def shift_of(connection: Connection, shift_id: str) -> Shift | None:
    """Return a shift, open or closed."""
    query = select(_shift.c.body).where(_shift.c.shift_id == shift_id)
    return _one(Shift, connection.execute(query).scalar())


def close_of(connection: Connection, shift_id: str) -> ShiftClose | None:
    """Return how a shift was closed; None while it is open."""
    query = select(_close.c.body).where(_close.c.shift_id == shift_id)
    return _one(ShiftClose, connection.execute(query).scalar())


def last_close(connection: Connection, drawer: str) -> ShiftClose | None:
    """Return the newest close of a drawer."""
    query = (
        select(_close.c.body)
        .join(_shift, _shift.c.shift_id == _close.c.shift_id)
        .where(_shift.c.drawer == drawer)
        .order_by(*_NEWEST)
        .limit(1)
    )
    return _one(ShiftClose, connection.execute(query).scalar())


def totals_of(connection: Connection, shift_id: str) -> tuple[ShiftTotal, ...]:
    """Return the running totals of a shift, in the order of kind and key."""
    columns = day_tables.shift_total.c
    query = select(columns.kind, columns.key, columns["count"], columns.amount_minor)
    rows = connection.execute(query.where(columns.shift_id == shift_id))
    return Tally(ShiftTotal(*row) for row in rows).totals


def moves_of(connection: Connection, shift_id: str) -> tuple[CashMove, ...]:
    """Return the cash put in and taken out in a shift, in order."""
    table = day_tables.cash_move
    query = select(table).where(table.c.shift_id == shift_id)
    rows = connection.execute(query.order_by(table.c.epoch, table.c.seq))
    return tuple(_read_move(row) for row in rows)


def corrections_of(
    connection: Connection, shift_id: str
) -> tuple[TenderCorrection, ...]:
    """Return the tender corrections made in a shift, in order."""
    table = tables.tender_correction
    query = (
        select(table.c.epoch, table.c.seq, table.c.cashier_name)
        .where(table.c.shift_id == shift_id)
        .order_by(table.c.epoch, table.c.seq)
    )
    return tuple(
        correction_from_journal(journal_rows.body_of(connection, epoch, seq), name)
        for epoch, seq, name in connection.execute(query).all()
    )


def _with_close() -> Select[Any]:
    joined = _shift.outerjoin(_close, _close.c.shift_id == _shift.c.shift_id)
    return select(_shift.c.body).select_from(joined)


#: Said once: each ticket asks it three times.
_LATEST = (
    _with_close()
    .add_columns(_close.c.z_number, _shift.c.epoch, _shift.c.seq)
    .where(_shift.c.drawer == bindparam("drawer"))
    .order_by(*_NEWEST)
    .limit(1)
)


def _read_shift(row: Row[Any]) -> Shift:
    return from_plain(Shift, json.loads(row.body))


def _read_move(row: Row[Any]) -> CashMove:
    return CashMove(
        move_id=row.move_id,
        number=row.number,
        kind=CashMoveKind(row.kind),
        amount_minor=row.amount_minor,
        reason=row.reason,
        reference=row.reference,
        shift_id=row.shift_id,
        till=row.number.rsplit("-", 2)[0],
        staff_id=row.staff_id,
        staff_name=row.staff_name,
        approved_by=row.approved_by,
        business_day=date.fromisoformat(row.business_day),
        at=Timestamp(row.at_ms),
    )


def _one(kind: type[T], body: str | None) -> T | None:
    return None if body is None else from_plain(kind, json.loads(body))


def _all(kind: type[T], bodies: Any) -> tuple[T, ...]:
    return tuple(from_plain(kind, json.loads(body)) for body in bodies)
