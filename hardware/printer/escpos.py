"""A layout as ESC/POS bytes for one printer.

Own encoder, because python-escpos sends four-byte GB18030 and never leaves
Kanji mode. Source: Epson ESC/POS command reference; the double-byte rules as in
receiptline 4.0.4.
"""

from __future__ import annotations

from PIL import Image as Pictures

from hardware.printer.codes import GROUP_SEPARATOR
from hardware.printer.job_encoder import job_body
from hardware.printer.pictures import sliced
from hardware.printer.profile import PrinterProfile
from hardware.printer.rom_fonts import NATIONAL_FONTS, ROM_FONTS, RomFont
from pos_app.documents.layout import Align, Barcode, Layout, QrCode, Size

RESET = b"\x1b@"
ENTER_KANJI = ROM_FONTS["gb18030"].enter
LEAVE_KANJI = ROM_FONTS["gb18030"].leave
#: Without it $, \ and ~ of a printer made for Japan or Korea are that country's.
PLAIN_ASCII = b"\x1bR\x00"
STATUS_BACK_ON = b"\x1da\xff"
#: Queued like print data, so its answer says that everything before is done.
ASK_WHEN_DONE = b"\x1dr\x01"
CUT = b"\x1dV\x42\x00"
_CUTS = {"partial": CUT, "full": b"\x1dV\x41\x00", "none": b"\x1bd\x05"}

#: Rows of one picture: many printers buffer no more than 255.
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
#: Numbers of GS k, function B.
_BARCODES = {
    "upca": 65,
    "ean13": 67,
    "ean8": 68,
    "code39": 69,
    "itf14": 70,
    "code128": 73,
    "gs1-128": 73,
}


def encode(layout: Layout, profile: PrinterProfile) -> bytes:
    """Return one whole job.

    It begins by resetting the printer and leaving Kanji mode, and ends, where
    the printer answers, with the question whether all of it is printed.

    Raises:
        DeviceError: what `hardware.printer.job_encoder.job_body` raises.
    """
    body = job_body(layout, profile, EscposDialect(profile))
    start = RESET + LEAVE_KANJI
    if NATIONAL_FONTS.intersection(profile.cjk):
        start += PLAIN_ASCII
    if profile.answers:
        start += STATUS_BACK_ON
    return start + body + (ASK_WHEN_DONE if profile.confirms else b"")


class EscposDialect:
    """Implements `hardware.printer.dialect.Dialect`."""

    def __init__(self, profile: PrinterProfile) -> None:
        self._profile = profile

    def align(self, align: Align) -> bytes:
        """ESC a."""
        return b"\x1ba" + bytes([_ALIGN[align]])

    def style(self, size: Size, *, bold: bool) -> bytes:
        """ESC ! and GS !, and FS ! where there are ideographs."""
        normal, scale, kanji = _SIZES[size]
        mode = normal | (_BOLD if bold else 0)
        style = bytes([0x1B, 0x21, mode, 0x1D, 0x21, scale])
        if self._profile.cjk:
            style += bytes([0x1C, 0x21, kanji])
        return style

    def page(self, number: int) -> bytes:
        """ESC t."""
        return bytes([0x1B, 0x74, number])

    def enter(self, rom: RomFont) -> bytes:
        """FS & and what belongs to it."""
        return rom.enter

    def leave(self, rom: RomFont) -> bytes:
        """FS . and what belongs to it."""
        return rom.leave

    def feed(self, lines: int) -> bytes:
        """LF, for each line."""
        return b"\n" * lines

    def cut(self) -> bytes:
        """GS V, functions 65 and 66, which feed first."""
        return _CUTS[self._profile.cutter]

    def picture(self, strip: Pictures.Image) -> bytes:
        """GS v 0 or GS ( L."""
        return sliced(strip, self._profile.raster, self._profile.slice_rows)

    def barcode(self, block: Barcode, dots: int) -> bytes | None:
        """GS k, function B."""
        head = b"\x1ba\x01\x1dh" + bytes([min(block.height_dots, 255)])
        head += b"\x1dw" + bytes([dots]) + b"\x1df\x00"
        head += b"\x1dH" + bytes([2 if block.with_text else 0])
        data = block.data.encode("ascii")
        if block.symbology in ("code128", "gs1-128"):
            data = data.replace(b"{", b"{{")
            data = data.replace(GROUP_SEPARATOR.encode("ascii"), b"{1")
            data = (b"{B{1" if block.symbology == "gs1-128" else b"{B") + data
        if len(data) > 255:
            return None
        kind = _BARCODES[block.symbology]
        return head + bytes([0x1D, 0x6B, kind, len(data)]) + data + b"\n"

    def qr(self, block: QrCode, dots: int) -> bytes:
        """GS ( k, functions 165 to 181."""
        return b"".join(
            (
                _QUIET_ZONE,
                _qr_function(65, b"\x32\x00"),
                _qr_function(67, bytes([dots])),
                _qr_function(69, bytes([_EC_LEVELS[block.correction]])),
                _qr_function(80, b"0" + block.data.encode("utf-8")),
                _qr_function(81, b"0"),
                b"\n",
            )
        )


def _qr_function(function: int, parameters: bytes) -> bytes:
    size = (2 + len(parameters)).to_bytes(2, "little")
    return b"\x1d(k" + size + bytes([49, function]) + parameters


def picture(strip: Pictures.Image) -> bytes:
    """Return a black-and-white picture as GS v 0, in slices."""
    return sliced(strip, "gs_v", _SLICE_ROWS)
