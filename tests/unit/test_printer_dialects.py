"""What is sent to Japanese, Korean and Star printers, command by command."""

from dataclasses import replace

import pytest
from PIL import Image as Pictures

from hardware.printer.charset import Charset
from hardware.printer.codes import barcode_modules, element_string
from hardware.printer.encoding import encode
from hardware.printer.pictures import sliced
from hardware.printer.profile import load_profile
from pos_app.documents.layout import (
    Align,
    Barcode,
    Block,
    Cut,
    Feed,
    Layout,
    QrCode,
    Rule,
    Size,
    Text,
)
from pos_app.errors import DeviceError

ENTER_JA, LEAVE_JA = b"\x1bt\x01\x1cC\x01\x1bR\x08", b"\x1cC\x00\x1c.\x1bR\x00"


def sent(*blocks: Block, profile: str, language: str) -> bytes:
    return encode(Layout(blocks, language), load_profile(profile, 80))


def line(text: str, profile: str, language: str) -> bytes:
    """Return the bytes of a line of plain text, without its style."""
    body = sent(Text(text), profile=profile, language=language)
    style = b"\x1bi\x00\x00\x1bF" if profile.startswith("star") else b"\x1d!\x00"
    rest = body.partition(style)[2].removeprefix(b"\x1c!\x00")
    return rest.partition(b"\n")[0]


@pytest.mark.parametrize(
    ("text", "profile", "language", "expected"),
    [
        pytest.param(
            "お茶",
            "japan",
            "ja",
            ENTER_JA + b"\x82\xa8\x92\x83" + LEAVE_JA,
            id="Japanese",
        ),
        pytest.param(
            "¥8",
            "japan",
            "ja",
            ENTER_JA + b"\\8" + LEAVE_JA,
            id="the yen is a backslash's",
        ),
        pytest.param(
            "茶\\",
            "japan",
            "ja",
            ENTER_JA + b"\x92\x83" + LEAVE_JA + b"\x1bt\x00\\",
            id="a backslash is none",
        ),
        pytest.param(
            "ﾁｬ", "japan", "ja", ENTER_JA + b"\xc1\xac" + LEAVE_JA, id="narrow katakana"
        ),
        pytest.param(
            "表示",
            "japan",
            "ja",
            ENTER_JA + b"\x95\x5c\x8e\xa6" + LEAVE_JA,
            id="0x5C inside",
        ),
        pytest.param("−8", "japan", "ja", b"-8", id="the minus is narrow"),
        pytest.param(
            "녹차", "korea", "ko", b"\x1bt\x00\x1c&\xb3\xec\xc2\xf7\x1c.", id="Korean"
        ),
        pytest.param(
            "₩8", "korea", "ko", b"\x1bt\x00\x1c&\xa3\xdc8\x1c.", id="the won is wide"
        ),
        pytest.param(
            "茶", "star_china", "zh-CN", b"\xb2\xe8", id="a Star is switched on"
        ),
        pytest.param(
            "茶",
            "star_japan",
            "ja",
            b"\x1b$1\x1bR8\x92\x83\x1b$0\x1bR0",
            id="Japan's is not",
        ),
        pytest.param(
            "é", "star", "fr", b"\x1b\x1dt\x01\x82", id="a Star's own numbers"
        ),
        pytest.param(
            "茶",
            "taiwan",
            "zh-Hant-HK",
            b"\x1bt\x00\x1c&\xaf\xf9\x1c.",
            id="by any tag",
        ),
    ],
)
def test_text(text: str, profile: str, language: str, expected: bytes) -> None:
    assert line(text, profile, language) == expected


@pytest.mark.parametrize(
    ("text", "profile", "language"),
    [
        pytest.param("髙", "japan", "ja", id="in some ROMs only"),
        pytest.param("똠", "korea", "ko", id="a syllable of UHC"),
        pytest.param(
            "שלום", "tm_t88v", "he", id="right to left, though it has the page"
        ),
        pytest.param("ñ", "star_china", "zh-CN", id="a Star without single bytes"),
        pytest.param("レシート", "epson", "ja", id="no font"),
        pytest.param("8.80", "epson", "ko", id="the figures of a drawn slip"),
    ],
)
def test_what_the_font_lacks_is_drawn(text: str, profile: str, language: str) -> None:
    job = sent(Text(text), profile=profile, language=language)
    assert b"\x1dv0\x00" in job or b"\x1b\x1dS\x01" in job


def test_signs_of_a_country_are_switched_off_first() -> None:
    for profile in ("japan", "korea"):
        job = sent(Feed(), profile=profile, language="en")
        assert job.startswith(b"\x1b@\x1c.\x1bR\x00\x1da\xff")
    assert sent(Feed(), profile="star_japan", language="ja").startswith(
        b"\x1b@\x1b\x1eE\x00\x1b\x1ea\x01\x1bR0"
    )


def test_a_star_has_commands_of_its_own() -> None:
    job = sent(
        Text("A", Align.CENTRE, Size.LARGE, bold=True),
        Rule(),
        Cut(),
        profile="star",
        language="en",
    )
    assert b"\x1b\x1da\x01\x1bi\x01\x01\x1bEA\n\x1bi\x00\x00\x1bF" in job
    assert b"\x1b\x1da\x00" + b"-" * 48 + b"\n" in job
    assert job.endswith(b"\x1bd\x03")


def test_a_star_draws_codes_itself() -> None:
    job = sent(
        QrCode("urn:1", 4, "Q"),
        Barcode("code128", "A%1", 80),
        profile="star",
        language="en",
    )
    assert b"\x1b\x1dyS0\x02\x1b\x1dyS1\x02\x1b\x1dyS2\x04" in job
    assert b"\x1b\x1dyD1\x00\x05\x00urn:1\x1b\x1dyP" in job
    assert b"\x1bb62" in job
    assert b"P" + b"A%01\x1e\n" in job
    drawn = sent(
        Barcode("gs1-128", "(01)09521234567899"), profile="star", language="en"
    )
    assert b"\x1b\x1dS\x01" in drawn


@pytest.mark.parametrize(
    ("cutter", "command"),
    [("full", b"\x1dV\x41\x00"), ("partial", b"\x1dV\x42\x00"), ("none", b"\x1bd\x05")],
)
def test_knives(cutter: str, command: bytes) -> None:
    profile = replace(load_profile("china", 80), cutter=cutter, confirms=False)
    assert encode(Layout((Cut(),)), profile).endswith(command)


def test_a_printer_that_never_confirms_is_not_asked() -> None:
    profile = replace(load_profile("china", 80), confirms=False)
    assert not encode(Layout((Feed(),)), profile).endswith(b"\x1dr\x01")


def test_pictures_go_out_in_each_way() -> None:
    strip = Pictures.new("1", (16, 30), 1)
    strip.putpixel((0, 0), 0)
    first = b"\x80\x00" + b"\x00" * 58
    assert sliced(strip, "gs_v", 255) == b"\x1dv0\x00\x02\x00\x1e\x00" + first
    stored = b"\x30\x70\x30\x01\x01\x31\x10\x00\x1e\x00" + first
    assert sliced(strip, "gs_l", 255) == (
        b"\x1d(L\x46\x00" + stored + b"\x1d(L\x02\x00\x30\x32"
    )
    assert sliced(strip, "star_s", 255) == (
        b"\x1b\x1dS\x01\x02\x00\x1e\x00\x00" + first
    )
    bands = sliced(strip, "star_k", 255)
    assert bands.startswith(b"\x1b0\x1bk\x02\x00\x80\x00")
    assert bands.count(b"\x1bk\x02\x00") == 2
    assert len(bands) == 2 + 2 * (4 + 48 + 1) + 3


@pytest.mark.parametrize("second", [0x04, 0x05, 0x14])
def test_no_picture_holds_a_command_that_is_obeyed_at_once(second: int) -> None:
    """DLE DC4 within a logo would open the drawer."""
    data = bytes([0xFF ^ 0x10, 0xFF ^ second])
    strip = Pictures.frombytes("1", (16, 1), data)
    ink = sliced(strip, "gs_v", 255)[8:]
    assert ink == bytes([0x18, second])  # one dot more, beside the lone one


def test_slices_are_as_high_as_the_buffer() -> None:
    strip = Pictures.new("1", (576, 300), 1)
    profile = replace(load_profile("china", 80), slice_rows=24)
    assert sliced(strip, "gs_v", profile.slice_rows).count(b"\x1dv0\x00") == 13


def test_gs1_element_strings_have_separators_where_they_must() -> None:
    assert element_string("(01)09521234567899(10)AB(17)271231") == (
        "010952123456789910AB\x1d17271231"
    )
    assert element_string("(3103)000500(21)X1") == "310300050021X1"
    assert element_string("0109521234567899") == "0109521234567899"
    assert element_string("(01)(02)") == "(01)(02)"


@pytest.mark.parametrize(
    ("symbology", "data"),
    [
        ("ean13", "9521234567890"),
        ("ean13", "952123456789"),
        ("ean8", "96385075"),
        ("upca", "036000291453"),
        ("itf14", "15400141288764"),
        ("code39", "abc"),
        ("code128", ""),
        ("code128", "a\x1db"),
        ("gs1-128", "\x1d"),
    ],
)
def test_codes_that_cannot_be_are_refused(symbology: str, data: str) -> None:
    with pytest.raises(DeviceError, match="barcode_impossible"):
        barcode_modules(symbology, data)


def test_a_control_in_a_qr_code_is_drawn() -> None:
    job = sent(QrCode("a\x10\x14\x01\x00\x01"), profile="china", language="en")
    assert b"\x10\x14\x01" not in job
    assert b"\x1dv0" in job


def test_widths_are_counted_as_the_printer_prints() -> None:
    charset = Charset(load_profile("japan", 80), "ja")
    assert charset.width("ｶﾅ") == 2
    assert charset.width("カナ") == 4
    assert charset.width("¥1") == 2


def test_a_star_without_letters_is_sent_one_picture() -> None:
    job = sent(
        Text("茶"),
        Feed(2),
        QrCode("urn:1"),
        Cut(),
        profile="star_tsp100",
        language="en",
    )
    start = b"\x1b@\x1b\x1eE\x00\x1b\x1ea\x01\x1b*rA\x1b*rP0\x00\x1b*rE1\x00b"
    assert job.startswith(start)
    assert job.endswith(b"\x1b\x0c\x00\x1b*rB")
    assert b"\x1b*rY64\x00" in job
    assert b"\x1b\x1d" not in job  # a model that knows raster mode knows no others


def test_rows_of_raster_mode_end_with_their_ink() -> None:
    strip = Pictures.new("1", (576, 3), 1)
    strip.putpixel((8, 1), 0)
    assert (
        sliced(strip, "star_r", 255) == b"b\x01\x00\x00b\x02\x00\x00\x80b\x01\x00\x00"
    )
