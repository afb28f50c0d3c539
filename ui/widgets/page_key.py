"""An entry of the list of pages on the left: settings, back office."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.theme.fonts import REGULAR, SEMIBOLD
from ui.theme.host import theme
from ui.widgets.drawing import draw_icon, draw_text, fill_round
from ui.widgets.ringed_button import RingedButton
from ui.widgets.text_fit import fit_label, line_height


class PageKey(RingedButton):
    """An entry of the left list; its words are its text."""

    def __init__(self, key: str, icon: str) -> None:
        super().__init__()
        self.key, self.icon_name = key, icon
        self.setObjectName(f"go-{key}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        """Return the touchable height."""
        return QSize(theme().px(120), theme().px(52))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, icon and words."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            if self.isChecked() or self.isDown():
                fill = c.keydown if self.isDown() else c.sel
                fill_round(painter, self.rect(), now.radius("button"), fill)
            ink = c.primaryink if self.isChecked() else c.ink2
            square = QRect(now.px(14), 0, now.px(21), self.height())
            draw_icon(painter, self.icon_name, ink, square)
            left = now.px(46)
            weight = SEMIBOLD if self.isChecked() else REGULAR
            room = self.width() - left - now.px(6)
            pixels, height = now.text_px("body"), self.height()
            fit = fit_label(now, self.text(), pixels, weight, (room, room, height))
            line = line_height(fit.font)
            top = (height - fit.height) // 2
            for index, words in enumerate(fit.lines):
                area = QRect(left, top + index * line, room, line)
                draw_text(painter, area, words, (fit.font, ink))
