"""The fields of the back office's forms: drafts, keys to pick from, heads."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
from typing_extensions import override

from ui.presenters.office_form_state import OfficeKey, Option
from ui.screens.settings_fields import Labelled, TextField
from ui.theme.fonts import SEMIBOLD, font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind

#: Tenths of an em, about: of a letter, of a wide sign, of what half a column holds.
_LETTER, _WIDE, _HALF_COLUMN = 5, 11, 95
_FIRST_WIDE = "\u2e80"


class DraftField(TextField):
    """A line of text that says each letter: the draft is always what is seen."""

    edited = Signal(str, object)
    """Key and text."""

    def __init__(self, key: str, limit: int) -> None:
        super().__init__(key, limit)
        self.edit.editingFinished.disconnect(self._on_finished)
        self.edit.textEdited.connect(self._on_edited)
        self.edit.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say it as well when an input method begins with letters of its own."""
        if isinstance(event, QInputMethodEvent) and event.preeditString():
            self.edited.emit(self.key, self.edit.text())
        return super().eventFilter(watched, event)

    def _on_edited(self, text: str) -> None:
        self.edited.emit(self.key, text)

    def show_draft(self, text: str) -> None:
        """Show the draft's text; the cursor stays where it is while it is the same."""
        if self.edit.text() != text:
            self.edit.setText(text)


class PickField(Labelled):
    """One of several, as keys in two columns; a sentence has a row to itself."""

    changed = Signal(str, object)
    """Key and the chosen option's key."""

    def __init__(self, key: str) -> None:
        inner = QWidget()
        inner.setObjectName(f"pick-{key}")
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._keys: dict[str, ActionButton] = {}
        self._laid: list[tuple[str, bool]] = []
        super().__init__(key, inner)

    def offer(self, label: str, options: Sequence[Option], chosen: str) -> None:
        """Show the options and which is chosen."""
        self.retitle(label)
        laid = [(x.key, _is_sentence(x.words)) for x in options]
        if laid != self._laid:
            self._laid = laid
            self._make(options)
        for option in options:
            key = self._keys[option.key]
            icon = "check" if option.key == chosen else ""
            face = ButtonFace(
                option.words, icon=icon, kind=Kind.PLAIN, arrangement=Arrangement.ROW
            )
            key.set_face(face)
            key.setCheckable(True)
            key.setChecked(option.key == chosen)
            key.set_available(option.is_enabled or option.key == chosen)

    def _make(self, options: Sequence[Option]) -> None:
        for key in self._keys.values():
            self._grid.removeWidget(key)
            key.hide()
            key.deleteLater()
        self._keys = {}
        places = paired([is_wide for _key, is_wide in self._laid])
        for option, (row, column, span) in zip(options, places, strict=True):
            face = ButtonFace(option.words)
            key = ActionButton(f"pick-{self.key}-{option.key}", face, self.inner)
            key.setProperty("option", option.key)
            key.set_size(52)
            key.clicked.connect(self._on_clicked)
            self._grid.addWidget(key, row, column, 1, span)
            self._keys[option.key] = key
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)

    def _on_clicked(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.changed.emit(self.key, str(sender.property("option")))

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        super().take_sizes()
        self._grid.setSpacing(theme().px(6))


class KeyRow(QWidget):
    """Keys that do something at once, some beside each other."""

    acted = Signal(str)
    """A key was pressed."""

    def __init__(self, key: str, columns: int = 2) -> None:
        super().__init__()
        self.key, self._columns = key, columns
        self.setObjectName(f"keys-{key}")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._keys: dict[str, ActionButton] = {}
        theme_host().changed.connect(self._take_sizes)
        self._take_sizes()

    def show_keys(self, keys: Sequence[OfficeKey]) -> None:
        """Show keys."""
        if [x.key for x in keys] != list(self._keys):
            self._make(keys)
        for one in keys:
            kind = Kind.DANGER_QUIET if one.is_danger else Kind.PLAIN
            row = Arrangement.ROW
            face = ButtonFace(one.words, icon=one.icon, kind=kind, arrangement=row)
            self._keys[one.key].set_face(face)
            self._keys[one.key].set_available(not one.reason, one.reason)

    def _make(self, keys: Sequence[OfficeKey]) -> None:
        for old in self._keys.values():
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._keys = {}
        columns = max(1, min(self._columns, len(keys)))
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for at, one in enumerate(keys):
            made = ActionButton(f"act-{one.key}", ButtonFace(one.words), self)
            made.setProperty("act", one.key)
            made.set_size(56)
            made.clicked.connect(self._on_clicked)
            place = at % columns
            span = columns - place if at == len(keys) - 1 else 1
            self._grid.addWidget(made, at // columns, place, 1, span)
            self._keys[one.key] = made

    def _on_clicked(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.acted.emit(str(sender.property("act")))

    def _take_sizes(self) -> None:
        self._grid.setSpacing(theme().px(8))


class Head(QLabel):
    """The title of what stands below it."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.setObjectName(key)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignBottom)
        theme_host().changed.connect(self.take_sizes)
        self.take_sizes()

    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        now = theme()
        self.setFont(font(now, "body", SEMIBOLD))
        self.setContentsMargins(0, now.px(8), 0, 0)


def paired(wide: Sequence[bool]) -> list[tuple[int, int, int]]:
    """Return row, column and columns of keys: two short ones share a row.

    A short one has the row to itself where a wide one follows it, or none.
    """
    places: list[tuple[int, int, int]] = []
    row, is_second = 0, False
    for at, is_wide in enumerate(wide):
        follows = at + 1 < len(wide) and not wide[at + 1]
        if is_second:
            places.append((row, 1, 1))
        elif is_wide or not follows:
            places.append((row, 0, 2))
        else:
            places.append((row, 0, 1))
        is_second = places[-1][1:] == (0, 1)
        row += 0 if is_second else 1
    return places


def _is_sentence(words: str) -> bool:
    """Tell whether words would have to be small to stand in half a column."""
    widths = (_WIDE if sign >= _FIRST_WIDE else _LETTER for sign in words)
    return sum(widths) > _HALF_COLUMN
