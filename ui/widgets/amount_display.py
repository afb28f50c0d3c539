"""The one dark object: what is due, what was saved, how many items."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from typing_extensions import override

from ui.theme.fonts import BOLD, REGULAR, SEMIBOLD, font, metrics, sized_font
from ui.theme.host import theme
from ui.widgets.drawing import LEFT, RIGHT, draw_text, elided, fill_round, text_width
from ui.widgets.themed import ThemedWidget


@dataclass(frozen=True, slots=True)
class AmountFace:
    """What the display shows; every text in the cashier's language.

    Attributes:
        label: what the amount is ("应收"). note: right of it ("8 件").
        symbol: sign of the currency, smaller. amount: the digits.
        saved: lower left, amber. extra: lower right.
        is_change: money for the customer: mint instead of white.
    """

    label: str
    amount: str
    symbol: str = ""
    note: str = ""
    saved: str = ""
    extra: str = ""
    is_change: bool = False


class AmountDisplay(ThemedWidget):
    """Paints the amount so that it is read at arm's length."""

    def __init__(self, object_name: str = "amountDisplay") -> None:
        super().__init__(object_name)
        self._face = AmountFace("", "")

    @property
    def face(self) -> AmountFace:
        """What is shown."""
        return self._face

    def show_amount(self, face: AmountFace) -> None:
        """Show another amount."""
        if face == self._face:
            return
        self._face = face
        spoken = (face.label, face.symbol + face.amount, face.note, face.saved)
        self.setAccessibleName(" ".join(x for x in spoken if x))
        self.update()

    @override
    def design_height(self) -> float:
        """Return the profile's height of the display."""
        return theme().profile.display_height

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint label, amount and the line below."""
        del event
        now, c, face = theme(), theme().colours, self._face
        with QPainter(self) as painter:
            fill_round(painter, self.rect(), now.radius("card"), c.display)
            inner = self.rect().adjusted(now.px(16), now.px(8), -now.px(16), -now.px(8))
            row = now.px(25)
            top = QRect(inner.x(), inner.y(), inner.width(), row)
            body = font(now, "body")
            draw_text(painter, top, face.label, (body, c.displaydim))
            note_room = inner.width() - text_width(face.label, body) - now.px(12)
            small = body
            while text_width(face.note, small) > note_room and small.pixelSize() > 11:
                small = sized_font(now.language, small.pixelSize() - 1, REGULAR)
            note = elided(face.note, small, note_room)
            draw_text(painter, top, note, (small, c.displaydim), RIGHT)
            self._paint_amount(painter, inner)
            bottom = QRect(inner.x(), inner.bottom() - row + 1, inner.width(), row)
            strong, plain = self._fonts_below(inner.width())
            draw_text(painter, bottom, face.saved, (strong, c.displayamber), LEFT)
            draw_text(painter, bottom, face.extra, (plain, c.displaydim), RIGHT)

    def _fonts_below(self, room: int) -> tuple[QFont, QFont]:
        """Return the fonts of the line below: smaller until both words fit."""
        now, face = theme(), self._face
        pixels, gap = font(now, "label").pixelSize(), now.px(10)
        while True:
            strong = sized_font(now.language, pixels, SEMIBOLD)
            plain = sized_font(now.language, pixels, REGULAR)
            used = text_width(face.saved, strong) + text_width(face.extra, plain) + gap
            if used <= room or pixels <= now.px(11):
                return strong, plain
            pixels -= 1

    def _paint_amount(self, painter: QPainter, inner: QRect) -> None:
        now, c, face = theme(), theme().colours, self._face
        colour = c.mint if face.is_change else c.displayink
        pixels = self._fitting_pixels(inner.width())
        big = sized_font(now.language, pixels, BOLD)
        small = sized_font(now.language, round(pixels * 0.55), SEMIBOLD)
        ascent = metrics(big).capHeight()
        baseline = inner.center().y() + ascent // 2 + now.px(2)
        width = text_width(face.amount, big)
        left = inner.right() - width
        painter.setFont(big)
        painter.setPen(colour)
        painter.drawText(left, baseline, face.amount)
        painter.setFont(small)
        painter.setPen(c.mint if face.is_change else c.displaydim)
        sign = text_width(face.symbol, small)
        painter.drawText(left - sign - now.px(1), baseline, face.symbol)

    def _fitting_pixels(self, room: int) -> int:
        """Return the largest size in which sign and digits fit into `room`."""
        now = theme()
        pixels = now.text_px("disp")
        tallest = round(now.px(now.profile.display_height) * 0.52)
        pixels = min(pixels, tallest)
        while pixels > 16:
            big = sized_font(now.language, pixels, BOLD)
            small = sized_font(now.language, round(pixels * 0.55), SEMIBOLD)
            sign = text_width(self._face.symbol, small) + now.px(6)
            if text_width(self._face.amount, big) + sign <= room:
                break
            pixels -= 2
        return pixels
