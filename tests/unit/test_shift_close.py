"""The blind close: stored before anything is shown, and it waits for nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.shift import CashCount
from pos_app.domain.shift_totals import Tally, TotalKind
from pos_app.services.counter import Counter
from pos_app.services.replay import ReplayClock
from pos_app.values.times import Timestamp
from tests.builders_drawer import (
    approved,
    cash,
    close_shift,
    drawer_shop,
    expected_minor,
)
from tests.counter_shop import (
    CASHIER,
    MANAGER,
    NOON,
    SUPERVISOR,
    TEA,
    journal_kinds,
    opened,
    prove,
    query,
    refusal,
    sell,
    sign_on,
)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(drawer_shop(tmp_path)) as opened_till:
        yield opened_till
        prove(opened_till)


@pytest.fixture
def counter(till: Till) -> Counter:
    return till.counter


def refused(future_of, *what) -> str:
    return refusal(lambda: future_of(*what).result()).key


def test_a_count_is_stored_with_what_was_expected_then(till, counter) -> None:
    sell(counter)
    count = counter.shift.count(cash(1200)).result()
    assert (count.position, count.expected_minor, count.difference_minor) == (
        1,
        1280,
        -80,
    )
    assert journal_kinds(till)[-1] == "ShiftCounted"
    assert counter.shift.counts() == (count,)


def test_one_recount_is_kept_beside_the_first_and_no_third(counter) -> None:
    sell(counter)
    counter.shift.count(cash(1200)).result()
    second = counter.shift.count(cash(1280)).result()
    assert (second.position, second.difference_minor) == (2, 0)
    assert refused(counter.shift.count, cash(1000)) == "shift_counted_twice"
    close = counter.shift.close(0).result()
    assert [each.difference_minor for each in close.counts] == [-80, 0]
    assert close.difference_minor == 0


def test_nothing_is_closed_before_it_was_counted(counter) -> None:
    assert refused(counter.shift.close, 0) == "shift_not_open"
    sell(counter)
    assert refused(counter.shift.close, 0) == "shift_not_counted"
    assert counter.shift.current() is not None


def test_a_z_says_where_the_cash_went(till, counter) -> None:
    counter.shift.open(cash(50_000)).result()
    sell(counter)
    sell(counter)
    counter.shift.count(cash(52_000)).result()
    head = query(till, "SELECT hash FROM journal ORDER BY epoch, seq")[-1][0].hex()
    close = counter.shift.close(50_000, bag="B-1").result()
    assert close.z_number == "02-AZ-000001"
    assert (close.expected_minor, close.counted_minor) == (52_560, 52_000)
    assert (close.difference_minor, close.removed_minor) == (-560, 2000)
    assert (close.first_number, close.last_number) == ("02-A-000001", "02-A-000002")
    assert (close.chain_head, close.clock_suspect) == (head, False)
    assert (close.needs_review, close.bag) == (False, "B-1")
    sums = Tally(close.totals)
    assert sums.amount_minor(TotalKind.OVER_SHORT, "closing") == -560
    assert sums.amount_minor(TotalKind.TO_SAFE) == 2000
    assert sums.expected_minor == 50_000
    assert till.ledger.shifts.close_of(close.shift.shift_id) == close
    assert counter.shift.closes() == (close,)
    assert counter.shift.current() is None
    money = query(
        till, "SELECT amount_minor FROM money_balance WHERE tender_key='cash'"
    )
    assert money[0][0] == 50_000


def test_a_drawer_without_a_sale_is_closed_too(counter) -> None:
    counter.shift.open(cash(1000)).result()
    close = close_shift(counter, left_minor=1000)
    assert (close.first_number, close.last_number) == ("", "")


def test_what_is_sold_after_the_count_is_carried_on(counter) -> None:
    sell(counter)
    counter.shift.count(cash(1300)).result()
    sell(counter)
    close = counter.shift.close(0).result()
    assert (close.expected_minor, close.counted_minor) == (2560, 2580)
    assert close.difference_minor == 20


def test_no_more_can_stay_than_was_counted(counter) -> None:
    sell(counter)
    counter.shift.count(cash(1200)).result()
    error = refusal(lambda: counter.shift.close(1210).result())
    assert (error.key, error.params) == ("float_too_large", {"counted_minor": 1200})
    assert refused(counter.shift.close, -10) == "float_too_large"
    assert counter.shift.current() is not None


def test_an_open_basket_is_settled_first(counter) -> None:
    sell(counter)
    counter.sale.scan(TEA)
    counter.shift.count(cash(1280)).result()
    assert refused(counter.shift.close, 0) == "shift_basket_open"
    assert counter.sale.basket.lines
    counter.checkout.void_sale("customer_left").result()
    counter.checkout.finished()
    counter.shift.close(0).result()


def test_parked_sales_are_carried_over_knowingly(counter) -> None:
    sell(counter)
    counter.sale.scan(TEA)
    parked = counter.park.park().result()
    counter.park.settled()
    counter.shift.count(cash(1280)).result()
    error = refusal(lambda: counter.shift.close(0).result())
    assert (error.key, error.params) == (
        "shift_parked_waiting",
        {"count": 1, "numbers": "1"},
    )
    assert refused(counter.shift.close, 0, ("02-AR-000009",)) == "shift_parked_waiting"
    close = counter.shift.close(0, (parked.number,)).result()
    assert close.carried == (parked.number,)
    counter.park.resume(parked.sale.basket.basket_id).result()


def test_a_large_difference_waits_for_a_review_and_holds_nobody_up(counter) -> None:
    sell(counter)
    close = close_shift(counter, off_minor=2000)
    shift_id = close.shift.shift_id
    assert close.needs_review
    assert counter.shift.waiting_reviews() == (close,)
    assert refusal(counter.shift.review, shift_id).key == "not_permitted"
    sign_on(counter, SUPERVISOR)
    review = counter.shift.review(shift_id, "found in the bag").result()
    assert (review.reviewed_by_name, review.note) == ("supervisor", "found in the bag")
    assert counter.shift.waiting_reviews() == ()
    assert refused(counter.shift.review, shift_id) == "review_unknown"


def test_whoever_counted_does_not_review(counter) -> None:
    sign_on(counter, SUPERVISOR)
    sell(counter)
    close = close_shift(counter, off_minor=-1010)
    assert refused(counter.shift.review, close.shift.shift_id) == "review_by_counter"
    sign_on(counter, CASHIER)
    review = counter.shift.review
    error = refusal(approved, counter, SUPERVISOR, review, close.shift.shift_id)
    assert error.key == "review_by_counter"
    approved(counter, MANAGER, review, close.shift.shift_id).result()


def test_a_small_difference_needs_no_review(counter) -> None:
    sell(counter)
    close = close_shift(counter, off_minor=1000)
    assert not close.needs_review
    sign_on(counter, SUPERVISOR)
    assert refused(counter.shift.review, close.shift.shift_id) == "review_unknown"


def test_somebody_elses_shift_needs_the_permission_for_that(counter) -> None:
    sign_on(counter, SUPERVISOR)
    counter.shift.open(cash(1000)).result()
    sign_on(counter, CASHIER)
    assert refusal(counter.shift.count, cash(1000)).key == "not_permitted"
    approved(counter, MANAGER, counter.shift.count, cash(1000)).result()
    close = counter.shift.close(0).result()  # what was approved covers the close
    assert (close.closed_by_name, close.shift.opened_by_name) == (
        "cashier",
        "supervisor",
    )


def test_the_tills_shift_that_opened_by_itself_is_nobodys(counter) -> None:
    sign_on(counter, SUPERVISOR)
    sell(counter)
    cashier = sign_on(counter, CASHIER)
    close = close_shift(counter)
    assert close.closed_by == cashier.staff_id != close.shift.opened_by


def test_a_z_is_printed_again_as_a_marked_copy(till, counter) -> None:
    sell(counter)
    close = close_shift(counter)
    shift_id = close.shift.shift_id
    assert refusal(counter.shift.reprint_z, "nothing").key == "shift_not_closed"
    counter.shift.reprint_z(shift_id).result()
    copies = [
        job.copy_number
        for job in till.ledger.print_jobs_of(shift_id)
        if job.kind == "z_report"
    ]
    assert copies == [0, 1]
    original, copied = (
        job.layout
        for job in till.ledger.print_jobs_of(shift_id)
        if job.kind == "z_report"
    )
    assert counter.shift.z_layout(close) == original
    assert len(copied.blocks) == len(original.blocks) + 1


def test_a_day_that_ends_after_midnight_keeps_its_business_day(tmp_path: Path) -> None:
    clock = ReplayClock(Timestamp.parse("2026-11-21T23:50:00+08:00"))
    with opened(drawer_shop(tmp_path), clock) as till:
        counter = till.counter
        sell(counter)
        clock.set(Timestamp.parse("2026-11-22T00:30:00+08:00"))
        close = close_shift(counter)
        assert close.business_day == close.shift.business_day
        clock.set(Timestamp.parse("2026-11-22T08:00:00+08:00"))
        sell(counter)
        assert str(counter.shift.current().business_day) == "2026-11-22"
        prove(till)


def test_a_clock_that_went_back_is_said_and_loses_nothing(tmp_path: Path) -> None:
    clock = ReplayClock(NOON)
    with opened(drawer_shop(tmp_path), clock) as till:
        counter = till.counter
        sell(counter)
        clock.set(Timestamp(NOON.unix_ms - 3_600_000))
        sell(counter)
        close = close_shift(counter)
        assert close.clock_suspect
        assert close.last_number == "02-A-000002"
        assert close.closed_at >= close.shift.opened_at
        prove(till)


def test_after_a_crash_between_count_and_close_all_is_as_it_was(tmp_path: Path) -> None:
    folder = drawer_shop(tmp_path)
    with opened(folder) as till:
        sell(till.counter)
        till.counter.shift.count(cash(1000)).result()
        shift = till.counter.shift.current()
    with opened(folder) as till:
        counter = till.counter
        assert counter.shift.current() == shift
        [count] = counter.shift.counts()
        assert count.difference_minor == -280
        assert counter.shift.close(0).result().difference_minor == -280
        prove(till)


def test_two_closes_at_once_make_one_z(counter) -> None:
    sell(counter)
    counter.shift.count(cash(1280)).result()
    futures = [counter.shift.close(0), counter.shift.close(0)]
    assert futures[0].result().z_number == "02-AZ-000001"
    assert refusal(futures[1].result).key == "shift_closed"


def test_an_empty_count_is_a_count(counter) -> None:
    sell(counter)
    counter.shift.count(CashCount(())).result()
    close = counter.shift.close(0).result()
    assert (close.counted_minor, close.difference_minor) == (0, -1280)
    assert expected_after(counter, close.shift.shift_id) == 0


def expected_after(counter: Counter, shift_id: str) -> int:
    return counter.desk.ledger.shifts.expected_minor(shift_id)


def test_the_next_shift_finds_what_was_left(counter) -> None:
    sell(counter)
    close_shift(counter, left_minor=1000)
    sell(counter)
    assert expected_minor(counter) == 2280
