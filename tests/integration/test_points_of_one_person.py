"""Two members who are one: one balance, the higher tier, and each lot its own member's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.domain.loyalty.expiry import ExpiryKind, LifeRule
from pos_app.services.member_merge import MemberMerging, MergeReason
from pos_app.services.replay import ReplayClock
from tests.builders_members import LIN, WANG, enrolled
from tests.builders_points import RULES, bring, buy
from tests.builders_returns import SHIRT_L, SHIRT_M, approved, return_shop, take_back
from tests.counter_shop import MANAGER, NOON, finish, opened, prove


def test_a_merge_repays_debts_keeps_the_higher_tier_and_can_be_undone(
    tmp_path: Path,
) -> None:
    with opened(return_shop(tmp_path, "1 half_up"), number=MANAGER) as till:
        bring(till, RULES)
        counter, points = till.counter, till.counter.points
        kept, other = enrolled(counter, LIN), enrolled(counter, WANG)
        first = buy(till, SHIRT_M, who=kept)
        buy(till, SHIRT_L, who=kept, points=100)
        buy(till, SHIRT_M, SHIRT_L, who=other)
        take_back(counter, first)
        approved(counter, counter.refund.give, "cash")
        finish(counter)
        owner = points.standing(kept)
        assert (owner.active, owner.tier) == (118, None)
        assert points.standing(other).tier.key == "silver"
        merging = MemberMerging(counter.desk)
        fact = merging.merge(kept, other, MergeReason.SAME_PERSON).result()
        for member_id in (kept, other):
            one = points.standing(member_id)
            assert (one.active, one.tier.key) == (118 + 418, "silver")
        buy(till, SHIRT_M, who=other, points=500)
        assert points.standing(kept).active == 36 + 194
        merging.undo(fact.merge_id).result()
        desk = counter.desk
        apart = [
            desk.ledger.points.balance((one,), desk.clock.now())
            for one in (kept, other)
        ]
        assert sum(one.total for one in apart) == 36 + 194
        assert all(one.debt == 0 for one in apart)
        assert points.standing(other).tier.key == "silver"
        assert till.ledger.points.unproven() == []
        prove(till)


@pytest.mark.parametrize("days", [0, 400])
def test_points_of_a_merge_that_was_a_mistake_go_back_to_whom_they_were(
    tmp_path: Path, days: int
) -> None:
    clock = ReplayClock(NOON)
    folder = return_shop(tmp_path, "1 half_up")
    with opened(folder, clock, number=MANAGER) as till:
        life = LifeRule(ExpiryKind.ROLLING, 12, grace_days=30)
        bring(till, replace(RULES, tiers=(), life=life))
        counter, desk = till.counter, till.counter.desk
        kept, other = enrolled(counter, LIN), enrolled(counter, WANG)
        for _ in range(2):
            buy(till, SHIRT_M, who=other)
        merging = MemberMerging(desk)
        fact = merging.merge(kept, other, MergeReason.SAME_PERSON).result()
        sale = buy(till, SHIRT_M, who=kept, points=300)
        merging.undo(fact.merge_id).result()
        clock.set(clock.now().plus_seconds(days * 86_400))
        approved(counter, take_back, counter, sale)
        approved(counter, counter.refund.give, "cash")
        finish(counter)
        totals = desk.ledger.points.balances((kept, other))
        assert totals.get(kept, 0) == 0
        assert totals[other] == 2 * 199
        assert till.ledger.points.unproven() == []
        prove(till)


def test_a_person_without_points_is_nothing_and_a_rule_may_be_gone(tmp_path) -> None:
    with opened(return_shop(tmp_path), number=MANAGER) as till:
        bring(till, replace(RULES, earn=None, burn=None, tiers=()))
        standing = till.counter.points.standing(enrolled(till.counter, LIN))
        assert (standing.active, standing.tier, standing.missing) == (0, None, 0)
        assert not till.counter.points.is_on
