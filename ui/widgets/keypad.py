"""The keypad: 7-8-9 on top like a number pad, or 1-2-3 like a telephone."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.pad_key import PadKey
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace, Kind

_TOP_789 = ("789", "456", "123")
_TOP_123 = ("123", "456", "789")
_NAMES = {
    PadKey.POINT: "Point",
    PadKey.TIMES: "Times",
    PadKey.CLEAR: "Clear",
    PadKey.BACKSPACE: "Backspace",
    PadKey.ENTER: "Enter",
    PadKey.ALL: "All",
}
#: Between keys as drawn; gaps up to 2 mm cost nothing (HFES 1997).
GAP = 6
#: Touches land below the target, so a key reaches this far under its drawing.
BELOW = 4


def _face(key: PadKey) -> ButtonFace:
    if key is PadKey.BACKSPACE:
        return ButtonFace(icon="backspace", kind=Kind.KEY_AUX)
    if key is PadKey.ENTER:
        return ButtonFace(icon="arrow-elbow-down-left", kind=Kind.PRIMARY)
    if key in {PadKey.TIMES, PadKey.CLEAR}:
        return ButtonFace(title=key.value, kind=Kind.KEY_AUX)
    if key is PadKey.ALL:
        return ButtonFace(title=_("All"), kind=Kind.KEY_AUX)
    return ButtonFace(title=key.value, kind=Kind.KEY)


class KeyPad(QWidget):
    """Sixteen keys. The third key of the right column is given by the screen."""

    pressed = Signal(str)
    """A key was pressed; the value of its `PadKey`."""

    def __init__(
        self,
        object_name: str = "keypad",
        *,
        second: PadKey | None = PadKey.TIMES,
        is_phone_order: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._buttons: dict[PadKey, ActionButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._lay_out(second, is_phone_order=is_phone_order)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def button(self, key: PadKey) -> ActionButton:
        """Return the button of a key."""
        return self._buttons[key]

    def set_keys_available(self, keys: frozenset[PadKey]) -> None:
        """Disable every key that is not in `keys` (no point for PINs)."""
        for key, button in self._buttons.items():
            button.set_available(key in keys)

    def retranslate(self) -> None:
        """Read the words anew after the language changed."""
        for key, button in self._buttons.items():
            button.set_face(_face(key))
            button.setAccessibleName(_spoken(key))

    def _lay_out(self, second: PadKey | None, *, is_phone_order: bool) -> None:
        rows = _TOP_123 if is_phone_order else _TOP_789
        right = (PadKey.BACKSPACE, second, PadKey.CLEAR, PadKey.ENTER)
        for row, digits in enumerate(rows):
            for column, digit in enumerate(digits):
                self._add(PadKey(digit), row, column)
        for column, key in enumerate((PadKey.D0, PadKey.D00, PadKey.POINT)):
            self._add(key, 3, column)
        for row, extra in enumerate(right):
            if extra is not None:
                self._add(extra, row, 3)

    def use_phone_order(self, *, is_on: bool) -> None:
        """Put 1-2-3 on top, or 7-8-9; the person's choice."""
        rows = _TOP_123 if is_on else _TOP_789
        for row, digits in enumerate(rows):
            for column, digit in enumerate(digits):
                button = self._buttons[PadKey(digit)]
                self._grid.removeWidget(button)
                self._grid.addWidget(button, row, column)

    def _add(self, key: PadKey, row: int, column: int) -> None:
        name = f"padKey{_NAMES.get(key, key.value)}"
        button = ActionButton(name, _face(key), self)
        button.setAccessibleName(_spoken(key))
        button.setProperty("padKey", key.value)
        button.setAutoRepeat(key is PadKey.BACKSPACE)
        button.clicked.connect(self._on_clicked)
        self._buttons[key] = button
        self._grid.addWidget(button, row, column)

    def _on_clicked(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.pressed.emit(str(sender.property("padKey")))

    def _take_sizes(self) -> None:
        now = theme()
        self._grid.setHorizontalSpacing(now.px(GAP))
        self._grid.setVerticalSpacing(now.px(GAP - BELOW))
        for button in self._buttons.values():
            button.set_size(now.profile.key[1], now.profile.key[0], below=BELOW)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        """Return four rows of keys."""
        now = theme()
        width, height = now.profile.key
        rows = 4 * now.px(height + BELOW) + 3 * now.px(GAP - BELOW)
        return QSize(4 * now.px(width) + 3 * now.px(GAP), rows)


def _spoken(key: PadKey) -> str:
    return {
        PadKey.POINT: _("Decimal point"),
        PadKey.TIMES: _("Times"),
        PadKey.CLEAR: _("Clear"),
        PadKey.BACKSPACE: _("Backspace"),
        PadKey.ENTER: _("Enter"),
        PadKey.ALL: _("Full amount"),
    }.get(key, key.value)
