"""One pricing function: what it says of real baskets."""

from collections.abc import Sequence

import pytest

from pos_app.domain.basket import BasketLine
from pos_app.domain.pricing import price_basket
from pos_app.domain.pricing_result import PricedBasket, UnitShare
from pos_app.domain.tax import TaxCategory, TaxRounding
from pos_app.errors import UserError
from pos_app.values.money import AMOUNT_LIMIT_MINOR
from pos_app.values.times import Period, Timestamp
from tests.builders_pricing import basket, line, price, rate, rules, unknown_line

DOCUMENT, LINE, UNIT = TaxRounding.DOCUMENT, TaxRounding.LINE, TaxRounding.UNIT


def sums(priced: PricedBasket) -> tuple[int, int, int]:
    return priced.net_minor, priced.tax_minor, priced.total_minor


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([line(500, "2")], (885, 115, 1000), id="13 % is in the price"),
        pytest.param(
            [line(1299, "0.755", by_weight=True)], (868, 113, 981), id="weighed"
        ),
        pytest.param([line(1000, tax_category="exempt")], (1000, 0, 1000), id="exempt"),
        pytest.param(
            [line(1000, tax_category="zero")], (1000, 0, 1000), id="zero rate"
        ),
        pytest.param(
            [line(1150, tax_category="double")], (1000, 150, 1150), id="9 + 6"
        ),
        pytest.param([line(0, "3")], (0, 0, 0), id="free items"),
        pytest.param([line(50, "2.5")], (111, 14, 125), id="half a piece of cloth"),
        pytest.param([line(1299, total_minor=864)], (765, 99, 864), id="price label"),
        pytest.param([line(None, total_minor=864)], (765, 99, 864), id="open price"),
        pytest.param([unknown_line()], (0, 0, 0), id="a red line costs nothing yet"),
        pytest.param([], (0, 0, 0), id="empty"),
    ],
)
def test_a_line(lines: list[BasketLine], expected: tuple[int, int, int]) -> None:
    assert sums(price(*lines)) == expected


@pytest.mark.parametrize(
    ("by", "include", "expected"),
    [
        # three lines of 2 x 0.99 at 13 %: 5.94 holds 0.683362... of tax
        pytest.param(DOCUMENT, True, (526, 68, 594), id="once for the document"),
        pytest.param(LINE, True, (525, 69, 594), id="three lines of 0.2278"),
        pytest.param(UNIT, True, (528, 66, 594), id="six units of 0.1139"),
        # 5.94 without tax bears 0.7722
        pytest.param(DOCUMENT, False, (594, 77, 671), id="on top, document"),
        pytest.param(LINE, False, (594, 78, 672), id="on top, three times 0.2574"),
        pytest.param(UNIT, False, (594, 78, 672), id="on top, six times 0.1287"),
    ],
)
def test_tax_is_rounded_where_the_shop_says(
    by: TaxRounding, include: bool, expected: tuple[int, int, int]
) -> None:
    priced = price(*[line(99, "2")] * 3, using=rules(by, prices_include_tax=include))
    assert sums(priced) == expected


def test_the_tax_of_the_document_is_handed_back_to_its_lines() -> None:
    priced = price(*[line(99, "2")] * 3)
    assert [x.tax_minor for x in priced.lines] == [23, 23, 22]
    assert [x.net_minor for x in priced.lines] == [175, 175, 176]


def test_taxes_stand_in_the_order_the_slip_meets_them() -> None:
    priced = price(
        line(1090, tax_category="reduced"),
        line(1130),
        line(1150, tax_category="double"),
        line(700, tax_category="exempt"),
    )
    found = [(t.code, t.base_minor, t.tax_minor) for t in priced.taxes]
    assert found == [("9", 2000, 180), ("13", 1000, 130), ("6", 1000, 60)]
    assert [t.code for t in priced.lines[2].taxes] == ["9", "6"]
    assert sums(priced) == (3700, 370, 4070)


def test_one_rate_in_two_categories_is_one_tax_on_the_slip() -> None:
    goods = TaxCategory("goods", "货物", (rate("13", "A"),))
    repair = TaxCategory("repair", "修理", (rate("13", "A", Period(Timestamp(0))),))
    priced = price(
        line(99, tax_category="goods"),
        line(99, tax_category="repair"),
        using=rules(categories=(goods, repair)),
    )
    assert [(t.code, t.tax_minor) for t in priced.taxes] == [("A", 23)]
    assert priced.taxes[0].base_minor == 198 - 23


def test_a_new_rate_begins_at_its_moment() -> None:
    change = Timestamp.parse("2026-12-31T16:00:00Z")
    standard = TaxCategory(
        "standard",
        "标准",
        (rate("13", period=Period(end=change)), rate("10", period=Period(change))),
    )
    goods, shop = basket(line(11_000)), rules(categories=(standard,))
    before = price_basket(goods, shop, Timestamp(change.unix_ms - 1))
    after = price_basket(goods, shop, change)
    assert [t.code for t in before.taxes] == ["13"]
    assert (after.taxes[0].code, after.tax_minor) == ("10", 1000)


@pytest.mark.parametrize(
    ("prices", "round_off", "totals"),
    [
        pytest.param(
            [1000, 1000, 1000], 10, [996, 997, 997], id="odd fen to the first"
        ),
        pytest.param([100, 900], 10, [99, 891], id="in proportion"),
        pytest.param([0, 1000], 3, [0, 997], id="a free line lets nothing go"),
        pytest.param([300, 700], 1000, [0, 0], id="all of it"),
    ],
)
def test_what_is_let_go_is_spread_over_the_lines(
    prices: list[int], round_off: int, totals: list[int]
) -> None:
    priced = price(*map(line, prices), round_off_minor=round_off)
    assert [x.total_minor for x in priced.lines] == totals
    assert priced.discount_minor == round_off
    assert priced.total_minor == priced.list_minor - round_off


def test_what_is_let_go_takes_its_tax_along_where_prices_exclude_tax() -> None:
    priced = price(
        line(10_000), round_off_minor=1130, using=rules(prices_include_tax=False)
    )
    assert sums(priced) == (9000, 1170, 10_170)


def test_letting_the_odd_part_go_leaves_an_even_amount_to_pay() -> None:
    shop = rules(prices_include_tax=False)
    assert price(line(850), using=shop).total_minor == 961
    priced = price(line(850), round_off_minor=61, using=shop)
    assert sums(priced) == (796, 104, 900)
    priced.check()


@pytest.mark.parametrize("lines", [[line(500)], [], [unknown_line()]])
def test_nobody_lets_go_more_than_is_asked(lines: Sequence[BasketLine]) -> None:
    with pytest.raises(UserError, match="round_off_exceeds_total"):
        price(*lines, round_off_minor=501)


def test_an_open_price_that_nobody_typed_is_not_free() -> None:
    with pytest.raises(UserError, match="price_missing"):
        price(line(None))


@pytest.mark.parametrize(
    ("prices", "include"),
    [
        pytest.param([AMOUNT_LIMIT_MINOR + 1], True, id="one price"),
        pytest.param([AMOUNT_LIMIT_MINOR, 1], True, id="the sum"),
        pytest.param([AMOUNT_LIMIT_MINOR], False, id="with tax"),
    ],
)
def test_absurd_amounts_are_refused(prices: list[int], include: bool) -> None:
    with pytest.raises(UserError, match="amount_absurd"):
        price(*map(line, prices), using=rules(prices_include_tax=include))


def test_the_largest_amount_is_priced() -> None:
    assert price(line(AMOUNT_LIMIT_MINOR)).total_minor == AMOUNT_LIMIT_MINOR


def test_an_unknown_tax_category_is_a_bug() -> None:
    with pytest.raises(AssertionError, match="nowhere"):
        price(line(100, tax_category="nowhere"))


@pytest.mark.parametrize(
    ("sold", "round_off", "shares"),
    [
        pytest.param(
            line(1000, "3"), 0, [UnitShare(3, 885, 115, 0, (115,))], id="all alike"
        ),
        pytest.param(
            line(99, "2"),
            0,
            [UnitShare(1, 87, 12, 0, (12,)), UnitShare(1, 88, 11, 0, (11,))],
            id="the odd fen of tax",
        ),
        pytest.param(
            line(100, "3", "exempt"),
            2,
            [UnitShare(2, 99, 0, 1), UnitShare(1, 100, 0, 0)],
            id="the odd fen let go",
        ),
        pytest.param(
            line(1299, "0.755", "exempt", by_weight=True),
            0,
            [UnitShare(1, 981, 0, 0)],
            id="a weighed line is one unit",
        ),
        pytest.param(
            line(1299, "2", "exempt", by_weight=True),
            0,
            [UnitShare(1, 2598, 0, 0)],
            id="also at whole kilograms",
        ),
        pytest.param(
            line(100, "1", "double"),
            0,
            [UnitShare(1, 87, 13, 0, (8, 5))],
            id="two rates",
        ),
    ],
)
def test_a_line_is_split_to_its_units(
    sold: BasketLine, round_off: int, shares: list[UnitShare]
) -> None:
    priced = price(sold, round_off_minor=round_off)
    assert list(priced.lines[0].shares) == shares


def test_a_warehouse_is_a_few_runs() -> None:
    priced = price(line(333, "99999"), round_off_minor=101)
    assert len(priced.lines[0].shares) <= 4
    assert sum(share.count for share in priced.lines[0].shares) == 99_999


def test_without_a_discount_every_unit_comes_back_at_its_shelf_price() -> None:
    priced = price(line(99, "7"), line(333, "11", "double"))
    for priced_line in priced.lines:
        for share in priced_line.shares:
            assert share.net_minor + share.tax_minor == priced_line.unit_price_minor


def test_tax_by_unit_is_stored_by_unit() -> None:
    priced = price(line(99, "6"), using=rules(UNIT))
    assert priced.lines[0].shares == (UnitShare(6, 88, 11, 0, (11,)),)


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        pytest.param([line(100, "2"), line(100)], 3, id="pieces"),
        pytest.param([line(100, "0.755", by_weight=True)], 1, id="weighed counts one"),
        pytest.param([line(100), unknown_line()], 1, id="a red line counts nothing"),
        pytest.param([line(0, "3")], 3, id="free ones count"),
    ],
)
def test_item_count(lines: list[BasketLine], count: int) -> None:
    assert price(*lines).item_count == count


def test_lines_keep_their_place_and_what_the_basket_said() -> None:
    priced = price(line(100), unknown_line(), line(200, "2"))
    assert [x.line_id for x in priced.lines] == ["line-1", "line-3"]
    assert [str(x.quantity) for x in priced.lines] == ["1", "2"]
    assert [x.unit_price_minor for x in priced.lines] == [100, 200]


def test_a_label_without_unit_price_shows_what_one_unit_came_to() -> None:
    priced = price(line(None, "0.755", by_weight=True, total_minor=981))
    assert priced.lines[0].unit_price_minor == 1299


def test_ten_thousand_lines_are_priced() -> None:
    priced = price(*[line(100 + n % 900, str(1 + n % 3)) for n in range(10_000)])
    assert len(priced.lines) == 10_000
