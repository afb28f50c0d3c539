"""Reads one line of ReceiptLine's markup, with fields in it.

Source: OFSC ReceiptLine Specification, as published with receiptline 4.0 (columns,
text decoration, escapes, properties). Of it only what this till prints: sizes are
normal, `^^` (tall) and `^^^` (large); marks count at the beginning of a cell and for
the whole line; cells but the first stand right. Own properties: `{rule:solid}`,
`{feed:2}`, `{section:taxes}`, `{image:logo}`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.documents.layout import Align, RuleStyle, Size
from pos_app.documents.template.expressions import Tokens
from pos_app.documents.template.properties import Piece, property_line
from pos_app.documents.template.tree import (
    ColumnsLine,
    CutLine,
    FeedLine,
    Node,
    Part,
    Parts,
    RuleLine,
    TextLine,
    fault,
)

COLUMN_LIMIT = 6
_BLANK = " \t\u3000"
_ALIGNS = (Align.LEFT, Align.CENTRE, Align.RIGHT)
_SIZES = {0: Size.NORMAL, 2: Size.TALL, 3: Size.LARGE}
_NEVER_ESCAPED = frozenset('\\|{}_"`^~-=')


@dataclass(frozen=True, slots=True)
class _Cell:
    parts: Parts
    align: Align
    size: Size
    bold: bool


def markup_line(text: str, line: int) -> Node | None:
    """Understand one line.

    Args:
        text: of the line.
        line: its number, from 1.

    Returns:
        What it prints; None for a comment.

    Raises:
        TemplateLineError: what is wrong with it.
    """
    stripped = text.strip(_BLANK)
    if not stripped:
        return FeedLine(1)
    if not stripped.strip("-"):
        return RuleLine(RuleStyle.DASHED)
    if not stripped.strip("="):
        return CutLine()
    pieces = trimmed(pieces_of(text, line))
    if pieces[0].is_sign("{") and pieces[-1].is_sign("}"):
        return property_line(pieces[1:-1], line)
    brace = next((x for x in pieces if x.is_sign("{") or x.is_sign("}")), None)
    if brace is not None:
        raise fault("template_brace", line, brace.column)
    return _columns(pieces, line)


def pieces_of(text: str, line: int) -> list[Piece]:
    """Split a line into signs, escaped signs and fields."""
    found: list[Piece] = []
    at = 0
    while at < len(text):
        column = at + 1
        if text.startswith("{{", at):
            end = text.find("}}", at + 2)
            if end < 0:
                raise fault("template_field_open", line, column)
            tokens = Tokens(text[at + 2 : end], line, at + 3)
            path = tokens.path()
            tokens.finish()
            found.append(Piece(path, column))
            at = end + 2
        elif text[at] == "\\" and text[at + 1 : at + 2] in _NEVER_ESCAPED:
            found.append(Piece(text[at + 1], column, is_escaped=True))
            at += 2
        else:
            found.append(Piece(text[at], column))
            at += 1
    return found


def trimmed(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces without the blanks at both ends."""
    start, end = 0, len(pieces)
    while start < end and pieces[start].is_blank:
        start += 1
    while end > start and pieces[end - 1].is_blank:
        end -= 1
    return list(pieces[start:end])


def _columns(pieces: list[Piece], line: int) -> Node:
    cells = [_cell(column, line) for column in _split(pieces)]
    if len(cells) > COLUMN_LIMIT:
        raise fault("template_columns_many", line, 1, count=str(COLUMN_LIMIT))
    first = cells[0]
    if len(cells) == 1:
        return TextLine(first.parts, first.align, first.size, first.bold)
    marks = {(x.size, x.bold) for x in cells[1:]} - {(Size.NORMAL, False)}
    if marks - {(first.size, first.bold)}:
        raise fault("template_marks_differ", line, 1)
    return ColumnsLine(tuple(x.parts for x in cells), first.size, first.bold)


def _split(pieces: list[Piece]) -> list[list[Piece]]:
    """Split at the pipes; a pipe attracts the text beside it, like a magnet."""
    bars = [at for at, piece in enumerate(pieces) if piece.is_sign("|")]
    blank = Piece(" ", 1)
    if not bars:
        return [[blank, *pieces, blank]]
    if bars[0] > 0 and not pieces[bars[0] - 1].is_blank:
        pieces = [blank, *pieces]
    last = [at for at, piece in enumerate(pieces) if piece.is_sign("|")][-1]
    if last < len(pieces) - 1 and not pieces[last + 1].is_blank:
        pieces = [*pieces, blank]
    pieces = pieces[1:] if pieces[0].is_sign("|") else pieces
    pieces = pieces[:-1] if pieces and pieces[-1].is_sign("|") else pieces
    columns: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.is_sign("|"):
            columns.append([])
        else:
            columns[-1].append(piece)
    return columns


def _cell(column: list[Piece], line: int) -> _Cell:
    place = 1
    if column:
        place += int(column[0].is_blank) - int(column[-1].is_blank)
    pieces = trimmed(column)
    bold, carets, at = False, 0, 0
    while at < len(pieces) and (pieces[at].is_sign('"') or pieces[at].is_sign("^")):
        bold = bold or pieces[at].is_sign('"')
        carets += int(pieces[at].is_sign("^"))
        at += 1
    if carets not in _SIZES:
        raise fault("template_size_unknown", line, pieces[0].column)
    rest = pieces[at:]
    if bold and rest and rest[-1].is_sign('"'):
        rest = rest[:-1]
    return _Cell(parts_of(rest), _ALIGNS[place], _SIZES[carets], bold)


def parts_of(pieces: Sequence[Piece]) -> Parts:
    """Join signs to words; `~` is a blank that is never trimmed."""
    parts: list[Part] = []
    for piece in pieces:
        part: Part = " " if piece.is_sign("~") else piece.part
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        else:
            parts.append(part)
    return tuple(parts)
