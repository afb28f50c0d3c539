"""Grey to dots, in linear light.

A dot is black or white, so what the eye sees of an area is the share of white in it:
light, not the picture's numbers, which are gamma-coded. All of this therefore counts
in linear light: sRGB's curve is about a power of 2.2 (IEC 61966-2-1), and thermal dots
run into each other and take a part of the white, so that 1.8 looks right on paper
(receiptline 4.0 takes the same).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping

from PIL import Image as Pictures
from PIL import ImageFilter, ImageMath

from pos_app.ports.logo import Dithering

GAMMA = 1.8
_BLACK, _WHITE = 0, 255
#: A dot that is darker than this is printed where lines must not break: a line of a
#: third of a dot's width still comes out whole.
_LINE_DARKNESS = 0.25
#: Fewer pixels than this between black and white are the soft edges of a drawing.
_DRAWING_SHARE = 0.12
#: Bayer's 8 × 8 matrix (1973), as ranks.
_BAYER = (
    (0, 32, 8, 40, 2, 34, 10, 42),
    (48, 16, 56, 24, 50, 18, 58, 26),
    (12, 44, 4, 36, 14, 46, 6, 38),
    (60, 28, 52, 20, 62, 30, 54, 22),
    (3, 35, 11, 43, 1, 33, 9, 41),
    (51, 19, 59, 27, 49, 17, 57, 25),
    (15, 47, 7, 39, 13, 45, 5, 37),
    (63, 31, 55, 23, 61, 29, 53, 21),
)
#: (right, down, share of the error) of each neighbour.
_Spread = tuple[tuple[int, int, float], ...]
_FLOYD_STEINBERG: _Spread = (
    (1, 0, 7 / 16),
    (-1, 1, 3 / 16),
    (0, 1, 5 / 16),
    (1, 1, 1 / 16),
)
#: Atkinson hands on six eighths of the error: lights stay light, darks dark.
_ATKINSON: _Spread = (
    (1, 0, 1 / 8),
    (2, 0, 1 / 8),
    (-1, 1, 1 / 8),
    (0, 1, 1 / 8),
    (1, 1, 1 / 8),
    (0, 2, 1 / 8),
)


def linear(grey: Pictures.Image) -> Pictures.Image:
    """Return a grey picture (mode "L") as light, 0 to 1 (mode "F")."""
    found: Pictures.Image = ImageMath.lambda_eval(
        lambda args: (args["grey"] / 255.0) ** GAMMA, grey=grey.convert("F")
    )
    return found


def shrunk(grey: Pictures.Image, size: tuple[int, int]) -> Pictures.Image:
    """Return a picture in light, scaled down to `size` in light."""
    light = linear(grey)
    return light if size == grey.size else light.resize(size, Pictures.Resampling.BOX)


def is_drawing(grey: Pictures.Image) -> bool:
    """Tell a drawing or lettering from a photograph by its few greys."""
    counts = grey.histogram()
    between = sum(counts[40:216])
    inked = sum(counts[:216])
    return between < _DRAWING_SHARE * max(1, sum(counts)) and between <= inked // 2


def dithered(
    grey: Pictures.Image, size: tuple[int, int], dithering: Dithering
) -> Pictures.Image:
    """Return a picture in dots (mode "1").

    Args:
        grey: mode "L".
        size: in dots, no larger than the picture.
        dithering: how.
    """
    if dithering is Dithering.LINES:
        return _lines(grey, size)
    light = array("f", shrunk(grey, size).tobytes())
    return _MADE[dithering](light, size)


def _lines(grey: Pictures.Image, size: tuple[int, int]) -> Pictures.Image:
    """Print every dot that a line touches enough; thin ones are thickened first."""
    factor = grey.width / size[0]
    reach = 2 * int(factor / 4) + 1  # odd, about half a dot of the paper
    if reach >= 3:
        grey = grey.filter(ImageFilter.MinFilter(reach))
    light = array("f", shrunk(grey, size).tobytes())
    cut = 1 - _LINE_DARKNESS
    return _picture(bytes(_WHITE if x >= cut else _BLACK for x in light), size)


def _grid(light: array[float], size: tuple[int, int]) -> Pictures.Image:
    width, height = size
    dots = bytearray(width * height)
    for y in range(height):
        ranks = [(rank + 0.5) / 64 for rank in _BAYER[y % 8]]
        row = y * width
        for x in range(width):
            dots[row + x] = _WHITE if light[row + x] > ranks[x % 8] else _BLACK
    return _picture(bytes(dots), size)


def _diffused(
    light: array[float], size: tuple[int, int], spread: _Spread
) -> Pictures.Image:
    """Hand the error of each dot on to its neighbours, row by row to and fro."""
    width, height = size
    room = width + 4  # two columns at each side take what falls over the edge
    rows = [[0.0] * room for _ in range(3)]
    dots = bytearray(width * height)
    for y in range(height):
        errors = rows[0]
        step = 1 if y % 2 == 0 else -1
        columns = range(width) if step == 1 else range(width - 1, -1, -1)
        for x in columns:
            wanted = light[y * width + x] + errors[x + 2]
            is_white = wanted > 0.5
            dots[y * width + x] = _WHITE if is_white else _BLACK
            error = wanted - is_white
            for right, down, share in spread:
                rows[down][x + 2 + step * right] += error * share
        rows = [rows[1], rows[2], [0.0] * room]
    return _picture(bytes(dots), size)


def _picture(dots: bytes, size: tuple[int, int]) -> Pictures.Image:
    grey = Pictures.frombytes("L", size, dots)
    return grey.point(lambda level: level, "1")


_Maker = Callable[["array[float]", tuple[int, int]], Pictures.Image]
_MADE: Mapping[Dithering, _Maker] = {
    Dithering.GRID: _grid,
    Dithering.DIFFUSED: lambda light, size: _diffused(light, size, _FLOYD_STEINBERG),
    Dithering.CRISP: lambda light, size: _diffused(light, size, _ATKINSON),
}
