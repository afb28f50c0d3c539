"""Two members who are one: one balance, the higher tier, and each lot its own member's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pos_app.services.member_merge import MergeReason, MemberMerging
from tests.builders_members import LIN, WANG, enrolled
from tests.builders_points import RULES, bring, buy
from tests.builders_returns import SHIRT_L, SHIRT_M, approved, return_shop, take_back
from tests.counter_shop import MANAGER, finish, opened, prove


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


def test_a_person_without_points_is_nothing_and_a_rule_may_be_gone(tmp_path) -> None:
    with opened(return_shop(tmp_path), number=MANAGER) as till:
        bring(till, replace(RULES, earn=None, burn=None, tiers=()))
        standing = till.counter.points.standing(enrolled(till.counter, LIN))
        assert (standing.active, standing.tier, standing.missing) == (0, None, 0)
        assert not till.counter.points.is_on
