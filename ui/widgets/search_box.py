"""The one text field of the sale screen; it takes the focus only when touched."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.theme.fonts import SEMIBOLD, font, free_font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace, Kind
from ui.widgets.drawing import (
    LEFT,
    Box,
    draw_box,
    draw_icon,
    draw_text,
    fill_round,
    text_width,
)
from ui.widgets.themed import ThemedWidget

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class SearchField(QLineEdit):
    """A bare line edit that hands the list's keys on."""

    moved = Signal(int)
    """Up or down was pressed: -1 or +1 in the results."""
    left = Signal()
    """Esc was pressed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("bare", True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFrame(False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the results, leave, or type."""
        key = Qt.Key(event.key())
        if key in _MOVES:
            self.moved.emit(_MOVES[key])
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
        if key in _ENTER:
            # Qt passes Enter on to the window, which would take payment with it.
            event.accept()


class SearchBox(ThemedWidget):
    """Frame, barcode icon, field, and a chip that says one may always scan."""

    text_edited = Signal(str)
    """Somebody typed; the whole text."""
    submitted = Signal()
    """Enter was pressed in the field."""
    moved = Signal(int)
    """Up or down was pressed in the field: -1 or +1."""
    left = Signal()
    """Esc, or the ✕, left the search."""

    def __init__(self, object_name: str = "searchBox", prefix: str = "search") -> None:
        super().__init__(object_name)
        self.field = SearchField(self)
        self.field.setObjectName(f"{prefix}Field")
        self._clear = ActionButton(
            f"{prefix}Clear", ButtonFace(icon="x", kind=Kind.GHOST), self
        )
        self._clear.hide()
        self.field.textEdited.connect(self._on_edited)
        self.field.returnPressed.connect(self.submitted)
        self.field.moved.connect(self.moved)
        self.field.left.connect(self.left)
        self._clear.clicked.connect(self.left)
        self.retranslate()
        self._arrange()

    def retranslate(self) -> None:
        """Read the words anew after the language changed."""
        self.field.setAccessibleName(_("Find goods"))
        self._clear.setAccessibleName(_("Leave the search"))
        self.update()

    def show_text(self, text: str) -> None:
        """Set the text that the presenter wants; the same text keeps the cursor."""
        if text != self.field.text():
            self.field.setText(text)
        self._clear.setVisible(bool(text))

    def start(self) -> None:
        """Take the focus: the key for searching was pressed."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()
        self.update()

    def stop(self) -> None:
        """Give the focus back, so that the IME is off again."""
        self.field.clearFocus()
        self.update()

    @override
    def design_height(self) -> float:
        """Return the profile's height of the search box."""
        return theme().profile.search_height

    @override
    def on_theme_changed(self) -> None:
        """Arrange anew at other sizes."""
        super().on_theme_changed()
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the field between icon and chip."""
        super().resizeEvent(event)
        self._arrange()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch anywhere on the box starts the search."""
        super().mousePressEvent(event)
        self.start()

    def _on_edited(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.update()
        self.text_edited.emit(text)

    def _arrange(self) -> None:
        now = theme()
        height, left = self.height(), now.px(50)
        self.field.setFont(font(now, "body"))
        self.field.setGeometry(left, 2, self.width() - left - height, height - 4)
        self._clear.setGeometry(self.width() - height, 0, height, height)

    def icon(self) -> str:
        """Return the name of the icon before the field."""
        return "barcode"

    def hints(self) -> tuple[str, ...]:
        """Return what an empty field says; the longest that fits is shown."""
        return (_("Scan, or type a barcode, name or SKU"), _("Scan or type a name"))

    def chip_words(self) -> str:
        """Return what the chip says; "" for no chip."""
        return _("Scan any time")

    def _hint(self) -> str:
        """Return the longest hint that fits."""
        used = font(theme(), "body")
        hints = self.hints()
        room = self.width() - theme().px(56) - self._chip_width()
        fits = [hint for hint in hints if text_width(hint, used) <= room]
        return fits[0] if fits else hints[-1]

    def _chip_width(self) -> int:
        now = theme()
        words = self.chip_words()
        if not words or self.width() < now.px(400) or self.field.text():
            return 0
        used = free_font(now, 14, SEMIBOLD)
        return text_width(words, used) + now.px(38) + now.px(20)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, icon, hint and chip."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            is_active = self.field.hasFocus()
            border = c.primary if is_active else c.linestrong
            width = now.px(2) if is_active else 1
            box = Box(c.surface, border, border, now.radius("button"), width, width)
            draw_box(painter, self.rect(), box)
            edge = now.px(24)
            square = QRect(now.px(16), 0, edge, self.height())
            draw_icon(painter, self.icon(), c.ink2, square)
            if not self.field.text():
                self._paint_hint(painter)

    def _paint_hint(self, painter: QPainter) -> None:
        now, c = theme(), theme().colours
        words = QRect(now.px(51), 0, self.width(), self.height())
        used = font(now, "body")
        room = self.width() - now.px(56)
        if text_width(self._hint(), used) > room:
            used = font(now, "cap")
        draw_text(painter, words, self._hint(), (used, c.ink3), LEFT)
        if not self._chip_width():
            return
        used = free_font(now, 14, SEMIBOLD)
        width = self._chip_width() - now.px(20)
        chip = QRect(self.width() - width - now.px(14), 0, width, now.px(24))
        chip.moveTop((self.height() - chip.height()) // 2)
        fill_round(painter, chip, now.radius("chip"), c.primarysoft)
        mark = QRect(chip.x() + now.px(8), chip.y(), now.px(16), chip.height())
        draw_icon(painter, "check", c.primaryink, mark)
        words = chip.adjusted(now.px(28), 0, 0, 0)
        draw_text(painter, words, self.chip_words(), (used, c.primaryink), LEFT)
