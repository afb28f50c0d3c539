"""One end of a period: a day between keys that move it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.report_state import DayStepView
from ui.theme.fonts import SEMIBOLD, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace
from ui.widgets.drawing import CENTER, draw_text, elided

#: What the keys move the day by, and what stands on them.
_MOVES = ((-30, "−30"), (-7, "−7"), (-1, "−1"), (1, "+1"), (7, "+7"), (30, "+30"))


class DayStep(QWidget):
    """An end's name, the day, and keys for a day, a week and thirty days each way."""

    stepped = Signal(str, int)
    """The end's key ("first", "last") and days to move it by."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.setObjectName(f"dayStep-{key}")
        self._view = DayStepView(key, "", "", can_go_on=False)
        self._keys: list[tuple[int, ActionButton]] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for at, (days, words) in enumerate(_MOVES):
            if at == len(_MOVES) // 2:
                self._row.addStretch(1)
            button = ActionButton(f"step-{key}-{days}", ButtonFace(title=words))
            button.set_size(48, 56)
            button.clicked.connect(self._on_key)
            self._keys.append((days, button))
            self._row.addWidget(button)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_step(self, view: DayStepView) -> None:
        """Show another day."""
        self._view = view
        self.setAccessibleName(f"{view.title} {view.day}")
        for days, button in self._keys:
            button.setAccessibleName(
                _("{title}: {days} days", title=view.title, days=days)
            )
            button.set_available(days < 0 or view.can_go_on)
        self.update()

    def _on_key(self) -> None:
        sender = self.sender()
        for days, button in self._keys:
            if button is sender:
                self.stepped.emit(self._view.key, days)

    def _take_sizes(self) -> None:
        self._row.setSpacing(theme().px(4))
        for _days, button in self._keys:
            button.setFixedWidth(theme().px(52))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words between the keys."""
        del event
        now, c = theme(), theme().colours
        left = self._keys[2][1].geometry().right()
        right = self._keys[3][1].geometry().left()
        with QPainter(self) as painter:
            small, strong = free_font(now, 14), free_font(now, 16, SEMIBOLD)
            half = self.height() // 2
            upper = QRect(left, now.px(3), right - left, half - now.px(3))
            lower = QRect(left, half - now.px(2), right - left, half)
            draw_text(painter, upper, self._view.title, (small, c.ink2), CENTER)
            day = elided(self._view.day, strong, lower.width())
            draw_text(painter, lower, day, (strong, c.ink), CENTER)
