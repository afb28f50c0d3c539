"""The report screen: which period, which page, the rows behind a figure."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject, Signal

from pos_app.documents.report_tables import ReportTable, report_tables
from pos_app.domain.report import Report
from pos_app.domain.report_period import ReportPeriod, Span, period_between, period_of
from pos_app.domain.report_rows import ReportRows
from pos_app.errors import GuitaiError
from pos_app.i18n import Words, _, current_language
from pos_app.services.report_request import ReportRequest
from ui.format import clock_text, day_text
from ui.presenters.frame import FramePresenter
from ui.presenters.frame_state import KeyHint
from ui.presenters.report_keys import figure_of
from ui.presenters.report_lists import rows_view, table_view
from ui.presenters.report_state import (
    MEMBER_PAGES,
    DayStepView,
    ListTableView,
    ReportPage,
    ReportState,
)
from ui.presenters.report_view import overview
from ui.presenters.report_words import page_words, span_words
from ui.presenters.workplace import Workplace
from ui.tasks import TaskRunner


class ReportPresenter(QObject):
    """Keeps what is looked at; the sums are made behind the screen."""

    state_changed = Signal()
    """The screen must show `state` anew."""

    def __init__(
        self, work: Workplace, frame: FramePresenter, runner: TaskRunner
    ) -> None:
        super().__init__()
        self._work, self._frame, self._runner = work, frame, runner
        self._span, self._page = Span.TODAY, ReportPage.OVERVIEW
        self._request: ReportRequest | None = None
        self._report: Report | None = None
        self._tables: dict[str, ReportTable] = {}
        self._rows: ReportRows | None = None
        self._rows_title, self._chosen, self._png = "", "", b""
        self._own: ReportPeriod | None = None
        self._is_waiting = False

    # ---------------------------------------------------------------- intents

    def begin(self) -> None:
        """Show today."""
        self._span, self._page, self._own = Span.TODAY, ReportPage.OVERVIEW, None
        self._ask()

    def forget(self) -> None:
        """Keep nothing of what was looked at: another person may come."""
        self._request = self._report = self._rows = None
        self._tables, self._png = {}, b""
        self._work.counter.reports.close()

    def retranslate(self) -> None:
        """Write everything anew, in the language in use."""
        if self._report is not None:
            self._ask()

    def on_span(self, key: str) -> None:
        """Another period."""
        self._span = Span(key)
        if self._span is Span.OWN and self._own is None:
            self._own = self._period()
        self._ask()

    def on_page(self, key: str) -> None:
        """Another page of the same report."""
        self._page, self._rows = ReportPage(key), None
        self.state_changed.emit()

    def on_step(self, end: str, days: int) -> None:
        """Move one end of a period of one's own by some days."""
        if self._own is None:
            return
        move = timedelta(days=days)
        first, last = self._own.first, self._own.last
        today = self._work.counter.reports.today()
        if end == "first":
            first = min(first + move, today)
            last = max(first, last)
        else:
            last = min(last + move, today)
            first = min(first, last)
        try:
            self._own = period_between(first, last, today)
        except GuitaiError as error:
            self._frame.refuse(error)
            return
        self._ask()

    def on_figure(self, key: str, title: str) -> None:
        """Open the rows behind a figure."""
        request, figure = self._request, figure_of(key)
        if request is None or self._report is None:
            return
        service = self._work.counter.reports
        self._rows_title, self._chosen, self._png = title, "", b""
        task = self._runner.run(lambda: (request, service.rows(request, figure)))
        task.then(self._on_rows).otherwise(self._frame.refuse)

    def on_row(self, sale_id: str) -> None:
        """Show the receipt of a row."""
        sale = self._work.counter.desk.ledger.sale(sale_id)
        if sale is None:
            return
        self._chosen = sale_id
        slip, draw = self._work.counter.slip, self._work.upkeep.draw
        layout = slip.layout(sale, slip.form(sale.language))
        self._runner.run(lambda: (sale_id, draw(layout))).then(self._on_drawn)
        self.state_changed.emit()

    def on_back(self) -> bool:
        """Close the rows, or go back to the overview; whether there was either."""
        if self._rows is not None:
            self._rows, self._png, self._chosen = None, b"", ""
        elif self._page is not ReportPage.OVERVIEW:
            self._page = ReportPage.OVERVIEW
        else:
            return False
        self.state_changed.emit()
        return True

    # ----------------------------------------------------------------- answers

    @property
    def report(self) -> Report | None:
        """The report on the screen."""
        return self._report

    @property
    def is_waiting(self) -> bool:
        """Whether a report is being made."""
        return self._is_waiting

    @property
    def rows(self) -> ReportRows | None:
        """The rows behind the figure that is open."""
        return self._rows

    @property
    def is_about_members(self) -> bool:
        """Whether a page about members is shown."""
        return self._page in MEMBER_PAGES

    @property
    def has_receipt(self) -> bool:
        """Whether a receipt is on the screen."""
        return bool(self._png)

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """Its tables, in the language of the screen."""
        return tuple(self._tables.values())

    def _ask(self) -> None:
        service = self._work.counter.reports
        try:
            request = service.prepare(self._period(), current_language())
        except GuitaiError as error:
            self._frame.refuse(error)
            return
        self._request, self._rows = request, None
        self._is_waiting = True
        task = self._runner.run(lambda: (request, service.make(request)))
        task.then(self._on_report).otherwise(self._on_failed).after_bug(self._let_go)
        self.state_changed.emit()

    def _period(self) -> ReportPeriod:
        if self._span is Span.OWN and self._own is not None:
            return self._own
        if self._span is Span.OWN and self._request is not None:
            return self._request.period
        return period_of(self._span, self._work.counter.reports.today())

    def _on_report(self, answer: tuple[ReportRequest, Report]) -> None:
        request, report = answer
        if request is not self._request:
            return  # a later one is on its way
        self._report, self._is_waiting = report, False
        words = Words(current_language())
        self._tables = {table.key: table for table in report_tables(report, words)}
        self.state_changed.emit()

    def _on_rows(self, answer: tuple[ReportRequest, ReportRows]) -> None:
        request, rows = answer
        if request is self._request:
            self._rows = rows
            self.state_changed.emit()

    def _on_drawn(self, answer: tuple[str, bytes]) -> None:
        sale_id, png = answer
        if sale_id == self._chosen and self._rows is not None:
            self._png = png
            self.state_changed.emit()

    def _on_failed(self, error: GuitaiError) -> None:
        self._let_go()
        self._frame.refuse(error)

    def _let_go(self) -> None:
        self._is_waiting = False
        self.state_changed.emit()

    # ------------------------------------------------------------------- state

    def state_with(self, *, can_x: bool) -> ReportState:
        """Return everything the screen shows; whether X is offered is not ours."""
        report = self._report
        is_empty = report is not None and report.is_empty and not self.is_about_members
        on_overview = self._page is ReportPage.OVERVIEW
        shown = report if report is not None and not is_empty else None
        return ReportState(
            frame=self._frame.state((KeyHint("Esc", _("Back")),), tab="reports"),
            title=dict(span_words())[self._span.value],
            subtitle=self._subtitle(),
            spans=span_words(),
            span=self._span.value,
            pages=page_words(self._page, has_members=self._has_members()),
            page=self._page.value,
            steps=self._steps(),
            overview=overview(shown, self._running(shown))
            if shown is not None and on_overview
            else None,
            table=self._table(),
            rows=self._rows_table(),
            slip_png=self._png,
            is_waiting=self._is_waiting,
            is_empty=is_empty,
            can_export=bool(self._tables) and not (is_empty or self._is_waiting),
            can_x=can_x,
        )

    def _has_members(self) -> bool:
        found = self._report.loyalty if self._report is not None else None
        return found is not None and not found.is_empty

    def _table(self) -> ListTableView | None:
        table = self._tables.get(self._page.value)
        if table is None or self._report is None:
            return None
        return table_view(table, self._report.currency)

    def _rows_table(self) -> ListTableView | None:
        if self._rows is None:
            return None
        return rows_view(self._rows, self._rows_title, self._work, self._chosen)

    def _running(self, report: Report) -> str:
        if not report.is_going_on:
            return ""
        if report.period.is_one_day:
            return str(report.made_at.at(self._work.zone).hour)
        return report.period.last.isoformat()

    def _subtitle(self) -> str:
        request = self._request
        if request is None:
            return ""
        period = request.period
        words = day_text(period.first)
        if not period.is_one_day:
            words = f"{words} – {day_text(period.last)}"
        if request.until is None:
            return words
        made = clock_text(request.at.at(self._work.zone).time())
        return _("{days} · until {time}", days=words, time=made)

    def _steps(self) -> tuple[DayStepView, ...]:
        if self._span is not Span.OWN or self._own is None:
            return ()
        today = self._work.counter.reports.today()
        ends = (
            ("first", _("From"), self._own.first),
            ("last", _("To"), self._own.last),
        )
        return tuple(
            DayStepView(key, title, f"{day.year} · {day_text(day)}", day < today)
            for key, title, day in ends
        )
