"""What a pack holds is read from what people write beside the goods."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pos_app.domain.barcode_presets import preset
from pos_app.domain.net_content import Measure, NetContent, net_content, unit_price
from pos_app.domain.weighed_code import weighed_code
from pos_app.errors import UserError


@pytest.mark.parametrize(
    ("spec", "measure", "base_units"),
    [
        ("500ml", Measure.MILLILITRE, 500),
        ("500 毫升", Measure.MILLILITRE, 500),
        ("1.5L", Measure.MILLILITRE, 1500),
        ("0,75 l", Measure.MILLILITRE, 750),
        ("250ml×24", Measure.MILLILITRE, 6000),
        ("6 x 330 ml", Measure.MILLILITRE, 1980),
        ("24*100克", Measure.GRAM, 2400),
        ("2.5kg", Measure.GRAM, 2500),
        ("5斤装", Measure.GRAM, 2500),
        ("净含量：１２０ｇ", Measure.GRAM, 120),
        ("可乐 330ml 罐装", Measure.MILLILITRE, 330),
        ("卷纸 2.5米", Measure.MILLIMETRE, 2500),
    ],
)
def test_a_size_is_read(spec, measure, base_units):
    assert net_content(spec) == NetContent(measure, base_units * 1000)


@pytest.mark.parametrize(
    "spec",
    ["", "L", "M / 红", "3 pcs", "500", "0ml", "100g 200g", "5 mgb", "12 months"],
)
def test_what_is_no_size_is_none(spec):
    assert net_content(spec) is None


def test_small_packs_are_compared_by_100_grams_large_ones_by_the_kilogram():
    small, large = net_content("125g"), net_content("1.5L")
    assert small
    assert large
    assert (unit_price(250, small).minor, unit_price(250, small).unit) == (200, "g")
    assert (unit_price(450, large).minor, unit_price(450, large).unit) == (300, "L")


def test_a_weighed_code_takes_the_first_rule_that_can_say_it():
    code = weighed_code(preset("CN"), "12345", Decimal("0.436"), 855, "CNY")
    assert len(code) in {13, 18}
    with pytest.raises(UserError, match="label_no_rule"):
        weighed_code(preset("CN"), "123456789", Decimal("0.436"), 855, "CNY")
    with pytest.raises(UserError, match="label_no_rule"):
        weighed_code((), "1", Decimal(1), 100, "CNY")
