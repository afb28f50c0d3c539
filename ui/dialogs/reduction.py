"""Another price, or a discount: the number on the pad, the reason by a tap."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.dialog import Dialog, DialogText
from ui.presenters.pad_key import PadKey
from ui.presenters.reduction_state import ReductionKind, ReductionState
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.button_grid import ButtonGrid, GridButton
from ui.widgets.entry_line import EntryFace, EntryLine
from ui.widgets.price_change import PriceChangeCard

_ICONS = {
    ReductionKind.PRICE: "pencil-simple",
    ReductionKind.LINE: "percent",
    ReductionKind.SALE: "percent",
}
_PAD = {*"0123456789", PadKey.D00, PadKey.POINT, PadKey.BACKSPACE, PadKey.CLEAR}
#: Keys of a keyboard that mean a key of the pad.
_NAMED = {
    Qt.Key.Key_Backspace: PadKey.BACKSPACE,
    Qt.Key.Key_Delete: PadKey.CLEAR,
    Qt.Key.Key_Return: PadKey.ENTER,
    Qt.Key.Key_Enter: PadKey.ENTER,
    Qt.Key.Key_Comma: PadKey.POINT,
}
#: Keys that switch between per cent and money.
_SWITCH = {"%", "/"}


class ReductionDialog(Dialog):
    """Stands over the ticket; the pad in the pay column types into it."""

    pad_pressed = Signal(str)
    """A key of the pad; the value of its `PadKey`."""
    mode_chosen = Signal(str)
    """What the number means; its key."""
    mode_switched = Signal()
    """The other meaning of the number."""
    reason_chosen = Signal(str)
    """The key of the reason."""
    offers_wanted = Signal()
    """A promotion is to be chosen instead."""
    taken = Signal()
    """Number and reason are there: give it."""
    taken_back = Signal()
    """Take back what is given now."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "reductionDialog", "percent", width=720)
        self.card_of_change = PriceChangeCard("priceChange")
        self.modes = ButtonGrid("reductionMode", columns=2, height=52)
        self.entry = EntryLine("reductionEntry")
        self.label = DialogText("reductionLabel", "cap", "dim")
        self.reasons = ButtonGrid("reductionReason", columns=3, height=56)
        for part in (
            self.card_of_change,
            self.modes,
            self.entry,
            self.label,
            self.reasons,
        ):
            self.body.addWidget(part)
        row = Arrangement.ROW
        self.back_key = ActionButton(
            "reductionTakeBack",
            ButtonFace(icon="arrow-counter-clockwise", arrangement=row),
        )
        self.take = ActionButton(
            "reductionTake",
            ButtonFace(icon="check", kind=Kind.PRIMARY, arrangement=row, hint="Enter"),
        )
        self.offers_key = ActionButton(
            "reductionOffers", ButtonFace(icon="tag", arrangement=row)
        )
        self.key_row.addWidget(self.offers_key, 2)
        self.key_row.addWidget(self.back_key, 2)
        self.key_row.addWidget(self.take, 3)
        for key in (self.offers_key, self.back_key, self.take):
            key.set_size(64)
        self.offers_key.clicked.connect(self.offers_wanted)
        self.modes.pressed.connect(self.mode_chosen)
        self.reasons.pressed.connect(self.reason_chosen)
        self.take.clicked.connect(self._on_take)
        self.back_key.clicked.connect(self.taken_back)

    def show_state(self, state: ReductionState) -> None:
        """Show number, figures and reasons."""
        self._icon = _ICONS[state.kind]
        self.title.setText(state.title)
        self.card_of_change.show_state(state)
        self.offers_key.setVisible(state.has_offers)
        self.offers_key.retitle(_("Choose a promotion"))
        self.modes.show_buttons(
            tuple(
                GridButton(key, ButtonFace(words), is_selected=key == state.mode)
                for key, words in state.modes
            )
        )
        self.entry.show_entry(
            EntryFace(
                state.entry_hint,
                state.entry_text,
                problem=state.problem,
                is_active=True,
            )
        )
        self.label.setText(_("Reason (required)"))
        self.reasons.show_buttons(
            tuple(
                GridButton(key, ButtonFace(words), is_selected=key == state.reason)
                for key, words in state.reasons
            )
        )
        self.back_key.setVisible(bool(state.take_back))
        self.back_key.retitle(state.take_back)
        self.take.retitle(state.take)
        self.take.set_available(not state.blocked, state.blocked)

    @override
    def press(self, key: str) -> None:
        """Take a key of the pad."""
        if key == PadKey.ENTER:
            self._on_take()
        elif key in _PAD:
            self.pad_pressed.emit(key)

    def _on_take(self) -> None:
        if self.take.isEnabled():
            self.taken.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, point, Backspace, Enter and % of a keyboard."""
        for key, pad_key in _NAMED.items():
            if event.key() == key:
                self.press(pad_key.value)
                return
        if event.text() and event.text() in "0123456789.":
            self.press(event.text())
        elif event.text() in _SWITCH:
            self.mode_switched.emit()
        else:
            super().keyPressEvent(event)
