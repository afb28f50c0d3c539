"""guitai import members, guitai export members, guitai export member.

The till must be closed: members live in its ledger. Whoever imports points needs a
second person, as at the counter: both give their numbers, and their PINs are asked.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from pos_app.bootstrap import Options, Till
from pos_app.cli import say_json, say_progress
from pos_app.cli.member_people import approve, sign_on
from pos_app.documents.amounts import counted
from pos_app.errors import UserError
from pos_app.i18n import Words, _, current_language, plural
from pos_app.persistence.durable_file import file_error, write_durably
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.member_admin import MemberQuery
from pos_app.services.item_texts import inert
from pos_app.services.member_import import (
    ImportOutcome,
    ImportTerms,
    MemberFile,
    MemberImports,
)
from pos_app.services.member_import_plan import LineOutcome
from pos_app.services.member_import_words import explain_member_problem
from pos_app.services.member_person import LookPurpose
from pos_app.services.person_page import person_page
from pos_app.services.session import ApprovalNeeded

SAID = 20
EXIT_REFUSED_LINES = 1
PROGRESS_LINES = 10_000
#: Rows of a list that are read at once.
_ROWS = 500
_HEADS = ("member", "name", "phone", "tier", "points", "enrolled", "last_visit")


def import_members(folder: ShopFolder, parsed: argparse.Namespace) -> int:
    """Import a file of members; exit code 1 when lines were refused."""
    with Till(folder, Options(with_printer=False)) as till:
        imports = till.counter.member_admin.imports
        terms = imports.terms(_mapping(parsed.map))
        found = imports.look(parsed.file, terms, _progress)
        outcome = None
        if not parsed.dry_run and found.to_write:
            sign_on(till, parsed.by)
            outcome = _take(till, imports, (found, terms), parsed.approved_by)
    if parsed.report:
        _write_report(found, parsed.report)
    if parsed.json:
        say_json(_plain(found, outcome, is_dry_run=parsed.dry_run))
    else:
        _say(found, outcome, is_dry_run=parsed.dry_run)
    refused = found.count(LineOutcome.REFUSED) + len(outcome.late if outcome else ())
    return EXIT_REFUSED_LINES if refused else 0


def export_members(folder: ShopFolder, parsed: argparse.Namespace) -> int:
    """Write the list of members as CSV: masked, or in full for a purpose."""
    with Till(folder, Options(with_printer=False)) as till:
        sign_on(till, parsed.by)
        if parsed.purpose:
            rows = _full_rows(till, _purpose(parsed.purpose))
        else:
            till.counter.member_admin.pages.refuse_others()
            rows = _masked_rows(till)
        count = _write_rows(parsed.file, rows)
    if parsed.json:
        facts = {"members": count, "in_full": bool(parsed.purpose)}
        say_json({"file": str(parsed.file), **facts})
    else:
        file = parsed.file
        print(
            plural(
                "{count} member: {file}", "{count} members: {file}", count, file=file
            )
        )
    return 0


def export_member(folder: ShopFolder, parsed: argparse.Namespace) -> int:
    """Write everything of one person, as JSON and as a page to be read."""
    if not parsed.purpose or not parsed.member:
        raise UserError("member_export_needs")
    file = Path(parsed.file)
    with Till(folder, Options(with_printer=False)) as till:
        sign_on(till, parsed.by)
        admin = till.counter.member_admin
        found = admin.pages.found(parsed.member) or (parsed.member,)
        if len(found) != 1:
            raise UserError("member_export_several", count=len(found))
        whole = admin.person.export(found[0], _purpose(parsed.purpose)).result()
        language = till.counter.desk.shop.language
    page = file.with_suffix(".html")
    content = json.dumps(whole, ensure_ascii=False, indent=1)
    write_durably(file.with_suffix(".json"), content.encode())
    write_durably(page, person_page(whole, language).encode())
    if parsed.json:
        say_json({"file": str(file.with_suffix(".json")), "page": str(page)})
    else:
        print(_("Everything of this person: {file}", file=page))
    return 0


def _purpose(word: str) -> LookPurpose:
    try:
        return LookPurpose(word)
    except ValueError:
        raise UserError("member_export_needs") from None


# ------------------------------------------------------------------------ import


def _take(
    till: Till,
    imports: MemberImports,
    looked: tuple[MemberFile, ImportTerms],
    second: str | None,
) -> ImportOutcome:
    found, terms = looked
    try:
        job = imports.decide(found, terms)
    except ApprovalNeeded as needed:
        if not second:
            raise
        approve(till, needed.demand, second)
        job = imports.decide(found, terms)
    return job.run(_progress)


def _mapping(given: Sequence[str]) -> dict[str, str] | None:
    found = {}
    for text in given:
        column, sign, name = text.rpartition("=")
        if not sign or not column:
            raise UserError("import_mapping_field", field=text)
        found[name.strip()] = column.strip()
    return found or None


def _progress(lines: int) -> None:
    if lines % PROGRESS_LINES == 0:
        say_progress(_("{lines} lines", lines=lines))


def _counts(found: MemberFile) -> dict[str, int]:
    return {
        "lines": len(found.planned),
        "added": found.count(LineOutcome.ADDED),
        "changed": found.count(LineOutcome.CHANGED),
        "unchanged": found.count(LineOutcome.UNCHANGED),
        "refused": found.count(LineOutcome.REFUSED),
    }


def _plain(
    found: MemberFile, outcome: ImportOutcome | None, *, is_dry_run: bool
) -> dict[str, object]:
    words = Words(current_language())
    return {
        **_counts(found),
        "points": found.points,
        "written": None
        if outcome is None
        else {
            "added": outcome.added,
            "changed": outcome.changed,
            "points": outcome.points,
            "late": outcome.late,
        },
        "has_header": found.has_header,
        "unused_columns": list(found.unused_columns),
        "dry_run": is_dry_run,
        "problems": [
            {
                "line": each.line,
                "column": each.column,
                "result": "refused" if each.is_refusal else "warning",
                "key": each.key,
                "words": explain_member_problem(each, words),
            }
            for each in found.problems
        ],
    }


def _say(found: MemberFile, outcome: ImportOutcome | None, *, is_dry_run: bool) -> None:
    words = Words(current_language())
    for problem in found.problems[:SAID]:
        mark = _("refused") if problem.is_refusal else _("warning")
        place = _("line {line}", line=problem.line)
        print(f"{mark}: {place} {problem.column}: ", end="")
        print(explain_member_problem(problem, words))
    if len(found.problems) > SAID:
        count = len(found.problems) - SAID
        print(_("… and {count} more; --report FILE writes them all", count=count))
    if not found.has_header:
        print(_("The columns have no names: the first line is a member as well."))
    if found.unused_columns:
        print(_("Columns not used: {columns}", columns=", ".join(found.unused_columns)))
    if is_dry_run:
        print(_("Dry run, nothing was written. It would have been:"))
    print(
        plural(
            "{count} line: {added} added, {changed} changed, {unchanged} as before,"
            " {refused} refused",
            "{count} lines: {added} added, {changed} changed, {unchanged} as before,"
            " {refused} refused",
            len(found.planned),
            **_counts(found),
        )
    )
    points = found.points if outcome is None else outcome.points
    print(_("Points that come along: {points}", points=counted(points)))


def _write_report(found: MemberFile, file: Path) -> None:
    words = Words(current_language())
    rows = (
        (
            each.line,
            each.column,
            "refused" if each.is_refusal else "warning",
            each.key,
            explain_member_problem(each, words),
        )
        for each in found.problems
    )
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            _rows_into(stream, ("line", "column", "result", "key", "reason"), rows)
    except OSError as error:
        raise file_error(error, file) from error


# ------------------------------------------------------------------------ export


def _masked_rows(till: Till) -> Iterator[Sequence[object]]:
    pages, after = till.counter.member_admin.pages, None
    while True:
        page = pages.page(MemberQuery(), after=after, limit=_ROWS)
        for row in page.rows:
            yield (
                row.member_id,
                row.name,
                row.phone,
                row.tier,
                row.points,
                row.enrolled_on,
                row.last_visit_on or "",
            )
        after = page.after
        if after is None:
            return


def _full_rows(till: Till, purpose: LookPurpose) -> Iterator[Sequence[object]]:
    """Yield members in full; every one of them is journalled as looked at."""
    person = till.counter.member_admin.person
    for masked in _masked_rows(till):
        profile = person.look(str(masked[0]), purpose).result().profile
        phone = profile.phone.e164 if profile.phone else ""
        yield (masked[0], profile.name, phone, *masked[3:])


def _write_rows(file: Path, rows: Iterator[Sequence[object]]) -> int:
    """Write rows; a shop that refuses half way leaves no half file."""
    aside = file.with_name(f".{file.stem}.new{file.suffix}")
    try:
        with aside.open("w", encoding="utf-8-sig", newline="") as stream:
            count = _rows_into(stream, _HEADS, rows)
        aside.replace(file)
    except OSError as error:
        raise file_error(error, file) from error
    finally:
        aside.unlink(missing_ok=True)
    return count


def _rows_into(
    stream: TextIO, heads: Sequence[str], rows: Iterator[Sequence[object]]
) -> int:
    writer = csv.writer(stream)
    writer.writerow(heads)
    count = 0
    for row in rows:
        writer.writerow([inert(str(cell)) for cell in row])
        count += 1
    return count
