"""The roll of a label printer: measured, or moved on by one label."""

from __future__ import annotations

from concurrent.futures import Future

from pos_app.documents.layout import Layout
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.printing import PrintJob, PrintJobState
from pos_app.services.desk import Desk


def begin_move_roll(desk: Desk, printer: str, kind: str) -> Future[None]:
    """Queue it behind what the printer prints.

    Args:
        desk: of the till.
        printer: a label printer's device id.
        kind: LABEL_CALIBRATE or LABEL_FEED.
    """
    job_id = desk.ids.new()
    job = PrintJob(
        job_id=job_id,
        document_id=job_id,
        kind=kind,
        copy_number=0,
        printer=printer,
        layout=Layout(()),
        opens_drawer=False,
        state=PrintJobState.QUEUED,
        offset_bytes=0,
        reason="",
        queued_at=desk.clock.now(),
    )

    def work(unit: UnitOfWork) -> None:
        unit.add_print_job(job)

    future = desk.record(work)
    future.add_done_callback(lambda _done: desk.devices.wake())
    return future
