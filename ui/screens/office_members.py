"""The members' page: the list with a search, one member, and tables."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.members_state import MembersPage, MembersState, MembersTable
from ui.screens.back_office_page import BackOfficePage
from ui.screens.office_fields import KeyRow
from ui.screens.office_form import OfficeFormPage
from ui.screens.office_stock_list import GoodsSearchBox, take_page_sizes
from ui.screens.segmented_choice import SegmentedChoice
from ui.screens.settings_fields import Note
from ui.theme.host import theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.page_head import PageHead
from ui.widgets.table_list import TableList


class MemberSearchBox(GoodsSearchBox):
    """The search box with the words of members."""

    @override
    def hints(self) -> tuple[str, ...]:
        return (_("Phone, last four digits, card or name"), _("Phone or name"))


class MembersTablePage(QWidget):
    """A table with what can be done below it."""

    closed = Signal()
    filter_chosen = Signal(str)
    row_chosen = Signal(str)
    acted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.head = PageHead("membersHead")
        self.note = Note("membersNote")
        self.filters = SegmentedChoice("membersFilters")
        self.table = TableList("membersTable")
        self.keys = KeyRow("members", columns=3)
        self._column = QVBoxLayout(self)
        for part in (self.head, self.note, self.filters):
            self._column.addWidget(part)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self.keys)
        self.head.closed.connect(self.closed)
        self.filters.chosen.connect(self.filter_chosen)
        self.table.chosen.connect(self.row_chosen)
        self.keys.acted.connect(self.acted)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_table(self, view: MembersTable, progress: str) -> None:
        """Show a table."""
        self.head.show_title(view.title, progress)
        self.note.setText(view.note)
        self.note.setVisible(bool(view.note))
        self.filters.setVisible(bool(view.filters))
        self.filters.set_choices([(key, words, "") for key, words in view.filters])
        self.filters.show_chosen(view.filter)
        self.table.show_table(view.table)
        self.keys.setVisible(bool(view.keys))
        self.keys.show_keys(view.keys)

    def _take_sizes(self) -> None:
        take_page_sizes(self._column)


class MembersOfficePage(BackOfficePage):
    """Shows one page of the part at a time."""

    filter_pressed = Signal()
    """Another part of the list is wanted: there are more than fit into a strip."""

    def __init__(self) -> None:
        super().__init__("members")
        self.form = OfficeFormPage("membersForm")
        self.search = MemberSearchBox("memberSearch", "memberSearch")
        self.filter = ActionButton("memberFilter", ButtonFace())
        self.filter.set_size(52)
        self.filter.clicked.connect(self.filter_pressed)
        self.form.show_filters_elsewhere()
        self.form.list_card.body.insertWidget(0, self.search)
        self.form.list_card.body.insertWidget(1, self.filter)
        self.table = MembersTablePage()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.form)
        self._stack.addWidget(self.table)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    @override
    def show_state(self, state: object) -> None:
        """Show the part's state."""
        assert isinstance(state, MembersState)
        if state.page is MembersPage.PEOPLE and state.form is not None:
            self.search.show_text(state.search)
            chosen = dict(state.form.filters).get(state.form.filter, "")
            words = _("Shown: {what}", what=chosen)
            face = ButtonFace(words, icon="caret-down", arrangement=Arrangement.ROW)
            self.filter.set_face(face)
            self.form.show_state(state.form)
            self._stack.setCurrentWidget(self.form)
        elif state.table is not None:
            self.table.show_table(state.table, state.progress)
            self._stack.setCurrentWidget(self.table)

    @override
    def retranslate(self) -> None:
        """Read all words anew."""
        self.search.retranslate()
