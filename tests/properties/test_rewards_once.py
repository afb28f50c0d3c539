"""No path gives a reward twice, or more than cap and budget let through."""

import json
import shutil
from collections import Counter as Tally
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pos_app.bootstrap import Till
from pos_app.domain.coupon.happening import RewardTrigger
from pos_app.domain.coupon.reward import Cap, Condition, Effect
from pos_app.domain.member.merging import MemberMerge
from pos_app.domain.promotion.promotion import LimitPeriod
from pos_app.errors import UserError
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.replay import ReplayClock
from tests.builders_campaigns import (
    GIFT,
    LIN,
    OUYANG,
    WANG,
    card_of,
    coupon_template,
    enrol,
    night,
    rule,
    run,
)
from tests.builders_returns import return_shop
from tests.counter_shop import MANAGER, NOON, TEA, opened, prove, query, sell
from tests.effort import examples

PHONES = (LIN, WANG, OUYANG)
BUDGET = 1000
IN_ALL = 3
TRIGGERS = tuple(RewardTrigger)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["enrol", "here", "tried_on", "buy", "undo", "night", "merge", "erase"]
        ),
        st.integers(0, 2),
        st.integers(0, 12),
    ),
    min_size=4,
    max_size=14,
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a shop whose rules reward everything, twice over."""
    folder = tmp_path_factory.mktemp("rewards")
    with opened(return_shop(folder), ReplayClock(NOON), number=MANAGER) as till:
        coupon_template(till.counter)
        for trigger in TRIGGERS:
            for name in ("a", "b"):
                percent = 200 if trigger is RewardTrigger.NEWCOMER else 100
                run(
                    till.counter,
                    rule(
                        trigger,
                        rule_id=f"{trigger.value}-{name}",
                        effect=Effect((GIFT,), percent, 500),
                        condition=Condition(days_before=10, days_absent=5),
                        cap=Cap(2, LimitPeriod.MONTH, in_all=IN_ALL),
                        budget_minor=BUDGET,
                    ),
                )
    return folder


class Shop:
    """Drives one till; each step may be refused and never gives what it must not."""

    def __init__(self, till: Till, clock: ReplayClock) -> None:
        self.till, self.clock = till, clock
        self.counter = till.counter
        self.members: list[str] = []
        self.sales: list[str] = []
        self.phones: set[str] = set()
        self.at_merge: Tally[str] = Tally()

    def step(self, what: str, whom: int, days: int) -> None:
        self.clock.set(self.clock.now().plus_seconds(days * 43_200))
        action: Callable[[int], object] = getattr(self, what)
        try:
            action(whom)
        except UserError:
            self.counter.checkout.finished()

    def enrol(self, whom: int) -> None:
        today = self.counter.desk.business_day()
        brought = PHONES[whom - 1] if self.members and whom else ""
        self.phones.add(PHONES[whom])
        self.members.append(
            enrol(
                self.counter,
                PHONES[whom],
                "会员",
                birthday=(today.month, min(28, today.day + whom)),
                referrer=brought,
            )
        )

    def here(self, whom: int) -> None:
        self.counter.campaigns.here(self._member(whom)).result()

    def tried_on(self, whom: int) -> None:
        self.counter.campaigns.tried_on(self._member(whom)).result()

    def buy(self, whom: int) -> None:
        self.counter.members.attach_code(card_of(self.counter, self._member(whom)))
        self.sales.append(sell(self.counter, TEA).sale_id)

    def undo(self, whom: int) -> None:
        if self.sales:
            sale_id = self.sales[-1 - whom % len(self.sales)]
            self.counter.reversal.reverse(sale_id, "rung_up_wrongly").result()

    def night(self, _whom: int) -> None:
        night(self.till)

    def merge(self, whom: int) -> None:
        kept, absorbed = self._member(whom), self._member(whom + 1)
        desk = self.counter.desk
        now = desk.clock.now()
        fact = MemberMerge(desk.ids.new(), kept, absorbed, now, "")
        desk.record(lambda unit: unit.members.add_merge(fact)).result()
        self.at_merge = self._given_to_persons()

    def erase(self, whom: int) -> None:
        member, desk = self._member(whom), self.counter.desk
        now = desk.clock.now()
        desk.record(lambda unit: unit.members.erase(member, now)).result()

    def _member(self, whom: int) -> str:
        if not self.members:
            self.enrol(whom)
        return self.members[whom % len(self.members)]

    def check(self) -> None:
        """Look at the facts themselves, not at the sums that the rules use."""
        rows = query(
            self.till, "SELECT key, rule_id, cost_minor, coupon_ids FROM reward_given"
        )
        count: Tally[str] = Tally()
        cost: Tally[str] = Tally()
        for _key, rule_id, cost_minor, _coupons in rows:
            count[rule_id] += 1
            cost[rule_id] += cost_minor
        assert all(gifts <= IN_ALL for gifts in count.values())
        assert all(minor <= BUDGET for minor in cost.values())
        sums = query(self.till, "SELECT rule_id, given, cost_minor FROM reward_balance")
        assert {x[0]: (x[1], x[2]) for x in sums} == {
            key: (count[key], cost[key]) for key in count
        }
        issued = query(self.till, "SELECT count(DISTINCT coupon_id) FROM coupon_fact")
        assert issued[0][0] == sum(len(json.loads(row[3])) for row in rows)
        packs = [key for key, *_ in rows if key.startswith("newcomer")]
        assert len(packs) <= len(self.phones)
        for key, gifts in self._given_to_persons().items():
            assert gifts <= max(1, self.at_merge[key]), key

    def _given_to_persons(self) -> Tally[str]:
        """Count gifts by happening; two of one are those of two who became one."""
        ids_of = self.counter.desk.ledger.members.ids_of
        rows = query(self.till, "SELECT key, member_id FROM reward_given")
        return Tally(
            key.replace(member_id, ids_of(member_id)[0])
            for key, member_id in rows
            if not key.startswith(("newcomer", "referral"))
        )


@example(steps=[("enrol", 0, 0), ("here", 0, 0), ("here", 0, 0), ("here", 0, 2)])
@example(steps=[("enrol", x, 0) for x in range(3)] + [("here", x, 0) for x in range(3)])
@example(steps=[("enrol", 0, 0), ("erase", 0, 0), ("enrol", 0, 1), ("night", 0, 0)])
@example(
    steps=[
        ("enrol", 0, 0),
        ("enrol", 1, 0),
        ("here", 1, 0),
        ("merge", 0, 0),
        ("here", 0, 0),
        ("night", 0, 2),
        ("night", 0, 2),
    ]
)
@settings(
    max_examples=examples(4, 150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_no_path_gives_a_reward_twice_or_over_its_budget(
    prepared: Path,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str, int, int]],
) -> None:
    folder = tmp_path_factory.mktemp("try")
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    clock = ReplayClock(NOON)
    with opened(ShopFolder(folder / "shop"), clock, number=MANAGER) as till:
        shop = Shop(till, clock)
        for what, whom, days in steps:
            shop.step(what, whom, days)
            shop.check()
        prove(till)
