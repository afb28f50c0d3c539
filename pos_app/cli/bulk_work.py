"""Runs documents over many items on the open till; see services.bulk_run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from pos_app.bootstrap import Till
from pos_app.persistence.durable_file import file_error, sync_file, sync_folder
from pos_app.services.bulk_run import (
    BulkJob,
    BulkOutcome,
    finish_waiting,
    run_job,
)
from pos_app.services.item_sheet import SheetReport, write_sheet
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


def write_items(
    till: Till,
    item_ids: Sequence[str],
    file: Path,
    language: str,
    on_progress: Callable[[int], None],
) -> SheetReport:
    """Write items into a spreadsheet: beside the file, then in its place whole.

    Raises:
        StorageError: "folder_read_only", "disk_full" or "disk_error".
    """
    desk = till.counter.desk
    aside = file.with_name(f".{file.stem}.new{file.suffix}")
    about = (till.options.clock.now(), language, desk.ids.new())
    try:
        with desk.catalog.beside() as catalog:
            report = write_sheet(catalog, item_ids, aside, about, on_progress)
        sync_file(aside)
        aside.replace(file)
        sync_folder(file.parent)
    except OSError as error:
        raise file_error(error, file) from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    return report
