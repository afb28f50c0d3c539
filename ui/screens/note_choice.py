"""Some of many: the notes and coins that cash keys are made of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ui.screens.segmented_choice import Segment
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host

COLUMNS = 4


class NoteChoice(QWidget):
    """A grid of notes; each is on or off, and at least one stays on."""

    changed = Signal(str, object)
    """Key of the setting, and the chosen minor units with commas between."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.setObjectName(f"notes-{key}")
        self.label = QLabel()
        self.notes: dict[str, Segment] = {}
        self._grid = QGridLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.label)
        column.addLayout(self._grid)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_notes(self, words: str, notes: Sequence[tuple[str, str, bool]]) -> None:
        """Show the notes: (minor units, words, whether it is on)."""
        self.label.setText(words)
        if [note[0] for note in notes] != list(self.notes):
            self._build(notes)
        for minor, amount, is_on in notes:
            segment = self.notes[minor]
            segment.setText(amount)
            segment.setAccessibleName(amount)
            segment.setChecked(is_on)

    def _build(self, notes: Sequence[tuple[str, str, bool]]) -> None:
        for old in self.notes.values():
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.notes = {}
        for at, (minor, amount, _is_on) in enumerate(notes):
            made = Segment(minor, amount, "", self)
            made.clicked.connect(self._on_clicked)
            self.notes[minor] = made
            self._grid.addWidget(made, at // COLUMNS, at % COLUMNS)

    def _on_clicked(self) -> None:
        chosen = [key for key, note in self.notes.items() if note.isChecked()]
        if not chosen:
            sender = self.sender()
            assert isinstance(sender, Segment)
            sender.setChecked(True)  # without any there would be no cash key
            return
        is_all = len(chosen) == len(self.notes)
        self.changed.emit(self.key, "" if is_all else ",".join(chosen))

    def _take_sizes(self) -> None:
        self.label.setFont(font(theme(), "cap"))
        self._grid.setSpacing(theme().px(6))
