"""The abuse report finds what is planted among honest traffic, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pos_app.domain.loyalty_suspicion import Pattern, SuspicionRule
from pos_app.domain.member.merging import MemberMerge
from pos_app.domain.member.recognition import Means, RecognitionPolicy
from pos_app.domain.report_rows import Figure, FigureKind
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.campaign_referral import note_referral
from pos_app.services.loyalty_reports import ReportLimits
from pos_app.services.reward_giving import Giving
from pos_app.services.session import ApprovalNeeded
from tests.builders_loyalty_reports import MemberDays, member_days
from tests.builders_points import RULES, bring, give_points
from tests.builders_returns import SHIRT_L, SHIRT_M, approve
from tests.counter_shop import COLA, MANAGER, SUPERVISOR, TEA, sign_on

LIMITS = ReportLimits(suspicions=SuspicionRule(card_least=6, earned_a_day=300))
PERIOD = 70
STRONG = Means.ROTATING_CODE


@pytest.fixture
def days(tmp_path: Path) -> Iterator[MemberDays]:
    """A shop whose programme lets a card burn: what a shop may choose, to its harm."""
    with member_days(tmp_path) as found:
        lax = RecognitionPolicy(10_000, 10_000)
        bring(found.till, replace(RULES, recognition=lax))
        found.till.counter.reports.loyalty.set_limits(LIMITS).result()
        yield found


def refer(days: MemberDays, friend: str, referrer: str) -> None:
    desk = days.till.counter.desk
    stamp = desk.stamp()

    def work(unit: UnitOfWork) -> None:
        giving = Giving(unit, desk, stamp, ZoneInfo("Asia/Shanghai"))
        note_referral(giving, referrer, friend)

    desk.record(work).result()


def merge(days: MemberDays, kept: str, absorbed: str) -> None:
    desk = days.till.counter.desk
    fact = MemberMerge(desk.ids.new(), kept, absorbed, desk.clock.now(), "m")
    desk.record(lambda unit: unit.members.add_merge(fact)).result()


def adjust(days: MemberDays, member: str, points: int, by: str) -> None:
    counter = days.till.counter
    sign_on(counter, by)
    other = MANAGER if by == SUPERVISOR else SUPERVISOR
    try:
        done = counter.points.adjust(member, points, "goodwill")
    except ApprovalNeeded as needed:
        approve(counter, needed.demand, other)
        done = counter.points.adjust(member, points, "goodwill")
    done.result()


def honest(days: MemberDays) -> list[str]:
    """Three weeks of people who do nothing wrong, at two cashiers."""
    counter = days.till.counter
    people = [days.enrol() for _ in range(4)]
    refer(days, people[1], people[0])
    give_points(days.till, 1_000, people[0])
    for week in range(3):
        for number, who in enumerate(people):
            sign_on(counter, MANAGER if (week + number) % 2 else SUPERVISOR)
            days.later(days=1)
            days.sell("", COLA)
            days.sell(who, TEA, key="wechat", reference=f"oUser-{number // 2:06d}")
            days.sell("", TEA)
        days.later(days=6)
    sign_on(counter, MANAGER)
    with_points = days.sell(people[0], TEA, TEA, TEA, points=200, means=STRONG)
    days.give_back(with_points)
    days.sell(people[1], TEA, points=0, means=Means.CARD)
    days.sell(people[1], SHIRT_M)
    adjust(days, people[2], 100, SUPERVISOR)
    sign_on(counter, MANAGER)
    return people


@pytest.mark.slow  # the same traffic is part of the next one
def test_honest_people_are_never_found(days: MemberDays) -> None:
    honest(days)
    assert days.found(PERIOD) == {}


def planted(days: MemberDays) -> dict[Pattern, set[str]]:
    """Plant every pattern; return whom each finding is about."""
    counter = days.till.counter
    subjects: dict[Pattern, set[str]] = {}
    owing, kin, own, ghost, back, whale = (
        days.enrol(),
        days.enrol(),
        days.enrol(staff_id=counter.sign_on.by_number(SUPERVISOR).staff_id),
        days.enrol(),
        days.enrol(),
        days.enrol(),
    )
    shirt = days.sell(owing, SHIRT_M)
    days.sell(owing, TEA, points=100, means=STRONG)
    days.give_back(shirt)
    subjects[Pattern.OLD_DEBT] = {owing}
    honest(days)
    sign_on(counter, SUPERVISOR)
    for _ in range(5):
        days.sell(kin, COLA)
    subjects[Pattern.STAFF_CARD_DAY] = {kin}
    for _ in range(6):
        days.later(days=1)
        days.sell(own, COLA)
    subjects[Pattern.STAFF_CARD_SHARE] = {own}
    sign_on(counter, MANAGER)
    give_points(days.till, 1_000, ghost)
    days.sell(ghost, TEA, TEA, points=200, means=Means.CARD)
    days.sell(ghost, TEA, points=100, means=Means.CARD)
    subjects[Pattern.WEAK_BURN] = {ghost}
    give_points(days.till, 1_000, back)
    for _ in range(2):
        days.give_back(days.sell(back, TEA, TEA, points=100, means=STRONG))
    subjects[Pattern.REFUND_AFTER_BURN] = {back}
    for who in (kin, ghost, back):
        days.later(days=1)
        days.sell(who, COLA, key="wechat", reference="oUser-778811")
    subjects[Pattern.SHARED_PAYER] = {"oUser-778811"}
    first, second, third = (days.enrol() for _ in range(3))
    refer(days, second, first)
    refer(days, third, second)
    merge(days, first, third)
    subjects[Pattern.REFERRAL_RING] = {min(first, second)}
    days.sell(whale, SHIRT_M, SHIRT_L)
    subjects[Pattern.DAILY_EARN] = {whale}
    adjust(days, kin, 400, MANAGER)
    adjust(days, kin, -300, MANAGER)
    boss = counter.sign_on.by_number(MANAGER).staff_id
    subjects[Pattern.ADJUSTED] = {boss}
    return subjects


def test_every_pattern_is_found_among_honest_traffic_and_no_other(
    days: MemberDays,
) -> None:
    expected = planted(days)
    days.enrol()
    days.enrolled -= 1  # the same number once more, said to be re-issued
    days.enrol(is_reissued=True)
    found = days.found(PERIOD)
    again = found.pop(Pattern.PHONE_AGAIN)
    assert [(x.count, x.amount) for x in again] == [(1, 2)]
    assert {key: {x.subject for x in each} for key, each in found.items()} == expected
    for each in (*found.values(), again):
        for one in each:
            rows = days.rows(Figure(FigureKind.SUSPICION, one.key))
            assert (rows.count, rows.amount_minor) == (one.count, one.amount), one
            assert set(one.documents) <= {row.sale_id for row in rows.rows}
    names = [x.subject_name for each in found.values() for x in each]
    assert not any("会员" in name for name in names)


def test_friends_whom_one_purse_pays_for_are_a_ring(days: MemberDays) -> None:
    keen = days.enrol()
    friends = [days.enrol() for _ in range(3)]
    for number, friend in enumerate(friends):
        refer(days, friend, keen)
        days.sell(friend, TEA, key="wechat", reference=f"oUser-00000{number}")
    assert Pattern.REFERRAL_RING not in days.found()
    for friend in friends:
        days.sell(friend, COLA, key="wechat", reference="oUser-424242")
    (ring,) = days.found()[Pattern.REFERRAL_RING]
    assert (ring.subject, ring.count) == (keen, 3)
