"""A sale replayed from its stored intents: what was done, and what it came to."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.open_sale import AddLine, RemoveLine, SetQuantity, TakeTender
from pos_app.services.replay import ReplayClock
from pos_app.values.gs1.check_digit import check_digit
from tests.counter_shop import (
    APPLE_LABEL_PREFIX,
    COLA,
    MANAGER,
    NOON,
    SALT,
    TEA,
    fresh_shop,
    opened,
    pay_cash,
    refusal,
)


@pytest.fixture
def till(tmp_path: Path, clock: ReplayClock) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), clock, number=MANAGER) as found:
        yield found


def test_the_last_frame_of_a_finished_sale_is_its_document(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    for code in (TEA, COLA, SALT, TEA):
        counter.sale.scan(code)
        clock.tick()
    assert counter.sale.basket is not None
    line = counter.sale.basket.lines[0].line_id
    counter.sale.set_quantity(line, Decimal(5))
    clock.tick()
    counter.sale.remove_line(counter.sale.basket.lines[1].line_id)
    counter.sale.undo_remove()
    counter.sale.round_off(30)
    counter.checkout.take("card", 1000, reference="A1")
    sale = pay_cash(counter, 20_000)
    replay = counter.black_box.replay(sale.sale_id)
    last = replay.frame(len(replay.steps) - 1)
    assert replay.document == sale
    assert last.priced is not None
    assert last.due_minor == sale.priced.total_minor == last.priced.total_minor
    assert [
        (x.total_minor, x.net_minor, x.taxes, x.steps) for x in last.priced.lines
    ] == [(x.total_minor, x.net_minor, x.taxes, x.steps) for x in sale.priced.lines]
    assert last.priced.taxes == sale.priced.taxes
    assert [x.amount_minor for x in last.sale.tenders] == [
        x.amount_minor for x in sale.tenders
    ]


def test_each_step_shows_what_was_done_when_and_what_it_came_to(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    counter.sale.scan(TEA)
    clock.tick()
    counter.sale.scan(COLA)
    assert counter.sale.basket is not None
    cola = counter.sale.basket.lines[1].line_id
    clock.tick()
    counter.sale.set_quantity(cola, Decimal(3))
    counter.sale.remove_line(cola)
    sale = pay_cash(counter)
    replay = counter.black_box.replay(sale.sale_id)
    done = [type(step.intent) for step in replay.steps]
    assert done == [AddLine, AddLine, SetQuantity, RemoveLine, TakeTender]
    assert [step.at.unix_ms - NOON.unix_ms for step in replay.steps][:3] == [
        0,
        1000,
        2000,
    ]
    dues = [replay.frame(at).due_minor for at in range(5)]
    assert dues == [1280, 1630, 2330, 1280, 1280]
    # and backwards, in any order
    assert [replay.frame(at).due_minor for at in (3, 0, 2)] == [1280, 1280, 2330]


def test_voided_open_and_never_begun_sales(till: Till) -> None:
    counter = till.counter
    counter.sale.scan(TEA)
    voided = counter.checkout.void_sale("customer_left").result()
    counter.checkout.finished()
    replay = counter.black_box.replay(voided.sale_id)
    assert replay.document is None
    assert replay.frame(0).due_minor == voided.total_minor
    counter.sale.scan(COLA)
    till.ledger.flush()
    assert counter.sale.basket is not None
    still_open = counter.black_box.replay(counter.sale.basket.basket_id)
    assert still_open.frame(0).due_minor == 350
    assert refusal(counter.black_box.replay, "none").key == "sale_not_found"


def test_a_parked_sale_is_replayed_while_it_waits(till: Till) -> None:
    counter = till.counter
    counter.sale.scan(TEA)
    parked = counter.park.park("白衬衫女士").result()
    replay = counter.black_box.replay(parked.sale.basket.basket_id)
    assert replay.frame(0).due_minor == parked.total_minor


def test_red_lines_and_labels_are_replayed_too(till: Till) -> None:
    counter = till.counter
    counter.sale.scan("6900000000007")
    counter.sale.scan(
        APPLE_LABEL_PREFIX + "00636" + check_digit(APPLE_LABEL_PREFIX + "00636")
    )
    assert counter.sale.basket is not None
    counter.sale.remove_line(counter.sale.basket.lines[0].line_id)
    sale = pay_cash(counter)
    replay = counter.black_box.replay(sale.sale_id)
    assert replay.frame(0).due_minor == 0
    assert replay.frame(len(replay.steps) - 1).due_minor == sale.priced.total_minor


def test_a_thousand_steps_are_folded_from_the_nearest_kept_one(till: Till) -> None:
    counter = till.counter
    counter.sale.scan(TEA)
    assert counter.sale.basket is not None
    line = counter.sale.basket.lines[0].line_id
    for count in range(2, 302):
        counter.sale.set_quantity(line, Decimal(count))
    sale = pay_cash(counter)
    replay = counter.black_box.replay(sale.sale_id)
    assert replay.frame(300).due_minor == 301 * 1280
    assert replay.frame(17).due_minor == 18 * 1280
    assert len(replay._folded) < 10
