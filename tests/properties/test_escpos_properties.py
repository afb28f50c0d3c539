"""Any text becomes bytes that a cheap printer survives."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.printer.charset import Charset
from hardware.printer.encoding import encode
from hardware.printer.profile import PrinterProfile, load_profile, profile_keys
from pos_app.documents.layout import Columns, Layout, Size, Text
from tests.printed_text import PICTURE, Model, lines

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
        "한글",
        "똠",
        "カナ",
        "ｶﾅ",
        "〜",
        "①",
        "\\~",
        "₩",
        "שלום",
        "ไทย",
        "Ω",
        "Ё",
        "½",
        "−",
        "\x1b@",
        "\x10\x04\x01",
    ]
)
any_text = st.one_of(st.text(max_size=30), st.lists(NASTY, max_size=8).map("".join))
RASTER = b"\x1dv0"
COMMANDS = re.compile(rb"\x1b@|\x1b[at!].|\x1d[!ar].|\x1c!.|\x1c[&.]", re.DOTALL)


def same(char: str) -> str:
    return unicodedata.normalize("NFKC", char)  # ￥ is ¥ in full width


languages = st.sampled_from(
    ["zh-CN", "zh-TW", "zh-Hant-HK", "ja", "ko", "en", "de", "ru", "el", "ar", "th"]
)
FAMILIES = ("china", "taiwan", "japan", "korea", "epson", "raster", "silent")
profiles = st.builds(
    load_profile, st.sampled_from(FAMILIES), st.sampled_from([58, 80])
) | st.builds(
    load_profile, st.sampled_from(profile_keys("escpos")), st.sampled_from([58, 80])
)
stars = st.builds(
    load_profile, st.sampled_from(profile_keys("star")), st.sampled_from([58, 80])
)
ROMS = {"gb18030": "gbk", "big5": "cp950", "shift_jis": "shift_jis", "euc_kr": "euc_kr"}
#: What the till prints for a sign that is not there, and two ways to one cell.
ALIKE = str.maketrans(
    "\u2212\u2010\u2011\u2013\u2014\u2015\u2018\u2019〜‖", "------''~∥", ""
)


def meant(text: str) -> str:
    """Return what a reader sees: no white, no width, no marks that steer."""
    folded = unicodedata.normalize("NFKC", text).translate(ALIKE)
    return "".join(folded.split()).replace("\u201c", '"').replace("\u201d", '"')


def on_paper(job: bytes, profile: PrinterProfile, *, starts_in_kanji: bool) -> str:
    model = Model(
        ROMS[profile.cjk[0]] if profile.cjk else "",
        {number: codec for codec, number in profile.code_pages},
        starts_in_kanji,
        frozenset({"gs_v", "gs_l", "star_s", "star_k"}),
        profile.language,
    )
    return "\n".join(lines(job, model))


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


@given(any_text, languages, profiles | stars, st.booleans())
def test_what_a_printer_reads_is_what_was_written_or_it_is_drawn(
    text: str,
    language: str,
    profile: PrinterProfile,
    starts_in_kanji: bool,
) -> None:
    job = encode(Layout((Text(text),), language), profile)
    read = on_paper(job, profile, starts_in_kanji=starts_in_kanji)
    if PICTURE not in read:
        written = Charset(profile, language).prepared(text)
        assert meant(read) == meant(written)


@given(st.characters(), languages)
def test_two_bytes_read_back_as_the_same_character(char: str, language: str) -> None:
    families = {
        "china": "gbk",
        "taiwan": "cp950",
        "japan": "shift_jis",
        "korea": "euc_kr",
    }
    for key, codec in families.items():
        charset = Charset(load_profile(key, 80), language)
        glyph = charset.glyph(char)
        if glyph is not None and glyph.is_double:
            read = glyph.data.decode(codec)
            assert same(read) == same(char) or meant(read) == meant(char)


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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "language"),
    [
        ("china", "zh-CN"),
        ("taiwan", "zh-TW"),
        ("japan", "ja"),
        ("korea", "ko"),
        ("tm_t88v", "en"),
        ("star", "de"),
        ("star_china", "zh-CN"),
        ("star_japan", "ja"),
    ],
)
def test_every_character_reads_back(key: str, language: str) -> None:
    """All of the basic plane that the printer's own fonts have, a line at a time."""
    profile = load_profile(key, 80)
    charset = Charset(profile, language)
    plane = (chr(code) for code in range(0x21, 0xFFFE))
    known = [c for c in plane if charset.can_print(c) and not c.isspace()]
    assert len(known) > 200
    for at in range(0, len(known), 40):
        text = "".join(known[at : at + 40])
        job = encode(Layout((Text(text),), language), profile)
        read = on_paper(job, profile, starts_in_kanji=False)
        if PICTURE not in read:  # accents in a row join into what it lacks
            assert meant(read) == meant(charset.prepared(text))
