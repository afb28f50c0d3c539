"""Promotions: what holds for any basket and any promotions (P1 to P4, P6, P7, P9, P11)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.basket import Basket, remove_line
from pos_app.domain.item import SellingUnit
from pos_app.domain.pricing import price_again, price_basket
from pos_app.domain.pricing_result import PricedBasket, UnitShare
from pos_app.domain.promotion.application import Application
from pos_app.domain.promotion.occasion import PointsBurn, Used
from pos_app.domain.promotion.promotion import Layer, LimitPeriod, Limits, Promotion
from pos_app.domain.tax import PricingRules, TaxRounding
from tests.builders_pricing import NOON, rules
from tests.builders_promotions import (
    MEMBER,
    basket_of,
    by_coupon,
    coupons,
    cut,
    offers,
    price_with,
    spend,
)
from tests.random_promotions import (
    item_deals,
    lines_of,
    promotions,
    shops,
    spend_deals,
)

SHOPS = st.builds(
    lambda where, include: rules(where, prices_include_tax=include),
    st.sampled_from(TaxRounding),
    st.booleans(),
)
ALL_DEALS = st.one_of(item_deals, item_deals, spend_deals())
EXAMPLES = 50


@st.composite
def baskets(draw: st.DrawFn, most_units: int = 9) -> Basket:
    shop: dict[str, SellingUnit] = draw(shops())
    return basket_of(draw(lines_of(shop, most_units)))


@st.composite
def whole_offers(draw: st.DrawFn) -> tuple[list[Promotion], dict[str, object]]:
    """Return promotions of all layers, and the occasion that lets them hold."""
    found = draw(promotions(ALL_DEALS))
    coupon = draw(st.none() | spend_deals())
    extra: dict[str, object] = {}
    if coupon is not None:
        found.append(by_coupon(coupon, "c1"))
        extra["coupons"] = coupons("c1", chosen=draw(st.booleans()))
    if draw(st.booleans()):
        extra["points"] = PointsBurn(100, draw(st.integers(1, 500)))
    return found, extra


def units_of(priced: PricedBasket, line_id: str) -> list[UnitShare]:
    (line,) = (x for x in priced.lines if x.line_id == line_id)
    return [share for share in line.shares for _ in range(share.count)]


def item_uses(priced: PricedBasket) -> list[Application]:
    return [x for x in priced.promoted.applications if x.layer is Layer.ITEM]


def item_saving(priced: PricedBasket) -> int:
    return sum(use.saving_minor for use in item_uses(priced))


@settings(max_examples=EXAMPLES)
@given(baskets(), promotions(), st.randoms(use_true_random=False))
def test_p1_the_order_of_scanning_changes_no_saving(goods, found, chance) -> None:
    mixed = list(goods.lines)
    chance.shuffle(mixed)
    ours = price_with(goods, *found)
    theirs = price_with(replace(goods, lines=tuple(mixed)), *found)
    assert item_saving(ours) == item_saving(theirs)

    def used(priced: PricedBasket) -> Counter[tuple[str, int]]:
        counted: Counter[tuple[str, int]] = Counter()
        for use in item_uses(priced):
            counted[use.promotion_id, use.saving_minor // use.times] += use.times
        return counted

    assert used(ours) == used(theirs)


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
@given(baskets(), promotions())
def test_p2_no_unit_is_in_two_item_deals(goods, found) -> None:
    priced = price_with(goods, *found)
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
@given(baskets(), whole_offers())
def test_p3_no_unit_costs_less_than_nothing_or_than_its_floor(goods, both) -> None:
    found, occasion = both
    priced = price_with(goods, *found, **occasion)
    for line, out in zip(goods.lines, priced.lines, strict=True):
        assert out.total_minor >= 0
        for share in units_of(priced, out.line_id):
            assert share.paid_minor >= 0
            floor = 0 if line.unit.sell_by == "weight" else line.unit.floor_minor
            assert share.paid_minor >= min(floor, line.unit.price.minor)


@settings(max_examples=EXAMPLES)
@given(baskets(), whole_offers(), SHOPS)
def test_p4_the_units_sum_to_the_total_for_each_tax_rate_too(
    goods, both, shop: PricingRules
) -> None:
    found, occasion = both
    priced = price_with(goods, *found, using=shop, **occasion)
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
    savings = sum(x.saving_minor for x in priced.promoted.applications)
    assert savings == priced.discount_minor
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
@given(baskets(), whole_offers(), SHOPS)
def test_p7_taking_the_last_line_out_again_restores_everything(
    goods, both, shop: PricingRules
) -> None:
    found, occasion = both
    asked = offers(found, **occasion)
    fewer = replace(goods, lines=goods.lines[:-1])
    before = price_again(fewer, shop, NOON, None, asked)
    more = price_again(goods, shop, NOON, before, asked)
    assert repr(more.priced) == repr(price_basket(goods, shop, NOON, asked))
    gone = remove_line(goods, goods.lines[-1].line_id)
    after = price_again(gone, shop, NOON, more, asked)
    assert repr(after.priced) == repr(before.priced)


LIMITS = st.builds(
    Limits,
    per_basket=st.none() | st.integers(1, 3),
    per_member=st.none() | st.integers(1, 3),
    member_period=st.just(LimitPeriod.EVER),
    in_period=st.none() | st.integers(1, 4),
    in_all=st.none() | st.integers(1, 4),
)
USED = st.builds(Used, st.integers(0, 3), st.integers(0, 4), st.integers(0, 4))


@settings(max_examples=EXAMPLES)
@given(baskets(), promotions(ALL_DEALS), st.data())
def test_p9_no_limit_is_ever_exceeded(goods, found, data) -> None:
    limited = [replace(x, limits=data.draw(LIMITS)) for x in found]
    used = {x.promotion_id: data.draw(USED) for x in found}
    known = data.draw(st.booleans())
    shopper = MEMBER if known else None
    priced = price_with(goods, *limited, used=used, shopper=shopper)
    times: Counter[str] = Counter()
    for use in priced.promoted.applications:
        assert use.times >= 1
        times[use.promotion_id] += use.times
    for one in limited:
        limits, before = one.limits, used[one.promotion_id]
        count = times[one.promotion_id]
        if not count:
            continue
        assert limits.per_basket is None or count <= limits.per_basket
        if known and limits.per_member is not None:
            assert count + before.by_member <= limits.per_member
        if limits.in_period is not None:
            assert count + before.in_period <= limits.in_period
        assert limits.in_all is None or count + before.in_all <= limits.in_all


@settings(max_examples=EXAMPLES)
@given(baskets(), baskets(), whole_offers(), st.randoms(use_true_random=False))
def test_p11_two_tills_with_the_same_promotions_agree_to_the_byte(
    goods, others, both, chance
) -> None:
    found, occasion = both
    mixed = list(found)
    chance.shuffle(mixed)
    here, there = offers(found, **occasion), offers(mixed, **occasion)
    assert here.book.version == there.book.version
    price_basket(others, rules(), NOON, there)  # that till has sold before
    ours = price_basket(goods, rules(), NOON, here)
    theirs = price_basket(goods, rules(), NOON, there)
    assert repr(ours) == repr(theirs)
    assert ours.promoted.book_version == here.book.version


def test_p11_another_version_of_a_promotion_is_another_book() -> None:
    one = by_coupon(spend((100, cut(10))), "c")
    assert offers([one]).book.version != offers([replace(one, version=2)]).book.version
