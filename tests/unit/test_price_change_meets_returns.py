"""A price that changes at a minute: parked sales, exchanges, labels on the shelf."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.price import UnitPrice
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.replay import ReplayClock
from pos_app.values.times import Period, Timestamp
from tests.builders_returns import approved, refund, returning_till, take_back
from tests.counter_shop import (
    COLA,
    NOON,
    TEA,
    finish,
    pay_cash,
    unit_of,
)

MINUTE = NOON.plus_seconds(60)


@pytest.fixture
def till(tmp_path: Path, clock: ReplayClock) -> Iterator[Till]:
    """Open a shop whose tea costs 12.80, and 9.00 from a minute on."""
    with returning_till(tmp_path, clock) as found:
        put_price(found, TEA, 900, MINUTE, "less")
        yield found


def put_price(till: Till, code: str, minor: int, at: Timestamp, name: str) -> None:
    unit_id = unit_of(till.counter, code).unit_id
    row = UnitPrice(name, minor, Period(at))

    def edit(editor: ShopEditor) -> tuple[()]:
        editor.put_price(unit_id, row)
        return ()

    with till.editor() as editor:
        editor.change(edit)


def total(till: Till) -> int:
    priced = till.counter.sale.priced
    assert priced is not None
    return priced.total_minor


def test_the_minute_passes_over_a_parked_sale_but_never_over_an_open_one(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    counter.sale.scan(TEA)
    parked = counter.park.park("").result()
    counter.park.settled()
    counter.sale.scan(TEA)
    clock.set(MINUTE)
    counter.sale.scan(TEA)
    assert total(till) == 2 * 1280
    pay_cash(counter)
    counter.park.resume(parked.sale.basket.basket_id).result()
    counter.park.settled()
    assert total(till) == 900
    clock.set(NOON)  # somebody sets the clock back: it stays as it was resumed
    counter.sale.scan(TEA)
    assert total(till) == 2 * 900
    pay_cash(counter)


def test_goods_come_back_at_what_was_paid_and_new_ones_cost_the_price_of_now(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    counter.sale.scan(TEA)
    sale = pay_cash(counter)
    clock.set(MINUTE)
    approved(counter, take_back, counter, sale)
    counter.sale.scan(TEA, Decimal(2))  # one in its place, one bought besides
    assert total(till) == 1280 + 900
    counter.checkout.take("cash", None)
    exchanged = finish(counter)
    assert sum(x.amount_minor for x in exchanged.tenders) == 900
    given = []
    for position, quantity in ((1, 1), (2, 1)):
        approved(counter, take_back, counter, exchanged, position, Decimal(quantity))
        given.append(approved(counter, refund, counter).refunds[0].amount_minor)
    assert given == [1280, 900]


def test_the_minute_between_taking_back_and_paying_out_changes_nothing(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    counter.sale.scan(TEA)
    sale = pay_cash(counter)
    approved(counter, take_back, counter, sale)
    counter.sale.scan(COLA)
    put_price(till, COLA, 1, MINUTE, "cola")
    clock.set(MINUTE)
    counter.sale.scan(TEA)
    assert total(till) == 350 + 1280
    done = pay_cash(counter)
    assert done.priced.total_minor == 350 + 1280
    assert done.returns[0].refunded_minor == 1280


def test_two_changes_of_one_minute_the_later_written_holds_for_every_till(
    till: Till, clock: ReplayClock
) -> None:
    """Only files can say so: the screen refuses a second change of the same minute."""
    put_price(till, TEA, 777, MINUTE, "more")
    clock.set(MINUTE)
    unit = unit_of(till.counter, TEA)
    again = till.counter.desk.catalog.unit(unit.unit_id, MINUTE)
    assert [x and x.price and x.price.minor for x in (unit, again)] == [777, 777]
    till.counter.sale.scan(TEA)
    assert pay_cash(till.counter).priced.total_minor == 777


def test_the_label_is_out_of_date_from_the_minute_on_and_can_be_printed_before(
    till: Till, clock: ReplayClock
) -> None:
    labels, tea = till.counter.labels, unit_of(till.counter, TEA).unit_id
    assert tea not in {x.unit.unit_id for x in labels.due()}
    assert tea in {x.unit.unit_id for x in labels.due(MINUTE)}
    clock.set(Timestamp(MINUTE.unix_ms - 1))
    assert tea not in {x.unit.unit_id for x in labels.due()}
    clock.set(MINUTE)
    assert tea in {x.unit.unit_id for x in labels.due()}
