"""Somebody else agrees to one action; the cashier stays signed on (picture 09)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.approval_card import AskedCard, BadgeStrip
from ui.dialogs.approval_column import ApprovalColumn
from ui.dialogs.dialog import Dialog, DialogText
from ui.presenters.approval_state import ApprovalState
from ui.presenters.pad_key import PadKey
from ui.widgets.button_face import ButtonFace
from ui.widgets.button_grid import ButtonGrid, GridButton

_NAMED = {
    Qt.Key.Key_Backspace: PadKey.BACKSPACE,
    Qt.Key.Key_Delete: PadKey.CLEAR,
    Qt.Key.Key_Return: PadKey.ENTER,
    Qt.Key.Key_Enter: PadKey.ENTER,
}


class ApprovalDialog(Dialog):
    """The card over ticket and goods; PIN and answer in the pay column's place."""

    approver_chosen = Signal(str)
    """A name was touched; the staff id."""
    reason_chosen = Signal(str)
    """A reason was touched; its key."""
    pad_pressed = Signal(str)
    """A key of the pad; the value of its `PadKey`."""
    agreed = Signal()
    """The approver agrees."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "approvalDialog", "shield-check", width=860)
        self.column = ApprovalColumn()
        self.stand_beside(self.column)
        self.subtitle = DialogText("approvalSubtitle", "body", "dim")
        self.title.setWordWrap(False)
        self._head.insertWidget(1, self.subtitle, 1)
        self._head.setStretch(0, 0)
        self.asked = AskedCard()
        self.reason_label = DialogText("approvalReason", "cap", "dim")
        self.reasons = ButtonGrid("approvalReasons", columns=3, height=54)
        self.strip = BadgeStrip()
        self.foot = DialogText("approvalFoot", "cap", "dim")
        for part in (
            self.asked,
            self.reason_label,
            self.reasons,
            self.strip,
            self.foot,
        ):
            self.body.addWidget(part)
        self.reasons.pressed.connect(self.reason_chosen)
        self.column.approver_chosen.connect(self.approver_chosen)
        self.column.pad_pressed.connect(self.pad_pressed)
        self.column.agreed.connect(self.agreed)
        self.column.refused.connect(self.leave)

    @override
    def open(self) -> None:
        """Show the dialog and take the keyboard."""
        self.title.setText(_("A manager must agree"))
        self.column.open()
        self.column.keypad.retranslate()
        super().open()

    def show_state(self, state: ApprovalState) -> None:
        """Show what is asked and how far the answer is."""
        self.subtitle.setText(_("The cashier stays signed on; for this once only"))
        self.asked.show_asked(state.asked)
        self.reason_label.setText(_("Reason (required)"))
        self.reason_label.setVisible(bool(state.reasons))
        self.reasons.set_columns(3 if len(state.reasons) <= 9 else 4)
        self.reasons.show_buttons(
            tuple(
                GridButton(key, ButtonFace(words), key == state.reason)
                for key, words in state.reasons
            )
        )
        if state.problem:
            self.strip.show_words(state.problem, is_bad=True)
        else:
            self.strip.show_words(
                _("Scan your badge, then type your PIN"),
                _("Or choose your name on the right; a badge alone does not approve"),
            )
        parts = (
            state.asked_by,
            _("Somebody else must approve"),
            _("Both, reason and time go into the journal"),
        )
        self.foot.setText("  ·  ".join(parts))
        self.column.show_state(state)

    @override
    def press(self, key: str) -> None:
        """Take a key of the pad."""
        self.pad_pressed.emit(key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, Backspace, Del and Enter of a keyboard."""
        named = _NAMED.get(Qt.Key(event.key()))
        text = event.text()
        if named is PadKey.ENTER:
            self.agreed.emit()
        elif named is not None:
            self.press(named.value)
        elif len(text) == 1 and text.isascii() and text.isdigit():
            self.press(text)
        else:
            super().keyPressEvent(event)
            return
        event.accept()
