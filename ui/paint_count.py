"""Counts paints, so that a measure ends when the person has seen something."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from typing_extensions import override


class PaintCount(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.count += 1
        return super().eventFilter(watched, event)
