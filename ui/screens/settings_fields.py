"""Fields of the settings: a text with its problem below, a choice, rows of facts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui.screens.segmented_choice import SegmentedChoice
from ui.theme.fonts import REGULAR, SEMIBOLD, font
from ui.theme.host import theme, theme_host
from ui.widgets.consent_card import wrapped
from ui.widgets.drawing import LEFT, draw_text, elided, hairline, text_width
from ui.widgets.shrunk_text import shrunk
from ui.widgets.themed import ThemedWidget

_WORDS_OF_ONE_LINE = 40  # characters


class Labelled(QWidget):
    """A label, something to set below it, and a sentence when it was refused."""

    def __init__(self, key: str, inner: QWidget) -> None:
        super().__init__()
        self.key = key
        self.inner = inner
        self.setObjectName(f"field-{key}")
        self.label = QLabel()
        self.problem = QLabel()
        self.problem.setObjectName(f"problem-{key}")
        self.problem.setProperty("tone", "danger")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.label, inner, self.problem):
            self._column.addWidget(widget)
        self.take_sizes()
        theme_host().changed.connect(self.take_sizes)

    def retitle(self, words: str) -> None:
        """Show another label."""
        self.label.setText(words)
        # A sentence takes two lines before it makes the form wider than its place.
        self.label.setWordWrap(len(words) > _WORDS_OF_ONE_LINE)
        self.inner.setAccessibleName(words)

    def show_problem(self, words: str) -> None:
        """Show why the value was refused; "" takes the sentence away."""
        self.problem.setText(f"⊘ {words}" if words else "")
        self.problem.setVisible(bool(words))
        if isinstance(self.inner, QLineEdit):
            self.inner.setProperty("problem", "true" if words else "false")
            self.inner.style().polish(self.inner)
            self.take_sizes()  # polishing brings an older font back

    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        now = theme()
        self._column.setSpacing(now.px(4))
        self.label.setFont(font(now, "cap"))
        self.problem.setFont(font(now, "cap"))


class TextField(Labelled):
    """A line of text; a keyboard's Enter, Tab or leaving the field takes it over."""

    #: Key and text, when a person changed it.
    changed = Signal(str, object)

    def __init__(self, key: str, limit: int = 200) -> None:
        self.edit = QLineEdit()
        self.edit.setObjectName(f"edit-{key}")
        self.edit.setMaxLength(limit)
        self._shown = ""
        super().__init__(key, self.edit)
        self.edit.editingFinished.connect(self._on_finished)

    def show_text(self, text: str) -> None:
        """Show the value in force, unless it is being typed over."""
        self._shown = text
        is_typing = self.edit.hasFocus() and self.edit.isModified()
        if not is_typing and self.edit.text() != text:
            self.edit.setText(text)  # the same text would lose what is selected

    def _on_finished(self) -> None:
        text = self.edit.text().strip()
        if text != self._shown:
            self._shown = text
            # From now on it shows what is in force: "500" becomes "500.00".
            self.edit.setModified(False)
            self.changed.emit(self.key, text)

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        super().take_sizes()
        self.edit.setFont(font(theme(), "body"))


class ChoiceField(Labelled):
    """One of a few."""

    #: Key and the chosen segment's key.
    changed = Signal(str, object)

    def __init__(self, key: str) -> None:
        self.choice = SegmentedChoice(f"choice-{key}")
        super().__init__(key, self.choice)
        self.choice.chosen.connect(self._on_chosen)

    def offer(self, label: str, choices: Sequence[tuple[str, str, str]]) -> None:
        """Show another label and other words."""
        self.retitle(label)
        self.choice.set_choices(choices)

    def _on_chosen(self, chosen: str) -> None:
        self.changed.emit(self.key, chosen)


#: Heights of a fact: label and value beside each other, and below each other.
_BESIDE, _STACKED, _MORE = 38, 54, 20


class FactRows(ThemedWidget):
    """Rows of what is so: a label on the left, the value in bold behind it."""

    def __init__(self, object_name: str) -> None:
        super().__init__(object_name)
        self._rows: tuple[tuple[str, str], ...] = ()

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show other facts."""
        self._rows = tuple(rows)
        self.setAccessibleName("; ".join(f"{name}: {value}" for name, value in rows))
        self.updateGeometry()
        self.update()

    @override
    def design_height(self) -> float:
        """Return 38 px for each row, as in the picture; 54 where values stand below."""
        if not self._is_stacked():
            return _BESIDE * len(self._rows)
        lines = sum(len(self._value_lines(value)[1]) for _name, value in self._rows)
        return _STACKED * len(self._rows) + _MORE * (lines - len(self._rows))

    def _value_lines(self, value: str) -> tuple[QFont, list[str]]:
        """Return the lines of a value that stands below its label, and their font."""
        strong, wide = font(theme(), "body", SEMIBOLD), self.width()
        used = shrunk(value, strong, SEMIBOLD, wide, 13)
        return used, wrapped(value, wide, used) or [""]

    def _is_stacked(self) -> bool:
        """Tell whether labels and values are too wide to stand beside each other."""
        now = theme()
        plain, strong = font(now, "body"), font(now, "body", SEMIBOLD)
        names = max((text_width(name, plain) for name, _value in self._rows), default=0)
        values = max((text_width(words, strong) for _n, words in self._rows), default=0)
        # A little is gained by smaller letters, which both may take.
        return (names + values) * 4 // 5 + now.px(20) > self.width() > 0

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that can be seen, and the hairlines between them."""
        if self._is_stacked():
            self._paint_stacked(event)
            return
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            height = now.px(_BESIDE)
            plain, strong = font(now, "body"), font(now, "body", SEMIBOLD)
            names = [text_width(name, plain) for name, _value in self._rows]
            left = min(max(names, default=0) + now.px(20), self.width() * 11 // 20)
            for index, (name, value) in enumerate(self._rows):
                row = QRect(0, index * height, self.width(), height)
                if not row.intersects(event.rect()):
                    continue
                label = shrunk(name, plain, REGULAR, left - now.px(8), 13)
                words = elided(name, label, left - now.px(8))
                draw_text(painter, row, words, (label, c.ink2), LEFT)
                room = self.width() - left
                used = shrunk(value, strong, SEMIBOLD, room, 13)
                rest = QRect(left, row.y(), room, height)
                draw_text(painter, rest, elided(value, used, room), (used, c.ink), LEFT)
                hairline(painter, QRect(0, row.bottom(), self.width(), 1), c.line)

    def _paint_stacked(self, event: QPaintEvent) -> None:
        now, c, wide, top = theme(), theme().colours, self.width(), 0
        half, more = now.px(_STACKED // 2 - 2), now.px(_MORE)
        plain = font(now, "cap")
        with QPainter(self) as painter:
            for name, value in self._rows:
                used, lines = self._value_lines(value)
                height = now.px(_STACKED) + more * (len(lines) - 1)
                row = QRect(0, top, wide, height)
                top += height
                if not row.intersects(event.rect()):
                    continue
                label = shrunk(name, plain, REGULAR, wide, 13)
                line = QRect(0, row.y() + now.px(3), wide, half)
                words = elided(name, label, wide)
                draw_text(painter, line, words, (label, c.ink2), LEFT)
                line.translate(0, half)
                for words in lines:
                    shown = elided(words, used, wide)
                    draw_text(painter, line, shown, (used, c.ink), LEFT)
                    line.translate(0, more)
                hairline(painter, QRect(0, row.bottom(), wide, 1), c.line)


class Note(QLabel):
    """A paragraph that explains; wraps."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setWordWrap(True)
        self.setProperty("tone", "dim")
        self.take_sizes()
        theme_host().changed.connect(self.take_sizes)

    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        self.setFont(font(theme(), "cap"))
