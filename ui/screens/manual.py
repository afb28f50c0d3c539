"""The manual: search and contents on the left, the page on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.frame_state import FrameState
from ui.presenters.manual import ManualState
from ui.screens.manual_text import ManualText
from ui.theme.host import theme, theme_host
from ui.widgets.manual_list import ManualList
from ui.widgets.panel import Panel, surface
from ui.widgets.search_box import SearchBox
from ui.widgets.status_bar import StatusBar
from ui.widgets.top_bar import TopBar


class ManualSearch(SearchBox):
    """The search of the manual."""

    @override
    def icon(self) -> str:
        """Return the glass: here one does not scan."""
        return "magnifying-glass"

    @override
    def hints(self) -> tuple[str, ...]:
        """Return what an empty field says."""
        return (_("Find in the manual"),)

    @override
    def chip_words(self) -> str:
        """Return no chip."""
        return ""


class ManualScreen(QWidget):
    """Reads beside the sale: the basket stays as it is."""

    typed = Signal(str)
    """Words to look for; the whole text."""
    search_left = Signal()
    """The search was given up."""
    moved = Signal(int)
    """Up or down in the list: -1 or +1."""
    linked = Signal(str)
    """A link to another page was touched; its key."""
    closed = Signal()
    """Back to where one came from."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("manualScreen")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        surface(self, "bg")
        self.top_bar, self.status_bar = TopBar(), StatusBar()
        self.search = ManualSearch("manualSearch", "manualSearch")
        self.list, self.text = ManualList(), ManualText()
        self.contents, self.page = Panel("manualContents"), Panel("manualPage")
        self.contents.set_closable(False)
        self.contents.body.addWidget(self.search)
        self.contents.body.addWidget(self.list, 1)
        self.page.body.addWidget(self.text, 1)
        self._middle = QHBoxLayout()
        self._middle.addWidget(self.contents, 4)
        self._middle.addWidget(self.page, 9)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.top_bar)
        outer.addLayout(self._middle, 1)
        outer.addWidget(self.status_bar)
        self._connect()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _connect(self) -> None:
        self.search.text_edited.connect(self.typed)
        self.search.moved.connect(self.moved)
        self.search.left.connect(self.search_left)
        self.text.anchorClicked.connect(self._on_link)
        self.page.closed.connect(self.closed)

    def show_state(self, frame: FrameState, state: ManualState) -> None:
        """Show everything anew."""
        self.top_bar.show_frame(frame)
        self.status_bar.show_frame(frame)
        self.contents.set_title(_("Manual"), "question")
        self.page.set_title(state.title, "file-text")
        self.search.show_text(state.typed)
        self.search.field.setAccessibleName(_("Find in the manual"))
        self.list.setAccessibleName(_("Manual"))
        self.list.show_rows(state.rows, state.nothing)
        self.text.show_page(state.text, state.pictures)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the page by the keyboard; every other key has its own meaning."""
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.value() + step * (bar.pageStep() - theme().px(48)))

    def retranslate(self) -> None:
        """Read all words anew; the next state brings the page."""
        self.search.retranslate()

    def _on_link(self, url: QUrl) -> None:
        self.linked.emit(url.toString())

    def _take_sizes(self) -> None:
        edge = theme().px(12)
        self._middle.setContentsMargins(edge, edge, edge, edge)
        self._middle.setSpacing(edge)
