"""Tinted icons: Phosphor SVGs drawn in a colour, cached per size and screen."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from pos_app.resources import resource_path


@cache
def _source(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def icon_exists(name: str) -> bool:
    """Tell whether an icon of that name ships with the till."""
    return bool(name) and resource_path("icons", f"{name}.svg").is_file()


@cache
def icon_pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Draw an icon.

    Args:
        name: file name without ending, "trash" or "coffee-fill".
        colour: `#RRGGBB`, takes the place of `currentColor`.
        size: edge in logical pixels.
        ratio: device pixels per logical pixel of the screen.
    """
    drawing = _source(name).replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    edge = max(1, round(size * ratio))
    pixmap = QPixmap(QSize(edge, edge))
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer.render(painter, QRectF(0, 0, edge, edge))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def icon(name: str, colour: str, size: int) -> QIcon:
    """Return an icon for Qt's own widgets, at 1x and 2x."""
    made = QIcon(icon_pixmap(name, colour, size, 1.0))
    made.addPixmap(icon_pixmap(name, colour, size, 2.0))
    return made
