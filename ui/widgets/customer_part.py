"""What the customer's screen is put together from: sizes of its own, least repaints."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QWidget

from ui.presenters.customer_state import CustomerMode, CustomerState
from ui.theme.fonts import free_font, sized_font
from ui.theme.host import theme
from ui.theme.theme import Theme
from ui.theme.tokens import profile
from ui.widgets.drawing import LEFT, draw_text, elided, text_width

#: What the screen was drawn for (design 12): names 22, money 24, amount 80.
DRAWN = QSize(1024, 600)
_LEAST_PX = 11


@dataclass(frozen=True, slots=True)
class CustomerLook:
    """How the screen is divided and how large everything is.

    Attributes:
        theme: with a scale of its own; the person's text size is the cashier's.
        is_portrait: the amount stands below the basket.
        goods, amount: where the two parts lie. strip: of training; empty for none.
    """

    theme: Theme
    is_portrait: bool
    goods: QRect
    amount: QRect
    strip: QRect

    def px(self, size: float) -> int:
        """Scale a size of the 1024x600 drawing."""
        return self.theme.px(size)

    def font(self, size: float, weight: int) -> QFont:
        """Return the font of a size of the drawing."""
        return free_font(self.theme, size, weight)

    def shrunk(self, words: str, size: float, weight: int, room: int) -> QFont:
        """Return the font, or a smaller one in which the words fit `room` pixels."""
        used = self.font(size, weight)
        while text_width(words, used) > room and used.pixelSize() > _LEAST_PX:
            used = sized_font(self.theme.language, used.pixelSize() - 1, weight)
        return used


def look_of(size: QSize, language: str, *, has_strip: bool) -> CustomerLook:
    """Divide a screen of any size, wide or tall, in the colours in use.

    Args:
        size: of the window.
        language: of its words.
        has_strip: whether the mark of training stands above everything.
    """
    width, height = max(1, size.width()), max(1, size.height())
    is_portrait = height > width
    long, short = max(width, height), min(width, height)
    scale = min(long / DRAWN.width(), short / DRAWN.height())
    used = replace(
        theme(),
        profile=profile("standard"),
        scale=scale,
        text_scale=1.0,
        um_per_px=0,
        language=language,
    )
    top = used.px(40) if has_strip else 0
    left = height - top
    if is_portrait:
        below = min(left // 2, used.px(410))
        goods = QRect(0, top, width, left - below)
        amount = QRect(0, top + left - below, width, below)
    else:
        aside = width * 3 // 8
        goods = QRect(0, top, width - aside, left)
        amount = QRect(width - aside, top, aside, left)
    return CustomerLook(used, is_portrait, goods, amount, QRect(0, 0, width, top))


class CustomerPart(QWidget):
    """One part of the screen: paints the state, and only when it must.

    Attributes:
        look: sizes and colours. state: what is shown.
    """

    def __init__(self, object_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Every part fills itself: nothing shines through, nothing is erased twice.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.look = look_of(DRAWN, "en", has_strip=False)
        self.state = CustomerState(CustomerMode.IDLE, "", "en")

    def take_look(self, look: CustomerLook) -> None:
        """Read sizes and colours anew."""
        self.look = look
        self.update()

    def show_state(self, state: CustomerState) -> None:
        """Show another state; what looks the same is not painted."""
        before, self.state = self.state, state
        if state != before:
            self.on_state(before)

    def on_state(self, before: CustomerState) -> None:
        """Repaint what differs from before; all of it unless a part knows better."""
        del before
        self.update()


def draw_fitted(
    painter: QPainter,
    rect: QRect,
    text: str,
    style: tuple[QFont, str],
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Paint one line of text, its end replaced by … when it is too wide."""
    draw_text(painter, rect, elided(text, style[0], rect.width()), style, align)
