"""The card of an item: its fields, its units, its variants, and what is so."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n import _
from ui.presenters.item_state import ItemCardView, ItemsState
from ui.screens.item_fields import FormField, PickField, PictureBox
from ui.screens.item_unit import UnitBox
from ui.screens.settings_fields import ChoiceField, FactRows, Note
from ui.screens.settings_page import scrolled
from ui.screens.settings_switch import Switch
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.item_rows import ItemRowsList
from ui.widgets.panel import Panel
from ui.widgets.section_title import SectionTitle

_TEXTS = ("name", "variant", "spec", "sku", "brand", "tags", "cap")
_LANGUAGES = ("zh-CN", "zh-TW", "en")


class ItemCardPanel(Panel):
    """One item, whole; the fields scroll, the keys below stay."""

    typed = Signal(str, object)
    """Key of a field, and what was typed or chosen."""
    unit_pressed = Signal(str, int, str)
    """What is wanted of a unit; see `UnitBox`."""
    asked = Signal(str)
    """A key below or beside the fields: "save", "labels", "copy", "variants", "retire",
    "delete", "unit", "category", "picture", "no_picture", "mine", "theirs"."""
    opened = Signal(str)
    """Another item of the family was touched."""

    def __init__(self) -> None:
        super().__init__("itemCard", icon="package")
        self.set_closable(False)
        self.picture = PictureBox()
        self.texts = {key: FormField(key) for key in _TEXTS}
        self.names = {tag: FormField(f"name.{tag}") for tag in _LANGUAGES}
        self._tags: tuple[str, ...] = ()
        self.category, self.tax = PickField("category"), ChoiceField("tax")
        self.returnable = Switch("is_returnable")
        self.units: list[UnitBox] = []
        self.unit_title = SectionTitle("itemUnits")
        self.family_title = SectionTitle("itemFamily")
        self.facts_title = SectionTitle("itemFactsTitle")
        self.family, self.facts = ItemRowsList(), FactRows("itemFacts")
        self.family.setObjectName("itemFamilyRows")
        self.conflict = Note("itemConflict")
        self.conflict.setProperty("tone", "danger")
        self.keys = {
            key: ActionButton(f"item_{key}", ButtonFace(icon=icon, kind=kind))
            for key, icon, kind in (
                ("labels", "barcode", Kind.PLAIN),
                ("copy", "file-text", Kind.PLAIN),
                ("variants", "tree-structure", Kind.PLAIN),
                ("retire", "prohibit", Kind.PLAIN),
                ("delete", "trash", Kind.DANGER_QUIET),
                ("save", "check", Kind.PRIMARY),
            )
        }
        row = Arrangement.ROW
        self.more = {
            key: ActionButton(f"item_{key}", ButtonFace(icon=icon, arrangement=row))
            for key, icon in (
                ("picture", "tray-arrow-up"),
                ("no_picture", "trash"),
                ("unit", "plus"),
                ("mine", "arrows-merge"),
                ("theirs", "arrow-counter-clockwise"),
            )
        }
        self.form = QVBoxLayout()
        self._lay_out()
        self._connect()
        self._take_room()
        theme_host().changed.connect(self._take_room)

    # ------------------------------------------------------------------ laying out

    def _lay_out(self) -> None:
        self._lay_out_top()
        self._grid = QGridLayout()
        self._unit_boxes = QVBoxLayout()
        self.form.addLayout(self._top)
        self.form.addWidget(self.unit_title)
        self.form.addLayout(self._unit_boxes)
        self.form.addWidget(self.more["unit"])
        self.form.addLayout(self._grid)
        for widget in (self.tax, self.returnable, self.family_title, self.family):
            self.form.addWidget(widget)
        self.form.addWidget(self.facts_title)
        self.form.addWidget(self.facts)
        self._place_fields()
        self.body.addWidget(scrolled(self.form), 1)
        for name, key in self.keys.items():
            self.add_action(key, 3 if name == "save" else 2)

    def _lay_out_top(self) -> None:
        self._conflict_keys = QHBoxLayout()
        for key in ("theirs", "mine"):
            self._conflict_keys.addWidget(self.more[key], 1)
        self._clash = QWidget()
        clash = QVBoxLayout(self._clash)
        clash.setContentsMargins(0, 0, 0, 0)
        clash.addWidget(self.conflict)
        clash.addLayout(self._conflict_keys)
        self.body.addWidget(self._clash)
        self._top = QHBoxLayout()
        self._beside = QVBoxLayout()
        self._picture_keys = QHBoxLayout()
        for name in ("picture", "no_picture"):
            self.more[name].set_size(48)
            self._picture_keys.addWidget(self.more[name], 1)
        self._beside.addWidget(self.texts["name"])
        self._beside.addLayout(self._picture_keys)
        self._beside.addStretch(1)
        self._top.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        self._top.addLayout(self._beside, 1)

    def _place_fields(self) -> None:
        fields: list[QWidget] = [self.category, self.texts["sku"]]
        fields += [self.texts["variant"], self.texts["spec"]]
        fields += [self.names[tag] for tag in self._tags]
        fields += [self.texts[key] for key in ("brand", "tags", "cap")]
        top = Qt.AlignmentFlag.AlignTop
        for index, field in enumerate(fields):
            self._grid.addWidget(field, index // 2, index % 2, top)
        for column in range(2):
            self._grid.setColumnStretch(column, 1)

    def _connect(self) -> None:
        for field in (*self.texts.values(), *self.names.values()):
            field.typed.connect(self.typed)
        self.tax.changed.connect(self.typed)
        self.returnable.changed.connect(self.typed)
        self.category.pressed.connect(self._on_category)
        self.picture.pressed.connect(self._on_picture)
        self.family.opened.connect(self.opened)
        for name, key in (*self.keys.items(), *self.more.items()):
            key.setProperty("asks", name)
            key.clicked.connect(self._on_key)

    def _on_key(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.asked.emit(str(sender.property("asks")))

    def _on_category(self) -> None:
        self.asked.emit("category")

    def _on_picture(self) -> None:
        self.asked.emit("picture")

    # --------------------------------------------------------------------- showing

    def show_card(self, card: ItemCardView, state: ItemsState) -> None:
        """Show an item."""
        form, problems = card.form, card.problems
        name = form.name.strip() or _("New item")
        note = _("sold no more") if card.is_retired else ""
        note = _("not saved yet") if card.is_changed else note
        self.set_title(f"{name} {form.variant}".strip(), "package", note)
        words = {
            "name": _("Name of the goods"),
            "variant": _("Variant, such as colour / size"),
            "spec": _("Size or grade"),
            "sku": _("Item number (SKU)"),
            "brand": _("Brand"),
            "tags": _("Tags, with commas between them"),
            "cap": _("Largest discount by hand (%)"),
        }
        for key, label in words.items():
            text = getattr(form, key)
            self.texts[key].show_field(label, text, problems.get(key, ""))
        self.texts["cap"].edit.setPlaceholderText(_("Any"))
        self._show_names(card)
        self.category.show_field(
            _("Category"), card.category, problems.get("category", "")
        )
        self.tax.offer(_("Tax rate"), [(key, words, "") for key, words in card.taxes])
        self.tax.choice.show_chosen(form.tax_category)
        self.tax.show_problem(problems.get("tax", ""))
        self.returnable.retitle(_("May be returned"))
        self.returnable.setChecked(form.is_returnable)
        self.picture.show_picture(card.picture, _("Picture"))
        self._show_units(card)
        self._show_rest(card)
        self._show_keys(card, state)

    def _show_names(self, card: ItemCardView) -> None:
        labels = dict(card.languages)
        if tuple(labels) != self._tags:  # first: what has no place is a window
            self._tags = tuple(labels)
            self._place_fields()
        for tag, field in self.names.items():
            field.setVisible(tag in labels)
            text = card.form.name_in(tag)
            field.show_field(labels.get(tag, ""), text)

    def _show_units(self, card: ItemCardView) -> None:
        self.unit_title.show_title(_("Units, prices and barcodes"))
        self.more["unit"].retitle(_("Add a unit, such as a box"))
        while len(self.units) < len(card.form.units):
            box = UnitBox(len(self.units))
            box.typed.connect(self.typed)
            box.pressed.connect(self.unit_pressed)
            self._unit_boxes.addWidget(box)
            self.units.append(box)
        for index, box in enumerate(self.units):
            box.setVisible(index < len(card.form.units))
            if index < len(card.form.units):
                box.show_unit(card.form.units[index], card)

    def _show_rest(self, card: ItemCardView) -> None:
        count = len(card.family)
        self.family_title.show_title(_("Variants") if count else "")
        self.family.setVisible(count > 0)
        self.family.setAccessibleName(_("Variants"))
        self.family.setFixedHeight(theme().px(62) * min(4, max(1, count)))
        self.family.show_rows(card.family, card.form.item_id, is_searching=False)
        self.facts_title.show_title(_("What is so") if card.facts else "")
        self.facts.setVisible(bool(card.facts))
        self.facts.show_rows(card.facts)
        self._clash.setVisible(card.has_conflict)
        self.conflict.setText(
            _("Somebody else changed this item meanwhile. What you typed is kept.")
        )
        self.more["mine"].retitle(_("Keep mine over it"))
        self.more["theirs"].retitle(_("Show theirs, drop mine"))
        self.more["picture"].retitle(_("Choose a picture"))
        self.more["no_picture"].retitle(_("Take it away"))
        self.more["no_picture"].setVisible(bool(card.picture))

    def _show_keys(self, card: ItemCardView, state: ItemsState) -> None:
        lock = "lock-key" if state.is_locked else ""
        words = {
            "labels": _("Labels"),
            "copy": _("Copy"),
            "variants": _("Variants"),
            "retire": _("Bring back") if card.is_retired else _("Retire"),
            "delete": _("Delete"),
        }
        for key, title in words.items():
            self.keys[key].retitle(title)
            self.keys[key].setVisible(not card.is_new)
            self.keys[key].set_available(not state.is_working)
        face = ButtonFace(
            _("Save"),
            icon="check",
            kind=Kind.PRIMARY,
            hint="F12",
            trailing_icon=lock,
            arrangement=Arrangement.ROW,
        )
        self.keys["save"].set_face(face)
        can_save = card.is_changed or card.is_new
        self.keys["save"].set_available(can_save and not state.is_working)

    def _take_room(self) -> None:
        now = theme()
        edge = now.px(132)
        self.picture.setFixedSize(edge, edge)
        self.form.setSpacing(now.px(12))
        self._top.setSpacing(now.px(14))
        self._beside.setSpacing(now.px(8))
        self._picture_keys.setSpacing(now.px(8))
        self._grid.setHorizontalSpacing(now.px(12))
        self._grid.setVerticalSpacing(now.px(10))
        self._unit_boxes.setSpacing(now.px(10))
        self._conflict_keys.setSpacing(now.px(8))
        for key in self.more.values():
            key.set_size(48)
        for key in self.keys.values():
            key.set_size(64)
