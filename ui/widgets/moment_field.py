"""A day and a time of the shop: typed, or moved by keys that a finger hits."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from pos_app.i18n import _
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace

_QUARTER = 15


class MomentField(QWidget):
    """Day and time, each between a key for less and one for more."""

    changed = Signal()
    """Day or time are different."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.setObjectName(f"moment-{key}")
        self.label = QLabel()
        self.day, self.time = QLineEdit(), QLineEdit()
        self.day.setObjectName(f"day-{key}")
        self.time.setObjectName(f"time-{key}")
        self._row = QHBoxLayout()
        self._buttons: list[ActionButton] = []
        for edit, step in ((self.day, self._step_day), (self.time, self._step_time)):
            less = self._button(f"{edit.objectName()}-less", "minus", step, -1)
            more = self._button(f"{edit.objectName()}-more", "plus", step, 1)
            for widget, stretch in ((less, 0), (edit, 1), (more, 0)):
                self._row.addWidget(widget, stretch)
            edit.textEdited.connect(self._on_edited)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.label)
        self._column.addLayout(self._row)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_moment(self, words: str, day: str, clock: str) -> None:
        """Show a day ("2026-11-23") and a time ("08:00")."""
        self.label.setText(words)
        # Words inside of an f-string would not be found for translation.
        day_words, time_words = _("day"), _("time")
        self.day.setAccessibleName(f"{words}: {day_words}")
        self.time.setAccessibleName(f"{words}: {time_words}")
        names = (_("a day earlier"), _("a day later"), _("earlier"), _("later"))
        for button, name in zip(self._buttons, names, strict=True):
            button.setAccessibleName(f"{words}: {name}")
        self.day.setText(day)
        self.time.setText(clock)

    def _button(self, name: str, icon: str, step: object, by: int) -> ActionButton:
        button = ActionButton(name, ButtonFace(icon=icon))
        button.set_size(48, 48)
        assert callable(step)
        button.clicked.connect(lambda: step(by))
        self._buttons.append(button)
        return button

    def _step_day(self, by: int) -> None:
        try:
            day = date.fromisoformat(self.day.text().strip())
        except ValueError:
            return
        self.day.setText((day + timedelta(days=by)).isoformat())
        self.changed.emit()

    def _step_time(self, by: int) -> None:
        """Move by a quarter of an hour, over midnight into the next day."""
        try:
            day = date.fromisoformat(self.day.text().strip())
            clock = time.fromisoformat(self.time.text().strip())
        except ValueError:
            return
        whole = datetime.combine(day, clock) + timedelta(minutes=by * _QUARTER)
        self.day.setText(whole.date().isoformat())
        self.time.setText(whole.strftime("%H:%M"))
        self.changed.emit()

    def _on_edited(self, _text: str) -> None:
        self.changed.emit()

    def _take_sizes(self) -> None:
        now = theme()
        self._row.setSpacing(now.px(6))
        self._column.setSpacing(now.px(4))
        self.label.setFont(font(now, "cap"))
        for edit in (self.day, self.time):
            edit.setFont(font(now, "body"))
            edit.setMinimumHeight(now.px(48))
        self.time.setMaximumWidth(now.px(96))
