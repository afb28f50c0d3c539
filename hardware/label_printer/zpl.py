r"""Labels in ZPL II (Zebra Programming Guide): UTF-8, native barcodes, drawn Chinese.

What the printer's own scalable font has is sent as text, everything else as a
picture of its box: every ZPL printer has font 0, few have Chinese. Data never
contains a command: `^`, `~` and the escape itself go as hexadecimal (^FH).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from PIL import Image as Pictures

from hardware.label_printer.media import Media, sheets_of
from hardware.printer.label_drawing import draw_text_box
from hardware.printer.label_placing import (
    PlacedBars,
    PlacedLabel,
    PlacedSquares,
    PlacedText,
    place_label,
)
from hardware.printer.label_symbols import (
    FNC1,
    START_B,
    START_C,
    TO_B,
    code128_values,
)
from hardware.printer.typesetting import baseline
from pos_app.documents.label import Label, Side, Symbology
from pos_app.documents.layout import Layout

#: Cancels what the printer still holds, and whatever an interrupted job left open.
FLUSH = b"^XZ~JA\r\n"
CALIBRATE, FEED = b"~JC\r\n", b"~PH\r\n"
_SIDES = {Side.LEFT: "L", Side.CENTRE: "C", Side.RIGHT: "R"}
_ESCAPE = "_"
_COMMANDS = frozenset("^~_")
#: Beside ASCII, what font 0 has and shops write: Western letters and currencies.
_WESTERN = frozenset("¥£€°×½²³·") | frozenset(map(chr, range(0xC0, 0x100)))
#: Code 128 values with names of their own inside ^FD (Programming Guide, ^BC).
_NAMED = {TO_B: ">6", FNC1: ">8", START_B: ">:", START_C: ">;", ord(">") - 32: ">0"}
#: An EAN's guard bars go on below the others for so many modules.
_GUARD_MODULES = 5


def encode_zpl(layout: Layout, media: Media) -> bytes:
    """Return the labels of a layout as ZPL.

    Args:
        layout: its labels; other blocks are drawn on sheets of their own.
        media: the printer's dots, and whose letters are used.

    Raises:
        DeviceError: "no_cjk_font" or "logo_unreadable".
    """
    written = []
    for sheet in sheets_of(layout, media):
        if isinstance(sheet, Label):
            placed = place_label(sheet, layout.language, media.dpi10)
            written.append(_label(placed, sheet.copies, media))
        else:
            lines = ["^XA", *_size(sheet.width, sheet.height), _picture((0, 0), sheet)]
            written.append("\n".join([*lines, "^PQ1", "^XZ", ""]))
    return "".join(written).encode("utf-8")


def _label(placed: PlacedLabel, copies: int, media: Media) -> str:
    lines = ["^XA", *_size(placed.width, placed.height)]
    for text in placed.texts:
        lines += _text(text, media)
    lines += map(_bars, placed.bars)
    lines += map(_squares, placed.squares)
    for rule in placed.rules:
        thick = min(rule.width, rule.height)
        lines.append(
            f"^FO{rule.left},{rule.top}^GB{rule.width},{rule.height},{thick}^FS"
        )
    return "\n".join([*lines, f"^PQ{copies}", "^XZ", ""])


def _size(width: int, height: int) -> tuple[str, ...]:
    return "^CI28", "^LH0,0", f"^PW{width}", f"^LL{height}"


def _text(placed: PlacedText, media: Media) -> Iterable[str]:
    box = placed.box
    if not placed.fitted.rows or box.width <= 0 or box.height <= 0:
        return
    if not media.own_letters or not has_letters(placed):
        yield _picture((box.left, box.top), draw_text_box(placed))
        return
    size = placed.fitted.size
    for _left, middle, row in placed.rows:
        foot = box.top + baseline(middle, placed.style)
        side = _SIDES[placed.text.side]
        yield (
            f"^FT{box.left},{foot}^FB{box.width},1,0,{side},0"
            f"^A0N,{size},{size}^FH{_ESCAPE}^FD{escaped(row)}^FS"
        )


def has_letters(placed: PlacedText) -> bool:
    """Tell whether font 0 can write a text.

    Not one that is struck through, whose width is the printer's secret, nor one
    with a backslash, which ^FB takes for a command.
    """
    chars = set("".join(placed.fitted.rows))
    plain = {char for char in chars if " " <= char <= "~" and char != "\\"}
    return not placed.text.is_struck and chars <= plain | _WESTERN


def escaped(text: str) -> str:
    """Return field data that holds no command, for ^FH with the escape `_`."""
    return "".join(
        "".join(f"{_ESCAPE}{byte:02X}" for byte in char.encode("utf-8"))
        if char in _COMMANDS or not char.isprintable()
        else char
        for char in text
    )


def _bars(bars: PlacedBars) -> str:
    box, code = bars.box, bars.code
    begin = f"^FO{box.left},{box.top}^BY{bars.module},3,{box.height}"
    shorter = box.height - _GUARD_MODULES * bars.module
    match code.symbology:
        case Symbology.EAN13:
            return f"{begin}^BEN,{shorter},N,N^FD{code.data[:12]}^FS"
        case Symbology.EAN8:
            # Not every program that reads ZPL knows ^B8; every one knows pictures.
            return _picture((box.left, box.top), _drawn_bars(bars))
        case _:
            data = escaped(code128_data(code.symbology, code.data))
            return f"{begin}^BCN,{box.height},N,N,N^FH{_ESCAPE}^FD{data}^FS"


def _drawn_bars(bars: PlacedBars) -> Pictures.Image:
    small = Pictures.new("1", (len(bars.modules), 1), 1)
    small.putdata([0 if module == "1" else 255 for module in bars.modules])
    size = (bars.box.width, bars.box.height)
    return small.resize(size, Pictures.Resampling.NEAREST)


def code128_data(symbology: Symbology, data: str) -> str:
    """Return Code 128 with its code sets spelled out, so that its width is known."""
    written, is_pairs = "", False
    for value in code128_values(symbology, data):
        is_pairs = value == START_C or (is_pairs and value != TO_B)
        if value in _NAMED and not (is_pairs and value < TO_B):
            written += _NAMED[value]
        else:
            written += f"{value:02d}" if is_pairs else chr(value + 32)
    return written


def _squares(squares: PlacedSquares) -> str:
    box, data = squares.box, squares.code.data
    is_qr = squares.code.symbology is Symbology.QR
    if not (is_qr and data.isascii() and data.isprintable()):
        return _picture((box.left, box.top), _drawn_squares(squares))
    # ^BQ stands lower by the height of ^BY: one dot is as low as it goes.
    begin = f"^BY1,2,1^FO{box.left},{box.top}^BQN,2,{squares.module}"
    return f"{begin}^FH{_ESCAPE}^FDMA,{escaped(data)}^FS"


def _drawn_squares(squares: PlacedSquares) -> Pictures.Image:
    rows = squares.rows
    small = Pictures.new("1", (len(rows[0]), len(rows)), 1)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            small.putpixel((x, y), 0 if dark else 1)
    size = (small.width * squares.module, small.height * squares.module)
    return small.resize(size, Pictures.Resampling.NEAREST)


def _picture(at: tuple[int, int], drawn: Pictures.Image) -> str:
    """Send a picture as ^GFA, cut to its ink and packed; "" for a blank one."""
    box = drawn.convert("L").point(lambda level: 255 - level).getbbox()
    if box is None:
        return ""
    cut = drawn.crop(box)
    stride = (cut.width + 7) // 8
    black = bytes(byte ^ 0xFF for byte in _padded(cut).tobytes())
    rows = [black[y * stride : (y + 1) * stride] for y in range(cut.height)]
    total = stride * cut.height
    left, top = at[0] + box[0], at[1] + box[1]
    return f"^FO{left},{top}^GFA,{total},{total},{stride},{packed(rows)}^FS"


def _padded(cut: Pictures.Image) -> Pictures.Image:
    """Return a picture whose last bytes are white to their end."""
    whole = Pictures.new("1", ((cut.width + 7) // 8 * 8, cut.height), 1)
    whole.paste(cut, (0, 0))
    return whole


def packed(rows: Iterable[bytes]) -> str:
    """Return rows in the compressed hexadecimal of ^GF: runs, ends, repeats."""
    written, before = "", None
    for row in rows:
        written += ":" if row == before else _packed_row(row.hex().upper())
        before = row
    return written


def _packed_row(digits: str) -> str:
    kept = digits.rstrip("0")
    if len(kept) % 2:
        kept += "0"
    ending = "," if len(kept) < len(digits) else ""
    return "".join(_run(x, len(list(run))) for x, run in groupby(kept)) + ending


def _run(digit: str, count: int) -> str:
    """Return a run: `G` to `Y` are 1 to 19, `g` to `z` 20 to 400 in twenties."""
    written = ""
    while count >= 400:
        written, count = written + "z" + digit, count - 400
    many, few = divmod(count, 20)
    if count <= 2:
        return written + digit * count
    counts = (chr(ord("f") + many) if many else "") + (
        chr(ord("F") + few) if few else ""
    )
    return written + counts + digit
