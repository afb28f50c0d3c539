"""Any text becomes bytes that a cheap printer survives."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from hardware.printer.charset import Charset
from hardware.printer.escpos import encode
from hardware.printer.profile import load_profile, profile_keys
from pos_app.documents.layout import Columns, Layout, Size, Text

NASTY = st.sampled_from(
    [
        "😀",
        "مرحبا",
        "e\u0301",
        "\u0301",
        "中",
        "￥",
        "€",
        "é",
        "\ue000",
        "ㄅ",
        "𠮷",
        "\ud800",
        "\x1b@",
        "\x10\x04\x01",
    ]
)
any_text = st.one_of(st.text(max_size=30), st.lists(NASTY, max_size=8).map("".join))
RASTER = b"\x1dv0"
COMMANDS = re.compile(rb"\x1b@|\x1b[at!].|\x1d[!ar].|\x1c!.|\x1c[&.]", re.DOTALL)


def same(char: str) -> str:
    return unicodedata.normalize("NFKC", char)  # ￥ is ¥ in full width


languages = st.sampled_from(["zh-CN", "zh-TW", "en"])
profiles = st.builds(
    load_profile, st.sampled_from(profile_keys()), st.sampled_from([58, 80])
)


@given(any_text, any_text, languages, profiles, st.sampled_from(Size))
def test_any_text_is_encoded(
    first: str, second: str, language: str, profile, size: Size
) -> None:
    layout = Layout(
        (Text(first, size=size), Columns((first, second), (4,), size)), language
    )
    assert encode(layout, profile)


@given(st.characters(), languages, profiles)
def test_no_character_is_longer_than_two_bytes(
    char: str, language: str, profile
) -> None:
    glyph = Charset(profile, language).glyph(char)
    if glyph is not None:
        assert len(glyph.data) == (2 if glyph.is_double else 1)
        assert glyph.data[0] >= 0x20  # never a command


@given(st.characters(), languages)
def test_two_bytes_read_back_as_the_same_character(char: str, language: str) -> None:
    for key, codec in (("china", "gbk"), ("taiwan", "cp950")):
        charset = Charset(load_profile(key, 80), language)
        glyph = charset.glyph(char)
        if glyph is not None and glyph.is_double:
            read = glyph.data.decode(codec)
            assert same(read) == same(char)


@given(any_text, languages)
def test_every_switch_into_chinese_is_left_again(text: str, language: str) -> None:
    profile = load_profile("china", 80)
    charset = Charset(profile, language)
    if charset.can_print(charset.prepared(text)):
        job = encode(Layout((Text(text),), language), profile)
        assert job.count(b"\x1c&") == job.count(b"\x1c.") - 1


@given(any_text, any_text, languages, st.sampled_from([58, 80]))
def test_no_printed_line_is_wider_than_the_paper(
    first: str, second: str, language: str, paper: int
) -> None:
    profile = load_profile("china", paper)
    job = encode(
        Layout((Text(first), Columns((first, second), (6,))), language), profile
    )
    if RASTER not in job:
        for line in COMMANDS.sub(b"", job).split(b"\n"):
            assert len(line) <= profile.columns  # two bytes are two columns wide
