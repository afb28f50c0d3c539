"""Members of a file in the back office: what it would do, then done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.domain.member.masking import mask_name, mask_phone
from pos_app.i18n import Words, _, current_language, plural
from pos_app.services.item_values import RowProblem
from pos_app.services.member_file_columns import FileGlimpse, mapping_of
from pos_app.services.member_import import ImportOutcome, ImportTerms, MemberFile
from pos_app.services.member_import_plan import LineOutcome, PlannedLine
from pos_app.services.member_import_words import explain_member_problem
from ui.presenters.frame_state import Tone
from ui.presenters.member_columns import MemberColumnsPage
from ui.presenters.members_state import MembersPage, MembersTable
from ui.presenters.office_form_state import OfficeKey
from ui.presenters.report_state import ListRowView, ListTableView

if TYPE_CHECKING:
    from ui.presenters.members import MembersPart

PROBLEMS = "problems"
_SHOWN = 200


class MemberFilePage:
    """Keeps the file that was looked at."""

    def __init__(self, part: MembersPart) -> None:
        self._part = part
        self.columns = MemberColumnsPage(part)
        self._found: MemberFile | None = None
        self._terms: ImportTerms | None = None
        self._filter = LineOutcome.ADDED.value

    def look(self, file: str) -> None:
        """Show what a file would do; nothing is written."""
        part = self._part
        path, columns = Path(file), part.admin.file_columns
        country = columns.country

        def read() -> FileGlimpse:
            return columns.glimpse(path, country)

        part.work_behind(
            _("Reading lines"), read, lambda found: self._on_glimpse(path, found)
        )

    def _on_glimpse(self, path: Path, glimpse: FileGlimpse) -> None:
        self.columns.begin(path, glimpse)
        # Columns without names are what somebody says: a name would be left out.
        if self.columns.is_enough and glimpse.has_header:
            self._read()
        else:
            self._part.go(MembersPage.COLUMNS)

    def _read(self) -> None:
        """Read the file by what its columns are said to be; nothing is written."""
        part, imports = self._part, self._part.admin.imports
        path, mapping = self.columns.path, mapping_of(self.columns.meanings)
        terms = imports.terms(mapping, is_whole=True)
        self._terms = terms
        part.work_behind(
            _("Reading lines"),
            lambda: imports.look(path, terms, part.went_on.emit),
            self._on_found,
        )

    def _on_found(self, found: MemberFile) -> None:
        self._found = found
        self._filter = LineOutcome.ADDED.value if found.to_write else PROBLEMS
        self._part.go(MembersPage.FILE)

    def choose(self, key: str) -> None:
        """Show other lines."""
        self._filter = key
        self._part.changed.emit()

    def act(self, key: str) -> None:
        """Take the file in, or say what its columns are."""
        if key == "take":
            self._part.frame.attempt(self._take)
        elif key == "columns":
            self._part.go(MembersPage.COLUMNS)
        elif key == "look" and self.columns.is_enough:
            columns = self.columns
            remember = self._part.admin.file_columns.remember
            self._part.do(
                lambda: remember(columns.headers, columns.meanings),
                lambda _done: self._read(),
            )

    def _take(self) -> None:
        part, found, terms = self._part, self._found, self._terms
        assert found is not None
        assert terms is not None
        job = part.admin.imports.decide(found, terms)
        part.work_behind(
            _("Writing members"), lambda: job.run(part.went_on.emit), self._on_done
        )

    def _on_done(self, outcome: ImportOutcome) -> None:
        told = _(
            "Members added: {added}, completed: {changed}, points: {points}",
            added=outcome.added,
            changed=outcome.changed,
            points=f"{outcome.points:,}",
        )
        if outcome.late:
            late = plural(
                "{count} line: read the file once more",
                "{count} lines: read the file once more",
                len(outcome.late),
            )
            told = f"{told} · {late}"
        part = self._part
        part.frame.say(told)
        part.list.begin()
        part.page = MembersPage.PEOPLE

    def view(self) -> MembersTable:
        """Return the page."""
        found = self._found
        assert found is not None
        counts = {x: found.count(x) for x in LineOutcome}
        problems = len(found.problems)
        note = _(
            "Lines that say nothing new: {count} · points that come along: {points}",
            count=counts[LineOutcome.UNCHANGED],
            points=f"{found.points:,}",
        )
        filters = (
            (
                LineOutcome.ADDED.value,
                _("New {count}", count=counts[LineOutcome.ADDED]),
            ),
            (
                LineOutcome.CHANGED.value,
                _("Completed {count}", count=counts[LineOutcome.CHANGED]),
            ),
            (PROBLEMS, _("Problems {count}", count=problems)),
        )
        count = len(found.to_write)
        nothing = "" if count else _("Nothing would change")
        words = plural("Take {count} member in", "Take {count} members in", count)
        take = OfficeKey("take", words, "check", reason=nothing)
        return MembersTable(
            title=found.name,
            note=note,
            filters=filters,
            filter=self._filter,
            table=self._table(found),
            keys=(take, OfficeKey("columns", _("Which column is what"), "swap")),
        )

    def _table(self, found: MemberFile) -> ListTableView:
        if self._filter == PROBLEMS:
            rows = [_problem(x) for x in found.problems[:_SHOWN]]
        else:
            wanted = [x for x in found.planned if x.outcome.value == self._filter]
            rows = [_planned(x) for x in wanted[:_SHOWN]]
        return ListTableView(
            title=_("Lines"),
            heads=(_("Line"), _("Member"), _("What")),
            is_number=(False, False, False),
            weights=(14, 36, 50),
            rows=tuple(rows),
            empty=_("Nothing here"),
        )


def _planned(planned: PlannedLine) -> ListRowView:
    line = planned.line
    phone = mask_phone(line.phone) if line.phone else line.card[-4:]
    who = f"{mask_name(line.name)} {phone}".strip()
    points = _("{points} points", points=f"{line.points:,}") if line.points else ""
    what = " · ".join(x for x in (line.tier, points, ", ".join(line.tags)) if x)
    return ListRowView("", (_("Line {line}", line=line.line), who, what))


def _problem(problem: RowProblem) -> ListRowView:
    where = _("Line {line}", line=problem.line)
    words = explain_member_problem(problem, Words(current_language()))
    tone = Tone.BAD if problem.is_refusal else Tone.WARN
    column = f"{problem.column} {problem.value}".strip()
    return ListRowView("", (where, column, words), (Tone.PLAIN, Tone.PLAIN, tone))
