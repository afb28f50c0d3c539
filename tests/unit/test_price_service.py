"""Shelf prices with a start: what is added, cancelled, ended, refused, and told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.permission import Permission
from pos_app.domain.price import PROMOTION, SHELF
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.services.prices import PriceDraft, PriceService, PriceState
from pos_app.services.session import ApprovalNeeded
from pos_app.values.times import Timestamp
from pos_app.values.wall_time import Oddity, wall_time
from tests.counter_shop import (
    BOX,
    CASHIER,
    MANAGER,
    NOON,
    TEA,
    manager_shop,
    opened,
    refusal,
    sell,
    sign_on,
    unit_of,
)

HOUR = 3600


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(manager_shop(tmp_path, "prices", "items"), number=MANAGER) as till:
        yield till


@pytest.fixture
def prices(till: Till) -> PriceService:
    return till.counter.prices


def store(till: Till, change: CatalogChange) -> list[dict[str, object]]:
    with till.editor() as editor:
        notes = editor.change(change.edit)
    return [json.loads(json.dumps(note.body)) for note in notes]


def tea(till: Till) -> str:
    return unit_of(till.counter, TEA).unit_id


def in_force(till: Till) -> int | None:
    price = unit_of(till.counter, TEA).price
    return price.minor if price else None


def later(seconds: int) -> Timestamp:
    return NOON.plus_seconds(seconds)


def test_a_price_begins_at_its_minute_and_ends_at_its_minute(till, prices) -> None:
    draft = PriceDraft(tea(till), 990, later(HOUR), later(2 * HOUR))
    (note,) = store(till, prices.schedule(draft))
    assert note["before"] is None
    assert note["after"] == {
        "price": "9.90",
        "from": "2026-11-21T13:00:00+08:00",
        "until": "2026-11-21T14:00:00+08:00",
        "priority": PROMOTION,
    }
    seen = []
    for ms in (-1, 0):
        for at in (later(HOUR), later(2 * HOUR)):
            moment = Timestamp(at.unix_ms + ms)
            unit = till.counter.desk.catalog.unit(tea(till), moment)
            seen.append(unit.price.minor)
    assert seen == [1280, 990, 990, 1280]


def test_the_till_knows_when_a_price_changes_next(till, prices) -> None:
    catalog = till.counter.desk.catalog
    assert catalog.next_price_change(NOON) is None
    store(till, prices.schedule(PriceDraft(tea(till), 990, later(60), later(120))))
    store(till, prices.schedule(PriceDraft(tea(till), 1400, later(90))))
    moments = [later(60), later(90), later(120)]
    found = [catalog.next_price_change(later(x)) for x in (0, 60, 90, 120)]
    assert found == [*moments, None]


def test_a_price_for_a_while_lies_over_a_new_shelf_price(till, prices) -> None:
    store(till, prices.schedule(PriceDraft(tea(till), 990, later(60), later(300))))
    store(till, prices.schedule(PriceDraft(tea(till), 1400, later(120))))
    clock = till.options.clock
    found = []
    for seconds in (0, 60, 120, 299, 300):
        clock.set(later(seconds))
        found.append(in_force(till))
    assert found == [1280, 990, 990, 990, 1400]
    clock.set(later(150))


def test_which_row_wins_is_said(till, prices) -> None:
    store(till, prices.schedule(PriceDraft(tea(till), 990, later(60), later(300))))
    store(till, prices.schedule(PriceDraft(tea(till), 1400, later(120))))
    till.options.clock.set(later(130))
    found = [(row.minor, state) for row, state in prices.rows(tea(till))]
    assert found == [
        (990, PriceState.IN_FORCE),
        (1400, PriceState.BEATEN),
        (1280, PriceState.BEATEN),
    ]
    till.options.clock.set(later(300))
    found = [(row.minor, state) for row, state in prices.rows(tea(till))]
    assert found[-1] == (990, PriceState.OVER)


def test_a_price_of_now_is_for_the_next_customer(till, prices) -> None:
    till.counter.sale.scan(TEA)
    till.options.clock.set(later(5))
    store(till, prices.schedule(PriceDraft(tea(till), 1500)))
    till.options.clock.set(later(10))
    till.counter.sale.scan(TEA)
    (line,) = till.counter.sale.basket.lines
    assert (line.unit.price.minor, line.quantity) == (1280, 2)
    from tests.counter_shop import pay_cash

    first = pay_cash(till.counter)
    second = sell(till.counter, TEA)
    rows = {row.price_id: row.minor for row, _state in prices.rows(tea(till))}
    assert rows[first.lines[0].price_id] == 1280
    assert rows[second.lines[0].price_id] == 1500


def test_goods_without_a_price_are_sold_once_somebody_gives_them_one(
    till, prices
) -> None:
    from dataclasses import replace

    from pos_app.ports.catalog_editing import ItemDraft, UnitDraft

    unit = UnitDraft("u-new", "H87", "件", barcodes=("6900000000019",))
    item = ItemDraft("i-new", "NEW", "新品", "standard", (unit,))
    with till.editor() as editor:
        editor.put_items([replace(item)])
    till.counter.sale.scan(TEA)
    assert refusal(till.counter.sale.scan, "NEW").key == "item_without_price"
    till.options.clock.set(later(30))
    store(till, prices.schedule(PriceDraft("u-new", 700)))
    till.counter.sale.scan("NEW")
    till.counter.sale.scan("NEW")
    line = till.counter.sale.basket.lines[-1]
    assert (line.unit.price.minor, line.quantity) == (700, 2)


@pytest.mark.parametrize(
    ("draft", "key"),
    [
        ({"minor": -1}, "price_negative"),
        ({"minor": 0}, "price_zero"),
        ({"minor": 10**11}, "price_too_large"),
        ({"minor": 5, "start": later(-1)}, "price_start_past"),
        ({"minor": 5, "start": later(9), "end": later(9)}, "price_end_first"),
        ({"minor": 5, "end": later(-5)}, "price_end_past"),
    ],
)
def test_what_cannot_be_is_refused(till, prices, draft, key: str) -> None:
    assert refusal(prices.schedule, PriceDraft(tea(till), **draft)).key == key


def test_a_price_of_zero_is_taken_once_it_is_meant(till, prices) -> None:
    store(till, prices.schedule(PriceDraft(tea(till), 0, is_zero_meant=True)))
    assert in_force(till) == 0


def test_goods_that_are_gone_have_no_new_price(till, prices) -> None:
    assert refusal(prices.schedule, PriceDraft("nobody", 5)).key == "price_gone"


def test_two_shelf_prices_never_begin_together(till, prices) -> None:
    draft = PriceDraft(tea(till), 900, later(60))
    store(till, prices.schedule(draft))
    change = prices.schedule(draft)
    assert refusal(store, till, change).key == "price_same_start"


def test_what_has_not_begun_is_cancelled_and_what_has_is_not(till, prices) -> None:
    store(till, prices.schedule(PriceDraft(tea(till), 900, later(60))))
    row = next(x for x, s in prices.rows(tea(till)) if s is PriceState.TO_COME)
    change = prices.cancel(tea(till), row.price_id)
    till.options.clock.set(later(60))
    assert refusal(store, till, change).key == "price_begun"
    till.options.clock.set(NOON)
    till.counter.desk.clock.confirm()
    (note,) = store(till, prices.cancel(tea(till), row.price_id))
    assert (note["before"]["price"], note["after"]) == ("9.00", None)
    assert till.counter.desk.catalog.next_price_change(NOON) is None
    assert refusal(store, till, prices.cancel(tea(till), row.price_id)).key == (
        "price_gone"
    )


def test_a_price_for_a_while_is_ended_now_and_the_shelf_price_holds_again(
    till, prices
) -> None:
    store(till, prices.schedule(PriceDraft(tea(till), 900, None, later(600))))
    till.options.clock.set(later(60))
    row = next(x for x, s in prices.rows(tea(till)) if s is PriceState.IN_FORCE)
    assert (row.minor, row.priority) == (900, PROMOTION)
    (note,) = store(till, prices.end_now(tea(till), row.price_id))
    assert note["before"]["until"] > note["after"]["until"]
    assert in_force(till) == 1280
    till.options.clock.set(later(61))
    assert refusal(store, till, prices.end_now(tea(till), row.price_id)).key == (
        "price_not_in_force"
    )


def test_the_only_price_is_not_ended(till, prices) -> None:
    ((row, _state),) = prices.rows(tea(till))
    assert row.priority == SHELF
    change = prices.end_now(tea(till), row.price_id)
    assert refusal(store, till, change).key == "price_last"


def test_a_box_without_its_own_price_costs_its_pieces_again(till, prices) -> None:
    box = unit_of(till.counter, BOX)
    ((row, _state),) = prices.rows(box.unit_id)
    store(till, prices.end_now(box.unit_id, row.price_id))
    assert unit_of(till.counter, BOX).price.minor == 24 * 350


def test_who_may_not_needs_an_approval(till, prices) -> None:
    sign_on(till.counter, CASHIER)
    with pytest.raises(ApprovalNeeded):
        prices.schedule(PriceDraft(tea(till), 5))
    assert not till.counter.desk.session.cashier.may(Permission.PRICES)


def test_the_list_of_a_day_says_what_changes_and_from_what(till, prices) -> None:
    store(till, prices.schedule(PriceDraft(tea(till), 990, later(HOUR), later(7200))))
    store(till, prices.schedule(PriceDraft(tea(till), 1280, later(3 * 3600))))
    store(till, prices.schedule(PriceDraft(tea(till), 1500, later(24 * HOUR))))
    moves = [(x.at, x.before_minor, x.after_minor) for x in prices.coming()]
    assert moves == [
        (later(HOUR), 1280, 990),
        (later(2 * HOUR), 990, 1280),
        (later(24 * HOUR), 1280, 1500),
    ]
    assert len(prices.moves(date(2026, 11, 21))) == 2
    assert len(prices.moves(date(2026, 11, 22))) == 1
    assert prices.moves(date(2026, 11, 23)) == ()


def test_a_clock_that_went_back_takes_no_price_back(till, prices) -> None:
    store(till, prices.schedule(PriceDraft(tea(till), 990, later(60))))
    till.options.clock.set(later(61))
    sell(till.counter, TEA)
    till.options.clock.set(NOON)
    assert in_force(till) == 990


@pytest.mark.parametrize(
    ("local", "utc", "oddity"),
    [
        ("2026-03-29T01:59:00", "2026-03-29T00:59:00Z", Oddity.NONE),
        ("2026-03-29T02:00:00", "2026-03-29T01:00:00Z", Oddity.SKIPPED),
        ("2026-03-29T02:30:00", "2026-03-29T01:00:00Z", Oddity.SKIPPED),
        ("2026-03-29T03:00:00", "2026-03-29T01:00:00Z", Oddity.NONE),
        ("2026-10-25T02:30:00", "2026-10-25T00:30:00Z", Oddity.TWICE),
        ("2026-10-25T03:00:00", "2026-10-25T02:00:00Z", Oddity.NONE),
    ],
)
def test_a_time_that_clocks_skip_or_repeat_has_one_meaning(local, utc, oddity) -> None:
    found = wall_time(datetime.fromisoformat(local), ZoneInfo("Europe/Berlin"))
    assert (str(found.moment), found.oddity) == (
        str(Timestamp.parse(utc)),
        oddity,
    )
