"""Law 12 through the back door: what was approved is not stretched to more."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.services.counter import Counter
from pos_app.services.session import ApprovalNeeded
from pos_app.values.percentage import Percentage
from tests.builders_returns import (
    SHIRT_L,
    SHIRT_M,
    approved,
    return_shop,
    take_back,
)
from tests.counter_shop import (
    CASHIER,
    COLA,
    TEA,
    TRAINEE,
    finish,
    opened,
    pay_cash,
    refusal,
    sell,
    sign_on,
)

ONE = Decimal(1)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with opened(return_shop(tmp_path)) as till:
        yield till.counter


def selected(counter: Counter) -> str:
    basket = counter.sale.basket
    assert basket is not None
    assert basket.selected is not None
    return basket.selected


def test_a_price_kept_in_an_exchange_is_gone_with_the_exchange(
    counter: Counter,
) -> None:
    sale = sell(counter, SHIRT_M)
    back = take_back(counter, sale).lines[0].here
    assert back is not None
    counter.sale.scan(SHIRT_L)
    counter.sale.remove_line(selected(counter))
    counter.returns.remove(back.line_id)
    counter.sale.undo_remove()
    assert pay_cash(counter).priced.total_minor == 219_00


def test_what_was_approved_for_ten_pieces_is_not_given_on_one(
    counter: Counter,
) -> None:
    counter.sale.scan(TEA, Decimal(10))  # 128.00
    line = selected(counter)
    approved(counter, counter.price_by_hand.discount_line, line, 12_80 * 2, "regular")
    counter.sale.set_quantity(line, Decimal(2))
    assert refusal(counter.checkout.take, "cash", None).key == "discount_unowned"
    approved(counter, counter.price_by_hand.discount_line, line, 12_80, "regular")
    assert pay_cash(counter).priced.total_minor == 12_80


def test_the_next_basket_has_no_discount_of_the_last(counter: Counter) -> None:
    counter.sale.scan(COLA)
    approved(
        counter, counter.price_by_hand.discount_sale, Percentage(500_000), "regular"
    )
    counter.sale.remove_line(selected(counter))
    counter.sale.scan(TEA)
    assert pay_cash(counter).priced.total_minor == 12_80


def test_a_late_or_first_return_is_asked_for_each_ticket(counter: Counter) -> None:
    sign_on(counter, CASHIER)
    sale = sell(counter, TEA, TEA)
    sign_on(counter, TRAINEE)
    counter.desk.session.forget_approvals()
    approved(counter, counter.returns.begin, sale.sale_id)
    take_back(counter, sale)
    approved(counter, counter.refund.give, "cash")
    finish(counter)
    with pytest.raises(ApprovalNeeded):
        take_back(counter, sale)


def test_an_exchange_does_not_turn_card_money_into_cash(counter: Counter) -> None:
    sign_on(counter, CASHIER)
    counter.sale.scan(SHIRT_M)
    counter.checkout.take("cash", 99_00)
    counter.checkout.take("card", 100_00, "1234")
    first = finish(counter)
    take_back(counter, first)
    counter.sale.scan(TEA, Decimal(10))
    approved(counter, counter.refund.give, "cash")  # 71.00
    second = finish(counter)
    take_back(counter, second, 1, Decimal(10))
    ways = {way.key: way.amount_minor for way in counter.refund.ways()}
    assert ways == {"cash": 28_00, "card": 100_00}
