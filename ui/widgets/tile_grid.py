"""The grid of quick keys: a list view in rows, scrolled by finger."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView
from typing_extensions import override

from pos_app.i18n import _
from ui.format import money
from ui.presenters.sale_state import TileView
from ui.theme.host import theme, theme_host
from ui.widgets.kinetic import make_kinetic
from ui.widgets.ticket_model import LINE_ROLE, ModelIndex
from ui.widgets.tile_delegate import GAP, TileDelegate


class TileModel(QAbstractListModel):
    """The tiles of the chosen category."""

    def __init__(self) -> None:
        super().__init__()
        self.tiles: tuple[TileView, ...] = ()
        self.currency = "CNY"

    def show_tiles(self, tiles: tuple[TileView, ...], currency: str) -> None:
        """Show other tiles."""
        self.beginResetModel()
        self.tiles, self.currency = tiles, currency
        self.endResetModel()

    @override
    def rowCount(self, parent: ModelIndex | None = None) -> int:
        """Return how many tiles there are."""
        return 0 if parent is not None and parent.isValid() else len(self.tiles)

    @override
    def data(
        self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the tile, or its words for assistive tools."""
        tile = self.tiles[index.row()]
        if role == LINE_ROLE:
            return tile
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            if tile.price_minor is None:
                return f"{tile.name} {tile.price_text}"
            words = f"{tile.name} {money(tile.price_minor, self.currency)}"
            return f"{words}, {_('on offer')}" if tile.is_lowered else words
        return None


class TileGrid(QListView):
    """Quick keys; as many rows as fit, their height shared out evenly."""

    tile_pressed = Signal(str)
    """A tile was pressed and released inside; its key."""

    def __init__(self, object_name: str = "tiles") -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(_("Quick keys"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(False)
        self._model = TileModel()
        self._delegate = TileDelegate()
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._on_clicked)
        theme_host().changed.connect(self._measure)
        make_kinetic(self)

    def show_tiles(self, tiles: tuple[TileView, ...], currency: str) -> None:
        """Show the tiles of a category."""
        if tiles == self._model.tiles and currency == self._model.currency:
            return
        self._delegate.currency = currency
        self._model.show_tiles(tiles, currency)
        self._measure()

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least size: one row."""
        return QSize(theme().px(200), theme().px(theme().profile.tile))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share width and height out among the tiles."""
        super().resizeEvent(event)
        self._measure()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the touched tile as pressed."""
        super().mousePressEvent(event)
        self._press(self.indexAt(event.position().toPoint()).row())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the tile go."""
        super().mouseReleaseEvent(event)
        self._press(-1)

    def _press(self, row: int) -> None:
        before, self._delegate.pressed_row = self._delegate.pressed_row, row
        for changed in {before, row} - {-1}:
            self.update(self._model.index(changed))

    def _measure(self) -> None:
        now = theme()
        # Cells reach half a gap beyond the column's padding of 12 px.
        side = now.px(12 - GAP / 2)
        if self.viewportMargins().left() != side:
            # One pixel more: Qt wraps a row that fills the viewport exactly.
            self.setViewportMargins(side, 0, side - 1, 0)
        least = now.px(now.profile.tile + GAP)
        height = max(least, self.viewport().height())
        rows = max(1, height // least)
        width = self.viewport().width() // now.profile.tile_columns
        cell = QSize(max(1, width), self._row_height(height, rows))
        if cell != self._delegate.cell or cell != self.gridSize():
            self._delegate.cell = cell
            self.setGridSize(cell)
            # Qt waits 100 ms before it lays out anew after a resize.
            self.doItemsLayout()

    def _row_height(self, height: int, rows: int) -> int:
        """Return the height of a row where so many share a height."""
        return height // rows

    def _on_clicked(self, index: QModelIndex) -> None:
        self.tile_pressed.emit(self._model.tiles[index.row()].key)
