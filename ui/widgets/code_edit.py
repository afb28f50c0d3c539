"""A text with line numbers, and a red mark beside each line that has a problem."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.theme.palette import qcolor

#: Fixed widths, of Windows and of Linux; Han characters follow in the till's font.
_FIXED = (
    "Cascadia Mono",
    "Consolas",
    "DejaVu Sans Mono",
    "Noto Sans Mono",
    "Courier New",
)
#: Keys that move in a text and would be the counter's otherwise.
_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})


class WordsEdit(QPlainTextEdit):
    """Some lines of plain text; up and down move in it; Tab leaves it."""

    left = Signal()
    """The keyboard went elsewhere."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setTabChangesFocus(True)

    @override
    def event(self, event: QEvent) -> bool:
        """Keep the keys that move within the text."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            event.accept()
            return True
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().event(event)


class CodeEdit(WordsEdit):
    """Monospaced, numbered."""

    def __init__(self, object_name: str) -> None:
        super().__init__(object_name)
        self._problems: Mapping[int, str] = {}
        self._numbers = _Numbers(self)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._on_update)
        self.take_sizes()
        theme_host().changed.connect(self.take_sizes)

    def show_problems(self, problems: Mapping[int, str]) -> None:
        """Mark lines, from 1, with what is wrong with them."""
        self._problems = dict(problems)
        self._numbers.update()
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines with a problem on red ground, then the text."""
        with QPainter(self.viewport()) as painter:
            wide = self.viewport().width()
            for line in self._problems:
                block = self.document().findBlockByNumber(line - 1)
                if block.isValid() and block.isVisible():
                    place = self.blockBoundingGeometry(block)
                    place.translate(self.contentOffset())
                    row = QRect(0, round(place.top()), wide, round(place.height()))
                    painter.fillRect(row, qcolor(theme().colours.dangersoft))
        super().paintEvent(event)

    def go_to(self, line: int, column: int) -> None:
        """Put the cursor where a problem is, from 1."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        cursor = QTextCursor(block)
        steps = min(max(0, column - 1), max(0, block.length() - 1))
        cursor.movePosition(
            QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, steps
        )
        self.setTextCursor(cursor)
        self.setFocus()

    def insert(self, words: str) -> None:
        """Write at the cursor; a block's beginning gets a line of its own."""
        is_block = words.startswith("{%")
        self.textCursor().insertText(f"{words}\n" if is_block else words)
        self.setFocus()

    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        now = theme()
        mono = QFont()
        installed = set(QFontDatabase.families())
        fixed = [name for name in _FIXED if name in installed]
        mono.setFamilies([*fixed, *font(now, "body").families()])
        mono.setPixelSize(now.px(15))
        mono.setStyleHint(QFont.StyleHint.Monospace)
        self.setFont(mono)
        self._numbers.setFont(mono)
        self._make_room()

    def _make_room(self) -> None:
        self.setViewportMargins(self._numbers.wanted(), 0, 0, 0)

    def _on_update(self, area: QRect, down: int) -> None:
        if down:
            self._numbers.scroll(0, down)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the numbers as high as the text."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        wide = self._numbers.wanted()
        self._numbers.setGeometry(inside.left(), inside.top(), wide, inside.height())

    def paint_numbers(self, painter: QPainter, area: QRect) -> None:
        """Paint the numbers of the lines that are seen."""
        c = theme().colours
        painter.fillRect(area, qcolor(c.sunken))
        block = self.firstVisibleBlock()
        offset = self.contentOffset()
        wide = self._numbers.width() - theme().px(8)
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(offset)
            top, high = round(place.top()), round(place.height())
            if top > area.bottom():
                break
            line = block.blockNumber() + 1
            is_wrong = line in self._problems
            painter.setPen(qcolor(c.danger if is_wrong else c.ink3))
            words = f"▸{line}" if is_wrong else str(line)
            painter.drawText(
                0, top, wide, high, int(Qt.AlignmentFlag.AlignRight), words
            )
            block = block.next()


class _Numbers(QWidget):
    """The strip on the left."""

    def __init__(self, edit: CodeEdit) -> None:
        super().__init__(edit)
        self._edit = edit

    def wanted(self) -> int:
        """Return the width that the highest number needs."""
        digits = max(2, len(str(self._edit.blockCount()))) + 1
        return self.fontMetrics().horizontalAdvance("0") * digits + theme().px(14)

    @override
    def sizeHint(self) -> QSize:
        """Return the width."""
        return QSize(self.wanted(), 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the numbers."""
        with QPainter(self) as painter:
            painter.setFont(self.font())
            self._edit.paint_numbers(painter, event.rect())
