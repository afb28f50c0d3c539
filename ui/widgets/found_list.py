"""The search results: name, variant, code and price; one row is chosen."""

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
from ui.format import amount
from ui.presenters.sale_state import FoundView
from ui.theme.fonts import BOLD, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import (
    RIGHT,
    brush,
    draw_text,
    elided,
    fill_round,
    hairline,
    text_width,
)
from ui.widgets.empty_note import paint_empty
from ui.widgets.kinetic import make_kinetic
from ui.widgets.ticket_model import LINE_ROLE, ModelIndex


class FoundModel(QAbstractListModel):
    """What the search found."""

    def __init__(self) -> None:
        super().__init__()
        self.found: tuple[FoundView, ...] = ()

    def show_found(self, found: tuple[FoundView, ...]) -> None:
        """Show other results."""
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    @override
    def rowCount(self, parent: ModelIndex | None = None) -> int:
        """Return how many results there are."""
        return 0 if parent is not None and parent.isValid() else len(self.found)

    @override
    def data(
        self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the result, or its words for assistive tools."""
        row = self.found[index.row()]
        if role == LINE_ROLE:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{row.name} {row.variant} {row.code}"
        return None


class FoundDelegate(QStyledItemDelegate):
    """Paints a result."""

    def __init__(self) -> None:
        super().__init__()
        self.currency = "CNY"
        self.chosen = 0

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        """Return a row that a finger hits."""
        del index
        return QSize(option.rect.width(), theme().px(58))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex
    ) -> None:
        """Paint name over code, price on the right."""
        now, c = theme(), theme().colours
        row: QRect = option.rect
        found: FoundView = index.data(LINE_ROLE)
        inner = row.adjusted(now.px(12), now.px(6), -now.px(12), -now.px(6))
        if index.row() == self.chosen:
            fill_round(painter, row.adjusted(0, 1, 0, -2), now.radius("button"), c.sel)
        hairline(painter, QRect(inner.x(), row.bottom(), inner.width(), 1), c.line)
        price = found.price_text
        if found.price_minor is not None:
            price = amount(found.price_minor, self.currency) + price
        money = free_font(now, 17, BOLD)
        draw_text(painter, inner, price, (money, c.ink), RIGHT)
        room = inner.width() - text_width(price, money) - now.px(12)
        upper = QRect(inner.x(), inner.y(), room, inner.height() // 2 + now.px(2))
        self._paint_name(painter, upper, found)
        lower = QRect(inner.x(), upper.bottom(), room, inner.bottom() - upper.bottom())
        small = free_font(now, 14)
        draw_text(painter, lower, elided(found.code, small, room), (small, c.ink3))

    def _paint_name(self, painter: QPainter, area: QRect, found: FoundView) -> None:
        c = theme().colours
        used = free_font(theme(), 16, BOLD)
        tail = f" {found.variant}" if found.variant else ""
        shown = elided(found.name, used, area.width() - text_width(tail, used))
        draw_text(painter, area, shown + tail, (used, c.ink))


class FoundList(QListView):
    """The results; a touch picks one, the arrows choose, Enter picks."""

    picked = Signal(str)
    """A result was picked; its key."""

    def __init__(self, object_name: str = "searchResults") -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(_("Search results"))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = FoundModel()
        self._delegate = FoundDelegate()
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._on_clicked)
        theme_host().changed.connect(self.scheduleDelayedItemsLayout)
        make_kinetic(self)

    def show_found(self, found: tuple[FoundView, ...], currency: str) -> None:
        """Show results; the first is chosen."""
        if found == self._model.found and currency == self._delegate.currency:
            return
        self._delegate.currency, self._delegate.chosen = currency, 0
        self._model.show_found(found)
        self.scrollToTop()

    def choose(self, step: int) -> None:
        """Choose another result, `step` rows away."""
        last = len(self._model.found) - 1
        self._delegate.chosen = max(0, min(last, self._delegate.chosen + step))
        if last >= 0:
            self.scrollTo(self._model.index(self._delegate.chosen))
        self.viewport().update()

    def pick(self) -> None:
        """Pick the chosen result, if there is one."""
        if self._model.found:
            self.picked.emit(self._model.found[self._delegate.chosen].key)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the results, or say that nothing was found."""
        if self._model.found:
            super().paintEvent(event)
            return
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), brush(theme().colours.surface))
            words = _("Try fewer letters, or the last digits of the barcode")
            paint_empty(
                painter,
                self.viewport().rect(),
                "magnifying-glass",
                (_("Nothing found"), words),
            )

    def _on_clicked(self, index: QModelIndex) -> None:
        self.picked.emit(self._model.found[index.row()].key)
