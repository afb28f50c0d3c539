"""The sentence above the PIN pad."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from ui.theme.fonts import font
from ui.theme.host import theme
from ui.widgets.drawing import draw_icon


class PinNotice(QWidget):
    """The sentence above the pad: the rule, or what went wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pinNotice")
        self._is_problem = False
        self.label = QLabel()
        self.label.setObjectName("pinNoticeText")
        self.label.setWordWrap(True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str, is_problem: bool) -> None:
        """Show a sentence."""
        self._is_problem = is_problem
        self.label.setText(words)
        self.label.setProperty("tone", "danger" if is_problem else "dim")
        self.label.style().polish(self.label)
        self.update()

    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        now = theme()
        self._row.setContentsMargins(now.px(27), 0, 0, 0)
        self.label.setFont(font(now, "cap"))
        self.setFixedHeight(now.px(50))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark left of the words."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            square = QRect(0, 0, now.px(18), self.height())
            name = "warning-circle" if self._is_problem else "shield-check"
            ink = c.danger if self._is_problem else c.primaryink
            draw_icon(painter, name, ink, square)
