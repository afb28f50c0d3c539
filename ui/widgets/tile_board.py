"""The grid of quick keys in arrange mode: the very tiles of the counter, moved.

A tile is dragged by finger or mouse, or chosen and moved by the arrows; nothing needs
dragging. The last place is free: what is found there is put on it.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QScroller
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.sale_state import TileView
from ui.theme.host import theme
from ui.widgets.drawing import Box, draw_box, draw_icon, pen
from ui.widgets.focus_ring import focus_came, focus_went
from ui.widgets.tile_delegate import GAP
from ui.widgets.tile_grid import TileGrid

#: The free place at the end.
FREE = ""
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


class TileBoard(TileGrid):
    """Quick keys that can be chosen and moved; the free place stands at the end."""

    chosen = Signal(str)
    """A tile was chosen; its key, `FREE` for the free place."""
    moved = Signal(str, int)
    """A tile was put to another place: its key, and the place from 0."""

    def __init__(self, object_name: str = "keyTiles") -> None:
        super().__init__(object_name)
        QScroller.ungrabGesture(self.viewport())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._chosen: str | None = None
        self._pressed, self._from, self._at = -1, QPoint(), QPoint()
        self._is_dragging = False
        self.is_lifted = False
        self.verticalScrollBar().valueChanged.connect(self._snap)

    def show_board(
        self, tiles: tuple[TileView, ...], chosen: str | None, currency: str
    ) -> None:
        """Show a page and which of its places is chosen; None for none."""
        self.show_tiles((*tiles, TileView(FREE, _("Add"))), currency)
        if chosen != self._chosen:
            self._chosen, self.is_lifted = chosen, False
            row = self._row_of(chosen)
            if row >= 0:
                self.scrollTo(self._model.index(row))
        self.viewport().update()

    @override
    def _row_height(self, height: int, rows: int) -> int:
        """Leave no rest in which the next row would peep out."""
        return -(-height // rows)

    def _snap(self, value: int) -> None:
        """Show whole rows: a tile cut in two is no place to put anything."""
        bar, high = self.verticalScrollBar(), max(1, self._delegate.cell.height())
        whole = min(bar.maximum(), round(value / high) * high)
        if bar.maximum() - value > high // 2 and whole != value:
            bar.setValue(whole)

    @property
    def count(self) -> int:
        """How many tiles there are, the free place apart."""
        return len(self._model.tiles) - 1

    def _row_of(self, key: str | None) -> int:
        keys = [tile.key for tile in self._model.tiles]
        return keys.index(key) if key is not None and key in keys else -1

    # ------------------------------------------------------------------- by finger

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a tile."""
        self._from = self._at = event.position().toPoint()
        self._pressed = self.indexAt(self._from).row()
        self._press(self._pressed)
        event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the tile once the finger has left its place."""
        if self._pressed < 0 or self._pressed >= self.count:
            return
        self._at = event.position().toPoint()
        far = (self._at - self._from).manhattanLength()
        if far >= QApplication.startDragDistance():
            self._is_dragging = True
        if self._is_dragging:
            self._scroll_along()
            self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put the tile down, or choose it where it stands."""
        row, self._pressed = self._pressed, -1
        was_dragging, self._is_dragging = self._is_dragging, False
        self._press(-1)
        self.viewport().update()
        event.accept()
        if row < 0:
            return
        key = self._model.tiles[row].key
        if not was_dragging:
            if self.indexAt(event.position().toPoint()).row() == row:
                self.chosen.emit(key)
            return
        place = self.place_at(event.position().toPoint())
        if place not in {-1, row}:
            self.moved.emit(key, place)

    def place_at(self, point: QPoint) -> int:
        """Return the place that a dragged tile would take; -1 outside the grid."""
        if not self.viewport().rect().contains(point):
            return -1
        row = self.indexAt(point).row()
        return min(row if row >= 0 else self.count, self.count - 1)

    def _scroll_along(self) -> None:
        """Bring further tiles into sight while one is carried to the edge."""
        bar, edge = self.verticalScrollBar(), theme().px(24)
        if self._at.y() < edge:
            bar.setValue(bar.value() - edge // 2)
        elif self._at.y() > self.viewport().height() - edge:
            bar.setValue(bar.value() + edge // 2)

    # ----------------------------------------------------------------- by keyboard

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose or carry; Enter takes a tile up and puts it down."""
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self.step(_ARROWS[key])
        elif key in _ENTER and self._row_of(self._chosen) < self.count:
            self.is_lifted = not self.is_lifted
            self.viewport().update()
        else:
            event.ignore()

    def step_rows(self, rows: int) -> None:
        """Up or down was pressed: the same column in another row."""
        self.step(rows * theme().profile.tile_columns)

    def step(self, by: int) -> None:
        """Choose the tile `by` places away; a tile that is taken up is carried."""
        row = self._row_of(self._chosen)
        if row < 0:
            self.chosen.emit(self._model.tiles[0].key)
            return
        if self.is_lifted and row < self.count:
            place = max(0, min(self.count - 1, row + by))
            if place != row:
                self.moved.emit(self._model.tiles[row].key, place)
            return
        place = row + by
        if 0 <= place <= self.count:
            self.chosen.emit(self._model.tiles[place].key)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring when the keyboard came here."""
        super().focusInEvent(event)
        focus_came(self, event, self.rect().adjusted(3, 3, -3, -3), theme().px(6))

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        super().focusOutEvent(event)
        focus_went(self)

    # --------------------------------------------------------------------- painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles, then what is chosen, free and carried."""
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_free(painter)
            self._paint_chosen(painter)
            if self._is_dragging:
                self._paint_carried(painter)

    def _shape(self, row: int) -> QRect:
        half = theme().px(GAP / 2)
        cell = QRect(
            self.visualRect(self._model.index(row)).topLeft(), self._delegate.cell
        )
        return cell.adjusted(half, half, -half, -half)

    def _paint_free(self, painter: QPainter) -> None:
        """Paint the free place: a plus in a dashed frame."""
        now, c = theme(), theme().colours
        shape = self._shape(self.count)
        painter.fillRect(shape, QColor(c.surface))
        line = QPen(pen(c.linestrong, 2))
        line.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(shape, now.radius("button"), now.radius("button"))
        edge = now.px(28)
        mark = QRect(0, 0, edge, edge)
        mark.moveCenter(shape.center())
        draw_icon(painter, "plus", c.ink2, mark)

    def _paint_chosen(self, painter: QPainter) -> None:
        now, c = theme(), theme().colours
        row = self._row_of(self._chosen)
        if row < 0:
            return
        colour = c.focus if self.is_lifted else c.primary
        painter.setPen(pen(colour, now.px(4 if self.is_lifted else 3)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(
            self._shape(row), now.radius("button"), now.radius("button")
        )

    def _paint_carried(self, painter: QPainter) -> None:
        """Paint where the tile would stand, and the tile under the finger."""
        now, c = theme(), theme().colours
        place = self.place_at(self._at)
        if place >= 0:
            shape, wide = self._shape(place), now.px(5)
            side = shape.left() - wide if place <= self._pressed else shape.right()
            bar = QRect(side, shape.top(), wide, shape.height())
            painter.fillRect(bar, QColor(c.focus))
        ghost = self._shape(self._pressed)
        ghost.moveCenter(self._at)
        painter.setOpacity(0.85)
        box = Box(c.sel, c.primary, c.primary, now.radius("button"), 2)
        draw_box(painter, ghost, box)
        painter.setOpacity(1)
        painter.setPen(pen(c.ink))
        painter.setFont(self.font())
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        name = self._model.tiles[self._pressed].name
        painter.drawText(ghost.adjusted(6, 6, -6, -6), flags, name)
