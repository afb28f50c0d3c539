"""What holds for every basket, whatever is in it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.listed_line import listed, part_of
from pos_app.domain.pricing import price_again, price_basket
from pos_app.domain.pricing_result import PricedLine
from pos_app.domain.reduction import ManualDiscount, StepKind
from pos_app.domain.tax import PricingRules, TaxCategory, TaxRounding
from pos_app.domain.unit_split import align, split_evenly
from pos_app.values.percentage import Percentage
from pos_app.values.rounding import RoundingMode, Run, apportion, apportion_runs, divide
from pos_app.values.times import Period, Timestamp
from tests.builders_pricing import (
    CATEGORIES,
    NOON,
    amount_off,
    basket,
    line,
    own_price,
    price,
    rate,
    reduced,
    rules,
)

WEIGHTS = st.lists(st.integers(0, 10**7), min_size=1, max_size=30)
TOTALS = st.integers(-(10**9), 10**9)
RUNS = st.lists(
    st.tuples(st.integers(1, 9), st.integers(0, 50)), min_size=1, max_size=6
)
COUNTED = st.builds(
    line,
    st.integers(0, 10**6),
    st.integers(1, 60).map(str),
    st.sampled_from([category.key for category in CATEGORIES]),
)
WEIGHED = st.builds(
    lambda price_minor, grams, key: line(
        price_minor, str(Decimal(grams) / 1000), key, by_weight=True
    ),
    st.integers(0, 10**5),
    st.integers(1, 20_000),
    st.sampled_from([category.key for category in CATEGORIES]),
)
LABELLED = st.builds(
    lambda total_minor, quantity: line(None, quantity, total_minor=total_minor),
    st.integers(0, 10**5),
    st.integers(1, 9).map(str),
)
PERCENTAGES = st.integers(0, 1_000_000).map(Percentage)


def by_hand(sold: BasketLine, own_minor: int | None, off: Percentage) -> BasketLine:
    """Give a line another price, and an amount off that it can bear."""
    override = None if own_minor is None else own_price(own_minor)
    dear = listed(reduced(sold, override))
    left = dear.list_minor - dear.lowered_minor
    return reduced(sold, override, amount_off(part_of(left, off)))


PLAIN = st.one_of(COUNTED, WEIGHED, LABELLED)
PERCENT_OFF = st.builds(
    lambda sold, own_minor, off: reduced(
        sold,
        None if own_minor is None else own_price(own_minor),
        ManualDiscount(off, 0, "", "staff-1"),
    ),
    PLAIN,
    st.none() | st.integers(0, 10**6),
    PERCENTAGES,
)
AMOUNT_OFF = st.builds(by_hand, PLAIN, st.none() | st.integers(0, 10**6), PERCENTAGES)
OWN_PRICE = st.builds(
    lambda sold, own_minor: reduced(sold, own_price(own_minor)),
    PLAIN,
    st.integers(0, 10**6),
)
LINES = st.lists(
    st.one_of(PLAIN, PLAIN, PERCENT_OFF, AMOUNT_OFF, OWN_PRICE),
    min_size=1,
    max_size=12,
)
RULES = st.builds(
    lambda where, include: rules(where, prices_include_tax=include),
    st.sampled_from(TaxRounding),
    st.booleans(),
)


def written_out(runs: Sequence[Run]) -> list[int]:
    return [value for count, value in runs for _ in range(count)]


@given(TOTALS, WEIGHTS)
def test_shares_sum_exactly_and_lie_within_one_of_the_exact_share(
    total: int, weights: list[int]
) -> None:
    if not sum(weights):
        total = 0
    shares = apportion(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        exact = Fraction(total * weight, sum(weights) or 1)
        assert abs(share - exact) < 1


@given(TOTALS, RUNS)
def test_shares_of_runs_are_the_shares_of_the_runs_written_out(
    total: int, runs: list[Run]
) -> None:
    if not any(weight for _, weight in runs):
        total = 0
    assert written_out(apportion_runs(total, runs)) == list(
        apportion(total, written_out(runs))
    )


@given(TOTALS, WEIGHTS, st.randoms(use_true_random=False))
def test_who_comes_first_moves_no_share_by_more_than_one(
    total: int, weights: list[int], random: Random
) -> None:
    if not sum(weights):
        total = 0
    order = list(range(len(weights)))
    random.shuffle(order)
    shuffled = apportion(total, [weights[i] for i in order])
    shares = apportion(total, weights)
    for position, original in enumerate(order):
        assert abs(shuffled[position] - shares[original]) <= 1


@given(
    st.integers(-(10**12), 10**12), st.integers(1, 10**6), st.sampled_from(RoundingMode)
)
def test_a_rounded_quotient_is_a_neighbour_of_the_exact_one(
    numerator: int, denominator: int, mode: RoundingMode
) -> None:
    quotient = divide(numerator, denominator, mode)
    apart = abs(Fraction(numerator, denominator) - quotient)
    assert apart < 1
    if mode.startswith("half"):
        assert apart <= Fraction(1, 2)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 200))
def test_runs_side_by_side_say_what_they_said_alone(
    one: int, other: int, count: int
) -> None:
    first, second = split_evenly(one, count), split_evenly(other, count)
    aligned = align((first, second))
    assert [v[0] for n, v in aligned for _ in range(n)] == written_out(first)
    assert [v[1] for n, v in aligned for _ in range(n)] == written_out(second)
    assert all(a[1] != b[1] for a, b in pairwise(aligned))


@given(LINES, RULES, st.data())
def test_every_priced_basket_proves_itself(
    lines: list[BasketLine], shop: PricingRules, data: st.DataObject
) -> None:
    asked = price(*lines, using=shop)
    round_off = data.draw(st.integers(0, asked.total_minor))
    priced = price(*lines, round_off_minor=round_off, using=shop)
    priced.check()
    assert priced.total_minor == asked.total_minor - round_off
    shelf = priced.list_minor - priced.discount_minor
    assert shelf == (
        priced.total_minor if shop.prices_include_tax else priced.net_minor
    )
    for priced_line in priced.lines:
        assert 0 <= priced_line.discount_minor <= priced_line.list_minor
        assert all(tax.tax_minor >= 0 for tax in priced_line.taxes)
        assert sum(share.count for share in priced_line.shares) >= 1


@given(LINES, st.sampled_from(TaxRounding), st.data())
def test_what_is_let_go_leaves_nothing_taxed_that_costs_nothing(
    lines: list[BasketLine], where: TaxRounding, data: st.DataObject
) -> None:
    shop = rules(where, prices_include_tax=False)
    asked = price(*lines, using=shop)
    round_off = data.draw(st.integers(0, asked.total_minor))
    priced = price(*lines, round_off_minor=round_off, using=shop)
    assert priced.total_minor == asked.total_minor - round_off
    for before, after in zip(asked.lines, priced.lines, strict=True):
        assert 0 <= after.net_minor <= before.net_minor
        assert after.net_minor or not after.tax_minor
    if round_off == asked.total_minor:
        assert (priced.net_minor, priced.tax_minor) == (0, 0)


@given(st.integers(0, 10**7), st.data())
def test_the_tax_left_is_the_tax_inside_what_is_left_to_pay(
    net: int, data: st.DataObject
) -> None:
    shop = rules(prices_include_tax=False)
    asked = price(line(net), using=shop)
    round_off = data.draw(st.integers(0, max(0, asked.total_minor - 10)))
    priced = price(line(net), round_off_minor=round_off, using=shop)
    exact = Fraction(priced.total_minor * 13, 113)
    assert abs(priced.tax_minor - exact) <= Fraction(1, 2) + (round_off == 0)


@given(LINES, st.booleans())
def test_the_tax_of_each_rate_is_the_exact_tax_rounded_once(
    lines: list[BasketLine], include: bool
) -> None:
    shop = rules(prices_include_tax=include)
    priced = price(*lines, using=shop)
    exact: dict[str, Fraction] = {}
    for sold, found in zip(lines, priced.lines, strict=True):
        assert sold.unit is not None
        rates = shop.category(sold.unit.tax_category).rates_at(NOON)
        whole = 10**6 + sum(r.percentage.millionths for r in rates) * include
        for r in rates:
            part = Fraction(found.total_minor * r.percentage.millionths, whole)
            exact[r.code] = exact.get(r.code, Fraction(0)) + part
    assert {t.code: t.tax_minor for t in priced.taxes} == {
        code: divide(part.numerator, part.denominator) for code, part in exact.items()
    }


@given(LINES, RULES, st.randoms(use_true_random=False))
def test_the_order_of_scanning_changes_no_sum(
    lines: list[BasketLine], shop: PricingRules, random: Random
) -> None:
    shuffled = random.sample(lines, len(lines))
    one, other = price(*lines, using=shop), price(*shuffled, using=shop)
    assert one.total_minor == other.total_minor
    assert {(t.code, t.tax_minor) for t in one.taxes} == {
        (t.code, t.tax_minor) for t in other.taxes
    }


@given(LINES, st.sampled_from([TaxRounding.LINE, TaxRounding.UNIT]), st.booleans())
def test_a_line_alone_costs_what_it_costs_in_company_unless_by_document(
    lines: list[BasketLine], where: TaxRounding, include: bool
) -> None:
    shop = rules(where, prices_include_tax=include)
    together = price(*lines, using=shop)
    alone = [price(sold, using=shop) for sold in lines]
    assert together.total_minor == sum(x.total_minor for x in alone)
    assert together.tax_minor == sum(x.tax_minor for x in alone)


@given(st.integers(1, 10**5), st.integers(1, 50), st.integers(1, 50))
def test_the_same_goods_on_one_line_or_on_many_cost_the_same(
    price_minor: int, one: int, other: int
) -> None:
    merged = price(line(price_minor, str(one + other)))
    apart = price(line(price_minor, str(one)), line(price_minor, str(other)))
    assert merged.total_minor == apart.total_minor
    assert merged.taxes == apart.taxes


@given(LINES, st.integers(2, 1000))
def test_a_hundredfold_basket_is_taxed_within_a_rounding_of_a_hundredfold(
    lines: list[BasketLine], times: int
) -> None:
    one = price(*lines)
    many = price(*lines * times) if len(lines) * times < 300 else one
    factor = len(many.lines) // len(one.lines)
    assert many.total_minor == factor * one.total_minor
    for tax, more in zip(one.taxes, many.taxes, strict=True):
        assert abs(more.tax_minor - factor * tax.tax_minor) <= Fraction(factor, 2) + 1


@given(LINES, RULES, PERCENTAGES | st.none(), st.data())
def test_returning_every_unit_in_any_order_gives_back_exactly_what_was_paid(
    lines: list[BasketLine],
    shop: PricingRules,
    off: Percentage | None,
    data: st.DataObject,
) -> None:
    goods = basket(*lines)
    if off is not None:
        goods = replace(goods, discount=ManualDiscount(off, 0, "", "staff-1"))
    most = price_basket(goods, shop, NOON).total_minor
    goods = replace(goods, round_off_minor=data.draw(st.integers(0, most)))
    priced = price_basket(goods, shop, NOON)
    assert priced.total_minor == most - goods.round_off_minor
    units = [unit for x in priced.lines for unit in units_of(x)]
    data.draw(st.randoms(use_true_random=False)).shuffle(units)
    left = priced.total_minor
    tax_left = {tax.code: tax.tax_minor for tax in priced.taxes}
    for refund, taxes in units:
        left -= refund
        for code, tax in taxes:
            tax_left[code] -= tax
    assert left == 0
    assert set(tax_left.values()) <= {0}


@given(LINES, RULES, PERCENTAGES, st.data())
def test_the_steps_replayed_by_hand_lead_from_the_list_price_to_the_price_paid(
    lines: list[BasketLine], shop: PricingRules, off: Percentage, data: st.DataObject
) -> None:
    discount = ManualDiscount(off, 0, "", "staff-1")
    goods = replace(basket(*lines), discount=discount)
    most = price_basket(goods, shop, NOON).total_minor
    goods = replace(goods, round_off_minor=data.draw(st.integers(0, most)))
    priced = price_basket(goods, shop, NOON)
    wholes: dict[StepKind, set[int]] = {}
    for found in priced.lines:
        left = found.list_minor
        for step in found.steps:
            if step.kind in {StepKind.SALE_DISCOUNT, StepKind.ROUND_OFF}:
                wholes.setdefault(step.kind, set()).add(step.whole_minor)
            else:
                assert step.base_minor == left
            if step.kind is StepKind.SALE_DISCOUNT:
                exact = Fraction(step.whole_minor * left, step.base_minor)
                assert abs(step.amount_minor - exact) < 1
            left -= step.amount_minor
        assert left == found.total_minor
    for kind, whole in wholes.items():
        steps = [s for x in priced.lines for s in x.steps if s.kind is kind]
        assert whole == {sum(step.amount_minor for step in steps)}


def units_of(priced: PricedLine) -> list[tuple[int, list[tuple[str, int]]]]:
    """Write a line out unit by unit: what comes back, and its tax by rate."""
    codes = [tax.code for tax in priced.taxes]
    return [
        (
            share.net_minor + share.tax_minor,
            list(zip(codes, share.taxes_minor, strict=True)),
        )
        for share in priced.shares
        for _ in range(share.count)
    ]


@given(LINES, st.booleans())
def test_no_unit_comes_back_dearer_than_its_share_of_the_line(
    lines: list[BasketLine], include: bool
) -> None:
    priced = price(*lines, using=rules(prices_include_tax=include))
    for found in priced.lines:
        count = sum(share.count for share in found.shares)
        for share in found.shares:
            shelf = share.net_minor + (share.tax_minor if include else 0)
            assert abs(shelf - Fraction(found.total_minor, count)) < 1


def sale_discount(cut: int) -> ManualDiscount | None:
    """Return one of a few discounts, so that neighbours often have the same."""
    percent, reason = Percentage(cut % 5 * 50_000), f"reason-{cut % 2}"
    return ManualDiscount(percent, 0, reason, "staff-1") if cut % 4 else None


@given(LINES, st.lists(st.integers(0, 30), max_size=8), RULES, st.integers(0, 500))
def test_pricing_on_from_any_earlier_basket_gives_what_pricing_afresh_gives(
    lines: list[BasketLine], cuts: list[int], in_force: PricingRules, let_go: int
) -> None:
    named = [replace(one, line_id=f"l{at}") for at, one in enumerate(lines)]
    before = None
    for cut in cuts:
        kept = named[: cut % (len(named) + 1)] + named[cut:]
        kept = [
            replace(one, quantity=one.quantity + 1) if cut % 3 == at % 7 else one
            for at, one in enumerate(dict.fromkeys(kept))
        ]
        now = Basket("basket", tuple(kept), discount=sale_discount(cut))
        off = min(
            let_go if cut % 2 else 0, price_basket(now, in_force, NOON).total_minor
        )
        now = replace(now, round_off_minor=off)
        before = price_again(now, in_force, NOON, before)
        assert before.priced == price_basket(now, in_force, NOON)
        before.priced.check()


def test_a_line_that_nothing_touched_is_not_priced_again() -> None:
    sold = basket(line(1990), line(550), line(1290))
    before = price_again(sold, rules(), NOON, None)
    fewer = replace(sold, lines=sold.lines[:2])
    after = price_again(fewer, rules(), NOON, before)
    for kept, known in zip(after.priced.lines, before.priced.lines, strict=False):
        assert kept is known


def test_a_rate_that_changes_at_midnight_is_not_taken_over_from_before_it() -> None:
    midnight = Timestamp(NOON.unix_ms + 1)
    old = rate("13", "A", Period(None, midnight))
    new = rate("11", "A", Period(midnight, None))
    in_force = rules(categories=[TaxCategory("standard", "standard", (old, new))])
    sold = basket(line(11300))
    before = price_again(sold, in_force, NOON, None)
    after = price_again(sold, in_force, midnight, before)
    assert [tax.percentage.millionths for tax in before.priced.taxes] == [130_000]
    assert after.priced == price_basket(sold, in_force, midnight)
    assert [tax.percentage.millionths for tax in after.priced.taxes] == [110_000]
