"""F1: the keys that work, from the table that binds them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.dialog import Dialog, DialogText
from ui.keymap import GROUP_NAMES, Group, KeyBinding, shown_bindings
from ui.theme.fonts import SEMIBOLD, font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.drawing import (
    CENTER,
    LEFT,
    Box,
    draw_box,
    draw_text,
    hairline,
    text_width,
)
from ui.widgets.text_fit import fit_label, line_height
from ui.widgets.themed import ThemedWidget

#: Rows that stand below each other on the smallest screen.
LONGEST = 9
#: As high as a head, so that the rows of all columns stand level.
_NO_HEAD = "\N{NO-BREAK SPACE}"


class KeyRow(ThemedWidget):
    """Key caps and what they do."""

    def __init__(self, binding: KeyBinding) -> None:
        super().__init__(f"keyRow-{binding.action.value}-{binding.number}")
        self.binding = binding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def retranslate(self) -> None:
        """Read the words anew."""
        caps = " ".join(self.binding.caps)
        self.setAccessibleName(f"{caps}: {_(self.binding.label)}")
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height of a row."""
        return 46

    @override
    def sizeHint(self) -> QSize:
        """Return the row."""
        return QSize(theme().px(200), theme().px(self.design_height()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint caps and words."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            left = 0
            for cap in self.binding.caps:
                left += self._paint_cap(painter, left, cap) + now.px(5)
            left = max(left + now.px(6), now.px(88))
            room = self.width() - left
            pixels = now.text_px("body")
            fit = fit_label(
                now, _(self.binding.label), pixels, 400, (room, room, self.height())
            )
            line = line_height(fit.font)
            top = (self.height() - fit.height) // 2
            for index, words in enumerate(fit.lines):
                row = QRect(left, top + index * line, room, line)
                draw_text(painter, row, words, (fit.font, c.ink), LEFT)
            hairline(painter, QRect(0, self.height() - 1, self.width(), 1), c.line)

    def _paint_cap(self, painter: QPainter, left: int, cap: str) -> int:
        now, c = theme(), theme().colours
        used = font(now, "cap", SEMIBOLD)
        height = now.px(28)
        width = max(text_width(cap, used) + now.px(16), now.px(32))
        frame = QRect(left, (self.height() - height) // 2, width, height)
        draw_box(
            painter, frame, Box(c.sunken, c.linestrong, c.linestrong, now.px(5), 2)
        )
        draw_text(painter, frame.adjusted(0, 0, 0, -1), cap, (used, c.ink2), CENTER)
        return width


def _parts(rows: Sequence[KeyBinding]) -> tuple[Sequence[KeyBinding], ...]:
    """Split a long group into two columns of about the same length."""
    if len(rows) <= LONGEST:
        return (rows,)
    half = (len(rows) + 1) // 2
    return (rows[:half], rows[half:])


class KeymapOverlay(Dialog):
    """The key map, over everything but the bars; F1 and Esc close it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "keymapOverlay", "keyboard", width=1240)
        self.cover_all()
        self._heads: dict[Group, DialogText] = {}
        self._rows: list[KeyRow] = []
        self._columns = QHBoxLayout()
        face = ButtonFace(icon="question", arrangement=Arrangement.ROW)
        self.manual = ActionButton("manualOpen", face)
        for group in Group:
            for part in _parts(shown_bindings(group)):
                self._columns.addLayout(self._column_of(group, part), 1)
        last = self._columns.itemAt(self._columns.count() - 1)
        assert last is not None
        column = last.layout()
        assert isinstance(column, QVBoxLayout)
        column.addWidget(self.manual)
        self.body.addLayout(self._columns)

    def show_keys(self) -> None:
        """Open in the language in use."""
        self.title.setText(_("Keys"))
        self.manual.retitle(_("Help for this screen"))
        for group, head in self._heads.items():
            head.setText(_(GROUP_NAMES[group]))
        for row in self._rows:
            row.retranslate()
        self.open()

    def _column_of(self, group: Group, rows: Sequence[KeyBinding]) -> QVBoxLayout:
        """Lay out a column; where a group goes on, its head is an empty line."""
        column = QVBoxLayout()
        column.setSpacing(0)
        head = DialogText(f"keysOf-{group.value}-{rows[0].action.value}", "h2")
        if self._heads.setdefault(group, head) is not head:
            head.setText(_NO_HEAD)
        column.addWidget(head)
        for binding in rows:
            row = KeyRow(binding)
            self._rows.append(row)
            column.addWidget(row)
        column.addStretch(1)
        return column

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        super().take_sizes()
        self._columns.setSpacing(theme().px(24))
