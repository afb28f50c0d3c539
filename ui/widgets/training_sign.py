"""The sign of training: the mark in the violet bar, and slips wanted on paper."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.theme.fonts import BOLD, font, free_font
from ui.theme.host import theme
from ui.widgets.drawing import draw_icon, draw_text, text_width
from ui.widgets.focus_ring import focus_came, focus_went


class TrainingSign(QObject):
    """What every top bar and every slip on the screen knows of training."""

    changed = Signal()
    """Training began or ended."""
    left = Signal()
    """Somebody wants to leave training by the bar."""
    paper_wanted = Signal(bytes)
    """Somebody wants a slip on paper; the picture that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._is_on = False

    @property
    def is_on(self) -> bool:
        """Whether the window in front is a training's."""
        return self._is_on

    def turn(self, *, is_on: bool) -> None:
        """Say whether training is in front."""
        self._is_on = is_on
        self.changed.emit()


@cache
def training_sign() -> TrainingSign:
    """Return the one of this process."""
    return TrainingSign()


class TrainingMark(QAbstractButton):
    """Cap and words in the bar; pressing it leaves training."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("trainingMark")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._short = ""
        self._is_short = False
        self.clicked.connect(training_sign().left)
        self.hide()

    def show_words(self, words: str, short: str) -> None:
        """Show other words; none at all hides the mark."""
        self.setVisible(bool(words))
        self._short = short
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(_("Leave training"))
        self.update()

    def use_short(self, *, is_short: bool) -> None:
        """Show the short words where the bar is narrow."""
        self._is_short = is_short
        self.update()

    def wide(self, *, is_short: bool) -> int:
        """Return the width with these words."""
        now = theme()
        words = self._short if is_short else self.text()
        return now.px(54) + text_width(words, free_font(now, 18, BOLD))

    @override
    def sizeHint(self) -> QSize:
        """Return the width with the words that are shown."""
        now = theme()
        return QSize(self.wide(is_short=self._is_short), now.px(now.profile.top))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint cap and words."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            edge = now.px(24)
            square = QRect(now.px(10), 0, edge, self.height())
            draw_icon(painter, "graduation-cap", c.ontrain, square)
            words = self._short if self._is_short else self.text()
            used = free_font(now, 18, BOLD)
            if text_width(words, used) > self.width() - now.px(44):
                used = font(now, "label", BOLD)
            draw_text(
                painter,
                self.rect().adjusted(now.px(42), 0, 0, 0),
                words,
                (used, c.ontrain),
            )

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring when the keyboard came here."""
        super().focusInEvent(event)
        focus_came(
            self, event, self.rect().adjusted(4, 4, -4, -4), theme().radius("chip")
        )

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        super().focusOutEvent(event)
        focus_went(self)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Take the focus ring away with the mark."""
        super().hideEvent(event)
        focus_went(self)
