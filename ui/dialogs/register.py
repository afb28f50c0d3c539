"""Goods that nobody knows: name, price, tax and category, and they are sold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from pos_app.services.new_item import ShortForm
from ui.dialogs.dialog import Dialog, DialogText
from ui.format import grouped_code
from ui.presenters.pad_key import PadKey
from ui.screens.item_fields import FormField, PickField
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.button_grid import ButtonGrid, GridButton


class RegisterDialog(Dialog):
    """Stands over the ticket; the pad types the price, scanning goes on."""

    typed = Signal(str, object)
    """Key ("name", "price", "tax_category") and what was typed or chosen."""
    category_pressed = Signal()
    """The list of categories is wanted."""
    taken = Signal()
    """Register the goods and sell them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "registerDialog", "note-pencil", width=640)
        self.what = DialogText("registerWhat")
        self.name, self.price = FormField("register_name"), FormField("register_price")
        self.category = PickField("register")
        self.tax_head = DialogText("registerTaxHead", "cap")
        self.tax = ButtonGrid("registerTax", columns=2, height=52)
        face = ButtonFace(
            icon="check", kind=Kind.PRIMARY, arrangement=Arrangement.ROW, hint="Enter"
        )
        self.take = ActionButton("registerTake", face)
        self.take.set_size(68)
        self._pair = QHBoxLayout()
        top = Qt.AlignmentFlag.AlignTop
        self._pair.addWidget(self.price, 1, top)
        self._pair.addWidget(self.category, 1, top)
        self.body.addWidget(self.what)
        self.body.addWidget(self.name)
        self.body.addLayout(self._pair)
        self.body.addWidget(self.tax_head)
        self.body.addWidget(self.tax)
        self.key_row.addWidget(self.take)
        self.take.clicked.connect(self._on_take)
        self.category.pressed.connect(self.category_pressed)
        for key, field in (("name", self.name), ("price", self.price)):
            field.edit.setProperty("key", key)
            field.edit.textEdited.connect(self._on_typed)
            field.edit.returnPressed.connect(self._on_take)
        self.tax.pressed.connect(self._on_tax)

    def ask(self) -> None:
        """Open; the keyboard is in the name."""
        self.open()
        self.name.edit.setFocus()

    def show_form(
        self,
        form: ShortForm,
        taxes: Sequence[tuple[str, str]],
        words: tuple[str, str, bool],
        problems: dict[str, str],
    ) -> None:
        """Show what is typed.

        Args:
            form: the texts.
            taxes: (key, words) of the tax rates.
            words: of the category, of the currency, and whether somebody must agree.
            problems: field -> why it was refused.
        """
        category, symbol, is_locked = words
        self.title.setText(_("Register and sell"))
        self.what.setText(
            _("{code} becomes an item of the shop.", code=grouped_code(form.code))
        )
        self.name.show_field(
            _("Name of the goods"), form.name, problems.get("name", "")
        )
        label = _("Price ({symbol})", symbol=symbol)
        self.price.show_field(label, form.price, problems.get("unit0.price", ""))
        self.category.show_field(_("Category"), category, problems.get("category", ""))
        self.tax_head.setText(_("Tax rate"))
        chosen = form.tax_category
        self.tax.show_buttons(
            tuple(
                GridButton(key, ButtonFace(said), is_selected=key == chosen)
                for key, said in taxes
            )
        )
        self.take.set_face(
            ButtonFace(
                _("Register and sell"),
                icon="check",
                kind=Kind.PRIMARY,
                arrangement=Arrangement.ROW,
                hint="Enter",
                trailing_icon="lock-key" if is_locked else "",
            )
        )
        self.take.set_available(bool(form.name.strip() and form.price.strip()))

    @override
    def press(self, key: str) -> None:
        """Type the price on the pad."""
        text = self.price.edit.text()
        if key == PadKey.ENTER:
            self._on_take()
            return
        if key == PadKey.BACKSPACE:
            text = text[:-1]
        elif key == PadKey.CLEAR:
            text = ""
        elif key in {*"0123456789", PadKey.D00, PadKey.POINT}:
            text += key
        self.typed.emit("price", text)

    def _on_typed(self, text: str) -> None:
        sender = self.sender()
        assert sender is not None
        self.typed.emit(str(sender.property("key")), text)

    def _on_tax(self, key: str) -> None:
        self.typed.emit("tax_category", key)

    def _on_take(self) -> None:
        if self.take.isEnabled():
            self.taken.emit()

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        super().take_sizes()
        self._pair.setSpacing(theme().px(12))
