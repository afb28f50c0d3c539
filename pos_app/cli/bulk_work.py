"""Runs documents over many items on the open till; see services.bulk_run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pos_app.bootstrap import Till
from pos_app.services.bulk_run import (
    BulkJob,
    BulkOutcome,
    finish_waiting,
    run_job,
)
from pos_app.services.sheet_plan import SheetPlan, plan_sheet


def run_bulk(
    till: Till, job: BulkJob, on_progress: Callable[[int], None]
) -> BulkOutcome:
    """Write, decide and apply a document; never on the screen's thread."""
    with till.editor() as editor:
        return run_job(till.counter.desk, editor, job, on_progress)


def finish_bulks(till: Till) -> int:
    """Finish what a kill broke off; how many documents waited."""
    with till.editor() as editor:
        return finish_waiting(till.counter.desk, editor)


def plan_file(till: Till, file: Path, on_progress: Callable[[int], None]) -> SheetPlan:
    """Read an item file and return what it would change; nothing is stored."""
    desk = till.counter.desk
    with till.editor() as editor:
        return plan_sheet(file, editor, till.options.clock, desk.ids, on_progress)
