"""A list whose rows are chosen, and moved by their handle or by keys."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from ui.presenters.office_form_state import OfficeRow
from ui.theme.fonts import REGULAR, SEMIBOLD, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import (
    RIGHT,
    brush,
    draw_icon,
    draw_text,
    elided,
    hairline,
    text_width,
)
from ui.widgets.empty_note import paint_empty
from ui.widgets.keyed_rows import KeyedRows
from ui.widgets.kinetic import make_kinetic
from ui.widgets.ticket_model import LINE_ROLE

#: Height of a row and width of its handle, 1366x768 pixels.
_ROW, _HANDLE = 60, 48


class OrderModel(QAbstractListModel):
    """The rows as they are shown, in the order they are being dragged to."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[OfficeRow, ...] = ()

    def show_rows(self, rows: tuple[OfficeRow, ...]) -> None:
        """Show others; the view stays where it was while the keys are the same."""
        if [x.key for x in rows] == [x.key for x in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def move(self, at: int, to: int) -> None:
        """Move a row to the place of another."""
        below = to + 1 if to > at else to
        here = QModelIndex()
        if at == to or not self.beginMoveRows(here, at, at, here, below):
            return
        rows = list(self.rows)
        rows.insert(to, rows.pop(at))
        self.rows = tuple(rows)
        self.endMoveRows()

    @override
    def rowCount(
        self, parent: QModelIndex | QPersistentModelIndex | None = None
    ) -> int:
        """Return how many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    @override
    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return a row, or its words for assistive tools."""
        row = self.rows[index.row()]
        if role == LINE_ROLE:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.words
        return None


class _RowDelegate(QStyledItemDelegate):
    """Paints a row: title, what is said of it, a mark, a handle."""

    def __init__(self, view: OrderList) -> None:
        super().__init__(view)
        self._view = view

    @override
    def sizeHint(
        self,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        """Return the height of a row."""
        del option, index
        return QSize(120, theme().px(_ROW))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a row."""
        row: OfficeRow = index.data(LINE_ROLE)
        now, c, area = theme(), theme().colours, QRect(option.rect)
        if row.key == self._view.chosen:
            painter.fillRect(area, brush(c.sel))
        inner = area.adjusted(now.px(14), 0, -now.px(12), 0)
        if self._view.can_order:
            edge = now.px(20)
            mark = QRect(area.right() - now.px(34), area.y(), edge, area.height())
            draw_icon(painter, "dots-six-vertical", c.ink3, mark)
            inner.setRight(area.right() - now.px(_HANDLE))
        ink = c.ink3 if row.is_off else c.ink
        title, small = free_font(now, 17, SEMIBOLD), free_font(now, 14, REGULAR)
        marked = text_width(row.mark, small) if row.mark else 0
        if row.mark:
            draw_text(painter, inner, row.mark, (small, c.ink2), RIGHT)
        room = inner.width() - marked - (now.px(10) if marked else 0)
        if row.detail:
            top = QRect(inner.x(), area.y() + now.px(7), room, now.px(25))
            low = QRect(inner.x(), area.y() + now.px(32), room, now.px(22))
            draw_text(painter, low, elided(row.detail, small, room), (small, c.ink2))
        else:
            top = QRect(inner.x(), area.y(), room, area.height())
        draw_text(painter, top, elided(row.title, title, room), (title, ink))
        hairline(painter, QRect(area.x(), area.bottom(), area.width(), 1), c.line)


class OrderList(KeyedRows):
    """Rows; a mouse or a finger on the handle moves one, elsewhere it throws."""

    chosen_row = Signal(str)
    """A row was chosen; its key."""
    moved = Signal(list)
    """A row was dropped elsewhere; all keys in their new order."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._model = OrderModel()
        self.setModel(self._model)
        self.setItemDelegate(_RowDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMinimumHeight(1)
        self.chosen, self.can_order, self._empty = "", False, ("", "")
        self._dragged: int | None = None
        self._before: tuple[str, ...] = ()
        make_kinetic(self)
        # Before the gesture that throws the list sees what is pressed.
        self.viewport().installEventFilter(self)
        self.clicked.connect(self._on_clicked)
        theme_host().changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in the order shown."""
        return tuple(row.key for row in self._model.rows)

    def show_rows(
        self,
        rows: tuple[OfficeRow, ...],
        chosen: str,
        *,
        can_order: bool,
        empty: tuple[str, str] = ("note-pencil", ""),
    ) -> None:
        """Show rows; while one is dragged they stay as they are."""
        self.can_order, self._empty = can_order, empty
        is_other = chosen != self.chosen
        self.chosen = chosen
        if self._dragged is not None:
            return
        self._model.show_rows(rows)
        if is_other and chosen in self.keys:
            self.scrollTo(self._model.index(self.keys.index(chosen)))
        self.viewport().update()

    @override
    def first_row(self) -> int:
        """Begin at the chosen row."""
        return self.keys.index(self.chosen) if self.chosen in self.keys else 0

    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen_row.emit(self._model.rows[index.row()].key)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what begins on a handle; the rest is the list's."""
        if watched is not self.viewport() or not isinstance(event, QMouseEvent):
            return False
        kind, at = event.type(), event.position().toPoint()
        if kind == QEvent.Type.MouseButtonPress and self._is_handle(at):
            self._dragged, self._before = self.indexAt(at).row(), self.keys
            return True
        if self._dragged is None:
            return False
        if kind == QEvent.Type.MouseMove:
            self._drag_to(at)
        elif kind == QEvent.Type.MouseButtonRelease:
            self._drop()
        return True

    def _is_handle(self, at: QPoint) -> bool:
        right = self.viewport().width() - theme().px(_HANDLE)
        return self.can_order and at.x() >= right and self.indexAt(at).isValid()

    def _drag_to(self, at: QPoint) -> None:
        assert self._dragged is not None
        row = self.indexAt(QPoint(1, at.y())).row()
        if row < 0:
            row = 0 if at.y() < 0 else len(self._model.rows) - 1
        self._model.move(self._dragged, row)
        self._dragged = row
        self.scrollTo(self._model.index(row))

    def _drop(self) -> None:
        self._dragged = None
        if self.keys != self._before:
            self.moved.emit(list(self.keys))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or that there are none."""
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), brush(theme().colours.surface))
            if not self._model.rows:
                area = self.viewport().rect()
                icon, words = self._empty
                paint_empty(painter, area, icon, (words, ""))
        super().paintEvent(event)
