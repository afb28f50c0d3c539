"""The X: the figures of an open shift at one moment; nothing is reset."""

from __future__ import annotations

from concurrent.futures import Future

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission
from pos_app.domain.shift import Shift, ShiftFigures
from pos_app.domain.shift_totals import Tally, TotalKind, without_cash
from pos_app.domain.tender import TenderKind
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk
from pos_app.services.shift_papers import ShiftPapers


def cash_keys(desk: Desk) -> frozenset[str]:
    """Return the tenders that are cash."""
    types = desk.catalog.known_tenders()
    return frozenset(kind.key for kind in types if kind.kind is TenderKind.CASH)


class XReportService:
    """Draws and prints X reports."""

    def __init__(self, desk: Desk, papers: ShiftPapers) -> None:
        self._desk = desk
        self._papers = papers

    def report(self, drawer: str, *, print_slip: bool) -> Future[ShiftFigures]:
        """Return the figures of a drawer's shift; see `ShiftService.x_report`."""
        if self._desk.ledger.shifts.current(drawer) is None:
            raise UserError("shift_not_open")
        staff = self._desk.allow(Permission.X_REPORT).staff
        stamp, paper_id = self._desk.stamp(), self._desk.ids.new()
        hidden = cash_keys(self._desk)
        is_blind = not staff.may(Permission.SHIFT_REVIEW)
        form, is_suspect = self._papers.form(), self._desk.clock.is_suspect

        def work(unit: UnitOfWork) -> ShiftFigures:
            shift = _open_one(unit, drawer)
            self._desk.clock.note(unit, stamp)
            body = {"report": "x", "paper": paper_id}
            unit.append(EntryKind.REPORT_PRINTED, body, stamp)
            tally = Tally(unit.shifts.totals(shift.shift_id))
            first, last = unit.shifts.sale_numbers(shift.shift_id)
            suspect = is_suspect or tally.count(TotalKind.CLOCK_SUSPECT) > 0
            figures = ShiftFigures(
                shift=shift,
                at=stamp.at,
                drawn_by_name=staff.name,
                totals=without_cash(tally.totals, hidden) if is_blind else tally.totals,
                expected_minor=None if is_blind else tally.expected_minor,
                first_number=first,
                last_number=last,
                clock_suspect=suspect,
            )
            if print_slip:
                unit.add_print_job(self._papers.x_job(paper_id, figures, form))
            return figures

        future = self._desk.record(work)
        self._papers.wake_after(future)
        return future


def _open_one(unit: UnitOfWork, drawer: str) -> Shift:
    shift = unit.shifts.current(drawer)
    if shift is None:
        raise UserError("shift_not_open")
    return shift
