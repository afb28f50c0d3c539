"""The print queue: persistent jobs (law 11)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from pos_app.documents.layout import Layout
from pos_app.persistence.ledger.layout_codec import layout_from_text, layout_to_text
from pos_app.persistence.ledger.tables import print_job
from pos_app.ports.printing import (
    SECRET_PAPERS,
    SETTLED,
    OpenJob,
    PrintJob,
    PrintJobState,
)
from pos_app.values.times import Timestamp

_WAITING = (PrintJobState.QUEUED.value, PrintJobState.HELD.value)
_NOT_DONE = tuple(
    state.value
    for state in PrintJobState
    if state not in SETTLED or state is PrintJobState.UNKNOWN
)
#: Said once: asked on the screen's thread whenever a job moves on.
_HEADS_NOT_DONE = (
    select(print_job.c.kind, print_job.c.printer, print_job.c.state)
    .where(print_job.c.state.in_(_NOT_DONE))
    .order_by(print_job.c.queued_at_ms)
)


def insert_job(connection: Connection, job: PrintJob) -> None:
    """Queue a job."""
    connection.execute(
        insert(print_job),
        {
            "job_id": job.job_id,
            "document_id": job.document_id,
            "kind": job.kind,
            "copy_number": job.copy_number,
            "printer": job.printer,
            "layout": layout_to_text(job.layout),
            "opens_drawer": int(job.opens_drawer),
            "state": job.state.value,
            "offset_bytes": job.offset_bytes,
            "reason": job.reason,
            "queued_at_ms": job.queued_at.unix_ms,
        },
    )


def next_copy(connection: Connection, document_id: str, kind: str) -> int:
    """Return the copy number of the next reprint; the original is 0."""
    query = select(func.max(print_job.c.copy_number)).where(
        print_job.c.document_id == document_id, print_job.c.kind == kind
    )
    newest = connection.execute(query).scalar()
    return 1 if newest is None else int(newest) + 1


def next_waiting(connection: Connection, printer: str) -> PrintJob | None:
    """Return the oldest job of a printer that is QUEUED or HELD."""
    query = (
        select(print_job)
        .where(print_job.c.printer == printer, print_job.c.state.in_(_WAITING))
        .order_by(print_job.c.queued_at_ms, print_job.c.job_id)
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else _job(row)


def sending(connection: Connection, printer: str) -> tuple[PrintJob, ...]:
    """Return the jobs of a printer in state SENDING."""
    query = select(print_job).where(
        print_job.c.printer == printer,
        print_job.c.state == PrintJobState.SENDING.value,
    )
    return tuple(_job(row) for row in connection.execute(query))


def jobs_of(connection: Connection, document_id: str) -> Sequence[PrintJob]:
    """Return the jobs of a document, oldest first."""
    query = (
        select(print_job)
        .where(print_job.c.document_id == document_id)
        .order_by(print_job.c.copy_number)
    )
    return tuple(_job(row) for row in connection.execute(query))


def not_done(connection: Connection) -> Sequence[PrintJob]:
    """Return the jobs that wait for the printer or for a person."""
    query = (
        select(print_job)
        .where(print_job.c.state.in_(_NOT_DONE))
        .order_by(print_job.c.queued_at_ms)
    )
    return tuple(_job(row) for row in connection.execute(query))


def heads_not_done(connection: Connection) -> Sequence[OpenJob]:
    """Return what is known of those jobs; no layout is read for a count."""
    rows = connection.execute(_HEADS_NOT_DONE)
    return tuple(OpenJob(x.kind, x.printer, PrintJobState(x.state)) for x in rows)


def take(connection: Connection, job: PrintJob, state: PrintJobState) -> bool:
    """Mark a job that still waits at its printer SENDING or HELD (its `reason`).

    Returns:
        False when it was cancelled, or moved to another printer, meanwhile.
    """
    changed = connection.execute(
        update(print_job)
        .where(
            print_job.c.job_id == job.job_id,
            print_job.c.printer == job.printer,
            print_job.c.state.in_(_WAITING),
        )
        .values(state=state.value, offset_bytes=0, reason=job.reason)
    )
    return changed.rowcount == 1


def answer(connection: Connection, job_id: str, state: PrintJobState) -> bool:
    """Settle a job that is UNKNOWN; false when somebody answered before."""
    unknown = select(print_job.c.offset_bytes).where(
        print_job.c.job_id == job_id, print_job.c.state == PrintJobState.UNKNOWN.value
    )
    row = connection.execute(unknown).first()
    if row is None:
        return False
    offset = row.offset_bytes
    set_state(connection, job_id, state, offset_bytes=offset, reason="asked")
    return True


def cancel(connection: Connection, job_id: str) -> bool:
    """Cancel a job that waits; false when it is under way or done."""
    query = select(print_job.c.job_id).where(
        print_job.c.job_id == job_id, print_job.c.state.in_(_WAITING)
    )
    if connection.execute(query).first() is None:
        return False
    cancelled = PrintJobState.CANCELLED
    set_state(connection, job_id, cancelled, offset_bytes=0, reason="asked")
    return True


def move_waiting(
    connection: Connection, printer: str, to: str, only: Collection[str] | None = None
) -> tuple[PrintJob, ...]:
    """Hand what waits for a printer to another one; return it, oldest first.

    A job of which a byte went out does not wait: it stays where it is; and so does
    one that is not among `only`, where that is given.
    """
    waits = [print_job.c.printer == printer, print_job.c.state.in_(_WAITING)]
    if only is not None:
        waits.append(print_job.c.job_id.in_(only))
    order = (print_job.c.queued_at_ms, print_job.c.job_id)
    rows = connection.execute(select(print_job).where(*waits).order_by(*order))
    found = tuple(_job(row) for row in rows)
    queued = {"state": PrintJobState.QUEUED.value, "reason": ""}
    connection.execute(update(print_job).where(*waits).values(printer=to, **queued))
    return found


def set_state(
    connection: Connection,
    job_id: str,
    state: PrintJobState,
    *,
    offset_bytes: int,
    reason: str,
) -> None:
    """Record where a job stands; a secret paper that is settled is wiped."""
    if state in SETTLED:
        connection.execute(
            update(print_job)
            .where(print_job.c.job_id == job_id, print_job.c.kind.in_(SECRET_PAPERS))
            .values(layout=layout_to_text(Layout(())))
        )
    connection.execute(
        update(print_job)
        .where(print_job.c.job_id == job_id)
        .values(state=state.value, offset_bytes=offset_bytes, reason=reason)
    )


def _job(row: Row[Any]) -> PrintJob:
    return PrintJob(
        job_id=row.job_id,
        document_id=row.document_id,
        kind=row.kind,
        copy_number=row.copy_number,
        printer=row.printer,
        layout=layout_from_text(row.layout),
        opens_drawer=bool(row.opens_drawer),
        state=PrintJobState(row.state),
        offset_bytes=row.offset_bytes,
        reason=row.reason,
        queued_at=Timestamp(row.queued_at_ms),
    )
