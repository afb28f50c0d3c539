"""A layout as ESC/POS bytes for one printer.

Own encoder, because python-escpos sends four-byte GB18030 and never leaves
Kanji mode. Source: Epson ESC/POS command reference; the double-byte rules as in
receiptline 4.0.4.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from PIL import Image as Pictures

from hardware.printer.charset import Charset
from hardware.printer.codes import (
    barcode_module_dots,
    barcode_modules,
    qr_module_dots,
    qr_modules,
)
from hardware.printer.profile import PrinterProfile
from hardware.printer.raster import draw_block, stack
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
from pos_app.documents.text import Page, fitted, join_row, place, scale_of

RESET = b"\x1b@"
LEAVE_KANJI = b"\x1c."
ENTER_KANJI = b"\x1bt\x00\x1c&"
STATUS_BACK_ON = b"\x1da\xff"
#: Queued like print data, so its answer says that everything before is done.
ASK_WHEN_DONE = b"\x1dr\x01"
CUT = b"\x1dV\x42\x00"
#: Pulse of 50 ms on, 500 ms off on pin 2: what most drawers are made for.
KICK = b"\x1bp\x00\x19\xfa"
#: The same at once, while the printer is busy or out of paper (100 ms).
KICK_NOW = b"\x10\x14\x01\x00\x01"

#: Rows of one GS v 0: many printers buffer no more than 255.
_SLICE_ROWS = 255
_ALIGN = {Align.LEFT: 0, Align.CENTRE: 1, Align.RIGHT: 2}
#: ESC ! bits, GS ! byte and FS ! bits of each size; Kanji need their own.
_SIZES = {
    Size.NORMAL: (0x00, 0x00, 0x00),
    Size.TALL: (0x10, 0x01, 0x08),
    Size.LARGE: (0x30, 0x11, 0x0C),
}
_BOLD = 0x08
#: Feeds 24 dots: printers draw a QR code right under the text above it.
_QUIET_ZONE = b"\x1bJ\x18"
_EC_LEVELS = {"L": 48, "M": 49, "Q": 50, "H": 51}


def encode(layout: Layout, profile: PrinterProfile) -> bytes:
    """Return one whole job.

    It begins by resetting the printer and leaving Kanji mode, and ends, where
    the printer answers, with the question whether all of it is printed.

    Raises:
        DeviceError: "no_cjk_font" or "logo_unreadable", when a line must be
            drawn and cannot be.
    """
    encoder = _Encoder(profile, layout.language)
    body = b"".join(_joined(map(encoder.block, layout.blocks), profile.width_dots))
    start = RESET + LEAVE_KANJI
    if not profile.answers:
        return start + body
    return start + STATUS_BACK_ON + body + ASK_WHEN_DONE


def _joined(
    parts: Iterable[bytes | Pictures.Image], width_dots: int
) -> Iterable[bytes]:
    """Send drawn blocks that follow each other as one picture, without gaps."""
    for is_bytes, group in groupby(parts, lambda part: isinstance(part, bytes)):
        if is_bytes:
            yield from (part for part in group if isinstance(part, bytes))
        else:
            strips = (part for part in group if isinstance(part, Pictures.Image))
            yield b"\x1ba\x00" + picture(stack(strips, width_dots))


class _Encoder:
    def __init__(self, profile: PrinterProfile, language: str) -> None:
        self._profile = profile
        self._language = language
        self._charset = Charset(profile, language)

    def block(self, block: Block) -> bytes | Pictures.Image:  # noqa: PLR0911 - one for each kind
        """Return the bytes of one block, or its picture where it must be drawn."""
        match block:
            case Text() | Columns():
                return self._lines(block)
            case Rule():
                return self._rule(block)
            case Barcode():
                return self._barcode(block)
            case QrCode():
                return self._qr(block)
            case Image() | Label():
                return self._drawn(block)
            case Feed():
                return b"\n" * block.lines
            case Cut():
                return CUT if self._profile.has_cutter else b"\x1bd\x05"

    def _drawn(self, block: Block) -> bytes | Pictures.Image:
        strip = draw_block(block, self._profile.width_dots, self._language)
        return strip if strip is not None else b""

    def _lines(self, block: Text | Columns) -> bytes | Pictures.Image:
        prepared = self._prepared(block)
        texts = prepared.cells if isinstance(prepared, Columns) else (prepared.text,)
        if not all(self._charset.can_print(text) for text in texts):
            return self._drawn(block)
        prepared = fitted(prepared, self._profile.columns, self._charset.width)
        columns = self._profile.columns // scale_of(prepared.size)
        page = Page(columns, 1, self._charset.width)
        rows = place(prepared, page)
        align = block.align if isinstance(block, Text) else Align.LEFT
        lines = (
            row[0].text if isinstance(block, Text) else join_row(row, page.measure)
            for row in rows
        )
        body = b"".join(self._written(line) + b"\n" for line in lines)
        plain = self._style(Size.NORMAL, bold=False)
        style = self._style(prepared.size, bold=block.bold)
        around = plain if style != plain else b""
        return b"\x1ba" + bytes([_ALIGN[align]]) + style + body + around

    def _prepared(self, block: Text | Columns) -> Text | Columns:
        if isinstance(block, Text):
            return replace(block, text=self._charset.prepared(block.text))
        cells = tuple(self._charset.prepared(cell) for cell in block.cells)
        return replace(block, cells=cells)

    def _style(self, size: Size, *, bold: bool) -> bytes:
        normal, scale, kanji = _SIZES[size]
        mode = normal | (_BOLD if bold else 0)
        style = bytes([0x1B, 0x21, mode, 0x1D, 0x21, scale])
        if self._profile.cjk:
            style += bytes([0x1C, 0x21, kanji])
        return style

    def _written(self, line: str) -> bytes:
        """Encode a line, switching between code pages and the Chinese font."""
        sent = bytearray()
        is_kanji, page = False, -1  # nobody knows a printer's own default page
        for char in line:
            glyph = self._charset.glyph(char)
            assert glyph is not None, "can_print let through what it cannot"
            if glyph.is_double and not is_kanji:
                sent += ENTER_KANJI
                is_kanji, page = True, 0
            elif glyph.page is not None and is_kanji:
                sent += LEAVE_KANJI
                is_kanji = False
            if glyph.page is not None and glyph.page != page:
                page = glyph.page
                sent += bytes([0x1B, 0x74, page])
            sent += glyph.data
        if is_kanji:
            sent += LEAVE_KANJI
        return bytes(sent)

    def _rule(self, block: Rule) -> bytes | Pictures.Image:
        if block.style is RuleStyle.DASHED and not self._charset.draws_all:
            return b"\x1ba\x00" + b"-" * self._profile.columns + b"\n"
        return self._drawn(block)

    def _barcode(self, block: Barcode) -> bytes | Pictures.Image:
        barcode_modules(block.symbology, block.data)  # refuses what cannot be
        data = block.data.encode("ascii")
        # Code set B: start, set, check and stop around eleven modules a character.
        wide = "0" * (11 * (len(data) + 2) + 13 if block.symbology == "code128" else 95)
        dots = barcode_module_dots(wide, self._profile.width_dots)
        if not self._profile.has_barcodes or dots < 2:
            return self._drawn(block)
        head = b"\x1ba\x01\x1dh" + bytes([min(block.height_dots, 255)])
        head += b"\x1dw" + bytes([dots]) + b"\x1df\x00"
        head += b"\x1dH" + bytes([2 if block.with_text else 0])
        if block.symbology == "code128":
            data = b"{B" + data.replace(b"{", b"{{")
        kind = 73 if block.symbology == "code128" else 67
        return head + bytes([0x1D, 0x6B, kind, len(data)]) + data + b"\n"

    def _qr(self, block: QrCode) -> bytes | Pictures.Image:
        count = len(qr_modules(block.data, block.correction))
        width = self._profile.width_dots
        dots = qr_module_dots(count, block.module_dots, width)
        if not self._profile.has_qr or dots == 0:
            return self._drawn(block)
        data = block.data.encode("utf-8")
        return b"".join(
            (
                b"\x1ba\x01" + _QUIET_ZONE,
                _qr_function(65, b"\x32\x00"),
                _qr_function(67, bytes([dots])),
                _qr_function(69, bytes([_EC_LEVELS[block.correction]])),
                _qr_function(80, b"0" + data),
                _qr_function(81, b"0"),
                b"\n",
            )
        )


def _qr_function(function: int, parameters: bytes) -> bytes:
    size = (2 + len(parameters)).to_bytes(2, "little")
    return b"\x1d(k" + size + bytes([49, function]) + parameters


def picture(strip: Pictures.Image) -> bytes:
    """Return a black-and-white picture as GS v 0, in slices."""
    assert strip.mode == "1"
    assert strip.width % 8 == 0
    return b"".join(_slices(strip))


def _slices(strip: Pictures.Image) -> Iterable[bytes]:
    row_bytes = strip.width // 8
    for top in range(0, strip.height, _SLICE_ROWS):
        foot = min(top + _SLICE_ROWS, strip.height)
        part = strip.crop((0, top, strip.width, foot))
        head = row_bytes.to_bytes(2, "little") + (foot - top).to_bytes(2, "little")
        # "1;I": Pillow's white is 1, the printer's ink is 1.
        yield b"\x1dv0\x00" + head + part.tobytes("raw", "1;I")
