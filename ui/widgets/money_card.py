"""A card with an icon, two rows of words, an amount and one key."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from typing_extensions import override

from ui.theme.fonts import BOLD, REGULAR, SEMIBOLD, font, free_font
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
        self.updateGeometry()
        self._arrange()
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height: a third row when the words need the whole width."""
        return 80 if self._is_crowded() else 56

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
        self.updateGeometry()

    def _key_width(self) -> int:
        now = theme()
        if not self._face.action:
            return now.px(6)
        words = text_width(self._face.action, font(now, "label", SEMIBOLD))
        return max(words + now.px(32), now.px(64))

    def _room(self) -> int:
        """Return the width between the icon and the key."""
        return self.width() - self._key_width() - theme().px(60)

    def _detail_font(self, room: int) -> QFont:
        small = free_font(theme(), 14, SEMIBOLD if self._face.is_done else REGULAR)
        fits = text_width(self._detail(), small) <= room
        return small if fits else free_font(theme(), 12.5)

    def _detail(self) -> str:
        return self._face.reason or self._face.detail

    def _is_crowded(self) -> bool:
        """Tell whether words and amount do not fit beside each other."""
        now = theme()
        room = self._room() - self._amount_width()
        strong = font(now, "label", BOLD)
        small = free_font(now, 12.5)
        widest = max(
            text_width(self._face.title, strong), text_width(self._detail(), small)
        )
        return self.width() > now.px(200) and widest > room

    def _amount_width(self) -> int:
        if not self._face.amount:
            return 0
        now = theme()
        return text_width(self._face.amount, free_font(now, 19, BOLD)) + now.px(10)

    def _arrange(self) -> None:
        now = theme()
        width, height = self._key_width(), now.px(48)
        top = now.px(4) if self._is_crowded() else (self.height() - height) // 2
        self._action.setGeometry(self.width() - width - now.px(6), top, width, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint card, icon, words and amount."""
        del event
        now, c, face = theme(), theme().colours, self._face
        with QPainter(self) as painter:
            fill = c.primarysoft if face.is_done else c.surface
            border = fill if face.is_done else c.line
            draw_box(
                painter, self.rect(), Box(fill, border, border, now.radius("button"), 1)
            )
            ink = c.primaryink if face.is_done else c.ink
            edge = now.px(22)
            is_crowded = self._is_crowded()
            height = now.px(56) if is_crowded else self.height()
            draw_icon(painter, face.icon, ink, QRect(now.px(14), 0, edge, height))
            if is_crowded:
                self._paint_crowded(painter, ink)
            else:
                self._paint_plain(painter, ink)

    def _paint_plain(self, painter: QPainter, ink: str) -> None:
        """Paint title over detail, the amount beside both."""
        now, c, face = theme(), theme().colours, self._face
        area = QRect(now.px(46), 0, self._room(), self.height())
        money = free_font(now, 19, BOLD)
        draw_text(painter, area, face.amount, (money, ink), RIGHT)
        detail = self._detail()
        upper = QRect(area.x(), now.px(6), area.width(), now.px(24))
        lower = QRect(area.x(), now.px(29), area.width(), now.px(20))
        title = upper if detail else area
        draw_text(painter, title, face.title, (font(now, "label", BOLD), ink))
        small = self._detail_font(area.width() - self._amount_width())
        draw_text(painter, lower, detail, (small, ink if face.is_done else c.ink2))

    def _paint_crowded(self, painter: QPainter, ink: str) -> None:
        """Paint title, amount and detail below each other."""
        now, c, face = theme(), theme().colours, self._face
        left, room = now.px(46), self._room()
        strong = font(now, "label", BOLD)
        upper = QRect(left, now.px(5), room, now.px(24))
        if not face.amount:
            upper = QRect(left, now.px(5), room, now.px(46))
        title = elided(face.title, strong, room)
        draw_text(painter, upper, title, (strong, ink))
        middle = QRect(left, now.px(28), room, now.px(24))
        draw_text(painter, middle, face.amount, (free_font(now, 18, BOLD), ink))
        wide = self.width() - left - now.px(12)
        lower = QRect(left, now.px(54), wide, now.px(20))
        small = self._detail_font(wide)
        words = elided(self._detail(), small, wide)
        draw_text(painter, lower, words, (small, ink if face.is_done else c.ink2))

    def _on_clicked(self) -> None:
        self.pressed.emit(self._key)
