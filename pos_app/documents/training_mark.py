"""The mark of every paper that comes out of training: it is no receipt.

It stands at the head, at the foot and after every few rows, so that no piece that
somebody tears or cuts off is without one, and whatever it says of money is marked.
"""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.documents.layout import Align, Block, Cut, Layout, Size, Text
from pos_app.i18n import Words

#: Rows between two marks: about 2 cm of paper.
ROWS_BETWEEN_MARKS = 5


def training_mark(words: Words) -> Text:
    """Return the mark, in the language of the paper."""
    text = words("TRAINING · not a receipt")
    return Text(f"*** {text} ***", Align.CENTRE, bold=True)


def as_training(layout: Layout) -> Layout:
    """Return a paper with the mark all over it; marked once, it stays as it is."""
    mark = training_mark(Words(layout.language))
    if mark in layout.blocks:
        return layout
    head = Text(mark.text, Align.CENTRE, Size.TALL, bold=True)
    return Layout((head, *_marked(layout.blocks, mark)), layout.language)


def _marked(blocks: tuple[Block, ...], mark: Text) -> Iterator[Block]:
    since = 0
    for block in blocks:
        if isinstance(block, Cut) or since == ROWS_BETWEEN_MARKS:
            yield mark
            since = 0
        yield block
        since += 0 if isinstance(block, Cut) else 1
    if not blocks or not isinstance(blocks[-1], Cut):
        yield mark
