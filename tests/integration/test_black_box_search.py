"""Searching the journal: by kind, person, day and word, page by page."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.journal import EntryKind
from pos_app.domain.journal_groups import KINDS_OF, EntryGroup
from pos_app.domain.journal_terms import terms_of, typed_terms
from pos_app.persistence.ledger.journal_rows import write_all_terms
from pos_app.services.black_box import EntrySearch, ToldEntry
from pos_app.services.counter import Counter
from pos_app.services.drawer import NO_SALE
from pos_app.services.replay import ReplayClock
from pos_app.values.times import Timestamp
from tests.counter_shop import (
    CASHIER,
    COLA,
    MANAGER,
    TEA,
    fresh_shop,
    opened,
    query,
    refusal,
    sell,
    sign_on,
)

TODAY = date(2026, 11, 21)
TOMORROW = date(2026, 11, 22)


def open_drawer(counter: Counter) -> None:
    reasons = counter.drawer.reasons()
    counter.drawer.open(reasons[0].key if reasons else NO_SALE).result()


@pytest.fixture
def till(tmp_path: Path, clock: ReplayClock) -> Iterator[Till]:
    """Open a till after two days with a bit of everything."""
    with opened(fresh_shop(tmp_path), clock, number=MANAGER) as found:
        counter = found.counter
        sell(counter, TEA, COLA)
        counter.sale.scan(TEA)
        counter.sale.scan(COLA)
        assert counter.sale.basket is not None
        counter.sale.remove_line(counter.sale.basket.lines[0].line_id)
        counter.checkout.void_sale("customer_left").result()
        counter.checkout.finished()
        open_drawer(counter)
        clock.set(Timestamp.parse("2026-11-22T12:00:00+08:00"))
        sign_on(counter, CASHIER)
        sell(counter, COLA)
        sign_on(counter, MANAGER)
        counter.slip.reprint().result()
        yield found


def found(till: Till, **wanted: object) -> list[ToldEntry]:
    page = till.counter.black_box.search(EntrySearch(**wanted))  # type: ignore[arg-type]
    return list(page.entries)


def kinds(entries: list[ToldEntry]) -> set[EntryKind]:
    return {each.entry.kind for each in entries}


def test_every_kind_of_the_journal_can_be_looked_for() -> None:
    listed = set().union(*KINDS_OF.values())
    assert listed == set(EntryKind)


def test_all_entries_come_newest_first(till: Till) -> None:
    entries = found(till)
    places = [(each.entry.epoch, each.entry.seq) for each in entries]
    assert places == sorted(places, reverse=True)
    assert len(places) == query(till, "SELECT count(*) FROM journal")[0][0]


def test_a_group_finds_its_kinds_and_nothing_else(till: Till) -> None:
    for group in EntryGroup:
        assert kinds(found(till, group=group)) <= KINDS_OF[group]
    assert kinds(found(till, group=EntryGroup.DELETED)) == {EntryKind.LINE_VOIDED}
    assert kinds(found(till, group=EntryGroup.REPRINTS)) == {EntryKind.SLIP_REPRINTED}
    assert found(till, group=EntryGroup.RETURNS) == []


def test_a_day_finds_the_entries_of_its_business_day(till: Till) -> None:
    today = found(till, first_day=TODAY, last_day=TODAY)
    tomorrow = found(till, first_day=TOMORROW, last_day=TOMORROW)
    assert {each.entry.business_day for each in today} == {TODAY}
    assert {each.entry.business_day for each in tomorrow} == {TOMORROW}
    assert len(today) + len(tomorrow) == len(found(till))
    assert found(till, first_day=date(2026, 12, 1)) == []
    assert found(till, last_day=date(2025, 12, 1)) == []


def test_a_person_finds_what_they_did_whatever_the_group(till: Till) -> None:
    cashier = next(x for x in till.catalog.staff() if x.number == CASHIER)
    mine = found(till, actor=cashier.staff_id)
    assert {each.actor for each in mine} == {cashier}
    assert kinds(found(till, actor=cashier.staff_id, group=EntryGroup.SALES)) == {
        EntryKind.SALE_COMPLETED
    }
    assert found(till, actor=cashier.staff_id, group=EntryGroup.DELETED) == []
    assert found(till, actor="nobody") == []


def test_a_number_finds_the_sale_and_all_that_was_done_to_it(till: Till) -> None:
    sale = till.ledger.last_sale()
    assert sale is not None
    entries = found(till, text=sale.number)
    assert kinds(entries) == {EntryKind.SALE_COMPLETED, EntryKind.SLIP_REPRINTED}
    assert {each.number for each in entries} == {sale.number}
    serial = str(int(sale.number.rpartition("-")[2]))
    assert EntryKind.SLIP_REPRINTED in kinds(found(till, text=serial))


def test_an_amount_and_a_reason_by_its_name_are_found(till: Till) -> None:
    assert kinds(found(till, text="16.30")) >= {EntryKind.SALE_COMPLETED}
    assert kinds(found(till, text="顾客不买了")) == {EntryKind.SALE_VOIDED}
    voided = found(till, text="不买")[0]
    assert voided.reason is not None
    assert voided.reason.key == "customer_left"
    assert found(till, text="no such thing") == []


def test_word_and_group_and_person_and_day_hold_together(till: Till) -> None:
    sale = till.ledger.last_sale()
    assert sale is not None
    manager = next(x for x in till.catalog.staff() if x.number == MANAGER)
    wanted = {"text": sale.number, "actor": manager.staff_id, "first_day": TOMORROW}
    only = found(till, **wanted, group=EntryGroup.REPRINTS)
    assert kinds(only) == {EntryKind.SLIP_REPRINTED}
    assert found(till, **wanted, group=EntryGroup.SALES) == []
    assert found(till, **{**wanted, "first_day": TODAY, "last_day": TODAY}) == []


@pytest.mark.parametrize("text", ["", "16.30"])
@pytest.mark.parametrize("group", [None, EntryGroup.SALES, EntryGroup.DRAWER])
def test_pages_hold_every_entry_once_also_while_new_ones_come(
    till: Till, text: str, group: EntryGroup | None
) -> None:
    wanted = EntrySearch(group=group, text=text)
    whole = till.counter.black_box.search(wanted, limit=1000).entries
    before, seen = None, []
    while True:
        page = till.counter.black_box.search(wanted, before, limit=2)
        seen += page.entries
        open_drawer(till.counter)
        if page.next_before is None:
            break
        before = page.next_before
    assert [each.entry for each in seen] == [each.entry for each in whole]


def test_who_may_not_look_is_refused(till: Till) -> None:
    sign_on(till.counter, CASHIER)
    box = till.counter.black_box
    assert refusal(box.search, EntrySearch()).key == "not_permitted"
    assert refusal(box.replay, "x").key == "not_permitted"
    assert refusal(box.exporter, TODAY, TODAY, Path("x")).key == "not_permitted"


def test_former_staff_are_still_called_by_name(till: Till) -> None:
    from dataclasses import replace

    cashier = next(x for x in till.catalog.staff() if x.number == CASHIER)
    with till.editor() as editor:
        editor.put_staff([(replace(cashier, is_active=False), None)])
    names = {each.actor.name for each in found(till) if each.actor is not None}
    assert cashier.name in names
    assert cashier.staff_id in {x.staff_id for x in till.counter.black_box.people()}


def test_terms_written_anew_are_those_that_were_written_at_once(till: Till) -> None:
    everything = "SELECT term, epoch, seq FROM journal_term ORDER BY 1, 2, 3"
    before = query(till, everything)
    till.ledger.flush()
    with till.ledger._writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM journal_term")
        write_all_terms(connection)
    assert query(till, everything) == before
    assert before


def test_terms_are_bounded_and_hold_no_words_of_people() -> None:
    body = {
        "number": "02-1-000162",
        "total_minor": -18010,
        "note": "Frau Li",
        "reason": "x" * 65,
        "tenders": [{"amount_minor": 20000 + n} for n in range(100)],
    }
    terms = terms_of(body)
    assert {"02-1-000162", "#162", "=18010", "=20000"} <= set(terms)
    assert len(terms) <= 48
    assert not any("li" in term for term in terms)


def test_what_is_typed_means_a_number_a_serial_or_an_amount() -> None:
    assert set(typed_terms(" 162 ", "CNY")) == {"162", "#162", "=16200"}
    assert set(typed_terms("180.10", "CNY")) == {"180.10", "=18010"}
    assert typed_terms("02-1-000162", "CNY") == ("02-1-000162",)
    assert typed_terms("  ", "CNY") == ()
    assert typed_terms("9" * 500, "CNY") == ()
