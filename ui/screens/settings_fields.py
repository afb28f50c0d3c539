"""Fields of the settings: a text with its problem below, a switch, rows of facts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.screens.segmented_choice import SegmentedChoice
from ui.theme.fonts import REGULAR, SEMIBOLD, font, metrics
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import (
    LEFT,
    draw_text,
    elided,
    fill_round,
    hairline,
    text_width,
)
from ui.widgets.focus_ring import focus_came, focus_went
from ui.widgets.shrunk_text import shrunk
from ui.widgets.themed import ThemedWidget


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
        self.inner.setAccessibleName(words)

    def show_problem(self, words: str) -> None:
        """Show why the value was refused; "" takes the sentence away."""
        self.problem.setText(f"⊘ {words}" if words else "")
        self.problem.setVisible(bool(words))
        if isinstance(self.inner, QLineEdit):
            self.inner.setProperty("problem", "true" if words else "false")
            self.inner.style().polish(self.inner)

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


class Switch(QAbstractButton):
    """On or off, with words and a line that explains; the whole row is the target."""

    #: Key and whether it is on now.
    changed = Signal(str, object)

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self._detail = ""
        self.setObjectName(f"switch-{key}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        theme_host().changed.connect(self.updateGeometry)

    def retitle(self, words: str, detail: str) -> None:
        """Show other words."""
        self._detail = detail
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(detail)
        self.update()

    def _on_clicked(self) -> None:
        self.changed.emit(self.key, self.isChecked())

    @override
    def sizeHint(self) -> QSize:
        """Return the row."""
        return QSize(theme().px(240), self._height())

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least row."""
        return QSize(theme().px(160), self._height())

    def _height(self) -> int:
        """Return room for the words and two lines that explain them."""
        now = theme()
        small = metrics(font(now, "cap")).lineSpacing()
        return self._title_height() + 2 * small + now.px(16)

    def _title_height(self) -> int:
        return metrics(font(theme(), "body", SEMIBOLD)).lineSpacing() + theme().px(2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint words, explanation and the switch."""
        del event
        now, c = theme(), theme().colours
        painter = QPainter(self)
        track = QRect(0, 0, now.px(52), now.px(30))
        track.moveCenter(self.rect().center())
        track.moveRight(self.width() - now.px(2))
        room = track.left() - now.px(14)
        ink = c.ink if self.isEnabled() else c.disabledink
        title = font(now, "body", SEMIBOLD)
        upper = QRect(0, now.px(8), room, self._title_height())
        draw_text(painter, upper, elided(self.text(), title, room), (title, ink))
        painter.setFont(font(now, "cap"))
        painter.setPen(c.ink2 if self.isEnabled() else c.disabledink)
        lower = QRect(0, upper.bottom() + 1, room, self.height() - upper.bottom())
        wrap = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.drawText(lower, wrap | Qt.TextFlag.TextWordWrap, self._detail)
        self._paint_switch(painter, track)
        hairline(painter, QRect(0, self.height() - 1, self.width(), 1), c.line)
        painter.end()

    def _paint_switch(self, painter: QPainter, track: QRect) -> None:
        c = theme().colours
        is_on = self.isChecked()
        fill = c.primary if is_on else c.linestrong
        fill_round(painter, track, track.height() / 2, fill)
        gap = theme().px(4)
        knob = QRect(0, 0, track.height() - 2 * gap, track.height() - 2 * gap)
        knob.moveTop(track.y() + gap)
        knob.moveLeft(track.x() + gap)
        if is_on:
            knob.moveRight(track.right() - gap)
        fill_round(
            painter, knob, knob.height() / 2, c.onprimary if is_on else c.surface
        )

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring when the keyboard came here."""
        super().focusInEvent(event)
        focus_came(self, event, self.rect(), theme().radius("button"))

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        super().focusOutEvent(event)
        focus_went(self)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Take the focus ring away with the switch."""
        super().hideEvent(event)
        focus_went(self)


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
        """Return 38 px for each row, as in the picture."""
        return 38 * len(self._rows)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows and the hairlines between them."""
        del event
        now, c = theme(), theme().colours
        painter = QPainter(self)
        height = now.px(38)
        plain, strong = font(now, "body"), font(now, "body", SEMIBOLD)
        names = [text_width(name, plain) for name, _value in self._rows]
        left = min(max(names, default=0) + now.px(20), self.width() * 11 // 20)
        for index, (name, value) in enumerate(self._rows):
            row = QRect(0, index * height, self.width(), height)
            label = shrunk(name, plain, REGULAR, left - now.px(8), 13)
            draw_text(painter, row, name, (label, c.ink2), LEFT)
            room = self.width() - left
            used = shrunk(value, strong, SEMIBOLD, room, 13)
            rest = QRect(left, row.y(), room, height)
            draw_text(painter, rest, elided(value, used, room), (used, c.ink), LEFT)
            hairline(painter, QRect(0, row.bottom(), self.width(), 1), c.line)
        painter.end()


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
