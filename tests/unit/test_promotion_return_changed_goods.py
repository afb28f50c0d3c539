"""Goods come back to the promotion as it was, whatever became of the goods since.

A shop takes the tag off, files the goods elsewhere, names the brand otherwise, raises
the floor or sells them no more. None of it is the customer's doing.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.promotion.promotion import ReturnBasis
from pos_app.domain.promotion.selector import GoodsSet, Selector
from pos_app.domain.sale import Sale
from pos_app.ports.shop_editing import ShopEditor
from tests.builders_promotions import (
    at,
    bundle,
    gift,
    nfor,
    nth,
    percent,
    promotion,
    spend,
    tagged,
)
from tests.builders_returns import refund, return_shop, take_back
from tests.changed_items import change_item
from tests.counter_shop import COLA, MANAGER, TEA, finish, opened, pay_cash
from tests.promotion_in_shop import hold

HOT, COLD = tagged("hot"), tagged("cold")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(return_shop(tmp_path, "1 half_up"), number=MANAGER) as found:
        yield found


def change(till: Till, sku: str, *, floor_minor: int = 0, **changes: object) -> None:
    """Change an item as the back office would; it has no floor unless one is given."""
    floor = {"floor_minor": floor_minor}
    change_item(till, sku, lambda unit: replace(unit, **floor), **changes)


def gone(till: Till, sku: str) -> None:
    def edit(editor: ShopEditor) -> tuple[()]:
        (draft,) = editor.items_by_sku((sku,)).values()
        editor.delete_item(draft.item_id)
        return ()

    with till.editor() as editor:
        editor.change(edit)


SINCE = {
    "nothing": lambda till: None,
    "tag": lambda till: change(till, "S1", tags=()),
    "excluded": lambda till: change(till, "S1", tags=("hot", "never")),
    "both tags": lambda till: (change(till, "S1"), change(till, "S2", tags=())),
    "floor": lambda till: change(till, "S1", tags=("hot",), floor_minor=1200),
    "gone": lambda till: gone(till, "S1"),
}
BUT_NEVER = Selector(GoodsSet(tags=("hot",)), GoodsSet(tags=("never",)))
#: Deal, what is bought, in which order it comes back, and what each piece gives.
CASES = {
    "nth": (nth(BUT_NEVER, 2, percent("50")), (TEA,) * 3, (1, 1, 1), (1280, 640, 1280)),
    "nfor": (
        nfor(BUT_NEVER, 3, 3000),
        (TEA,) * 4,
        (1, 1, 1, 1),
        (1280, 440, 1280, 1280),
    ),
    "bundle": (bundle(HOT, COLD, off=at(1000)), (TEA, COLA), (2, 1), (0, 1000)),
    "two bundles": (
        bundle(HOT, COLD, off=at(1000)),
        (TEA, TEA, COLA, COLA),
        (2, 1, 2, 1),
        (0, 1000, 0, 1000),
    ),
    "gift": (gift(HOT, COLD), (TEA, COLA), (1, 2), (930, 350)),
    "spend": (
        spend((2000, percent("10")), chosen=BUT_NEVER),
        (TEA,) * 3,
        (1, 1, 1),
        (1152, 1024, 1280),
    ),
}

EVERY_DAY = {"nth", "bundle"}


@pytest.mark.parametrize(
    "case",
    [x if x in EVERY_DAY else pytest.param(x, marks=pytest.mark.slow) for x in CASES],
)
def test_what_is_kept_back_hangs_on_the_goods_as_they_were_sold(
    till: Till, case: str
) -> None:
    deal, bought, order, given = CASES[case]
    hold(till, promotion(deal, "deal", return_basis=ReturnBasis.RECOMPUTE))
    for since, happens in SINCE.items():
        change(till, "S1", tags=("hot",))
        change(till, "S2", tags=("cold",))
        for code in bought:
            till.counter.sale.scan(code)
        sale = pay_cash(till.counter)
        assert sale.priced.discount_minor > 0
        happens(till)
        back = tuple(gives_back(till, sale, position) for position in order)
        assert back == given, since
        assert sum(back) == sale.priced.total_minor


def gives_back(till: Till, sale: Sale, position: int) -> int:
    """Take a piece back and end the ticket; return what the customer gets."""
    take_back(till.counter, sale, position)
    money = till.counter.refund.payment
    if money is None:
        finish(till.counter)
        return 0
    refund(till.counter)
    return money.total_minor
