"""The report screen (picture 16): a period, a page, the rows behind a figure."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.report_state import ReportState
from ui.screens.day_step import DayStep
from ui.screens.report_heading import ReportHeading
from ui.screens.report_overview import ReportOverview
from ui.screens.report_rows import ReportRowsPanel
from ui.screens.segmented_choice import SegmentedChoice
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace
from ui.widgets.panel import surface
from ui.widgets.status_bar import StatusBar
from ui.widgets.table_list import TableList
from ui.widgets.top_bar import TopBar


class ReportScreen(QWidget):
    """What was sold, how it compares, and what a manager looks at."""

    span_chosen = Signal(str)
    """Another period; its key."""
    page_chosen = Signal(str)
    """Another page; its key."""
    figure_chosen = Signal(str, str)
    """A figure was tapped: its key, and what it is called."""
    closed = Signal()
    """Esc was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reportScreen")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        surface(self, "bg")
        self.top_bar, self.status_bar = TopBar(), StatusBar()
        self.heading = ReportHeading("reportHeading")
        self.spans, self.pages = SegmentedChoice("spans"), SegmentedChoice("pages")
        self.x_report = ActionButton("xReport", ButtonFace(icon="printer"))
        self.print_slip = ActionButton("printReport", ButtonFace(icon="printer"))
        self.export = ActionButton("exportReport", ButtonFace(icon="tray-arrow-up"))
        self.steps = (DayStep("first"), DayStep("last"))
        self.overview, self.table = ReportOverview(), TableList("reportTable")
        self.rows, self.blank = ReportRowsPanel(), ReportHeading("reportBlank")
        self.stack = QStackedWidget()
        self._table_titles: dict[str, str] = {}
        self._lay_out()
        self._connect()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_state(self, state: ReportState) -> None:
        """Show everything anew, in the language in use."""
        self.top_bar.show_frame(state.frame)
        self.status_bar.show_frame(state.frame)
        self.heading.show_heading(state.title, state.subtitle)
        self.spans.set_choices([(key, words, "") for key, words in state.spans])
        self.spans.show_chosen(state.span)
        self.pages.set_choices([(key, words, "") for key, words in state.pages])
        self.pages.show_chosen(state.page)
        self.x_report.retitle(_("X report"))
        self.x_report.setVisible(state.can_x)
        self.print_slip.retitle(_("Print"))
        self.export.retitle(_("Export"))
        for button in (self.print_slip, self.export):
            button.set_available(state.can_export)
        for widget, view in zip(self.steps, state.steps, strict=False):
            widget.show_step(view)
        self._steps_row.setVisible(bool(state.steps))
        self._show_page(state)

    def _show_page(self, state: ReportState) -> None:
        if state.rows is not None:
            self.rows.show_rows(state.rows, state.slip_png)
            self.stack.setCurrentWidget(self.rows)
        elif state.overview is not None:
            self.overview.show_overview(state.overview)
            self.stack.setCurrentWidget(self.overview)
        elif state.table is not None:
            self._table_titles = {row.key: row.cells[0] for row in state.table.rows}
            self.table.show_table(state.table)
            self.stack.setCurrentWidget(self.table)
        elif state.is_empty:
            words = _("Each sale appears here as soon as it is paid.")
            self.blank.show_heading(_("Nothing was sold in this period"), words)
            self.stack.setCurrentWidget(self.blank)
        else:
            words = _("Adding up …") if state.is_waiting else ""
            self.blank.show_heading(words, "")
            self.stack.setCurrentWidget(self.blank)

    def _lay_out(self) -> None:
        self.blank.set_centred(is_centred=True)
        for page in (self.blank, self.overview, self.table, self.rows):
            self.stack.addWidget(page)
        self._head, self._line = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self.heading, 1)
        self._head.addWidget(self.spans)
        self._head.addWidget(self.x_report)
        self._line.addWidget(self.pages, 1)
        self._line.addWidget(self.print_slip)
        self._line.addWidget(self.export)
        self._steps_row = QWidget()
        self._step_line = QHBoxLayout(self._steps_row)
        self._step_line.setContentsMargins(0, 0, 0, 0)
        for step in self.steps:
            self._step_line.addWidget(step, 1)
        self._middle = QVBoxLayout()
        self._middle.addLayout(self._head)
        self._middle.addWidget(self._steps_row)
        self._middle.addLayout(self._line)
        self._middle.addWidget(self.stack, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.top_bar)
        outer.addLayout(self._middle, 1)
        outer.addWidget(self.status_bar)

    def _connect(self) -> None:
        self.spans.chosen.connect(self.span_chosen)
        self.pages.chosen.connect(self.page_chosen)
        self.overview.page_chosen.connect(self.page_chosen)
        self.overview.figure_chosen.connect(self.figure_chosen)
        self.table.chosen.connect(self._on_table_row)

    def _on_table_row(self, key: str) -> None:
        self.figure_chosen.emit(key, self._table_titles.get(key, ""))

    def _take_sizes(self) -> None:
        now = theme()
        edge = now.px(12)
        self._middle.setContentsMargins(edge, now.px(8), edge, now.px(10))
        self._middle.setSpacing(now.px(8))
        for row in (self._head, self._line):
            row.setSpacing(now.px(10))
        self._step_line.setSpacing(now.px(24))
        is_compact = now.profile.name == "compact"
        for button, width in (
            (self.x_report, 124),
            (self.print_slip, 116),
            (self.export, 116),
        ):
            button.set_size(52, width)
            button.setFixedWidth(now.px(width * 4 // 5 if is_compact else width))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
