"""A logo on paper: as light and dark as it was, and no thin line broken."""

from __future__ import annotations

import io
import math

import pytest
from PIL import Image, ImageDraw

from hardware.printer.dithering import GAMMA, dithered, is_drawing, linear
from hardware.printer.logo import (
    FILE_LIMIT,
    PillowLogoMaker,
    print_size,
    read_grey,
)
from hardware.printer.raster import PillowRasteriser
from pos_app.documents.layout import Image as LogoBlock
from pos_app.documents.layout import Layout
from pos_app.errors import UserError
from pos_app.ports.logo import Dithering


def png(picture: Image.Image, kind: str = "PNG") -> bytes:
    answer = io.BytesIO()
    picture.save(answer, kind)
    return answer.getvalue()


def photograph() -> Image.Image:
    """Return soft greys, such as a photograph has."""
    picture = Image.new("L", (1200, 480))
    picture.putdata(
        [
            round(128 + 100 * math.sin(x / 90) * math.cos(y / 70) + 20 * (x / 1200))
            for y in range(480)
            for x in range(1200)
        ]
    )
    return picture


def thin_ring(size: int = 1400) -> Image.Image:
    """Return a circle of one pixel and a diagonal through it."""
    picture = Image.new("L", (size, size), 255)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((10, 10, size - 10, size - 10), outline=0, width=2)
    return picture


def white_share(picture: Image.Image) -> float:
    levels = picture.convert("L").histogram()
    return levels[255] / sum(levels)


def light_of(grey: Image.Image) -> float:
    light = linear(grey)
    total = light.resize((1, 1), Image.Resampling.BOX)
    return float(total.getpixel((0, 0)))


@pytest.mark.parametrize(
    ("way", "tolerance"),
    [(Dithering.DIFFUSED, 0.01), (Dithering.GRID, 0.02), (Dithering.CRISP, 0.12)],
)
def test_the_paper_is_as_light_as_the_picture(way: Dithering, tolerance: float) -> None:
    grey = photograph()
    dots = dithered(grey, print_size(grey, 80), way)
    assert dots.size == (576, 230)
    assert abs(white_share(dots) - light_of(grey)) < tolerance


@pytest.mark.parametrize("level", [30, 90, 128, 180, 220])
def test_every_grey_keeps_its_light(level: int) -> None:
    grey = Image.new("L", (160, 160), level)
    for way in (Dithering.DIFFUSED, Dithering.GRID):
        share = white_share(dithered(grey, (160, 160), way))
        assert abs(share - (level / 255) ** GAMMA) < 0.015


@pytest.mark.parametrize("paper_mm", [58, 80])
def test_a_thin_ring_stays_one_ring(paper_mm: int) -> None:
    grey = thin_ring()
    assert is_drawing(grey)
    dots = dithered(grey, print_size(grey, paper_mm), Dithering.LINES).convert("L")
    # Filled with grey from a corner, the inside stays white: the ring is closed.
    framed = Image.new("L", (dots.width + 2, dots.height + 2), 255)
    framed.paste(dots, (1, 1))
    ImageDraw.floodfill(framed, (0, 0), 128)
    assert framed.getpixel((framed.width // 2, framed.height // 2)) == 255


def test_drawings_and_photographs_are_told_apart() -> None:
    maker = PillowLogoMaker()
    assert maker.sketch(png(photograph()), 80).suggested is Dithering.DIFFUSED
    assert maker.sketch(png(thin_ring(600)), 80).suggested is Dithering.LINES


def test_what_is_transparent_is_paper_and_margins_are_cut_off() -> None:
    picture = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((100, 50, 299, 149), fill=(0, 0, 0, 255))
    grey = read_grey(png(picture))
    assert grey.size == (200, 100)
    assert grey.getextrema() == (0, 0)


def test_a_jpeg_lies_on_its_side_no_more() -> None:
    picture = Image.new("RGB", (300, 100), "black")
    exif = Image.Exif()
    exif[0x0112] = 6
    answer = io.BytesIO()
    picture.save(answer, "JPEG", exif=exif)
    assert read_grey(answer.getvalue()).size == (100, 300)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "logo_unreadable"),
        (b"GIF89a" + bytes(50), "logo_unreadable"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "logo_unreadable"),
        (png(Image.new("L", (9000, 9000))), "logo_too_large"),
        (bytes(FILE_LIMIT + 1), "logo_too_large"),
    ],
)
def test_what_is_no_picture_is_refused_with_words(data: bytes, key: str) -> None:
    with pytest.raises(UserError) as refused:
        PillowLogoMaker().sketch(data, 80)
    assert refused.value.key == key


def test_a_torn_picture_is_refused() -> None:
    whole = png(photograph())
    with pytest.raises(UserError):
        read_grey(whole[: len(whole) // 2])


@pytest.mark.parametrize(("paper_mm", "dots"), [(58, 384), (80, 576)])
def test_the_paper_prints_the_dots_that_were_chosen(paper_mm: int, dots: int) -> None:
    maker = PillowLogoMaker()
    sketch = maker.sketch(png(photograph(), "JPEG"), paper_mm)
    ready = dict(maker.prints(sketch.original, Dithering.CRISP))[paper_mm]
    assert ready == dict(sketch.prints)[Dithering.CRISP]
    chosen = Image.open(io.BytesIO(ready))
    layout = Layout((LogoBlock(ready),), "en")
    paper = Image.open(io.BytesIO(PillowRasteriser().png(layout, dots + 40)))
    black = chosen.convert("L").histogram()[0]
    assert paper.convert("L").histogram()[0] == black
