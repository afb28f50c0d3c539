"""The mark of a paper that was printed before: COPY 1, COPY 2 ..."""

from __future__ import annotations

from pos_app.documents.layout import Align, Layout, Size, Text
from pos_app.i18n import Words


def copy_mark(number: int, words: Words) -> Text:
    """Return the mark of the copy `number`, from 1."""
    text = words("COPY {number}", number=number)
    return Text(text, Align.CENTRE, Size.LARGE, bold=True)


def as_copy(layout: Layout, number: int) -> Layout:
    """Return a laid-out paper marked as the copy `number`, whatever it was before."""
    words = Words(layout.language)
    older = {copy_mark(before, words) for before in range(1, number)}
    blocks = [block for block in layout.blocks if block not in older]
    return Layout((copy_mark(number, words), *blocks), layout.language)
