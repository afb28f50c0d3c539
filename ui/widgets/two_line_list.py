"""A list of rows in two lines: a title over a detail, an amount and a mark."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QScroller,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from ui.presenters.two_line import TwoLineRow
from ui.theme.fonts import BOLD, SEMIBOLD, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.chip import chip_colours
from ui.widgets.drawing import (
    CENTER,
    LEFT,
    RIGHT,
    brush,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    hairline,
    text_width,
)
from ui.widgets.empty_note import paint_empty
from ui.widgets.focus_ring import focus_came, focus_went
from ui.widgets.kinetic import make_kinetic
from ui.widgets.row_drag import RowDrag
from ui.widgets.shrunk_text import shrunk
from ui.widgets.ticket_model import LINE_ROLE, ModelIndex

_HEIGHT = 62


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


class TwoLineDelegate(QStyledItemDelegate):
    """Paints a row."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen = ""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        """Return a height that a finger hits."""
        del option, index
        return QSize(10, theme().px(_HEIGHT))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex
    ) -> None:
        """Paint ground, words, value and mark."""
        now, c = theme(), theme().colours
        row: TwoLineRow = index.data(LINE_ROLE)
        area: QRect = option.rect
        if row.key and row.key == self.chosen:
            painter.fillRect(area, brush(c.sel))
            bar = QRect(area.x(), area.y(), now.px(5), area.height())
            painter.fillRect(bar, brush(c.primary))
        if row.stripe:
            place = QRect(area.x() + now.px(8), area.y(), now.px(6), area.height())
            inner = place.adjusted(0, now.px(10), 0, -now.px(10))
            fill_round(painter, inner, now.px(3), row.stripe)
        left = now.px(16 + 22 * row.indent + (8 if row.stripe else 0))
        inner = area.adjusted(left, now.px(6), -now.px(14), -now.px(7))
        if row.icon:
            edge = now.px(22)
            draw_icon(
                painter,
                row.icon,
                c.ink2,
                QRect(inner.x(), inner.y(), edge, inner.height()),
            )
            inner.setLeft(inner.x() + edge + now.px(10))
        limit = _limit(option)
        if limit is None or inner.center().y() <= limit:
            self._paint_words(painter, inner, row, limit)
        hairline(painter, QRect(area.x(), area.bottom(), area.width(), 1), c.line)

    def _paint_words(
        self, painter: QPainter, inner: QRect, row: TwoLineRow, limit: int | None
    ) -> None:
        now, c = theme(), theme().colours
        strong, small = free_font(now, 16, BOLD), free_font(now, 14)
        ink = c.ink3 if row.is_dim else c.ink
        half = inner.height() // 2 + now.px(1)
        upper = QRect(inner.x(), inner.y(), inner.width(), half)
        lower = QRect(inner.x(), upper.bottom(), inner.width(), inner.height() - half)
        if not row.detail:
            upper = lower = inner
        marked = upper if not row.value else lower
        taken = self._paint_mark(painter, marked, row)
        value = text_width(row.value, strong) + now.px(10) if row.value else taken
        draw_text(painter, upper, row.value, (strong, ink), RIGHT)
        self._paint_title(painter, upper.adjusted(0, 0, -value, 0), row)
        if limit is not None and lower.bottom() > limit:
            return  # half a line says nothing
        room = inner.width() - (taken if marked is lower else 0)
        words = elided(row.detail, small, room)
        ink = c.ink3 if row.is_dim else c.ink2
        draw_text(painter, lower, words, (small, ink), LEFT)

    def _paint_title(self, painter: QPainter, upper: QRect, row: TwoLineRow) -> None:
        now, c = theme(), theme().colours
        strong, small = free_font(now, 16, BOLD), free_font(now, 14)
        ink = c.ink3 if row.is_dim else c.ink
        strong = shrunk(row.title, strong, BOLD, upper.width(), least=14)
        title = elided(row.title, strong, upper.width())
        draw_text(painter, upper, title, (strong, ink), LEFT)
        left = text_width(title, strong) + now.px(10)
        rest = upper.adjusted(left, 0, 0, 0)
        words = elided(row.subtitle, small, rest.width())
        draw_text(painter, rest, words, (small, c.ink3), LEFT)

    def _paint_mark(self, painter: QPainter, area: QRect, row: TwoLineRow) -> int:
        """Paint the chip on the right; return the room it takes."""
        if not row.mark:
            return 0
        now = theme()
        used = free_font(now, 13, SEMIBOLD)
        wide = text_width(row.mark, used) + now.px(16)
        high = now.px(22)
        place = QRect(
            area.right() - wide + 1, area.center().y() - high // 2, wide, high
        )
        fill, ink = chip_colours(now, row.tone)
        fill_round(painter, place, now.radius("chip"), fill)
        draw_text(painter, place, row.mark, (used, ink), CENTER)
        return wide + now.px(8)


def _limit(option: QStyleOptionViewItem) -> int | None:
    """Return where the list ends: words below it would be cut in two."""
    view = option.widget
    if isinstance(view, QAbstractItemView):
        return view.viewport().height()
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
        self._model, self._delegate = TwoLineModel(), TwoLineDelegate()
        self._empty = ("package", "", "")
        self._drag = RowDrag(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._on_clicked)
        theme_host().changed.connect(self.scheduleDelayedItemsLayout)
        make_kinetic(self)

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
        return theme().px(_HEIGHT) * len(self._model.rows)

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
