"""The mark of every paper that comes out of training: it is no receipt.

It stands at the head, at the foot and after every few rows, so that no piece that
somebody tears or cuts off is without one, and whatever it says of money is marked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pos_app.documents.label import Label
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
    if layout.blocks and all(isinstance(x, Label) for x in layout.blocks):
        labels = (x for x in layout.blocks if isinstance(x, Label))
        marked = tuple(_marked_label(label, mark) for label in labels)
        return Layout(marked, layout.language)
    head = Text(mark.text, Align.CENTRE, Size.TALL, bold=True)
    return Layout((head, *_marked(layout.blocks, mark)), layout.language)


def _marked_label(label: Label, mark: Text) -> Label:
    """Put the mark before what stands first: a label has no room beside it."""
    if not label.texts:
        return label
    first, *others = label.texts
    named = replace(first, text=f"{mark.text} {first.text}")
    return replace(label, texts=(named, *others))


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
