"""A layout as the bytes of a Star printer: StarPRNT and Star Line Mode.

Both have the same commands for what is sent here; pictures differ (`profile.raster`).
Source: Star Micronics, StarPRNT and Star Line Mode command specifications; compared
with receiptline 4.0.4 and receipt-printer-encoder 4.0.1.
"""

from __future__ import annotations

from PIL import Image as Pictures

from hardware.printer.job_encoder import job_body
from hardware.printer.pictures import sliced
from hardware.printer.profile import PrinterProfile
from hardware.printer.rom_fonts import NATIONAL_FONTS, RomFont
from pos_app.documents.layout import Align, Barcode, Layout, QrCode, Size

RESET = b"\x1b@"
#: Counts from 0 again, before status is reported: no old count is taken for new.
COUNT_FROM_ZERO = b"\x1b\x1eE\x00"
STATUS_BACK_ON = b"\x1b\x1ea\x01"
#: "Done" is counted when all before it is printed, and reported with the count.
COUNT_WHEN_DONE = b"\x17"
PLAIN_ASCII = b"\x1bR0"
#: Raster mode of models that know nothing else (TSP100): no fixed length of page, and
#: no cut of its own accord when it ends.
ENTER_RASTER = b"\x1b*rA\x1b*rP0\x00\x1b*rE1\x00"
LEAVE_RASTER = b"\x1b*rB"
_RASTER_MODE = "star_r"
_RASTER_CUT = b"\x1b\x0c\x00"
_LINE_DOTS = 32
_CUTS = {"partial": b"\x1bd\x03", "full": b"\x1bd\x02", "none": b"\n" * 5}
_ALIGN = {Align.LEFT: 0, Align.CENTRE: 1, Align.RIGHT: 2}
#: ESC i: times taller and times wider, less one.
_SIZES = {Size.NORMAL: (0, 0), Size.TALL: (1, 0), Size.LARGE: (1, 1)}
_EC_LEVELS = {"L": 0, "M": 1, "Q": 2, "H": 3}
_BARCODES = {
    "upca": 0x31,
    "ean8": 0x32,
    "ean13": 0x33,
    "code39": 0x34,
    "itf14": 0x35,
    "code128": 0x36,
}
#: Numbers of a narrow bar of 2 and 3 dots, for each kind its own.
_WIDTHS = {2: 0x31, 3: 0x32}
_RATIO_WIDTHS = {
    "code39": {2: 0x34, 3: 0x35},
    "itf14": {2: 0x31, 3: 0x38},
}
#: Feeds 12 quarters of a millimetre: white above a code that it draws.
_QUIET_ZONE = b"\x1bJ\x0c"


def encode(layout: Layout, profile: PrinterProfile) -> bytes:
    """Return one whole job, without the question whether it is printed.

    Raises:
        DeviceError: what `hardware.printer.job_encoder.job_body` raises.
    """
    start = RESET + (COUNT_FROM_ZERO + STATUS_BACK_ON if profile.answers else b"")
    if NATIONAL_FONTS.intersection(profile.cjk):
        start += PLAIN_ASCII
    body = job_body(layout, profile, StarDialect(profile))
    if profile.raster == _RASTER_MODE:
        return start + ENTER_RASTER + body + LEAVE_RASTER
    return start + body


class StarDialect:
    """Implements `hardware.printer.dialect.Dialect`."""

    def __init__(self, profile: PrinterProfile) -> None:
        self._profile = profile
        self._is_raster = profile.raster == _RASTER_MODE

    def align(self, align: Align) -> bytes:
        """ESC GS a; in raster mode a picture is as wide as the paper."""
        if self._is_raster:
            return b""
        return b"\x1b\x1da" + bytes([_ALIGN[align]])

    def style(self, size: Size, *, bold: bool) -> bytes:
        """ESC i and ESC E or ESC F; they are of ideographs too."""
        return b"\x1bi" + bytes(_SIZES[size]) + (b"\x1bE" if bold else b"\x1bF")

    def page(self, number: int) -> bytes:
        """ESC GS t."""
        return b"\x1b\x1dt" + bytes([number])

    def enter(self, rom: RomFont) -> bytes:
        """ESC $ in Japan; elsewhere the font is on by the printer's own switch."""
        return rom.star_enter

    def leave(self, rom: RomFont) -> bytes:
        """ESC $ in Japan."""
        return rom.star_leave

    def feed(self, lines: int) -> bytes:
        """LF; in raster mode ESC * r Y, in dots."""
        if self._is_raster:
            return b"\x1b*rY%d\x00" % (lines * _LINE_DOTS)
        return b"\n" * lines

    def cut(self) -> bytes:
        """ESC d, or ESC FF NUL in raster mode; both feed first."""
        if self._is_raster:
            return _RASTER_CUT if self._profile.has_cutter else self.feed(5)
        return _CUTS[self._profile.cutter]

    def picture(self, strip: Pictures.Image) -> bytes:
        """ESC GS S (StarPRNT), ESC k (Line Mode) or rows of raster mode."""
        return sliced(strip, self._profile.raster, self._profile.slice_rows)

    def barcode(self, block: Barcode, dots: int) -> bytes | None:
        """ESC b; GS1-128 differs between models and is drawn."""
        kind = _BARCODES.get(block.symbology)
        if kind is None:
            return None
        widths = _RATIO_WIDTHS.get(block.symbology, _WIDTHS)
        text = 0x32 if block.with_text else 0x31
        height = min(block.height_dots, 255)
        data = block.data.encode("ascii")
        if block.symbology == "code128":
            data = data.replace(b"%", b"%0")
        head = b"\x1bb" + bytes([kind, text, widths[dots], height])
        return self.align(Align.CENTRE) + head + data + b"\x1e\n"

    def qr(self, block: QrCode, dots: int) -> bytes:
        """ESC GS y."""
        data = block.data.encode("utf-8")
        level = _EC_LEVELS[block.correction]
        return b"".join(
            (
                _QUIET_ZONE,
                b"\x1b\x1dyS0\x02",
                b"\x1b\x1dyS1" + bytes([level]),
                b"\x1b\x1dyS2" + bytes([min(dots, 8)]),
                b"\x1b\x1dyD1\x00" + len(data).to_bytes(2, "little") + data,
                b"\x1b\x1dyP",
                b"\n",
            )
        )
