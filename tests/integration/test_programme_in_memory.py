"""The programme costs a scan nothing: it is read once, and again when there is another."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from pos_app.bootstrap import Till
from pos_app.domain.loyalty.programme import NO_PROGRAMME, ValueRule
from pos_app.domain.open_sale import SelectLine
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.points import ProgrammeVersion
from tests.builders_points import MEMBER, RULES, bring, give_points, recognise
from tests.counter_shop import COLA, TEA, fresh_shop, opened

WITH_CARDS = replace(RULES, value=ValueRule(has_gift_cards=True))


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path)) as till:
        yield till


@contextmanager
def reads_of(till: Till) -> Iterator[list[str]]:
    """Hear each question to the ledger's readers."""
    heard: list[str] = []

    def on_question(*told: Any) -> None:
        heard.append(told[2])

    engine = till.ledger.read_engine
    event.listen(engine, "before_cursor_execute", on_question)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", on_question)


def test_goods_in_a_shop_without_members_ask_the_ledger_nothing_of_them(
    till: Till,
) -> None:
    counter = till.counter
    counter.sale.scan(TEA)
    assert not counter.stored_value.is_gift_card_code(TEA)
    assert not counter.members.is_member_code(TEA)  # once for each basket
    with reads_of(till) as heard:
        assert not counter.stored_value.is_gift_card_code(COLA)
        assert not counter.members.is_member_code(COLA)
        assert not counter.coupons.is_coupon_code(COLA)
        counter.sale.scan(COLA)
    assert [said for said in heard if said != "BEGIN"] == []


def test_a_new_version_is_in_force_as_soon_as_it_is_stored(till: Till) -> None:
    reader = till.ledger.points
    assert reader.programme() == NO_PROGRAMME
    assert not till.counter.stored_value.has_gift_cards
    assert bring(till, WITH_CARDS) == reader.programme()
    assert till.counter.stored_value.has_gift_cards
    bring(till, RULES)
    assert reader.programme().version == 2
    assert not till.counter.stored_value.has_gift_cards


def test_a_version_whose_transaction_failed_is_never_in_force(till: Till) -> None:
    made = replace(RULES, version=1)

    def work(unit: UnitOfWork) -> None:
        at = till.counter.desk.clock.now()
        unit.points.add_programme(ProgrammeVersion(made, at, "boss", "owner"))
        raise LookupError("the rest of it failed")

    with pytest.raises(LookupError):
        till.ledger.submit(work).result()
    assert till.ledger.points.programme() == NO_PROGRAMME
    bring(till)
    assert till.ledger.points.programme().version == 1


def test_a_read_that_began_before_a_version_does_not_outlive_it(till: Till) -> None:
    """The ledger is asked; before its answer is looked at there is a new version."""
    reader, engine = till.ledger.points, till.ledger.read_engine

    told: list[str] = []

    def on_answer(*what: Any) -> None:
        if not told and "programme_version" in what[2]:
            told.append(what[2])
            bring(till)

    event.listen(engine, "after_cursor_execute", on_answer)
    assert reader.programme() == NO_PROGRAMME
    assert reader.programme().version == 1


def test_a_scan_for_a_member_asks_nothing_of_the_member_again(till: Till) -> None:
    counter, own = till.counter, till.counter.points
    bring(till)
    counter.sale.scan(TEA)
    recognise(till.counter)
    assert own.will_earn()
    own.standing(MEMBER)
    with reads_of(till) as heard:
        counter.sale.scan(COLA)
        assert own.will_earn()
        own.standing(MEMBER)
    assert [said for said in heard if said != "BEGIN"] == []


def test_steps_stored_together_leave_what_is_known_of_the_member(till: Till) -> None:
    """The second of two quick steps finds itself stored: that changes nothing."""
    own, go_on = till.counter.points, threading.Event()
    bring(till)
    till.ledger.submit(lambda _unit: go_on.wait(120))
    till.counter.sale.scan(TEA)
    recognise(till.counter)
    own.standing(MEMBER)
    go_on.set()
    till.ledger.flush()
    with reads_of(till) as heard:
        own.standing(MEMBER)
    assert heard == []


def test_points_given_meanwhile_are_seen_with_the_next_look(till: Till) -> None:
    own = till.counter.points
    bring(till)
    till.counter.sale.scan(TEA)
    recognise(till.counter)
    before = own.standing(MEMBER).active
    give_points(till, 70)
    assert own.standing(MEMBER).active == before + 70


def test_a_failed_step_does_not_hide_what_is_stored_after_it(till: Till) -> None:
    own, current = till.counter.points, till.counter.sale
    bring(till)
    current.scan(TEA)
    recognise(till.counter)
    before = own.standing(MEMBER).active
    opened_sale = current.current
    assert opened_sale is not None

    def fails(unit: UnitOfWork) -> None:
        unit.add_intent(opened_sale, SelectLine("x"), till.counter.desk.clock.now())
        raise LookupError("the step failed")

    with pytest.raises(LookupError):
        till.ledger.submit(fails).result()
    give_points(till, 30)
    assert own.standing(MEMBER).active == before + 30
