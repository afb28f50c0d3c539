"""Lists show the tier of today: after a sale, a return, a night and a merge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from pos_app.bootstrap import Till
from pos_app.persistence.checks.point_check import POINT_RULES
from pos_app.services.member_merge import MemberMerging, MergeReason
from pos_app.services.replay import ReplayClock
from pos_app.values.times import Timestamp
from tests.builders_members import LIN, WANG, enrolled
from tests.builders_points import GOLD, RULES, SILVER, bring, buy
from tests.builders_returns import SHIRT_L, SHIRT_M, approved, return_shop, take_back
from tests.counter_shop import MANAGER, finish, opened, prove, query

TWO = replace(RULES, tiers=(SILVER, replace(GOLD, threshold=60_000)))


@pytest.fixture
def till(tmp_path: Path, clock: ReplayClock) -> Iterator[Till]:
    with opened(return_shop(tmp_path), clock=clock, number=MANAGER) as till:
        bring(till, TWO)
        yield till


def in_lists(till: Till, *ids: str) -> list[str]:
    """Return the tiers as a search at the counter and the back office show them."""
    shown = [till.counter.members.glance(one).tier for one in ids]
    kept = dict(query(till, "SELECT member_id, tier FROM member"))
    assert shown == [kept[one] for one in ids]
    (differs,) = (r for r in POINT_RULES if r.key == "tier_standing_differs")
    assert query(till, differs.query) == []
    return shown


def test_a_sale_lifts_and_a_return_drops_the_tier_in_lists(till: Till) -> None:
    lin = enrolled(till.counter, LIN)
    assert in_lists(till, lin) == [""]
    first = buy(till, SHIRT_M, SHIRT_L, who=lin)
    assert in_lists(till, lin) == ["silver"]
    buy(till, SHIRT_M, who=lin)
    assert in_lists(till, lin) == ["gold"]
    take_back(till.counter, first)
    approved(till.counter, till.counter.refund.give, "cash")
    finish(till.counter)
    assert in_lists(till, lin) == ["silver"]


def test_the_night_takes_a_tier_out_of_the_lists(till: Till, clock) -> None:
    lin = enrolled(till.counter, LIN)
    buy(till, SHIRT_M, SHIRT_L, who=lin)
    clock.set(Timestamp.parse("2029-02-01T09:00:00+08:00"))
    till.counter.night.run(till.counter.night.due())
    assert in_lists(till, lin) == [""]


def test_a_merge_leaves_the_tier_with_the_one_who_stays(till: Till) -> None:
    lin, wang = enrolled(till.counter, LIN), enrolled(till.counter, WANG)
    buy(till, SHIRT_M, SHIRT_L, who=wang)
    merging = MemberMerging(till.counter.desk)
    fact = merging.merge(lin, wang, MergeReason.SAME_PERSON).result()
    kept = dict(query(till, "SELECT member_id, tier FROM member"))
    assert (kept[lin], kept[wang]) == ("silver", "")
    merging.undo(fact.merge_id).result()
    assert in_lists(till, lin, wang) == ["", "silver"]
    prove(till)


def test_the_doctor_finds_a_tier_in_a_list_that_no_move_gave(till: Till) -> None:
    enrolled(till.counter, LIN)
    (differs,) = (r for r in POINT_RULES if r.key == "tier_standing_differs")
    with till.ledger._writer.connect() as connection:
        connection.execute(text("UPDATE member SET tier = 'gold'"))
        assert len(connection.execute(text(differs.query)).all()) == 1
        connection.rollback()
