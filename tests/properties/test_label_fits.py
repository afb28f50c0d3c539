"""Whatever goods are called and cost: all of it stands inside its label."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.printer.label_placing import (
    DPI_203,
    DPI_300,
    DotBox,
    PlacedBars,
    place_label,
)
from hardware.printer.label_symbols import bars_of
from hardware.printer.typesetting import text_width
from pos_app.documents.amounts import slip_price
from pos_app.documents.goods_label import code_of, goods_label
from pos_app.documents.label_forms import FORMS, LabelField
from pos_app.domain.barcode_presets import preset, presets
from pos_app.domain.barcode_rule import first_match
from pos_app.domain.net_content import net_content, unit_price
from pos_app.domain.weighed_code import weighed_code
from pos_app.errors import UserError
from pos_app.i18n import Words
from pos_app.values.gs1.check_digit import check_digit
from tests.builders_labels import goods

names = st.text(max_size=120) | st.sampled_from(
    [
        "云山纯牛奶 高钙低脂",
        "Donaudampfschifffahrtsgesellschaft" * 3,
        "👩‍👩‍👧 ☃",
        "W" * 80,
    ]
)
digits = st.text("0123456789", min_size=7, max_size=12)
codes = (
    digits.map(lambda x: x.rjust(12, "0")).map(lambda x: x + check_digit(x))
    | st.text("ABCabc0123456789-+.^~>", max_size=30)
    | st.text(max_size=12)
)
prices = st.integers(0, 10**10)


def inside(inner: DotBox, outer: DotBox) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and inner.left + inner.width <= outer.left + outer.width
        and inner.top + inner.height <= outer.top + outer.height
    )


def apart(one: DotBox, other: DotBox) -> bool:
    return (
        one.left + one.width <= other.left
        or other.left + other.width <= one.left
        or one.top + one.height <= other.top
        or other.top + other.height <= one.top
    )


def with_quiet(bars: PlacedBars) -> DotBox:
    found = bars_of(bars.code.symbology, bars.code.data)
    before, after = found.before * bars.module, found.after * bars.module
    box = bars.box
    return DotBox(box.left - before, box.top, box.width + before + after, box.height)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_the_places_of_a_form_do_not_overlap_and_lie_inside(form):
    places = [
        DotBox(x.box.left_um, x.box.top_um, x.box.width_um, x.box.height_um)
        for x in form.places.values()
    ]
    sheet = DotBox(0, 0, form.width_um, form.height_um)
    assert all(inside(place, sheet) for place in places)
    for index, one in enumerate(places):
        assert all(apart(one, other) for other in places[index + 1 :])


@settings(max_examples=60, deadline=None)
@given(
    form=st.sampled_from(FORMS),
    name=names,
    code=codes,
    price=prices,
    dpi10=st.sampled_from([DPI_203, DPI_300]),
    language=st.sampled_from(["zh-CN", "zh-TW", "en"]),
)
def test_everything_fits_and_the_price_is_whole(
    form, name, code, price, dpi10, language
):
    facts = goods(
        name=name, code=code, price_minor=price, old_minor=price + 1, spec=name[:20]
    )
    made = goods_label(facts, form, Words(language), "CNY")
    placed = place_label(made, language, dpi10)
    sheet = DotBox(0, 0, placed.width, placed.height)
    for text in placed.texts:
        assert inside(text.box, sheet)
        assert text.fitted.pitch * len(text.fitted.rows) <= text.box.height + 2
        for _left, _middle, row in text.rows:
            assert text_width(row, text.style) <= text.box.width
    price_place = form.places[LabelField.PRICE].box
    (shown,) = (x for x in placed.texts if x.text.box == price_place)
    assert shown.fitted.rows == (slip_price(price, "CNY"),)
    for bars in placed.bars:
        quiet = with_quiet(bars)
        assert inside(quiet, sheet)
        assert all(apart(quiet, text.box) for text in placed.texts)


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=100))
def test_any_number_has_a_code(text):
    symbology, data = code_of(text) if text else ("", "")
    assert bool(symbology) == bool(text)
    assert data.endswith(text[-4:]) or text == ""


@settings(max_examples=100, deadline=None)
@given(
    plu=st.integers(1, 99_999),
    grams=st.integers(1, 99_999),
    price=st.integers(0, 200_000),
    country=st.sampled_from(presets()),
)
def test_a_weighed_code_says_to_the_till_what_it_was_made_of(
    plu, grams, price, country
):
    rules = preset(country)
    weight = Decimal(grams).scaleb(-3)
    try:
        code = weighed_code(rules, str(plu), weight, price, "CNY")
    except UserError:
        return  # no rule of this country can say it
    read = first_match(rules, code)
    assert read is not None
    assert read.plu() == str(plu)
    said = (read.quantity, read.total_minor("CNY"))
    assert said[0] == weight or said[1] == price


@settings(max_examples=200, deadline=None)
@given(spec=st.text(max_size=80), price=prices)
def test_a_unit_price_is_never_a_crash(spec, price):
    content = net_content(spec)
    if content is not None:
        assert unit_price(price, content).minor >= 0
