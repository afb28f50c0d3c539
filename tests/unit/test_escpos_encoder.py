"""What the encoder sends, command by command."""

import io
from typing import Any

import pytest
from PIL import Image as Pictures

from hardware.printer.escpos import ASK_WHEN_DONE, CUT, encode, picture
from hardware.printer.profile import load_profile, profile_keys
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
from pos_app.errors import DeviceError, UserError

START = b"\x1b@\x1c.\x1da\xff"
RASTER = b"\x1dv0\x00"


def sent(
    *blocks: Block, profile: str = "china", language: str = "zh-CN", paper: int = 80
) -> bytes:
    job = encode(Layout(blocks, language), load_profile(profile, paper))
    assert job.startswith(START)
    assert job.endswith(ASK_WHEN_DONE)
    return job[len(START) : -len(ASK_WHEN_DONE)]


def line(text: str, **how: Any) -> bytes:
    """Return the bytes of a line of plain text, without its style."""
    body = sent(Text(text), **how)
    return (
        body.partition(b"\x1d!\x00")[2].removeprefix(b"\x1c!\x00").removesuffix(b"\n")
    )


@pytest.mark.parametrize(
    ("text", "how", "expected"),
    [
        pytest.param("Milk 2.50", {}, b"Milk 2.50", id="ASCII needs no switch"),
        pytest.param(
            "茶", {}, b"\x1bt\x00\x1c&" + "茶".encode("gbk") + b"\x1c.", id="Chinese"
        ),
        pytest.param(
            "¥8",
            {},
            b"\x1bt\x00\x1c&\xa3\xa48\x1c.",
            id="the yen sign becomes full width",
        ),
        pytest.param("−8", {}, b"-8", id="the minus sign becomes a hyphen"),
        pytest.param(
            "茶é茶",
            {},
            b"\x1bt\x00\x1c&\xb2\xe8\x1c.\x82\x1bt\x00\x1c&\xb2\xe8\x1c.",
            id="an accent never eats the next byte",
        ),
        pytest.param(
            "é",
            {"language": "en"},
            b"\x1bt\x00\x82",
            id="accents come from a code page",
        ),
        pytest.param(
            "€",
            {"language": "en", "profile": "epson"},
            b"\x1bt\x13\xd5",
            id="the euro by its page number",
        ),
        pytest.param(
            "Ё", {"language": "en", "profile": "epson"}, b"\x1bt\x11\xf0", id="Cyrillic"
        ),
        pytest.param(
            "茶",
            {"language": "zh-TW", "profile": "taiwan"},
            b"\x1bt\x00\x1c&" + "茶".encode("big5") + b"\x1c.",
            id="Big5",
        ),
        pytest.param(
            "e\u0301",
            {"language": "en"},
            b"\x1bt\x00\x82",
            id="an accent sent apart is joined",
        ),
        pytest.param(
            "體",
            {"language": "zh-TW"},
            b"\x1bt\x00\x1c&" + "體".encode("gbk") + b"\x1c.",
            id="traditional on a GBK printer",
        ),
    ],
)
def test_text(text: str, how: dict[str, Any], expected: bytes) -> None:
    assert line(text, **how) == expected


@pytest.mark.parametrize(
    ("text", "how"),
    [
        pytest.param("茶😀", {}, id="emoji"),
        pytest.param("مرحبا", {}, id="right to left"),
        pytest.param("𠮷野", {}, id="Han beyond the printer's font"),
        pytest.param("\ue000", {}, id="private use"),
        pytest.param("a\u0301\u0302", {}, id="marks that do not join"),
        pytest.param("简体", {"profile": "taiwan"}, id="simplified on a Big5 printer"),
        pytest.param("茶", {"profile": "epson"}, id="no Chinese font"),
        pytest.param("8.80", {"profile": "epson"}, id="the figures of a drawn slip"),
        pytest.param("8.80", {"profile": "raster"}, id="pictures only"),
    ],
)
def test_what_the_font_lacks_is_drawn(text: str, how: dict[str, Any]) -> None:
    assert RASTER in sent(Text(text), **how)


def test_one_strange_line_does_not_draw_the_others() -> None:
    body = sent(Text("茶叶"), Text("😀"), Text("苹果"))
    assert body.count(RASTER) == 1
    assert "茶叶".encode("gbk") in body
    assert "苹果".encode("gbk") in body


def test_double_size_is_said_for_chinese_too() -> None:
    body = sent(Text("茶", Align.CENTRE, Size.LARGE, bold=True))
    assert body.startswith(b"\x1ba\x01\x1b!\x38\x1d!\x11\x1c!\x0c")
    assert body.endswith(b"\x1b!\x00\x1d!\x00\x1c!\x00")


def test_columns_count_a_two_byte_sign_as_two() -> None:
    # × is one column in Unicode and two in a Chinese printer's font.
    body = sent(Columns(("2 × 3", "6.00"), (6,)), paper=58)
    text = body.partition(b"\x1c!\x00")[2]
    plain = text.replace(b"\x1bt\x00\x1c&", b"").replace(b"\x1c.", b"").rstrip(b"\n")
    assert len(plain) == 32


def test_rules() -> None:
    assert sent(Rule(), paper=58) == b"\x1ba\x00" + b"-" * 32 + b"\n"
    assert RASTER in sent(Rule(RuleStyle.SOLID))


def test_feed_and_cut() -> None:
    assert sent(Feed(2), Cut()) == b"\n\n" + CUT


def test_a_native_qr_code() -> None:
    body = sent(QrCode("urn:1", 4, "Q"))
    assert b"\x1d(k\x03\x001C\x04" in body
    assert b"\x1d(k\x03\x001E2" in body
    assert b"\x1d(k\x08\x001P0urn:1\x1d(k\x03\x001Q0" in body


def test_a_native_barcode() -> None:
    body = sent(Barcode("code128", "A{1", 80))
    assert b"\x1dh\x50" in body
    assert b"\x1dkI\x06{BA{{1" in body
    assert b"\x1dkC\x0d9521234567899" in sent(Barcode("ean13", "9521234567899"))


def test_codes_are_drawn_where_the_printer_cannot() -> None:
    assert sent(QrCode("urn:1"), profile="raster").count(RASTER) == 1
    assert sent(Barcode("code128", "X"), profile="raster").count(RASTER) == 1
    assert RASTER in sent(Barcode("code128", "X" * 20), paper=58)


def test_a_code_too_long_for_the_paper_is_written_instead() -> None:
    assert RASTER in sent(Barcode("code128", "X" * 80), paper=58)


def test_a_barcode_that_cannot_be_says_so() -> None:
    with pytest.raises(DeviceError, match="barcode_impossible"):
        sent(Barcode("code128", "茶"))


def test_pictures_go_out_in_slices_with_ink_as_ones() -> None:
    strip = Pictures.new("1", (16, 300), 1)
    strip.putpixel((0, 0), 0)
    slices = picture(strip)
    assert slices[:8] == b"\x1dv0\x00\x02\x00\xff\x00"
    assert slices[8:10] == b"\x80\x00"
    second = slices[8 + 2 * 255 :]
    assert second[:8] == b"\x1dv0\x00\x02\x00\x2d\x00"
    assert len(second) == 8 + 2 * 45


def test_a_logo_is_a_picture_and_a_broken_one_says_so() -> None:
    png = io.BytesIO()
    Pictures.new("RGBA", (900, 300), (255, 0, 0, 128)).save(png, "PNG")
    assert RASTER in sent(Image(png.getvalue()))
    with pytest.raises(DeviceError, match="logo_unreadable"):
        sent(Image(b"GIF89a"))


def test_a_printer_that_never_answers_is_not_asked() -> None:
    job = encode(Layout((Text("A"),)), load_profile("silent", 80))
    assert b"\x1da" not in job[:8]
    assert not job.endswith(ASK_WHEN_DONE)


@pytest.mark.parametrize("key", profile_keys())
@pytest.mark.parametrize("paper", [58, 80])
def test_every_profile_prints(key: str, paper: int) -> None:
    profile = load_profile(key, paper)
    assert profile.width_dots % 8 == 0
    assert encode(Layout((Text("茶 Tea €"), Cut())), profile)


def test_unknown_profiles_and_papers_are_refused() -> None:
    with pytest.raises(UserError, match="printer_profile_unknown"):
        load_profile("../../etc/passwd", 80)
    with pytest.raises(UserError, match="paper_width_unknown"):
        load_profile("china", 112)
