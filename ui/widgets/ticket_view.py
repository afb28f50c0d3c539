"""The ticket: header and lines, or an invitation while it is empty."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.ticket_state import LineView
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.theme.tokens import motion_ms
from ui.widgets.drawing import (
    CENTER,
    LEFT,
    RIGHT,
    brush,
    draw_icon,
    draw_text,
    elided,
    hairline,
    text_width,
)
from ui.widgets.kinetic import make_kinetic
from ui.widgets.themed import ThemedWidget
from ui.widgets.ticket_columns import ticket_columns
from ui.widgets.ticket_delegate import TicketDelegate
from ui.widgets.ticket_model import TicketModel


class TicketHeader(ThemedWidget):
    """The words above the columns."""

    def __init__(self, object_name: str = "ticketHeader") -> None:
        super().__init__(object_name)
        self.setAccessibleName(_("Ticket"))

    @override
    def design_height(self) -> float:
        """Return the height of the header."""
        return 30

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the column titles."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), brush(c.sunken))
            hairline(painter, QRect(0, self.height() - 1, self.width(), 1), c.line)
            columns = ticket_columns(now, self.width())
            style = (font(now, "cap"), c.ink2)
            full = QRect(0, 0, self.width(), self.height() - 1)
            number = QRect(0, 0, 2 * columns.index_center, full.height())
            draw_text(painter, number, "#", style, CENTER)
            draw_text(
                painter,
                full.adjusted(columns.name_left, 0, 0, 0),
                _("Item"),
                style,
                LEFT,
            )
            for right, title in (
                (columns.quantity_right, _("Qty")),
                (columns.price_right, _("Price")),
                (columns.total_right, _("Line total")),
            ):
                if right is not None:
                    draw_text(
                        painter, QRect(0, 0, right, full.height()), title, style, RIGHT
                    )


class TicketView(QTableView):
    """The lines. Touching one selects it; the presenter decides and renders.

    A table of one column: a list view asks the model about every row whenever
    one is added, which is 15 ms with 10,000 lines; a table's header does not.
    """

    line_pressed = Signal(str)
    """A line was touched; its id."""

    def __init__(self, object_name: str = "ticket") -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(_("Ticket"))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(1)
        self._model = TicketModel()
        self._delegate = TicketDelegate()
        self._invitation = ("", "")
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.timeout.connect(self._on_flash_over)
        self.clicked.connect(self._on_clicked)
        theme_host().changed.connect(self._on_theme_changed)
        make_kinetic(self)
        self._take_row_height()

    def show_ticket(
        self, lines: tuple[LineView, ...], selected: int, currency: str
    ) -> None:
        """Show lines; the selected one is scrolled into sight.

        Args:
            lines: in order.
            selected: row of the selected line; -1 for none.
            currency: ISO 4217 of the lines' amounts.
        """
        self._delegate.currency = currency
        before = self._delegate.selected_row
        first, count = self._model.show_lines(lines)
        self._delegate.selected_row = selected
        is_new = count == 1 and selected >= 0  # another ticket only to be read: none
        if selected < 0:
            self._delegate.fresh_row = -1
        if is_new and not theme().is_motion_reduced and self.isVisible():
            self._delegate.fresh_row = first
            self._flash.start(motion_ms("row_flash"))
        if before != selected:
            self._repaint_row(before)
            self._repaint_row(selected)
        if selected >= 0 and (before != selected or count):
            self.scrollTo(self._model.index(selected))
        if not lines:
            self.viewport().update()

    def invite(self, title: str, detail: str) -> None:
        """Set what an empty ticket says."""
        if (title, detail) != self._invitation:
            self._invitation = (title, detail)
            self.viewport().update()

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least size: two lines."""
        now = theme()
        return QSize(now.px(200), 2 * now.px(now.profile.row))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the selected line in sight when a strip takes room below."""
        super().resizeEvent(event)
        self._delegate.full_width = self.width()
        if self._delegate.selected_row >= 0:
            self.scrollTo(self._model.index(self._delegate.selected_row))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines, or the invitation."""
        if self._model.lines:
            super().paintEvent(event)
        else:
            self._paint_invitation()

    def _paint_invitation(self) -> None:
        title, detail = self._invitation
        if not title:
            return
        now, c = theme(), theme().colours
        with QPainter(self.viewport()) as painter:
            area = self.viewport().rect()
            edge = now.px(64)
            top = area.center().y() - now.px(70)
            mark = QRect(area.center().x() - edge // 2, top, edge, edge)
            draw_icon(painter, "barcode", c.primary, mark)
            room = area.width() - now.px(32)
            row = QRect(now.px(16), top + edge + now.px(14), room, now.px(34))
            used = font(now, "h2")
            if text_width(title, used) > room:
                used = font(now, "name")
            draw_text(painter, row, elided(title, used, room), (used, c.ink), CENTER)
            body = font(now, "body")
            if text_width(detail, body) > room:
                body = font(now, "cap")
            row = row.translated(0, now.px(32))
            draw_text(painter, row, elided(detail, body, room), (body, c.ink2), CENTER)

    def _repaint_row(self, row: int) -> None:
        if 0 <= row < len(self._model.lines):
            self.update(self._model.index(row))

    def _on_flash_over(self) -> None:
        row, self._delegate.fresh_row = self._delegate.fresh_row, -1
        self._repaint_row(row)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.line_pressed.emit(self._model.lines[index.row()].line_id)

    def _on_theme_changed(self) -> None:
        self._take_row_height()
        self.viewport().update()

    def _take_row_height(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().px(theme().profile.row))
