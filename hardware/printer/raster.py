"""Draws a layout in black and white: the preview, the PNG, the fallback.

Every printer prints a picture; so whatever a printer's own font cannot say is
drawn here, line by line (notes: no receipt printer's ROM knows every script).
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from PIL import Image as Pictures
from PIL import ImageDraw, UnidentifiedImageError

from hardware.printer.codes import (
    barcode_module_dots,
    barcode_modules,
    element_string,
    qr_module_dots,
    qr_modules,
)
from hardware.printer.dithering import dithered, is_drawing
from hardware.printer.label_drawing import draw_label, draw_label_strip
from hardware.printer.typesetting import LineStyle, draw_text, text_width
from pos_app.documents.label import Label
from pos_app.documents.layout import (
    Align,
    Barcode,
    Block,
    Columns,
    Cut,
    Feed,
    Image,
    Layout,
    QrCode,
    Rule,
    RuleStyle,
    Size,
    Text,
)
from pos_app.documents.text import Page, Row, fitted, place
from pos_app.errors import DeviceError
from pos_app.ports.logo import Dithering

_WHITE, _BLACK = 255, 0
#: Grey below this is printed black; tuned on Noto Sans CJK at 24 dots, where a
#: lighter cut loses the thin strokes of 覆 and a darker one fills them.
_INK = 150
_LINE_DOTS = 32
_MARGIN_DOTS = 8
_CODE_MARGIN_DOTS = 10
_MOST_LOGO_DOTS = 240

#: Glyph size in dots and line height of each size, at 203 dpi.
_SIZES = {Size.NORMAL: (24, 32), Size.TALL: (32, 44), Size.LARGE: (42, 56)}


class PillowRasteriser:
    """Implements `pos_app.ports.printing.Rasteriser`. May be used by any thread."""

    def png(self, layout: Layout, width_dots: int) -> bytes:
        """Return the layout as a 1-bit PNG, `width_dots` wide, with a margin.

        Raises:
            DeviceError: "no_cjk_font" or "logo_unreadable".
        """
        # Paper has white beside the print; a picture needs it drawn.
        side = width_dots // 36
        inner = width_dots - 2 * side
        strips = [draw_block(b, inner, layout.language) for b in layout.blocks]
        drawn = [strip for strip in strips if strip is not None]
        height = sum(strip.height for strip in drawn) + 4 * _MARGIN_DOTS
        page = Pictures.new("1", (width_dots, height), 1)
        top = 2 * _MARGIN_DOTS
        for strip in drawn:
            page.paste(strip, (side, top))
            top += strip.height
        answer = io.BytesIO()
        page.save(answer, "PNG", dpi=(203, 203), optimize=True)
        return answer.getvalue()

    def label_png(self, label: Label, language: str, dots_per_inch: int) -> bytes:
        """Return a label as a 1-bit PNG, as large as its sheet.

        Raises:
            DeviceError: "no_cjk_font".
        """
        drawn = draw_label(label, language, dots_per_inch * 10)
        answer = io.BytesIO()
        dpi = (dots_per_inch, dots_per_inch)
        drawn.save(answer, "PNG", dpi=dpi, optimize=True)
        return answer.getvalue()


def draw_block(  # noqa: C901, PLR0911 - one for each kind of block
    block: Block, width_dots: int, language: str
) -> Pictures.Image | None:
    """Draw one block over the whole width, black on white, one bit a dot.

    Args:
        block: what to draw.
        width_dots: of the paper; a multiple of 8.
        language: decides the regional glyphs.

    Returns:
        A strip in mode "1", or None for what leaves no ink (a cut).
    """
    match block:
        case Text() | Columns():
            return _draw_lines(block, width_dots, language)
        case Rule():
            return _draw_rule(block.style, width_dots)
        case Barcode():
            return _draw_barcode(block, width_dots, language)
        case QrCode():
            return _draw_qr(block, width_dots, language)
        case Image():
            return _draw_image(block.png, width_dots)
        case Feed():
            return _blank(width_dots, block.lines * _LINE_DOTS)
        case Cut():
            return None
        case Label():
            return draw_label_strip(block, width_dots, language)


def _blank(width_dots: int, height: int) -> Pictures.Image:
    return Pictures.new("1", (width_dots, height), 1)


def _draw_lines(
    block: Text | Columns, width_dots: int, language: str
) -> Pictures.Image:
    # `fitted` doubles what it is told, as printers do; here large is measured.
    large = LineStyle(language, _SIZES[Size.LARGE][0], bold=block.bold)
    block = fitted(block, width_dots, lambda text: text_width(text, large) // 2)
    glyph, pitch = _SIZES[block.size]
    style = LineStyle(language, glyph, bold=block.bold)
    unit = text_width("0", style)
    page = Page(width_dots, unit, lambda text: text_width(text, style))
    rows = place(block, page)
    grey = Pictures.new("L", (width_dots, pitch * len(rows)), _WHITE)
    for index, row in enumerate(rows):
        _draw_row(grey, row, (pitch * index, pitch), style)
    return grey.point(lambda level: _WHITE if level >= _INK else _BLACK, "1")


def _draw_row(
    grey: Pictures.Image, row: Row, band: tuple[int, int], style: LineStyle
) -> None:
    top, pitch = band
    for piece in row:
        draw_text(grey, (piece.start, top + pitch // 2), piece.text, style)


def _draw_rule(style: RuleStyle, width_dots: int) -> Pictures.Image:
    strip = _blank(width_dots, 20)
    pen = ImageDraw.Draw(strip)
    match style:
        case RuleStyle.DASHED:
            for left in range(0, width_dots, 10):
                pen.rectangle((left, 9, left + 5, 10), fill=_BLACK)
        case RuleStyle.SOLID:
            pen.rectangle((0, 9, width_dots, 10), fill=_BLACK)
        case RuleStyle.DOUBLE:
            pen.rectangle((0, 7, width_dots, 8), fill=_BLACK)
            pen.rectangle((0, 12, width_dots, 13), fill=_BLACK)
    return strip


def _draw_barcode(block: Barcode, width_dots: int, language: str) -> Pictures.Image:
    is_gs1 = block.symbology == "gs1-128"
    data = element_string(block.data) if is_gs1 else block.data
    modules = barcode_modules(block.symbology, data)
    dots = barcode_module_dots(modules, width_dots)
    caption = Text(block.data, Align.CENTRE)
    if dots == 0:
        return _draw_lines(caption, width_dots, language)
    bars = _blank(width_dots, block.height_dots + 2 * _CODE_MARGIN_DOTS)
    pen = ImageDraw.Draw(bars)
    left = (width_dots - dots * len(modules)) // 2
    for index, module in enumerate(modules):
        if module == "1":
            x = left + index * dots
            foot = _CODE_MARGIN_DOTS + block.height_dots - 1
            pen.rectangle((x, _CODE_MARGIN_DOTS, x + dots - 1, foot), fill=_BLACK)
    if not block.with_text:
        return bars
    return stack((bars, _draw_lines(caption, width_dots, language)), width_dots)


def _draw_qr(block: QrCode, width_dots: int, language: str) -> Pictures.Image:
    rows = qr_modules(block.data, block.correction)
    dots = qr_module_dots(len(rows), block.module_dots, width_dots)
    if dots == 0:
        return _draw_lines(Text(block.data, Align.CENTRE), width_dots, language)
    side = dots * len(rows)
    margin = 4 * dots
    strip = _blank(width_dots, side + 2 * margin)
    pen = ImageDraw.Draw(strip)
    left = (width_dots - side) // 2
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                corner = (left + x * dots, margin + y * dots)
                far = (corner[0] + dots - 1, corner[1] + dots - 1)
                pen.rectangle((corner, far), fill=_BLACK)
    return strip


def _draw_image(png: bytes, width_dots: int) -> Pictures.Image:
    """Draw a logo; one that is not in dots of this paper yet is made so."""
    try:
        with Pictures.open(io.BytesIO(png)) as opened:
            opened.load()
            drawn = opened.copy()
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise DeviceError("logo_unreadable") from error
    is_ready = drawn.mode == "1" and drawn.width <= width_dots
    if not is_ready or drawn.height > _MOST_LOGO_DOTS:
        drawn = _in_dots(drawn, width_dots)
    strip = _blank(width_dots, drawn.height + _MARGIN_DOTS)
    strip.paste(drawn, ((width_dots - drawn.width) // 2, 0))
    return strip


def _in_dots(picture: Pictures.Image, width_dots: int) -> Pictures.Image:
    """Scale a picture down to the paper and dither it as suits it."""
    coloured = picture.convert("RGBA")
    paper = Pictures.new("RGBA", coloured.size, (_WHITE, _WHITE, _WHITE, _WHITE))
    grey = Pictures.alpha_composite(paper, coloured).convert("L")
    scale = min(1.0, width_dots / grey.width, _MOST_LOGO_DOTS / grey.height)
    size = max(1, round(grey.width * scale)), max(1, round(grey.height * scale))
    way = Dithering.LINES if is_drawing(grey) else Dithering.DIFFUSED
    return dithered(grey, size, way)


def stack(strips: Iterable[Pictures.Image], width_dots: int) -> Pictures.Image:
    """Put strips of the same width below each other."""
    parts = tuple(strips)
    whole = _blank(width_dots, sum(part.height for part in parts))
    top = 0
    for part in parts:
        whole.paste(part, (0, top))
        top += part.height
    return whole
