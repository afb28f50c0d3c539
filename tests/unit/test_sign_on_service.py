"""Who may sell: PINs, badges, locks that outlive a restart, a clock that went back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.services.counter import Counter
from pos_app.services.credentials import Credentials, is_badge
from pos_app.services.replay import ReplayClock
from pos_app.values.times import Timestamp
from tests.counter_shop import (
    BADGES,
    CASHIER,
    MANAGER,
    NOON,
    PINS,
    SUPERVISOR,
    TEA,
    TRAINEE,
    fresh_shop,
    journal_kinds,
    lines_of,
    opened,
    pay_cash,
    prove,
    query,
    refusal,
    sell,
    sign_on,
)


@pytest.fixture
def till(tmp_path: Path, clock: ReplayClock) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), clock, number=None) as opened_till:
        yield opened_till


@pytest.fixture
def counter(till: Till) -> Counter:
    return till.counter


def staff_id(counter: Counter, number: str) -> str:
    return counter.sign_on.by_number(number).staff_id


def try_pin(counter: Counter, number: str, pin: str) -> tuple[str, object]:
    error = refusal(counter.sign_on.with_pin, staff_id(counter, number), pin)
    return error.key, error.params.get("tries_left", error.params.get("seconds"))


@pytest.mark.parametrize("number", [CASHIER, SUPERVISOR, MANAGER, TRAINEE])
def test_the_right_pin_signs_on(till: Till, counter: Counter, number: str) -> None:
    staff = counter.sign_on.with_pin(staff_id(counter, number), PINS[number])
    assert counter.desk.session.staff == staff
    row = query(till, "SELECT kind, actor FROM journal")[0]
    assert tuple(row) == ("SignedOn", staff.staff_id)


@pytest.mark.parametrize("pin", ["", "1112", "11111", "٢٢٢٢", "\ud83d", "x" * 10_000])
def test_a_wrong_pin_does_not(till: Till, counter: Counter, pin: str) -> None:
    assert try_pin(counter, CASHIER, pin) == ("pin_wrong", 4)
    assert counter.desk.session.staff is None
    assert journal_kinds(till) == ["SignOnFailed"]


def test_no_pin_ever_reaches_the_journal(till: Till, counter: Counter) -> None:
    try_pin(counter, CASHIER, "876543")
    counter.sign_on.with_pin(staff_id(counter, CASHIER), PINS[CASHIER])
    sell(counter)
    bodies = query(till, "SELECT plain(canonical) FROM journal")
    assert not any("876543" in row[0] or BADGES[CASHIER] in row[0] for row in bodies)


def test_strangers_are_not_known(counter: Counter) -> None:
    assert refusal(counter.sign_on.by_number, "7777").key == "staff_unknown"
    assert refusal(counter.sign_on.with_pin, "nobody", "1111").key == "staff_unknown"
    for code in ("", "GTB-unknown-000000", "\ud83d", "6901234567892"):
        assert refusal(counter.sign_on.with_badge, code).key == "badge_unknown"


def test_five_wrong_pins_lock_for_thirty_seconds_and_then_twice_as_long(
    counter: Counter, clock: ReplayClock
) -> None:
    tries = [try_pin(counter, CASHIER, "0000") for _ in range(5)]
    assert tries == [("pin_wrong", left) for left in (4, 3, 2, 1)] + [
        ("pin_locked", 30)
    ]
    assert try_pin(counter, CASHIER, PINS[CASHIER]) == ("pin_locked", 30)
    clock.set(clock.now().plus_seconds(29))
    assert try_pin(counter, CASHIER, PINS[CASHIER]) == ("pin_locked", 1)
    for seconds in (60, 120, 240):
        clock.set(clock.now().plus_seconds(3600))
        assert try_pin(counter, CASHIER, "0000") == ("pin_locked", seconds)
    clock.set(clock.now().plus_seconds(240))
    counter.sign_on.with_pin(staff_id(counter, CASHIER), PINS[CASHIER])
    counter.sign_on.sign_off()
    assert try_pin(counter, CASHIER, "0000") == ("pin_wrong", 4), "success forgives"


def test_a_lock_binds_one_person_only(counter: Counter) -> None:
    for _ in range(5):
        try_pin(counter, CASHIER, "0000")
    assert refusal(counter.sign_on.with_badge, BADGES[CASHIER]).key == "pin_locked"
    counter.sign_on.with_pin(staff_id(counter, MANAGER), PINS[MANAGER])


def test_a_lock_outlives_the_program(tmp_path: Path, clock: ReplayClock) -> None:
    folder = fresh_shop(tmp_path)
    with opened(folder, clock, number=None) as till:
        for _ in range(3):
            try_pin(till.counter, CASHIER, "0000")
    with opened(folder, clock, number=None) as till:
        assert try_pin(till.counter, CASHIER, "0000") == ("pin_wrong", 1)
        assert try_pin(till.counter, CASHIER, "0000") == ("pin_locked", 30)
    clock.set(clock.now().plus_seconds(10))
    with opened(folder, clock, number=None) as till:
        assert try_pin(till.counter, CASHIER, PINS[CASHIER]) == ("pin_locked", 20)


def test_setting_the_clock_back_does_not_lengthen_a_lock_for_ever(
    counter: Counter, clock: ReplayClock
) -> None:
    clock.set(Timestamp.parse("2031-01-01T12:00:00+08:00"))  # it ran ahead
    for _ in range(5):
        try_pin(counter, CASHIER, "0000")
    clock.set(NOON)
    counter.sign_on.with_pin(staff_id(counter, MANAGER), PINS[MANAGER])
    counter.sign_on.confirm_clock()
    counter.sign_on.sign_off()
    assert try_pin(counter, CASHIER, PINS[CASHIER]) == ("pin_locked", 30)
    clock.set(NOON.plus_seconds(31))
    counter.sign_on.with_pin(staff_id(counter, CASHIER), PINS[CASHIER])


def test_a_badge_alone_signs_cashiers_on(counter: Counter) -> None:
    assert is_badge(BADGES[CASHIER])
    assert counter.sign_on.with_badge(BADGES[CASHIER]).number == CASHIER
    assert counter.desk.session.cashier.number == CASHIER


@pytest.mark.parametrize("number", [SUPERVISOR, MANAGER])
def test_a_supervisors_badge_wants_the_pin_too(
    till: Till, counter: Counter, number: str
) -> None:
    error = refusal(counter.sign_on.with_badge, BADGES[number])
    assert error.key == "badge_needs_pin"
    assert counter.desk.session.staff is None
    assert journal_kinds(till) == []
    signed = counter.sign_on.with_pin(str(error.params["staff_id"]), PINS[number])
    assert counter.desk.session.staff == signed
    assert signed.number == number


def test_signing_off_keeps_the_basket(till: Till, counter: Counter) -> None:
    sign_on(counter, CASHIER)
    counter.sale.scan(TEA)
    on_screen = counter.sale.current
    counter.sign_on.sign_off("lock")
    counter.sign_on.sign_off("lock")
    assert counter.desk.session.staff is None
    assert counter.sale.current == on_screen
    till.ledger.flush()
    assert till.ledger.open_sale() == on_screen
    assert journal_kinds(till) == ["SignedOff"]
    counter.sign_on.with_badge(BADGES[CASHIER])
    assert pay_cash(counter).priced.total_minor == 1280


def test_cashiers_switch_without_signing_off(counter: Counter) -> None:
    counter.sign_on.with_badge(BADGES[CASHIER])
    counter.sale.scan(TEA)
    counter.sign_on.with_badge(BADGES[TRAINEE])
    assert counter.desk.session.cashier.number == TRAINEE
    assert lines_of(counter) == [("茉莉花茶", 1)]
    refused = refusal(counter.sign_on.with_badge, BADGES[MANAGER])
    assert refused.key == "badge_needs_pin"
    assert counter.desk.session.cashier.number == TRAINEE


def test_pins_are_hashed_slowly_with_a_pepper() -> None:
    one, other = Credentials(b"1" * 32, b"k" * 32), Credentials(b"2" * 32, b"k" * 32)
    hashed = one.hash_pin("2580")
    assert hashed.startswith("$argon2id$")
    assert hashed != one.hash_pin("2580")
    assert one.pin_matches(hashed, "2580")
    assert not one.pin_matches(hashed, "2581")
    assert not other.pin_matches(hashed, "2580")
    assert not one.pin_matches("", "2580")
    for shape in ("123", "123456789", "12a4", "１２３４", ""):
        assert refusal(one.hash_pin, shape).key == "pin_shape"


# -------------------------------------------------------------------- the clock


def test_a_clock_that_went_back_sells_on_at_the_last_moment(
    tmp_path: Path, clock: ReplayClock
) -> None:
    folder = fresh_shop(tmp_path)
    with opened(folder, clock) as till:
        last = sell(till.counter).ended_at
        assert not till.ledger.last_sale().clock_suspect
    clock.set(NOON.plus_seconds(-7200))
    with opened(folder, clock) as till:
        counter = till.counter
        assert counter.desk.clock.is_suspect
        sales = [sell(counter) for _ in range(3)]
        assert all(sale.clock_suspect for sale in sales)
        assert [sale.ended_at for sale in sales] == [last] * 3
        counter.sign_on.with_badge(BADGES[CASHIER])
        assert journal_kinds(till).count("ClockWentBack") == 1
    with opened(folder, clock) as till:
        sell(till.counter)
        assert journal_kinds(till).count("ClockWentBack") == 1
        prove(till)


def test_a_clock_that_caught_up_stays_suspect_until_a_manager_looks(
    tmp_path: Path, clock: ReplayClock
) -> None:
    folder = fresh_shop(tmp_path)
    with opened(folder, clock) as till:
        sell(till.counter)
        clock.set(NOON.plus_seconds(-7200))
        assert sell(till.counter).clock_suspect
        clock.set(NOON.plus_seconds(60))
        assert sell(till.counter).clock_suspect
    with opened(folder, clock) as till:
        counter = till.counter
        assert sell(counter).clock_suspect, "durable over a restart"
        assert refusal(counter.sign_on.confirm_clock).key == "not_permitted"
        sign_on(counter, MANAGER)
        counter.sign_on.confirm_clock()
        assert not counter.desk.clock.is_suspect
        assert not sell(counter).clock_suspect
    with opened(folder, clock) as till:
        assert not sell(till.counter).clock_suspect
        kinds = journal_kinds(till)
        assert [kinds.count(x) for x in ("ClockWentBack", "ClockConfirmed")] == [1, 1]


def test_a_manager_brings_a_clock_back_that_ran_ahead(
    tmp_path: Path, clock: ReplayClock
) -> None:
    folder = fresh_shop(tmp_path)
    clock.set(Timestamp.parse("2030-05-05T12:00:00+08:00"))
    with opened(folder, clock, number=MANAGER) as till:
        sell(till.counter)
        clock.set(NOON)
        assert sell(till.counter).business_day == date(2030, 5, 5)
        till.counter.sign_on.confirm_clock()
        for _ in range(20):  # no late word of an older entry undoes it
            assert till.counter.desk.clock.now() == NOON
        sale = sell(till.counter)
        assert (sale.business_day, sale.clock_suspect) == (date(2026, 11, 21), False)
        till.ledger.flush()
        assert till.counter.desk.clock.now() == NOON
    with opened(folder, clock) as till:
        assert not till.counter.desk.clock.is_suspect
        clock.set(NOON.plus_seconds(-60))
        assert sell(till.counter).clock_suspect, "the next time it is noticed again"
        assert journal_kinds(till).count("ClockWentBack") == 2
        prove(till)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-11-21T23:59:59+08:00", date(2026, 11, 21)),
        ("2026-11-22T00:00:00+08:00", date(2026, 11, 21)),
        ("2026-11-22T03:59:59+08:00", date(2026, 11, 21)),
        ("2026-11-22T04:00:00+08:00", date(2026, 11, 22)),
        ("2026-11-21T20:00:00Z", date(2026, 11, 22)),
    ],
)
def test_the_business_day_begins_at_its_hour(counter, clock, at: str, day) -> None:
    clock.set(Timestamp.parse(at))
    sign_on(counter, CASHIER)
    assert sell(counter).business_day == day


def test_a_sale_belongs_to_the_day_it_began_on(
    tmp_path: Path, clock: ReplayClock
) -> None:
    folder = fresh_shop(tmp_path)
    clock.set(Timestamp.parse("2026-11-22T03:59:00+08:00"))
    with opened(folder, clock) as till:
        till.counter.sale.scan(TEA)
    clock.set(Timestamp.parse("2026-11-22T04:01:00+08:00"))
    with opened(folder, clock) as till:
        assert pay_cash(till.counter).business_day == date(2026, 11, 21)
        assert sell(till.counter).business_day == date(2026, 11, 22)
