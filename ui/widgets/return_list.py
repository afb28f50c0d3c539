"""The lines of a receipt with − n +, and the list of receipts."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.frame_state import Tone
from ui.presenters.return_state import ReceiptRow, ReturnRow
from ui.theme.fonts import BOLD, SEMIBOLD, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.chip import chip_colours
from ui.widgets.drawing import (
    CENTER,
    LEFT,
    RIGHT,
    Box,
    brush,
    draw_box,
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

Row = TypeVar("Row", ReceiptRow, ReturnRow)
_LINE_HEIGHT, _RECEIPT_HEIGHT = 74, 66
_STEPPER_WIDTH, _STEPPER_HEIGHT = 150, 52


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


def stepper_of(area: QRect) -> QRect:
    """Return where − n + stands in a row."""
    now = theme()
    width, height = now.px(_STEPPER_WIDTH), now.px(_STEPPER_HEIGHT)
    top = area.y() + (area.height() - height) // 2
    return QRect(area.right() - width - now.px(12), top, width, height)


class ReturnDelegate(QStyledItemDelegate):
    """Paints a sold line: what it is, what was paid, how much comes back."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        """Return a row that a finger hits."""
        del index
        return QSize(option.rect.width(), theme().px(_LINE_HEIGHT))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex
    ) -> None:
        """Paint the row; what comes back is green, the chosen one has a bar."""
        now, c = theme(), theme().colours
        area: QRect = option.rect
        row: ReturnRow = index.data(LINE_ROLE)
        if row.is_here:
            painter.fillRect(area.adjusted(0, 0, 0, -1), brush(c.sel))
        if row.is_chosen:
            bar = QRect(area.x(), area.y(), now.px(5), area.height() - 1)
            painter.fillRect(bar, brush(c.primary))
        hairline(painter, QRect(area.x(), area.bottom(), area.width(), 1), c.line)
        right = _paint_chip(painter, area, row.chip) if row.chip else 0
        if not row.chip:
            right = _paint_stepper(painter, stepper_of(area), row)
        _paint_goods(painter, area, row, right - now.px(10))


def _paint_goods(painter: QPainter, area: QRect, row: ReturnRow, right: int) -> None:
    now, c = theme(), theme().colours
    left = area.x() + now.px(14)
    room = right - left
    middle = area.center().y()
    bold = free_font(now, 17, BOLD)
    ink = c.ink2 if row.chip else c.ink
    tail = f" {row.variant}" if row.variant else ""
    name = elided(row.name, bold, room - text_width(tail, bold)) + tail
    upper = QRect(left, middle - now.px(26), room, now.px(27))
    draw_text(painter, upper, elided(name, bold, room), (bold, ink))
    words, tone = (row.warning, c.warnink) if row.warning else (row.detail, c.ink2)
    small = free_font(now, 15)
    for size in (15, 14, 13, 12):
        small = free_font(now, size)
        if text_width(words, small) <= room:
            break
    lower = QRect(left, middle + now.px(1), room, now.px(24))
    draw_text(painter, lower, elided(words, small, room), (small, tone))


def _paint_chip(painter: QPainter, area: QRect, words: str) -> int:
    """Paint why nothing can come back; return where it begins."""
    now = theme()
    fill, ink = chip_colours(now, Tone.PLAIN)
    used = free_font(now, 14, SEMIBOLD)
    width, high = text_width(words, used) + now.px(38), now.px(26)
    top = area.y() + (area.height() - high) // 2
    chip = QRect(area.right() - width - now.px(12), top, width, high)
    fill_round(painter, chip, now.radius("chip"), fill)
    mark = QRect(chip.x() + now.px(8), top, now.px(16), high)
    draw_icon(painter, "prohibit", ink, mark)
    draw_text(painter, chip.adjusted(now.px(28), 0, 0, 0), words, (used, ink), LEFT)
    return chip.x()


def _paint_stepper(painter: QPainter, box: QRect, row: ReturnRow) -> int:
    """Paint − n +; return where it begins."""
    now, c = theme(), theme().colours
    frame = Box(c.surface, c.line, c.line, now.radius("button"), 1)
    draw_box(painter, box, frame)
    third = box.width() // 3
    less = QRect(box.x(), box.y(), third, box.height())
    more = QRect(box.right() - third + 1, box.y(), third, box.height())
    for edge in (less.right(), more.x()):
        line = QRect(edge, box.y() + 1, 1, box.height() - 2)
        painter.fillRect(line, brush(c.line))
    icon = now.px(20)
    for place, name, works in (
        (less, "minus", row.can_less),
        (more, "plus", row.can_more),
    ):
        mark = QRect(place.center().x() - icon // 2, place.y(), icon, place.height())
        draw_icon(painter, name, c.ink if works else c.disabledink, mark)
    count = QRect(less.right(), box.y(), more.x() - less.right(), box.height())
    used = free_font(now, 20, BOLD)
    for size in (20, 17, 15, 13, 11):
        used = free_font(now, size, BOLD)
        if text_width(row.count, used) <= count.width() - 2:
            break
    draw_text(painter, count, row.count, (used, c.ink), CENTER)
    return box.x()


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


class _RowView(QListView):
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
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), brush(theme().colours.surface))
        paint_empty(painter, self.viewport().rect(), icon, words)
        painter.end()


class ReturnList(_RowView):
    """The lines of a receipt."""

    stepped = Signal(str, int)
    """− or + of a line; its key, and −1 or +1."""
    touched = Signal(str)
    """A line was touched beside its keys; its key."""

    def __init__(self) -> None:
        super().__init__("returnLines")
        self._model: RowModel[ReturnRow] = RowModel()
        self._at = QRect()
        self.setModel(self._model)
        self.setItemDelegate(ReturnDelegate(self))
        self.clicked.connect(self._on_clicked)

    def show_rows(self, rows: tuple[ReturnRow, ...]) -> None:
        """Show lines, the chosen one whole."""
        self.setAccessibleName(_("Lines of the receipt"))
        before = [row.key for row in self._model.rows if row.is_chosen]
        self._model.show_rows(rows)
        now = [number for number, row in enumerate(rows) if row.is_chosen]
        if now and before != [rows[now[0]].key]:
            self.scrollTo(self._model.index(now[0]))
        self.viewport().update()

    def place_of(self, key: str, step: int) -> QRect:
        """Return where − (−1), + (+1) or the words (0) of a line are painted."""
        at = [row.key for row in self._model.rows].index(key)
        area = self.visualRect(self._model.index(at))
        box = stepper_of(area)
        third = box.width() // 3
        if step < 0:
            return QRect(box.x(), box.y(), third, box.height())
        if step > 0:
            return QRect(box.right() - third + 1, box.y(), third, box.height())
        return QRect(area.x(), area.y(), box.x() - area.x(), area.height())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Remember where it was touched: a row has three places."""
        self._at = QRect(event.position().toPoint(), QSize(1, 1))
        super().mouseReleaseEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        row = self._model.rows[index.row()]
        if row.chip:
            self.touched.emit(row.key)
            return
        for step in (-1, 1):
            area = self.place_of(row.key, step)
            # The whole height of the row is the key's: a finger aims low.
            if area.x() <= self._at.x() <= area.right():
                self.stepped.emit(row.key, step)
                return
        self.touched.emit(row.key)


class ReceiptList(_RowView):
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
