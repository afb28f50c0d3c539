"""Reads the picture that somebody chose as a logo, and makes it ready for paper."""

from __future__ import annotations

import io
import warnings

from PIL import Image as Pictures
from PIL import ImageOps, UnidentifiedImageError

from hardware.printer.dithering import dithered, is_drawing
from pos_app.errors import UserError
from pos_app.ports.logo import Dithering, LogoSketch

#: Of a file; a telephone's photograph has 5 MB.
FILE_LIMIT = 12_000_000
#: Of the opened picture: 40 megapixels take 160 MB while they are made grey.
PIXEL_LIMIT = 40_000_000
#: Of the side of what is kept: three times the dots of wide paper.
_KEPT = 1_728
_MOST_HEIGHT = 240
_PAPER_DOTS = {58: 384, 80: 576}
#: Paler than this is paper, when the margins are cut off.
_PAPER_GREY = 244


class PillowLogoMaker:
    """Implements `pos_app.ports.logo.LogoMaker`. May be used by any thread."""

    def sketch(self, data: bytes, paper_mm: int) -> LogoSketch:
        """Return a picture with each way of printing it; see the port."""
        grey = read_grey(data)
        size = print_size(grey, paper_mm)
        prints = tuple((way, _png(dithered(grey, size, way))) for way in Dithering)
        way = Dithering.LINES if is_drawing(grey) else Dithering.DIFFUSED
        return LogoSketch(_png(grey), prints, way)

    def prints(
        self, original: bytes, dithering: Dithering
    ) -> tuple[tuple[int, bytes], ...]:
        """Return what each width of paper prints; see the port."""
        grey = read_grey(original)
        return tuple(
            (mm, _png(dithered(grey, print_size(grey, mm), dithering)))
            for mm in _PAPER_DOTS
        )


def print_size(grey: Pictures.Image, paper_mm: int) -> tuple[int, int]:
    """Return the size in dots: as wide as the paper, no higher than 3 cm."""
    most = (_PAPER_DOTS[paper_mm], _MOST_HEIGHT)
    scale = min(1.0, most[0] / grey.width, most[1] / grey.height)
    return max(1, round(grey.width * scale)), max(1, round(grey.height * scale))


def read_grey(data: bytes) -> Pictures.Image:
    """Return a PNG or JPEG in grey, on white paper, upright, without its margins.

    Raises:
        UserError: "logo_too_large" with the limit, or "logo_unreadable".
    """
    if len(data) > FILE_LIMIT:
        raise UserError("logo_too_large", limit=FILE_LIMIT // 1_000_000)
    try:
        with warnings.catch_warnings():
            # Pillow warns of pictures that might be bombs; they are refused here.
            warnings.simplefilter("error", Pictures.DecompressionBombWarning)
            return _grey(data)
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,  # Pillow's word for a broken PNG
        Pictures.DecompressionBombError,
        Pictures.DecompressionBombWarning,
    ) as error:
        raise UserError("logo_unreadable") from error


def _grey(data: bytes) -> Pictures.Image:
    with Pictures.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
        if opened.width * opened.height > PIXEL_LIMIT:
            raise UserError("logo_too_large", limit=FILE_LIMIT // 1_000_000)
        opened.draft("L", (_KEPT, _KEPT))  # a JPEG is decoded small at once
        upright = ImageOps.exif_transpose(opened)
        picture = upright.convert("RGBA")
    paper = Pictures.new("RGBA", picture.size, (255, 255, 255, 255))
    grey = Pictures.alpha_composite(paper, picture).convert("L")
    inked = grey.point(lambda level: 255 if level < _PAPER_GREY else 0)
    box = inked.getbbox()
    grey = grey.crop(box) if box else grey
    grey.thumbnail((_KEPT, _KEPT), Pictures.Resampling.LANCZOS)
    return grey


def _png(picture: Pictures.Image) -> bytes:
    answer = io.BytesIO()
    picture.save(answer, "PNG", optimize=True)
    return answer.getvalue()
