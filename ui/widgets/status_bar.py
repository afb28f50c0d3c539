"""The bar below: chips of devices and storage, the last event, key hints."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from typing_extensions import override

from ui.presenters.frame_state import ChipView, FrameState, KeyHint, Tone
from ui.theme.fonts import SEMIBOLD, font
from ui.theme.host import theme
from ui.theme.theme import Theme
from ui.widgets.button_paint import paint_key_cap
from ui.widgets.drawing import brush, draw_icon, draw_text, elided, hairline, text_width
from ui.widgets.themed import ThemedWidget

MESSAGE_ICONS = {
    Tone.GOOD: "check-circle",
    Tone.PLAIN: "info",
    Tone.INFO: "info",
    Tone.WARN: "warning",
    Tone.BAD: "x-circle",
    Tone.NOTICE: "info",
}


def tone_colours(now: Theme, tone: Tone) -> tuple[str, str, str]:
    """Return fill, ink and icon colour of a tone in the status bar."""
    c = now.colours
    return {
        Tone.GOOD: (c.surface, c.ink2, c.primary),
        Tone.PLAIN: (c.surface, c.ink2, c.ink2),
        Tone.INFO: (c.surface, c.ink2, c.info),
        Tone.WARN: (c.warnfill, c.warnink, c.warnicon),
        Tone.BAD: (c.dangersoft, c.danger, c.danger),
        Tone.NOTICE: (c.notice, c.onnotice, c.onnoticeaction),
    }[tone]


class StatusBar(ThemedWidget):
    """Paints the status; a touch on a chip says which."""

    chip_pressed = Signal(str)
    """A chip was pressed; its key."""

    def __init__(self, object_name: str = "statusBar") -> None:
        super().__init__(object_name)
        self._state = FrameState("")
        self._areas: list[tuple[QRect, str]] = []
        #: Between chips and hints, as painted last.
        self._middle = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_frame(self, state: FrameState) -> None:
        """Show other chips, another message or other hints."""
        before, self._state = self._state, state
        same_sides = (state.chips, state.hints) == (before.chips, before.hints)
        if same_sides and state.message == before.message:
            return
        words = [chip.text for chip in state.chips]
        words += [state.message.text] if state.message else []
        self.setAccessibleName(", ".join(words))
        if same_sides and state.message and before.message and self._middle.isValid():
            self.update(self._middle)  # each scan says something else; chips stay
        else:
            self.update()

    @override
    def design_height(self) -> float:
        """Return the profile's height of the status bar."""
        return theme().profile.status

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint chips from the left, hints from the right, the message between."""
        c = theme().colours
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), brush(c.surface))
            hairline(painter, QRect(0, 0, self.width(), 1), c.line)
            if not self._middle.contains(event.rect()):
                right = self._paint_hints(painter)
                left = self._paint_chips(painter, right)
                self._middle = QRect(left, 0, right - left, self.height())
            self._paint_message(painter)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say which chip was touched."""
        at: QPoint = event.position().toPoint()
        for area, key in self._areas:
            if area.contains(at) and event.button() is Qt.MouseButton.LeftButton:
                self.chip_pressed.emit(key)

    def _hints(self) -> tuple[KeyHint, ...]:
        hints = self._state.hints
        return hints[:1] if theme().profile.name == "compact" else hints

    def _paint_hints(self, painter: QPainter) -> int:
        """Paint the key hints; return their left edge."""
        now, c = theme(), theme().colours
        cap, key = font(now, "cap"), font(now, "hint")
        left = self.width() - now.px(8)
        for hint in reversed(self._hints()):
            words = text_width(hint.text, cap)
            box = text_width(hint.key, key) + now.px(10)
            left -= words + box + now.px(12)
            paint_key_cap(painter, (left, self.height() // 2), hint.key, c.ink2)
            area = QRect(left + box + now.px(6), 0, words, self.height())
            draw_text(painter, area, hint.text, (cap, c.ink2))
            left -= now.px(8)
        return left

    def _chip_font_width(self, chip: ChipView, text: str) -> int:
        now = theme()
        icon = now.px(38)
        used = font(now, "cap", SEMIBOLD if chip.tone is not Tone.GOOD else None)
        return icon + (text_width(text, used) + now.px(11) if text else now.px(4))

    def _chip_texts(self, room: int) -> list[str]:
        """Return the chips' texts; the calm ones shrink first when room is short."""
        chips = self._state.chips
        texts = [chip.text for chip in chips]
        order = sorted(
            range(len(chips)), key=lambda i: (chips[i].tone is not Tone.GOOD, -i)
        )
        for index in order:
            pairs = zip(chips, texts, strict=True)
            if sum(self._chip_font_width(chip, text) for chip, text in pairs) <= room:
                break
            texts[index] = chips[index].short
        return texts

    def _paint_chips(self, painter: QPainter, right: int) -> int:
        """Paint the chips; return where the last one ends."""
        now = theme()
        room = right - (now.px(260) if self._state.message else 0)
        texts = self._chip_texts(room)
        self._areas = []
        left = 0
        for chip, text in zip(self._state.chips, texts, strict=True):
            width = self._chip_font_width(chip, text)
            area = QRect(left, 1, width, self.height() - 1)
            self._paint_chip(painter, area, (chip, text))
            self._areas.append((area, chip.key))
            left += width
        return left

    def _paint_chip(
        self, painter: QPainter, area: QRect, what: tuple[ChipView, str]
    ) -> None:
        now, c = theme(), theme().colours
        chip, text = what
        fill, ink, mark = tone_colours(now, chip.tone)
        if fill != c.surface:
            painter.fillRect(area, brush(fill))
        hairline(painter, QRect(area.right(), area.y(), 1, area.height()), c.line)
        edge = now.px(20)
        square = QRect(area.x() + now.px(12), area.y(), edge, area.height())
        draw_icon(painter, chip.icon, mark, square)
        used = font(now, "cap", SEMIBOLD if chip.tone is not Tone.GOOD else None)
        words = area.adjusted(now.px(38), 0, 0, 0)
        draw_text(painter, words, text, (used, ink))

    def _paint_message(self, painter: QPainter) -> None:
        message = self._state.message
        if message is None:
            return
        left, right = self._middle.x(), self._middle.x() + self._middle.width()
        now, c = theme(), theme().colours
        _fill, ink, mark = tone_colours(now, message.tone)
        edge = now.px(20)
        square = QRect(left + now.px(14), 0, edge, self.height())
        draw_icon(painter, MESSAGE_ICONS[message.tone], mark, square)
        words = QRect(left + now.px(40), 0, right - left - now.px(52), self.height())
        used = font(now, "cap")
        ink = c.ink if message.tone is Tone.GOOD else ink
        draw_text(
            painter, words, elided(message.text, used, words.width()), (used, ink)
        )
