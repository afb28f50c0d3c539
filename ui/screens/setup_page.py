"""What the pages of the wizard have in common, and their fields."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.presenters.setup_state import WizardState
from ui.screens.settings_fields import TextField
from ui.theme.fonts import font, metrics
from ui.theme.host import theme, theme_host
from ui.widgets.kinetic import make_kinetic


class SetupPage(QWidget):
    """One page: shows a state, and says what somebody changed."""

    #: Key of an answer and its new value.
    changed = Signal(str, object)
    #: Something typed that is never kept: its key and the text.
    typed = Signal(str, object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"setup-{name}")
        theme_host().changed.connect(self.take_sizes)

    def show_state(self, state: WizardState) -> None:
        """Show everything anew, in the language in use."""

    def take_sizes(self) -> None:
        """Read the sizes of the theme."""


class LiveField(TextField):
    """A line of text that counts with every key: nothing waits for Enter."""

    def __init__(self, key: str, limit: int = 200, *, is_secret: bool = False) -> None:
        super().__init__(key, limit)
        if is_secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
            self.edit.setInputMethodHints(
                Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData
            )
        self.edit.textEdited.connect(self._on_edited)

    def _on_edited(self, text: str) -> None:
        self._shown = text.strip()
        self.changed.emit(self.key, text)

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme; the label is not small here."""
        super().take_sizes()
        used = font(theme(), "cap")
        self.label.setFont(used)
        # Latin and Han lines differ in height; fields beside each other must not.
        self.label.setFixedHeight(metrics(used).lineSpacing() + theme().px(4))


class FormGrid(QWidget):
    """Fields beside each other, as many in a row as fit."""

    def __init__(self, columns: int = 2) -> None:
        super().__init__()
        self._columns, self._count = columns, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def add(self, field: QWidget, span: int = 1) -> None:
        """Put a field behind the others."""
        if self._count % self._columns + span > self._columns:
            self._count += self._columns - self._count % self._columns
        row, column = divmod(self._count, self._columns)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(field, row, column, 1, span, top)
        self._count += span

    def _take_sizes(self) -> None:
        self._grid.setHorizontalSpacing(theme().px(18))
        self._grid.setVerticalSpacing(theme().px(12))


def card(layout: QVBoxLayout | QHBoxLayout) -> QFrame:
    """Return a white card around a layout."""
    made = QFrame()
    made.setProperty("card", "true")
    made.setLayout(layout)
    return made


def scrolling(inside: QWidget) -> QScrollArea:
    """Return an area that scrolls by finger when its content is too high."""
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    make_kinetic(area)
    return area
