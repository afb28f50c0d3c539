"""The set-up sheet of scanners: what to set, and codes to try it with.

The codes are known beforehand, so that three of them tell exactly what a scanner puts
around a code, and one whether it sends GS (`domain.scanner_learning`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos_app.documents.layout import (
    Align,
    Barcode,
    Block,
    Cut,
    Feed,
    Image,
    Layout,
    QrCode,
    Rule,
    Size,
    Text,
)
from pos_app.i18n import N_, Words

_GS = "\x1d"
_MESSAGE = f"010950600013435210T7{_GS}2142"
#: Key of the picture that `scanner_sheet` is given for DataMatrix.
DATA_MATRIX = "datamatrix"
#: What the DataMatrix says, for whoever draws it: in brackets, as GS1 writes it.
DATA_MATRIX_TEXT = "(01)09506000134352(10)T7(21)42"


@dataclass(frozen=True, slots=True)
class SheetCode:
    """One code of the sheet.

    Attributes:
        name: its symbology, as scanners' guides call it.
        symbology: of `documents.layout.Barcode`; "qr" or `DATA_MATRIX` otherwise.
        data: what it carries, as a scanner sends it without AIM identifier.
    """

    name: str
    symbology: str
    data: str


@dataclass(frozen=True, slots=True)
class MakerWords:
    """What a maker calls the settings that a till wants.

    Attributes:
        name: of the maker.
        usb_com, suffix_cr, aim_id: words of its own guide.
    """

    name: str
    usb_com: str
    suffix_cr: str
    aim_id: str


#: In the order of the sheet; GTINs of GS1's own prefix 950, which no shop sells.
SHEET_CODES = (
    SheetCode("EAN-13", "ean13", "9506000134352"),
    SheetCode("EAN-8", "ean8", "95060002"),
    SheetCode("Code 128", "code128", "Guitai-128"),
    SheetCode("Code 39", "code39", "GUITAI39"),
    SheetCode("GS1-128", "gs1-128", _MESSAGE),
    SheetCode("QR Code", "qr", "Guitai 柜台 é"),
    SheetCode("GS1 DataMatrix", DATA_MATRIX, _MESSAGE),
)
#: What to set, in a shop's words, and how it is told that it is set.
_STEPS = (
    N_("1. Set the scanner to USB-COM (also: USB serial, CDC) with its own guide."),
    N_("2. Let it end each code with Enter (CR)."),
    N_("3. Let it send AIM identifiers, and GS in GS1 codes."),
    N_("4. Scan three of the codes below; the till learns the rest."),
)


def sheet_code_in(text: str) -> str:
    """Return the code of the sheet that was scanned; "" for another one.

    Args:
        text: as it came, with whatever the scanner puts around it.
    """
    longest_first = sorted(SHEET_CODES, key=lambda one: -len(one.data))
    for one in longest_first:
        if one.data in text or one.data.replace(_GS, "") in text:
            return one.data
    return ""


def scanner_sheet(
    words: Words, pictures: Mapping[str, bytes], makers: tuple[MakerWords, ...] = ()
) -> Layout:
    """Lay the sheet out, for a slip printer or a picture.

    Args:
        words: in the language of whoever sets the scanner up.
        pictures: PNG of each symbology that `Layout` has no block for.
        makers: whose words are printed; where their codes are is in their guides.
    """
    blocks: list[Block] = [
        Text(words("Setting up a scanner"), Align.CENTRE, Size.TALL, bold=True),
        Feed(),
        *(Text(words(step)) for step in _STEPS),
    ]
    for maker in makers:
        blocks += [
            Rule(),
            Text(maker.name, bold=True),
            Text(f"USB-COM: {maker.usb_com}"),
            Text(f"CR: {maker.suffix_cr}"),
            Text(f"AIM: {maker.aim_id}"),
        ]
    if makers:
        note = words("These words are the makers' own; none was tried on a device.")
        blocks += [Feed(), Text(note)]
    blocks += [Rule(), *_codes(pictures), Cut()]
    return Layout(tuple(blocks), words.language)


def sheet_codes(words: Words, pictures: Mapping[str, bytes]) -> Layout:
    """Lay out the codes alone, to be scanned from a screen."""
    return Layout(tuple(_codes(pictures)), words.language)


def _codes(pictures: Mapping[str, bytes]) -> list[Block]:
    blocks: list[Block] = []
    for one in SHEET_CODES:
        blocks += [Text(one.name, Align.CENTRE), *_drawn(one, pictures), Feed()]
    return blocks


def _drawn(one: SheetCode, pictures: Mapping[str, bytes]) -> tuple[Block, ...]:
    if one.symbology == "qr":
        return (QrCode(one.data, module_dots=6),)
    if one.symbology == DATA_MATRIX:
        png = pictures.get(DATA_MATRIX)
        return (Image(png),) if png else ()
    shown = one.symbology != "gs1-128"
    return (Barcode(one.symbology, one.data, height_dots=72, with_text=shown),)
