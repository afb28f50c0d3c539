"""Notes that somebody should read: amber ground, triangle, whole sentences."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import draw_icon, fill_round


class WarnNote(QLabel):
    """One sentence; wraps, never cut."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        policy = QSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding
        )
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.take_sizes()
        theme_host().changed.connect(self.take_sizes)

    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        now = theme()
        self.setFont(font(now, "cap"))
        self.setStyleSheet(f"color: {now.colours.warnink};")
        self.setContentsMargins(now.px(34), now.px(6), now.px(8), now.px(6))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and triangle, then the words."""
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            fill_round(painter, self.rect(), now.radius("chip"), c.warnfill)
            mark = QRect(now.px(8), now.px(4), now.px(18), now.px(24))
            draw_icon(painter, "warning", c.warnicon, mark)
        super().paintEvent(event)


class WarnNotes(QWidget):
    """Some of them below each other."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._notes: list[WarnNote] = []

    def show_notes(self, notes: Sequence[str]) -> None:
        """Show other notes; none at all hides them."""
        self.setVisible(bool(notes))
        self._column.setSpacing(theme().px(6))
        while len(self._notes) < len(notes):
            note = WarnNote()
            self._column.addWidget(note)
            self._notes.append(note)
        for at, note in enumerate(self._notes):
            note.setVisible(at < len(notes))
            note.setText(notes[at] if at < len(notes) else "")
