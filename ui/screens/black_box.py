"""The black box: filters and entries on the left, the chosen one on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.black_box_state import BlackBoxState
from ui.screens.black_box_replay import ReplayPanel
from ui.screens.segmented_choice import SegmentedChoice
from ui.theme.host import theme, theme_host
from ui.widgets.category_tabs import CategoryTabs
from ui.widgets.journal_list import JournalList
from ui.widgets.panel import Panel, surface
from ui.widgets.search_box import SearchBox
from ui.widgets.status_bar import StatusBar
from ui.widgets.top_bar import TopBar


class EntrySearchBox(SearchBox):
    """The search box with words of the journal."""

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.field.setAccessibleName(_("Find entries"))

    @override
    def icon(self) -> str:
        return "magnifying-glass"

    @override
    def chip_words(self) -> str:
        return ""

    @override
    def hints(self) -> tuple[str, ...]:
        return (_("Number, amount, reason or article"), _("Number or amount"))


class BlackBoxScreen(QWidget):
    """Searches the journal, replays a sale, exports a period."""

    period_chosen = Signal(str)
    """A period; the value of its `BoxPeriod`."""
    group_chosen = Signal(str)
    """A kind of entries; "" for all."""
    person_chosen = Signal(str)
    """A person; "" for everybody."""
    text_edited = Signal(str)
    """What is searched for."""
    entry_picked = Signal(str)
    """An entry was touched; its key."""
    entry_moved = Signal(int)
    """The entry above (-1) or below (+1) is to be chosen."""
    more_wanted = Signal()
    """Older entries are wanted."""
    top_tab_selected = Signal(str)
    """A tab of the top bar; its key."""
    closed = Signal()
    """Esc, or the ✕: back."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("blackBoxScreen")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        surface(self, "bg")
        self.top_bar, self.status_bar = TopBar(), StatusBar()
        self.panel = Panel("blackBoxPanel", icon="list-magnifying-glass")
        self.search = EntrySearchBox("entrySearch", "entrySearch")
        self.periods = SegmentedChoice("boxPeriod")
        self.groups = CategoryTabs("boxGroups", "boxGroup")
        self.people = CategoryTabs("boxPeople", "boxPerson")
        self.list = JournalList()
        self.replay = ReplayPanel()
        self._lay_out()
        self._connect()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_state(self, state: BlackBoxState) -> None:
        """Show everything anew, in the language in use."""
        self.top_bar.show_frame(state.frame)
        self.status_bar.show_frame(state.frame)
        self.panel.set_title(
            _("Black box"), "list-magnifying-glass", _("nothing in it can be changed")
        )
        self.search.retranslate()
        self.search.show_text(state.text)
        self.periods.set_choices(state.periods)
        self.periods.show_chosen(state.period)
        self.groups.show_tabs(state.groups, state.group)
        self.people.show_tabs(state.people, state.person)
        self.list.show_rows(state.rows, state.selected, has_more=state.has_more)
        self.replay.show_state(state)

    def _lay_out(self) -> None:
        for part in (self.search, self.periods, self.groups, self.people):
            self.panel.body.addWidget(part)
        self.panel.body.addWidget(self.list, 1)
        self._middle = QHBoxLayout()
        self._middle.addWidget(self.panel, 11)
        self._middle.addWidget(self.replay, 10)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.top_bar)
        outer.addLayout(self._middle, 1)
        outer.addWidget(self.status_bar)

    def _connect(self) -> None:
        self.panel.closed.connect(self.closed)
        self.top_bar.tab_selected.connect(self.top_tab_selected)
        self.search.text_edited.connect(self.text_edited)
        self.search.left.connect(self._on_search_left)
        self.search.moved.connect(self.entry_moved)
        self.periods.chosen.connect(self.period_chosen)
        self.groups.tab_selected.connect(self.group_chosen)
        self.people.tab_selected.connect(self.person_chosen)
        self.list.picked.connect(self.entry_picked)
        self.list.more_wanted.connect(self.more_wanted)

    def _on_search_left(self) -> None:
        self.search.stop()
        self.setFocus()
        self.text_edited.emit("")

    def _take_sizes(self) -> None:
        edge = theme().px(12)
        self._middle.setContentsMargins(edge, edge, edge, edge)
        self._middle.setSpacing(edge)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list and in the replay by keyboard; Esc goes back."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.replay.stepped.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.entry_moved.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)
