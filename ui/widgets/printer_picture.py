"""A printer in trouble, drawn: where a hand has to go. Lines and tokens, no bitmap."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.presenters.print_wait_state import TroublePicture
from ui.theme.host import theme
from ui.theme.palette import qcolor
from ui.widgets.drawing import brush, draw_icon, fill_round
from ui.widgets.themed import ThemedWidget

#: The drawing's own measure; it is scaled to the room there is.
_WIDE, _HIGH = 300.0, 130.0
_LINE = 4.0


class PrinterPicture(ThemedWidget):
    """What is wrong as a picture; its words stand beside it."""

    def __init__(self) -> None:
        super().__init__("printerPicture")
        # It gives way where the column is low; the words do not.
        expanding, preferred = (
            QSizePolicy.Policy.Expanding,
            QSizePolicy.Policy.Preferred,
        )
        self.setSizePolicy(expanding, preferred)
        self._picture = TroublePicture.NONE

    def show_picture(self, picture: TroublePicture) -> None:
        """Show another trouble."""
        if picture is not self._picture:
            self._picture = picture
            self.update()

    @override
    def design_height(self) -> float:
        """Return the height of the picture."""
        return 100

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least room in which it can be made out."""
        return QSize(theme().px(96), theme().px(56))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and drawing."""
        del event
        now, c = theme(), theme().colours
        is_fine = self._picture is TroublePicture.NONE
        ground = c.primarysoft if is_fine else c.warnfill
        with QPainter(self) as painter:
            fill_round(painter, self.rect(), now.radius("card"), ground)
            scale = min(self.width() / _WIDE, self.height() / _HIGH)
            painter.translate(
                (self.width() - _WIDE * scale) / 2, (self.height() - _HIGH * scale) / 2
            )
            painter.scale(scale, scale)
            _body(painter)
            _DRAWN[self._picture](painter)


def _pen(colour: str, width: float = _LINE) -> QPen:
    made = QPen(qcolor(colour), width)
    made.setCapStyle(Qt.PenCapStyle.RoundCap)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return made


def _body(painter: QPainter) -> None:
    """Paint the printer itself: body, slot and lamp."""
    c = theme().colours
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen(c.ink))
    painter.setBrush(brush(c.surface))
    painter.drawRoundedRect(QRectF(40, 62, 120, 56), 9, 9)
    painter.drawLine(QPointF(58, 78), QPointF(142, 78))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush(c.warnicon))
    painter.drawEllipse(QPointF(142, 104), 5, 5)


def _lid(painter: QPainter, *, is_open: bool) -> None:
    c = theme().colours
    painter.setPen(_pen(c.ink))
    painter.setBrush(brush(c.surface))
    if not is_open:
        painter.drawRoundedRect(QRectF(46, 48, 108, 18), 6, 6)
        return
    painter.save()
    painter.translate(46, 62)
    painter.rotate(-50)
    painter.drawRoundedRect(QRectF(0, -14, 70, 14), 6, 6)
    painter.restore()


def _paper_end(painter: QPainter) -> None:
    """Paint a slip that hangs out of the slot."""
    c = theme().colours
    painter.setPen(_pen(c.ink, 3))
    painter.setBrush(brush(c.surface))
    painter.drawRect(QRectF(72, 20, 56, 40))
    painter.setPen(_pen(c.ink3, 3))
    for row in (30, 40, 50):
        painter.drawLine(QPointF(81, row), QPointF(119, row))


def _arrow(painter: QPainter, path: QPainterPath, tip: QPointF, back: QPointF) -> None:
    """Paint the way of the hand: a line that ends in a head."""
    c = theme().colours
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(c.warnicon, 5))
    painter.drawPath(path)
    along = tip - back
    length = max(1.0, (along.x() ** 2 + along.y() ** 2) ** 0.5)
    along = along / length * 13
    side = QPointF(-along.y(), along.x()) * 0.7
    painter.drawPolyline([tip - along + side, tip, tip - along - side])


def _paper(painter: QPainter) -> None:
    """Paint an open lid and a roll on its way in."""
    c = theme().colours
    _lid(painter, is_open=True)
    painter.setPen(_pen(c.ink))
    painter.setBrush(brush(c.surface))
    painter.drawEllipse(QPointF(226, 42), 30, 30)
    painter.drawEllipse(QPointF(226, 42), 10, 10)
    end = QPainterPath(QPointF(196, 44))
    end.quadTo(QPointF(192, 62), QPointF(196, 76))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(end)
    way = QPainterPath(QPointF(184, 26))
    way.quadTo(QPointF(142, 14), QPointF(118, 46))
    _arrow(painter, way, QPointF(118, 46), QPointF(128, 30))


def _cover(painter: QPainter) -> None:
    """Paint an open lid and the way it shuts."""
    _lid(painter, is_open=True)
    way = QPainterPath(QPointF(104, 14))
    way.quadTo(QPointF(142, 16), QPointF(138, 54))
    _arrow(painter, way, QPointF(138, 54), QPointF(139, 36))


def _cable(painter: QPainter) -> None:
    """Paint a plug that is out of its socket."""
    c = theme().colours
    _lid(painter, is_open=False)
    painter.setPen(_pen(c.ink))
    painter.setBrush(brush(c.surface))
    painter.drawRect(QRectF(160, 84, 12, 24))
    painter.drawRoundedRect(QRectF(214, 80, 34, 32), 5, 5)
    painter.drawLine(QPointF(204, 89), QPointF(214, 89))
    painter.drawLine(QPointF(204, 103), QPointF(214, 103))
    cord = QPainterPath(QPointF(248, 96))
    cord.cubicTo(QPointF(276, 96), QPointF(266, 40), QPointF(292, 36))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(cord)
    way = QPainterPath(QPointF(226, 60))
    way.lineTo(QPointF(184, 60))
    _arrow(painter, way, QPointF(184, 60), QPointF(226, 60))


def _power(painter: QPainter) -> None:
    """Paint the sign of a switch, and a finger's arrow at it."""
    c = theme().colours
    _lid(painter, is_open=False)
    painter.setBrush(brush(c.surface))
    painter.setPen(_pen(c.ink))
    painter.drawEllipse(QPointF(232, 66), 34, 34)
    painter.setPen(_pen(c.warnicon, 6))
    painter.drawArc(QRectF(216, 50, 32, 32), 120 * 16, 300 * 16)
    painter.drawLine(QPointF(232, 44), QPointF(232, 64))


def _beside(icon: str) -> Callable[[QPainter], None]:
    """Return what paints a shut printer and a sign beside it."""

    def paint(painter: QPainter) -> None:
        _lid(painter, is_open=False)
        draw_icon(painter, icon, theme().colours.ink, QRect(200, 34, 68, 68))

    return paint


def _fine(painter: QPainter) -> None:
    """Paint a slip on its way out."""
    _paper_end(painter)
    draw_icon(
        painter, "check-circle", theme().colours.primaryink, QRect(204, 38, 60, 60)
    )


_DRAWN: dict[TroublePicture, Callable[[QPainter], None]] = {
    TroublePicture.PAPER: _paper,
    TroublePicture.COVER: _cover,
    TroublePicture.CABLE: _cable,
    TroublePicture.POWER: _power,
    TroublePicture.TAKEN: _beside("monitor"),
    TroublePicture.RIGHTS: _beside("lock-key"),
    TroublePicture.NONE: _fine,
}
