"""One item's stock: its figures and every move of it; and one document."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n import _
from ui.presenters.report_state import FigureView
from ui.presenters.stock_state import DocumentView, HistoryView
from ui.screens.office_stock_list import WriteKeys, take_page_sizes
from ui.screens.segmented_choice import SegmentedChoice
from ui.screens.settings_fields import FactRows
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.page_head import PageHead
from ui.widgets.plain_figure import PlainFigure
from ui.widgets.slip_preview import SlipPreview
from ui.widgets.table_list import TableList

#: Figures of an item that stand in a row.
_FIGURES = 6


class StockHistoryPage(QWidget):
    """Figures over moves; a move opens its document."""

    kind_chosen = Signal(str)
    row_chosen = Signal(str)
    write_pressed = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.head = PageHead("stockHistoryHead")
        self.figures = [PlainFigure(f"stockFigure{at}") for at in range(_FIGURES)]
        self.kinds = SegmentedChoice("stockMoveKinds")
        self.table = TableList("stockMoveTable")
        self.write_keys = WriteKeys()
        self._figure_row = QHBoxLayout()
        for figure in self.figures:
            self._figure_row.addWidget(figure, 1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.head)
        self._column.addLayout(self._figure_row)
        self._column.addWidget(self.kinds)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self.write_keys)
        self.head.closed.connect(self.closed)
        self.kinds.chosen.connect(self.kind_chosen)
        self.table.chosen.connect(self.row_chosen)
        self.write_keys.pressed.connect(self.write_pressed)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_view(self, view: HistoryView) -> None:
        """Show an item."""
        self.head.show_title(view.title)
        for figure, (key, title, value) in zip(self.figures, view.facts, strict=True):
            figure.show_figure(FigureView(key, title, value, ""))
        self.kinds.set_choices([(key, words, "") for key, words in view.kinds])
        self.kinds.show_chosen(view.kind)
        self.table.show_table(view.table)
        self.write_keys.show_keys(view.keys)

    def _take_sizes(self) -> None:
        take_page_sizes(self._column)
        self._figure_row.setSpacing(theme().px(8))


class StockDocumentPage(QWidget):
    """The slip on the left, what can be done on the right."""

    undo_pressed = Signal()
    print_pressed = Signal()
    labels_pressed = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.head = PageHead("stockDocumentHead")
        self.slip = SlipPreview("stockSlip")
        self.facts = FactRows("stockDocumentFacts")
        row = Arrangement.ROW
        self.undo = ActionButton(
            "stockUndo",
            ButtonFace(
                icon="arrow-counter-clockwise", kind=Kind.DANGER, arrangement=row
            ),
        )
        self.copy = ActionButton(
            "stockPrint", ButtonFace(icon="printer", arrangement=row)
        )
        self.labels = ActionButton(
            "stockLabels", ButtonFace(icon="barcode", arrangement=row)
        )
        self._side = QVBoxLayout()
        self._side.addWidget(self.facts)
        self._side.addStretch(1)
        for key in (self.labels, self.copy, self.undo):
            key.set_size(60)
            self._side.addWidget(key)
        self._row = QHBoxLayout()
        self._row.addWidget(self.slip, 1)
        self._row.addLayout(self._side, 1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.head)
        self._column.addLayout(self._row, 1)
        self.head.closed.connect(self.closed)
        self.undo.clicked.connect(self.undo_pressed)
        self.copy.clicked.connect(self.print_pressed)
        self.labels.clicked.connect(self.labels_pressed)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_view(self, view: DocumentView, *, is_working: bool) -> None:
        """Show a document."""
        self.head.show_title(view.title)
        self.facts.show_rows(view.facts)
        self.slip.show_slip(view.png)
        self.copy.setVisible(view.is_stock)
        self.labels.setVisible(view.has_labels)
        self.labels.retitle(_("Labels for these goods"))
        self.undo.setVisible(view.is_stock)
        self.copy.retitle(_("Print a copy"))
        self.undo.retitle(view.undo_words)
        self.undo.set_available(view.can_undo and not is_working, view.undo_words)

    def _take_sizes(self) -> None:
        take_page_sizes(self._column)
        self._row.setSpacing(theme().px(16))
        self._side.setSpacing(theme().px(8))
