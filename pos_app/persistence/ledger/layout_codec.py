"""Layouts as JSON text for the print queue, and back."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any

from pos_app.documents import layout as blocks
from pos_app.documents.label import Label
from pos_app.documents.layout import Block, Image, Layout
from pos_app.domain.codec import from_plain, to_plain

_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        blocks.Text,
        blocks.Columns,
        blocks.Rule,
        blocks.Barcode,
        blocks.QrCode,
        blocks.Feed,
        blocks.Cut,
        Label,
    )
}


def layout_to_text(layout: Layout) -> str:
    """Write a layout as JSON; each block names its kind."""
    plain = {
        "language": layout.language,
        "blocks": [_block_to_plain(block) for block in layout.blocks],
    }
    return json.dumps(plain, ensure_ascii=False)


def layout_from_text(text: str) -> Layout:
    """Read what `layout_to_text` wrote."""
    plain = json.loads(text)
    found = tuple(_block_from_plain(block) for block in plain["blocks"])
    return Layout(blocks=found, language=plain["language"])


def _block_to_plain(block: Block) -> dict[str, Any]:
    if isinstance(block, Image):
        return {"kind": "Image", "png": b64encode(block.png).decode("ascii")}
    return {"kind": type(block).__name__, **to_plain(block)}


def _block_from_plain(plain: dict[str, Any]) -> Block:
    kind = plain.pop("kind")
    if kind == "Image":
        return Image(b64decode(plain["png"]))
    block: Block = from_plain(_KINDS[kind], plain)
    return block
