"""What a label printer holds: its dots, its width, the gap between two labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from PIL import Image as Pictures

from hardware.printer.label_placing import DPI_203, dots
from pos_app.documents.label import Label
from pos_app.documents.layout import Block, Layout


@dataclass(frozen=True, slots=True)
class Media:
    """What a label printer holds.

    Attributes:
        dpi10: dots of an inch, in tenths: 2032, 3000.
        gap_um: between two labels; 0 for a roll without end.
        own_letters: whether the printer's own font writes what it can.
        width_um: of a sheet for what is no label, such as a test page.
    """

    dpi10: int = DPI_203
    gap_um: int = 2_000
    own_letters: bool = True
    width_um: int = 72_000


def sheets_of(layout: Layout, media: Media) -> Iterator[Label | Pictures.Image]:
    """Yield the labels of a layout, and what stands between them as pictures."""
    for is_label, group in groupby(layout.blocks, lambda x: isinstance(x, Label)):
        if is_label:
            yield from (block for block in group if isinstance(block, Label))
        else:
            drawn = _drawn(group, layout.language, media)
            if drawn is not None:
                yield drawn


def _drawn(
    blocks: Iterable[Block], language: str, media: Media
) -> Pictures.Image | None:
    # Here: it draws slips, and slips may hold labels.
    from hardware.printer.raster import draw_block, stack

    width = dots(media.width_um, media.dpi10) // 8 * 8
    strips = [draw_block(block, width, language) for block in blocks]
    inked = [strip for strip in strips if strip is not None]
    return stack(inked, width) if inked else None
