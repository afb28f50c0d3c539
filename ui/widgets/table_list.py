"""A table that is thrown by finger: heads, rows, a row can be tapped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)
from typing_extensions import override

from ui.presenters.frame_state import Tone
from ui.presenters.report_state import ListRowView, ListTableView
from ui.theme.fonts import REGULAR, SEMIBOLD, free_font
from ui.theme.host import theme, theme_host
from ui.theme.tokens import Colours
from ui.widgets.drawing import (
    LEFT,
    RIGHT,
    Box,
    brush,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    hairline,
)
from ui.widgets.empty_note import paint_empty
from ui.widgets.keyed_rows import KeyedRows
from ui.widgets.kinetic import make_kinetic
from ui.widgets.themed import ThemedWidget
from ui.widgets.ticket_model import LINE_ROLE, ModelIndex

_ROW, _HEAD = 48, 38
#: What a cell that is more than plain is written in; words say it, too.
_INKS: dict[Tone, Callable[[Colours], str]] = {
    Tone.GOOD: lambda c: c.primaryink,
    Tone.WARN: lambda c: c.warnicon,
    Tone.BAD: lambda c: c.danger,
}
_EMPTY = ListTableView("", ("",), (False,), (1,), ())


class TableModel(QAbstractListModel):
    """The rows of a table."""

    def __init__(self) -> None:
        super().__init__()
        self.table = _EMPTY

    def show_table(self, table: ListTableView) -> None:
        """Show another table."""
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    @override
    def rowCount(self, parent: ModelIndex | None = None) -> int:
        """Return how many rows there are."""
        inside = parent is not None and parent.isValid()
        return 0 if inside else len(self.table.rows)

    @override
    def data(
        self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the row, or its words for assistive tools."""
        row = self.table.rows[index.row()]
        if role == LINE_ROLE:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            mark = {True: "☑ ", False: "☐ ", None: ""}[row.is_ticked]
            return mark + ", ".join(cell for cell in row.cells if cell)
        return None


def columns(table: ListTableView, area: QRect) -> list[QRect]:
    """Return where the cells of a row stand; the caret's room is left free."""
    now = theme()
    left, gap = area.x() + now.px(16), now.px(12)
    room = area.width() - now.px(16 + 40) - gap * (len(table.weights) - 1)
    whole, found, done = sum(table.weights), [], 0
    for at, weight in enumerate(table.weights):
        start = left + room * done // whole + at * gap
        done += weight
        end = left + room * done // whole + at * gap
        found.append(QRect(start, area.y(), end - start, area.height()))
    return found


class _RowDelegate(QStyledItemDelegate):
    """Paints one row."""

    def __init__(self, model: TableModel, parent: QListView) -> None:
        super().__init__(parent)
        self._model = model

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        """Return the touchable height."""
        del option, index
        return QSize(10, theme().px(_ROW))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex
    ) -> None:
        """Paint the cells, and a caret where the row opens something."""
        row: ListRowView = index.data(LINE_ROLE)
        now, c, table = theme(), theme().colours, self._model.table
        area: QRect = option.rect
        if row.key and row.key == table.chosen:
            painter.fillRect(area, brush(c.sel))
        places = columns(table, area)
        if row.is_ticked is not None:
            places[0] = _tick(painter, places[0], is_ticked=row.is_ticked)
        cells = zip(places, row.cells, table.is_number, strict=True)
        for at, (place, text, is_number) in enumerate(cells):
            used = free_font(now, 16, SEMIBOLD if at == 0 or is_number else REGULAR)
            words = elided(text, used, place.width())
            ink = c.ink if at == 0 or is_number else c.ink2
            tone = row.tones[at] if at < len(row.tones) else Tone.PLAIN
            ink = _INKS[tone](c) if tone in _INKS else ink
            draw_text(painter, place, words, (used, ink), RIGHT if is_number else LEFT)
        if row.key and row.is_ticked is None:
            edge = now.px(18)
            mark = QRect(area.right() - now.px(32), area.y(), edge, area.height())
            draw_icon(painter, "caret-right", c.ink3, mark)
        hairline(painter, QRect(area.x(), area.bottom(), area.width(), 1), c.line)


def _tick(painter: QPainter, cell: QRect, *, is_ticked: bool) -> QRect:
    """Paint the box of a row that can be ticked; return what is left of its cell."""
    now, c = theme(), theme().colours
    edge, gap = now.px(24), now.px(12)
    top = cell.y() + (cell.height() - edge) // 2
    box = QRect(cell.x(), top, edge, edge)
    fill, border = (c.primary, c.primary) if is_ticked else (c.surface, c.linestrong)
    draw_box(painter, box, Box(fill, border, border, now.px(6), 1, 2))
    if is_ticked:
        inset = now.px(4)
        mark = box.adjusted(inset, inset, -inset, -inset)
        draw_icon(painter, "check", c.onprimary, mark)
    return cell.adjusted(edge + gap, 0, 0, 0)


class _Rows(KeyedRows):
    """The rows; an empty table says so kindly."""

    def __init__(self, model: TableModel) -> None:
        super().__init__()
        self._table = model
        self.setObjectName("tableRows")
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(model, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        make_kinetic(self)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or why there are none."""
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), brush(theme().colours.surface))
            if not self._table.table.rows:
                words = (self._table.table.empty, "")
                paint_empty(painter, self.viewport().rect(), "receipt", words)
        super().paintEvent(event)


class _Heads(ThemedWidget):
    """The heads of the columns."""

    def __init__(self, model: TableModel, rows: _Rows) -> None:
        super().__init__("tableHeads")
        self._model, self._rows = model, rows

    @override
    def design_height(self) -> float:
        """Return the height of the heads."""
        return _HEAD

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the heads and the line below."""
        del event
        now, c, table = theme(), theme().colours, self._model.table
        with QPainter(self) as painter:
            used = free_font(now, 14, SEMIBOLD)
            area = QRect(0, 0, self._rows.viewport().width(), self.height())
            cells = zip(columns(table, area), table.heads, table.is_number, strict=True)
            for place, text, is_number in cells:
                words = elided(text, used, place.width())
                side = RIGHT if is_number else LEFT
                draw_text(painter, place, words, (used, c.ink2), side)
            hairline(painter, QRect(0, self.height() - 1, self.width(), 1), c.line)


class TableList(QFrame):
    """A card: heads above rows."""

    chosen = Signal(str)
    """A row that opens something was tapped; its key."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._model = TableModel()
        self.rows = _Rows(self._model)
        self._heads = _Heads(self._model, self.rows)
        self.rows.clicked.connect(self._on_clicked)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self._heads)
        inside.addWidget(self.rows, 1)
        theme_host().changed.connect(self._on_theme)

    @property
    def table(self) -> ListTableView:
        """What is shown."""
        return self._model.table

    def show_table(self, table: ListTableView) -> None:
        """Show another table; the same one stays where it was scrolled to."""
        if table == self._model.table:
            return
        bar = self.rows.verticalScrollBar()
        kept = bar.value() if table.rows == self._model.table.rows else 0
        self._model.show_table(table)
        bar.setValue(kept)
        self.setAccessibleName(table.title)
        heads = ", ".join(head for head in table.heads if head)
        self.rows.setAccessibleName(table.title or heads)
        self._heads.update()

    def _on_clicked(self, index: QModelIndex) -> None:
        row: ListRowView = index.data(LINE_ROLE)
        if row.key:
            self.chosen.emit(row.key)

    def _on_theme(self) -> None:
        self.rows.scheduleDelayedItemsLayout()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), Box(c.surface, c.line, c.line, now.px(4), 1))
