"""The list of items: picture, name over codes, price; grows as it is scrolled."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.item_state import ItemRowView
from ui.theme.fonts import BOLD, SEMIBOLD, free_font
from ui.theme.host import theme
from ui.widgets.drawing import (
    CENTER,
    RIGHT,
    draw_icon,
    draw_text,
    elided,
    elided_goods,
    fill_round,
    hairline,
    text_width,
)
from ui.widgets.goods_picture import draw_picture
from ui.widgets.row_list import RowView
from ui.widgets.ticket_model import LINE_ROLE, ModelIndex

_ROW = 62
#: Rows before the end at which the next ones are read.
_AHEAD = 20


class ItemRowsModel(QAbstractListModel):
    """The rows of the pages read so far."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ItemRowView, ...] = ()

    def show_rows(self, rows: tuple[ItemRowView, ...]) -> bool:
        """Show others; more of the same are added. Tell whether it begins anew."""
        before, count = self.rows, len(self.rows)
        if count and rows[:count] == before:
            if len(rows) > count:
                self.beginInsertRows(QModelIndex(), count, len(rows) - 1)
                self.rows = rows
                self.endInsertRows()
            return False
        is_same_place = [x.key for x in rows[:8]] == [x.key for x in before[:8]]
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return not is_same_place

    @override
    def rowCount(self, parent: ModelIndex | None = None) -> int:
        """Return how many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    @override
    def data(
        self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a row, or its words for assistive tools."""
        row = self.rows[index.row()]
        if role == LINE_ROLE:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.words
        return None


class ItemRowsDelegate(QStyledItemDelegate):
    """Paints a row."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen = ""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        """Return a row that a finger hits."""
        del option, index
        return QSize(10, theme().px(_ROW))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex
    ) -> None:
        """Paint picture, name, codes and price."""
        now, c = theme(), theme().colours
        row: ItemRowView = index.data(LINE_ROLE)
        area: QRect = option.rect
        if row.key == self.chosen:
            painter.fillRect(area, c.sel)
            bar = QRect(area.x(), area.y(), now.px(5), area.height())
            painter.fillRect(bar, c.primary)
        inner = area.adjusted(now.px(12), now.px(6), -now.px(12), -now.px(6))
        edge = now.px(46)
        square = QRect(inner.x(), inner.y(), edge, edge)
        square.moveCenter(QRect(inner.x(), area.y(), edge, area.height()).center())
        self._paint_picture(painter, square, row)
        words = inner.adjusted(edge + now.px(10), 0, 0, 0)
        view = option.widget
        seen = view.viewport().rect() if isinstance(view, QListView) else area
        self._paint_words(painter, words, row, seen)
        line = QRect(area.x(), area.bottom(), area.width(), 1)
        hairline(painter, line, c.line)

    def _paint_picture(
        self, painter: QPainter, square: QRect, row: ItemRowView
    ) -> None:
        now, c = theme(), theme().colours
        if row.picture:
            draw_picture(painter, row.picture, square, now.radius("chip"))
            return
        fill_round(painter, square, now.radius("chip"), c.sunken)
        mark = square.adjusted(now.px(11), now.px(11), -now.px(11), -now.px(11))
        draw_icon(painter, "package", c.ink3, mark)

    def _paint_words(
        self, painter: QPainter, inner: QRect, row: ItemRowView, seen: QRect
    ) -> None:
        """Paint both lines; a line at the list's edge is there whole or not at all."""
        now, c = theme(), theme().colours
        money = free_font(now, 16, BOLD)
        ink = c.ink3 if row.is_retired else c.ink
        half = inner.height() // 2
        upper = QRect(inner.x(), inner.y(), inner.width(), half + now.px(2))
        lower = QRect(inner.x(), upper.bottom(), inner.width(), inner.bottom() - half)
        lower.setBottom(inner.bottom())
        if seen.contains(upper.center() + QPoint(0, now.px(9))):
            self._paint_upper(painter, upper, row, (money, ink))
        if seen.contains(lower.center() + QPoint(0, now.px(9))):
            self._paint_lower(painter, lower, row)

    def _paint_upper(
        self,
        painter: QPainter,
        upper: QRect,
        row: ItemRowView,
        style: tuple[QFont, str],
    ) -> None:
        now, (money, ink) = theme(), style
        draw_text(painter, upper, row.price, (money, ink), RIGHT)
        room = upper.width() - text_width(row.price, money) - now.px(10)
        used = free_font(now, 16, BOLD)
        name = elided_goods(row.name, row.variant, used, room)
        draw_text(painter, upper, name, (used, ink))

    def _paint_lower(self, painter: QPainter, lower: QRect, row: ItemRowView) -> None:
        now, c = theme(), theme().colours
        small = free_font(now, 14)
        room = lower.width()
        if row.is_retired:
            room -= self._paint_retired(painter, lower)
        draw_text(painter, lower, elided(row.code, small, room), (small, c.ink3))

    def _paint_retired(self, painter: QPainter, lower: QRect) -> int:
        """Paint the chip of what is sold no more; return the room it takes."""
        now, c = theme(), theme().colours
        used, words = free_font(now, 13, SEMIBOLD), _("Retired")
        width = text_width(words, used) + now.px(14)
        chip = QRect(lower.right() - width, lower.y(), width, now.px(21))
        chip.moveTop(lower.y() + (lower.height() - chip.height()) // 2)
        fill_round(painter, chip, now.radius("chip"), c.warnfill)
        draw_text(painter, chip, words, (used, c.warnink), CENTER)
        return width + now.px(8)


class ItemRowsList(RowView):
    """The list; a touch opens an item, near its end more is asked for."""

    opened = Signal(str)
    """An item was touched; its id."""
    more_wanted = Signal()
    """The end is near."""

    def __init__(self) -> None:
        super().__init__("itemRows")
        self._model, self._delegate = ItemRowsModel(), ItemRowsDelegate()
        self.has_more, self._is_searching = False, False
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._on_clicked)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def show_rows(
        self, rows: tuple[ItemRowView, ...], chosen: str, *, is_searching: bool
    ) -> None:
        """Show rows; the chosen one is marked."""
        self._is_searching = is_searching
        is_new = self._model.show_rows(rows)
        if is_new:
            self.scrollToTop()
        if chosen != self._delegate.chosen:
            self._delegate.chosen = chosen
            keys = [row.key for row in rows]
            if chosen in keys:
                self.scrollTo(self._model.index(keys.index(chosen)))
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or say that there are none."""
        if self._model.rows:
            super().paintEvent(event)
        elif self._is_searching:
            detail = _("Try fewer letters, or the last digits of the barcode")
            self.paint_nothing("magnifying-glass", (_("Nothing found"), detail))
        else:
            detail = _("Scan something, or press New item")
            self.paint_nothing("package", (_("No items here"), detail))

    def _on_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self._model.rows[index.row()].key)

    def _on_scrolled(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if self.has_more and value > bar.maximum() - theme().px(_ROW) * _AHEAD:
            self.more_wanted.emit()
