"""One of a few: a sunken strip with a raised segment for what is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from ui.theme.fonts import SEMIBOLD, font, sized_font
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import Box, draw_box, draw_icon, text_width
from ui.widgets.ringed_button import RingedButton
from ui.widgets.text_fit import fit_label, line_height

#: Height of the strip and of a segment in it, 1366x768 pixels; 48 is touchable.
STRIP, SEGMENT = 56, 48
#: So many segments share one size of letters, which is no less than this.
_MANY, _LEAST = 6, 11


class Segment(RingedButton):
    """One of the choices."""

    def __init__(self, key: str, words: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.icon_name = icon
        self._pixels = 0
        self.setObjectName(f"segment-{parent.objectName()}-{key}")
        self.setText(words)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_pixels(self, pixels: int) -> None:
        """Write in letters of a size that all segments share; 0 for one's own."""
        if pixels != self._pixels:
            self._pixels = pixels
            self.updateGeometry()
            self.update()

    def close_width(self, pixels: int) -> int:
        """Return the least width in which the words stand in one line of this size."""
        now = theme()
        used = sized_font(now.language, pixels, SEMIBOLD)
        icon = now.px(28) if self.icon_name else 0
        return max(now.px(48), text_width(self.text(), used) + icon + now.px(12))

    def wide(self) -> int:
        """Return the width that the words want."""
        now = theme()
        words = self.fontMetrics().horizontalAdvance(self.text()) + now.px(36)
        icon = now.px(30) if self.icon_name else 0
        return max(now.px(64), words + icon)

    @override
    def sizeHint(self) -> QSize:
        """Return the words' width and the touchable height."""
        wide = self.close_width(self._pixels) if self._pixels else self.wide()
        return QSize(wide, theme().px(SEGMENT))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least touchable size."""
        return QSize(theme().px(48), theme().px(SEGMENT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the raised box of the chosen one, and the words."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            if self.isChecked() or self.isDown():
                fill = c.keydown if self.isDown() else c.surface
                border = c.primary if self.isChecked() else c.line
                draw_box(painter, self.rect(), Box(fill, border, border, now.px(8), 1))
            ink = c.primaryink if self.isChecked() else c.ink2
            ink = ink if self.isEnabled() else c.disabledink
            self._paint_words(painter, ink)

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        now = theme()
        icon = now.px(20) if self.icon_name else 0
        gap = now.px(8) if icon else 0
        room = self.width() - now.px(10)
        used = font(now, "label", SEMIBOLD)
        sizes = (room - icon - gap, room, self.height())
        pixels = self._pixels or used.pixelSize()
        fit = fit_label(now, self.text(), pixels, SEMIBOLD, sizes)
        icon, gap = (icon, gap) if fit.keeps_icon else (0, 0)
        left = (self.width() - fit.width - icon - gap) // 2
        if icon:
            square = QRect(left, 0, icon, self.height())
            draw_icon(painter, self.icon_name, ink, square)
        painter.setFont(fit.font)
        painter.setPen(ink)
        height = line_height(fit.font)
        top = (self.height() - fit.height) // 2
        for index, line in enumerate(fit.lines):
            row = QRect(left + icon + gap, top + index * height, fit.width, height)
            painter.drawText(row, Qt.AlignmentFlag.AlignCenter, line)

    @override
    def ring_radius(self) -> int:
        """Return the radius of what is painted."""
        return theme().px(8)


class SegmentedChoice(QWidget):
    """A strip of segments of which one is chosen."""

    #: The key of the segment a person chose; not emitted by `show_chosen`.
    chosen = Signal(str)

    def __init__(
        self, object_name: str, choices: Sequence[tuple[str, str, str]] = ()
    ) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._segments: dict[str, Segment] = {}
        self._chosen = ""
        self._row = QHBoxLayout(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_choices(choices)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def set_choices(self, choices: Sequence[tuple[str, str, str]]) -> None:
        """Offer other choices: (key, words, icon's name or "")."""
        if list(self._segments) == [key for key, _words, _icon in choices]:
            for key, words, _icon in choices:
                self._segments[key].setText(words)
                self._segments[key].setAccessibleName(words)
                self._segments[key].updateGeometry()
            self._share_size()
            return
        for segment in self._segments.values():
            segment.deleteLater()
        self._segments = {}
        for key, words, icon in choices:
            segment = Segment(key, words, icon, self)
            segment.clicked.connect(self._on_clicked)
            self._row.addWidget(segment)
            self._segments[key] = segment
        self.show_chosen(self._chosen)
        self._share_size()

    def segment(self, key: str) -> Segment:
        """Return one segment."""
        return self._segments[key]

    @property
    def chosen_key(self) -> str:
        """The key of what is shown as chosen."""
        return self._chosen

    def show_chosen(self, key: str) -> None:
        """Show what is chosen; emits nothing."""
        self._chosen = key
        for name, segment in self._segments.items():
            segment.setChecked(name == key)

    def _on_clicked(self) -> None:
        sender = self.sender()
        assert isinstance(sender, Segment)
        was, key = self._chosen, sender.key
        self.show_chosen(key)
        if key != was:
            self.chosen.emit(key)

    def _take_sizes(self) -> None:
        pad = theme().px((STRIP - SEGMENT) / 2)
        self._row.setContentsMargins(pad, pad, pad, pad)
        self._row.setSpacing(theme().px(2))
        for segment in self._segments.values():
            segment.setFont(font(theme(), "label", SEMIBOLD))
            segment.updateGeometry()
        self._share_size()

    def _share_size(self) -> None:
        """Write many words in one smaller size, not each in what is left for it."""
        now, parts = theme(), self._segments.values()
        margins = self._row.contentsMargins()
        gaps = self._row.spacing() * (len(parts) - 1)
        room = self.width() - margins.left() - margins.right() - gaps
        chosen = 0
        if len(parts) >= _MANY and sum(x.wide() for x in parts) > room:
            sizes = range(now.text_px("label"), now.px(_LEAST) - 1, -1)
            fit = (x for x in sizes if sum(s.close_width(x) for s in parts) <= room)
            chosen = next(fit, 0)
        for segment in parts:
            segment.set_pixels(chosen)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for other letters."""
        super().resizeEvent(event)
        self._share_size()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sunken strip."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            box = Box(c.sunken, c.line, c.line, now.radius("button"), 1)
            draw_box(painter, self.rect(), box)
