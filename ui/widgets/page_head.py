"""The head of a page that lies behind another: back, what it is, a note."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from pos_app.i18n import _
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace


class PageHead(QWidget):
    """A key that goes back, and the title."""

    closed = Signal()
    """Back."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        face = ButtonFace(icon="arrow-left", arrangement=Arrangement.ROW, hint="Esc")
        self.back = ActionButton(f"{object_name}Back", face)
        self.back.set_size(52, 132)
        self.back.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.back.clicked.connect(self.closed)
        self.title, self.note = QLabel(), QLabel()
        self.note.setProperty("tone", "dim")
        self.title.setMinimumWidth(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.back)
        self._row.addWidget(self.title, 1)
        self._row.addWidget(self.note)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_title(self, title: str, note: str = "") -> None:
        """Show other words."""
        self.back.retitle(_("Back"))
        self.title.setText(title)
        self.note.setText(note)

    def _take_sizes(self) -> None:
        now = theme()
        self._row.setSpacing(now.px(14))
        self.title.setFont(font(now, "h2"))
        self.note.setFont(font(now, "cap"))
