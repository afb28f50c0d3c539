"""A sentence with blanks that can be tapped; it wraps as words do."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from pos_app.documents.promotion_pieces import Piece, Pieces, text_of
from ui.theme.fonts import BOLD, font
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import CENTER, Box, draw_box, draw_text, elided, text_width
from ui.widgets.ringed_button import RingedButton

#: Height of a blank, 1366x768 pixels: touchable.
_BLANK, _GAP = 48, 6
#: What stands close behind the words before it.
_STOPS = tuple(",:;.，：；。、")


class Blank(RingedButton):
    """A word of the sentence that stands for something else, too."""

    def __init__(self, blank: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.blank = blank
        self.has_problem = False
        self.setObjectName(f"blank-{blank}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_words(self, words: str, *, is_open: bool, has_problem: bool) -> None:
        """Show other words."""
        self.has_problem = has_problem
        self.setText(words)
        self.setAccessibleName(words)
        self.setChecked(is_open)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return the words' width and the touchable height."""
        now = theme()
        wide = text_width(self.text(), font(now, "name", BOLD)) + now.px(26)
        return QSize(max(now.px(48), wide), now.px(_BLANK))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint box and words."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            fill, edge, ink = c.primarysoft, c.primarysoft, c.primaryink
            if self.isDown():
                fill = c.keydown
            if self.isChecked():
                edge = c.primary
            if self.has_problem:
                fill, edge, ink = c.dangersoft, c.danger, c.danger
            shape = self.rect().adjusted(1, 2, -1, -2)
            width = now.px(2)
            draw_box(
                painter, shape, Box(fill, edge, edge, now.radius("key"), width, width)
            )
            used = font(now, "name", BOLD)
            words = elided(self.text(), used, self.width() - now.px(10))
            draw_text(painter, shape, words, (used, ink), CENTER)

    @override
    def ring_radius(self) -> int:
        """Return the radius of what is painted."""
        return theme().radius("key")


class SentenceView(QWidget):
    """Words and blanks in lines as wide as the card."""

    tapped = Signal(str)
    """A blank was tapped; its name."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pieces: Pieces = ()
        self._parts: list[QWidget] = []
        self._high = 0
        theme_host().changed.connect(self._arrange)

    def show_pieces(self, pieces: Pieces, open_blank: str, problem_blank: str) -> None:
        """Show another sentence, which blank is open and which one is wrong."""
        self.setAccessibleName(text_of(pieces))
        pieces = _parted(pieces)
        if [x.blank for x in pieces] != [x.blank for x in self._pieces]:
            self._make(pieces)
        self._pieces = pieces
        for part, piece in zip(self._parts, pieces, strict=True):
            if isinstance(part, Blank):
                part.show_words(
                    piece.words,
                    is_open=piece.blank == open_blank,
                    has_problem=piece.blank == problem_blank,
                )
            elif isinstance(part, QLabel):
                part.setText(piece.words.strip())
        self._arrange()

    def blank(self, name: str) -> Blank:
        """Return a blank by its name."""
        found = (x for x in self._parts if isinstance(x, Blank) and x.blank == name)
        return next(found)

    def _make(self, pieces: Pieces) -> None:
        focused = next((x.blank for x in self._blanks() if x.hasFocus()), "")
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = []
        for piece in pieces:
            made = self._made(piece.blank) if piece.blank else QLabel(self)
            made.show()
            self._parts.append(made)
        for blank in self._blanks():
            if blank.blank == focused:
                blank.setFocus()

    def _made(self, name: str) -> Blank:
        blank = Blank(name, self)
        blank.clicked.connect(self._on_tapped)
        return blank

    def _blanks(self) -> list[Blank]:
        return [x for x in self._parts if isinstance(x, Blank)]

    def _on_tapped(self) -> None:
        sender = self.sender()
        assert isinstance(sender, Blank)
        self.tapped.emit(sender.blank)

    def _arrange(self) -> None:
        """Put the parts beside each other; a full line begins another one."""
        now = theme()
        line, gap = now.px(_BLANK), now.px(_GAP)
        for part in self._parts:
            if isinstance(part, QLabel):
                part.setFont(font(now, "name"))
        left = top = 0
        for at, part in enumerate(self._parts):
            wide = min(part.sizeHint().width(), self.width())
            if isinstance(part, QLabel) and not part.text():
                part.setGeometry(QRect(left, top, 0, 0))
                continue
            full = left + wide + self._tail(at)
            is_full = full > self.width() and not _is_mark(part)
            if left and is_full:
                left, top = 0, top + line + gap
            if left and _is_stop(part):
                left -= gap - now.px(2)
            part.setGeometry(QRect(left, top, wide, line))
            left += wide + gap
        high = top + line if self._parts else 0
        if high != self._high:
            self._high = high
            self.setFixedHeight(high)

    def _tail(self, at: int) -> int:
        """Return the width of a comma behind: no line begins with one."""
        after = self._parts[at + 1] if at + 1 < len(self._parts) else None
        if after is None or not _is_mark(after):
            return 0
        return theme().px(_GAP) + after.sizeHint().width()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._arrange()


def _parted(pieces: Pieces) -> Pieces:
    """Let a comma before other words stand by itself: no line begins with it."""
    found: list[Piece] = []
    for piece in pieces:
        words = piece.words.strip()
        if not piece.blank and words[:1] in _STOPS and len(words) > 1:
            found.append(Piece(words[0]))
            words = words[1:]
        found.append(Piece(words, piece.blank))
    return tuple(found)


def _is_stop(part: QWidget) -> bool:
    """Tell whether a part is a comma or the like, which follows closely."""
    return isinstance(part, QLabel) and part.text() in _STOPS


def _is_mark(part: QWidget) -> bool:
    """Tell whether a part is but a comma or another stop."""
    if not isinstance(part, QLabel) or not part.text():
        return False
    return not any(sign.isalnum() for sign in part.text())
