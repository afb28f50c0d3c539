"""A large card to choose by: icon, title, what it means; one of several is chosen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.theme.fonts import BOLD, REGULAR, font, metrics
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import Box, draw_box, draw_icon, draw_text, fill_round
from ui.widgets.ringed_button import RingedButton
from ui.widgets.text_fit import fit_label


class ChoiceCard(RingedButton):
    """Icon tile left, title and explanation right of it."""

    def __init__(self, object_name: str, icon: str, height: float = 88) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.icon_name, self._height = icon, height
        self._detail = ""
        self._is_chosen = False
        theme_host().changed.connect(self.updateGeometry)

    @property
    def is_chosen(self) -> bool:
        """Tell whether it is shown as chosen."""
        return self._is_chosen

    @property
    def detail(self) -> str:
        """The explanation on show."""
        return self._detail

    def show_choice(self, title: str, detail: str, *, is_chosen: bool = False) -> None:
        """Show other words, chosen or not."""
        self.setText(title)
        self._detail, self._is_chosen = detail, is_chosen
        self.setAccessibleName(f"{title}. {detail}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return the height the design gives it."""
        return QSize(theme().px(280), theme().px(self._height))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(theme().px(160), theme().px(self._height))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            fill, border, width = c.surface, c.line, 1
            if self._is_chosen:
                fill, border, width = c.sel, c.primary, now.px(2)
            if self.isDown():
                fill = c.keydown
            draw_box(
                painter,
                self.rect(),
                Box(fill, border, border, now.radius("card"), width, width),
            )
            edge, left = now.px(52), now.px(18)
            if self.icon_name:
                tile = QRect(left, (self.height() - edge) // 2, edge, edge)
                fill_round(painter, tile, now.radius("card"), c.primarysoft)
                pad = now.px(13)
                inner = tile.adjusted(pad, pad, -pad, -pad)
                draw_icon(painter, self.icon_name, c.primaryink, inner)
                left += edge + now.px(18)
            right = now.px(46 if self._is_chosen else 14)
            area = QRect(left, 0, self.width() - left - right, self.height())
            self._paint_words(painter, area)
            if self._is_chosen:
                size = now.px(24)
                mark = QRect(self.width() - size - now.px(16), 0, size, self.height())
                draw_icon(painter, "check-circle-fill", c.primary, mark)

    def _paint_words(self, painter: QPainter, area: QRect) -> None:
        now, c = theme(), theme().colours
        pixels = font(now, "name").pixelSize()
        room = (area.width(), area.width(), area.height())
        title = fit_label(now, self.text(), pixels, BOLD, room)
        plain = font(now, "cap", REGULAR)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        flags = wrap | Qt.AlignmentFlag.AlignTop
        below = metrics(plain).boundingRect(area, flags, self._detail).height()
        below = below if self._detail else 0
        above = title.height
        top = area.y() + (area.height() - above - below) // 2
        line = above // len(title.lines)
        for index, words in enumerate(title.lines):
            row = QRect(area.x(), top + index * line, area.width(), line)
            draw_text(painter, row, words, (title.font, c.ink))
        painter.setFont(plain)
        painter.setPen(c.ink2)
        rest = QRect(area.x(), top + above, area.width(), below + now.px(2))
        painter.drawText(rest, flags, self._detail)

    @override
    def ring_radius(self) -> int:
        """Return the radius of what is painted."""
        return theme().radius("card")
