"""Voids the whole sale: a reason, then a key that is held for a second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.dialog import Dialog, DialogText
from ui.dialogs.hold_button import HoldButton
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace


@dataclass(frozen=True, slots=True)
class VoidWords:
    """What the dialog says of something else than the open sale.

    Attributes:
        title: the question. what: what is lost. key: of the held key.
    """

    title: str
    what: str
    key: str


class VoidSaleDialog(Dialog):
    """Asks why, shows what is lost, and waits for a held key."""

    confirmed = Signal(str)
    """The key of the reason."""

    def __init__(self, window: QWidget, name: str = "voidSaleDialog") -> None:
        super().__init__(window, name, "trash", width=720)
        self._reason = ""
        self._keys: dict[str, ActionButton] = {}
        self.what = DialogText("voidWhat")
        self.label = DialogText("voidLabel", "cap", "dim")
        self._grid = QGridLayout()
        self.body.addWidget(self.what)
        self.body.addWidget(self.label)
        self.body.addLayout(self._grid)
        self.void = HoldButton("voidHold")
        self.key_row.addWidget(self.void)
        self.void.held.connect(self._on_held)

    def ask(
        self,
        reasons: Sequence[tuple[str, str]],
        pieces: str,
        total: str,
        words: VoidWords | None = None,
    ) -> None:
        """Open with the reasons of the shop.

        Args:
            reasons: (key, words) in order.
            pieces: how many pieces are in the basket, in words.
            total: the basket's total, in words.
            words: for something else than the open sale.
        """
        said = words or _open_sale(pieces, total)
        self._reason = ""
        self.title.setText(said.title)
        self.what.setText(said.what)
        self.label.setText(_("Reason (required)"))
        self.void.offer(said.key)
        self.void.set_available(is_available=False, reason=_("Choose a reason"))
        self._show_reasons(reasons)
        self.open()

    def reason_key(self, key: str) -> ActionButton:
        """Return the button of a reason."""
        return self._keys[key]

    def _show_reasons(self, reasons: Sequence[tuple[str, str]]) -> None:
        for button in self._keys.values():
            button.deleteLater()
        self._keys = {}
        for index, (key, words) in enumerate(reasons):
            button = ActionButton(f"reason-{key}", ButtonFace(words))
            button.setProperty("reason", key)
            button.set_size(56)
            button.clicked.connect(self._on_reason)
            self._keys[key] = button
            self._grid.addWidget(button, index // 3, index % 3)

    def _on_reason(self) -> None:
        sender = self.sender()
        assert sender is not None
        self._reason = str(sender.property("reason"))
        for key, button in self._keys.items():
            button.set_selected(key == self._reason)
        self.void.set_available(is_available=True)

    def _on_held(self) -> None:
        if self._reason:
            self.hide()
            self.confirmed.emit(self._reason)

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        super().take_sizes()
        self._grid.setSpacing(theme().px(8))


def _open_sale(pieces: str, total: str) -> VoidWords:
    what = _("{pieces}, {total}. The void is kept in the journal.")
    return VoidWords(
        title=_("Void the whole sale?"),
        what=what.format(pieces=pieces, total=total),
        key=_("Void sale {total}", total=total),
    )
