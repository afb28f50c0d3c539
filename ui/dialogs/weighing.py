"""Goods on the scale: the weight large, containers, and the key that takes it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.dialog import Dialog, DialogText
from ui.presenters.frame_state import Tone
from ui.presenters.pad_key import PadKey
from ui.presenters.weighing_state import WeighingView
from ui.widgets.action_button import ActionButton
from ui.widgets.amount_display import AmountDisplay, AmountFace
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.button_grid import ButtonGrid, GridButton

_COLOURS = {Tone.GOOD: "good", Tone.WARN: "danger", Tone.BAD: "danger"}


class WeighingDialog(Dialog):
    """Stands over the ticket; shows what the scale says a few times a second."""

    take_pressed = Signal()
    """Sell what lies there."""
    tare_pressed = Signal(str)
    """A container's key."""
    type_pressed = Signal()
    """The weight is typed instead."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "weighingDialog", "scales", width=660)
        self.weight = AmountDisplay("weighingWeight")
        self.said = DialogText("weighingSaid", "label")
        self.tares = ButtonGrid("weighingTares", columns=4, height=52)
        row = Arrangement.ROW
        self.type_key = ActionButton(
            "weighingType", ButtonFace(icon="keyboard", arrangement=row)
        )
        face = ButtonFace(
            icon="check", kind=Kind.PRIMARY, arrangement=row, hint="Enter"
        )
        self.take = ActionButton("weighingTake", face)
        for key in (self.type_key, self.take):
            key.set_size(68)
        self.body.addWidget(self.weight)
        self.body.addWidget(self.said)
        self.body.addWidget(self.tares)
        self.key_row.addWidget(self.type_key, 2)
        self.key_row.addWidget(self.take, 3)
        self.take.clicked.connect(self.take_pressed)
        self.tares.pressed.connect(self.tare_pressed)
        self.type_key.clicked.connect(self._on_type)

    def show_view(self, view: WeighingView) -> None:
        """Show what the scale says now."""
        self.title.setText(view.title)
        tare = _("tare {weight}", weight=view.tare) if view.tare else ""
        self.weight.show_amount(
            AmountFace(
                label=view.price,
                amount=f"{view.weight} {view.unit}",
                note=tare,
                extra="",
                saved=view.total,
            )
        )
        self._say(view.said, _COLOURS.get(view.tone, ""))
        self.tares.show_buttons(
            tuple(
                GridButton(x.key, ButtonFace(x.words), is_selected=x.is_chosen)
                for x in view.tares
            )
        )
        self.type_key.retitle(_("Type the weight"))
        self.take.retitle(view.take, view.total)
        self.take.set_available(view.can_take)

    def _say(self, words: str, colour: str) -> None:
        if self.said.property("tone") != colour:
            self.said.setProperty("tone", colour)
            self.said.style().unpolish(self.said)
            self.said.style().polish(self.said)
        self.said.setText(words)

    def _on_type(self) -> None:
        self.hide()
        self.type_pressed.emit()

    @override
    def press(self, key: str) -> None:
        """Take Enter of the pad; its digits say nothing to a scale."""
        if key == PadKey.ENTER:
            self._on_enter()

    def _on_enter(self) -> None:
        if self.take.isEnabled():
            self.take_pressed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
            return
        super().keyPressEvent(event)
