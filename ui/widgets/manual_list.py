"""The contents of the manual, or what was found in it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui.presenters.manual import ManualRow
from ui.theme.fonts import REGULAR, SEMIBOLD, font
from ui.theme.host import theme
from ui.widgets.drawing import draw_text, elided, fill_round, hairline
from ui.widgets.row_list import RowModel, RowView
from ui.widgets.text_fit import line_height
from ui.widgets.ticket_model import LINE_ROLE, ModelIndex


class ManualRowDelegate(QStyledItemDelegate):
    """Paints a title and, below it, the words around what was found."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        """Return a touchable row, taller where words stand below the title."""
        row: ManualRow = index.data(LINE_ROLE)
        return QSize(theme().px(120), theme().px(72 if row.around else 52))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex
    ) -> None:
        """Paint one row."""
        row: ManualRow = index.data(LINE_ROLE)
        now, c = theme(), theme().colours
        area = option.rect
        if row.is_chosen:
            fill_round(painter, area, now.radius("button"), c.sel)
        inner = area.adjusted(now.px(12), now.px(6), -now.px(8), -now.px(6))
        used = font(now, "body", SEMIBOLD if row.is_chosen else REGULAR)
        ink = c.primaryink if row.is_chosen else c.ink
        title = elided(row.title, used, inner.width())
        if not row.around:
            draw_text(painter, inner, title, (used, ink))
        else:
            line = line_height(used)
            top = QRect(inner.left(), inner.top(), inner.width(), line)
            draw_text(painter, top, title, (used, ink))
            small = font(now, "cap")
            words = elided(row.around, small, inner.width())
            below = inner.adjusted(0, line, 0, 0)
            draw_text(painter, below, words, (small, c.ink3))
        edge = QRect(area.left(), area.bottom(), area.width(), 1)
        hairline(painter, edge, c.line)


class ManualList(RowView):
    """Pages that can be touched."""

    chosen = Signal(str)
    """A row was touched; the key of its page."""

    def __init__(self) -> None:
        super().__init__("manualList")
        self.setUniformItemSizes(False)
        self._model: RowModel[ManualRow] = RowModel()
        self.setModel(self._model)
        self.setItemDelegate(ManualRowDelegate(self))
        self.clicked.connect(self._on_clicked)
        self._nothing = ""

    def show_rows(self, rows: tuple[ManualRow, ...], nothing: str) -> None:
        """Show other rows; `nothing` is said where there is none."""
        self._nothing = nothing
        self._model.show_rows(rows)
        for at, row in enumerate(rows):
            if row.is_chosen:
                self.scrollTo(self._model.index(at))
        self.viewport().update()

    def _on_clicked(self, index: ModelIndex) -> None:
        row: ManualRow = index.data(LINE_ROLE)
        self.chosen.emit(row.key)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or that there are none."""
        if self._model.rows:
            super().paintEvent(event)
        else:
            self.paint_nothing("magnifying-glass", (self._nothing, ""))

    @override
    def focusPolicy(self) -> Qt.FocusPolicy:
        """The search field has the keyboard, and its arrows move here."""
        return Qt.FocusPolicy.NoFocus
