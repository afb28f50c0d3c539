"""The keys below the ticket: what can be done to the selected line."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos_app.i18n import _
from ui.presenters.sale_state import SaleState
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace, Kind

_NAMES = (
    "lineMinus",
    "lineQuantity",
    "linePlus",
    "linePrice",
    "lineDiscount",
    "lineDelete",
    "lineWhy",
)


class LineKeys(QObject):
    """Seven keys in a row; a key that means nothing for the line is grey."""

    stepped = Signal(int)
    """−1 or +1 for the selected line."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_unknown = False
        self._locked: frozenset[str] = frozenset()
        self.all = tuple(
            ActionButton(name, face)
            for name, face in zip(_NAMES, self._faces(), strict=True)
        )
        self.minus, self.count, self.plus = self.all[:3]
        self.price, self.discount, self.delete, self.why = self.all[3:]
        self.minus.clicked.connect(self._on_minus)
        self.plus.clicked.connect(self._on_plus)

    def show_for(self, state: SaleState) -> None:
        """Offer what applies to the selected line."""
        is_line = state.can_change_line
        for button in (self.minus, self.count, self.plus):
            button.set_available(is_line and state.can_change_quantity)
        at = state.selected_index
        line = state.lines[at] if 0 <= at < len(state.lines) else None
        is_unknown = line is not None and line.is_unknown
        # What comes back is worth what was paid for it, whatever anybody types.
        is_returned = line is not None and line.is_returned
        for button in (self.price, self.discount):
            button.set_available(is_line and not is_unknown and not is_returned)
        self.delete.set_available(is_line)
        self.why.set_available(is_line and not is_returned)
        shown = (is_unknown, state.locked_line_keys)
        if shown != (self._is_unknown, self._locked):
            self._is_unknown, self._locked = shown
            self.retranslate()

    def retranslate(self) -> None:
        """Read the words anew."""
        for button, face in zip(self.all, self._faces(), strict=True):
            button.set_face(face)

    def _faces(self) -> tuple[ButtonFace, ...]:
        why = ButtonFace(_("Why"), icon="question", hint="?")
        if self._is_unknown:  # a red line has no price to explain, but may be noted
            why = ButtonFace(_("Note"), icon="note-pencil")
        quiet = Kind.DANGER_QUIET
        locks = dict.fromkeys(self._locked, "lock-key")
        price, discount, delete = (
            locks.get(key, "") for key in ("price", "discount", "delete")
        )
        return (
            ButtonFace(_("−1"), icon="minus", hint="−"),
            ButtonFace(_("Qty"), icon="hash", hint="*"),
            ButtonFace(_("+1"), icon="plus", hint="+"),
            ButtonFace(
                _("New price"), icon="pencil-simple", hint="F6", trailing_icon=price
            ),
            ButtonFace(_("Discount"), icon="percent", hint="/", trailing_icon=discount),
            ButtonFace(
                _("Delete line"),
                icon="trash",
                hint="Del",
                kind=quiet,
                trailing_icon=delete,
            ),
            why,
        )

    def _on_minus(self) -> None:
        self.stepped.emit(-1)

    def _on_plus(self) -> None:
        self.stepped.emit(1)
