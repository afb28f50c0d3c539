"""The price check: the next scan is looked up and not sold (F4)."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.price_check_state import PriceCheckPhase, PriceCheckState
from ui.screens.settings_fields import FactRows
from ui.theme.fonts import BOLD, REGULAR, font, free_font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
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
        words = (state.name, state.variant, state.unit, price, state.since, state.code)
        self.setAccessibleName(" ".join(x for x in words if x))
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height of the card."""
        return 168

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
        draw_text(painter, below, state.since, (small, c.displaydim), LEFT)
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
        unit_room = inner.width() - text_width(state.since, small) - now.px(12)
        unit = elided(state.unit, small, unit_room)
        draw_text(painter, below, unit, (small, c.displaydim), RIGHT)


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
        self.body.addWidget(self.card)
        self.body.addWidget(self.facts)
        self.body.addStretch(1)
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
        self.back_key.retitle(_("Sell again"))
        self.next_key.retitle(_("Check another"))
        self.picture_key.setVisible(state.phase is not PriceCheckPhase.FOUND)
        self.picture_key.retitle(_("Codes in a picture"))
        self.next_key.set_available(not is_waiting)
