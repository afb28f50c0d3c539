"""Corrects a wrong tender: the sale stays, a new document says how it was paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.dialog import Dialog, DialogText
from ui.theme.fonts import font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind


@dataclass(frozen=True, slots=True)
class TakenTender:
    """A tender of the finished sale: its id, name and amount in words."""

    tender_id: str
    name: str
    amount: str


@dataclass(frozen=True, slots=True)
class OfferedTender:
    """A tender it may really have been."""

    key: str
    name: str
    icon: str = ""
    asks_reference: bool = False


class TenderCorrectionDialog(Dialog):
    """Which tender was wrong, and what it really was."""

    corrected = Signal(str, str, str)
    """Id of the wrong tender, key of the right one, its reference."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "tenderCorrectionDialog", "swap", width=720)
        self._taken: TakenTender | None = None
        self._offer: OfferedTender | None = None
        self._taken_keys: dict[str, ActionButton] = {}
        self._offer_keys: dict[str, ActionButton] = {}
        self._takens: tuple[TakenTender, ...] = ()
        self._offers: tuple[OfferedTender, ...] = ()
        self._taken_grid, self._offer_grid = QGridLayout(), QGridLayout()
        self.was, self.right = (
            DialogText("wasLabel", "cap", "dim"),
            DialogText("rightLabel", "cap", "dim"),
        )
        self.reference = QLineEdit()
        self.reference.setObjectName("correctionReference")
        self.reference.setMaxLength(40)
        face = ButtonFace(icon="check", kind=Kind.PRIMARY, arrangement=Arrangement.ROW)
        self.confirm = ActionButton("correctionConfirm", face)
        self.confirm.set_size(68)
        self._lay_out()

    def _lay_out(self) -> None:
        self.body.addWidget(self.was)
        self.body.addLayout(self._taken_grid)
        self.body.addWidget(self.right)
        self.body.addLayout(self._offer_grid)
        self.body.addWidget(self.reference)
        self.key_row.addWidget(self.confirm)
        self.confirm.clicked.connect(self._on_confirm)
        self.reference.textChanged.connect(self._show_confirm)

    def ask(
        self,
        number: str,
        taken: Sequence[TakenTender],
        offers: Sequence[OfferedTender],
    ) -> None:
        """Open for a slip; the only tender of a sale is chosen already."""
        self._takens, self._offers = tuple(taken), tuple(offers)
        self._taken = self._takens[0] if len(self._takens) == 1 else None
        self._offer = None
        self.title.setText(_("How was slip {number} really paid?", number=number))
        self.was.setText(_("Booked as"))
        self.right.setText(_("Really paid by"))
        self.reference.setPlaceholderText(_("Last four digits or voucher number"))
        self.reference.setAccessibleName(_("Last four digits or voucher number"))
        self.reference.clear()
        rows = [(x.tender_id, x.name, x.amount, "") for x in self._takens]
        self._taken_keys = self._fill(self._taken_grid, self._taken_keys, rows)
        rows = [(x.key, x.name, "", x.icon) for x in self._offers]
        self._offer_keys = self._fill(self._offer_grid, self._offer_keys, rows)
        self._show()
        self.open()

    def taken_key(self, tender_id: str) -> ActionButton:
        """Return the button of a tender that was booked."""
        return self._taken_keys[tender_id]

    def offer_key(self, key: str) -> ActionButton:
        """Return the button of a tender on offer."""
        return self._offer_keys[key]

    def _fill(
        self,
        grid: QGridLayout,
        old: dict[str, ActionButton],
        rows: Sequence[tuple[str, str, str, str]],
    ) -> dict[str, ActionButton]:
        for button in old.values():
            button.deleteLater()
        made = {}
        for index, (key, name, amount, icon) in enumerate(rows):
            face = ButtonFace(name, amount, icon, arrangement=Arrangement.ROW)
            button = ActionButton(f"tender-{key}", face)
            button.setProperty("tender", key)
            button.set_size(60)
            button.clicked.connect(self._on_key)
            grid.addWidget(button, index // 3, index % 3)
            made[key] = button
        return made

    def _on_key(self) -> None:
        sender = self.sender()
        assert isinstance(sender, ActionButton)
        key = str(sender.property("tender"))
        if sender in self._taken_keys.values():
            self._taken = next(x for x in self._takens if x.tender_id == key)
        else:
            self._offer = next(x for x in self._offers if x.key == key)
        self._show()

    def _show(self) -> None:
        for key, button in self._taken_keys.items():
            button.set_selected(
                self._taken is not None and key == self._taken.tender_id
            )
        for key, button in self._offer_keys.items():
            button.set_selected(self._offer is not None and key == self._offer.key)
        asks = self._offer is not None and self._offer.asks_reference
        self.reference.setVisible(asks)
        self._show_confirm()

    def _show_confirm(self) -> None:
        if self._taken is None or self._offer is None:
            self.confirm.retitle(_("Correct the payment"))
            reason = _("Choose what it really was")
            if self._taken is None:
                reason = _("Choose what is booked wrongly")
            self.confirm.set_available(is_available=False, reason=reason)
            return
        self.confirm.retitle(
            _("Correct to {name} {amount}").format(
                name=self._offer.name, amount=self._taken.amount
            )
        )
        is_ready = not self._offer.asks_reference or bool(self.reference.text().strip())
        self.confirm.set_available(is_ready, _("Type the reference"))

    def _on_confirm(self) -> None:
        assert self._taken is not None
        assert self._offer is not None
        asks = self._offer.asks_reference
        reference = self.reference.text().strip() if asks else ""
        self.hide()
        self.corrected.emit(self._taken.tender_id, self._offer.key, reference)

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        super().take_sizes()
        for grid in (self._taken_grid, self._offer_grid):
            grid.setSpacing(theme().px(8))
        self.reference.setFont(font(theme(), "body"))
