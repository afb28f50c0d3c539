"""What takes the basket's place: thanks at the end, a provider's code, the mark."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.presenters.customer_state import CustomerState
from ui.theme.fonts import BOLD, REGULAR, SEMIBOLD
from ui.theme.palette import qcolor
from ui.widgets.customer_part import CustomerPart, draw_fitted
from ui.widgets.drawing import CENTER, draw_icon, draw_text, fill_round, text_width

#: A code is dark on white in the dark theme too, or no telephone reads it.
_PAPER, _INK = "#FFFFFF", "#0C2127"
#: Light around a QR code, in modules (ISO/IEC 18004 section 6.3.8).
_QUIET = 4


class CustomerThanks(CustomerPart):
    """A tick, thanks, and whether money lies there to be taken."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("customerThanks", parent)

    @override
    def on_state(self, before: CustomerState) -> None:
        """Repaint when the words differ."""
        now = self.state
        shown = (now.title, now.detail, now.shop_name, now.language)
        if shown != (before.title, before.detail, before.shop_name, before.language):
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark and words in the middle."""
        del event
        look, state, c = self.look, self.state, self.look.theme.colours
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), qcolor(c.surface))
            room = self.rect().adjusted(look.px(26), 0, -look.px(26), 0)
            whole = look.px(96 + 24 + 58 + 40)
            top = (self.height() - whole) // 2
            disc = QRect(0, top, look.px(96), look.px(96))
            disc.moveLeft((self.width() - disc.width()) // 2)
            fill_round(painter, disc, disc.width() / 2, c.primarysoft)
            inset = look.px(22)
            tick = disc.adjusted(inset, inset, -inset, -inset)
            draw_icon(painter, "check", c.primaryink, tick)
            row = QRect(
                room.x(), disc.bottom() + look.px(24), room.width(), look.px(58)
            )
            title = look.shrunk(state.title, 44, BOLD, room.width() * 9 // 10)
            draw_fitted(painter, row, state.title, (title, c.ink), CENTER)
            row = QRect(room.x(), row.bottom(), room.width(), look.px(40))
            detail = look.shrunk(state.detail, 22, REGULAR, room.width())
            draw_fitted(painter, row, state.detail, (detail, c.ink2), CENTER)
            row = QRect(
                room.x(), self.height() - look.px(60), room.width(), look.px(40)
            )
            name = look.shrunk(state.shop_name, 18, SEMIBOLD, room.width())
            draw_fitted(painter, row, state.shop_name, (name, c.ink3), CENTER)


class CustomerCode(CustomerPart):
    """A payment provider's QR code, each module of whole pixels."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("customerCode", parent)

    @override
    def on_state(self, before: CustomerState) -> None:
        """Repaint when there is another code."""
        if (before.qr, before.language) != (self.state.qr, self.state.language):
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint white paper, the modules and the words below."""
        del event
        look, qr, c = self.look, self.state.qr, self.look.theme.colours
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), qcolor(c.bg))
            if qr is not None and qr.rows:
                words = look.px(96)
                edge = min(
                    self.width() - look.px(52), self.height() - words - look.px(40)
                )
                module = max(1, edge // (len(qr.rows) + 2 * _QUIET))
                paper = QRect(0, 0, *(2 * [module * (len(qr.rows) + 2 * _QUIET)]))
                paper.moveCenter(self.rect().center())
                paper.moveTop((self.height() - words - paper.height()) // 2)
                fill_round(painter, paper, look.px(16), _PAPER)
                self._paint_modules(painter, paper, module)
                room = self.rect().adjusted(look.px(20), 0, -look.px(20), 0)
                row = QRect(room.x(), paper.bottom(), room.width(), look.px(52))
                title = look.shrunk(qr.title, 24, BOLD, room.width())
                draw_fitted(painter, row, qr.title, (title, c.ink), CENTER)
                row = QRect(room.x(), row.bottom(), room.width(), look.px(34))
                detail = look.shrunk(qr.detail, 18, REGULAR, room.width())
                draw_fitted(painter, row, qr.detail, (detail, c.ink2), CENTER)

    def _paint_modules(self, painter: QPainter, paper: QRect, module: int) -> None:
        assert self.state.qr is not None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        left = paper.x() + _QUIET * module
        for y, row in enumerate(self.state.qr.rows):
            top = paper.y() + (_QUIET + y) * module
            for x, dark in enumerate(row):
                if dark == "1":
                    where = QRect(left + x * module, top, module, module)
                    painter.fillRect(where, qcolor(_INK))


class CustomerTraining(CustomerPart):
    """The strip above everything while somebody practises."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("customerTraining", parent)

    @override
    def on_state(self, before: CustomerState) -> None:
        """Repaint when the words differ."""
        if before.training != self.state.training:
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint cap and words."""
        del event
        look, c = self.look, self.look.theme.colours
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), qcolor(c.train))
            room = self.width() - look.px(80)
            used = look.shrunk(self.state.training, 18, BOLD, room)
            width = text_width(self.state.training, used)
            left = (self.width() - width - look.px(32)) // 2
            icon = QRect(left, 0, look.px(24), self.height())
            draw_icon(painter, "graduation-cap", c.ontrain, icon)
            place = QRect(icon.right() + look.px(8), 0, width, self.height())
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            draw_text(painter, place, self.state.training, (used, c.ontrain), flags)
