"""Reports: a tab of their own, from the figures down to the receipts (picture 16)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.domain.permission import Permission
from pos_app.domain.report import Report
from pos_app.errors import GuitaiError
from pos_app.i18n import _, current_language
from ui import tasks
from ui.feature import Feature
from ui.keymap import Action
from ui.presenters.frame_state import TabView

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.dialogs.report_export import ReportExportDialog
    from ui.presenters.report import ReportPresenter
    from ui.screens.reports import ReportScreen


class ReportFlow(Feature):
    """Makes its screen when it is opened first: most cashiers never do."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._show_x: Callable[[], None] | None = None

    def offer_x(self, show: Callable[[], None]) -> None:
        """Offer the X report, which is the shift's."""
        self._show_x = show

    @cached_property
    def presenter(self) -> ReportPresenter:
        """What adds up and leads down to the receipts; made once."""
        from ui.presenters.report import ReportPresenter

        made = ReportPresenter(self.flow.work, self.flow.frame, self.flow.runner)
        made.state_changed.connect(self.flow.render)
        return made

    @cached_property
    def dialog(self) -> ReportExportDialog:
        """What asks for the form of a file; made once."""
        from ui.dialogs.report_export import ReportExportDialog

        made = ReportExportDialog(self.flow.window)
        made.confirmed.connect(self._on_export)
        self.flow.dialogs.own(made)
        return made

    @cached_property
    def screen(self) -> ReportScreen:
        """The screen; made once."""
        from ui.screens.reports import ReportScreen

        made, presenter, flow = ReportScreen(), self.presenter, self.flow
        flow.window.add(made)
        made.span_chosen.connect(presenter.on_span)
        made.page_chosen.connect(presenter.on_page)
        made.figure_chosen.connect(presenter.on_figure)
        made.rows.row_chosen.connect(presenter.on_row)
        made.rows.closed.connect(self._on_back)
        made.closed.connect(self._on_back)
        for step in made.steps:
            step.stepped.connect(presenter.on_step)
        made.print_slip.clicked.connect(self._on_print)
        made.export.clicked.connect(self._ask_export)
        made.x_report.clicked.connect(self._on_x)
        made.top_bar.tab_selected.connect(flow.features.on_tab)
        made.top_bar.lock_pressed.connect(flow.lock)
        made.top_bar.cashier_pressed.connect(flow.lock)
        made.status_bar.chip_pressed.connect(flow.on_chip)
        return made

    # ------------------------------------------------------------- the feature

    @property
    @override
    def is_shown(self) -> bool:
        shown = self.flow.window.screen_shown
        return self.has_made("screen") and shown is self.screen

    @override
    def tab(self) -> TabView | None:
        staff = self.flow.work.counter.desk.session.staff
        if staff is None or not staff.may(Permission.REPORTS):
            return None
        return TabView("reports", _("Reports"), "chart-bar")

    @override
    def open(self) -> None:
        if self.flow.sale.is_held or self.flow.payment.is_waiting:
            return
        self.flow.frame.attempt(self._open)

    def _open(self) -> None:
        self.flow.work.counter.reports.open()
        self.flow.window.show_screen(self.screen)
        self.presenter.begin()
        self.flow.render()

    @override
    def leave(self) -> None:
        if self.has_made("presenter"):
            self.presenter.forget()

    @override
    def show(self) -> None:
        self.screen.show_state(self.presenter.state_with(can_x=self._can_x()))

    @override
    def retranslate(self) -> None:
        if self.has_made("presenter"):
            self.presenter.retranslate()

    @override
    def manual_name(self) -> str:
        """Return the page about members where one of theirs is shown."""
        return "reports_members" if self.presenter.is_about_members else ""

    @override
    def takes_action(self, action: Action) -> bool:
        if action is not Action.ESCAPE or not self.is_shown:
            return False
        return self.presenter.on_back()

    # --------------------------------------------------------------- its keys

    def _can_x(self) -> bool:
        staff = self.flow.work.counter.desk.session.staff
        may = staff is not None and staff.may(Permission.X_REPORT)
        return may and self._show_x is not None

    def _on_back(self) -> None:
        if not self.presenter.on_back():
            self.leave()
            self.flow.go_to_sale()

    def _on_x(self) -> None:
        if self._show_x is not None:
            self.leave()
            self._show_x()

    def _on_print(self) -> None:
        report = self.presenter.report
        if report is None:
            return
        try:
            done = self.flow.work.counter.reports.print_summary(report)
        except GuitaiError as error:
            self.flow.frame.refuse(error)
            return
        tasks.watch(done).then(self._on_printed).otherwise(self.flow.frame.refuse)

    def _on_printed(self, _done: object) -> None:
        self.flow.frame.say(_("The report is on its way to the printer"))

    def _ask_export(self) -> None:
        report = self.presenter.report
        if report is None:
            return
        first, last = report.period.first, report.period.last
        try:
            folder = self.flow.work.upkeep.export_file(first, last).parent
        except GuitaiError as error:
            self.flow.frame.refuse(error)
            return
        days = f"{first}_{last}" if first != last else f"{first}"
        till = self.flow.work.counter.desk.shop.till
        self.dialog.ask(folder / f"report_{till}_{days}")

    def _on_export(self, path: str) -> None:
        report = self.presenter.report
        if report is None:
            return
        file, tables = Path(path), self.presenter.tables
        shop = self.flow.work.counter.desk.shop.name_in(current_language())
        first, last = report.period.first, report.period.last
        days = f"{first} – {last}" if first != last else f"{first}"
        if file.suffix.lower() == ".pdf":
            from ui.report_pdf import write_report_pdf

            # Fonts are the screen's: a PDF of a month takes a tenth of a second.
            heading, language = (shop, days), current_language()
            try:
                write_report_pdf(tables, file, report.currency, heading, language)
            except GuitaiError as error:
                self.flow.frame.refuse(error)
                return
            self._on_exported((file, report))
            return
        title, currency = f"{shop} {days}", report.currency

        def write() -> tuple[Path, Report]:
            from pos_app.services.report_export import export_tables

            export_tables(tables, file, currency, title)
            return file, report

        task = self.flow.runner.run(write)
        task.then(self._on_exported).otherwise(self.flow.frame.refuse)

    def _on_exported(self, done: tuple[Path, Report]) -> None:
        file, report = done
        self.flow.frame.say(_("Saved as {file}", file=str(file)))
        service, kind = self.flow.work.counter.reports, file.suffix[1:].lower()
        noted = service.note_export(kind, report.period)
        tasks.watch(noted).otherwise(self.flow.frame.on_lost)
