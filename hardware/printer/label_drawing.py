"""Draws a label in black and white, at the dots of a printer or to scale on paper."""

from __future__ import annotations

from PIL import Image as Pictures
from PIL import ImageDraw

from hardware.printer.label_placing import (
    DPI_203,
    PlacedBars,
    PlacedLabel,
    PlacedSquares,
    PlacedText,
    place_label,
)
from hardware.printer.typesetting import draw_text, text_width
from pos_app.documents.label import Label

_WHITE, _BLACK = 255, 0
#: As on slips: grey below this is printed black.
_INK = 150
_EDGE_DOTS = 12
_UM_DOTS = 254_000  # micrometres of an inch, times ten


def draw_label(label: Label, language: str, dpi10: int = DPI_203) -> Pictures.Image:
    """Draw a label in mode "1", as large as its sheet at `dpi10`.

    Raises:
        DeviceError: "no_cjk_font".
    """
    return draw_placed(place_label(label, language, dpi10))


def draw_placed(placed: PlacedLabel) -> Pictures.Image:
    """Draw what was placed."""
    sheet = Pictures.new("1", (placed.width, placed.height), 1)
    pen = ImageDraw.Draw(sheet)
    for text in placed.texts:
        if text.box.width > 0 and text.box.height > 0:
            sheet.paste(draw_text_box(text), (text.box.left, text.box.top))
    for bars in placed.bars:
        _draw_bars(pen, bars)
    for squares in placed.squares:
        _draw_squares(pen, squares)
    for rule in placed.rules:
        far = (rule.left + rule.width - 1, rule.top + rule.height - 1)
        pen.rectangle(((rule.left, rule.top), far), fill=_BLACK)
    return sheet


def draw_text_box(placed: PlacedText) -> Pictures.Image:
    """Draw a text in mode "1", exactly as large as its box."""
    box, style = placed.box, placed.style
    grey = Pictures.new("L", (box.width, box.height), _WHITE)
    for left, middle, row in placed.rows:
        draw_text(grey, (left, middle), row, style)
    inked = grey.point(lambda level: _WHITE if level >= _INK else _BLACK, "1")
    if placed.text.is_struck:
        pen = ImageDraw.Draw(inked)
        thick = max(1, placed.fitted.size // 14)
        for left, middle, row in placed.rows:
            end = min(box.width - 1, left + text_width(row, style))
            pen.rectangle(((left, middle), (end, middle + thick - 1)), fill=_BLACK)
    return inked


def _draw_bars(pen: ImageDraw.ImageDraw, bars: PlacedBars) -> None:
    box = bars.box
    foot = box.top + box.height - 1
    for index, module in enumerate(bars.modules):
        if module == "1":
            left = box.left + index * bars.module
            far = (left + bars.module - 1, foot)
            pen.rectangle(((left, box.top), far), fill=_BLACK)


def _draw_squares(pen: ImageDraw.ImageDraw, squares: PlacedSquares) -> None:
    size = squares.module
    for y, row in enumerate(squares.rows):
        for x, dark in enumerate(row):
            if dark:
                left, top = squares.box.left + x * size, squares.box.top + y * size
                far = (left + size - 1, top + size - 1)
                pen.rectangle(((left, top), far), fill=_BLACK)


def draw_label_strip(label: Label, width_dots: int, language: str) -> Pictures.Image:
    """Draw a label on the paper of slips, inside a line to cut along.

    To scale where it fits; turned where only its short side does; else smaller.
    """
    room = width_dots - 2
    turned = label.width_um > _um(room) >= label.height_um
    side = label.height_um if turned else label.width_um
    drawn = draw_label(label, language, min(DPI_203, room * _UM_DOTS // side))
    if turned:
        drawn = drawn.transpose(Pictures.Transpose.ROTATE_90)
    strip = Pictures.new("1", (width_dots, drawn.height + 2 * _EDGE_DOTS), 1)
    left = (width_dots - drawn.width) // 2
    pen = ImageDraw.Draw(strip)
    corner = (left - 1, _EDGE_DOTS - 1)
    far = (left + drawn.width, _EDGE_DOTS + drawn.height)
    pen.rectangle((corner, far), outline=_BLACK)
    strip.paste(drawn, (left, _EDGE_DOTS))
    return strip


def _um(room_dots: int) -> int:
    return room_dots * _UM_DOTS // DPI_203
