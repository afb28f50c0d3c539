"""Promotions: what holds for any basket and any promotions (P1 to P4, P6, P7, P9, P11)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.basket import Basket, BasketLine, remove_line
from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.pricing import price_again, price_basket
from pos_app.domain.pricing_result import PricedBasket, UnitShare
from pos_app.domain.promotion.application import Application
from pos_app.domain.promotion.book import compile_book
from pos_app.domain.promotion.occasion import PointsBurn, Used
from pos_app.domain.promotion.offers import NO_OFFERS, Offers
from pos_app.domain.promotion.promotion import Layer, Promotion
from pos_app.domain.reduction import StepKind
from pos_app.domain.tax import TaxRounding
from pos_app.errors import UserError
from tests.builders_pricing import NOON, rules
from tests.builders_promotions import (
    basket_of,
    by_coupon,
    cut,
    offers,
    price_with,
    spend,
)
from tests.effort import examples
from tests.promotion_replay import BY_DEAL
from tests.random_promotions import (
    item_deals,
    lines_of,
    promotions,
    shops,
    spend_deals,
)
from tests.random_sales import WholeSale, whole_sales

EXAMPLES = examples(25, 400)


@st.composite
def baskets(draw: st.DrawFn, most_units: int = 9) -> Basket:
    shop: dict[str, SellingUnit] = draw(shops())
    return basket_of(draw(lines_of(shop, most_units)))


def units_of(priced: PricedBasket, line_id: str) -> list[UnitShare]:
    (line,) = (x for x in priced.lines if x.line_id == line_id)
    return [share for share in line.shares for _ in range(share.count)]


def item_uses(priced: PricedBasket) -> list[Application]:
    return [x for x in priced.promoted.applications if x.layer is Layer.ITEM]


def item_saving(priced: PricedBasket) -> int:
    return sum(use.saving_minor for use in item_uses(priced))


def laid_otherwise(goods: Basket, chance: Random) -> Basket:
    """Return the same goods scanned in another order, some lines unit by unit."""
    mixed: list[BasketLine] = []
    for line in goods.lines:
        is_apart = line.unit.sell_by is SellBy.COUNT and chance.random() < 0.5
        one = replace(line, quantity=Decimal(1))
        mixed += [one] * int(line.quantity) if is_apart else [line]
    chance.shuffle(mixed)
    return basket_of(mixed)


def uses_of(priced: PricedBasket) -> Counter[tuple[str, int]]:
    counted: Counter[tuple[str, int]] = Counter()
    for use in priced.promoted.applications:
        counted[use.promotion_id, use.saving_minor // use.times] += use.times
    return counted


def unit_prices(goods: Basket, priced: PricedBasket) -> Counter[object]:
    """Return how many units of which goods cost what."""
    counted: Counter[object] = Counter()
    for line, out in zip(goods.lines, priced.lines, strict=True):
        is_counted = line.unit.sell_by is SellBy.COUNT
        key = (line.unit.unit_id, None if is_counted else line.quantity)
        for share in out.shares:
            off = out.list_minor // sum(x.count for x in out.shares)
            counted[key, off - share.discount_minor] += share.count
    return counted


@settings(max_examples=EXAMPLES)
@given(baskets(), promotions(), st.booleans(), st.randoms(use_true_random=False))
def test_p1_however_goods_are_scanned_equal_units_cost_what_they_cost(
    goods: Basket, found: list[Promotion], include: bool, chance: Random
) -> None:
    """Item deals, in any order and however goods are spread over lines.

    The same uses; of each goods as many units at each price; so the same total, and
    the same tax of each rate (where tax is rounded once for the document). Bytes
    differ only by which of two equal units is the first one: it has the odd minor
    unit, and the deal where there are not enough for all.
    """
    shop = rules(TaxRounding.DOCUMENT, prices_include_tax=include)
    other = laid_otherwise(goods, chance)
    ours = price_with(goods, *found, using=shop)
    theirs = price_with(other, *found, using=shop)
    assert uses_of(ours) == uses_of(theirs)
    assert unit_prices(goods, ours) == unit_prices(other, theirs)
    assert ours.total_minor == theirs.total_minor

    def rates(priced: PricedBasket) -> set[tuple[str, int, int]]:
        return {(x.code, x.base_minor, x.tax_minor) for x in priced.taxes}

    assert rates(ours) == rates(theirs)


@settings(max_examples=EXAMPLES)
@given(
    baskets(),
    promotions(st.one_of(item_deals, spend_deals())),
    st.none() | st.builds(PointsBurn, st.just(100), st.integers(1, 500)),
    st.randoms(use_true_random=False),
)
def test_p1_what_is_let_go_over_the_sale_is_the_same_however_goods_are_scanned(
    goods: Basket,
    found: list[Promotion],
    points: PointsBurn | None,
    chance: Random,
) -> None:
    """An amount off, and points: the same uses and total in any order.

    The odd minor unit goes to the earlier line (the note's rule for ties), so it may
    fall on goods of another rate: what tax there is may differ by it. Discounts by
    hand are a line's own: which of two equal lines has one is no order of scanning.
    """
    other = laid_otherwise(goods, chance)
    ours = price_with(goods, *found, points=points)
    theirs = price_with(other, *found, points=points)
    assert uses_of(ours) == uses_of(theirs)
    assert ours.total_minor == theirs.total_minor
    assert ours.promoted.saving_minor == theirs.promoted.saving_minor


def test_p1_another_process_with_another_hash_seed_gives_the_same_bytes(
    repository: Path,
) -> None:
    def digest(seed: str, order: str) -> str:
        words = [sys.executable, "-m", "tests.price_promotion_sets", order]
        env = {**os.environ, "PYTHONHASHSEED": seed}
        ran = subprocess.run(
            words, cwd=repository, env=env, capture_output=True, text=True, check=True
        )
        return ran.stdout

    one = digest("1", "forwards")
    assert len(one.strip()) == 64
    assert digest("2", "backwards") == one


@settings(max_examples=EXAMPLES)
@given(whole_sales())
def test_p2_no_unit_is_in_two_item_deals(sale: WholeSale) -> None:
    priced = sale.priced()
    taken: Counter[tuple[str, int]] = Counter()
    for use in item_uses(priced):
        for claim in use.claims:
            taken.update(
                (claim.line_id, i)
                for i in range(claim.first, claim.first + claim.count)
            )
    assert not taken or max(taken.values()) == 1
    for line_id, at in taken:
        assert at < len(units_of(priced, line_id))


@settings(max_examples=EXAMPLES)
@given(whole_sales())
def test_p3_no_unit_costs_less_than_nothing_or_than_its_floor(sale: WholeSale) -> None:
    """People may go below a floor; no promotion, coupon or point does."""
    for line in sale.priced().lines:
        assert line.total_minor >= 0
        assert all(share.net_minor >= 0 for share in line.shares)
        assert all(share.paid_minor >= 0 for share in line.shares)
    bare = sale.without_hands()
    with_tax = bare.shop.prices_include_tax
    priced, plain = bare.priced(), replace(bare, offers=NO_OFFERS).priced()
    found = zip(bare.basket.lines, priced.lines, plain.lines, strict=True)
    for line, lowered, listed in found:
        floor = line.unit.floor_minor if line.unit.sell_by is SellBy.COUNT else 0
        before = [x for x in listed.shares for _ in range(x.count)]
        after = [x for x in lowered.shares for _ in range(x.count)]
        level = sum(
            step.amount_minor
            for step in lowered.steps
            if step.kind in {StepKind.LEVEL_PRICE, StepKind.MARKED_DOWN}
        )
        for one, other in zip(after, before, strict=True):
            now = one.paid_minor if with_tax else one.net_minor
            asked = other.paid_minor if with_tax else other.net_minor
            assert now >= min(floor, asked - level // len(after))


@settings(max_examples=EXAMPLES)
@given(whole_sales())
def test_p4_the_units_sum_to_the_total_for_each_tax_rate_too(sale: WholeSale) -> None:
    priced = sale.priced()
    priced.check()
    shares = [
        (line, share, share.count) for line in priced.lines for share in line.shares
    ]
    assert sum(n * share.paid_minor for _, share, n in shares) == priced.total_minor
    for total in priced.taxes:
        of_rate = sum(
            n * tax
            for line, share, n in shares
            for rate, tax in zip(line.taxes, share.taxes_minor, strict=True)
            if rate.code == total.code
        )
        assert of_rate == total.tax_minor
    steps = [step for line in priced.lines for step in line.steps]
    assert sum(step.amount_minor for step in steps) == priced.discount_minor
    by_deal = sum(step.amount_minor for step in steps if step.kind in BY_DEAL)
    assert by_deal == sum(x.saving_minor for x in priced.promoted.applications)
    for use in priced.promoted.applications:
        use.check()


@settings(max_examples=EXAMPLES)
@given(baskets(7), promotions(plain=True), st.data())
def test_p6_more_to_choose_from_never_saves_less(goods, found, data) -> None:
    all_of_them = price_with(goods, *found)
    fewer = [x for x in found if data.draw(st.booleans())]
    some = price_with(goods, *fewer)
    if all_of_them.promoted.is_optimal and some.promoted.is_optimal:
        assert item_saving(some) <= item_saving(all_of_them)
        assert some.promoted.saving_minor <= all_of_them.promoted.saving_minor
    smaller = replace(goods, lines=goods.lines[:-1])
    less = price_with(smaller, *found)
    if all_of_them.promoted.is_optimal and less.promoted.is_optimal:
        assert item_saving(less) <= item_saving(all_of_them)


@settings(max_examples=EXAMPLES)
@given(whole_sales())
def test_p7_taking_the_last_line_out_again_restores_everything(sale: WholeSale) -> None:
    """抹零 is for one amount to pay: any change of the goods takes it back."""
    goods, shop, asked = sale.basket, sale.shop, sale.offers
    goods = replace(goods, round_off_minor=0)
    fewer = replace(goods, lines=goods.lines[:-1])
    try:
        before = price_again(fewer, shop, NOON, None, asked)
    except UserError:  # a person has let more go than the fewer goods cost
        fewer, goods = replace(fewer, discount=None), replace(goods, discount=None)
        before = price_again(fewer, shop, NOON, None, asked)
    more = price_again(goods, shop, NOON, before, asked)
    assert repr(more.priced) == repr(price_basket(goods, shop, NOON, asked))
    gone = remove_line(goods, goods.lines[-1].line_id)
    after = price_again(gone, shop, NOON, more, asked)
    assert repr(after.priced) == repr(before.priced)


@settings(max_examples=EXAMPLES)
@given(whole_sales())
def test_p9_no_limit_is_ever_exceeded(sale: WholeSale) -> None:
    priced, occasion = sale.priced(), sale.offers.occasion
    times: Counter[str] = Counter()
    for use in priced.promoted.applications:
        assert use.times >= 1
        times[use.promotion_id] += use.times
    known = {x.promotion_id: x for x in sale.promotions}
    assert times.keys() - {""} <= known.keys()
    for name in times.keys() - {""}:
        limits, before = known[name].limits, occasion.used.get(name, Used())
        assert limits.per_basket is None or times[name] <= limits.per_basket
        if occasion.shopper is not None and limits.per_member is not None:
            assert times[name] + before.by_member <= limits.per_member
        if limits.in_period is not None:
            assert times[name] + before.in_period <= limits.in_period
        assert limits.in_all is None or times[name] + before.in_all <= limits.in_all
    used = [x.coupon_id for x in priced.promoted.applications if x.coupon_id]
    assert len(used) == len(set(used)) <= occasion.coupon_limit
    burnt = sum(x.points for x in priced.promoted.applications)
    assert burnt <= (occasion.points.points if occasion.points else 0)


@settings(max_examples=EXAMPLES)
@given(whole_sales(), baskets(), st.randoms(use_true_random=False))
def test_p11_two_tills_with_the_same_promotions_agree_to_the_byte(
    sale: WholeSale, others: Basket, chance: Random
) -> None:
    mixed = list(sale.promotions)
    chance.shuffle(mixed)
    there = Offers(compile_book(mixed, {}), sale.offers.occasion)
    assert sale.offers.book.version == there.book.version
    price_basket(others, sale.shop, NOON, there)  # that till has sold before
    ours = sale.priced()
    theirs = price_basket(sale.basket, sale.shop, NOON, there)
    assert repr(ours) == repr(theirs)
    assert ours.promoted.book_version == there.book.version


def test_p11_another_version_of_a_promotion_is_another_book() -> None:
    one = by_coupon(spend((100, cut(10))), "c")
    assert offers([one]).book.version != offers([replace(one, version=2)]).book.version
