"""A fact is stored whole or not at all, and what the screen shows is never lost."""

from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.domain.journal import EntryKind
from pos_app.domain.sale import DocumentKind
from pos_app.errors import StorageError, UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.replay import ReplayClock
from tests import counter_shop as shop
from tests.counter_shop import (
    COLA,
    MANAGER,
    NOON,
    TEA,
    Losses,
    fill_disk,
    finish,
    fresh_shop,
    journal_kinds,
    lines_of,
    make_room,
    opened,
    pay_cash,
    prove,
    query,
    refusal,
    scan_beyond,
    sell,
    sign_on,
)


class PowerCutError(Exception):
    """Something that nobody foresaw, in the middle of a transaction."""


def count(till, table: str) -> int:
    return query(till, f"SELECT count(*) FROM {table}")[0][0]


def test_work_that_breaks_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    with opened(fresh_shop(tmp_path)) as till:
        sell(till.counter)
        before = {x: count(till, x) for x in ("journal", "number_series", "setting")}
        stamp = till.counter.desk.stamp()

        def work(unit: UnitOfWork) -> None:
            unit.next_number("02", DocumentKind.SALE)
            unit.append(EntryKind.DRAWER_OPENED, {"why": "x"}, stamp)
            unit.set_setting("half", "done")
            raise PowerCutError

        with pytest.raises(PowerCutError):
            till.counter.desk.record(work).result()
        after = {x: count(till, x) for x in ("journal", "number_series", "setting")}
        assert after == before
        assert sell(till.counter).number == "02-A-000002"
        prove(till)


def test_a_sale_that_fails_its_proof_is_not_stored(tmp_path: Path) -> None:
    from dataclasses import replace

    with opened(fresh_shop(tmp_path)) as till:
        good = sell(till.counter)
        for bad in (
            replace(good, sale_id="other", number="x", change_minor=1),
            replace(good, sale_id="other", number="x", tenders=()),
            replace(good, sale_id="other", number="x", lines=()),
            replace(good, sale_id="other", number="x", rounding_minor=7),
        ):
            future = till.ledger.submit(lambda unit, bad=bad: unit.add_sale(bad))
            with pytest.raises(AssertionError):
                future.result()
        assert count(till, "sale") == 1
        prove(till)


def test_a_sale_is_stored_once(tmp_path: Path) -> None:
    with opened(fresh_shop(tmp_path)) as till:
        done = sell(till.counter)
        again = till.ledger.submit(lambda unit: unit.add_sale(done))
        with pytest.raises(StorageError, match="database_failed"):
            again.result()
        prove(till)


def test_intents_that_found_no_room_go_in_with_the_next(tmp_path: Path) -> None:
    losses, folder = Losses(), fresh_shop(tmp_path)
    with opened(folder, losses=losses, number=MANAGER) as till:
        counter = till.counter
        till.settings.change(counter.desk.stamp(), merge_same_items=False)
        counter.sale.refresh_rules()
        counter.sale.scan(TEA)
        fill_disk(till)
        scanned = scan_beyond(counter, losses)
        assert {error.key for error in losses.errors} == {"disk_full"}
        counter.sale.set_quantity(counter.sale.basket.lines[0].line_id, Decimal(3))
        counter.sale.remove_line(counter.sale.basket.lines[1].line_id)
        counter.sale.set_note(counter.sale.basket.lines[2].line_id, "冷藏")
        till.ledger.flush()
        stored = till.ledger.open_sale()
        assert stored is not None
        assert len(stored.basket.lines) < 1 + scanned
        make_room(till)
        counter.sale.scan("S3")
        till.ledger.flush()
        assert till.ledger.open_sale() == counter.sale.current
        assert journal_kinds(till).count("LineVoided") == 1
        prove(till)
        on_screen = counter.sale.current
    with opened(folder) as till:
        assert till.counter.sale.current == on_screen
        pay_cash(till.counter)
        prove(till)


def test_a_sale_paid_on_a_full_disk_is_whole_once_there_is_room(
    tmp_path: Path,
) -> None:
    losses = Losses()
    with opened(fresh_shop(tmp_path), losses=losses) as till:
        counter = till.counter
        first = sell(counter)
        fill_disk(till)
        scanned = scan_beyond(counter, losses)
        counter.checkout.take("cash", None)
        for _attempt in range(2):
            failed = counter.checkout.finish(print_slip=True)
            with pytest.raises(StorageError, match="disk_full"):
                failed.result()
            counter.checkout.finished()
        assert lines_of(counter) == [("可乐", scanned)]
        assert counter.checkout.payment.is_settled
        assert till.ledger.last_sale() == first
        make_room(till)
        done = finish(counter)
        assert done.number == "02-A-000002"
        assert done.lines[0].priced.quantity == scanned
        assert counter.sale.current is None
        sql = f"SELECT count(*) FROM intent WHERE basket_id = '{done.sale_id}'"
        assert query(till, sql)[0][0] == scanned + 1
        prove(till)


def test_two_baskets_that_found_no_room_are_both_written_down(tmp_path: Path) -> None:
    losses = Losses()
    with opened(fresh_shop(tmp_path), losses=losses) as till:
        counter = till.counter
        fill_disk(till)
        scan_beyond(counter, losses)
        counter.sale.remove_line(counter.sale.basket.lines[0].line_id)
        assert counter.sale.current.is_empty
        sign_on(counter, MANAGER)  # another cashier does not inherit an empty basket
        counter.sale.scan(TEA)
        make_room(till)
        counter.sale.scan(COLA)
        till.ledger.flush()
        assert till.ledger.open_sale() == counter.sale.current
        assert counter.sale.current.cashier_id == sign_on(counter, MANAGER).staff_id
        assert count(till, "intent") > 3
        assert journal_kinds(till).count("LineVoided") == 1
        assert pay_cash(counter).cashier_name == "manager"
        prove(till)


def test_what_waited_for_room_is_stored_when_the_till_closes(tmp_path: Path) -> None:
    losses, folder = Losses(), fresh_shop(tmp_path)
    with opened(folder, losses=losses) as till:
        fill_disk(till)
        scan_beyond(till.counter, losses)
        on_screen = till.counter.sale.current
        make_room(till)
    with opened(folder) as till:
        assert till.counter.sale.current == on_screen


def test_a_full_disk_never_keeps_a_cashier_signed_on(tmp_path: Path) -> None:
    losses = Losses()
    with opened(fresh_shop(tmp_path), losses=losses) as till:
        counter = till.counter
        fill_disk(till)
        scanned = scan_beyond(counter, losses)
        counter.sign_on.sign_off("lock")
        assert counter.desk.session.staff is None
        assert lines_of(counter) == [("可乐", scanned)]
        assert refusal(counter.sale.scan, TEA).key == "not_signed_on"


def test_a_full_disk_keeps_the_drawer_shut(tmp_path: Path) -> None:
    losses = Losses()
    with opened(fresh_shop(tmp_path), losses=losses, number=MANAGER) as till:
        fill_disk(till)
        scan_beyond(till.counter, losses)
        opening = till.counter.drawer.open("change")
        with pytest.raises(StorageError, match="disk_full"):
            opening.result()
        make_room(till)
        assert "DrawerOpened" not in journal_kinds(till)


def test_room_that_the_till_makes_by_itself_is_used_at_once(tmp_path: Path) -> None:
    losses = Losses()
    with opened(fresh_shop(tmp_path), losses=losses) as till:
        raw = []

        def release() -> bool:
            """Give room from inside the core thread, as the ballast does."""
            if raw:
                return False
            raw.append(True)
            shop._driver(till, f"PRAGMA max_page_count={2**30}")
            return True

        till.ledger._core._make_room = release
        fill_disk(till)
        for _ in range(40):
            till.counter.sale.scan("S3")
        till.ledger.flush()
        assert raw == [True]
        assert losses.errors == []
        assert till.ledger.open_sale() == till.counter.sale.current
        pay_cash(till.counter)
        prove(till)


def test_a_second_tap_on_finish_ends_nothing_twice(tmp_path: Path) -> None:
    with opened(fresh_shop(tmp_path)) as till:
        counter = till.counter
        counter.sale.scan(TEA)
        counter.checkout.take("cash", 2000)
        first = counter.checkout.finish(print_slip=False)
        error = refusal(counter.checkout.finish, print_slip=False)
        assert error.key == "basket_empty"
        assert first.result().number == "02-A-000001"
        counter.checkout.finished()
        assert count(till, "sale") == 1
        prove(till)


def test_a_scan_during_the_commit_belongs_to_the_next_customer(tmp_path: Path) -> None:
    with opened(fresh_shop(tmp_path)) as till:
        counter = till.counter
        for ends in ("void", "free"):
            counter.sale.scan(shop.GIFT)
            if ends == "void":
                future = counter.checkout.void_sale("customer_left")
            else:
                future = counter.checkout.finish(print_slip=False)
            counter.sale.scan(TEA)  # nobody waited for the future
            assert lines_of(counter) == [("茉莉花茶", 1)]
            assert future.done()
            counter.checkout.finished()  # late: it must not end the new sale
            assert lines_of(counter) == [("茉莉花茶", 1)]
            till.ledger.flush()
            assert till.ledger.open_sale() == counter.sale.current
            pay_cash(counter)
        assert [count(till, x) for x in ("sale", "voided_sale")] == [3, 1]
        prove(till)


def test_a_basket_that_has_ended_is_not_opened_again(tmp_path: Path) -> None:
    from pos_app.domain.open_sale import SetNote

    with opened(fresh_shop(tmp_path)) as till:
        counter = till.counter
        counter.sale.scan(TEA)
        before = counter.sale.current
        pay_cash(counter)
        late = till.ledger.submit(
            lambda u: u.add_intent(before, SetNote("x", ""), NOON)
        )
        with pytest.raises(AssertionError):
            late.result()
        assert till.ledger.open_sale() is None


def test_an_open_basket_is_never_pushed_out_by_another(tmp_path: Path) -> None:
    from dataclasses import replace

    from pos_app.domain.basket import Basket
    from pos_app.domain.open_sale import AddLine

    with opened(fresh_shop(tmp_path)) as till:
        till.counter.sale.scan(TEA)
        mine = till.counter.sale.current
        other = replace(mine, basket=Basket("other"))
        intent = AddLine(mine.basket.lines[0], merge=False)
        pushed = till.ledger.submit(lambda u: u.add_intent(other, intent, NOON))
        with pytest.raises(AssertionError):
            pushed.result()
        assert till.ledger.open_sale() == mine


def test_refused_work_keeps_its_word_and_the_backlog(tmp_path: Path) -> None:
    with opened(fresh_shop(tmp_path)) as till:

        def work(_unit: UnitOfWork) -> None:
            raise UserError("sale_not_found")

        with pytest.raises(UserError, match="sale_not_found"):
            till.counter.desk.record(work).result()
        sell(till.counter)
        prove(till)


def test_the_selected_line_comes_back_with_the_next_intent(tmp_path: Path) -> None:
    folder = fresh_shop(tmp_path)
    with opened(folder, ReplayClock(NOON)) as till:
        sale = till.counter.sale
        for code in (TEA, COLA, "S3"):
            sale.scan(code)
        sale.select(sale.basket.lines[0].line_id)
        sale.select(sale.basket.lines[1].line_id)
        sale.round_off(5)
        till.ledger.flush()
        assert till.ledger.open_sale() == sale.current
        assert sale.basket.selected == sale.basket.lines[1].line_id
        assert count(till, "intent") == 5  # selecting costs no write of its own
