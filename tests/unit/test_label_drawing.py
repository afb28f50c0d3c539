"""A label is drawn to scale, its codes can be read, its price is never cut."""

from __future__ import annotations

from datetime import date

import pytest

from hardware.printer.label_drawing import draw_label, draw_label_strip
from hardware.printer.label_placing import DPI_203, DPI_300, place_label
from hardware.printer.raster import PillowRasteriser
from pos_app.documents.goods_label import goods_label
from pos_app.documents.label import (
    Box,
    Label,
    LabelCode,
    LabelText,
    Side,
    Symbology,
)
from pos_app.documents.label_fitting import Room, fit_text
from pos_app.documents.label_forms import FORMS, LabelField, LabelUse
from pos_app.documents.layout import Layout
from pos_app.documents.text import text_lines
from pos_app.i18n import Words
from pos_app.persistence.ledger.layout_codec import layout_from_text, layout_to_text
from tests.builders_labels import GTIN, codes_in, goods, label, weighed_goods


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
@pytest.mark.parametrize("dpi10", [DPI_203, DPI_300])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_the_barcode_of_every_form_can_be_read(form, dpi10, language):
    drawn = draw_label(label(form, language), language, dpi10)
    assert codes_in(drawn) == [GTIN]
    assert drawn.size == (
        form.width_um * dpi10 // 254_000,
        form.height_um * dpi10 // 254_000,
    )


def test_a_weighed_pack_carries_its_own_code():
    form = next(x for x in FORMS if x.use is LabelUse.WEIGHED)
    made = goods_label(weighed_goods(), form, Words("en"), "CNY")
    said = {text.text for text in made.texts}
    assert {"¥8.55", "¥19.60/kg", "Net 0.436 kg"} <= said
    assert codes_in(draw_label(made, "en")) == ["2112345008558"]


@pytest.mark.parametrize(
    ("symbology", "data", "read"),
    [
        (Symbology.EAN8, "96385074", "96385074"),
        (Symbology.CODE128, "AB-12>34^56~7", "AB-12>34^56~7"),
        (Symbology.CODE128, "00123456789", "00123456789"),
        (Symbology.CODE128, "0012345", "0012345"),
        (
            Symbology.GS1_128,
            "(01)09521005001379(3103)000500",
            "(01)09521005001379(3103)000500",
        ),
        (
            Symbology.GS1_128,
            "(01)09521005001379(10)L7(21)9",
            "(01)09521005001379(10)L7(21)9",
        ),
        (
            Symbology.GS1_DATA_MATRIX,
            "(01)09521005001379(17)261124(94)1234000450",
            "(01)09521005001379(17)261124(94)1234000450",
        ),
        (
            Symbology.GS1_DATA_MATRIX,
            "(92)12348124000450A-12",
            "(92)12348124000450A-12",
        ),
        (Symbology.QR, "牛奶 https://x.cn/?a=1", "牛奶 https://x.cn/?a=1"),
    ],
)
def test_every_symbology_can_be_read(symbology, data, read):
    code = LabelCode(Box(1_000, 1_000, 78_000, 28_000), symbology, data, "caption")
    drawn = draw_label(Label(80_000, 30_000, (), (code,)), "zh-CN")
    assert codes_in(drawn) == [read]


@pytest.mark.parametrize(
    ("symbology", "data"),
    [
        (Symbology.EAN13, "9521005001370"),
        (Symbology.EAN8, "9521"),
        (Symbology.CODE128, "牛奶"),
        (Symbology.CODE128, "x" * 48),
        (Symbology.GS1_128, "no brackets"),
        (Symbology.QR, "x" * 5_000),
        (Symbology.GS1_DATA_MATRIX, "no brackets"),
    ],
)
def test_what_no_code_can_hold_stands_there_to_be_typed(symbology, data):
    code = LabelCode(Box(1_000, 1_000, 38_000, 13_000), symbology, data, data[:60])
    placed = place_label(Label(40_000, 30_000, (), (code,)), "zh-CN", DPI_203)
    assert (placed.bars, placed.squares) == ((), ())
    assert placed.texts[0].fitted.rows


def narrow(text: str, size: int) -> int:
    return len(text) * size // 2


def fitted(text: str, width: int, **changes):
    wanted = {"size_um": 40, "least_um": 10, **changes}
    part = LabelText(Box(0, 0, 1, 1), text, **wanted)
    return fit_text(part, Room(width, 50, 40, 10), narrow)


def test_a_name_is_made_smaller_before_it_is_shortened():
    assert fitted("milk", 400).size == 40
    assert fitted("milk and honey of the hills", 300).size == 22
    short = fitted("milk and honey of the hills", 60)
    assert short.size == 10
    assert short.rows[0].endswith("…")


def test_a_name_takes_its_second_line_before_it_is_made_smaller():
    two = fitted("milk and honey of hills", 200, lines=2)
    assert (len(two.rows), two.size) == (2, 20)


def test_a_price_is_whole_however_narrow_its_box():
    for width in range(1, 300, 7):
        assert fitted("¥99,999,999.99", width, is_whole=True).rows == (
            "¥99,999,999.99",
        )
    assert fitted("¥99,999,999.99", 70, is_whole=True).size == 10


def test_a_field_that_a_shop_leaves_out_is_not_there():
    form, words = FORMS[0], Words("en")
    hidden = frozenset({LabelField.SKU, LabelField.CODE})
    made = goods_label(goods(), form, words, "CNY", hidden)
    assert not made.codes
    assert all("210012" not in text.text for text in made.texts)


def test_a_label_waits_in_the_queue_as_what_it_is():
    layout = Layout((label(FORMS[0]),), "zh-CN")
    assert layout_from_text(layout_to_text(layout)) == layout


def test_a_label_on_slip_paper_is_to_scale_turned_or_smaller():
    made = label(FORMS[0])
    wide, narrow_paper = (draw_label_strip(made, x, "zh-CN") for x in (576, 384))
    assert (wide.width, narrow_paper.width) == (576, 384)
    assert narrow_paper.height > wide.height  # turned: it is as long as it is wide
    assert codes_in(wide) == codes_in(narrow_paper) == [GTIN]
    assert PillowRasteriser().png(Layout((made,), "zh-CN"), 576)


def test_the_text_of_a_label_names_all_that_stands_on_it():
    lines = "\n".join(text_lines(Layout((label(FORMS[0], "en"),), "en"), 48))
    assert "¥59.90" in lines
    assert f"[{GTIN}]" in lines


def test_a_text_on_the_right_ends_at_its_edge():
    text = LabelText(Box(0, 0, 30_000, 8_000), "¥1.00", 5_000, 2_000, side=Side.RIGHT)
    drawn = draw_label(Label(30_000, 10_000, (text,)), "en")
    box = drawn.convert("L").point(lambda level: 255 - level).getbbox()
    assert box
    assert drawn.width - 6 <= box[2] <= drawn.width


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
@pytest.mark.parametrize("dpi10", [DPI_203, DPI_300])
def test_marked_down_goods_carry_both_codes_and_both_are_read(dpi10, language):
    form = next(x for x in FORMS if x.use is LabelUse.MARKDOWN)
    bars = "(91)12348124000450952100500137"
    square = f"(01)0{GTIN}(17)261124(94)1234000450"
    made = label(
        form,
        language,
        sold_code=bars,
        square_code=square,
        until=None,
        last_day=date(2026, 11, 24),
    )
    drawn = draw_label(made, language, dpi10)
    assert set(codes_in(drawn)) == {bars, square}
    placed = place_label(made, language, dpi10)
    # No narrower than a quarter of a millimetre (GS1 General Specifications 5.12).
    assert placed.bars[0].module * 254_000 >= dpi10 * 250
    assert placed.squares[0].module * 254_000 >= dpi10 * 375
    assert any("2026-11-24" in text.text for text in made.texts)
