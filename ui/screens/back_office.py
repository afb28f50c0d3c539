"""The back office: its list on the left, the part that is open beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.frame_state import FrameState
from ui.screens.back_office_page import BackOfficePage
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.page_key import PageKey
from ui.widgets.panel import surface
from ui.widgets.status_bar import StatusBar
from ui.widgets.top_bar import TopBar


class BackOfficeScreen(QWidget):
    """A list of what this person may do, and one page."""

    part_chosen = Signal(str)
    """An entry of the list was pressed; its key."""
    closed = Signal()
    """Back to the sale."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("backOfficeScreen")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        surface(self, "bg")
        self.top_bar, self.status_bar = TopBar(), StatusBar()
        self.title, self.stack = QLabel(), QStackedWidget()
        self.keys: dict[str, PageKey] = {}
        self._list = QWidget()
        surface(self._list, "surface")
        self._entries = QVBoxLayout(self._list)
        self._entries.addWidget(self.title)
        self._entries.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidget(self._list)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._area)
        middle.addWidget(self.stack, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.top_bar)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status_bar)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    @property
    def list_has_focus(self) -> bool:
        """Tell whether an entry of the list has the keyboard."""
        return any(key.hasFocus() for key in self.keys.values())

    def show_page(self, page: BackOfficePage) -> None:
        """Show a page."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)

    def show_state(
        self, frame: FrameState, entries: Sequence[tuple[str, str, str]], shown: str
    ) -> None:
        """Show bars and list.

        Args:
            frame: the bars.
            entries: (key, words, icon) of what this person may open.
            shown: the key of the open one.
        """
        self.top_bar.show_frame(frame)
        self.status_bar.show_frame(frame)
        self.title.setText(_("Back office"))
        wanted = {key for key, _words, _icon in entries}
        for key, words, icon in entries:
            if key not in self.keys:
                self._add_entry(key, icon)
            self.keys[key].setText(words)
            self.keys[key].setAccessibleName(words)
        for key, entry in self.keys.items():
            entry.setVisible(key in wanted)
            entry.setChecked(key == shown)
        if shown in self.keys:  # with the one below it: there is more
            below = theme().px(64)
            self._area.ensureWidgetVisible(self.keys[shown], 0, below)

    def _add_entry(self, key: str, icon: str) -> None:
        entry = PageKey(key, icon)
        entry.clicked.connect(self._on_entry)
        self.keys[key] = entry
        self._entries.insertWidget(self._entries.count() - 1, entry)

    def _on_entry(self) -> None:
        sender = self.sender()
        assert isinstance(sender, PageKey)
        self.part_chosen.emit(sender.key)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Take the sizes once more: the window's style came after the first time."""
        super().showEvent(event)
        self._take_sizes()

    def retranslate(self) -> None:
        """Read all words anew; the next state brings them."""

    def _take_sizes(self) -> None:
        now = theme()
        is_compact = now.profile.name == "compact"
        self._area.setFixedWidth(now.px(212 if not is_compact else 168))
        edge = now.px(8)
        self._entries.setContentsMargins(edge, now.px(14), edge, edge)
        self._entries.setSpacing(now.px(2))
        self.title.setFont(font(now, "h2"))
        self.title.setContentsMargins(now.px(14), 0, 0, now.px(10))
        for entry in self.keys.values():
            entry.updateGeometry()
