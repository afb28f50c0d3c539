"""What counts as advice: planted habits are found, chance never is."""

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import pytest

from pos_app.domain.suggestion import (
    BoughtItem,
    ItemPair,
    PairCounter,
    PairRule,
    best_of,
    rhythm,
)

RULE = PairRule()
DAY = date(2026, 1, 5)


def pairs_of(
    baskets: Sequence[Iterable[str]], rule: PairRule = RULE
) -> dict[tuple[str, str], ItemPair]:
    counted: dict[str, int] = {}
    for basket in baskets:
        for item in set(basket):
            counted[item] = counted.get(item, 0) + 1
    counter = PairCounter(counted, len(baskets), rule)
    for basket in baskets:
        counter.add(basket)
    return {(x.item_id, x.other_id): x for x in counter.pairs()}


def random_baskets(seed: int, baskets: int = 4000) -> list[list[str]]:
    """Baskets of goods that have nothing to do with each other."""
    chance = random.Random(seed)
    often = [0.9 / (1 + n) ** 0.7 for n in range(150)]
    return [
        [f"i{n}" for n, share in enumerate(often) if chance.random() < share * 0.4]
        for _ in range(baskets)
    ]


@pytest.mark.parametrize("seed", [1, 2])
def test_goods_that_have_nothing_to_do_with_each_other_are_never_advice(
    seed: int,
) -> None:
    assert pairs_of(random_baskets(seed)) == {}


def test_a_planted_habit_is_found_among_chance_and_nothing_else() -> None:
    baskets = random_baskets(3)
    for number, basket in enumerate(baskets):
        if number % 20 == 0:
            basket.append("charcoal")
            if number % 60 == 0:
                basket.append("tongs")
        elif number % 211 == 0:
            basket.append("tongs")
    found = pairs_of(baskets)
    assert set(found) == {("charcoal", "tongs"), ("tongs", "charcoal")}
    pair = found["charcoal", "tongs"]
    assert (pair.together, pair.item_baskets, pair.baskets) == (67, 200, 4000)
    assert pair.permille == 335


def test_counts_are_those_of_counting_by_hand() -> None:
    rule = PairRule(
        least_baskets=1, least_together=1, least_permille=0, least_lift=0, deviations=0
    )
    baskets = [["a", "b", "c"], ["a", "b", "b"], ["a"], ["c", "d"], []]
    found = pairs_of(baskets, rule)
    assert found["a", "b"] == ItemPair("a", "b", 2, 3, 2, 5)
    assert found["b", "a"] == ItemPair("b", "a", 2, 2, 3, 5)
    assert found["a", "b"].permille == 667
    assert found["a", "b"].lift == 167  # 2/5 beside 3/5 * 2/5
    # Bought together once, which 3/5 * 2/5 gives by chance already: no advice.
    assert ("a", "c") not in found


def test_too_little_data_gives_no_advice_at_all() -> None:
    together = [["milk", "bread"]] * 100 + [["soap"]] * 199
    assert pairs_of(together) == {}
    assert set(pairs_of([*together, ["soap"]])) == {
        ("milk", "bread"),
        ("bread", "milk"),
    }


def test_what_everybody_buys_is_no_advice() -> None:
    baskets = [["bag", f"i{n % 40}"] for n in range(4000)]
    assert pairs_of(baskets) == {}


def test_a_canteens_basket_says_nothing_of_two_goods() -> None:
    wholesale = [[f"i{n}" for n in range(80)]] * 50
    singles = [[f"i{n % 80}"] for n in range(4000)]
    assert pairs_of([*wholesale, *singles]) == {}


def test_each_item_names_its_strongest_others_only() -> None:
    baskets = [["pot", f"herb{n % 7}"] for n in range(700)] + [["salt"]] * 4000
    found = pairs_of(baskets)
    assert len([key for key in found if key[0] == "pot"]) == RULE.most_each


def test_the_best_of_a_basket_names_each_other_item_once() -> None:
    weak = ItemPair("a", "x", 20, 100, 50, 1000)
    strong = ItemPair("b", "x", 40, 100, 50, 1000)
    other = ItemPair("a", "y", 30, 100, 50, 1000)
    assert best_of([weak, other, strong], 5) == (strong, other)
    assert best_of([weak, other, strong], 1) == (strong,)


def test_a_rhythm_is_the_usual_distance_and_needs_four_purchases() -> None:
    weekly = [DAY + timedelta(days=7 * n) for n in range(5)]
    assert rhythm(weekly) == 7
    assert rhythm(weekly[:3]) is None
    assert rhythm([*weekly, weekly[-1] + timedelta(days=40)]) == 7
    wild = [DAY + timedelta(days=n) for n in (0, 1, 30, 33, 90, 200)]
    assert rhythm(wild) is None


def test_what_is_usually_bought_is_due_after_its_time_and_forgotten_after_three() -> (
    None
):
    days = tuple(DAY + timedelta(days=9 * n) for n in range(4))
    milk = BoughtItem("i", "u", "牛奶", days)
    last = days[-1]
    assert milk.every_days == 9
    assert [milk.is_due(last + timedelta(days=n)) for n in (8, 9, 27, 28)] == [
        False,
        True,
        True,
        False,
    ]
