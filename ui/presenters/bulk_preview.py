"""What would become of each item, before anybody says yes."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.bulk_edit import BulkKind, BulkRow
from pos_app.i18n import Words, _, current_language
from pos_app.services.bulk_plan import BulkPlan
from pos_app.services.item_import_words import explain_problem
from pos_app.services.item_values import RowProblem
from pos_app.services.sheet_plan import RowStatus, SheetPlan, SheetRow
from ui.presenters.bulk_state import PreviewView
from ui.presenters.bulk_words import FieldWords, rows_words, warning_words
from ui.presenters.frame_state import Tone
from ui.presenters.report_state import ListRowView, ListTableView
from ui.presenters.stock_list import MORE, more_row

ALL, ODD, PROBLEMS = "all", "odd", "problems"
_PAGE = 200


class BulkPreview:
    """Keeps the plan, which rows are shown, and which are taken in."""

    def __init__(self, words: FieldWords) -> None:
        self._words = words
        self._plan: BulkPlan | None = None
        self._sheet: SheetPlan | None = None
        self._taken: set[str] = set()
        self._filter, self._shown = ALL, _PAGE

    def show_plan(self, plan: BulkPlan, words: FieldWords) -> None:
        """Show what an action or an undo would do."""
        self._plan, self._sheet, self._words = plan, None, words
        self._filter, self._shown = ALL, _PAGE

    def show_sheet(self, sheet: SheetPlan, words: FieldWords) -> None:
        """Show what a file would change."""
        self._plan, self._sheet, self._words = None, sheet, words
        self._taken = set(sheet.offered)
        self._filter, self._shown = ALL, _PAGE
        if not sheet.rows and sheet.problems:
            self._filter = PROBLEMS

    def choose_filter(self, key: str) -> None:
        """Show other rows."""
        self._filter, self._shown = key, _PAGE

    def touch(self, key: str) -> None:
        """Show more rows; take a row of a file in, or leave it out."""
        if key == MORE:
            self._shown += _PAGE
        elif self._sheet is not None and key:
            self._taken ^= {key}

    def decided(self) -> BulkPlan:
        """Return the plan as it stands."""
        if self._sheet is not None:
            return self._sheet.decided(self._taken)
        assert self._plan is not None
        return self._plan

    def view(self) -> PreviewView:
        """Return what the page shows."""
        return self._of_sheet(self._sheet) if self._sheet else self._of_plan()

    # ------------------------------------------------------------------- a plan

    def _of_plan(self) -> PreviewView:
        plan = self._plan
        assert plan is not None
        odd = [row for row in plan.rows if row.warnings]
        rows = odd if self._filter == ODD else plan.rows
        applied = len(plan.applied)
        is_undo = plan.kind is BulkKind.UNDO
        confirm = (
            _("Set back {items}", items=rows_words(applied))
            if is_undo
            else _("Change {items}", items=rows_words(applied))
        )
        left = len(plan.rows) - applied
        return PreviewView(
            title=_("Set back") if is_undo else _("Before anything changes"),
            summary=_("{count} are left as they are", count=left) if left else "",
            filters=(
                (ALL, _("All {count}", count=len(plan.rows))),
                (ODD, _("Odd ones {count}", count=len(odd))),
            ),
            filter=self._filter,
            table=self._table(
                [self._row(row) for row in rows[: self._shown]], len(rows)
            ),
            confirm_words=confirm if applied else _("Nothing would change"),
            can_confirm=bool(applied),
            can_toggle=False,
        )

    def _row(self, row: BulkRow) -> ListRowView:
        tone = Tone.PLAIN
        if row.warnings:
            tone = Tone.PLAIN if row.is_left_out else Tone.WARN
        name = f"{row.sku} {row.name_in(current_language())}".strip()
        cells = (name, self._words.changes(row), warning_words(row))
        return ListRowView("", cells, (Tone.PLAIN, Tone.PLAIN, tone))

    # ------------------------------------------------------------------- a file

    def _of_sheet(self, sheet: SheetPlan) -> PreviewView:
        conflicts = [x for x in sheet.rows if x.status is RowStatus.CONFLICT]
        odd = [x for x in sheet.rows if x in conflicts or x.row.warnings]
        refused = [x for x in sheet.problems if x.is_refusal]
        shown: Sequence[ListRowView]
        if self._filter == PROBLEMS:
            problems = sheet.problems[: self._shown]
            shown, count = [_problem(x) for x in problems], len(sheet.problems)
        else:
            rows = odd if self._filter == ODD else sheet.rows
            shown = [self._sheet_row(x) for x in rows[: self._shown]]
            count = len(rows)
        taken = len(self._taken)
        parts = (
            _("{count} lines say nothing new", count=sheet.unchanged),
            _("{count} conflicts", count=len(conflicts)) if conflicts else "",
            _("{count} lines cannot be used", count=len({x.line for x in refused}))
            if refused
            else "",
        )
        return PreviewView(
            title=sheet.file,
            summary=" · ".join(x for x in parts if x),
            filters=(
                (ALL, _("All {count}", count=len(sheet.rows))),
                (ODD, _("Odd ones {count}", count=len(odd))),
                (PROBLEMS, _("Problems {count}", count=len(sheet.problems))),
            ),
            filter=self._filter,
            table=self._table(shown, count),
            confirm_words=_("Take in {items}", items=rows_words(taken))
            if taken
            else _("Nothing would change"),
            can_confirm=bool(taken),
            can_toggle=True,
        )

    def _sheet_row(self, one: SheetRow) -> ListRowView:
        row = one.row
        notes = [_("Line {line}", line=row.line)]
        if one.status is RowStatus.CONFLICT:
            notes.append(_("Changed in the shop since"))
        if row.warnings:
            notes.append(warning_words(row))
        tone = Tone.BAD if one.status is RowStatus.CONFLICT else Tone.PLAIN
        tone = Tone.WARN if row.warnings and tone is Tone.PLAIN else tone
        cells = (
            f"{row.sku} {row.name_in(current_language())}".strip(),
            self._words.changes(row),
            " · ".join(notes),
        )
        tones, is_taken = (Tone.PLAIN, Tone.PLAIN, tone), row.item_id in self._taken
        return ListRowView(row.item_id, cells, tones, is_taken)

    def _table(self, rows: Sequence[ListRowView], count: int) -> ListTableView:
        shown = tuple(rows)
        if count > len(shown):
            shown = (*shown, more_row(3))
        return ListTableView(
            title=_("Changes"),
            heads=(_("Item"), _("What changes"), _("Note")),
            is_number=(False, False, False),
            weights=(30, 36, 34),
            rows=shown,
            empty=_("Nothing here"),
        )


def _problem(problem: RowProblem) -> ListRowView:
    where = _("Line {line}", line=problem.line)
    column = f"{problem.column} “{problem.value}”" if problem.column else problem.value
    words = explain_problem(problem, Words(current_language()))
    tone = Tone.BAD if problem.is_refusal else Tone.WARN
    return ListRowView("", (where, column, words), (Tone.PLAIN, Tone.PLAIN, tone))
