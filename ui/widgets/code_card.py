"""A code that a scanner reads off the screen, on white paper, with its name."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy
from typing_extensions import override

from ui.presenters.drill_state import CodeView
from ui.theme.fonts import SEMIBOLD, free_font
from ui.theme.host import theme
from ui.widgets.drawing import Box, draw_box, draw_text, elided

#: Bars are black on white in the dark theme too, or no scanner reads them.
_PAPER, _INK, _EDGE = "#FFFFFF", "#10181B", "#C9D3D6"


class CodeCard(QAbstractButton):
    """Name above, bars below; a tap is a scan, for a till without a scanner."""

    tapped = Signal(str)
    """The code of a card that was tapped."""

    def __init__(self, code: CodeView, name: str) -> None:
        super().__init__()
        self.code = code
        self.setObjectName(name)
        self.setAccessibleName(f"{code.name} {code.note} {code.code}")
        self.setText(code.name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._picture = QPixmap()
        self._picture.loadFromData(code.png)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.tapped.emit(self.code.code)

    @override
    def sizeHint(self) -> QSize:
        """Return the picture's own size, dot for dot, and the name above it."""
        now = theme()
        pad = now.px(10)
        return QSize(
            self._picture.width() + 2 * pad,
            self._picture.height() + 2 * pad + now.px(30),
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint paper, name and bars."""
        del event
        now = theme()
        with QPainter(self) as painter:
            edge = theme().colours.primary if self.isDown() else _EDGE
            draw_box(
                painter, self.rect(), Box(_PAPER, edge, edge, now.radius("chip"), 1)
            )
            pad = now.px(10)
            used = free_font(now, 16, SEMIBOLD)
            room = self.width() - 2 * pad
            words = elided(f"{self.code.name}  {self.code.note}".strip(), used, room)
            head = QRect(pad, pad // 2, room, now.px(30))
            draw_text(painter, head, words, (used, _INK))
            painter.drawPixmap(pad, pad + now.px(30), self._picture)
