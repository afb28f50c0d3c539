"""A category: its names, colour, and what it stands below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from pos_app.errors import GuitaiError
from pos_app.i18n import N_, _
from pos_app.services.shelves import HUES, NAME_LIMIT
from ui.dialogs.dialog import Dialog, DialogText
from ui.messages import explain
from ui.presenters.shelves_state import CategoryForm
from ui.screens.segmented_choice import SegmentedChoice
from ui.screens.settings_fields import TextField
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.button_grid import ButtonGrid, GridButton

#: In the order of `LANGUAGES`.
_NAMES = (
    N_("Name in simplified Chinese"),
    N_("Name in traditional Chinese"),
    N_("Name in English"),
)
_HUES = {
    "food": N_("Food"),
    "drinks": N_("Drinks"),
    "coffee": N_("Coffee"),
    "household": N_("Household"),
    "wear": N_("Wear"),
    "services": N_("Services"),
}


class CategoryDialog(Dialog):
    """Adds or changes one category; deletes it, with a place for its items."""

    confirmed = Signal(object)
    """The form, a `CategoryForm`."""
    deleted = Signal(str)
    """It shall go; where its items go, "" where it has none."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "categoryDialog", "tree-structure", width=760)
        self.cover_all()
        self._form = CategoryForm()
        self._places: tuple[tuple[str, str], ...] = ()
        self.names = [
            TextField(f"category{at}", NAME_LIMIT) for at in range(len(_NAMES))
        ]
        self.hue = DialogText("categoryHue", "cap", "dim")
        self.hues = SegmentedChoice("hues")
        self.below = DialogText("categoryBelow", "cap", "dim")
        self.parents = ButtonGrid("categoryParent", columns=4, height=48)
        self.note = DialogText("categoryNote", "cap", "danger")
        self.save, self.delete = (
            self._key("categorySave", "check"),
            self._key("categoryDelete", "trash"),
        )
        self._row = QHBoxLayout()
        for field in self.names:
            self._row.addWidget(field, 1)
        self.body.addLayout(self._row)
        for part in (self.hue, self.hues, self.below, self.parents, self.note):
            self.body.addWidget(part)
        self.key_row.addWidget(self.delete)
        self.key_row.addWidget(self.save)
        self.save.clicked.connect(self._on_save)
        self.delete.clicked.connect(self._on_delete)
        self.parents.pressed.connect(self._on_place)
        self._is_deleting = False

    def _key(self, name: str, icon: str) -> ActionButton:
        kind = Kind.PRIMARY if icon == "check" else Kind.DANGER
        face = ButtonFace(icon=icon, kind=kind, arrangement=Arrangement.ROW)
        key = ActionButton(name, face)
        key.set_size(60)
        return key

    def ask(self, form: CategoryForm, places: Sequence[tuple[str, str]]) -> None:
        """Open.

        Args:
            form: what it begins with.
            places: (id, name) of the other categories at the top.
        """
        self._form, self._places, self._is_deleting = form, tuple(places), False
        self.title.setText(
            _("Edit the category") if form.category_id else _("New category")
        )
        fields = zip(self.names, _NAMES, form.names, strict=True)
        for field, words, text in fields:
            field.retitle(_(words))
            field.edit.setText(text)
        self.hue.setText(_("Colour of its keys"))
        self.hues.set_choices([(key, _(_HUES[key]), "") for key in HUES])
        self.hues.show_chosen(form.hue)
        self.note.setText("")
        self.save.retitle(_("Save"))
        self.delete.retitle(_("Delete"))
        self.delete.setVisible(bool(form.category_id))
        self._show_places(form.parent_id)
        self.open()
        self.names[0].edit.setFocus()

    @property
    def form(self) -> CategoryForm:
        """The form as it stands."""
        return CategoryForm(
            self._form.category_id,
            tuple(field.edit.text() for field in self.names),
            self.hues.chosen_key,
            self._form.parent_id,
        )

    def show_problem(self, error: GuitaiError) -> None:
        """Say why it was refused; items that stand in it need a place."""
        self.note.setText(f"⊘ {explain(error).sentence}")
        if error.key == "category_has_items":
            self._is_deleting = True
            self._show_places("")
        if not self.isVisible():
            self.open()

    def _show_places(self, chosen: str) -> None:
        """Offer what it may stand below, or where its items go."""
        own = (("", _("At the top")),) if not self._is_deleting else ()
        words = _("Its items go to") if self._is_deleting else _("Stands below")
        self.below.setText(words)
        self.parents.show_buttons(
            tuple(
                GridButton(key or "top", ButtonFace(name))
                for key, name in (*own, *self._places)
            )
        )
        for key, _name in (*own, *self._places):
            is_chosen = not self._is_deleting and key == chosen
            self.parents.button(key or "top").set_selected(is_chosen)

    def _on_place(self, key: str) -> None:
        place = "" if key == "top" else key
        if self._is_deleting:
            self.deleted.emit(place)
            return
        self._form = CategoryForm(self._form.category_id, parent_id=place)
        self._show_places(place)

    def _on_save(self) -> None:
        self.confirmed.emit(self.form)

    def _on_delete(self) -> None:
        self.deleted.emit("")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_save()
            event.accept()
            return
        super().keyPressEvent(event)
