"""A sentence in pieces: plain words, and blanks that may be filled in otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row.

    Attributes:
        words: as they are written.
        blank: what they fill: "goods", "off", "goods:1" for the second of several;
            "" for words that stand by themselves.
    """

    words: str
    blank: str = ""


Pieces: TypeAlias = tuple[Piece, ...]


def fill_clause(clause: str, **blanks: Pieces) -> Pieces:
    """Fill a clause; words that stand beside each other become one piece."""
    found: list[Piece] = []
    for words, name, _spec, _conversion in Formatter().parse(clause):
        if words:
            found.append(Piece(words))
        if name:
            found.extend(blanks[name])
    return merged(tuple(found))


def merged(pieces: Pieces) -> Pieces:
    """Join plain words that follow each other; empty ones fall away."""
    found: list[Piece] = []
    for piece in pieces:
        if not piece.words:
            continue
        if found and not found[-1].blank and not piece.blank:
            found[-1] = Piece(found[-1].words + piece.words)
        else:
            found.append(piece)
    return tuple(found)


def joined(parts: tuple[Pieces, ...], between: str) -> Pieces:
    """Join several runs of pieces with words between them."""
    found: list[Piece] = []
    for at, part in enumerate(parts):
        if at:
            found.append(Piece(between))
        found.extend(part)
    return merged(tuple(found))


def text_of(pieces: Pieces) -> str:
    """Return the plain sentence."""
    return "".join(piece.words for piece in pieces)
