"""The guided test page: every way to print, in numbered lines, and what to ask.

Each line is sent in another way; a person says which came out right. The same numbers
stand on the page of an ESC/POS printer and of a Star.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image as Pictures
from PIL import ImageDraw

from hardware.printer import escpos, star
from hardware.printer.dialect import Dialect
from hardware.printer.encoding import dialect_of
from hardware.printer.pictures import sliced
from hardware.printer.profile import PrinterProfile, load_profile
from hardware.printer.raster import draw_block
from hardware.printer.rom_fonts import ROM_FONTS
from hardware.printer.typesetting import LineStyle, draw_text
from pos_app.documents.layout import Align, Barcode, QrCode, Size, Text
from pos_app.i18n import N_
from pos_app.ports.printer_guide import GuideChoice, GuideQuestion

#: Widths in dots of the frames, and columns where the letters of the ruler stand.
FRAMES = (360, 384, 416, 512, 576)
RULER = {"A": 30, "B": 32, "C": 35, "D": 42, "E": 48}
#: Rows of a picture's slice: what every printer's buffer holds.
_SLICE_ROWS = 128
_NARROWEST = FRAMES[0]
_FRAME_ROWS = 40
_DRAWN = "茶 お茶 녹차 tea"
_QR_DATA, _BARCODE_DATA = "GUITAI-12", "GUITAI-13"


@dataclass(frozen=True, slots=True)
class TestLine:
    """One numbered line of text.

    Attributes:
        number: printed before it.
        text: how it looks when the printer understood it.
        font: double-byte font that it needs; "" for none.
        codec: page of single bytes that it needs; "" for none.
    """

    __test__ = False  # no test case, whatever pytest reads in its name

    number: int
    text: str
    font: str = ""
    codec: str = ""


LINES = (
    TestLine(1, "ABC abc 0123456789"),
    TestLine(2, "收据 找零 茶叶", font="gb18030"),
    TestLine(3, "收據 找零 茶葉", font="big5"),
    TestLine(4, "レシート お釣り 緑茶", font="shift_jis"),
    TestLine(5, "영수증 거스름돈 녹차", font="euc_kr"),
    TestLine(6, "Café Müller Señor", codec="cp437"),
    TestLine(7, "12,50 €", codec="cp858"),
    TestLine(8, "Привет чай", codec="cp866"),
    TestLine(9, "Αθήνα τσάι", codec="cp737"),
)
#: Lines that are pictures, by the way they are sent, and codes the printer draws.
PICTURES = {10: ("gs_v", "star_s"), 11: ("gs_l", "star_k")}
QR_NUMBER, BARCODE_NUMBER = 12, 13
#: Numbers of the pages of single bytes where they differ from the family's.
_MORE_PAGES = {"escpos": {"cp737": 14}, "star": {}}


def page_bytes(language: str) -> bytes:
    """Return the whole page, without the question whether it is printed.

    Args:
        language: "escpos" or "star".
    """
    profile = load_profile("epson" if language == "escpos" else "star", 80)
    dialect = dialect_of(profile)
    start = escpos.RESET + escpos.LEAVE_KANJI + escpos.PLAIN_ASCII
    if language == "star":
        reports = star.COUNT_FROM_ZERO + star.STATUS_BACK_ON
        start = star.RESET + reports + star.PLAIN_ASCII
    parts = (
        start + dialect.align(Align.LEFT) + dialect.style(Size.NORMAL, bold=False),
        *(_line(line, profile, dialect) for line in LINES),
        *_pictures(language),
        dialect.align(Align.LEFT) + _numbered(QR_NUMBER) + b"\n",
        dialect.align(Align.CENTRE) + dialect.qr(QrCode(_QR_DATA), 4),
        dialect.align(Align.LEFT) + _numbered(BARCODE_NUMBER) + b"\n",
        dialect.barcode(Barcode("code128", _BARCODE_DATA), 2) or b"",
        dialect.align(Align.LEFT) + _ruler(),
        *_frames(language),
        b"\n" + dialect.cut(),
    )
    return b"".join(parts)


def _numbered(number: int) -> bytes:
    return f"{number:2}  ".encode("ascii")


def _line(line: TestLine, profile: PrinterProfile, dialect: Dialect) -> bytes:
    if line.font:
        rom = ROM_FONTS[line.font]
        text = line.text.encode(rom.codecs[0])
        body = dialect.enter(rom) + text + dialect.leave(rom)
    elif line.codec:
        pages = dict(profile.code_pages) | _MORE_PAGES[profile.language]
        body = dialect.page(pages[line.codec]) + line.text.encode(line.codec)
    else:
        body = line.text.encode("ascii")
    # A printer that takes the last byte for half a character takes the space with it,
    # and not the end of the line.
    return _numbered(line.number) + body + b" \n"


def _pictures(language: str) -> Iterable[bytes]:
    at = 0 if language == "escpos" else 1
    for number, ways in PICTURES.items():
        strip = draw_block(Text(f"{number}  {_DRAWN}"), _NARROWEST, "zh-CN")
        assert strip is not None
        yield sliced(strip, ways[at], _SLICE_ROWS)


def _ruler() -> bytes:
    letters = {column: letter for letter, column in RULER.items()}
    widest = max(letters)
    signs = (letters.get(column, ".") for column in range(1, widest + 1))
    return "".join(signs).encode("ascii") + b"\n"


def _frames(language: str) -> Iterable[bytes]:
    """Return the frames, the narrowest first: a printer may choke on a wide one."""
    way = "gs_v" if language == "escpos" else "star_s"
    style = LineStyle("en", 24, bold=False)
    for width in FRAMES:
        grey = Pictures.new("L", (width, _FRAME_ROWS), 255)
        pen = ImageDraw.Draw(grey)
        pen.rectangle((0, 2, width - 1, _FRAME_ROWS - 3), outline=0, width=2)
        draw_text(grey, (width - 60, _FRAME_ROWS // 2), str(width), style)
        strip = grey.point(lambda level: 255 if level >= 150 else 0, "1")
        yield sliced(strip, way, _SLICE_ROWS)


def questions() -> tuple[GuideQuestion, ...]:
    """Return what to ask about the page, in order; the same in both languages."""
    lines = [GuideChoice(str(x.number), x.text, x.number) for x in LINES]
    drawn = [GuideChoice(str(x), _DRAWN, x) for x in PICTURES]
    codes = (
        GuideChoice(str(QR_NUMBER), N_("a square code"), QR_NUMBER),
        GuideChoice(str(BARCODE_NUMBER), N_("a barcode"), BARCODE_NUMBER),
    )
    ruler = [GuideChoice(letter, letter) for letter in RULER]
    frames = [GuideChoice(str(x), str(x)) for x in FRAMES]
    return (
        GuideQuestion(
            "lines",
            N_("Which numbered lines look exactly like this?"),
            (*lines, *drawn),
            is_many=True,
        ),
        GuideQuestion(
            "codes",
            N_("Under which numbers is a code that can be scanned?"),
            codes,
            is_many=True,
        ),
        GuideQuestion(
            "ruler",
            N_("Which letter ends the first line of dots?"),
            tuple(ruler),
        ),
        GuideQuestion(
            "frame",
            N_("Which is the widest frame whose four sides are all there?"),
            (*frames, GuideChoice("none", N_("none of them"))),
        ),
        GuideQuestion(
            "cut",
            N_("Was the paper cut at the end?"),
            (
                GuideChoice("partial", N_("yes, a bridge holds it")),
                GuideChoice("full", N_("yes, all the way")),
                GuideChoice("none", N_("no")),
            ),
        ),
    )
