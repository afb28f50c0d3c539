"""Parked sales: nothing lost, nothing doubled, whoever resumes and whenever."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from pos_app.bootstrap import Till
from pos_app.domain.parked_sale import ParkedSale
from pos_app.persistence.catalog.opening import open_catalog
from pos_app.services.replay import ReplayClock
from pos_app.services.resumed_sale import Resumed
from pos_app.values.times import Timestamp
from tests.counter_shop import (
    CASHIER,
    COLA,
    NOON,
    SUPERVISOR,
    TEA,
    TRAINEE,
    fresh_shop,
    lines_of,
    opened,
    pay_cash,
    prove,
    query,
    refusal,
    sign_on,
)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    """Return an open till with a cashier."""
    with opened(fresh_shop(tmp_path)) as till:
        yield till
        prove(till)


def park(till: Till, *codes: str, name: str = "") -> ParkedSale:
    """Scan and park; durable when it returns."""
    for code in codes:
        till.counter.sale.scan(code)
    parked = till.counter.park.park(name).result()
    till.counter.park.settled()
    return parked


def resume(till: Till, parked: ParkedSale) -> Resumed:
    """Resume; durable when it returns."""
    done = till.counter.park.resume(parked.sale.basket.basket_id).result()
    till.counter.park.settled()
    return done


def test_a_parked_sale_leaves_the_till_empty_and_comes_back_whole(till: Till) -> None:
    parked = park(till, TEA, COLA, COLA, name="白衬衫女士")
    assert till.counter.sale.current is None
    assert (parked.number, parked.short_number) == ("02-AR-000001", "1")
    assert (parked.total_minor, parked.item_count) == (1980, 3)
    assert [each.name for each in till.counter.park.all()] == ["白衬衫女士"]
    done = resume(till, parked)
    assert (done.changed_lines, done.difference_minor) == (0, 0)
    assert lines_of(till.counter) == [("茉莉花茶", Decimal(1)), ("可乐", Decimal(2))]
    assert till.counter.park.count() == 0
    assert pay_cash(till.counter).priced.total_minor == 1980
    till.ledger.flush()
    chain = query(till, "SELECT kind FROM journal ORDER BY epoch, seq")
    kinds = [row[0] for row in chain if row[0].startswith("Sale")]
    assert kinds == ["SaleParked", "SaleResumed", "SaleCompleted"]


def test_several_are_parked_and_sales_go_on_between(till: Till) -> None:
    first = park(till, TEA)
    second = park(till, COLA)
    till.counter.sale.scan(TEA)
    pay_cash(till.counter)
    assert [x.number for x in till.counter.park.all()] == [first.number, second.number]
    resume(till, second)
    till.counter.sale.scan(TEA)
    assert pay_cash(till.counter).priced.total_minor == 1630
    resume(till, first)
    till.counter.sale.scan(COLA)
    till.counter.sale.scan(COLA)
    assert pay_cash(till.counter).priced.total_minor == 1980


def test_a_sale_may_be_parked_and_resumed_again_and_again(till: Till) -> None:
    parked = park(till, TEA)
    for turn in range(2, 5):
        resume(till, parked)
        parked = park(till, COLA)
        assert parked.number == f"02-AR-00000{turn}"
    assert parked.total_minor == 1280 + 3 * 350


def test_an_empty_basket_is_not_parked_nor_one_with_money(till: Till) -> None:
    service = till.counter.park
    assert refusal(service.park).key == "basket_empty"
    till.counter.sale.scan(TEA)
    till.counter.checkout.take("cash", 500)
    assert refusal(service.park).key == "money_already_taken"
    assert till.counter.sale.current is not None


def test_a_trainee_may_not_park(till: Till) -> None:
    till.counter.sale.scan(TEA)
    sign_on(till.counter, TRAINEE)
    assert refusal(till.counter.park.park).key == "not_permitted"
    assert lines_of(till.counter) == [("茉莉花茶", Decimal(1))]


def test_a_parked_sale_is_resumed_only_into_an_empty_till(till: Till) -> None:
    parked = park(till, TEA)
    till.counter.sale.scan(COLA)
    error = refusal(till.counter.park.resume, parked.sale.basket.basket_id)
    assert error.key == "basket_not_empty"
    assert till.counter.park.count() == 1
    assert lines_of(till.counter) == [("可乐", Decimal(1))]


def test_two_windows_resume_the_same_sale_and_one_of_them_gets_it(till: Till) -> None:
    parked = park(till, TEA)
    key = parked.sale.basket.basket_id
    seen = till.counter.park.all()[0]
    one = till.ledger.submit(lambda unit: unit.parked.take(key, seen.number))
    two = till.ledger.submit(lambda unit: unit.parked.take(key, seen.number))
    assert one.exception() is None
    assert refusal(two.result).key == "parked_gone"
    assert refusal(till.counter.park.resume, key).key == "parked_gone"
    # What only one of them took is its own to keep: here, the till of this test.
    till.ledger.submit(lambda unit: unit.parked.reopen(one.result().sale)).result()


def test_a_slip_of_an_earlier_parking_takes_nothing(till: Till) -> None:
    first = park(till, TEA)
    resume(till, first)
    again = park(till)
    assert refusal(till.counter.park.by_slip, first.number).key == "parked_gone"
    stale = till.ledger.submit(
        lambda unit: unit.parked.take(first.sale.basket.basket_id, first.number)
    )
    assert refusal(stale.result).key == "parked_gone"
    assert till.counter.park.by_slip(again.number) == again


def test_only_a_parked_slip_is_read_as_one(till: Till) -> None:
    service = till.counter.park
    assert service.by_slip(TEA) is None
    assert service.by_slip("02-A-000001") is None
    assert refusal(service.by_slip, "07-AR-000001").key == "parked_elsewhere"
    assert refusal(service.by_slip, "02-AR-000099").key == "parked_gone"


def test_red_lines_stay_red(till: Till) -> None:
    parked = park(till, TEA, "4000000000006")
    assert parked.item_count == 2
    resume(till, parked)
    assert refusal(till.counter.checkout.take, "cash", None).key == "unknown_lines"
    assert lines_of(till.counter)[1] == ("4000000000006", Decimal(1))


def test_whoever_resumes_a_sale_of_yesterday_sells_it_today(tmp_path: Path) -> None:
    clock = ReplayClock(NOON)
    with opened(fresh_shop(tmp_path), clock) as till:
        parked = park(till, TEA)
        clock.set(Timestamp.parse("2026-11-22T12:00:00+08:00"))
        other = sign_on(till.counter, SUPERVISOR)
        assert till.counter.park.age_minutes(parked) == 24 * 60
        resume(till, parked)
        sale = pay_cash(till.counter)
        assert sale.business_day.isoformat() == "2026-11-22"
        assert sale.cashier_id == other.staff_id
        assert sale.started_at == parked.sale.started_at
        days = query(till, "SELECT business_day FROM money_move")
        assert [row[0] for row in days] == ["2026-11-22"]
        prove(till)


def test_after_a_crash_parked_stays_parked_and_resumed_stays_open(
    tmp_path: Path,
) -> None:
    folder = fresh_shop(tmp_path)
    with opened(folder) as till:
        first = park(till, TEA)
        park(till, COLA)
    with opened(folder) as till:
        assert till.counter.sale.current is None
        resume(till, first)
        till.counter.sale.scan(COLA)
    with opened(folder) as till:
        assert lines_of(till.counter) == [
            ("茉莉花茶", Decimal(1)),
            ("可乐", Decimal(1)),
        ]
        assert till.counter.park.count() == 1
        till.counter.sale.scan(COLA)
        assert pay_cash(till.counter).priced.total_minor == 1980
        prove(till)


def test_prices_are_those_of_now_and_the_difference_is_told(till: Till) -> None:
    parked = park(till, TEA, COLA)
    _catalogue(
        till, "UPDATE price SET minor = 1500, price_id = 'new' WHERE minor = 1280"
    )
    done = resume(till, parked)
    assert (done.changed_lines, done.difference_minor) == (1, 220)
    assert pay_cash(till.counter).priced.total_minor == 1850


def test_goods_deleted_meanwhile_keep_the_price_they_had(till: Till) -> None:
    parked = park(till, TEA, COLA)
    _catalogue(till, "UPDATE item SET is_active = 0 WHERE sku = 'S1'")
    done = resume(till, parked)
    assert (done.changed_lines, done.difference_minor) == (0, 0)
    assert pay_cash(till.counter).priced.total_minor == 1630


def test_a_parked_sale_is_merged_into_the_open_one(till: Till) -> None:
    parked = park(till, TEA, COLA)
    till.counter.sale.scan(COLA)
    done = till.counter.park.merge(parked.sale.basket.basket_id).result()
    till.counter.park.settled()
    assert (done.changed_lines, done.difference_minor) == (0, 0)
    assert lines_of(till.counter) == [("可乐", Decimal(2)), ("茉莉花茶", Decimal(1))]
    assert till.counter.park.count() == 0
    till.counter.sale.scan(COLA)
    assert pay_cash(till.counter).priced.total_minor == 1280 + 3 * 350


def test_scans_after_a_merge_are_kept_through_a_restart(tmp_path: Path) -> None:
    folder = fresh_shop(tmp_path)
    with opened(folder) as till:
        parked = park(till, TEA)
        till.counter.sale.scan(COLA)
        till.counter.park.merge(parked.sale.basket.basket_id).result()
        for _ in range(3):
            till.counter.sale.scan(COLA)
        before = till.counter.sale.current
    with opened(folder) as till:
        after = till.counter.sale.current
        assert after is not None
        assert before is not None
        assert after.basket.lines == before.basket.lines


def test_a_parked_sale_is_given_up_with_a_reason(till: Till) -> None:
    parked = park(till, TEA)
    key = parked.sale.basket.basket_id
    service = till.counter.park
    assert refusal(service.void, key, "no such").key == "reason_unknown"
    void = service.void(key, "customer_left").result()
    assert (void.sale_id, void.total_minor) == (key, 1280)
    assert void.number == "02-AV-000001"
    assert refusal(service.void, key, "customer_left").key == "parked_gone"
    assert refusal(service.resume, key).key == "parked_gone"


def test_a_parked_sale_is_given_other_words_but_no_payment_code(till: Till) -> None:
    parked = park(till, TEA, name="A")
    service = till.counter.park
    service.rename(parked.sale.basket.basket_id, " 退休阿姨 \x00").result()
    assert service.all()[0].name == "退休阿姨"
    error = refusal(service.rename, parked.sale.basket.basket_id, "4111111111111111")
    assert error.key == "note_holds_payment_code"
    assert refusal(service.rename("gone", "x").result).key == "parked_gone"
    assert "退休阿姨" not in str(query(till, "SELECT plain(canonical) FROM journal"))


def test_the_till_of_a_former_cashier_is_parked_by_the_one_who_is_there(
    till: Till,
) -> None:
    till.counter.sale.scan(TEA)
    there = sign_on(till.counter, SUPERVISOR)
    parked = park(till)
    assert parked.parked_by == there.staff_id
    first = till.counter.sign_on.by_number(CASHIER)
    assert parked.sale.cashier_id == first.staff_id


def _catalogue(till: Till, statement: str) -> None:
    """Change the catalogue as an import beside the till does."""
    engine = open_catalog(till.folder.catalog, till.ring.catalog_key)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
