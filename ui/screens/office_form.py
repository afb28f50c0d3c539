"""A page of list and form: rows on the left, what is open and its keys on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.office_form_state import FieldKind, FieldView, OfficeFormState
from ui.presenters.sale_state import CategoryView
from ui.screens.back_office_page import BackOfficePage
from ui.screens.office_fields import DraftField, Head, KeyRow, PickField
from ui.screens.segmented_choice import SegmentedChoice
from ui.screens.settings_fields import ChoiceField, FactRows, Labelled, Note
from ui.screens.settings_page import scrolled
from ui.screens.settings_switch import Switch
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.category_tabs import CategoryTabs
from ui.widgets.order_list import OrderList
from ui.widgets.panel import Panel

#: Kinds of fields that something is typed or chosen in, to be saved.
_SET = frozenset({FieldKind.TEXT, FieldKind.CHOICE, FieldKind.PICK, FieldKind.SWITCH})


def _key(name: str, icon: str, kind: Kind = Kind.PLAIN, hint: str = "") -> ActionButton:
    face = ButtonFace(icon=icon, kind=kind, arrangement=Arrangement.ROW, hint=hint)
    made = ActionButton(name, face)
    made.set_size(60)
    return made


class OfficeFormPage(BackOfficePage):
    """Shows one book of a part: its list, and the form of the open row."""

    view_chosen = Signal(str)
    """Another list is wanted."""
    filter_chosen = Signal(str)
    """Another part of the list is wanted."""
    row_chosen = Signal(str)
    """A row was touched."""
    added = Signal()
    """Something new is wanted."""
    moved = Signal(list)
    """The keys of the rows in their new order."""
    stepped = Signal(int)
    """The open row shall go up (-1) or down (1)."""
    edited = Signal(str, object)
    """A field and its value."""
    acted = Signal(str)
    """A key of the form."""
    saved = Signal()
    """What is typed shall hold."""
    discarded = Signal()
    """What is typed shall be forgotten."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.views = SegmentedChoice(f"{key}Views")
        self.filters = CategoryTabs("officeFilters", "officeFilter")
        self.list_card, self.form_card = Panel("officeList"), Panel("officeForm")
        for card in (self.list_card, self.form_card):
            card.set_closable(False)
        self.rows = OrderList("officeRows")
        self.list_keys = KeyRow("list")
        self.add = _key("officeAdd", "plus")
        self.up, self.down = (
            _key("officeUp", "caret-up"),
            _key("officeDown", "caret-down"),
        )
        self.discard = _key("officeDiscard", "arrow-counter-clockwise")
        self.save = _key("officeSave", "check", Kind.PRIMARY)
        self.form = QVBoxLayout()
        self.area = scrolled(self.form)
        self._fields: dict[tuple[str, str], QWidget] = {}
        self._layout_of: tuple[tuple[str, str], ...] = ()
        self._form_key, self._has_filters = "", True
        self._lay_out()
        self._connect()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _lay_out(self) -> None:
        self.list_card.body.addWidget(self.filters)
        self.list_card.body.addWidget(self.rows, 1)
        self.list_card.body.addWidget(self.list_keys)
        self.list_card.add_action(self.add, 3)
        self.list_card.add_action(self.up, 1)
        self.list_card.add_action(self.down, 1)
        self.form_card.body.addWidget(self.area, 1)
        self.form_card.add_action(self.discard, 2)
        self.form_card.add_action(self.save, 3)
        self._cards = QHBoxLayout()
        self._cards.addWidget(self.list_card, 5)
        self._cards.addWidget(self.form_card, 7)
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self.views)
        self._outer.addLayout(self._cards, 1)

    def _connect(self) -> None:
        self.views.chosen.connect(self.view_chosen)
        self.filters.tab_selected.connect(self.filter_chosen)
        self.rows.chosen_row.connect(self.row_chosen)
        self.rows.moved.connect(self.moved)
        self.list_keys.acted.connect(self.acted)
        self.add.clicked.connect(self._on_add)
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        self.save.clicked.connect(self._on_save)
        self.discard.clicked.connect(self._on_discard)

    def show_filters_elsewhere(self) -> None:
        """Leave the strip of filters out: whoever holds the page shows them."""
        self._has_filters = False

    # --------------------------------------------------------------- what to show

    @override
    def show_state(self, state: object) -> None:
        """Show list and form."""
        assert isinstance(state, OfficeFormState)
        self.views.set_choices(list(state.views))
        self.views.show_chosen(state.view)
        self._show_list(state)
        self._show_form(state)

    def _show_list(self, state: OfficeFormState) -> None:
        self.list_card.set_title(state.list_title, state.list_icon)
        self.filters.setVisible(self._has_filters and bool(state.filters))
        tabs = tuple(CategoryView(key, words) for key, words in state.filters)
        self.filters.show_tabs(tabs, state.filter)
        self.rows.setAccessibleName(state.list_title)
        self.rows.show_rows(
            state.rows,
            state.chosen,
            can_order=state.can_order and len(state.rows) > 1,
            empty=(state.list_icon, state.list_empty or _("Nothing here yet")),
        )
        self.list_keys.setVisible(bool(state.list_keys))
        self.list_keys.show_keys(state.list_keys)
        self.add.setVisible(bool(state.add_words))
        self.add.retitle(state.add_words)
        self.add.set_available(not state.is_working)
        keys = [row.key for row in state.rows]
        at = keys.index(state.chosen) if state.chosen in keys else -1
        for key, words, can_go in (
            (self.up, _("Move up"), at > 0),
            (self.down, _("Move down"), 0 <= at < len(keys) - 1),
        ):
            key.setVisible(state.can_order)
            key.setAccessibleName(words)
            key.set_available(can_go and not state.is_working)

    def _show_form(self, state: OfficeFormState) -> None:
        layout = tuple(_place(x) for x in state.fields)
        is_other = state.form_key != self._form_key
        self._form_key = state.form_key
        if layout != self._layout_of:
            self._layout_of = layout
            self._make_fields(state.fields)
        if is_other:
            self.area.verticalScrollBar().setValue(0)
        for field in state.fields:
            self._show_field(field, is_enabled=not state.is_working)
        title = state.title or state.empty
        icon = state.icon if state.fields else ""
        self.form_card.set_title(title, icon or state.icon, state.note)
        has_form = any(x.kind in _SET for x in state.fields)
        can_save = has_form and state.can_save
        self.save.setVisible(can_save)
        # What is typed on another page of the same form may be given up here, too.
        self.discard.setVisible(can_save or state.is_dirty)
        self.save.retitle(_("Add") if state.is_new else _("Save"))
        can_act = state.is_dirty and not state.is_working
        self.save.set_available(
            can_act, _("Saving") if state.is_working else "", icon="circle-notch"
        )
        self.discard.retitle(_("Discard"))
        self.discard.set_available(can_act)

    def _make_fields(self, fields: Sequence[FieldView]) -> None:
        for old in self._fields.values():
            self.form.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._fields = {}
        for field in fields:
            made = self._make(field)
            self._fields[_place(field)] = made
            self.form.insertWidget(self.form.count() - 1, made)

    def _make(self, field: FieldView) -> QWidget:
        """Make a field's widget; what can be set says so through `edited`."""
        plain = {
            FieldKind.FACTS: FactRows,
            FieldKind.HEAD: Head,
            FieldKind.NOTE: Note,
        }
        if field.kind in plain:
            return plain[field.kind](f"{field.kind.value}-{field.key}")
        if field.kind is FieldKind.KEYS:
            keys = KeyRow(field.key)
            keys.acted.connect(self.acted)
            return keys
        if field.kind is FieldKind.TEXT:
            text = DraftField(field.key, field.limit)
            text.edited.connect(self.edited)
            text.edit.returnPressed.connect(self._on_save)
            return text
        choosing: dict[FieldKind, type[ChoiceField | PickField | Switch]] = {
            FieldKind.CHOICE: ChoiceField,
            FieldKind.PICK: PickField,
            FieldKind.SWITCH: Switch,
        }
        made = choosing[field.kind](field.key)
        made.changed.connect(self.edited)
        return made

    def _show_field(self, field: FieldView, *, is_enabled: bool) -> None:
        made = self._fields[_place(field)]
        made.setEnabled(field.is_enabled and is_enabled)
        if isinstance(made, Labelled):
            made.retitle(field.label)
            _show_value(made, field)
            made.show_problem(field.problem)
        elif isinstance(made, Switch):
            made.retitle(field.label, field.detail)
            made.setChecked(bool(field.value))
        elif isinstance(made, KeyRow):
            made.show_keys(field.keys)
        elif isinstance(made, FactRows):
            made.show_rows([(x.key, x.words) for x in field.options])
        elif isinstance(made, QLabel):
            made.setText(field.label or field.detail)

    # ----------------------------------------------------------------- intents

    def _on_add(self) -> None:
        self.added.emit()

    def _on_up(self) -> None:
        self.stepped.emit(-1)

    def _on_down(self) -> None:
        self.stepped.emit(1)

    def _on_save(self) -> None:
        if self.save.isEnabled():
            self.saved.emit()

    def _on_discard(self) -> None:
        self.discarded.emit()

    def _take_sizes(self) -> None:
        now = theme()
        edge = now.px(12)
        self._outer.setContentsMargins(edge, edge, edge, edge)
        self._outer.setSpacing(now.px(10))
        self._cards.setSpacing(edge)
        self.form.setSpacing(now.px(12))


def _place(field: FieldView) -> tuple[str, str]:
    """Return what a field is known by: a number typed and its keys share a word."""
    return field.kind.value, field.key


def _show_value(made: Labelled, field: FieldView) -> None:
    """Show the value of a field that has a label."""
    if isinstance(made, DraftField):
        made.show_draft(field.value)
    elif isinstance(made, ChoiceField):
        made.offer(field.label, [(x.key, x.words, "") for x in field.options])
        made.choice.show_chosen(field.value)
    elif isinstance(made, PickField):
        made.offer(field.label, field.options, field.value)
