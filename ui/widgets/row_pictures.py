"""Keeps the rows of a list as they were painted: a new line moves all, changes none."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPaintEngine, QPainter, QPixmap

from ui.theme.host import theme
from ui.theme.theme import Theme

#: Rows in sight, twice: selected or not. More are of no use.
LIMIT = 64
_HALF = LIMIT // 2


class RowPictures:
    """Paints a row once and copies it afterwards, a twentieth of the work."""

    def __init__(self) -> None:
        self._made_for: tuple[QSize, float] | None = None
        self._theme: Theme | None = None
        self._pictures: dict[Hashable, QPixmap] = {}
        #: Those drawn before these; what is drawn again comes back, the rest goes.
        self._older: dict[Hashable, QPixmap] = {}

    def draw(
        self,
        painter: QPainter,
        row: QRect,
        key: Hashable,
        paint: Callable[[QPainter, QRect], None],
        whole_width: int = 0,
    ) -> None:
        """Draw a row.

        Args:
            painter: of the view.
            row: where the row stands.
            key: everything but theme and size that decides how it looks.
            paint: paints the whole of it, its ground included.
            whole_width: of the row where no scroll bar takes a part of it; the
                painter cuts off what is too much, so that one that comes changes no
                picture.
        """
        if painter.paintEngine().type() is not QPaintEngine.Type.Raster:
            paint(painter, row)  # in an SVG, words stay words
            return
        ratio = painter.device().devicePixelRatio()
        size = QSize(max(row.width(), whole_width), row.height())
        self._suit(size, ratio)
        picture = self._pictures.get(key)
        if picture is None:
            picture = self._older.get(key)
            if picture is None:
                picture = _painted(size, ratio, paint)
            self._keep(key, picture)
        painter.drawPixmap(row.topLeft(), picture)

    def _keep(self, key: Hashable, picture: QPixmap) -> None:
        """Keep a picture; to forget all at once would paint all rows at one scan."""
        if len(self._pictures) >= _HALF:
            self._older, self._pictures = self._pictures, {}
        self._pictures[key] = picture

    def _suit(self, size: QSize, ratio: float) -> None:
        """Forget rows of another size or theme."""
        now = theme()
        if now is not self._theme or self._made_for != (size, ratio):
            self._theme, self._made_for = now, (size, ratio)
            self._pictures, self._older = {}, {}


def _painted(
    size: QSize, ratio: float, paint: Callable[[QPainter, QRect], None]
) -> QPixmap:
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    with QPainter(picture) as painter:
        paint(painter, QRect(QPoint(0, 0), size))
    return picture
