"""The warning below cost tells the truth: without tax, of sets, and of all together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.tier import Tier, TierBenefits
from pos_app.domain.promotion.deal import BundleDeal, GiftDeal, Off, Slot
from pos_app.domain.promotion.promotion import Audience, AudienceKind, Promotion
from pos_app.domain.promotion.selector import GoodsSet, Selector
from pos_app.services.promotion_below_cost import BelowCost
from pos_app.services.promotion_sample import SampleWish, try_out
from tests.builders_promotions import (
    by_coupon,
    cut,
    everything,
    nth,
    percent,
    promotion,
    spend,
    unit_deal,
)
from tests.builders_returns import return_shop
from tests.counter_shop import COLA, MANAGER, NOON, TEA, opened, unit_of
from tests.promotion_in_shop import hold

#: 12.80 and 3.50 on the shelf, 13 % tax in both.
TEN_OFF = unit_deal(everything(), percent("10"))
TIERS = Programme(version=1, tiers=(Tier("gold", "金", 1, TierBenefits("gold")),))


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(return_shop(tmp_path), number=MANAGER) as found:
        yield found


def only(till: Till, *codes: str) -> Selector:
    """Return the goods of some codes."""
    ids = tuple(unit_of(till.counter, code).item_id for code in codes)
    return Selector(GoodsSet(item_ids=ids))


def cost(till: Till, code: str, minor: int) -> None:
    """Say what goods cost the shop; nobody knows it of the others."""
    with till.editor() as editor:
        editor.put_cost(unit_of(till.counter, code).unit_id, minor, NOON)


def level(till: Till, code: str, name: str, minor: int) -> None:
    """Give goods a price of a level."""
    with till.editor() as editor, editor._writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO level_price SELECT unit_key, ?, 0, 'p', "
            "4611686018427387904, ? FROM unit WHERE unit_id = ?",
            (name, minor, unit_of(till.counter, code).unit_id),
        )


def found(till: Till, draft: Promotion, programme: Any = None) -> tuple[BelowCost, ...]:
    """Return what the sample beside the editor warns of."""
    desk = till.counter.desk
    rules, zone = till.counter.sale.rules, ZoneInfo(desk.shop.time_zone)
    wish = SampleWish(draft, desk.clock.now(), zone, rules)
    if programme is not None:
        wish = replace(wish, programme=programme)
    with desk.catalog.beside() as catalog:
        return try_out(wish, catalog).below_cost


def test_tax_is_no_income(till: Till) -> None:
    # 11.52 is paid and 10.19 stays: 10.50 would be no loss only with the tax in it.
    cost(till, TEA, 1050)
    (one,) = found(till, promotion(TEN_OFF))
    assert (one.cost_minor, one.net_minor, one.others) == (1050, 1019, ())
    cost(till, TEA, 1019)
    assert found(till, promotion(TEN_OFF)) == ()


def test_two_layers_are_told_together_and_by_name(till: Till) -> None:
    cost(till, TEA, 1000)  # 10.19 alone
    assert found(till, promotion(TEN_OFF)) == ()
    hold(till, promotion(spend((2000, cut(300))), "满20减3"))
    (one,) = found(till, promotion(TEN_OFF))
    # Two of them: 23.04 - 3.00 = 20.04; 17.73 without tax.
    assert (one.net_minor, [x.name for x in one.others]) == (887, ["满20减3"])


def test_what_one_tier_pays_and_its_coupon_are_counted(till: Till) -> None:
    cost(till, TEA, 1000)
    level(till, TEA, "gold", 1150)
    assert found(till, promotion(TEN_OFF)) == ()
    (one,) = found(till, promotion(TEN_OFF), TIERS)
    # 11.50 less 10 % is 10.35, 9.16 without tax.
    assert (one.net_minor, one.has_level, one.others) == (916, True, ())
    hold(till, by_coupon(spend((1000, cut(200))), "券"))
    (one,) = found(till, promotion(TEN_OFF), TIERS)
    # 10.35 - 2.00 = 8.35; 7.39 without tax.
    assert (one.net_minor, [x.name for x in one.others]) == (739, ["券"])
    assert found(till, promotion(unit_deal(only(till, COLA), percent("10")))) == ()


def test_those_for_others_come_together_with_one_for_everybody(till: Till) -> None:
    """Staff on their birthday are customers, too."""
    cost(till, TEA, 900)
    for kind in (AudienceKind.STAFF, AudienceKind.BIRTH_DATE):
        less = promotion(spend((1000, cut(150))), kind.value, audience=Audience(kind))
        hold(till, replace(less, stack_group=kind.value))
    (one,) = found(till, promotion(TEN_OFF))
    # 11.52 - 1.50 - 1.50 = 8.52; 7.54 without tax.
    assert (one.net_minor, len(one.others)) == (754, 2)


@pytest.mark.parametrize(
    ("off", "below"), [(percent("50"), False), (percent("80"), True)]
)
def test_every_second_one_is_told_by_the_average(till: Till, off: Off, below) -> None:
    cost(till, TEA, 800)  # 19.20 for two is 8.50 each, 15.36 is 6.80
    draft = promotion(nth(everything(), 2, off))
    assert bool(found(till, draft)) is below


def test_an_amount_off_is_tried_where_it_is_just_reached(till: Till) -> None:
    cost(till, TEA, 800)
    draft = promotion(spend((5000, cut(1000)), (10_000, cut(5000))))
    (one,) = found(till, draft)
    # Eight teas are 102.40; 52.40 is 46.37 without tax, 5.80 each.
    assert one.net_minor == 580


def test_a_set_and_a_gift_are_told_with_all_their_goods(till: Till) -> None:
    cost(till, TEA, 800)
    cost(till, COLA, 200)
    tea, cola = only(till, TEA), only(till, COLA)
    bundle = BundleDeal((Slot(tea), Slot(cola)), Off(price_minor=1100))
    one = found(till, promotion(bundle))[-1]  # the box of colas is worse
    assert (one.cost_minor, one.net_minor, len(one.beside)) == (1000, 973, 1)
    assert {one.unit.name, one.beside[0].name} == {"茉莉花茶", "可乐"}
    cost(till, COLA, 173)
    assert all(x.cost_minor != 973 for x in found(till, promotion(bundle)))
    cost(till, COLA, 200)
    two = BundleDeal((Slot(tea, 2), Slot(cola)), Off(price_minor=1900))
    one = found(till, promotion(two))[-1]  # 19.00 is 16.81 without tax
    assert (one.cost_minor, one.net_minor) == (2 * 800 + 200, 1681)
    dearer = promotion(replace(bundle, off=Off(price_minor=1200)))
    assert all(x.cost_minor > 1000 for x in found(till, dearer))
    gift = GiftDeal(cola, tea)
    one = found(till, promotion(gift))[-1]
    assert (one.cost_minor, one.net_minor) == (1000, 310)
    assert all(x.cost_minor > 1000 for x in found(till, promotion(GiftDeal(tea, cola))))


def test_goods_whose_cost_nobody_knows_are_no_loss(till: Till) -> None:
    assert found(till, promotion(unit_deal(everything(), percent("90")))) == ()
    cost(till, TEA, 2000)
    tea, cola = only(till, TEA), only(till, COLA)
    assert found(till, promotion(GiftDeal(cola, tea))) == ()


def test_where_another_one_stands_alone_it_is_that_one_which_costs(till: Till) -> None:
    cost(till, TEA, 1000)  # 10.19 alone; 4.53 under the other, which takes no second
    alone = promotion(unit_deal(everything(), percent("60")), "4 折", exclusive=True)
    hold(till, alone)
    assert found(till, promotion(TEN_OFF)) == ()
    (one,) = found(till, alone)
    assert (one.net_minor, one.others) == (453, ())
