"""What a sale earns, and what points are worth: rules as sentences."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.loyalty.burning import (
    BurnBound,
    BurnOccasion,
    BurnRule,
    asked_burn,
    burnable,
)
from pos_app.domain.loyalty.earn_rule import (
    EarnLine,
    EarnOccasion,
    EarnRule,
    FloorOn,
    Multiplier,
    MultiplierKind,
    Stacking,
)
from pos_app.domain.loyalty.earning import carried_minor, earn
from pos_app.domain.loyalty.ledger import Balance
from pos_app.domain.loyalty.unit_points import WeightedLine
from pos_app.errors import UserError
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp

NOON = Timestamp(1_790_000_000_000)
ONE_A_YUAN = EarnRule(points=1, per_minor=100)


def line(position: int, *units: int, item: str = "tea", category: str = "drinks"):
    goods = WeightedLine(
        position, 1000 * len(units), True, tuple((1, each) for each in units)
    )
    return EarnLine(goods, item, (category,))


def occasion(paid: int, excluded: int = 0, **more) -> EarnOccasion:
    return EarnOccasion(NOON, paid_minor=paid, excluded_minor=excluded, **more)


def times(kind: MultiplierKind, key: str, percent: str, **more) -> Multiplier:
    return Multiplier(kind, key, Percentage.parse(percent), **more)


GOLD = times(MultiplierKind.TIER, "gold", "150")
TEA = times(MultiplierKind.ITEM, "tea", "200")
DRINKS = times(MultiplierKind.CATEGORY, "drinks", "300")
NEW = times(MultiplierKind.NEWCOMER, "", "200")
WEEK = times(MultiplierKind.CAMPAIGN, "tea week", "200")
NOTHING = times(MultiplierKind.ITEM, "tea", "0")
OVER = times(MultiplierKind.TIER, "gold", "500", period=Period(None, NOON))


@pytest.mark.parametrize(
    ("sentence", "rule", "lines", "when", "points"),
    [
        ("one point a yuan, parts dropped", {}, [line(1, 1999)], occasion(1999), 19),
        ("of nothing nothing", {}, [line(1, 0)], occasion(0), 0),
        (
            "parts of lines come together",
            {},
            [line(1, 150), line(2, 150)],
            occasion(300),
            3,
        ),
        (
            "or are dropped line by line",
            {"floor_on": FloorOn.LINE},
            [line(1, 150), line(2, 150)],
            occasion(300),
            2,
        ),
        (
            "ten for each whole hundred",
            {"points": 10, "per_minor": 10_000, "is_whole_steps": True},
            [line(1, 19_900)],
            occasion(19_900),
            10,
        ),
        (
            "what a gift card paid earns nothing",
            {},
            [line(1, 6000), line(2, 4000)],
            occasion(10_000, 2500),
            75,
        ),
        ("all of it", {}, [line(1, 6000)], occasion(6000, 6000), 0),
        ("too small a sale", {"from_minor": 5000}, [line(1, 4999)], occasion(4999), 0),
        ("just enough", {"from_minor": 5000}, [line(1, 5000)], occasion(5000), 50),
        (
            "too small without its gift card",
            {"from_minor": 5000},
            [line(1, 5000)],
            occasion(5000, 1),
            0,
        ),
        (
            "gold earns half as much again",
            {"multipliers": (GOLD,)},
            [line(1, 1000)],
            occasion(1000, tier="gold"),
            15,
        ),
        (
            "silver does not",
            {"multipliers": (GOLD,)},
            [line(1, 1000)],
            occasion(1000, tier="silver"),
            10,
        ),
        (
            "新人积分翻倍",
            {"multipliers": (NEW,)},
            [line(1, 1000)],
            occasion(1000, is_newcomer=True),
            20,
        ),
        (
            "once only",
            {"multipliers": (NEW,)},
            [line(1, 1000)],
            occasion(1000),
            10,
        ),
        (
            "tea alone doubles",
            {"multipliers": (TEA,)},
            [line(1, 1000), line(2, 1000, item="cup")],
            occasion(2000),
            30,
        ),
        (
            "a campaign for those in it",
            {"multipliers": (WEEK,)},
            [line(1, 1000)],
            occasion(1000, campaigns=frozenset({"tea week"})),
            20,
        ),
        (
            "the highest counts",
            {"multipliers": (TEA, DRINKS, NEW)},
            [line(1, 1000)],
            occasion(1000, is_newcomer=True),
            30,
        ),
        (
            "or they add",
            {"multipliers": (TEA, DRINKS, NEW), "stacking": Stacking.ADD},
            [line(1, 1000)],
            occasion(1000, is_newcomer=True),
            50,
        ),
        (
            "or they multiply",
            {"multipliers": (TEA, DRINKS, NEW), "stacking": Stacking.MULTIPLY},
            [line(1, 1000)],
            occasion(1000, is_newcomer=True),
            120,
        ),
        (
            "what earns nothing is never multiplied",
            {"multipliers": (NOTHING, DRINKS), "stacking": Stacking.ADD},
            [line(1, 1000), line(2, 700, item="cup")],
            occasion(1700),
            21,
        ),
        (
            "a multiplier ends",
            {"multipliers": (OVER,)},
            [line(1, 1000)],
            occasion(1000, tier="gold"),
            10,
        ),
        ("a cap for a sale", {"per_sale": 7}, [line(1, 1000)], occasion(1000), 7),
        (
            "a cap for a day",
            {"per_day": 100},
            [line(1, 1000)],
            occasion(1000, earned_today=96),
            4,
        ),
        (
            "a day that is full",
            {"per_day": 100},
            [line(1, 1000)],
            occasion(1000, earned_today=160),
            0,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_sale_earns(sentence, rule, lines, when, points) -> None:
    earning = earn(replace(ONE_A_YUAN, **rule), lines, when)
    assert earning.points == points
    assert all(one.points for one in earning.lines)


def test_more_than_four_multipliers_of_one_line_multiply_exactly() -> None:
    many = tuple(times(MultiplierKind.CAMPAIGN, str(n), "110") for n in range(4))
    rule = replace(ONE_A_YUAN, multipliers=many, stacking=Stacking.MULTIPLY)
    when = occasion(10**8, campaigns=frozenset("0123"))
    assert earn(rule, [line(1, 10**8)], when).points == 1_464_100


def test_points_lie_on_the_units_that_earned_them() -> None:
    earning = earn(
        replace(ONE_A_YUAN, multipliers=(TEA,)),
        [line(1, 100, 100, 100), line(2, 250, item="cup")],
        occasion(550),
    )
    assert [(one.position, one.points) for one in earning.lines] == [(1, 6), (2, 2)]
    assert earning.used == {1: (TEA,)}


def test_goods_bought_by_gift_card_do_not_begin_to_earn_when_exchanged() -> None:
    bought = occasion(10_000, 10_000)
    assert earn(ONE_A_YUAN, [line(1, 10_000)], bought).points == 0
    exchanged = occasion(10_000, carried_minor(10_000, bought))
    assert earn(ONE_A_YUAN, [line(1, 10_000)], exchanged).points == 0
    assert carried_minor(100, occasion(300, 100)) == 34
    assert carried_minor(100, occasion(0)) == 0


@given(
    amounts=st.lists(
        st.lists(st.integers(0, 99_999), min_size=1, max_size=6), min_size=1, max_size=5
    ),
    share=st.integers(0, 100),
    each=st.booleans(),
    cap=st.none() | st.integers(0, 500),
)
def test_the_units_of_a_sale_are_its_points_and_never_more_than_its_money(
    amounts, share, each, cap
) -> None:
    lines = [line(at, *units) for at, units in enumerate(amounts, 1)]
    paid = sum(map(sum, amounts))
    floor = FloorOn.LINE if each else FloorOn.SALE
    rule = replace(ONE_A_YUAN, floor_on=floor, per_sale=cap)
    earning = earn(rule, lines, occasion(paid, paid * share // 100))
    assert earning.points <= (paid - paid * share // 100) // 100
    assert earning.points <= (cap if cap is not None else earning.points)
    for one in earning.lines:
        whole = one.sold_thousandths
        parts = [one.between(at, at + 1000) for at in range(0, whole, 1000)]
        assert sum(parts) == one.points
        assert min(parts) >= 0


# --------------------------------------------------------------------- burning
HUNDRED = BurnRule(step_points=100, step_minor=100)


@pytest.mark.parametrize(
    ("sentence", "rule", "active", "amount", "more", "points", "bound"),
    [
        ("whole steps of the balance", {}, 1250, 99_999, {}, 1200, BurnBound.BALANCE),
        ("nobody without points", {}, 0, 5000, {}, 0, BurnBound.BALANCE),
        ("less than a step", {}, 99, 5000, {}, 0, BurnBound.LEAST),
        ("never above the amount", {}, 9000, 1250, {}, 1200, BurnBound.AMOUNT),
        (
            "a cap for a sale",
            {"per_sale": 500},
            9000,
            5000,
            {},
            500,
            BurnBound.PER_SALE,
        ),
        (
            "a cap for a day",
            {"per_day": 500},
            9000,
            5000,
            {"burned_today": 300},
            200,
            BurnBound.PER_DAY,
        ),
        (
            "a day that is full",
            {"per_day": 500},
            9000,
            5000,
            {"burned_today": 500},
            0,
            BurnBound.PER_DAY,
        ),
        (
            "a part of the sale",
            {"share": Percentage.parse("30")},
            9000,
            5000,
            {},
            1500,
            BurnBound.SHARE,
        ),
        (
            "what another open cart holds is not there",
            {},
            1000,
            5000,
            {"held": 700},
            300,
            BurnBound.OTHER_BASKETS,
        ),
        ("the least burn", {"least_points": 500}, 400, 5000, {}, 0, BurnBound.LEAST),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_so_many_points_can_be_given(
    sentence, rule, active, amount, more, points, bound
) -> None:
    rule = replace(HUNDRED, **rule)
    most = burnable(rule, BurnOccasion(Balance(active=active), amount, **more))
    assert (most.burn.points, most.burn.amount_minor) == (points, points)
    assert most.bound is bound


@pytest.mark.parametrize(
    ("points", "key"),
    [
        (0, "points_not_whole_step"),
        (-100, "points_not_whole_step"),
        (150, "points_not_whole_step"),
        (100, "points_too_few"),
        (1300, "points_too_many"),
    ],
)
def test_what_cannot_be_given_is_refused_in_words(points: int, key: str) -> None:
    rule = replace(HUNDRED, least_points=200)
    when = BurnOccasion(Balance(active=1250), 5000)
    with pytest.raises(UserError, match=key):
        asked_burn(rule, when, points)
    assert asked_burn(rule, when, 1200).amount_minor == 1200


@given(
    active=st.integers(0, 10**6),
    amount=st.integers(0, 10**6),
    step=st.tuples(st.integers(1, 500), st.integers(1, 500)),
    share=st.integers(0, 100),
    held=st.integers(0, 10**6),
)
def test_a_burn_is_never_above_the_balance_the_amount_or_its_share(
    active, amount, step, share, held
) -> None:
    rule = BurnRule(*step, share=Percentage.parse(str(Decimal(share))))
    burn = burnable(rule, BurnOccasion(Balance(active=active), amount, held)).burn
    assert 0 <= burn.points <= max(active - held, 0)
    assert burn.amount_minor <= amount * share // 100
    assert burn.points * step[1] == burn.amount_minor * step[0]
