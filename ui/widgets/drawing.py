"""Shapes and words that several widgets paint: boxes, icons, fitted text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from ui.theme.fonts import metrics, width_of
from ui.theme.icons import icon_exists, icon_pixmap
from ui.theme.palette import qcolor

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
_NO_PEN = QPen(Qt.PenStyle.NoPen)


@cache
def brush(code: str) -> QBrush:
    """Return the brush of a colour; one object per colour."""
    return QBrush(qcolor(code))


@cache
def pen(code: str, width: float = 1.0) -> QPen:
    """Return the pen of a colour and width; one object each."""
    return QPen(brush(code), width)


@dataclass(frozen=True, slots=True)
class Box:
    """How a raised or flat box looks: fill, border and the heavier bottom edge."""

    fill: str
    border: str
    edge: str
    radius: int
    edge_height: int = 2
    border_width: int = 1


def fill_round(painter: QPainter, rect: QRect, radius: float, colour: str) -> None:
    """Fill a rounded rectangle, its corners smooth."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_NO_PEN)
    painter.setBrush(brush(colour))
    painter.drawRoundedRect(QRectF(rect), radius, radius)


def draw_box(painter: QPainter, rect: QRect, box: Box) -> None:
    """Paint a key, a card or a field: edge below, border around, fill within."""
    if box.edge_height > box.border_width:
        fill_round(painter, rect, box.radius, box.edge)
        shift = box.edge_height - box.border_width
        rect = rect.adjusted(0, 0, 0, -shift)
    if box.border != box.fill:
        fill_round(painter, rect, box.radius, box.border)
    inset = box.border_width if box.border != box.fill else 0
    inner = rect.adjusted(inset, inset, -inset, -inset)
    fill_round(painter, inner, max(0, box.radius - inset), box.fill)


def draw_icon(painter: QPainter, name: str, colour: str, rect: QRect) -> None:
    """Paint an icon centred in `rect`, as large as the rect's shorter side; no name, no icon."""
    if not icon_exists(name):
        return
    size = min(rect.width(), rect.height())
    device = painter.device()
    on_screen = isinstance(device, QWidget | QPixmap)
    ratio = device.devicePixelRatio() if on_screen else 1.0
    pixmap = icon_pixmap(name, colour, size, ratio)
    left = rect.x() + (rect.width() - size) / 2
    top = rect.y() + (rect.height() - size) / 2
    painter.drawPixmap(QPointF(left, top), pixmap)


def draw_text(
    painter: QPainter,
    rect: QRect,
    text: str,
    style: tuple[QFont, str],
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Paint one line of text; `style` is its font and colour."""
    painter.setFont(style[0])
    painter.setPen(pen(style[1]))
    painter.drawText(rect, _unclipped(align), text)


@cache
def _unclipped(align: Qt.AlignmentFlag) -> int:
    """Return the flags of a text: joining two enums takes longer than drawing."""
    return int((align | Qt.TextFlag.TextDontClip).value)


def text_width(text: str, used: QFont) -> int:
    """Return how wide `text` is in a font, pixels."""
    return width_of(text, used)


def elided_goods(name: str, variant: str, used: QFont, room: int) -> str:
    """Return name and variant; the name gives way, the variant never."""
    tail = f" {variant}" if variant else ""
    return elided(name, used, room - text_width(tail, used)) + tail


def elided(text: str, used: QFont, width: int) -> str:
    """Return the text, its end replaced by … when it is too wide."""
    if text_width(text, used) <= width:
        return text
    return metrics(used).elidedText(text, Qt.TextElideMode.ElideRight, max(0, width))


def hairline(painter: QPainter, rect: QRect, colour: str) -> None:
    """Paint a crisp line: `rect` is 1 px high or wide."""
    painter.fillRect(rect, brush(colour))
