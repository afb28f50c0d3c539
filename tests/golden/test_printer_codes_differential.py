"""Codes, cuts, pulses, sizes and accents are commands that another program sends too.

receipt-printer-encoder 4.0.1 is the other program. What differs is normalised here,
with the reason.
"""

import json
from pathlib import Path

import pytest
from PIL import Image as Pictures

from hardware.printer.drawer_pulse import DrawerPulse
from hardware.printer.encoding import dialect_of, encode
from hardware.printer.profile import load_profile
from hardware.printer.star_tongue import StarPulse
from pos_app.documents.layout import Barcode, Layout, QrCode, Size, Text
from tests import node_tools

FOLDER = Path(__file__).parent / "slips"
GOLDEN = FOLDER / "receipt_printer_encoder.json"
LANGUAGES = ["esc-pos", "star-prnt"]
THEIRS = json.loads(GOLDEN.read_text("utf-8")) if GOLDEN.exists() else {}
ESCPOS = dialect_of(load_profile("epson", 80))
STAR = dialect_of(load_profile("star", 80))
BARCODES = {
    "ean13": "9521234567899",
    "ean8": "96385074",
    "upca": "036000291452",
    "code39": "ABC1",
    "itf14": "15400141288763",
    "code128": "A1B2",
}


def theirs(language: str, name: str) -> bytes:
    return bytes.fromhex(THEIRS[language][name])


def test_accents_come_from_the_same_pages() -> None:
    layout = Layout((Text("é€Ж"),), "de")
    escpos = encode(layout, load_profile("epson", 80))
    assert b"\x1bt\x00\x82\x1bt\x13\xd5\x1bt\x11\x86" in escpos
    # Theirs takes the euro from page 857 (13), where older printers have an ı.
    assert b"\x1bt\x00\x82\x1bt\x0d\xd5\x1bt\x11\x86" in theirs("esc-pos", "accents")
    star = encode(layout, load_profile("star", 80))
    # Theirs takes é from Star's own page 0, ours from page 437, which is number 1.
    shared = b"\x1b\x1dt\x04\xd5\x1b\x1dt\x0a\x86"
    assert b"\x1b\x1dt\x01\x82" + shared in star
    assert shared in theirs("star-prnt", "accents")


def test_qr_codes_are_the_same_commands() -> None:
    code = QrCode("urn:1", 4, "Q")
    start = b"\x1d(k"
    ours = ESCPOS.qr(code, 4).split(start)[1:]
    others = theirs("esc-pos", "qr").split(start)[1:]
    assert [x.rstrip(b"\r\n") for x in ours] == [x.rstrip(b"\r\n") for x in others]
    # Theirs says the size before the correction; the order is free.
    ours = STAR.qr(code, 4).split(b"\x1b\x1dy")[1:]
    others = theirs("star-prnt", "qr").split(b"\x1b\x1dy")[1:]
    assert sorted(x[:9] for x in ours[:4]) == sorted(x[:9] for x in others[:4])
    assert ours[4][:1] == others[4][:1] == b"P"


@pytest.mark.parametrize("kind", BARCODES)
def test_barcodes_are_the_same_commands(kind: str) -> None:
    data = BARCODES[kind].encode("ascii")
    ours = ESCPOS.barcode(Barcode(kind, BARCODES[kind]), 3)
    assert ours is not None
    other = theirs("esc-pos", kind)
    assert b"\x1dh\x40" in ours
    assert b"\x1dh\x40" in other
    assert b"\x1dH\x02" in ours
    assert b"\x1dH\x02" in other
    # Theirs ends the older ones with NUL (function A, numbers 0 to 6), the till says
    # how many bytes follow (function B, 65 to 73): no code can swallow what comes next.
    number, _, rest = ours.partition(b"\x1dk")[2].partition(data)
    assert rest == b"\n"
    their_number, _, their_rest = other.partition(b"\x1dk")[2].partition(data)
    is_function_a = their_number[0] <= 6
    assert number[0] == their_number[0] + (65 if is_function_a else 0)
    assert their_rest.rstrip(b"\r\n") == (b"\x00" if is_function_a else b"")


@pytest.mark.parametrize("kind", BARCODES)
def test_barcodes_of_a_star_are_the_same_commands(kind: str) -> None:
    data = BARCODES[kind].encode("ascii")
    ours = STAR.barcode(Barcode(kind, BARCODES[kind]), 3)
    assert ours is not None
    head, _, rest = ours.partition(b"\x1bb")[2].partition(data)
    their_head, _, their_rest = (
        theirs("star-prnt", kind).partition(b"\x1bb")[2].partition(data)
    )
    # The till writes the numbers as digits, which the specification allows as well.
    assert head[0] & 0x0F == their_head[0]
    assert head[1] & 0x0F == their_head[1]
    assert head[3] == their_head[3] == 64
    assert rest[:1] == their_rest[:1] == b"\x1e"


def test_sizes_and_weight_are_the_same() -> None:
    assert b"\x1d!\x11" in ESCPOS.style(Size.LARGE, bold=False)
    assert b"\x1d!\x11" in theirs("esc-pos", "large")
    assert b"\x1d!\x01" in ESCPOS.style(Size.TALL, bold=False)
    assert b"\x1d!\x01" in theirs("esc-pos", "tall")
    for size, name in ((Size.LARGE, "large"), (Size.TALL, "tall")):
        ours = STAR.style(size, bold=False)
        assert ours[:4] in theirs("star-prnt", name)
    assert STAR.style(Size.NORMAL, bold=True)[4:] == b"\x1bE"
    assert b"\x1bE" in theirs("star-prnt", "bold")


def test_pulses_are_the_same() -> None:
    assert DrawerPulse(2, 100, 500).queued in theirs("esc-pos", "pulse")
    assert StarPulse(2, 100, 500).queued in theirs("star-prnt", "pulse")
    assert StarPulse(5, 100, 500).queued in theirs("star-prnt", "pulse5")
    # Theirs takes 100 for the second number; ESC p counts from 0, and pin 5 is 1.
    assert DrawerPulse(5, 100, 500).queued[:3] == theirs("esc-pos", "pulse5")[:3]


def test_pictures_and_cuts_are_the_same_commands() -> None:
    black = Pictures.new("1", (8, 8), 0)
    assert ESCPOS.picture(black) in theirs("esc-pos", "picture")
    # Theirs cuts where the paper is; ours feeds past the knife first.
    assert theirs("esc-pos", "partial")[:3] == b"\x1dV\x01"
    assert ESCPOS.cut() == b"\x1dV\x42\x00"
    assert theirs("star-prnt", "partial")[:3] == b"\x1bd\x01"
    assert STAR.cut() == b"\x1bd\x03"


@pytest.mark.all
def test_the_other_program_still_sends_the_golden_bytes() -> None:
    script = FOLDER / "receipt_printer_encoder.mjs"
    package = node_tools.RECEIPT_PRINTER_ENCODER
    assert node_tools.run_script(package, script, LANGUAGES) == THEIRS
