"""The lines of a receipt with − n +."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.frame_state import Tone
from ui.presenters.return_state import ReturnRow
from ui.theme.fonts import BOLD, SEMIBOLD, free_font
from ui.theme.host import theme
from ui.widgets.chip import chip_colours
from ui.widgets.drawing import (
    CENTER,
    LEFT,
    Box,
    brush,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    elided_goods,
    fill_round,
    hairline,
    text_width,
)
from ui.widgets.row_list import RowModel, RowView
from ui.widgets.ticket_model import LINE_ROLE, ModelIndex

_LINE_HEIGHT, _NARROW_HEIGHT, _NARROW = 74, 90, 350
_STEPPER_WIDTH, _STEPPER_HEIGHT = 150, 52


def is_narrow(width: int) -> bool:
    """Tell whether the name needs the whole width, and − n + stands below it."""
    return width < theme().px(_NARROW)


def stepper_of(area: QRect) -> QRect:
    """Return where − n + stands in a row."""
    now = theme()
    width, height = now.px(_STEPPER_WIDTH), now.px(_STEPPER_HEIGHT)
    top = area.y() + (area.height() - height) // 2
    if is_narrow(area.width()):
        width, height = now.px(_STEPPER_WIDTH - 18), now.px(_STEPPER_HEIGHT - 4)
        top = area.bottom() - height - now.px(6)
    return QRect(area.right() - width - now.px(12), top, width, height)


class ReturnDelegate(QStyledItemDelegate):
    """Paints a sold line: what it is, what was paid, how much comes back."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        """Return a row that a finger hits."""
        del index
        width = option.widget.width()
        high = _NARROW_HEIGHT if is_narrow(width) else _LINE_HEIGHT
        return QSize(option.rect.width(), theme().px(high))

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
    whole = room
    if is_narrow(area.width()):
        whole = area.right() - now.px(12) - left
        middle = area.y() + now.px(34)
    bold = free_font(now, 17, BOLD)
    ink = c.ink2 if row.chip else c.ink
    name = elided_goods(row.name, row.variant, bold, whole)
    upper = QRect(left, middle - now.px(26), whole, now.px(27))
    draw_text(painter, upper, name, (bold, ink))
    words, tone = (row.warning, c.warnink) if row.warning else (row.detail, c.ink2)
    small = free_font(now, 15)
    for size in (15, 14, 13, 12):
        small = free_font(now, size)
        if text_width(words, small) <= room:
            break
    if is_narrow(area.width()):
        lower = QRect(left, middle + now.px(6), room, now.px(42))
        _paint_two(painter, lower, words, tone)
        return
    lower = QRect(left, middle + now.px(1), room, now.px(24))
    draw_text(painter, lower, elided(words, small, room), (small, tone))


def _paint_two(painter: QPainter, area: QRect, words: str, ink: str) -> None:
    """Paint facts on two lines, beside − n +."""
    used, half = free_font(theme(), 13), area.height() // 2
    first, dot, rest = words.partition(" · ")
    if text_width(first, used) > area.width():  # its amount is read below it
        first, _space, last = first.rpartition(" ")
        rest = f"{last}{dot}{rest}"
    for number, line in enumerate((first, rest)):
        row = QRect(area.x(), area.y() + number * half, area.width(), half)
        draw_text(painter, row, elided(line, used, area.width()), (used, ink))


def _paint_chip(painter: QPainter, area: QRect, words: str) -> int:
    """Paint why nothing can come back; return where it begins."""
    now = theme()
    fill, ink = chip_colours(now, Tone.PLAIN)
    used = free_font(now, 14, SEMIBOLD)
    width, high = text_width(words, used) + now.px(38), now.px(26)
    top = area.y() + (area.height() - high) // 2
    if is_narrow(area.width()):
        top = area.bottom() - high - now.px(12)
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


class ReturnList(RowView):
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
