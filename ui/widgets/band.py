"""The calm strip above the ticket: what this sale is, and who buys."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from typing_extensions import override

from ui.presenters.ticket_state import BandView
from ui.theme.fonts import REGULAR, SEMIBOLD, font, free_font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.drawing import (
    CENTER,
    brush,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    hairline,
    text_width,
)
from ui.widgets.member_marks import paint_initial, paint_marks
from ui.widgets.shrunk_text import shrunk
from ui.widgets.themed import ThemedWidget


class Band(ThemedWidget):
    """A round mark, a title with chips, a second row, and its keys at the right.

    A member's strip is one target: a touch anywhere on it is a touch of its key.
    """

    action_pressed = Signal()
    """The key at the right was pressed."""
    member_pressed = Signal()
    """The member is asked for, or to be looked at."""

    def __init__(self, object_name: str = "band") -> None:
        super().__init__(object_name)
        self._view = BandView("")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        face = ButtonFace(arrangement=Arrangement.ROW)
        self._action = ActionButton("bandAction", face, self)
        self._action.clicked.connect(self.action_pressed)
        self._action.hide()
        self._member = ActionButton("bandMember", face, self)
        self._member.clicked.connect(self.member_pressed)
        self._member.hide()

    def show_band(self, view: BandView) -> None:
        """Show another title or key."""
        if view == self._view:
            return
        before, self._view = self._view, view
        if _keys_of(view) == _keys_of(before):
            room = self.width() - self._keys_width() - theme().px(26)
            self.update(0, 0, room, self.height())  # the keys stay as they are
        else:
            self._show_keys(view)
        marks = (mark.text for mark in view.marks)
        spoken = (view.title, view.beside, *marks, view.detail)
        self.setAccessibleName(", ".join(x for x in spoken if x))

    def _show_keys(self, view: BandView) -> None:
        face = ButtonFace(
            view.action, icon=view.action_icon, arrangement=Arrangement.ROW
        )
        self._action.set_face(face)
        self._action.setVisible(bool(view.action))
        self._show_member_key(view)
        self._arrange()
        self.update()

    def _show_member_key(self, view: BandView) -> None:
        is_bare = bool(view.initial) or self._is_tight()
        face = ButtonFace(
            "" if is_bare else view.member_key,
            icon="caret-right" if view.initial else "user-plus",
            hint="" if self._is_tight() else view.member_hint,
            kind=Kind.GHOST if view.initial else Kind.PLAIN,
            arrangement=Arrangement.ROW,
            hint_in_box=not view.initial,
        )
        self._member.set_face(face)
        self._member.setVisible(bool(view.member_key))
        self._member.setAccessibleName(view.member_key)
        self._member.setAccessibleDescription(view.member_hint)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch anywhere on a member's strip looks at the member."""
        if self._view.member_key and event.button() is Qt.MouseButton.LeftButton:
            self.member_pressed.emit()

    @override
    def design_height(self) -> float:
        """Return the height of the strip."""
        return 66

    @override
    def on_theme_changed(self) -> None:
        """Arrange anew at other sizes."""
        super().on_theme_changed()
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the key at the right."""
        super().resizeEvent(event)
        self._show_member_key(self._view)
        self._arrange()

    def _action_width(self) -> int:
        now = theme()
        if not self._view.action:
            return 0
        words = text_width(self._view.action, font(now, "label"))
        icon = now.px(32) if self._view.action_icon else 0
        return min(words + icon + now.px(28), self.width() // 2)

    def _is_tight(self) -> bool:
        """Tell whether the title has no room beside two keys with their words."""
        view = self._view
        if view.initial or not (view.action and view.member_key):
            return False
        room = self.width() - self._action_width() - self._worded_width()
        return text_width(view.title, font(theme(), "name")) > room - theme().px(103)

    def _member_width(self) -> int:
        now, view = theme(), self._view
        if not view.member_key:
            return 0
        if view.initial:
            return now.px(76)
        return now.px(52) if self._is_tight() else self._worded_width()

    def _worded_width(self) -> int:
        now, view = theme(), self._view
        words = text_width(view.member_key, font(now, "label"))
        hint = text_width(view.member_hint, font(now, "hint"))
        return words + hint + now.px(32 + 46)

    def _keys_width(self) -> int:
        gap = theme().px(8) if self._view.action and self._view.member_key else 0
        return self._action_width() + gap + self._member_width()

    def _arrange(self) -> None:
        now = theme()
        width, height = self._member_width(), now.px(48)
        top = (self.height() - height) // 2
        right = self.width() - now.px(4 if self._view.initial else 14)
        self._member.setGeometry(right - width, top, width, height)
        if width:
            right -= width + now.px(8)
        width = self._action_width()
        self._action.setGeometry(right - width, top, width, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark, title, chips and detail."""
        del event
        now, c, view = theme(), theme().colours, self._view
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), brush(c.surface))
            hairline(painter, QRect(0, self.height() - 1, self.width(), 1), c.line)
            edge = now.px(44)
            circle = QRect(now.px(14), (self.height() - edge) // 2, edge, edge)
            self._paint_circle(painter, circle)
            left = now.px(69)
            room = self.width() - left - self._keys_width() - now.px(26)
            title = font(now, "name")
            is_long = bool(view.short) and text_width(view.title, title) > room
            shown = elided(view.short if is_long else view.title, title, room)
            upper = QRect(left, now.px(9), room, now.px(25))
            draw_text(painter, upper, shown, (title, c.ink))
            end = upper.x() + text_width(shown, title) + now.px(10)
            rest = QRect(end, upper.y(), upper.right() - end, upper.height())
            self._paint_beside(painter, rest)
            lower = QRect(left, now.px(34), room, now.px(22))
            cap = shrunk(view.detail, font(now, "cap"), REGULAR, room)
            draw_text(painter, lower, elided(view.detail, cap, room), (cap, c.ink2))

    def _paint_circle(self, painter: QPainter, circle: QRect) -> None:
        now, c, view = theme(), theme().colours, self._view
        if view.initial:
            paint_initial(painter, circle, view.initial)
            return
        fill_round(painter, circle, circle.width() / 2, c.primarysoft)
        pad = now.px(10)
        inner = circle.adjusted(pad, pad, -pad, -pad)
        draw_icon(painter, view.icon, c.primaryink, inner)

    def _paint_beside(self, painter: QPainter, row: QRect) -> None:
        """Paint phone, marks and chips; the phone gives way to the marks."""
        now, view = theme(), self._view
        cap = font(now, "cap")
        wide = text_width(view.beside, cap) + now.px(10)
        marks = sum(
            text_width(x.text, free_font(now, 14, SEMIBOLD)) + now.px(44)
            for x in view.marks
        )
        if view.beside and wide + marks <= row.width():
            draw_text(painter, row, view.beside, (cap, theme().colours.ink2))
            row.setLeft(row.x() + wide)
        end = paint_marks(painter, row, view.marks)
        self._paint_chips(painter, row, end - row.x())

    def _paint_chips(self, painter: QPainter, row: QRect, offset: int) -> None:
        now, c = theme(), theme().colours
        used = free_font(now, 14, SEMIBOLD)
        for words in self._view.chips:
            width = text_width(words, used) + now.px(16)
            if offset + width > row.width():
                return
            chip = QRect(row.x() + offset, row.y() + 1, width, now.px(23))
            fill_round(painter, chip, now.radius("chip"), c.disabledbg)
            draw_text(painter, chip, words, (used, c.ink2), CENTER)
            offset += width + now.px(6)


def _keys_of(view: BandView) -> tuple[str, ...]:
    """Return all that decides which keys stand at the right, and how."""
    member = (view.member_key, view.member_hint, view.initial)
    beside = (
        view.title if view.action and view.member_key else ""
    )  # may need their room
    return (view.action, view.action_icon, *member, beside)
