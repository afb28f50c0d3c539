"""The list of parked sales, in the place of the goods (F9)."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.frame_state import Tone
from ui.presenters.parked_state import ParkedRow, ParkedState
from ui.theme.fonts import BOLD, SEMIBOLD, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.chip import chip_colours
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
from ui.widgets.panel import Panel
from ui.widgets.text_fit import fit_label
from ui.widgets.themed import ThemedWidget
from ui.widgets.ticket_model import LINE_ROLE, ModelIndex


class ParkedModel(QAbstractListModel):
    """The parked sales."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ParkedRow, ...] = ()

    def show_rows(self, rows: tuple[ParkedRow, ...]) -> None:
        """Show others; the view stays where it was when only ages changed."""
        same = [row.key for row in rows] == [row.key for row in self.rows]
        if same:
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
            return f"{row.title} {row.goods} {row.total} {row.origin} {row.age}"
        return None


class ParkedDelegate(QStyledItemDelegate):
    """Paints a parked sale: name and amount, goods, when and how long."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen = ""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        """Return a row of three lines."""
        del index
        return QSize(option.rect.width(), theme().px(98))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex
    ) -> None:
        """Paint the row; a bar on the left marks the chosen one."""
        now, c = theme(), theme().colours
        area: QRect = option.rect
        row: ParkedRow = index.data(LINE_ROLE)
        if row.key == self.chosen:
            painter.fillRect(area.adjusted(0, 0, 0, -1), brush(c.sel))
            painter.fillRect(
                QRect(area.x(), area.y(), now.px(5), area.height() - 1),
                brush(c.primary),
            )
        hairline(painter, QRect(area.x(), area.bottom(), area.width(), 1), c.line)
        inner = area.adjusted(now.px(14), now.px(10), -now.px(14), -now.px(9))
        height = inner.height() // 3
        upper = QRect(inner.x(), inner.y(), inner.width(), height)
        money = free_font(now, 20, BOLD)
        draw_text(painter, upper, row.total, (money, c.ink), RIGHT)
        bold = free_font(now, 17, BOLD)
        room = upper.width() - text_width(row.total, money) - now.px(12)
        draw_text(painter, upper, elided(row.title, bold, room), (bold, c.ink))
        body = free_font(now, 15)
        middle = upper.translated(0, height)
        room = middle.width() - text_width(row.goods_tail, body)
        goods = elided(row.goods, body, room) + row.goods_tail
        draw_text(painter, middle, goods, (body, c.ink2))
        self._paint_last(painter, middle.translated(0, height), row)

    def _paint_last(self, painter: QPainter, area: QRect, row: ParkedRow) -> None:
        now, c = theme(), theme().colours
        fill, ink = chip_colours(now, Tone.WARN if row.is_old else Tone.PLAIN)
        used = free_font(now, 14, SEMIBOLD)
        mark = now.px(22) if row.is_old else 0
        width = text_width(row.age, used) + now.px(16) + mark
        high = now.px(25)
        top = area.bottom() - high
        chip = QRect(area.right() - width, top, width, high)
        fill_round(painter, chip, now.radius("chip"), fill)
        if row.is_old:
            box = QRect(chip.x() + now.px(8), top, now.px(16), high)
            draw_icon(painter, "clock", ink, box)
        words = chip.adjusted(now.px(8) + mark, 0, 0, 0)
        draw_text(painter, words, row.age, (used, ink), LEFT)
        small = free_font(now, 13)
        room = area.width() - width - now.px(12)
        draw_text(painter, area, elided(row.origin, small, room), (small, c.ink3))


class ParkedList(QListView):
    """The parked sales; a touch chooses one."""

    chosen = Signal(str)
    """A parked sale was touched; its key."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("parkedList")
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = ParkedModel()
        self._delegate = ParkedDelegate()
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._on_clicked)
        theme_host().changed.connect(self.scheduleDelayedItemsLayout)
        make_kinetic(self)

    def show_state(self, state: ParkedState) -> None:
        """Show the rows, and the chosen one whole."""
        self.setAccessibleName(_("Parked sales"))
        self._model.show_rows(state.rows)
        if state.chosen != self._delegate.chosen:
            self._delegate.chosen = state.chosen
            keys = [row.key for row in state.rows]
            if state.chosen in keys:
                self.scrollTo(self._model.index(keys.index(state.chosen)))
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or say that there are none."""
        if self._model.rows:
            super().paintEvent(event)
            return
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), brush(theme().colours.surface))
            words = (_("Nothing is parked"), _("F8 sets the open sale aside"))
            paint_empty(painter, self.viewport().rect(), "pause-circle", words)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(self._model.rows[index.row()].key)


class ParkedHints(ThemedWidget):
    """What one should know about parked sales, at the panel's foot."""

    def __init__(self) -> None:
        super().__init__("parkedHints")

    @override
    def design_height(self) -> float:
        """Return two rows and their edges."""
        return 72

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint icon and sentence, row by row."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            fill_round(painter, self.rect(), now.radius("card"), c.sunken)
            high = now.px(28)
            for number, (icon, words) in enumerate(_hints()):
                row = QRect(
                    now.px(14),
                    now.px(8) + number * high,
                    self.width() - now.px(28),
                    high,
                )
                edge = now.px(18)
                draw_icon(
                    painter, icon, c.primaryink, QRect(row.x(), row.y(), edge, high)
                )
                text = row.adjusted(edge + now.px(10), 0, 0, 0)
                room = (text.width(), text.width(), high)
                fit = fit_label(now, words, now.text_px("cap"), 400, room)
                shown = elided(" ".join(fit.lines), fit.font, text.width())
                draw_text(painter, text, shown, (fit.font, c.ink2))


def _hints() -> tuple[tuple[str, str], ...]:
    return (
        ("barcode", _("Scan its slip to resume it")),
        ("tag", _("Resumed at the prices of now")),
    )


class ParkedPanel(Panel):
    """List and hints; stands in the goods column."""

    def __init__(self) -> None:
        super().__init__("parkedPanel", icon="pause-circle")
        self.rows = ParkedList()
        self.hints = ParkedHints()
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(self.hints)

    def show_state(self, state: ParkedState) -> None:
        """Show the parked sales."""
        note = str(len(state.rows)) if state.rows else ""
        self.set_title(_("Parked sales"), note=note)
        self.rows.show_state(state)
        self.hints.update()
