"""One area of the doctor: mark, name, what was found, and the key that mends it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ui.presenters.doctor_state import DoctorRow
from ui.presenters.frame_state import Tone
from ui.theme.fonts import BOLD, font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.drawing import draw_icon, draw_text, hairline
from ui.widgets.text_fit import line_height
from ui.widgets.themed import ThemedWidget

_ICONS = {
    Tone.GOOD: "check-circle-fill",
    Tone.INFO: "info-fill",
    Tone.WARN: "warning-fill",
    Tone.BAD: "x-circle-fill",
}
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop


class DoctorRowWidget(ThemedWidget):
    """As tall as its words need; the key stands on the right where there is one."""

    pressed = Signal(str)
    """The key was pressed; the area's key."""

    def __init__(self, key: str, key_width: int = 168) -> None:
        super().__init__(f"doctor_{key}")
        self._wide = key_width
        self._row = DoctorRow(key, "", "", Tone.GOOD)
        face = ButtonFace(arrangement=Arrangement.ROW)
        self.action = ActionButton(f"doctorAction_{key}", face, self)
        self.action.clicked.connect(self._on_clicked)
        self.action.hide()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def row(self) -> DoctorRow:
        """What is shown."""
        return self._row

    def show_row(self, row: DoctorRow, *, is_free: bool) -> None:
        """Show other words; the key waits while something else is done."""
        self._row = row
        self.setAccessibleName(row.words)
        self.action.retitle(row.action)
        self.action.setVisible(bool(row.action))
        self.action.setEnabled(is_free)
        self._arrange()
        self.updateGeometry()
        self.update()

    def _key_width(self) -> int:
        return theme().px(self._wide) if self._row.action else 0

    def _text_left(self) -> int:
        return theme().px(44)

    def _text_width(self, width: int) -> int:
        gap = theme().px(12) if self._row.action else 0
        return max(1, width - self._text_left() - self._key_width() - gap)

    @override
    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        """Return the height that the words need."""
        now = theme()
        metrics = QFontMetrics(font(now, "cap"))
        room = QRect(0, 0, self._text_width(width), 10_000)
        words = metrics.boundingRect(room, _WRAP, self._row.text).height()
        title = line_height(font(now, "body", BOLD))
        least = now.px(72 if self._row.action else 60)
        return max(least, title + words + now.px(20))

    @override
    def sizeHint(self) -> QSize:
        """Return the height at the width in use."""
        width = self.width() or theme().px(400)
        return QSize(width, self.heightForWidth(width))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the key at the right end; other words per line, another height."""
        super().resizeEvent(event)
        self._arrange()
        self.updateGeometry()

    @override
    def on_theme_changed(self) -> None:
        """Arrange anew at other sizes."""
        super().on_theme_changed()
        self._arrange()

    def _arrange(self) -> None:
        width, height = self._key_width(), theme().px(52)
        top = (self.height() - height) // 2
        self.action.setGeometry(self.width() - width, top, width, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark, name and words."""
        del event
        now, c, row = theme(), theme().colours, self._row
        with QPainter(self) as painter:
            inks = {
                Tone.GOOD: c.primaryink,
                Tone.INFO: c.info,
                Tone.WARN: c.warnicon,
                Tone.BAD: c.danger,
            }
            title = font(now, "body", BOLD)
            line, top = line_height(title), now.px(8)
            mark = QRect(now.px(8), top, now.px(24), line)
            draw_icon(painter, _ICONS.get(row.tone, "info-fill"), inks[row.tone], mark)
            room = QRect(self._text_left(), top, self._text_width(self.width()), line)
            draw_text(painter, room, row.title, (title, c.ink))
            words = QRect(room.x(), top + line, room.width(), self.height())
            painter.setFont(font(now, "cap"))
            painter.setPen(c.ink2)
            painter.drawText(words, _WRAP, row.text)
            edge = QRect(0, self.height() - 1, self.width(), 1)
            hairline(painter, edge, c.line)

    def _on_clicked(self) -> None:
        self.pressed.emit(self._row.key)
