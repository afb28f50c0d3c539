"""The button of the till: icon, title, subtitle, key hint, and a reason."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from ui.theme.host import theme, theme_host
from ui.widgets.button_face import (
    FLAT,
    ButtonColours,
    ButtonFace,
    ButtonState,
    button_colours,
)
from ui.widgets.button_paint import BLOCKED_ICON, paint_face
from ui.widgets.drawing import draw_box
from ui.widgets.focus_ring import focus_came, focus_went


class ActionButton(QAbstractButton):
    """A button that paints its face, never cuts its words, and names its reason.

    Its clicked signal is QAbstractButton's. It takes the focus by keyboard only,
    so that a touch never moves the focus away from where it was.
    """

    def __init__(
        self, object_name: str, face: ButtonFace, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._face = face
        self._reason = ""
        self._reason_detail = ""
        self._reason_icon = BLOCKED_ICON
        self._height = 60.0
        self._width = 48.0
        self._below = 0
        self._spoken = ""
        self._tell_assistive()
        theme_host().changed.connect(self.updateGeometry)

    @property
    def face(self) -> ButtonFace:
        """What the button shows while it is enabled."""
        return self._face

    @property
    def reason(self) -> str:
        """Why the button is disabled, as shown; "" while it is enabled."""
        return "" if self.isEnabled() else self._reason

    def set_face(self, face: ButtonFace) -> None:
        """Show something else."""
        if face != self._face:
            self._face = face
            self._tell_assistive()
            self.update()

    def retitle(self, title: str, subtitle: str = "") -> None:
        """Show other words on the same face."""
        self.set_face(replace(self._face, title=title, subtitle=subtitle))

    def set_available(
        self, is_available: bool, reason: str = "", detail: str = "", icon: str = ""
    ) -> None:
        """Enable the button, or disable it and say why.

        Args:
            is_available: whether it can be pressed.
            reason: takes the title's place ("先处理第 6 行"); "" keeps the title.
            detail: takes the subtitle's place, when there is a reason.
            icon: stands before the reason; "" for the crimson cross.
        """
        same = (is_available, reason, detail) == (
            self.isEnabled(),
            self._reason,
            self._reason_detail,
        )
        if same and (icon or BLOCKED_ICON) == self._reason_icon:
            return
        self._reason, self._reason_detail = reason, detail
        self._reason_icon = icon or BLOCKED_ICON
        self.setEnabled(is_available)
        self._tell_assistive()
        self.update()

    def set_selected(self, is_selected: bool) -> None:
        """Show as chosen, or not; without emitting anything."""
        if is_selected != self.isChecked():
            self.setCheckable(is_selected)
            self.setChecked(is_selected)

    def set_size(self, height: float, width: float = 48, *, below: int = 0) -> None:
        """Set the drawing's height and least width in 1366x768 pixels.

        Args:
            height: of the drawn button.
            width: the least; the button grows with its column.
            below: pixels below the drawing that also count as the button,
                because people touch below what they aim at.
        """
        self._height, self._width, self._below = height, width, below
        self.updateGeometry()

    def shape(self) -> QRect:
        """Return the drawn button inside the touch area."""
        return self.rect().adjusted(0, 0, 0, -theme().px(self._below))

    def shown_face(self) -> ButtonFace:
        """Return the face as painted: with the reason in place of the title."""
        if self.isEnabled() or not self._reason:
            return self._face
        return replace(
            self._face,
            title=self._reason,
            subtitle=self._reason_detail,
            icon=self._reason_icon,
            hint="",
        )

    def button_state(self) -> ButtonState:
        """Return what is happening to the button."""
        return ButtonState(
            is_enabled=self.isEnabled(),
            is_down=self.isDown(),
            is_selected=self.isChecked(),
            has_reason=bool(self._reason),
        )

    def colours(self) -> ButtonColours:
        """Return the colours for the state the button is in."""
        return button_colours(theme(), self._face.kind, self.button_state())

    @override
    def sizeHint(self) -> QSize:
        """Return the size the design gives it."""
        return QSize(theme().px(self._width), theme().px(self._height + self._below))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least size; 48 px is the touch minimum."""
        height = theme().px(min(self._height, 48) + self._below)
        return QSize(theme().px(min(self._width, 48)), height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box and the face."""
        del event
        with QPainter(self) as painter:
            colours = self.colours()
            shape = self.shape()
            if self._face.kind not in FLAT or self.isDown():
                draw_box(painter, shape, colours.box)
            if self.isDown():
                shape = shape.translated(0, 1)
            paint_face(painter, shape, self.shown_face(), colours)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring when the keyboard came here."""
        super().focusInEvent(event)
        focus_came(self, event, self.shape(), self.colours().box.radius)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        super().focusOutEvent(event)
        focus_went(self)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Take the focus ring away with the button."""
        super().hideEvent(event)
        focus_went(self)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Repaint when enabled, disabled or restyled."""
        super().changeEvent(event)
        self.update()

    def _tell_assistive(self) -> None:
        shown = self.shown_face()
        words = ", ".join(x for x in (shown.title, shown.subtitle) if x)
        self.setText(shown.title)
        # A key without words keeps the name that whoever made it gave it.
        if words or self.accessibleName() == self._spoken:
            self.setAccessibleName(words)
        self._spoken = words
        self.setAccessibleDescription(shown.hint)
