"""A list of rows that have a key, thrown by finger; the base of two lists."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
)
from typing_extensions import override

from ui.theme.host import theme, theme_host
from ui.widgets.drawing import (
    brush,
)
from ui.widgets.empty_note import paint_empty
from ui.widgets.kinetic import make_kinetic
from ui.widgets.ticket_model import LINE_ROLE, ModelIndex


class KeyedRow(Protocol):
    """A frozen row of a state."""

    @property
    def key(self) -> str:
        """Its stable name."""
        ...

    @property
    def words(self) -> str:
        """The row for assistive tools."""
        ...


Row = TypeVar("Row", bound=KeyedRow)


class RowModel(QAbstractListModel, Generic[Row]):
    """Rows that have a key."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show others; the view stays where it was while the keys are the same."""
        if [row.key for row in rows] == [row.key for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

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


class RowView(QListView):
    """A list that is thrown by finger and never takes the focus."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(1)
        theme_host().changed.connect(self.scheduleDelayedItemsLayout)
        make_kinetic(self)

    def paint_nothing(self, icon: str, words: tuple[str, str]) -> None:
        """Say that there is nothing."""
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), brush(theme().colours.surface))
            paint_empty(painter, self.viewport().rect(), icon, words)
