"""Goods exchanged for others: whatever comes back first, each tender gets its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.loyalty.ledger import Balance
from pos_app.domain.sale import Sale
from tests import builders_points
from tests.builders_points import TENDER, give_points
from tests.builders_returns import (
    SHIRT_L,
    SHIRT_M,
    paid_back,
    return_shop,
    take_back,
)
from tests.counter_shop import TEA, finish
from tests.value_till import ANNA, RULE, filled, loyal_till, shown, wallet

BOXES = Decimal(17)  # of tea: 217.60


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    rules = replace(TENDER, value=RULE)
    with loyal_till(return_shop(tmp_path), rules=rules) as found:
        yield found


def back(till: Till, sale: Sale, position: int, quantity: Decimal) -> dict[str, int]:
    """Bring goods back, give the money back as the till says, and tell how."""
    take_back(till.counter, sale, position, quantity)
    return paid_back(till.counter)


@pytest.mark.parametrize("exchanged_first", [True, False])
def test_points_wallet_and_cash_get_back_what_each_gave_in_any_order(
    till: Till, exchanged_first: bool
) -> None:
    counter = till.counter
    filled(counter, 200_00)
    give_points(till, 10_000, ANNA)
    shown(counter)
    counter.sale.scan(SHIRT_M)
    counter.sale.scan(SHIRT_L)
    counter.points.give(10_000)
    counter.stored_value.pay(wallet(counter).account_id)
    counter.checkout.take("cash", None)
    first = finish(counter)
    take_back(counter, first, 1)
    shown(counter)
    counter.sale.scan(TEA, BOXES)
    counter.checkout.take("cash", None)
    second = finish(counter)
    # The shirt of 199.00 was paid with the points and 99.00 of the wallet: so was
    # the tea. The other shirt was paid with the rest.
    theirs = {"cash": 18_60, "points": 100_00, "stored_value": 99_00}
    goods = [(second, 1, BOXES, theirs)]
    goods += [(first, 2, Decimal(1), {"stored_value": 106_00, "cash": 113_00})]
    for sale, position, quantity, told in goods if exchanged_first else goods[::-1]:
        assert back(till, sale, position, quantity) == told
    assert builders_points.balance(till, ANNA) == Balance(active=10_000)
    assert wallet(counter).usable_minor == 205_00
