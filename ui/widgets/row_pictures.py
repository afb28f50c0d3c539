"""Keeps the rows of a list as they were painted: a new line moves all, changes none."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPaintEngine, QPainter, QPixmap

from ui.theme.host import theme
from ui.theme.theme import Theme

#: Rows in sight, twice: selected or not. More are of no use.
LIMIT = 64


class RowPictures:
    """Paints a row once and copies it afterwards, a twentieth of the work."""

    def __init__(self) -> None:
        self._made_for: tuple[QSize, float] | None = None
        self._theme: Theme | None = None
        self._pictures: dict[Hashable, QPixmap] = {}

    def draw(
        self,
        painter: QPainter,
        row: QRect,
        key: Hashable,
        paint: Callable[[QPainter, QRect], None],
    ) -> None:
        """Draw a row.

        Args:
            painter: of the view.
            row: where the row stands.
            key: everything but theme and size that decides how it looks.
            paint: paints the whole of it, its ground included.
        """
        if painter.paintEngine().type() is not QPaintEngine.Type.Raster:
            paint(painter, row)  # in an SVG, words stay words
            return
        ratio = painter.device().devicePixelRatio()
        self._suit(row.size(), ratio)
        picture = self._pictures.get(key)
        if picture is None:
            picture = _painted(row.size(), ratio, paint)
            self._pictures[key] = picture
        painter.drawPixmap(row.topLeft(), picture)

    def _suit(self, size: QSize, ratio: float) -> None:
        """Forget rows of another size or theme, and all when they are many."""
        now = theme()
        same = now is self._theme and self._made_for == (size, ratio)
        if not same or len(self._pictures) >= LIMIT:
            self._theme, self._made_for, self._pictures = now, (size, ratio), {}


def _painted(
    size: QSize, ratio: float, paint: Callable[[QPainter, QRect], None]
) -> QPixmap:
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    with QPainter(picture) as painter:
        paint(painter, QRect(QPoint(0, 0), size))
    return picture
