"""A panel whose head also holds a chip behind the title and a key at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from typing_extensions import override

from ui.presenters.frame_state import Tone
from ui.theme.fonts import font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.chip import Chip
from ui.widgets.drawing import text_width
from ui.widgets.panel import Panel

#: A key of the head is as high as a finger needs.
_KEY_HIGH = 48


class HeadPanel(Panel):
    """A chip that would cover the title shrinks to its mark and number first."""

    def __init__(self, object_name: str, key_icon: str = "") -> None:
        self.chip: Chip | None = None
        super().__init__(object_name)
        self.set_closable(False)
        face = ButtonFace(icon=key_icon, arrangement=Arrangement.ROW)
        self.key = ActionButton(f"{object_name}-key", face, self)
        self.chip = Chip(f"{object_name}-chip")
        self.chip.setParent(self)
        self._words, self._state, self._tone = "", "", Tone.PLAIN
        self.chip.hide()

    def show_head(self, title: str, icon: str, key: str) -> None:
        """Show title, icon and the words of the key; "" hides the key."""
        self.set_title(title, icon)
        self._words = title
        self.key.retitle(key)
        self.key.setVisible(bool(key))
        self._arrange()

    def show_chip(self, words: str, tone: Tone) -> None:
        """Show how it is, behind the title; "" for nothing."""
        assert self.chip is not None
        self._state, self._tone = words, tone
        self.chip.setVisible(bool(words))
        self._arrange()

    def _arrange(self) -> None:
        if self.chip is None:
            return
        now = theme()
        high, gap = now.px(_KEY_HIGH), now.px(3)
        wide = text_width(self.key.face.title, font(now, "label"))
        wide += now.px(68 if self.key.face.icon else 36)
        wide = max(wide, now.px(_KEY_HIGH))
        self.key.setGeometry(self.width() - wide - gap, gap, wide, high)
        right = self.width() - gap
        if not self.key.isHidden():
            right = self.key.x() - now.px(8)
        left = now.px(50) + text_width(self._words, font(now, "h2")) + now.px(10)
        size = self._fit_chip(self.chip, right - left)
        left = min(left, right - size.width())
        top = (self._head() - size.height()) // 2
        self.chip.setGeometry(left, top, size.width(), size.height())
        self.chip.raise_()

    def _fit_chip(self, chip: Chip, room: int) -> QSize:
        """Show all words, or mark and number where those would cover the title."""
        chip.show_chip(self._state, self._tone)
        if chip.sizeHint().width() > room:
            number = "".join(letter for letter in self._state if letter.isdigit())
            chip.show_chip(number, self._tone)
            chip.setAccessibleName(self._state)
        chip.setToolTip(self._state)
        return chip.sizeHint()

    @override
    def _take_sizes(self) -> None:
        super()._take_sizes()
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep chip and key where they belong."""
        super().resizeEvent(event)
        self._arrange()
