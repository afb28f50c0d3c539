"""Points that are kept line by line are those that the whole sale earns."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.loyalty.earn_rule import (
    EarnLine,
    EarnOccasion,
    EarnRule,
    FloorOn,
    Multiplier,
    MultiplierKind,
    Stacking,
)
from pos_app.domain.loyalty.earning import (
    LineWorth,
    earn,
    factor_of,
    points_of_worths,
)
from pos_app.domain.loyalty.unit_points import WeightedLine
from pos_app.values.percentage import Percentage
from pos_app.values.times import Timestamp
from tests.effort import examples

KEYS = st.sampled_from(["a", "b", "c"])
MULTIPLIERS = st.builds(
    Multiplier,
    st.sampled_from(MultiplierKind),
    KEYS | st.just(""),
    st.integers(0, 5_000_000).map(Percentage),
)
RULES = st.builds(
    EarnRule,
    points=st.integers(0, 20),
    per_minor=st.integers(1, 20_000),
    is_whole_steps=st.booleans(),
    floor_on=st.sampled_from(FloorOn),
    multipliers=st.lists(MULTIPLIERS, max_size=4).map(tuple),
    stacking=st.sampled_from(Stacking),
    from_minor=st.integers(0, 3_000),
    per_sale=st.none() | st.integers(0, 500),
    per_day=st.none() | st.integers(0, 500),
)
UNITS = st.lists(
    st.tuples(st.integers(1, 5), st.integers(0, 9_000)), min_size=1, max_size=3
)
GOODS = st.builds(
    EarnLine,
    UNITS.map(lambda units: WeightedLine(0, 1000, True, tuple(units))),
    KEYS,
    st.lists(KEYS, max_size=2).map(tuple),
    KEYS | st.just(""),
)


@settings(max_examples=examples(60, 3_000), deadline=None)
@given(RULES, st.lists(GOODS, max_size=6), st.data())
def test_lines_kept_earn_what_the_sale_earns(rule, goods, data) -> None:
    lines = [
        replace(one, goods=replace(one.goods, position=position))
        for position, one in enumerate(goods, 1)
    ]
    paid = sum(one.goods.weight for one in lines)
    occasion = EarnOccasion(
        Timestamp(1_790_000_000_000),
        tier=data.draw(KEYS),
        campaigns=frozenset({"a"}),
        is_newcomer=data.draw(st.booleans()),
        paid_minor=paid,
        excluded_minor=data.draw(st.integers(0, paid)),
        earned_today=data.draw(st.integers(0, 400)),
    )
    worths = [
        LineWorth(x.goods.weight, x.goods.weight * factor_of(rule, x, occasion))
        for x in lines
    ]
    assert (
        points_of_worths(rule, worths, occasion) == earn(rule, lines, occasion).points
    )
