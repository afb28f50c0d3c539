"""The form of a device: its fields are made of what its driver says of itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.ports.devices import DriverOptionKind
from ui.presenters.devices_state import DeviceField
from ui.screens.settings_fields import ChoiceField, Labelled, TextField
from ui.screens.settings_page import scrolled
from ui.screens.settings_switch import Switch
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.column import take_out
from ui.widgets.list_box import ListBox

#: More or longer choices than these are a list, not keys beside each other.
_KEYS, _KEY_LETTERS = 3, 30
_PREFIX = "device-"


class ListField(Labelled):
    """One of many, from a list."""

    changed = Signal(str, object)
    """Key and the chosen one's key."""

    def __init__(self, key: str) -> None:
        self.box = ListBox()
        self.box.setObjectName(f"box-{key}")
        # Long choices would push the fields below the scroll bar.
        self.box.setSizeAdjustPolicy(
            ListBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(6)
        super().__init__(key, self.box)
        self.box.activated.connect(self._on_activated)

    def offer(self, choices: tuple[tuple[str, str], ...], chosen: str) -> None:
        """Show the choices and which one is in force."""
        shown = [
            (str(self.box.itemData(x)), self.box.itemText(x))
            for x in range(self.box.count())
        ]
        if shown != list(choices):
            self.box.clear()
            for key, words in choices:
                self.box.addItem(words, key)
        self.box.setCurrentIndex(self.box.findData(chosen))

    def _on_activated(self, index: int) -> None:
        self.changed.emit(self.key, str(self.box.itemData(index)))

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        super().take_sizes()
        self.box.setFont(font(theme(), "body"))


FieldWidget = TextField | ChoiceField | ListField | Switch


class DeviceForm(QWidget):
    """Fields below each other; another driver has others."""

    changed = Signal(str, object)
    """Key of a field and what was set."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, tuple[object, FieldWidget]] = {}
        self._fields = QVBoxLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(self._fields))
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_fields(self, fields: tuple[DeviceField, ...], *, may_change: bool) -> None:
        """Show what can be set, and what is in force."""
        shapes = {x.key: _shape(x) for x in fields}
        if shapes != {key: shape for key, (shape, _made) in self._made.items()}:
            self._build(fields)
        for field in fields:
            widget = self._made[field.key][1]
            _show(widget, field)
            widget.setEnabled(may_change)

    def _build(self, fields: tuple[DeviceField, ...]) -> None:
        kept = dict(self._made)
        for field in fields:
            shape, widget = kept.get(field.key, (None, None))
            if widget is None or shape != _shape(field):
                made = _widget(field)
                made.changed.connect(self._on_changed)
                kept[field.key] = (_shape(field), made)
        self._made = {x.key: kept[x.key] for x in fields}
        used = [widget for _kind, widget in self._made.values()]
        take_out(self._fields, self._fields.count() - 1, kept=used)
        for at, (_kind, widget) in enumerate(self._made.values()):
            self._fields.insertWidget(at, widget)

    def _on_changed(self, key: str, value: object) -> None:
        self.changed.emit(key.removeprefix(_PREFIX), value)

    def _take_sizes(self) -> None:
        self._fields.setSpacing(theme().px(12))


def _shape(field: DeviceField) -> object:
    """Return what a field's widget depends on; other words are only shown."""
    if field.kind is not DriverOptionKind.CHOICE:
        return field.kind
    return field.kind, _is_keys(field)


def _is_keys(field: DeviceField) -> bool:
    letters = sum(len(words) for _key, words in field.choices)
    return 0 < len(field.choices) <= _KEYS and letters <= _KEY_LETTERS


def _widget(field: DeviceField) -> FieldWidget:
    key = _PREFIX + field.key
    if field.kind is DriverOptionKind.SWITCH:
        return Switch(key)
    if field.kind is DriverOptionKind.CHOICE:
        return ChoiceField(key) if _is_keys(field) else ListField(key)
    return TextField(key)


def _show(widget: FieldWidget, field: DeviceField) -> None:
    if isinstance(widget, Switch):
        widget.retitle(field.label, field.hint)
        widget.setChecked(bool(field.value))
        return
    if isinstance(widget, ChoiceField):
        widget.offer(field.label, [(key, words, "") for key, words in field.choices])
        widget.choice.show_chosen(str(field.value))
    elif isinstance(widget, ListField):
        widget.retitle(field.label)
        widget.offer(field.choices, str(field.value))
    else:
        widget.retitle(field.label)
        widget.show_text(str(field.value))
        widget.edit.setPlaceholderText(field.hint)
    widget.show_problem(field.problem)
