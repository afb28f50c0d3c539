"""Points multiplied for a branch of the shop, or for an item with all its variants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.loyalty.earn_rule import Multiplier, MultiplierKind
from pos_app.domain.loyalty.ledger import Balance
from pos_app.services.points_earning import BasketEarning
from pos_app.services.replay import ReplayClock
from pos_app.values.percentage import Percentage
from tests.builders_points import RULES, balance, bring, buy, proven, recognise, told
from tests.builders_returns import SHIRT_L, SHIRT_M, _setup, approved, take_back
from tests.counter_shop import (
    MANAGER,
    NOON,
    finish,
    make_counter_shop,
    opened,
    pay_cash,
    prove,
)

DOUBLE = Percentage(2_000_000)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    """A shop whose shirts lie below clothes; the other shirt lies nowhere."""
    setup = _setup(prices_include_tax=True)
    setup["categories"] = [
        *setup.get("categories", []),
        {"key": "clothes", "name": "服装", "hue": "wear", "position": 90},
        {"key": "tops", "name": "上衣", "hue": "wear", "position": 91}
        | {"parent": "clothes"},
        {"key": "shirts", "name": "衬衫", "hue": "wear", "position": 92}
        | {"parent": "tops"},
    ]
    for item in setup["items"]:
        if item.get("barcode") == SHIRT_M:
            item["category"] = "衬衫"
    folder = make_counter_shop(tmp_path / "shop", setup)
    with opened(folder, ReplayClock(NOON), number=MANAGER) as found:
        yield found
        prove(found)
        proven(found)


def doubled(till: Till, name: str) -> None:
    """Let a category of the shop earn twice."""
    found = till.counter.desk.catalog.categories()
    key = next(one.category_id for one in found if one.name == name)
    more = (Multiplier(MultiplierKind.CATEGORY, key, DOUBLE),)
    assert RULES.earn is not None
    bring(till, replace(RULES, earn=replace(RULES.earn, multipliers=more)))


def test_goods_two_categories_below_earn_double_and_take_it_back_exactly(till) -> None:
    doubled(till, "服装")
    till.counter.sale.scan(SHIRT_M)
    till.counter.sale.scan(SHIRT_L)
    recognise(till.counter)
    assert till.counter.points.will_earn() == 2 * 199 + 219
    sale = pay_cash(till.counter)
    assert told(till, sale).earned == 2 * 199 + 219
    assert balance(till) == Balance(active=2 * 199 + 219)
    take_back(till.counter, sale, 1, Decimal(1))
    approved(till.counter, till.counter.refund.give, "cash")
    back = finish(till.counter)
    assert told(till, back).taken_back == 2 * 199
    assert balance(till) == Balance(active=219)


def test_goods_above_a_doubled_category_earn_once(till) -> None:
    found = till.counter.desk.catalog.categories()
    assert {"服装", "上衣", "衬衫"} <= {one.name for one in found}
    doubled(till, "衬衫")
    assert told(till, buy(till, SHIRT_L)).earned == 219
    assert told(till, buy(till, SHIRT_M)).earned == 398


def item_of(till: Till, barcode: str) -> str:
    found = till.counter.sale.look_up(barcode)
    assert found is not None
    return found.unit.item_id


@pytest.mark.parametrize(("chosen", "times"), [(SHIRT_M, 2), (SHIRT_L, 1)])
def test_an_item_earns_double_with_all_its_variants_and_a_variant_alone(
    till, chosen: str, times: int
) -> None:
    more = (Multiplier(MultiplierKind.ITEM, item_of(till, chosen), DOUBLE),)
    assert RULES.earn is not None
    bring(till, replace(RULES, earn=replace(RULES.earn, multipliers=more)))
    till.counter.sale.scan(SHIRT_M)
    till.counter.sale.scan(SHIRT_L)
    recognise(till.counter)
    wanted = times * 199 + 2 * 219
    assert till.counter.points.will_earn() == wanted
    sale = pay_cash(till.counter)
    assert told(till, sale).earned == wanted
    take_back(till.counter, sale, 1, Decimal(1))
    approved(till.counter, till.counter.refund.give, "cash")
    assert told(till, finish(till.counter)).taken_back == times * 199


def test_what_a_basket_earns_is_kept_by_line_and_never_stale(till) -> None:
    doubled(till, "服装")
    sale, points, earned = till.counter.sale, till.counter.points, []
    sale.scan(SHIRT_L)
    recognise(till.counter)

    def both() -> None:
        kept = points.will_earn()
        points._earning = BasketEarning()
        points._will_earn = None
        assert kept == points.will_earn()
        earned.append(kept)

    for code in (SHIRT_M, SHIRT_L, SHIRT_M):
        sale.scan(code)
        both()
    first = sale.basket.lines[0].line_id
    sale.set_quantity(first, Decimal(5))
    both()
    sale.remove_line(first)
    both()
    sale.undo_remove()
    both()
    till.counter.checkout.take("cash", 10_000)
    both()
    assert len(set(earned)) > 4
