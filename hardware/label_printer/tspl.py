"""Labels in TSPL (TSC's language; Gprinter, Xprinter and most cheap ones speak it).

Texts are pictures: the fonts inside these printers differ from maker to maker.
Barcodes and QR codes are the printer's own where their data is plain.
"""

from __future__ import annotations

from PIL import Image as Pictures

from hardware.label_printer.media import Media, sheets_of
from hardware.printer.label_drawing import draw_placed, draw_text_box
from hardware.printer.label_placing import (
    PlacedBars,
    PlacedLabel,
    PlacedSquares,
    place_label,
)
from pos_app.documents.label import Label, Symbology
from pos_app.documents.layout import Layout

#: White enough to fill any picture that an interrupted job left half sent, then
#: nothing is left of it.
FLUSH = b"\xff" * 65_536 + b"\r\nCLS\r\n"
CALIBRATE, FEED = b"GAPDETECT\r\n", b"FORMFEED\r\n"
#: An EAN's guard bars go on below the others for so many modules.
_GUARD_MODULES = 5
_NATIVE = {Symbology.EAN13: "EAN13", Symbology.EAN8: "EAN8"}


def encode_tspl(layout: Layout, media: Media) -> bytes:
    """Return the labels of a layout as TSPL.

    Args:
        layout: its labels; other blocks are drawn on sheets of their own.
        media: the printer's dots and the gap between labels.

    Raises:
        DeviceError: "no_cjk_font" or "logo_unreadable".
    """
    return b"".join(
        _label(sheet, layout.language, media)
        if isinstance(sheet, Label)
        else _sheet(sheet, media)
        for sheet in sheets_of(layout, media)
    )


def _head(width_um: int, height_um: int, media: Media) -> bytes:
    lines = (
        f"SIZE {millimetres(width_um)} mm,{millimetres(height_um)} mm",
        f"GAP {millimetres(media.gap_um)} mm,0 mm",
        "DIRECTION 1",
        "REFERENCE 0,0",
        "CODEPAGE UTF-8",
        "CLS",
    )
    # An empty line first ends whatever stands half written in the printer.
    return b"\r\n" + "".join(f"{line}\r\n" for line in lines).encode("ascii")


def millimetres(um: int) -> str:
    """Write micrometres as millimetres: "70", "2.5"."""
    whole, rest = divmod(um, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".")


def _label(label: Label, language: str, media: Media) -> bytes:
    placed = place_label(label, language, media.dpi10)
    parts = [_head(label.width_um, label.height_um, media)]
    parts += [
        picture((text.box.left, text.box.top), draw_text_box(text))
        for text in placed.texts
        if text.fitted.rows and text.box.width > 0 and text.box.height > 0
    ]
    parts += [_bars(bars, placed) for bars in placed.bars]
    parts += [_squares(squares, placed) for squares in placed.squares]
    for rule in placed.rules:
        bar = f"BAR {rule.left},{rule.top},{rule.width},{rule.height}\r\n"
        parts.append(bar.encode("ascii"))
    parts.append(f"PRINT 1,{label.copies}\r\n".encode("ascii"))
    return b"".join(parts)


def _sheet(drawn: Pictures.Image, media: Media) -> bytes:
    height_um = drawn.height * 254_000 // media.dpi10 + 1
    head = _head(media.width_um, height_um, media)
    return head + picture((0, 0), drawn) + b"PRINT 1,1\r\n"


def _bars(bars: PlacedBars, placed: PlacedLabel) -> bytes:
    box, native = bars.box, _NATIVE.get(bars.code.symbology)
    if native is None:
        # How Code 128 is shortened, and where FNC1 goes, each maker decides anew.
        alone = PlacedLabel(placed.width, placed.height, (), (bars,), (), ())
        return picture((0, 0), draw_placed(alone))
    height = box.height - _GUARD_MODULES * bars.module
    command = (
        f'BARCODE {box.left},{box.top},"{native}",{height},0,0,'
        f'{bars.module},{bars.module},"{bars.code.data}"\r\n'
    )
    return command.encode("ascii")


def _squares(squares: PlacedSquares, placed: PlacedLabel) -> bytes:
    box, data = squares.box, squares.code.data
    is_plain = squares.code.symbology is Symbology.QR and data.isprintable()
    is_plain = is_plain and data.isascii() and '"' not in data
    if not is_plain or "\\" in data:
        alone = PlacedLabel(placed.width, placed.height, (), (), (squares,), ())
        return picture((0, 0), draw_placed(alone))
    command = f'QRCODE {box.left},{box.top},M,{squares.module},A,0,"{data}"\r\n'
    return command.encode("ascii")


def picture(at: tuple[int, int], drawn: Pictures.Image) -> bytes:
    """Return a picture as BITMAP, cut to its ink; b"" for a blank one.

    A dot that is 0 is black; the rows' last bytes are filled with white.
    """
    box = drawn.convert("L").point(lambda level: 255 - level).getbbox()
    if box is None:
        return b""
    stride = (box[2] - box[0] + 7) // 8
    cut = Pictures.new("1", (stride * 8, box[3] - box[1]), 1)
    cut.paste(drawn.crop(box), (0, 0))
    left, top = at[0] + box[0], at[1] + box[1]
    command = f"BITMAP {left},{top},{stride},{cut.height},0,"
    return command.encode("ascii") + cut.tobytes() + b"\r\n"
