"""A very long slip as a preview shows it: its beginning and its end."""

from __future__ import annotations

from dataclasses import replace

from pos_app.documents.layout import Align, Layout, Text

#: More than a person scrolls through; a picture of 10,000 lines takes a minute.
MOST_BLOCKS = 600
_LEFT_OUT = Text("· · ·", Align.CENTRE)


def at_a_glance(layout: Layout) -> Layout:
    """Return the layout without its middle where it is very long; the paper is whole.

    Args:
        layout: of a slip.
    """
    if len(layout.blocks) <= MOST_BLOCKS:
        return layout
    half = MOST_BLOCKS // 2
    blocks = (*layout.blocks[:half], _LEFT_OUT, *layout.blocks[-half:])
    return replace(layout, blocks=blocks)
