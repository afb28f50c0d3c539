"""Lot, serial number and dates stay with the line; expired goods are not sold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.codec import intent_from_plain, intent_to_plain, to_plain
from pos_app.domain.open_sale import AddLine
from pos_app.domain.permission import Approval, Permission
from pos_app.domain.trace import NO_TRACE, Trace
from pos_app.services.counter import Counter
from pos_app.services.replay import ReplayClock
from pos_app.services.scan_result import Outcome
from pos_app.services.session import ApprovalNeeded
from pos_app.services.traced_goods import shop_today, trace_of
from pos_app.values.times import Timestamp
from tests.counter_shop import (
    CASHIER,
    MANAGER,
    NOON,
    TEA,
    fresh_shop,
    journal_kinds,
    opened,
    pay_cash,
    query,
    refusal,
    sign_on,
)

GS = "\x1d"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path)) as opened_till:
        yield opened_till


@pytest.fixture
def counter(till: Till) -> Counter:
    return till.counter


def code(
    counter: Counter,
    *,
    days: int | None = None,
    best: int | None = None,
    rest: str = "",
) -> str:
    """A GS1-128 of tea whose dates lie so many days from today."""
    today = shop_today(counter.desk)
    dates = "".join(
        ai + (today + timedelta(gap)).strftime("%y%m%d")
        for ai, gap in (("17", days), ("15", best))
        if gap is not None
    )
    return f"]C101{TEA.rjust(14, '0')}{dates}{rest}"


def test_lot_serial_number_and_dates_are_kept_with_the_sold_line(
    counter: Counter,
) -> None:
    scanned = code(counter, days=30, rest=f"10L-7{GS}21S01")
    counter.sale.scan(scanned)
    use_by = shop_today(counter.desk) + timedelta(30)
    trace = Trace("L-7", "S01", use_by)
    assert counter.sale.basket is not None
    assert counter.sale.basket.lines[0].trace == trace
    sale = pay_cash(counter)
    assert sale.lines[0].trace == trace
    stored = counter.desk.ledger.sale(sale.sale_id)
    assert stored is not None
    assert stored.lines[0].trace == trace


def test_a_sale_that_was_kept_before_there_were_traces_is_read(
    counter: Counter,
) -> None:
    counter.sale.scan(TEA)
    assert counter.sale.basket is not None
    kind, body = intent_to_plain(AddLine(counter.sale.basket.lines[0], merge=True))
    del body["line"]["trace"]
    again = intent_from_plain(kind, body)
    assert isinstance(again, AddLine)
    assert again.line.trace == NO_TRACE
    assert "trace" in to_plain(again)["line"]


def test_pieces_of_one_lot_share_a_line_other_lots_and_serial_numbers_do_not(
    counter: Counter,
) -> None:
    for rest in ("10A", "10A", "10B", "21X", "21X"):
        counter.sale.scan(code(counter, rest=rest))
    assert counter.sale.basket is not None
    counts = [line.quantity for line in counter.sale.basket.lines]
    assert counts == [Decimal(2), Decimal(1), Decimal(1), Decimal(1)]


def test_goods_past_their_use_by_date_are_refused_and_journalled(
    till: Till, counter: Counter
) -> None:
    error = refusal(counter.sale.scan, code(counter, days=-1, rest="10L"))
    assert error.key == "goods_expired"
    assert error.params["day"] == (shop_today(counter.desk) - timedelta(1)).isoformat()
    assert counter.sale.basket is None
    counter.desk.store_backlog().result(30)
    assert "ExpiredGoods" in journal_kinds(till)


def test_on_their_last_day_goods_are_sold(counter: Counter) -> None:
    assert counter.sale.scan(code(counter, days=0)).outcome is Outcome.ADDED


def test_a_code_that_nobody_knows_is_refused_when_it_has_expired(
    counter: Counter,
) -> None:
    unknown = code(counter, days=-1).replace(TEA, "4006381333931")
    assert refusal(counter.sale.scan, unknown).key == "goods_expired"


def test_the_cashier_needs_somebody_to_sell_expired_goods(
    till: Till, counter: Counter
) -> None:
    sign_on(counter, CASHIER)
    expired = code(counter, days=-2)
    with pytest.raises(ApprovalNeeded) as needed:
        counter.sale.scan(expired, expired_too=True)
    assert needed.value.demand.action is Permission.STOCK_ADJUST
    cashier = counter.desk.session.cashier
    manager = next(x for x in counter.desk.catalog.staff() if x.number == MANAGER)
    counter.desk.session.approve(
        Approval(
            "a1",
            needed.value.demand,
            cashier.staff_id,
            manager.staff_id,
            "",
            counter.desk.clock.now(),
        )
    )
    assert counter.sale.scan(expired, expired_too=True).outcome is Outcome.ADDED
    counter.desk.store_backlog().result(30)
    bodies = query(till, "SELECT canonical FROM journal WHERE kind = 'ExpiredGoods'")
    assert any(manager.staff_id in str(body) for body in bodies)
    with pytest.raises(ApprovalNeeded):  # once
        counter.sale.scan(expired, expired_too=True)


def test_where_the_shop_only_warns_expired_goods_are_sold_with_a_word(
    counter: Counter,
) -> None:
    counter.desk.settings.change(counter.desk.stamp(), block_expired=False)
    result = counter.sale.scan(code(counter, days=-1))
    assert result.traced is not None
    assert (result.outcome, result.traced.warns) == (Outcome.ADDED, "expired")


def test_past_best_before_is_a_word_and_no_refusal(counter: Counter) -> None:
    result = counter.sale.scan(code(counter, best=-1))
    assert result.traced is not None
    assert (result.outcome, result.traced.warns) == (Outcome.ADDED, "past_best")


@pytest.mark.parametrize(
    "form",
    [
        "]C101{gtin}17{late}",
        "]d201{gtin}17{late}10L",
        "]e001{gtin}17{late}",
        "]Q3" + "01{gtin}17{late}",
        "01{gtin}17{late}",
        "https://id.gs1.org/01/{gtin}/10/L?17={late}",
        "https://shop.example/01/{gtin}?17={late}",
        "]C101{gtin}7003{late}1200",
        "]C101{gtin}10L\x1d17{late}",
    ],
)
def test_expired_goods_are_found_in_every_form_of_a_code(
    counter: Counter, form: str
) -> None:
    late = (shop_today(counter.desk) - timedelta(3)).strftime("%y%m%d")
    scanned = form.format(gtin=TEA.rjust(14, "0"), late=late)
    assert refusal(counter.sale.scan, scanned).key == "goods_expired"


def test_digits_that_biip_reads_as_something_else_are_an_item_or_an_error(
    counter: Counter,
) -> None:
    # biip alone reads these as "order number" and "serial number".
    today = shop_today(counter.desk)
    for wrong in ("4006381333932", "2112345015009"):
        assert trace_of(wrong, today) == NO_TRACE


def test_plain_goods_have_no_trace(counter: Counter) -> None:
    result = counter.sale.scan(TEA)
    assert result.traced is not None
    assert result.traced.trace == NO_TRACE


@pytest.fixture
def night(tmp_path: Path, clock: ReplayClock) -> Iterator[Counter]:
    """A counter whose clock the test sets."""
    with opened(fresh_shop(tmp_path), clock) as till:
        yield till.counter


def test_goods_that_expire_while_their_sale_waits_are_not_paid_for(
    night: Counter, clock: ReplayClock
) -> None:
    """Parked on its last day, or left open over night."""
    night.sale.scan(code(night, days=0))
    clock.set(Timestamp(NOON.unix_ms + 24 * 3_600_000))

    error = refusal(night.checkout.take, "cash", None)
    assert error.key == "goods_expired_since"

    assert night.sale.basket is not None
    sign_on(night, MANAGER)
    night.sale.remove_line(night.sale.basket.lines[0].line_id)
    night.sale.scan(TEA)
    assert pay_cash(night).lines


def test_a_sale_that_was_being_paid_at_midnight_is_finished(
    night: Counter, clock: ReplayClock
) -> None:
    night.sale.scan(code(night, days=0))
    night.checkout.take("cash", None)
    clock.set(Timestamp(NOON.unix_ms + 24 * 3_600_000))

    assert night.checkout.finish(print_slip=False).result(30).lines


def test_a_message_that_contradicts_itself_says_nothing(counter: Counter) -> None:
    """Of two use-by dates the later one must not sell the goods."""
    twice = code(counter, days=-1) + code(counter, days=30)[19:]
    assert trace_of(twice, shop_today(counter.desk)) == NO_TRACE
    assert counter.sale.scan(twice).outcome is Outcome.UNKNOWN
    same = code(counter, days=30) + code(counter, days=30)[19:]
    assert counter.sale.scan(same).outcome is Outcome.ADDED
