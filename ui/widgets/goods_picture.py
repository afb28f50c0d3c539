"""Pictures of goods: decoded once for each size, then painted from memory."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap

#: Tiles of a few pages and rows of a few lists: some megabytes.
_KEPT = 512


@lru_cache(maxsize=_KEPT)
def picture_pixmap(data: bytes, edge: int, ratio: float) -> QPixmap:
    """Return a picture that fits a square; a null one when it cannot be read.

    Args:
        data: a PNG or JPEG.
        edge: of the square, logical pixels.
        ratio: the screen's device pixel ratio.
    """
    found = QPixmap()
    if not found.loadFromData(data):
        return found
    wide = round(edge * ratio)
    found = found.scaled(
        wide,
        wide,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    found.setDevicePixelRatio(ratio)
    return found


def draw_picture(painter: QPainter, data: bytes, square: QRect, radius: float) -> None:
    """Paint a picture in the middle of a square, its corners rounded."""
    ratio = painter.device().devicePixelRatio()
    found = picture_pixmap(data, square.width(), ratio)
    if found.isNull():
        return
    size = found.deviceIndependentSize().toSize()
    place = QRect(square.topLeft(), size)
    place.moveCenter(square.center())
    outline = QPainterPath()
    outline.addRoundedRect(place, radius, radius)
    painter.save()
    painter.setClipPath(outline)
    painter.drawPixmap(place.topLeft(), found)
    painter.restore()
