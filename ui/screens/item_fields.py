"""Fields of an item's card: a text that tells each keystroke, a picker, a picture."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QLineEdit
from typing_extensions import override

from ui.screens.settings_fields import Labelled
from ui.theme.fonts import font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.drawing import Box, draw_box, draw_icon
from ui.widgets.goods_picture import draw_picture
from ui.widgets.themed import ThemedWidget


class FormField(Labelled):
    """A line of text; what is typed is told at once, so that nothing is ever lost."""

    typed = Signal(str, object)
    """Key and text."""

    def __init__(self, key: str, limit: int = 120) -> None:
        self.edit = QLineEdit()
        self.edit.setObjectName(f"edit-{key}")
        self.edit.setMaxLength(limit)
        super().__init__(key, self.edit)
        self.edit.textEdited.connect(self._on_typed)

    def show_field(self, label: str, text: str, problem: str = "") -> None:
        """Show label, text and why it was refused."""
        self.retitle(label)
        if self.edit.text() != text:
            self.edit.setText(text)
        if problem != self._problem_shown:
            self._problem_shown = problem
            self.show_problem(problem)

    _problem_shown = ""

    def _on_typed(self, text: str) -> None:
        self.typed.emit(self.key, text)

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        super().take_sizes()
        self.edit.setFont(font(theme(), "body"))
        self.edit.setMinimumHeight(theme().px(48))


class PickField(Labelled):
    """What was picked from a list; a press opens the list."""

    pressed = Signal()

    def __init__(self, key: str) -> None:
        face = ButtonFace(
            arrangement=Arrangement.ROW_LEFT,
            trailing_icon="caret-down",
            kind=Kind.PLAIN,
        )
        self.button = ActionButton(f"pick-{key}", face)
        self.button.set_size(50)
        super().__init__(key, self.button)
        self.button.clicked.connect(self.pressed)

    def show_field(self, label: str, words: str, problem: str = "") -> None:
        """Show label and what is picked."""
        self.retitle(label)
        self.button.retitle(words)
        self.button.setAccessibleName(f"{label}: {words}")
        self.show_problem(problem)


class CaptionLabel(QLabel):
    """Words in the size of a caption."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setProperty("tone", "dim")


class PictureBox(ThemedWidget):
    """The picture of the goods; a press chooses another."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__("itemPicture")
        self._data = b""

    def show_picture(self, data: bytes, words: str) -> None:
        """Show a picture; b"" shows where one would be."""
        self.setAccessibleName(words)
        if data != self._data:
            self._data = data
            self.update()

    @override
    def design_height(self) -> float:
        """Return the edge of the square."""
        return 132

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose a picture."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the square."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = min(self.width(), self.height())
            square = QRect(0, 0, edge, edge)
            box = Box(c.sunken, c.line, c.line, now.radius("button"), 1)
            draw_box(painter, square, box)
            if self._data:
                pad = now.px(4)
                inner = square.adjusted(pad, pad, -pad, -pad)
                draw_picture(painter, self._data, inner, now.radius("chip"))
            else:
                pad = now.px(44)
                draw_icon(
                    painter, "package", c.ink3, square.adjusted(pad, pad, -pad, -pad)
                )
