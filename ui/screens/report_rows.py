"""The documents behind a figure; the receipt of the one that is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from ui.presenters.report_state import ListTableView
from ui.theme.host import theme, theme_host
from ui.widgets.panel import Panel
from ui.widgets.slip_preview import SlipPreview
from ui.widgets.table_list import TableList


class ReportRowsPanel(Panel):
    """A list on the left, a receipt on the right."""

    row_chosen = Signal(str)
    """A document was tapped; its sale's id."""

    def __init__(self) -> None:
        super().__init__("reportRows", icon="receipt")
        self.list, self.slip = TableList("reportRowList"), SlipPreview("reportSlip")
        self._row = QHBoxLayout()
        self._row.addWidget(self.list, 1)
        self._row.addWidget(self.slip)
        self.body.addLayout(self._row, 1)
        self.list.chosen.connect(self.row_chosen)
        self._take_widths()
        theme_host().changed.connect(self._take_widths)

    def show_rows(self, rows: ListTableView, slip_png: bytes) -> None:
        """Show other rows, or the receipt of one."""
        self.set_title(rows.title, "receipt", rows.note)
        self.list.show_table(rows)
        self.slip.setVisible(bool(slip_png))
        self.slip.show_slip(slip_png)

    def _take_widths(self) -> None:
        self._row.setSpacing(theme().px(12))
        self.slip.setFixedWidth(theme().px(336))
