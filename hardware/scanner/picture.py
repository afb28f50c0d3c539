"""Reads codes out of a picture file through zxing-cpp; slow, never on the screen's thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pos_app.errors import UserError

#: A phone's picture has 12 to 50 million dots and some MB; a scanned page less.
LARGEST_BYTES = 30_000_000
LARGEST_DOTS = 60_000_000
#: What is looked at; larger pictures are made smaller first.
_LOOKED_AT_DOTS = 12_000_000
#: More codes than a price list's page has.
_MOST_CODES = 50
_KINDS = frozenset({"PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF"})


@dataclass(frozen=True, slots=True)
class ReadCode:
    """One code of a picture.

    Attributes:
        code: AIM identifier first, as a scanner sends it; GS kept.
        symbology: as people call it: "EAN-13".
    """

    code: str
    symbology: str


def read_picture(file: Path) -> tuple[ReadCode, ...]:
    """Return the codes of a picture, from top to bottom; none where there is none.

    Raises:
        UserError: "code_picture_too_large", "code_picture_unreadable".
    """
    # Late: both are large, and few pictures are read in a day.
    import zxingcpp
    from PIL import Image, UnidentifiedImageError

    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise UserError("code_picture_too_large", file=file.name)
        with Image.open(file, formats=sorted(_KINDS)) as picture:
            if picture.width * picture.height > LARGEST_DOTS:
                raise UserError("code_picture_too_large", file=file.name)
            grey = picture.convert("L")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise UserError("code_picture_unreadable", file=file.name) from error
    except (ValueError, SyntaxError) as error:  # what Pillow says of half a file
        raise UserError("code_picture_unreadable", file=file.name) from error
    dots = grey.width * grey.height
    if dots > _LOOKED_AT_DOTS:
        # thumbnail keeps the proportions; a root of the ratio, in whole steps.
        edge = max(1, max(grey.size) * _LOOKED_AT_DOTS // dots)
        grey.thumbnail((max(edge, 2000), max(edge, 2000)))
    found = zxingcpp.read_barcodes(grey, text_mode=zxingcpp.TextMode.Plain)
    ordered = sorted(
        found, key=lambda one: (one.position.top_left.y, one.position.top_left.x)
    )
    codes = [ReadCode(_sent(one), str(one.format)) for one in ordered if one.valid]
    return tuple(dict.fromkeys(codes))[:_MOST_CODES]


def _sent(one: object) -> str:
    """Return a code as a scanner with AIM identifiers sends it."""
    identifier = str(getattr(one, "symbology_identifier", ""))
    return identifier + str(getattr(one, "text", ""))
