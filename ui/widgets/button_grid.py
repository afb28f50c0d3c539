"""A grid of buttons made from a tuple: tenders, providers, cash keys."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace


@dataclass(frozen=True, slots=True)
class GridButton:
    """One button of a grid.

    Attributes:
        key: what `pressed` says. face: what it shows.
        is_selected, is_available: its state. reason: shown when unavailable.
    """

    key: str
    face: ButtonFace
    is_selected: bool = False
    is_available: bool = True
    reason: str = ""


class ButtonGrid(QWidget):
    """Keeps its buttons while the keys stay the same, so that no press is lost."""

    pressed = Signal(str)
    """A button was pressed; its key."""

    def __init__(self, object_name: str, *, columns: int, height: float) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._columns, self._height = columns, height
        self._buttons: dict[str, ActionButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_buttons(self, buttons: tuple[GridButton, ...]) -> None:
        """Show these buttons; hides itself when there are none."""
        self.setVisible(bool(buttons))
        if [one.key for one in buttons] != list(self._buttons):
            self._build(buttons)
        for one in buttons:
            button = self._buttons[one.key]
            button.set_face(one.face)
            button.set_selected(one.is_selected)
            button.set_available(one.is_available, one.reason)

    def set_height(self, height: float) -> None:
        """Make the buttons of another height, 1366x768 pixels."""
        if height != self._height:
            self._height = height
            self._take_sizes()

    def set_columns(self, columns: int) -> None:
        """Lay the buttons out in another number of columns."""
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for number, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, number // columns, number % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    def button(self, key: str) -> ActionButton:
        """Return the button of a key."""
        return self._buttons[key]

    def _build(self, buttons: tuple[GridButton, ...]) -> None:
        for old in self._buttons.values():
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = {}
        for number, one in enumerate(buttons):
            button = ActionButton(f"{self.objectName()}_{one.key}", one.face, self)
            button.setProperty("key", one.key)
            button.clicked.connect(self._on_clicked)
            self._buttons[one.key] = button
            self._grid.addWidget(
                button, number // self._columns, number % self._columns
            )
            button.show()
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 1)
        self._take_sizes()

    def _on_clicked(self) -> None:
        sender = self.sender()
        assert isinstance(sender, ActionButton)
        key = str(sender.property("key"))
        # Only the presenter decides what is selected: undo Qt's own toggle.
        if sender.isCheckable():
            sender.setChecked(True)
        self.pressed.emit(key)

    def _take_sizes(self) -> None:
        now = theme()
        self._grid.setHorizontalSpacing(now.px(8))
        self._grid.setVerticalSpacing(now.px(4))
        for button in self._buttons.values():
            button.set_size(self._height, below=4)
