"""One tab of the top bar."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from ui.presenters.frame_state import TabView
from ui.theme.fonts import BOLD, SEMIBOLD, font
from ui.theme.host import theme
from ui.widgets.drawing import CENTER, draw_icon, draw_text, fill_round, text_width
from ui.widgets.focus_ring import focus_came, focus_went


class TopBarTab(QAbstractButton):
    """One tab: icon, name, badge, and a green bar when one is there."""

    def __init__(self, view: TabView, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = view
        self.is_current = False
        self._is_named, self._is_tight = True, False
        self._is_training = False
        self.setObjectName(f"tab_{view.key}")
        self.setText(view.text)
        self.setAccessibleName(view.text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_current(self, is_current: bool) -> None:
        """Show whether one is on this tab."""
        self.is_current = is_current
        self.update()

    def set_training(self, *, is_on: bool) -> None:
        """Stand on the violet bar of training."""
        self._is_training = is_on
        self.update()

    def set_named(self, is_named: bool) -> None:
        """Show the name beside the icon, or the icon alone."""
        self._is_named = is_named
        self.updateGeometry()
        self.update()

    def set_tight(self, *, is_tight: bool) -> None:
        """Stand closer, in smaller letters, where that saves all the names."""
        self._is_tight = is_tight
        self.updateGeometry()
        self.update()

    @property
    def _role(self) -> str:
        return "cap" if self._is_tight else "body"

    def wide(self) -> int:
        """Return the width with the name."""
        now = theme()
        badge = now.px(30) if self.view.badge else 0
        name = text_width(self.view.text, font(now, self._role, SEMIBOLD))
        return now.px(44 if self._is_tight else 54) + name + badge

    def bare(self) -> int:
        """Return the width without the name."""
        return theme().px(80 if self.view.badge else 50)

    @override
    def sizeHint(self) -> QSize:
        """Return the width it needs."""
        now = theme()
        width = self.wide() if self._is_named else self.bare()
        return QSize(width, now.px(now.profile.top))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint icon, name, badge and bar."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            ink = c.primaryink if self.is_current else c.ink2
            ink = c.ontrain if self._is_training else ink
            edge = now.px(22)
            left = now.px(9 if self._is_tight and self._is_named else 14)
            draw_icon(painter, self.view.icon, ink, QRect(left, 0, edge, self.height()))
            left += edge + now.px(6)
            if self._is_named:
                used = font(now, self._role, BOLD if self.is_current else None)
                area = QRect(left, 0, self.width(), self.height())
                draw_text(painter, area, self.view.text, (used, ink))
                left += text_width(self.view.text, used) + now.px(6)
            if self.view.badge:
                edge = now.px(24)
                dot = QRect(left, (self.height() - edge) // 2, edge, edge)
                fill = c.ontrain if self._is_training else c.notice
                fill_round(painter, dot, edge / 2, fill)
                on = c.train if self._is_training else c.onnotice
                style = (font(now, "hint", BOLD), on)
                draw_text(painter, dot, self.view.badge, style, CENTER)
            if self.is_current:
                bar = QRect(
                    now.px(10),
                    self.height() - now.px(4),
                    self.width() - now.px(20),
                    now.px(4),
                )
                fill_round(
                    painter, bar, now.px(2), ink if self._is_training else c.primary
                )

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring when the keyboard came here."""
        focus_came(
            self, event, self.rect().adjusted(6, 6, -6, -6), theme().radius("chip")
        )

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        del event
        focus_went(self)
