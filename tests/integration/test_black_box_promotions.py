"""A sale with promotions is replayed to what was paid, whatever became of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.promotion.promotion import Limits
from pos_app.domain.sale import Sale
from tests.counter_shop import TEA, sell
from tests.restored_shop import HALF, PAIR, SHELF, RestoredShop, started


@pytest.fixture
def shop(tmp_path: Path) -> RestoredShop:
    return RestoredShop(tmp_path)


def replayed(till: Till, sale: Sale) -> list[int]:
    """Return what the black box says that a sale came to, step by step."""
    replay = till.counter.black_box.replay(sale.sale_id)
    return [replay.frame(at).due_minor for at in range(len(replay.steps))]


def test_a_sale_is_replayed_to_what_was_paid_though_its_promotion_is_lost(
    shop: RestoredShop,
) -> None:
    old = shop.catalogue()
    with shop.till() as till:
        started(till, PAIR)
        sale = sell(till.counter, TEA, TEA)
        assert replayed(till, sale) == [SHELF * 9 // 10, SHELF, SHELF]
    shop.put_catalogue(old)
    with shop.till() as till:
        assert replayed(till, sale) == [SHELF, SHELF, SHELF]


def test_a_sale_is_replayed_without_what_was_used_up_before_it(
    shop: RestoredShop,
) -> None:
    with shop.till() as till:
        started(till, replace(HALF, limits=Limits(in_all=1)))
        for total in (SHELF * 3 // 2, 2 * SHELF):
            sale = sell(till.counter, TEA, TEA)
            assert replayed(till, sale)[-1] == sale.priced.total_minor == total
