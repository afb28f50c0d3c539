"""What would become of each item; and the documents of what became."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.i18n import _
from ui.presenters.bulk_state import PreviewView
from ui.presenters.report_state import ListTableView
from ui.screens.office_stock_list import take_page_sizes
from ui.screens.segmented_choice import SegmentedChoice
from ui.screens.settings_fields import Note
from ui.theme.host import theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.page_head import PageHead
from ui.widgets.table_list import TableList


class BulkPreviewPage(QWidget):
    """The rows, and the one key that makes them true."""

    closed = Signal()
    filter_chosen = Signal(str)
    row_chosen = Signal(str)
    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.head = PageHead("bulkPreviewHead")
        self.note = Note("bulkPreviewNote")
        self.filters = SegmentedChoice("bulkFilters")
        self.table = TableList("bulkRows")
        face = ButtonFace(
            icon="check", kind=Kind.PRIMARY, arrangement=Arrangement.ROW, hint="F12"
        )
        self.confirm = ActionButton("bulkConfirm", face)
        self.confirm.set_size(68)
        self._column = QVBoxLayout(self)
        for part in (self.head, self.note, self.filters):
            self._column.addWidget(part)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self.confirm)
        self.head.closed.connect(self.closed)
        self.filters.chosen.connect(self.filter_chosen)
        self.table.chosen.connect(self.row_chosen)
        self.confirm.clicked.connect(self.confirmed)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_view(self, view: PreviewView, *, is_working: bool) -> None:
        """Show the rows."""
        self.head.show_title(view.title)
        hint = _("Tap a row to take it in or to leave it out.")
        told = (view.summary, hint if view.can_toggle else "")
        words = " · ".join(x for x in told if x)
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self.filters.set_choices([(key, words, "") for key, words in view.filters])
        self.filters.show_chosen(view.filter)
        self.table.show_table(view.table)
        self.confirm.retitle(view.confirm_words)
        can_confirm = view.can_confirm and not is_working
        self.confirm.set_available(can_confirm, view.confirm_words, icon="info")

    def _take_sizes(self) -> None:
        take_page_sizes(self._column)


class BulkDocumentsPage(QWidget):
    """What was changed before; a tap looks at setting it back."""

    closed = Signal()
    row_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.head = PageHead("bulkDocumentsHead")
        self.table = TableList("bulkDocuments")
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.head)
        self._column.addWidget(self.table, 1)
        self.head.closed.connect(self.closed)
        self.table.chosen.connect(self.row_chosen)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_view(self, view: ListTableView) -> None:
        """Show the documents."""
        self.head.show_title(view.title)
        self.table.show_table(view)

    def _take_sizes(self) -> None:
        take_page_sizes(self._column)
