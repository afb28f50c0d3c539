"""A layout as lines of text: widths, wrapping and columns.

The same placing serves three readers: the plain text of a slip, the printer's
own font, and the picture. They differ in how wide a text is, so every function
takes a `Measure`. Nothing is ever cut: what is too long is wrapped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pos_app.documents.label import Label
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
from pos_app.documents.wrapping import Measure, printable, text_columns, wrap

_RULES = {RuleStyle.DASHED: "-", RuleStyle.SOLID: "─", RuleStyle.DOUBLE: "═"}


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


def fitted(block: Text | Columns, columns: int, measure: Measure) -> Text | Columns:
    """Return a large heading in tall letters where its line is too short for it.

    A shop's name in two lines with one character on the second looks broken;
    tall letters are half as wide. What is too long even so is wrapped.

    Args:
        block: any text.
        columns: of the paper, in narrow characters.
        measure: width in narrow characters.
    """
    if isinstance(block, Columns) or block.size is not Size.LARGE:
        return block
    is_fitting = 2 * measure(printable(block.text)) <= columns
    return block if is_fitting else replace(block, size=Size.TALL)


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
        case Feed():
            return ("",) * block.lines
        case Image() | Cut():
            return ()
        case Label():
            return _label_lines(block, columns)


def _label_lines(label: Label, columns: int) -> tuple[str, ...]:
    """Name what stands on a label, from top to bottom."""
    named = [(x.box.top_um, x.text) for x in label.texts]
    named += [(x.box.top_um, f"[{x.data}]") for x in label.codes]
    texts = [text for _top, text in sorted(named, key=lambda found: found[0])]
    if label.copies > 1:
        texts.append(f"×{label.copies}")
    lines = (_written(Text(text), columns) for text in texts)
    return tuple(line for written in lines for line in written)


def _written(block: Text | Columns, columns: int) -> tuple[str, ...]:
    block = fitted(block, columns, text_columns)
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
