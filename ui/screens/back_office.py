"""The back office: its list on the left, the part that is open beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.frame_state import FrameState
from ui.screens.back_office_page import BackOfficePage
from ui.widgets.office_rail import OfficeRail, RailEntry
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
        self.rail, self.stack = OfficeRail(), QStackedWidget()
        self.rail.chosen.connect(self.part_chosen)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.top_bar)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status_bar)

    @property
    def list_has_focus(self) -> bool:
        """Tell whether an entry of the list has the keyboard."""
        return self.rail.has_keyboard

    def show_page(self, page: BackOfficePage) -> None:
        """Show a page."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)

    def show_state(
        self, frame: FrameState, entries: Sequence[RailEntry], shown: str
    ) -> None:
        """Show bars and list.

        Args:
            frame: the bars.
            entries: what this person may open.
            shown: the key of the open one.
        """
        self.top_bar.show_frame(frame)
        self.status_bar.show_frame(frame)
        self.rail.show_entries(entries, shown)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Take the sizes once more: the window's style came after the first time."""
        super().showEvent(event)
        self.rail.take_sizes()

    def retranslate(self) -> None:
        """Read all words anew; the next state brings them."""
