"""The receipts that were looked for, newest first."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.return_state import ReceiptRow
from ui.theme.fonts import BOLD, free_font
from ui.theme.host import theme
from ui.widgets.drawing import (
    RIGHT,
    draw_text,
    elided,
    hairline,
    text_width,
)
from ui.widgets.row_list import RowModel, RowView
from ui.widgets.ticket_model import LINE_ROLE, ModelIndex

_RECEIPT_HEIGHT = 66


class ReceiptDelegate(QStyledItemDelegate):
    """Paints a receipt: number and amount over when, who and how."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        """Return a row that a finger hits."""
        del index
        return QSize(option.rect.width(), theme().px(_RECEIPT_HEIGHT))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex
    ) -> None:
        """Paint the row."""
        now, c = theme(), theme().colours
        area: QRect = option.rect
        row: ReceiptRow = index.data(LINE_ROLE)
        hairline(painter, QRect(area.x(), area.bottom(), area.width(), 1), c.line)
        inner = area.adjusted(now.px(14), now.px(8), -now.px(14), -now.px(8))
        half = inner.height() // 2
        upper = QRect(inner.x(), inner.y(), inner.width(), half)
        bold, money = free_font(now, 17, BOLD), free_font(now, 18, BOLD)
        draw_text(painter, upper, row.total, (money, c.ink), RIGHT)
        room = upper.width() - text_width(row.total, money) - now.px(12)
        number = elided(row.number, bold, room)
        draw_text(painter, upper, number, (bold, c.ink))
        lower = upper.translated(0, half)
        small = free_font(now, 14)
        note = f" · {row.note}" if row.note else ""
        words = elided(row.detail + note, small, lower.width())
        draw_text(painter, lower, words, (small, c.ink2))


class ReceiptList(RowView):
    """The receipts that were looked for."""

    chosen = Signal(str)
    """A receipt was touched; its key."""

    def __init__(self) -> None:
        super().__init__("receiptList")
        self._model: RowModel[ReceiptRow] = RowModel()
        self.setModel(self._model)
        self.setItemDelegate(ReceiptDelegate(self))
        self.clicked.connect(self._on_clicked)

    def show_rows(self, rows: tuple[ReceiptRow, ...]) -> None:
        """Show receipts, newest first."""
        self.setAccessibleName(_("Receipts"))
        self._model.show_rows(rows)
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or say that there are none."""
        if self._model.rows:
            super().paintEvent(event)
            return
        words = (_("No receipt here"), _("Choose another day, or scan the receipt"))
        self.paint_nothing("receipt", words)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(self._model.rows[index.row()].key)
