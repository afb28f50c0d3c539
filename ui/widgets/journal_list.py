"""The entries of the black box: time, what became true, who, how much."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.black_box_state import EntryRow
from ui.theme.fonts import BOLD, SEMIBOLD, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import (
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
from ui.widgets.kinetic import make_kinetic
from ui.widgets.ticket_model import LINE_ROLE, ModelIndex

#: This near to the end older entries are asked for; rows.
_NEAR_END = 10


class EntryModel(QAbstractListModel):
    """Holds the rows as they were last rendered; a longer list only grows."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[EntryRow, ...] = ()

    def show_rows(self, rows: tuple[EntryRow, ...]) -> bool:
        """Show other rows; tells whether the list is another one, not a longer one."""
        before = self.rows
        if rows == before:
            return False
        if before and rows[: len(before)] == before:
            self.beginInsertRows(self.index(-1), len(before), len(rows) - 1)
            self.rows = rows
            self.endInsertRows()
            return False
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()
        return True

    @override
    def rowCount(self, parent: ModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    @override
    def data(self, index: ModelIndex, role: int = LINE_ROLE) -> object:
        row = self.rows[index.row()]
        if role == LINE_ROLE:
            return row
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.time}, {row.sentence}, {row.who}, {row.amount}"
        return None


class EntryDelegate(QStyledItemDelegate):
    """Paints an entry in two lines."""

    def __init__(self) -> None:
        super().__init__()
        self.selected = ""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        """Return a row that a finger hits."""
        del index
        return QSize(option.rect.width(), theme().px(60))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex
    ) -> None:
        """Paint icon, sentence over who and when, amount on the right."""
        now, c = theme(), theme().colours
        row: QRect = option.rect
        entry: EntryRow = index.data(LINE_ROLE)
        if entry.key == self.selected:
            fill_round(painter, row.adjusted(0, 1, 0, -2), now.radius("button"), c.sel)
        inner = row.adjusted(now.px(12), now.px(7), -now.px(12), -now.px(7))
        hairline(painter, QRect(inner.x(), row.bottom(), inner.width(), 1), c.line)
        edge = now.px(22)
        mark = QRect(inner.x(), row.y(), edge, row.height())
        draw_icon(painter, entry.icon, c.primaryink if entry.has_sale else c.ink3, mark)
        left = inner.x() + edge + now.px(12)
        money = free_font(now, 16, BOLD)
        draw_text(painter, inner, entry.amount, (money, c.ink), RIGHT)
        room = inner.right() - left - text_width(entry.amount, money) - now.px(12)
        half = inner.height() // 2
        strong, small = free_font(now, 15.5, SEMIBOLD), free_font(now, 14)
        upper = QRect(left, inner.y(), room, half)
        words = elided(entry.sentence, strong, room)
        draw_text(painter, upper, words, (strong, c.ink), LEFT)
        lower = QRect(left, inner.y() + half, room, inner.height() - half)
        words = elided(f"{entry.time} · {entry.who}", small, room)
        draw_text(painter, lower, words, (small, c.ink2), LEFT)


class JournalList(QListView):
    """The entries; a touch chooses one, the end of the list asks for more."""

    picked = Signal(str)
    """An entry was touched; its key."""
    more_wanted = Signal()
    """The end of what was found is in sight."""

    def __init__(self, object_name: str = "journalList") -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model, self._delegate = EntryModel(), EntryDelegate()
        self._has_more = False
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._on_clicked)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme_host().changed.connect(self.scheduleDelayedItemsLayout)
        make_kinetic(self)

    def show_rows(
        self, rows: tuple[EntryRow, ...], selected: str, *, has_more: bool
    ) -> None:
        """Show entries and which one is chosen."""
        self.setAccessibleName(_("Entries"))
        self._has_more = has_more
        if self._model.show_rows(rows):
            self.scrollToTop()
        if selected != self._delegate.selected:
            self._delegate.selected = selected
            keys = [row.key for row in rows]
            if selected in keys:
                self.scrollTo(self._model.index(keys.index(selected)))
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the entries, or say that there are none."""
        if self._model.rows:
            super().paintEvent(event)
            return
        with QPainter(self.viewport()) as painter:
            area = self.viewport().rect()
            painter.fillRect(area, brush(theme().colours.surface))
            words = _("Try other days, or another filter")
            paint_empty(painter, area, "magnifying-glass", (_("Nothing found"), words))

    def _on_clicked(self, index: ModelIndex) -> None:
        self.picked.emit(self._model.rows[index.row()].key)

    def _on_scrolled(self, value: int) -> None:
        near = self.verticalScrollBar().maximum() - _NEAR_END * theme().px(60)
        if self._has_more and value >= near:
            self._has_more = False  # asked once; the next state says if there is more
            self.more_wanted.emit()
