"""Shifts: running totals = sum of the documents, Z = totals, cash = moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, select, text

from pos_app.domain import shift_totals
from pos_app.domain.codec import sale_from_journal, void_from_journal
from pos_app.domain.shift import Shift, ShiftTotal
from pos_app.domain.shift_totals import Tally
from pos_app.domain.value_totals import of_value
from pos_app.persistence.checks.room import CheckRoom, fine, trouble
from pos_app.persistence.ledger import (
    day_tables,
    journal_rows,
    sale_rows,
    shift_facts,
    shift_queries,
    tables,
)
from pos_app.persistence.ledger.value_queries import documents_of_shift
from pos_app.ports.health import Action, Finding, Severity

#: Tickets that a doctor reads again, the newest shifts first; a Z of long ago was
#: proved when it was younger, and cannot change.
TICKETS_READ = 20_000
LISTED = 5

#: Cash that moved in a shift = what its drawer holds less what it held before.
CASH_OF_SHIFTS = """
WITH cash(key) AS (
  SELECT 'cash' UNION SELECT key FROM sale_tender WHERE kind = 'cash'
  UNION SELECT key FROM sale_refund WHERE kind = 'cash'
  UNION SELECT plain(canonical) ->> '$.body.to_key' FROM journal
  WHERE kind = 'TenderCorrected'
    AND plain(canonical) ->> '$.body.to_kind' = 'cash'),
held AS (
  SELECT s.shift_id, s.number, (
    SELECT c.left_minor FROM shift b JOIN shift_close c ON c.shift_id = b.shift_id
    WHERE b.drawer = s.drawer AND (b.epoch, b.seq) < (s.epoch, s.seq)
    ORDER BY b.epoch DESC, b.seq DESC LIMIT 1) AS before_minor
  FROM shift s),
moved AS (
  SELECT shift_id, sum(amount_minor) AS moved_minor FROM money_move
  WHERE tender_key IN (SELECT key FROM cash) GROUP BY shift_id),
drawer AS (
  SELECT shift_id, sum(amount_minor) AS now_minor FROM shift_total
  WHERE kind IN ('float', 'cash_flow') GROUP BY shift_id)
SELECT h.number FROM held h LEFT JOIN moved m ON m.shift_id = h.shift_id
LEFT JOIN drawer d ON d.shift_id = h.shift_id
WHERE coalesce(m.moved_minor, 0)
   <> coalesce(d.now_minor, 0) - coalesce(h.before_minor, 0)
"""
#: A closed shift's drawer holds what was left in it.
LEFT_IN_DRAWER = """
SELECT s.number FROM shift_close c JOIN shift s ON s.shift_id = c.shift_id
WHERE c.left_minor IS NOT (
  SELECT sum(amount_minor) FROM shift_total t
  WHERE t.shift_id = c.shift_id AND t.kind IN ('float', 'cash_flow'))
"""
SHIFTLESS_TOTALS = """
SELECT shift_id FROM shift_total
WHERE shift_id NOT IN (SELECT shift_id FROM shift) GROUP BY shift_id
"""
SHIFT_RULES = {
    "shift_cash_differs": CASH_OF_SHIFTS,
    "shift_left_differs": LEFT_IN_DRAWER,
    "shift_unknown": SHIFTLESS_TOTALS,
}


def shifts_proven(room: CheckRoom) -> Sequence[Finding]:
    """Prove the totals, Zs and cash of the shifts."""
    with room.ledger.connect() as connection:
        found = broken_shifts(connection, TICKETS_READ)
        count = connection.execute(select(func.count(day_tables.shift.c.shift_id)))
        shifts = count.scalar_one()
    if not found:
        return fine("shifts", "shifts_proven", count=shifts)
    return [
        trouble(
            "shifts",
            Severity.BROKEN,
            key,
            Action.KEEP_AND_CALL,
            count=len(numbers),
            first=", ".join(numbers[:LISTED]),
        )
        for key, numbers in found.items()
    ]


def broken_shifts(connection: Connection, tickets: int) -> dict[str, list[str]]:
    """Return what does not hold: key of the equation -> numbers of the shifts.

    Args:
        connection: to the ledger.
        tickets: how many to read again, the newest shifts first.
    """
    found: dict[str, list[str]] = {}
    for key, rule in SHIFT_RULES.items():
        numbers = [str(row[0]) for row in connection.execute(text(rule))]
        if numbers:
            found[key] = numbers
    for shift in _newest_first(connection):
        totals = shift_queries.totals_of(connection, shift.shift_id)
        close = shift_queries.close_of(connection, shift.shift_id)
        if close is not None and Tally(close.totals).totals != totals:
            found.setdefault("shift_z_differs", []).append(shift.number)
        if tickets > 0:
            tickets -= Tally(totals).count(shift_totals.TotalKind.NET) + 1
            if sum_of_documents(connection, shift) != totals:
                found.setdefault("shift_totals_differ", []).append(shift.number)
    return found


def sum_of_documents(connection: Connection, shift: Shift) -> tuple[ShiftTotal, ...]:
    """Return the totals of a shift, added up from its stored documents."""
    tally = Tally(shift_totals.of_opening(shift))
    for each in _contributions(connection, shift):
        tally.add(each.kind, each.key, each.count, each.amount_minor)
    return tally.totals


def _contributions(connection: Connection, shift: Shift) -> Iterator[ShiftTotal]:
    shift_id = shift.shift_id
    yield from shift_facts.between_shifts(connection, shift)
    yield from shift_facts.in_shift(connection, shift)
    yield from _tickets(connection, shift_id)
    void = tables.voided_sale.c
    query = select(void.epoch, void.seq).where(void.shift_id == shift_id)
    for epoch, seq in connection.execute(query).all():
        body = journal_rows.body_of(connection, epoch, seq)
        yield from shift_totals.of_void(void_from_journal(body, ""))
    for correction in shift_queries.corrections_of(connection, shift_id):
        yield from shift_totals.of_correction(correction)
    for move in shift_queries.moves_of(connection, shift_id):
        yield from shift_totals.of_move(move)
    for document in documents_of_shift(connection, shift_id):
        yield from of_value(document)
    close = shift_queries.close_of(connection, shift_id)
    if close is not None:
        yield from shift_totals.of_close(close)


def _tickets(connection: Connection, shift_id: str) -> Iterator[ShiftTotal]:
    sale = tables.sale.c
    query = select(sale.epoch, sale.seq, sale.sale_id).where(sale.shift_id == shift_id)
    for epoch, seq, sale_id in connection.execute(query).all():
        body = journal_rows.body_of(connection, epoch, seq)
        notes = sale_rows.notes_of(connection, sale_id)
        yield from shift_totals.of_sale(sale_from_journal(body, "", notes))


def _newest_first(connection: Connection) -> list[Shift]:
    columns = day_tables.shift.c
    query = select(columns.shift_id).order_by(columns.epoch.desc(), columns.seq.desc())
    found = (
        shift_queries.shift_of(connection, shift_id)
        for shift_id in connection.execute(query).scalars().all()
    )
    return [shift for shift in found if shift is not None]
