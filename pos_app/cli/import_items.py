"""guitai import items: a CSV or XLSX file into the catalogue, line by line."""

from __future__ import annotations

import argparse
import hashlib
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hardware.system_clock import RandomIds, SystemClock
from pos_app.cli import (
    add_folder_option,
    add_json_option,
    add_person_options,
    say_json,
    say_progress,
    shop_path,
)
from pos_app.cli.catalog_session import CatalogSession, catalog_session
from pos_app.domain.journal import EntryKind
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import Words, _, current_language, plural
from pos_app.persistence.durable_file import file_error
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.journal_notes import JournalNote
from pos_app.services.item_columns import ItemField
from pos_app.services.item_import import (
    ImportOptions,
    ImportReport,
    import_items,
    write_report,
)
from pos_app.services.item_import_words import explain_problem
from pos_app.services.item_values import RowProblem

#: Problems said on the terminal; --report holds them all.
SAID = 20
PROGRESS_LINES = 10_000
EXIT_REFUSED_LINES = 1


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    fields = ", ".join(ItemField)
    parser.add_argument(
        "what", choices=["items", "promotions", "members"], help="what the file holds"
    )
    parser.add_argument("file", type=Path, help="CSV (UTF-8, GBK, Big5), XLSX or JSON")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help=f"header or column number = one of: {fields}",
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would be")
    parser.add_argument("--report", type=Path, help="write every problem to this CSV")
    add_folder_option(parser)
    add_json_option(parser)
    add_person_options(parser)


def run(parsed: argparse.Namespace) -> int:
    """Import the file; exit code 1 when lines were refused."""
    folder = ShopFolder(shop_path(parsed))
    if parsed.what == "members":
        from pos_app.cli.member_files import import_members

        return import_members(folder, parsed)
    if parsed.what == "promotions":
        from pos_app.cli.promotion_files import import_promotions

        return import_promotions(
            folder, parsed.file, is_dry_run=parsed.dry_run, is_json=parsed.json
        )
    options = ImportOptions(
        clock=SystemClock(),
        ids=RandomIds(),
        mapping=_mapping(parsed.map),
        is_dry_run=parsed.dry_run,
        on_progress=_Progress().on_lines,
    )
    done = _import(folder, parsed.file, options)
    report = done.report
    if parsed.report:
        _write(report, parsed.report)
    if parsed.json:
        say_json({**_plain(report), "journalled": done.is_journalled})
    else:
        _say(report, parsed.report)
        if not done.is_journalled:
            print(_("The till is running; it will note this in its journal itself."))
    return EXIT_REFUSED_LINES if report.refused else 0


def _import(folder: ShopFolder, file: Path, options: ImportOptions) -> _Done:
    """Import into the catalogue; the till may sell on meanwhile."""
    if options.is_dry_run:
        with catalog_session(folder, writes=False) as session:
            report = import_items(file, session.editor, options)
        return _Done(report, is_journalled=True)
    note = _ImportNote(file, options)
    with catalog_session(folder) as session:
        report = note.taken_by(session)
    return _Done(report, session.is_journalled)


@dataclass(frozen=True, slots=True)
class _Done:
    """What an import did, and whether the journal knows of it already."""

    report: ImportReport
    is_journalled: bool


class _ImportNote:
    """The journal's word of an import: file, its hash, what became of the lines.

    It is durable before the first line is, so that an import that is killed is
    told of too.
    """

    def __init__(self, file: Path, options: ImportOptions) -> None:
        if not file.is_file():
            raise UserError("file_missing", file=file.name)
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        self._options = options
        self._file = file
        self._id = options.ids.new()
        began = str(options.clock.now())
        self._facts = {"file": file.name, "sha256": digest, "at": began}

    def taken_by(self, session: CatalogSession) -> ImportReport:
        """Import the file, and leave the note of what was changed."""
        notes = session.notes
        lines = 0

        def on_progress(done: int) -> None:
            nonlocal lines
            lines = done
            notes.put(self._note(lines=done, broken_off="interrupted"))
            self._options.on_progress(done)

        notes.put(self._note(lines=0, broken_off="interrupted"))
        counting = replace(self._options, on_progress=on_progress)
        try:
            report = import_items(self._file, session.editor, counting)
        except GuitaiError as error:
            if lines:
                notes.put(self._note(lines=lines, broken_off=error.key))
            else:
                notes.drop(self._id)
            raise
        if report.added or report.changed:
            notes.put(self._note(**_counts(report)))
        else:
            notes.drop(self._id)
        return report

    def _note(self, **facts: object) -> JournalNote:
        body = {**self._facts, **facts}
        return JournalNote(self._id, EntryKind.CATALOG_IMPORTED, body)


def _mapping(given: list[str]) -> dict[str, str] | None:
    """Read `条码=barcode` as field -> column; None when nothing was given."""
    found = {}
    for text in given:
        column, sign, name = text.rpartition("=")
        if not sign or not column:
            raise UserError("import_mapping_field", field=text)
        if name.strip() not in set(ItemField):
            raise UserError("import_mapping_field", field=name)
        found[name.strip()] = column.strip()
    return found or None


class _Progress:
    """Says how far the import is: in one line on a terminal, seldom into a log."""

    def __init__(self) -> None:
        self._said = 0

    def on_lines(self, lines: int) -> None:
        """Be told how many lines are done."""
        if sys.stderr.isatty():
            words = _("{lines} lines", lines=lines)
            print(f"\r{words}", end="", file=sys.stderr, flush=True)
        elif lines - self._said >= PROGRESS_LINES:
            self._said = lines
            say_progress(_("{lines} lines", lines=lines))


def _counts(report: ImportReport) -> dict[str, object]:
    return {
        "lines": report.lines,
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "refused": report.refused,
    }


def _explain(problem: RowProblem) -> str:
    return explain_problem(problem, Words(current_language()))


def _write(report: ImportReport, file: Path) -> None:
    try:
        write_report(report, file, _explain)
    except OSError as error:
        raise file_error(error, file) from error


def _plain(report: ImportReport) -> dict[str, Any]:
    problems = [
        {
            "line": each.line,
            "column": each.column,
            "value": each.value,
            "result": "refused" if each.is_refusal else "warning",
            "key": each.key,
            "words": _explain(each),
        }
        for each in report.problems
    ]
    return {
        **_counts(report),
        "warnings": report.warnings,
        "categories_added": report.categories_added,
        "unused_columns": list(report.unused_columns),
        "dry_run": report.was_dry_run,
        "problems": problems,
    }


def _say(report: ImportReport, written: Path | None) -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)
    for problem in report.problems[:SAID]:
        mark = _("refused") if problem.is_refusal else _("warning")
        place = _("line {line}", line=problem.line)
        found = f" {problem.column} “{problem.value}”" if problem.value else ""
        print(f"{mark}: {place}{found}: {_explain(problem)}")
    unsaid = len(report.problems) - SAID
    if unsaid > 0 and written is None:
        print(_("… and {count} more; --report FILE writes them all", count=unsaid))
    if report.unused_columns:
        print(
            _("Columns not used: {columns}", columns=", ".join(report.unused_columns))
        )
    if report.was_dry_run:
        print(_("Dry run, nothing was written. It would have been:"))
    print(
        plural(
            "{count} line: {added} added, {changed} changed, {unchanged} as before,"
            " {refused} refused",
            "{count} lines: {added} added, {changed} changed, {unchanged} as before,"
            " {refused} refused",
            report.lines,
            **_counts(report),
        )
    )
