"""One page of the manual as it is read: headings, steps, key caps and pictures."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
)
from PySide6.QtWidgets import QFrame, QTextBrowser
from typing_extensions import override

from ui.theme.fonts import SEMIBOLD, font
from ui.theme.host import theme
from ui.theme.palette import qcolor
from ui.widgets.kinetic import make_kinetic

_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")
#: Wider lines are hard to follow from one to the next; 1366x768 pixels.
_WIDEST = 900
_EDGE = 6
_LINE_PERCENT = 145
#: With and without a scroll bar; a page at the edge of both must come to rest.
_ROUNDS = 2
#: Thin enough to belong to the key cap, wide enough to part it from its letters.
_THIN = "\u2009"
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_IMAGE = QTextDocument.ResourceType.ImageResource.value


class ManualText(QTextBrowser):
    """One page; its pictures are as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("manualText")
        self.setOpenLinks(False)
        self.setProperty("bare", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(never)
        self._pictures = Path()
        self._text = ""
        self._laid_out: tuple[object, ...] = ()
        self._is_busy = False
        make_kinetic(self)

    def show_page(self, text: str, pictures: Path) -> None:
        """Show Markdown; from its beginning where it is another page."""
        is_other = text != self._text
        self._text, self._pictures = text, pictures
        self._lay_out()
        if is_other:
            self.verticalScrollBar().setValue(0)

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a picture of the page, scaled to the room; nothing else is read."""
        said = name.toString() if isinstance(name, QUrl) else name
        if kind != _IMAGE or "/" in said:
            return None
        image = QImage(str(self._pictures / f"{said}.png"))
        if image.isNull():
            return None
        ratio = self.devicePixelRatioF()
        room = self.viewport().width() - 4 * theme().px(_EDGE)
        width = max(1, int(min(room, theme().px(image.width())) * ratio))
        smooth = Qt.TransformationMode.SmoothTransformation
        framed = _framed(image.scaledToWidth(width, smooth), ratio)
        framed.setDevicePixelRatio(ratio)
        return framed

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the page and its pictures out anew."""
        super().resizeEvent(event)
        beyond = self.width() - theme().px(_WIDEST)
        self.setViewportMargins(0, 0, max(0, beyond), 0)
        self._lay_out()

    # -------------------------------------------------------------------- inside

    def _lay_out(self) -> None:
        """Lay the page out, unless it stands there just so: it may be half read.

        A page that is laid out may need a scroll bar, and has less room then.
        """
        if self._is_busy:
            return
        self._is_busy = True
        for _round in range(_ROUNDS):
            look = (self._text, self._pictures, theme(), self.viewport().width())
            if look == self._laid_out:
                break
            self._laid_out = look
            self._fill()
        self._is_busy = False

    def _fill(self) -> None:
        now, paper = theme(), self.document()
        paper.clear()
        paper.setDefaultFont(font(now, "body"))
        paper.setDocumentMargin(now.px(_EDGE))
        paper.setIndentWidth(now.px(26))
        paper.setMarkdown(_PICTURE.sub(r"![\1](\2)\n\n*\1*", self._text))
        block = paper.begin()
        while block.isValid():
            _dress(block)
            block = block.next()
        self._cap_keys()

    def _cap_keys(self) -> None:
        """Let keys look like keys: a quiet ground and a little air."""
        c, cursor = theme().colours, QTextCursor(self.document())
        for piece in reversed(_bold_pieces(self.document())):
            ends = piece.position(), piece.position() + piece.length()
            cursor.setPosition(ends[1])
            cursor.insertText(_THIN, piece.charFormat())
            cursor.setPosition(ends[0])
            cursor.insertText(_THIN, piece.charFormat())
            cursor.setPosition(ends[0])
            keep = QTextCursor.MoveMode.KeepAnchor
            cursor.setPosition(ends[1] + 2 * len(_THIN), keep)
            cap = QTextCharFormat()
            cap.setFont(font(theme(), "body", SEMIBOLD))
            cap.setBackground(qcolor(c.bg))
            cap.setForeground(qcolor(c.ink))
            cursor.mergeCharFormat(cap)


def _pieces(block: QTextBlock) -> list[QTextFragment]:
    """Return the pieces of one format that a block is made of."""
    pieces, at = [], block.begin()
    while not at.atEnd():
        pieces.append(at.fragment())
        at += 1
    return pieces


def _bold_pieces(paper: QTextDocument) -> list[QTextFragment]:
    """Return the pieces outside headings that are bold, in order."""
    found, block = [], paper.begin()
    while block.isValid():
        if not block.blockFormat().headingLevel():
            found += [x for x in _pieces(block) if x.charFormat().font().bold()]
        block = block.next()
    return found


def _dress(block: QTextBlock) -> None:
    """Give a block its margins, its lines their height, its words their colour."""
    now, c = theme(), theme().colours
    cursor, layout, words = QTextCursor(block), block.blockFormat(), QTextCharFormat()
    pieces = _pieces(block)
    looks = pieces[0].charFormat() if pieces else QTextCharFormat()
    layout.setTopMargin(0)
    layout.setBottomMargin(now.px(8))
    layout.setLineHeight(_LINE_PERCENT, _PROPORTIONAL)
    if layout.headingLevel():
        layout.setTopMargin(now.px(20))
        layout.setLineHeight(100, _PROPORTIONAL)
        words.setFont(font(now, "h2"))
        words.setForeground(qcolor(c.ink))
    elif looks.isImageFormat():
        layout.setTopMargin(now.px(8))
        layout.setBottomMargin(now.px(2))
        layout.setLineHeight(100, _PROPORTIONAL)
    elif looks.fontItalic():
        layout.setBottomMargin(now.px(16))
        words.setFont(font(now, "cap"))
        words.setForeground(qcolor(c.ink3))
    elif block.textList() is not None:
        layout.setBottomMargin(now.px(5))
    cursor.setBlockFormat(layout)
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    if words.propertyCount():
        cursor.mergeCharFormat(words)
    for piece in pieces:
        if piece.charFormat().isAnchor():
            _colour_link(QTextCursor(block), piece)


def _colour_link(cursor: QTextCursor, piece: QTextFragment) -> None:
    link = QTextCharFormat()
    cursor.setPosition(piece.position())
    keep = QTextCursor.MoveMode.KeepAnchor
    cursor.setPosition(piece.position() + piece.length(), keep)
    link.setForeground(qcolor(theme().colours.primaryink))
    link.setFontUnderline(True)
    cursor.mergeCharFormat(link)


def _framed(image: QImage, ratio: float) -> QImage:
    """Return a picture with round corners and a hairline around it."""
    now = theme()
    framed = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    framed.fill(Qt.GlobalColor.transparent)
    with QPainter(framed) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = ratio / 2
        area = QRectF(image.rect()).adjusted(half, half, -half, -half)
        outline, radius = QPainterPath(), now.radius("key") * ratio
        outline.addRoundedRect(area, radius, radius)
        painter.setClipPath(outline)
        painter.drawImage(0, 0, image)
        painter.setClipping(False)
        painter.setPen(QPen(qcolor(now.colours.linestrong), ratio))
        painter.drawPath(outline)
    return framed
