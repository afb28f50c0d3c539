"""A device of the list: icon, name, connection, how it is, and its test's key."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.presenters.devices_state import DeviceRow
from ui.presenters.frame_state import Tone
from ui.theme.fonts import BOLD, REGULAR, font, free_font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.chip import Chip
from ui.widgets.drawing import (
    Box,
    brush,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    hairline,
)
from ui.widgets.ringed_button import RingedButton
from ui.widgets.shrunk_text import shrunk
from ui.widgets.text_fit import line_height
from ui.widgets.themed import ThemedWidget

_KEY_WIDE, _KEY_HIGH = 88, 48


class RowTarget(RingedButton):
    """The part of a row that chooses it; its row paints everything."""

    def __init__(self, object_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint nothing."""


class DeviceListRow(ThemedWidget):
    """The whole row chooses the device; the key at its end tests it."""

    chosen = Signal(str)
    """The device is to be looked at; its id."""
    test_pressed = Signal(str)
    """The device is to be tested; its id."""

    def __init__(self, row: DeviceRow) -> None:
        super().__init__(f"device_{row.key}")
        self._row, self._is_chosen = row, False
        self.target = RowTarget(f"deviceChoose_{row.key}", self)
        self.target.clicked.connect(self._on_chosen)
        self.test = ActionButton(
            f"deviceTest_{row.key}", ButtonFace(arrangement=Arrangement.ROW), self
        )
        self.test.clicked.connect(self._on_test)
        self.chip = Chip(f"deviceChip_{row.key}")
        self.chip.setParent(self)
        self.chip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_row(self, row: DeviceRow, *, is_chosen: bool) -> None:
        """Show another device, or the same otherwise."""
        self._row, self._is_chosen = row, is_chosen
        self.setAccessibleName(row.words)
        self.target.setAccessibleName(row.words)
        self.chip.show_chip(row.chip, row.tone)
        self.test.retitle(row.test)
        self.test.setAccessibleName(f"{row.test}: {row.title}")
        self.test.setVisible(bool(row.test))
        self._arrange()
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height of a row, as in the picture."""
        return 65

    @override
    def on_theme_changed(self) -> None:
        """Arrange anew at other sizes."""
        super().on_theme_changed()
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep chip and key at the right end."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        now = theme()
        self.target.setGeometry(self.rect())
        self.target.lower()
        wide, high = now.px(_KEY_WIDE), now.px(_KEY_HIGH)
        left = self.width() - wide - now.px(8)
        self.test.setGeometry(left, (self.height() - high) // 2, wide, high)
        size = self.chip.sizeHint()
        right = left - now.px(12)
        top = (self.height() - size.height()) // 2
        self.chip.setGeometry(right - size.width(), top, size.width(), size.height())

    def _on_chosen(self) -> None:
        self.chosen.emit(self._row.key)

    def _on_test(self) -> None:
        self.test_pressed.emit(self._row.key)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, icon and words."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            if self._is_chosen:
                painter.fillRect(self.rect(), brush(c.sel))
                fill_round(painter, QRect(0, 0, now.px(5), self.height()), 0, c.primary)
            edge = now.px(46)
            tile = QRect(now.px(12), (self.height() - edge) // 2, edge, edge)
            box = Box(c.sunken, c.line, c.line, now.radius("button"), 1)
            draw_box(painter, tile, box)
            pad = now.px(12)
            ink = c.ink2 if self._row.tone is not Tone.PLAIN else c.ink3
            draw_icon(painter, self._row.icon, ink, tile.adjusted(pad, pad, -pad, -pad))
            self._paint_words(painter, tile.right() + now.px(14))
            hairline(painter, QRect(0, self.height() - 1, self.width(), 1), c.line)

    def _paint_words(self, painter: QPainter, left: int) -> None:
        now, c = theme(), theme().colours
        room = self.chip.x() - now.px(8) - left
        title = shrunk(self._row.title, font(now, "body", BOLD), BOLD, room, 14)
        small = free_font(now, 14, REGULAR)
        above, below = line_height(title), line_height(small)
        top = (self.height() - above - below) // 2
        words = elided(self._row.title, title, room)
        draw_text(painter, QRect(left, top, room, above), words, (title, c.ink))
        words = elided(self._row.detail, small, room)
        lower = QRect(left, top + above, room, below)
        draw_text(painter, lower, words, (small, c.ink2))
