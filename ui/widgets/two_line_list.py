"""A list of rows in two lines: a title over a detail, an amount and a mark."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QScroller,
)
from typing_extensions import override

from ui.presenters.two_line import TwoLineRow
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import brush
from ui.widgets.empty_note import paint_empty
from ui.widgets.focus_ring import focus_came, focus_went
from ui.widgets.growing_rows import GrowingDelegate
from ui.widgets.kinetic import make_kinetic
from ui.widgets.row_drag import RowDrag
from ui.widgets.ticket_model import LINE_ROLE, ModelIndex
from ui.widgets.two_line_delegate import TwoLineDelegate


class TwoLineModel(QAbstractListModel):
    """The rows."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[TwoLineRow, ...] = ()

    def show_rows(self, rows: tuple[TwoLineRow, ...]) -> None:
        """Show others."""
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


class TwoLineList(QListView):
    """Rows that a finger throws and a keyboard walks; one is chosen."""

    chosen = Signal(str)
    """A row was touched, or reached by the arrows; its key."""
    dropped = Signal(str, str)
    """A row was dragged to the place of another: both keys."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(1)
        self._model = TwoLineModel()
        self._delegate = TwoLineDelegate()
        self._empty = ("package", "", "")
        self._drag = RowDrag(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._on_clicked)
        theme_host().changed.connect(self.scheduleDelayedItemsLayout)
        make_kinetic(self)

    def let_rows_grow(self) -> None:
        """Break long words into more lines rather than cut their end off."""
        self._delegate = GrowingDelegate()
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def allow_drag(self) -> None:
        """Let rows be dragged to other places; the list is thrown no more."""
        QScroller.ungrabGesture(self.viewport())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._drag.install()

    @property
    def rows(self) -> tuple[TwoLineRow, ...]:
        """What is shown."""
        return self._model.rows

    @property
    def rows_height(self) -> int:
        """Return how high all rows are together, pixels."""
        return sum(self.sizeHintForRow(at) for at in range(len(self._model.rows)))

    def show_rows(self, rows: tuple[TwoLineRow, ...], chosen: str = "") -> None:
        """Show rows; the same ones stay where they were scrolled to."""
        if rows != self._model.rows:
            bar = self.verticalScrollBar()
            keys = [row.key for row in rows]
            same = keys == [row.key for row in self._model.rows]
            kept = bar.value() if same else 0
            self._model.show_rows(rows)
            self.doItemsLayout()
            bar.setValue(kept)
        if chosen != self._delegate.chosen:
            self._delegate.chosen = chosen
            self._show_chosen()
        self.viewport().update()

    def show_empty(self, icon: str, words: str, detail: str = "") -> None:
        """Say what an empty list means."""
        self._empty = (icon, words, detail)
        self.viewport().update()

    def step(self, by: int) -> None:
        """Choose the neighbour of the chosen row."""
        keys = [row.key for row in self._model.rows]
        if not keys:
            return
        if self._delegate.chosen not in keys:
            self.chosen.emit(keys[0])
            return
        at = keys.index(self._delegate.chosen) + by
        if 0 <= at < len(keys):
            self.chosen.emit(keys[at])

    def _show_chosen(self) -> None:
        for at, row in enumerate(self._model.rows):
            if row.key == self._delegate.chosen:
                index = self._model.index(at)
                self.setCurrentIndex(index)
                self.scrollTo(index)

    def _on_clicked(self, index: QModelIndex) -> None:
        row: TwoLineRow = index.data(LINE_ROLE)
        self.chosen.emit(row.key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave keys to the window: the keyboard map gives the arrows back."""
        event.ignore()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring when the keyboard came here."""
        super().focusInEvent(event)
        shape = self.rect().adjusted(3, 3, -3, -3)
        focus_came(self, event, shape, theme().px(4))

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        super().focusOutEvent(event)
        focus_went(self)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or why there are none."""
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), brush(theme().colours.surface))
            if not self._model.rows:
                icon, words, detail = self._empty
                paint_empty(painter, self.viewport().rect(), icon, (words, detail))
        super().paintEvent(event)
        self._drag.paint()
