"""The card that sets one blank: a few fields, weekdays, and the pad."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.office_form_state import FieldKind, FieldView
from ui.presenters.pad_key import PadKey
from ui.presenters.promotion_when import STEP_FIELDS
from ui.presenters.promotions_state import PromotionCard
from ui.screens.office_fields import DraftField, KeyRow, PickField
from ui.screens.settings_fields import ChoiceField, Labelled, Note
from ui.screens.settings_page import scrolled
from ui.screens.settings_switch import Switch
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace
from ui.widgets.keypad import KeyPad

_CHOOSING: dict[FieldKind, type[ChoiceField | PickField | Switch]] = {
    FieldKind.CHOICE: ChoiceField,
    FieldKind.PICK: PickField,
    FieldKind.SWITCH: Switch,
}


#: A key that is held down goes on by itself: milliseconds before, and between.
_HELD_MS, _AGAIN_MS = 400, 90


class AimedEdit(QLineEdit):
    """A text that says when it has the keyboard."""

    aimed = Signal()
    """It was tapped, or reached with Tab."""

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say so."""
        super().focusInEvent(event)
        self.aimed.emit()


class StepField(Labelled):
    """A text between a key for less and one for more."""

    edited = Signal(str, object)
    """Key and text."""
    stepped = Signal(str, int)
    """Key, and -1 or +1."""
    aimed = Signal(str)
    """Its text has the keyboard; its key."""

    def __init__(self, key: str, limit: int) -> None:
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 0, 0)
        self.edit = AimedEdit()
        self.edit.setObjectName(f"edit-{key}")
        self.edit.setMaxLength(limit)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._keys = {
            by: ActionButton(f"step-{key}{by:+d}", ButtonFace(icon=icon))
            for by, icon in ((-1, "minus"), (1, "plus"))
        }
        for by, button in self._keys.items():
            button.setProperty("by", by)
            button.set_size(48, 56)
            button.setAutoRepeat(True)
            button.setAutoRepeatDelay(_HELD_MS)
            button.setAutoRepeatInterval(_AGAIN_MS)
        row.addWidget(self._keys[-1])
        row.addWidget(self.edit, 1)
        row.addWidget(self._keys[1])
        super().__init__(key, inner)
        # Not before: what is no QObject yet is never told who was pressed.
        for button in self._keys.values():
            button.clicked.connect(self._on_step)
        self.edit.textEdited.connect(self._on_edited)
        self.edit.aimed.connect(self._on_aimed)
        self.edit.setMinimumHeight(theme().px(48))

    def show_draft(self, text: str, label: str) -> None:
        """Show the draft's text, and what it is."""
        self.retitle(label)
        self.edit.setAccessibleName(label)
        self._keys[-1].setAccessibleName(f"{label} −")
        self._keys[1].setAccessibleName(f"{label} +")
        if self.edit.text() != text:
            self.edit.setText(text)

    def _on_edited(self, text: str) -> None:
        self.edited.emit(self.key, text)

    def _on_aimed(self) -> None:
        self.aimed.emit(self.key)

    def _on_step(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.stepped.emit(self.key, int(sender.property("by")))


class DayRow(QWidget):
    """The seven days of a week, each chosen or not."""

    tapped = Signal(int)
    """A day; 1 for Monday."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("promotionDays")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._keys: list[ActionButton] = []
        for day in range(1, 8):
            key = ActionButton(f"day-{day}", ButtonFace())
            key.setProperty("day", day)
            key.set_size(52, 44)
            key.clicked.connect(self._on_day)
            self._row.addWidget(key, 1)
            self._keys.append(key)

    def show_days(self, days: Sequence[tuple[str, bool]]) -> None:
        """Show which are chosen; none at all hides the row."""
        self.setVisible(bool(days))
        self._row.setSpacing(theme().px(4))
        for key, (words, is_on) in zip(self._keys, days, strict=False):
            key.retitle(words)
            key.set_selected(is_on)

    def _on_day(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.tapped.emit(int(sender.property("day")))


class FieldsCard(QWidget):
    """Fields from top to bottom, and the pad for the one that takes numbers."""

    edited = Signal(str, object)
    """A field says something else: key and value."""
    stepped = Signal(str, int)
    """A key beside a field."""
    day_tapped = Signal(int)
    """A weekday."""
    padded = Signal(str)
    """A key of the pad, Enter too."""
    aimed = Signal(str)
    """A text has the keyboard; its key."""
    acted = Signal(str)
    """A key on the card that leads elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("promotionFields")
        self.days, self.pad = DayRow(), KeyPad("promotionPad", second=None)
        self.form = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.days)
        self._scroll = scrolled(self.form)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.pad)
        self._fields: dict[str, QWidget] = {}
        self._layout_of: tuple[object, ...] = ()
        self._key = ""
        self.days.tapped.connect(self.day_tapped)
        self.pad.pressed.connect(self.padded)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_card(self, card: PromotionCard) -> None:
        """Show a card; a new one takes the keyboard into its first text."""
        layout = tuple((x.kind.value, x.key) for x in card.fields)
        is_other = card.key != self._key
        self._key = card.key
        if layout != self._layout_of:
            self._layout_of = layout
            self._make(card.fields)
        self.days.show_days(card.days)
        self.pad.setVisible(bool(card.pad))
        for field in card.fields:
            self._show(field)
        text = self._fields.get(card.pad)
        if isinstance(text, DraftField) and (is_other or not text.edit.hasFocus()):
            text.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            if is_other:
                text.edit.selectAll()
        elif isinstance(text, StepField):
            self._show_above_pad(text)

    def _show_above_pad(self, text: StepField) -> None:
        """Move the text that the pad writes into out from below it."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self._scroll.ensureWidgetVisible(text)

    def forget(self) -> None:
        """The card is closed: the next one is another."""
        self._key = ""

    def _make(self, fields: Sequence[FieldView]) -> None:
        for old in self._fields.values():
            self.form.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._fields = {}
        assert len({x.key for x in fields}) == len(fields), "one would be forgotten"
        for field in fields:
            made = self._made(field)
            self._fields[field.key] = made
            self.form.insertWidget(self.form.count() - 1, made)

    def _made(self, field: FieldView) -> QWidget:
        if field.kind in _CHOOSING:
            made = _CHOOSING[field.kind](field.key)
            made.changed.connect(self.edited)
            return made
        if field.kind is FieldKind.KEYS:
            row = KeyRow(field.key)
            row.acted.connect(self.acted)
            return row
        if field.kind is FieldKind.NOTE:
            return Note(f"note-{field.key}")
        if field.key in STEP_FIELDS:
            step = StepField(field.key, field.limit)
            step.edited.connect(self.edited)
            step.stepped.connect(self.stepped)
            step.aimed.connect(self.aimed)
            return step
        text = DraftField(field.key, field.limit)
        text.edited.connect(self.edited)
        text.edit.setMinimumHeight(theme().px(48))
        return text

    def _show(self, field: FieldView) -> None:
        shown = self._fields[field.key]
        if isinstance(shown, DraftField):
            shown.retitle(field.label)
            shown.show_draft(field.value)
            shown.show_problem(field.problem)
        elif isinstance(shown, StepField):
            shown.show_draft(field.value, field.label)
        elif isinstance(shown, PickField):
            shown.offer(field.label, field.options, field.value)
        elif isinstance(shown, ChoiceField):
            shown.offer(field.label, [(x.key, x.words, "") for x in field.options])
            shown.choice.show_chosen(field.value)
        elif isinstance(shown, Switch):
            shown.retitle(field.label, field.detail)
            shown.setChecked(bool(field.value))
        _show_unset(shown, field)
        if isinstance(shown, Labelled):
            shown.label.setVisible(bool(field.label))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field is done with the card."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.padded.emit(PadKey.ENTER.value)
            event.accept()
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Read the words anew."""
        self.pad.retranslate()
        self.setAccessibleName(_("Promotion"))

    def _take_sizes(self) -> None:
        self.form.setSpacing(theme().px(10))


def _show_unset(shown: QWidget, field: FieldView) -> None:
    """Show what sets nothing: words that explain, and keys that lead elsewhere."""
    if isinstance(shown, KeyRow):
        shown.show_keys(field.keys)
    elif isinstance(shown, Note):
        shown.setText(field.detail)
