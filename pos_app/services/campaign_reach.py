"""Whom a rule would reach today, and what it could cost at most; counted, not guessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from pos_app.domain.coupon.happening import RewardTrigger
from pos_app.domain.coupon.reward import RewardRule
from pos_app.domain.member.birthday import kept_on
from pos_app.domain.promotion.promotion import Audience, AudienceKind
from pos_app.ports.campaigns import AudienceCount, GivenSums, OptOut
from pos_app.services.desk import Desk
from pos_app.services.reward_giving import UNASKED
from pos_app.values.times import BusinessDay


@dataclass(frozen=True, slots=True)
class Reach:
    """What a rule would do.

    Attributes:
        members: of the audience, without those who want no part.
        today: of them those whom tonight's run would consider: birthdays within the
            days ahead, absences, friends brought; nobody for a newcomer pack, and all
            of them where a visit triggers it.
        at_most: gifts that cap and budget still let through; None for no limit.
        most_minor: the most that it can cost: what is considered now, held against
            cap and budget; of a newcomer pack all that they let through. Minor units.
        left_minor: of the budget; None without one.
    """

    members: int
    today: int
    at_most: int | None
    most_minor: int
    left_minor: int | None


@dataclass(frozen=True, slots=True)
class Now:
    """When is counted: the business day, and the month of the shop's calendar."""

    day: BusinessDay
    month: int


def reach_of(desk: Desk, rule: RewardRule, now: Now) -> Reach:
    """Return whom a rule reaches and what it costs at most; reads the ledger only."""
    campaigns = desk.ledger.campaigns
    given = campaigns.given_sums().get(rule.rule_id, GivenSums())
    members = campaigns.audience_size(_count(desk, rule, now))
    today = min(members, _considered(desk, rule, now, members))
    left_minor, at_most = None, None
    if rule.cap.in_all is not None:
        at_most = max(0, rule.cap.in_all - given.count)
    if rule.budget_minor is not None:
        left_minor = max(0, rule.budget_minor - given.cost_minor)
        cost = rule.effect.cost_minor
        by_budget = left_minor // cost if cost else None
        if by_budget is not None:
            at_most = by_budget if at_most is None else min(at_most, by_budget)
    gifts = today if at_most is None else min(today, at_most)
    if rule.trigger is RewardTrigger.NEWCOMER:
        gifts = at_most or 0  # nobody knows how many will come
    return Reach(members, today, at_most, gifts * rule.effect.cost_minor, left_minor)


def _count(desk: Desk, rule: RewardRule, now: Now) -> AudienceCount:
    audience: Audience = rule.audience
    index = desk.vault.birthday_index
    born: tuple[bytes, ...] = ()
    if audience.kind is AudienceKind.BIRTHDAY:
        born = tuple(index(now.month, day) for day in range(1, 32))
    elif audience.kind is AudienceKind.BIRTH_DATE:
        born = tuple(index(month, day) for month, day in kept_on(now.day))
    return AudienceCount(
        kind=audience.kind,
        values=audience.values,
        birthdays=born,
        without=OptOut.MARKETING if rule.trigger in UNASKED else None,
    )


def _considered(desk: Desk, rule: RewardRule, now: Now, members: int) -> int:
    campaigns, today = desk.ledger.campaigns, now.day
    match rule.trigger:
        case RewardTrigger.BIRTHDAY:
            days = [
                today + timedelta(days=ahead)
                for ahead in range(rule.condition.days_before + 1)
            ]
            known = desk.ledger.members
            index = desk.vault.birthday_index
            return sum(len(known.by_birthday(index(x.month, x.day))) for x in days)
        case RewardTrigger.WIN_BACK:
            before = today - timedelta(days=max(1, rule.condition.days_absent) - 1)
            return campaigns.absent_count(before)
        case RewardTrigger.NEWCOMER:
            return 0
        case RewardTrigger.REFERRAL:
            return campaigns.pending_referrals()
    return members
