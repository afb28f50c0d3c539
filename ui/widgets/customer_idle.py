"""What the customer sees while nobody is served: pictures, or shop and time."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QRect, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.presenters.customer_state import CustomerState
from ui.theme.fonts import BOLD, REGULAR, SEMIBOLD
from ui.theme.palette import qcolor
from ui.widgets.customer_part import CustomerPart, draw_fitted
from ui.widgets.drawing import CENTER, draw_icon, fill_round

FADE_MS = 600


class CustomerIdle(CustomerPart):
    """Fades from picture to picture; without pictures the shop introduces itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("customerIdle", parent)
        self._shown, self._before = QPixmap(), QPixmap()
        self._share = 1.0
        self._fade = QVariantAnimation(self)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.setDuration(FADE_MS)
        self._fade.setEasingCurve(QEasingCurve.Type.InOutQuad)
        self._fade.valueChanged.connect(self._on_fade)

    @property
    def has_picture(self) -> bool:
        """Tell whether a picture is shown."""
        return not self._shown.isNull()

    def show_picture(self, image: QImage) -> None:
        """Fade to another picture; an empty one goes back to the shop's name."""
        self._before, self._shown = self._shown, QPixmap.fromImage(image)
        self._fade.stop()
        if self.look.theme.is_motion_reduced or not self.isVisible():
            self._on_fade(1.0)
        else:
            self._fade.start()

    def _on_fade(self, share: object) -> None:
        assert isinstance(share, float)
        self._share = share
        if share >= 1.0:
            self._before = QPixmap()
        self.update()

    @override
    def on_state(self, before: CustomerState) -> None:
        """Repaint when a word that is painted differs."""
        if not self.has_picture and _face(before) != _face(self.state):
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pictures over each other, or the shop's name."""
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), qcolor(self.look.theme.colours.display))
            if self.has_picture or not self._before.isNull():
                for picture, share in (
                    (self._before, 1.0 - self._share),
                    (self._shown, self._share),
                ):
                    if not picture.isNull():
                        painter.setOpacity(share)
                        painter.drawPixmap(_centred(picture, self.size()), picture)
            else:
                self._paint_shop(painter)

    def _paint_shop(self, painter: QPainter) -> None:
        look, state, c = self.look, self.state, self.look.theme.colours
        room = self.rect().adjusted(look.px(40), 0, -look.px(40), 0)
        top = (self.height() - look.px(112 + 28 + 64 + 40 + 36 + 96)) // 2
        mark = QRect(0, top, look.px(112), look.px(112))
        mark.moveLeft((self.width() - mark.width()) // 2)
        fill_round(painter, mark, look.px(28), c.primary)
        inset = look.px(24)
        icon = mark.adjusted(inset, inset, -inset, -inset)
        draw_icon(painter, "storefront", c.onprimary, icon)
        rows = (
            (state.shop_name, 44, BOLD, (28, 64), c.displayink),
            (state.title, 24, REGULAR, (0, 40), c.displaydim),
            (state.clock, 64, SEMIBOLD, (28, 76), c.displayink),
            (state.day, 20, REGULAR, (0, 32), c.displaydim),
        )
        bottom = mark.bottom()
        for words, size, weight, (gap, height), tone in rows:
            row = QRect(room.x(), bottom + look.px(gap), room.width(), look.px(height))
            used = look.shrunk(words, size, weight, room.width())
            draw_fitted(painter, row, words, (used, tone), CENTER)
            bottom = row.bottom()


def _face(state: CustomerState) -> tuple[str, ...]:
    return (state.shop_name, state.title, state.clock, state.day, state.language)


def _centred(picture: QPixmap, room: QSize) -> QRect:
    """Return where a picture stands, whole; device pixels count as what they are."""
    size = picture.deviceIndependentSize().toSize()
    size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(0, 0, size.width(), size.height())
    place.moveCenter(QRect(0, 0, room.width(), room.height()).center())
    return place
