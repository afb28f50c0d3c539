"""The screen measured again with a bank card, over the settings."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.dialog import Dialog, DialogText
from ui.screens.settings_fields import FactRows
from ui.screens.setup_measure import guessed_um, measure_rows
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.card_measure import CardMeasure

_CARD_HIGH = 400


class ScreenMeasureDialog(Dialog):
    """The frame of the card on the left, what follows from it on the right."""

    taken = Signal(int)
    """Micrometres of a pixel by the frame as it stands."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "measureDialog", "credit-card", width=940)
        self.cover_all()
        self.frame = CardMeasure()
        self.facts = FactRows("measuredFacts")
        self.what = DialogText("measureWhat")
        face = ButtonFace(kind=Kind.PRIMARY, arrangement=Arrangement.ROW, hint="Enter")
        self.take = ActionButton("measureTake", face)
        self.key_row.addStretch(1)
        self.key_row.addWidget(self.take)
        right = QVBoxLayout()
        right.addWidget(self.what)
        right.addWidget(self.facts)
        right.addStretch(1)
        self._across = QHBoxLayout()
        self._across.addWidget(self.frame, 3)
        self._across.addLayout(right, 2)
        self.body.addLayout(self._across)
        self.frame.measured.connect(self._show_facts)
        self.take.clicked.connect(self._on_take)

    def ask(self, um_per_px: int) -> None:
        """Show the frame.

        Args:
            um_per_px: as measured before, micrometres; 0 for not measured.
        """
        self.title.setText(_("Hold a bank card against the screen"))
        self.what.setText(
            _(
                "Drag the corner until the frame is as large as the card: keys and words"
                " are then measured in real millimetres."
            )
        )
        self.take.retitle(_("Take this size"))
        self.frame.show_measure(um_per_px or guessed_um())
        self._show_facts()
        self.open()
        self.frame.setFocus()

    def _show_facts(self) -> None:
        self.facts.show_rows(measure_rows(self.frame.um_per_px))

    def _on_take(self) -> None:
        um = self.frame.um_per_px
        self.hide()
        self.taken.emit(um)

    @override
    def take_sizes(self) -> None:
        """Give the frame room for the card of a fine screen."""
        super().take_sizes()
        now = theme()
        self.frame.setMinimumHeight(now.px(_CARD_HIGH))
        self._across.setSpacing(now.px(24))
        self.take.set_size(64, 260)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the size with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_take()
            return
        super().keyPressEvent(event)
