"""A layout as lines of text: widths, wrapping and columns.

The same placing serves three readers: the plain text of a slip, the printer's
own font, and the picture. They differ in how wide a text is, so every function
takes a `Measure`. Nothing is ever cut: what is too long is wrapped.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pos_app.documents.layout import (
    Align,
    Barcode,
    Block,
    Columns,
    Cut,
    Feed,
    Image,
    Layout,
    QrCode,
    Rule,
    RuleStyle,
    Size,
    Text,
)

#: Tells how wide a text is, in the units of a `Page`.
Measure = Callable[[str], int]

#: No line starts with one of these (kinsoku; GB/T 15834 section 5.1).
_CLOSING = frozenset("，。、；：！？）】》」』〉”’…·,.;:!?)]}%")
#: No line ends with one of these.
_OPENING = frozenset("（【《「『〈“‘([{¥￥$€")
_RULES = {RuleStyle.DASHED: "-", RuleStyle.SOLID: "─", RuleStyle.DOUBLE: "═"}
#: ZWJ and ZWNJ shape a text; the marks that reverse it are taken out, so that a
#: name can never turn the amount beside it around (Unicode TR 36, section 2.5).
_SHAPING = frozenset("\u200c\u200d")


@dataclass(frozen=True, slots=True)
class Piece:
    """A text at its place on a line.

    Attributes:
        text: never longer than the line.
        start: distance from the left edge, in the page's units.
    """

    text: str
    start: int


#: One line: its pieces from left to right.
Row = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The paper as a block sees it.

    Attributes:
        width: of a line, in any unit.
        unit: of one narrow character, for the widths of `Columns`.
        measure: how wide a text is.
    """

    width: int
    unit: int
    measure: Measure


def printable(text: str) -> str:
    """Make any text safe for paper.

    Controls become spaces, unpaired surrogates U+FFFD; marks that only steer
    direction vanish. Every visible character stays.
    """
    return "".join(_safe(char) for char in text)


def _safe(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    if category == "Cs":
        return "\ufffd"
    if category == "Cf" and char not in _SHAPING:
        return ""
    return char


def text_columns(text: str) -> int:
    """Return how many columns `text` takes: CJK two, combining marks none.

    Source: Unicode UAX #11; ambiguous widths count one.
    """
    return sum(_char_columns(char) for char in text)


def _char_columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def clusters(text: str) -> tuple[str, ...]:
    """Split into what must stay together: a base and its marks and joiners."""
    found: list[str] = []
    for char in text:
        joins = bool(found) and (_is_mark(char) or found[-1].endswith("\u200d"))
        if joins:
            found[-1] += char
        else:
            found.append(char)
    return tuple(found)


def _is_mark(char: str) -> bool:
    # Variation selectors are Mn; the last range is the skin tones of emoji.
    is_combining = unicodedata.category(char) in ("Mn", "Me", "Mc", "Cf")
    return is_combining or "\U0001f3fb" <= char <= "\U0001f3ff"


def wrap(text: str, limit: int, measure: Measure) -> tuple[str, ...]:
    """Break `text` into lines no wider than `limit`; one empty line if empty.

    Lines break at spaces and between Chinese characters; a word too long for a
    line is broken where it must. A single character wider than the line stands
    alone on its line.
    """
    lines: list[str] = []
    line = ""
    for word in _words(printable(text)):
        if measure((line + word).rstrip()) <= limit:
            line += word
            continue
        if line.strip():
            lines.append(line.rstrip())
        *full, line = _break_word(word.lstrip(), limit, measure)
        lines.extend(full)
    return (*lines, line.rstrip()) if line.strip() or not lines else tuple(lines)


def _words(text: str) -> Iterable[str]:
    """Yield pieces between which a line may break."""
    word = ""
    for cluster in clusters(text):
        if word and _may_break(word, cluster):
            yield word
            word = ""
        word += cluster
    if word:
        yield word


def _may_break(word: str, following: str) -> bool:
    before, after = word[-1], following[0]
    if after == " " or after in _CLOSING or before in _OPENING:
        return False
    return before == " " or _is_wide(before) or _is_wide(after)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _break_word(word: str, limit: int, measure: Measure) -> list[str]:
    lines = [""]
    for cluster in clusters(word):
        if lines[-1] and measure((lines[-1] + cluster).rstrip()) > limit:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        if lines[-1] or cluster != " ":
            lines[-1] += cluster
    return lines


def place(block: Text | Columns, page: Page) -> tuple[Row, ...]:
    """Put a text or columns on lines of `page`."""
    if isinstance(block, Text):
        return _place_text(block, page)
    return _place_columns(block, page)


def _place_text(block: Text, page: Page) -> tuple[Row, ...]:
    rows: list[Row] = []
    for line in wrap(block.text, page.width, page.measure):
        free = max(0, page.width - page.measure(line))
        start = {Align.LEFT: 0, Align.CENTRE: free // 2, Align.RIGHT: free}[block.align]
        rows.append((Piece(line, start),))
    return tuple(rows)


def _place_columns(block: Columns, page: Page) -> tuple[Row, ...]:
    first, *others = (printable(cell) for cell in block.cells)
    assert len(others) == len(block.widths)
    needs = [
        max(width * page.unit, page.measure(cell.strip()))
        for cell, width in zip(others, block.widths, strict=True)
    ]
    left = page.width - sum(need + page.unit for need in needs)
    if left < min(page.width // 4, page.measure(first)):
        return _stack_columns(first, others, page)
    head = tuple(_right_aligned(others, needs, page))
    lines = wrap(first, left, page.measure)
    rows = [(Piece(line, 0),) for line in lines]
    return ((*rows[0], *head), *rows[1:])


def _right_aligned(
    cells: Iterable[str], needs: Iterable[int], page: Page
) -> Iterable[Piece]:
    left = page.width - sum(need + page.unit for need in needs)
    for cell, need in zip(cells, needs, strict=True):
        text = cell.strip()
        left += page.unit + need
        if text:
            yield Piece(text, left - page.measure(text))


def _stack_columns(first: str, others: Iterable[str], page: Page) -> tuple[Row, ...]:
    """Where the paper is too narrow: the text, and below it each figure."""
    rows = list(_place_text(Text(first), page))
    texts = [cell.strip() for cell in others if cell.strip()]
    needs = [page.measure(text) for text in texts]
    if sum(need + page.unit for need in needs) - page.unit <= page.width:
        together = tuple(_right_aligned(texts, needs, page))
        return (*rows, together) if together else tuple(rows)
    for text in texts:
        rows += _place_text(Text(text, Align.RIGHT), page)
    return tuple(rows)


def scale_of(size: Size) -> int:
    """Return how many times wider than normal a size prints."""
    return 2 if size is Size.LARGE else 1


def text_lines(layout: Layout, columns: int) -> tuple[str, ...]:
    """Write a layout as text.

    Args:
        layout: the document.
        columns: of the paper: 48 on 80 mm, 32 on 58 mm; at least 8.

    Returns:
        Lines of at most `columns` columns. Codes and pictures are named in
        brackets; large text wraps as it will on paper.
    """
    assert columns >= 8
    return tuple(line for block in layout.blocks for line in _lines_of(block, columns))


def _lines_of(block: Block, columns: int) -> tuple[str, ...]:  # noqa: PLR0911 - one for each kind
    match block:
        case Text() | Columns():
            return _written(block, columns)
        case Rule():
            return (_RULES[block.style] * columns,)
        case Barcode():
            return _written(Text(f"[{block.data}]", Align.CENTRE), columns)
        case QrCode():
            return _written(Text(f"[QR {block.data}]", Align.CENTRE), columns)
        case Image():
            return ()
        case Feed():
            return ("",) * block.lines
        case Cut():
            return ()


def _written(block: Text | Columns, columns: int) -> tuple[str, ...]:
    scale = scale_of(block.size)
    page = Page(columns, scale, lambda text: scale * text_columns(text))
    rows = place(block, page)
    if scale > 1:
        # Placed as wide as it prints, written half as wide: each piece moves
        # so that its right edge, or its middle, stays where it is on paper.
        is_centred = isinstance(block, Text) and block.align is Align.CENTRE
        rows = tuple(tuple(_narrowed(p, centred=is_centred) for p in r) for r in rows)
    return tuple(join_row(row, text_columns) for row in rows)


def _narrowed(piece: Piece, *, centred: bool) -> Piece:
    saved = text_columns(piece.text)
    if centred:
        return Piece(piece.text, piece.start + saved // 2)
    return Piece(piece.text, piece.start + saved if piece.start else 0)


def join_row(row: Row, measure: Measure) -> str:
    """Write a row, placed in narrow characters, as one padded text."""
    line = ""
    for piece in row:
        line += " " * max(0, piece.start - measure(line)) + piece.text
    return line
