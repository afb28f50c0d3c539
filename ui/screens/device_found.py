"""What the search found: each device with what it is, and the one thing to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.devices_state import DevicesState, FoundRow
from ui.presenters.doctor_state import DoctorRow
from ui.presenters.frame_state import Tone
from ui.screens.settings_fields import Note
from ui.screens.settings_page import scrolled
from ui.widgets.doctor_row import DoctorRowWidget


class DevicesFound(QWidget):
    """Rows below a sentence; made anew with each search."""

    pressed = Signal(str)
    """A found device is to be set up; its key."""

    def __init__(self) -> None:
        super().__init__()
        self.note = Note("devicesFoundNote")
        self._rows: list[DoctorRowWidget] = []
        self._form = QVBoxLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.note)
        outer.addWidget(scrolled(self._form), 1)
        self._form.setSpacing(0)

    def show_found(self, state: DevicesState, searching: str) -> None:
        """Show what was found, or that the search is under way."""
        self.note.setText(searching if state.is_searching else state.search_note)
        rows = () if state.is_searching else state.found
        while len(self._rows) > len(rows):
            old = self._rows.pop()
            self._form.removeWidget(old)
            old.hide()
            old.deleteLater()
        for at, row in enumerate(rows):
            if at == len(self._rows):
                made = DoctorRowWidget(f"found_{at}", key_width=132)
                made.pressed.connect(self.pressed)
                self._form.insertWidget(at, made)
                self._rows.append(made)
            self._rows[at].show_row(_as_row(row), is_free=state.may_change)


def _as_row(row: FoundRow) -> DoctorRow:
    tone = Tone.WARN if row.problem else Tone.INFO
    text = "\n".join(x for x in (row.detail, row.problem) if x)
    return DoctorRow(row.key, row.title, text, tone, row.action)
