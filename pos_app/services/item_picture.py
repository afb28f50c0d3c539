"""A picture of an item from a file that anybody may have made: checked, then small.

Runs on a task's thread: a large photograph takes a tenth of a second. Pillow is
loaded when the first picture is chosen.
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.errors import UserError
from pos_app.ports.item_listing import ItemPicture

if TYPE_CHECKING:
    from PIL.Image import Image

#: Bigger files are no pictures of goods.
FILE_LIMIT_BYTES = 25_000_000
#: More pixels than the largest telephone's camera makes: a bomb, or a map.
PIXEL_LIMIT = 64_000_000
EDGE, SMALL_EDGE = 512, 160
_FORMATS = ("PNG", "JPEG")
_QUALITY = 86


def read_picture_file(path: Path) -> ItemPicture:
    """Read a PNG or JPEG, at most 512 x 512 pixels of it.

    Raises:
        UserError: "picture_unreadable", "picture_too_large", "picture_not_there".
    """
    try:
        if path.stat().st_size > FILE_LIMIT_BYTES:
            raise UserError("picture_too_large", file=path.name)
        data = path.read_bytes()
    except OSError as error:
        raise UserError("picture_not_there", file=path.name) from error
    return read_picture(data, path.name)


def read_picture(data: bytes, name: str) -> ItemPicture:
    """Make a picture of the bytes of a file.

    The size is read from the file's head before a single pixel is decoded, so that
    a small file cannot fill the memory.

    Raises:
        UserError: as `read_picture_file`.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > PIXEL_LIMIT:
                raise UserError("picture_too_large", file=name)
            opened.draft("RGB", (EDGE * 2, EDGE * 2))  # a JPEG is decoded smaller
            upright = ImageOps.exif_transpose(opened)
            upright.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UserError("picture_too_large", file=name) from error
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,  # Pillow's word for a broken PNG
        ValueError,
    ) as error:
        raise UserError("picture_unreadable", file=name) from error
    image = _encoded(upright, EDGE)
    digest = hashlib.sha256(image).hexdigest()
    return ItemPicture(digest, image, _encoded(upright, SMALL_EDGE))


def _encoded(picture: Image, edge: int) -> bytes:
    """Return a copy without anything but pixels: no place, no camera, no name."""
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    plain = picture.convert("RGBA" if has_alpha else "RGB")
    plain.thumbnail((edge, edge))
    plain.info.clear()
    written = BytesIO()
    if has_alpha:
        plain.save(written, "PNG", optimize=True)
    else:
        plain.save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()
