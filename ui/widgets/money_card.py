"""A card with an icon, two rows of words, an amount and one key."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from typing_extensions import override

from ui.theme.fonts import BOLD, SEMIBOLD, font, free_font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.drawing import (
    RIGHT,
    Box,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    text_width,
)
from ui.widgets.themed import ThemedWidget


@dataclass(frozen=True, slots=True)
class MoneyCardFace:
    """What a card shows.

    Attributes:
        title, detail: two rows of words. icon: before them.
        amount: already written. action: the key's words; "" for no key.
        is_done: on soft green (money is in); else on white.
        is_raised: the key is a box instead of words.
        reason: why the key is dead; "" when it lives.
    """

    title: str
    detail: str = ""
    icon: str = ""
    amount: str = ""
    action: str = ""
    is_done: bool = False
    is_raised: bool = False
    reason: str = ""


class MoneyCard(ThemedWidget):
    """Paints the card; its key says which card was meant."""

    pressed = Signal(str)
    """The key of the card was pressed; the card's own key."""

    def __init__(self, object_name: str, key: str = "") -> None:
        super().__init__(object_name)
        self._key = key
        self._face = MoneyCardFace("")
        self._action = ActionButton(
            f"{object_name}Action", ButtonFace(kind=Kind.LINK), self
        )
        self._action.clicked.connect(self._on_clicked)

    def show_card(self, face: MoneyCardFace) -> None:
        """Show another face."""
        self._face = face
        kind = Kind.PLAIN if face.is_raised else Kind.LINK
        row = Arrangement.ROW
        self._action.set_face(ButtonFace(face.action, kind=kind, arrangement=row))
        self._action.setVisible(bool(face.action))
        self._action.setEnabled(not face.reason)
        self.setAccessibleName(f"{face.title} {face.amount} {face.detail}")
        self._arrange()
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height of a card."""
        return 56

    @override
    def on_theme_changed(self) -> None:
        """Arrange anew at other sizes."""
        super().on_theme_changed()
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the key at the right end."""
        super().resizeEvent(event)
        self._arrange()

    def _key_width(self) -> int:
        now = theme()
        if not self._face.action:
            return now.px(6)
        words = text_width(self._face.action, font(now, "label", SEMIBOLD))
        return max(words + now.px(32), now.px(64))

    def _arrange(self) -> None:
        now = theme()
        width, height = self._key_width(), now.px(48)
        top = (self.height() - height) // 2
        self._action.setGeometry(self.width() - width - now.px(6), top, width, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint card, icon, words and amount."""
        del event
        now, c, face = theme(), theme().colours, self._face
        painter = QPainter(self)
        fill = c.primarysoft if face.is_done else c.surface
        border = fill if face.is_done else c.line
        draw_box(
            painter, self.rect(), Box(fill, border, border, now.radius("button"), 1)
        )
        ink = c.primaryink if face.is_done else c.ink
        edge = now.px(22)
        draw_icon(painter, face.icon, ink, QRect(now.px(14), 0, edge, self.height()))
        left, right = now.px(46), self.width() - self._key_width() - now.px(14)
        money = free_font(now, 19, BOLD)
        area = QRect(left, 0, right - left, self.height())
        draw_text(painter, area, face.amount, (money, ink), RIGHT)
        room = right - left - text_width(face.amount, money) - now.px(10)
        self._paint_words(painter, QRect(left, 0, room, self.height()), ink)
        painter.end()

    def _paint_words(self, painter: QPainter, area: QRect, ink: str) -> None:
        now, face = theme(), self._face
        strong = font(now, "label", BOLD)
        small = free_font(now, 14, SEMIBOLD if face.is_done else 400)
        detail = face.reason or face.detail
        if not detail:
            draw_text(
                painter, area, elided(face.title, strong, area.width()), (strong, ink)
            )
            return
        upper = QRect(area.x(), now.px(6), area.width(), now.px(24))
        lower = QRect(area.x(), now.px(29), area.width(), now.px(20))
        draw_text(
            painter, upper, elided(face.title, strong, area.width()), (strong, ink)
        )
        if text_width(detail, small) > area.width():
            small = free_font(now, 12.5)
        ink = ink if face.is_done else now.colours.ink2
        draw_text(painter, lower, elided(detail, small, area.width()), (small, ink))

    def _on_clicked(self) -> None:
        self.pressed.emit(self._key)
