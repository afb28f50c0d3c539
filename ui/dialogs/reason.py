"""Asks why, with the shop's reasons to tap; a tap is the answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.i18n import _
from ui.dialogs.dialog import Dialog, DialogText
from ui.widgets.button_face import ButtonFace
from ui.widgets.button_grid import ButtonGrid, GridButton


class ReasonDialog(Dialog):
    """One question, one tap."""

    chosen = Signal(str)
    """The key of the reason."""

    def __init__(self, window: QWidget, name: str, icon: str) -> None:
        super().__init__(window, name, icon, width=640)
        self.what = DialogText("reasonWhat")
        self.label = DialogText("reasonLabel", "cap", "dim")
        self.reasons = ButtonGrid("reason", columns=2, height=60)
        for part in (self.what, self.label, self.reasons):
            self.body.addWidget(part)
        self.reasons.pressed.connect(self._on_reason)

    def ask(
        self,
        title: str,
        what: str,
        reasons: Sequence[tuple[str, str]],
        label: str = "",
    ) -> None:
        """Open with the reasons of the shop.

        Args:
            title: the question.
            what: what will happen.
            reasons: (key, words) in order.
            label: above them; "" for that a reason is required.
        """
        self.title.setText(title)
        self.what.setText(what)
        self.label.setText(label or _("Reason (required)"))
        self.reasons.set_columns(2 if len(reasons) <= 4 else 3)
        self.reasons.show_buttons(
            tuple(GridButton(key, ButtonFace(words)) for key, words in reasons)
        )
        self.open()

    def _on_reason(self, key: str) -> None:
        self.hide()
        self.chosen.emit(key)
