"""ZPL and TSPL say exactly what was placed, whatever the goods are called."""

from __future__ import annotations

import pytest

from hardware.label_printer.media import Media
from hardware.label_printer.tspl import encode_tspl, millimetres
from hardware.label_printer.zpl import code128_data, encode_zpl, escaped, packed
from hardware.printer.label_drawing import draw_label
from hardware.printer.label_placing import DPI_300, place_label
from pos_app.documents.label import Box, Label, LabelCode, LabelText, Symbology
from pos_app.documents.label_forms import FORMS
from pos_app.documents.layout import Cut, Layout, Text
from tests.builders_labels import GTIN, codes_in, label
from tests.label_reading import Paper, read_tspl, read_zpl, unpacked

DRAWN = Media(own_letters=False)


def without_codes(made: Label) -> Label:
    return Label(made.width_um, made.height_um, made.texts, (), made.rules)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
@pytest.mark.parametrize("read", [read_zpl, read_tspl])
def test_what_is_drawn_arrives_dot_for_dot(form, language, read):
    made = without_codes(label(form, language))
    layout = Layout((made,), language)
    encode = encode_zpl if read is read_zpl else encode_tspl
    (paper,) = read(encode(layout, DRAWN))
    assert paper.picture.tobytes() == draw_label(made, language).tobytes()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_a_barcode_is_asked_for_as_it_was_placed(form):
    made = label(form)
    (bars,) = place_label(made, "zh-CN", DRAWN.dpi10).bars
    height = bars.box.height - 5 * bars.module  # of the guard bars below
    layout = Layout((made,), "zh-CN")
    (zpl,) = read_zpl(encode_zpl(layout, DRAWN))
    (tspl,) = read_tspl(encode_tspl(layout, DRAWN))
    assert zpl.codes == [("E", bars.module, height, GTIN[:12])]
    assert tspl.codes == [("EAN13", bars.module, height, GTIN)]


def test_copies_are_the_printers_own_work():
    made = label(FORMS[2])
    many = Label(made.width_um, made.height_um, made.texts, made.codes, (), 240)
    one, all_of_them = (Layout((x,), "zh-CN") for x in (made, many))
    for encode, read in ((encode_zpl, read_zpl), (encode_tspl, read_tspl)):
        data = encode(all_of_them, Media())
        assert read(data)[0].copies == 240
        assert len(data) < len(encode(one, Media())) + 4


NASTY = "^XZ~JA_5E\\& ^FD \"'%, ☃ ~DG \r\nPRINT 1,999\r\n \x1b!R"


@pytest.mark.parametrize("own_letters", [True, False])
@pytest.mark.parametrize("encode", [encode_zpl, encode_tspl])
def test_no_name_of_goods_becomes_a_command(encode, own_letters):
    data = encode(
        Layout((label(FORMS[0], name=NASTY, sku=NASTY, code=""),), "zh-CN"),
        Media(own_letters=own_letters),
    )
    assert data.count(b"^XA") == data.count(b"^XZ") == (encode is encode_zpl)
    assert data.count(b"PRINT 1,") == (encode is encode_tspl)
    assert b"~JA" not in data
    assert b"\x1b" not in data or encode is encode_tspl  # inside a picture's bytes
    (paper,) = (read_zpl if encode is encode_zpl else read_tspl)(data)
    assert paper.copies == 1


def written(text: str) -> Paper:
    part = LabelText(Box(1_000, 1_000, 60_000, 6_000), text, 4_000, 2_000)
    layout = Layout((Label(62_000, 10_000, (part,)),), "zh-CN")
    (paper,) = read_zpl(encode_zpl(layout, Media()))
    return paper


def test_western_words_are_the_printers_letters_and_chinese_is_drawn():
    assert written("Café 5^9~0_1 ¥3").texts == ["Café 5^9~0_1 ¥3"]
    assert written("牛奶 250ml").texts == []
    assert written("牛奶 250ml").picture.getbbox()
    assert written("a\\&b").texts == []  # ^FB would break the line there


def test_data_is_escaped_byte_by_byte():
    assert escaped("a^b~c_d") == "a_5Eb_7Ec_5Fd"
    assert escaped("é\n") == "é_0A"


@pytest.mark.parametrize(
    ("data", "written_as"),
    [
        ("AB-1", ">:AB-1"),
        ("a>b", ">:a>0b"),
        ("123456", ">;123456"),
        ("12345X", ">;1234>65X"),
        ("123", ">:123"),
        ("30405", ">;3040>65"),
    ],
)
def test_code_128_spells_its_code_sets_out(data, written_as):
    assert code128_data(Symbology.CODE128, data) == written_as


def test_gs1_128_begins_with_fnc1_and_separates_what_has_no_fixed_length():
    said = code128_data(Symbology.GS1_128, "(01)09521005001379(10)17(21)99")
    assert said == ">;>801095210050013791017>82199"


def test_a_qr_code_with_chinese_is_drawn_and_can_be_read():
    code = LabelCode(Box(1_000, 1_000, 28_000, 28_000), Symbology.QR, '牛奶 "1"')
    layout = Layout((Label(30_000, 30_000, (), (code,)),), "zh-CN")
    for encode, read in ((encode_zpl, read_zpl), (encode_tspl, read_tspl)):
        (paper,) = read(encode(layout, Media()))
        assert codes_in(paper.picture) == ['牛奶 "1"']


def test_a_page_that_is_no_label_is_drawn_on_a_sheet_of_its_own():
    layout = Layout((Text("Test page"), label(FORMS[0]), Text("end"), Cut()), "zh-CN")
    for encode, read in ((encode_zpl, read_zpl), (encode_tspl, read_tspl)):
        papers = read(encode(layout, Media()))
        assert len(papers) == 3
        assert papers[0].width == 576


def test_a_finer_print_head_has_more_dots_of_the_same_label():
    layout = Layout((label(FORMS[0]),), "zh-CN")
    (fine,) = read_zpl(encode_zpl(layout, Media(DPI_300)))
    assert (fine.width, fine.height) == (826, 448)
    (tspl,) = read_tspl(encode_tspl(layout, Media(DPI_300)), DPI_300)
    assert tspl.width == 826


def test_rows_are_packed_and_unpacked():
    rows = [b"\x00\x00", b"\xff\xff", b"\xff\xff", b"\x00\x01", b"\xf0\x00"]
    long = [bytes(60), b"\xaa" * 60, b"\x0f" + bytes(59), b"\xff" * 60] * 2
    for wanted in (rows, long):
        stride = len(wanted[0])
        whole = b"".join(wanted)
        assert unpacked(packed(wanted), stride, len(whole)) == whole


def test_millimetres_are_written_short():
    assert [millimetres(x) for x in (70_000, 2_500, 38_125)] == ["70", "2.5", "38.125"]
