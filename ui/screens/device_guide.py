"""The questions of the guided test page, one at a time; choices below each other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.device_guide import GuideView
from ui.screens.settings_fields import Note
from ui.screens.settings_page import scrolled
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind


class DeviceGuideView(QWidget):
    """What is asked, what can be answered, and the key that goes on."""

    chosen = Signal(str)
    """An answer was pressed; its value."""
    next_pressed = Signal()
    """The question is answered."""

    def __init__(self) -> None:
        super().__init__()
        self.step, self.text = Note("guideStep"), Note("guideText")
        self._keys: list[ActionButton] = []
        self._form = QVBoxLayout()
        face = ButtonFace(kind=Kind.PRIMARY, arrangement=Arrangement.ROW)
        self.next = ActionButton("guideNext", face)
        self.next.clicked.connect(self.next_pressed)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addWidget(self.step)
        self._outer.addWidget(self.text)
        self._outer.addWidget(scrolled(self._form), 1)
        self._outer.addWidget(self.next)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_guide(self, view: GuideView) -> None:
        """Show another question, or the same with other answers."""
        self.step.setText(view.step)
        self.step.setVisible(bool(view.step))
        self.text.setText(view.text)
        self.next.retitle(view.action)
        self.next.setVisible(bool(view.action))
        while len(self._keys) > len(view.choices):
            old = self._keys.pop()
            self._form.removeWidget(old)
            old.hide()
            old.deleteLater()
        for at, (value, words) in enumerate(view.choices):
            if at == len(self._keys):
                self._add(at)
            key = self._keys[at]
            is_chosen = value in view.chosen
            key.setProperty("value", value)
            icon = "check-circle-fill" if is_chosen else ""
            row = Arrangement.ROW_LEFT
            key.set_face(ButtonFace(words, icon=icon, arrangement=row))
            key.set_selected(is_chosen)

    def _add(self, at: int) -> None:
        made = ActionButton(f"guideChoice_{at}", ButtonFace())
        made.set_size(52)
        made.clicked.connect(self._on_choice)
        self._form.insertWidget(at, made)
        self._keys.append(made)

    def _on_choice(self) -> None:
        sender = self.sender()
        assert isinstance(sender, ActionButton)
        self.chosen.emit(str(sender.property("value")))

    def _take_sizes(self) -> None:
        now = theme()
        self._outer.setSpacing(now.px(8))
        self._form.setSpacing(now.px(6))
        self.text.setFont(font(now, "body"))
