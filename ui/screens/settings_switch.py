"""A switch of the settings: words, what they mean, on or off."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.theme.fonts import SEMIBOLD, font, metrics
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import draw_text, elided, fill_round, hairline
from ui.widgets.ringed_button import RingedButton


class Switch(RingedButton):
    """On or off, with words and a line that explains; the whole row is the target."""

    #: Key and whether it is on now.
    changed = Signal(str, object)

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self._detail = ""
        self.setObjectName(f"switch-{key}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        theme_host().changed.connect(self.updateGeometry)

    def retitle(self, words: str, detail: str = "") -> None:
        """Show other words; without an explanation the row is a low one."""
        has_other_height = bool(self._detail) != bool(detail)
        self._detail = detail
        if has_other_height:
            self.updateGeometry()
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(detail)
        self.update()

    def _on_clicked(self) -> None:
        self.changed.emit(self.key, self.isChecked())

    @override
    def sizeHint(self) -> QSize:
        """Return the row."""
        return QSize(theme().px(240), self._height())

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least row."""
        return QSize(theme().px(160), self._height())

    def _height(self) -> int:
        """Return room for the words and two lines that explain them, if any do."""
        now = theme()
        if not self._detail:
            return now.px(48)
        small = metrics(font(now, "cap")).lineSpacing()
        return self._title_height() + 2 * small + now.px(16)

    def _title_height(self) -> int:
        return metrics(font(theme(), "body", SEMIBOLD)).lineSpacing() + theme().px(2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint words, explanation and the switch."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            track = QRect(0, 0, now.px(52), now.px(30))
            track.moveCenter(self.rect().center())
            track.moveRight(self.width() - now.px(2))
            room = track.left() - now.px(14)
            ink = c.ink if self.isEnabled() else c.disabledink
            title = font(now, "body", SEMIBOLD)
            upper = QRect(0, now.px(8), room, self._title_height())
            if not self._detail:
                upper = QRect(0, 0, room, self.height())
            draw_text(painter, upper, elided(self.text(), title, room), (title, ink))
            painter.setFont(font(now, "cap"))
            painter.setPen(c.ink2 if self.isEnabled() else c.disabledink)
            lower = QRect(0, upper.bottom() + 1, room, self.height() - upper.bottom())
            wrap = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            painter.drawText(lower, wrap | Qt.TextFlag.TextWordWrap, self._detail)
            self._paint_switch(painter, track)
            hairline(painter, QRect(0, self.height() - 1, self.width(), 1), c.line)

    def _paint_switch(self, painter: QPainter, track: QRect) -> None:
        c = theme().colours
        is_on = self.isChecked()
        fill = c.primary if is_on else c.linestrong
        fill_round(painter, track, track.height() / 2, fill)
        gap = theme().px(4)
        knob = QRect(0, 0, track.height() - 2 * gap, track.height() - 2 * gap)
        knob.moveTop(track.y() + gap)
        knob.moveLeft(track.x() + gap)
        if is_on:
            knob.moveRight(track.right() - gap)
        fill_round(
            painter, knob, knob.height() / 2, c.onprimary if is_on else c.surface
        )
