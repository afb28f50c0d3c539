"""The price check: the next scan is looked up and not sold (F4)."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from typing_extensions import override

from pos_app.i18n import _
from ui.panels.price_deals import DealRow
from ui.presenters.price_check_state import (
    PriceCheckPhase,
    PriceCheckState,
    PriceDeal,
)
from ui.screens.settings_fields import FactRows
from ui.theme.fonts import BOLD, REGULAR, font, free_font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.column import take_out
from ui.widgets.drawing import (
    LEFT,
    RIGHT,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    text_width,
)
from ui.widgets.goods_picture import draw_picture
from ui.widgets.panel import Panel
from ui.widgets.rows_area import RowsArea
from ui.widgets.shrunk_text import shrunk
from ui.widgets.text_fit import fit_label, line_height
from ui.widgets.themed import ThemedWidget


class PriceCard(ThemedWidget):
    """Name, unit and price of what was scanned; or that a scan is awaited."""

    def __init__(self) -> None:
        super().__init__("priceCard")
        self._state = PriceCheckState()

    def show_state(self, state: PriceCheckState) -> None:
        """Show another item."""
        self._state = state
        price = f"{state.symbol}{state.price}" if state.price else ""
        goods = (state.name, state.variant, state.unit)
        words = (*goods, price, state.shelf, state.member, state.since, state.code)
        self.setAccessibleName(" ".join(x for x in words if x))
        self.updateGeometry()
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may want another height."""
        super().resizeEvent(event)
        self.updateGeometry()

    @override
    def design_height(self) -> float:
        """Return the height of the card: less where a name of one line is all."""
        state = self._state
        is_plain = state.phase is PriceCheckPhase.FOUND and not state.picture
        return 134 if is_plain and self._is_short(state) else 168

    def _is_short(self, state: PriceCheckState) -> bool:
        """Tell whether the name fits into one line."""
        now = theme()
        used = font(now, "name", BOLD)
        name = f"{state.name}  {state.variant}".strip()
        return text_width(name, used) <= self.width() - now.px(32)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        del event
        with QPainter(self) as painter:
            if self._state.phase is PriceCheckPhase.FOUND:
                self._paint_item(painter)
            else:
                self._paint_wait(painter)

    def _paint_wait(self, painter: QPainter) -> None:
        now, c = theme(), theme().colours
        is_missing = self._state.phase is PriceCheckPhase.NOT_FOUND
        ground = c.dangersoft if is_missing else c.primarysoft
        ink = c.danger if is_missing else c.primaryink
        fill_round(painter, self.rect(), now.radius("card"), ground)
        edge = now.px(44)
        square = QRect(0, now.px(18), self.width(), edge)
        draw_icon(painter, "x-circle" if is_missing else "barcode", ink, square)
        title = _("Not found: {code}", code=self._state.code)
        title = title if is_missing else _("Scan an item to see its price")
        small = _("The scan after that is sold again")
        small = _("Check another one, or go back") if is_missing else small
        room = self.width() - now.px(24)
        big = now.text_px("name")
        fit = fit_label(now, title, big, BOLD, (room, room, now.px(56)))
        line = line_height(fit.font)
        top = now.px(72)
        for index, words in enumerate(fit.lines):
            row = QRect(0, top + index * line, self.width(), line)
            draw_text(
                painter, row, words, (fit.font, ink), Qt.AlignmentFlag.AlignCenter
            )
        used = shrunk(small, font(now, "cap"), REGULAR, room)
        row = QRect(0, top + fit.height + now.px(6), self.width(), now.px(22))
        draw_text(painter, row, small, (used, ink), Qt.AlignmentFlag.AlignCenter)

    def _paint_item(self, painter: QPainter) -> None:
        now, c, state = theme(), theme().colours, self._state
        fill_round(painter, self.rect(), now.radius("card"), c.display)
        inner = self.rect().adjusted(now.px(16), now.px(12), -now.px(16), -now.px(12))
        name = f"{state.name}  {state.variant}".strip()
        pixels = now.text_px("name")
        room = (inner.width(), inner.width(), now.px(56))
        fit = fit_label(now, name, pixels, BOLD, room)
        line = line_height(fit.font)
        for index, words in enumerate(fit.lines):
            row = QRect(inner.x(), inner.y() + index * line, inner.width(), line)
            shown = elided(words, fit.font, inner.width())
            draw_text(painter, row, shown, (fit.font, c.displayink))
        self._paint_price(painter, inner)

    def _paint_price(self, painter: QPainter, inner: QRect) -> None:
        now, c, state = theme(), theme().colours, self._state
        small = font(now, "body")
        below = QRect(inner.x(), inner.bottom() - now.px(28), inner.width(), now.px(28))
        told = self._paint_others(painter, below)
        size = 46
        words = state.price or _("Open price")
        big = free_font(now, size if state.price else 26, BOLD)
        edge = now.px(64) if state.picture else 0
        if edge:
            square = QRect(inner.x(), inner.bottom() - now.px(32) - edge, edge, edge)
            draw_picture(painter, state.picture, square, now.radius("chip"))
        big = shrunk(words, big, BOLD, inner.width() - now.px(60) - edge)
        row = QRect(inner.x(), inner.bottom() - now.px(88), inner.width(), now.px(56))
        draw_text(painter, row, words, (big, c.displayink), RIGHT)
        sign = free_font(now, 24, BOLD)
        left = row.adjusted(0, now.px(8), -text_width(words, big) - now.px(6), 0)
        if state.price:
            draw_text(painter, left, state.symbol, (sign, c.displaydim), RIGHT)
        unit_room = inner.width() - told - now.px(12)
        unit = elided(state.unit, small, unit_room)
        draw_text(painter, below, unit, (small, c.displaydim), RIGHT)

    def _paint_others(self, painter: QPainter, row: QRect) -> int:
        """Paint the shelf's price and the members', else since when; return the width.

        The shelf's price is struck through: it is not the one that is paid.
        """
        now, c, state = theme(), theme().colours, self._state
        plain = font(now, "body")
        if not (state.shelf or state.member):
            draw_text(painter, row, state.since, (plain, c.displaydim), LEFT)
            return text_width(state.since, plain)
        struck = QFont(font(now, "body"))  # a copy: fonts are shared
        struck.setStrikeOut(True)
        draw_text(painter, row, state.shelf, (struck, c.displaydim), LEFT)
        left = text_width(state.shelf, struck) + now.px(10) if state.shelf else 0
        words = f"{_('Member price')} {state.member}" if state.member else ""
        used = shrunk(words, plain, REGULAR, row.width() - left - now.px(56))
        area = row.adjusted(left, 0, 0, 0)
        draw_text(painter, area, words, (used, c.displayamber), LEFT)
        return left + text_width(words, used)


class PriceCheckPanel(Panel):
    """Stands in the work column; closes after the sale goes on."""

    picture_wanted = Signal()
    """Look for codes in a picture file."""
    again = Signal()
    """Check another item: the next scan is looked up, too."""

    def __init__(self) -> None:
        super().__init__("priceCheckPanel", icon="magnifying-glass")
        self.card = PriceCard()
        self.facts = FactRows("priceFacts")
        row = Arrangement.ROW
        self.next_key = ActionButton(
            "priceCheckAgain", ButtonFace(icon="barcode", arrangement=row, hint="F4")
        )
        self.back_key = ActionButton(
            "priceCheckBack", ButtonFace(icon="arrow-left", arrangement=row, hint="Esc")
        )
        self.picture_key = ActionButton(
            "priceCheckPicture", ButtonFace(icon="qr-code", arrangement=row)
        )
        self.picture_key.clicked.connect(self.picture_wanted)
        self._deals: tuple[PriceDeal, ...] = ()
        self._rows = RowsArea("priceScroll", gap=6)
        self._rows.column.addWidget(self.facts)
        self._rows.column.addStretch(1)
        self.body.addWidget(self.card)
        self.body.addWidget(self._rows, 1)
        self.body.addWidget(self.picture_key)
        self.add_action(self.back_key)
        self.add_action(self.next_key)
        self.next_key.clicked.connect(self.again)
        self.back_key.clicked.connect(self.closed)

    def show_state(self, state: PriceCheckState) -> None:
        """Show where the check stands."""
        is_waiting = state.phase is PriceCheckPhase.WAITING
        note = _("not sold") if not is_waiting else _("next scan only")
        self.set_title(_("Price check"), note=note)
        self.card.show_state(state)
        self.facts.show_rows([(fact.label, fact.value) for fact in state.facts])
        self.facts.setVisible(bool(state.facts))
        self._show_deals(state.deals)
        self.back_key.retitle(_("Sell again"))
        self.next_key.retitle(_("Check another"))
        self.picture_key.setVisible(state.phase is not PriceCheckPhase.FOUND)
        self.picture_key.retitle(_("Codes in a picture"))
        self.next_key.set_available(not is_waiting)

    def _show_deals(self, deals: tuple[PriceDeal, ...]) -> None:
        """Show other promotions above the facts; rows that say the same stay."""
        if deals == self._deals:
            return
        column = self._rows.column
        take_out(column, len(self._deals))
        self._deals = deals
        for place, deal in enumerate(deals):
            column.insertWidget(place, DealRow(deal))
        self._rows.verticalScrollBar().setValue(0)
