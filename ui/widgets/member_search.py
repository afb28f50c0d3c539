"""The field that looks for a member: name, pinyin, phone, last four, card."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from typing_extensions import override

from pos_app.i18n import _
from ui.theme.fonts import REGULAR, font
from ui.theme.host import theme
from ui.widgets.drawing import draw_text
from ui.widgets.search_box import SearchBox
from ui.widgets.shrunk_text import shrunk


class MemberSearch(SearchBox):
    """Takes the focus only when touched, so that a scan goes where it belongs."""

    def __init__(self) -> None:
        super().__init__("memberSearch", "member")

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.field.setAccessibleName(_("Find a member"))

    @override
    def icon(self) -> str:
        return "magnifying-glass"

    @override
    def hints(self) -> tuple[str, ...]:
        return (_("Name, pinyin, phone or card"), _("Name or phone"))

    @override
    def chip_words(self) -> str:
        return ""


class EnrolBox(SearchBox):
    """A field of the form of a new member.

    Args:
        name: object name. icon: before the field.
    """

    def __init__(self, name: str, icon: str) -> None:
        self._icon = icon
        self._words = ""
        super().__init__(name, name)

    def name(self, words: str) -> None:
        """Say what belongs here."""
        self._words = words
        self.field.setAccessibleName(words)
        self.update()

    @override
    def icon(self) -> str:
        return self._icon

    @override
    def hints(self) -> tuple[str, ...]:
        return (self._words,)

    @override
    def _paint_hint(self, painter: QPainter) -> None:
        """Paint what belongs here, smaller rather than cut."""
        now = theme()
        room = self.width() - now.px(56)
        used = shrunk(self._words, font(now, "body"), REGULAR, room, least=10)
        place = QRect(now.px(51), 0, room, self.height())
        draw_text(painter, place, self._words, (used, now.colours.ink3))

    @override
    def chip_words(self) -> str:
        return ""
