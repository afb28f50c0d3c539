"""Rewards by rule: a trigger, for whom, on what condition, what, how often, how much.

A rule never gives by itself: something happened, the rule looks at it and at what was
given before, and says what to give or why not. What is given carries a key that no
second gift may have, so that the same happening seen twice gives once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from enum import StrEnum

from pos_app.domain.coupon.happening import Happening, RewardTrigger
from pos_app.domain.promotion.holding import is_for
from pos_app.domain.promotion.occasion import Occasion, Shopper
from pos_app.domain.promotion.promotion import Audience, LimitPeriod
from pos_app.values.times import Period, Timestamp


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be so; each trigger looks at its own.

    Attributes:
        days_before: a birthday's gift comes so many days ahead of it.
        days_absent: win-back: no purchase for at least so many days.
        least_spend_minor: of the sale that triggers; 0 for any.
    """

    days_before: int = 0
    days_absent: int = 0
    least_spend_minor: int = 0


@dataclass(frozen=True, slots=True)
class Effect:
    """What is given.

    Attributes:
        template_ids: one coupon of each.
        earn_percent: points of the first order times this, 200 for 积分翻倍; 100 for
            no multiplier.
        cost_minor: the most that all of it may cost the shop; minor units.
    """

    template_ids: tuple[str, ...]
    earn_percent: int = 100
    cost_minor: int = 0


@dataclass(frozen=True, slots=True)
class Cap:
    """How often; None for any number of times."""

    per_member: int | None = None
    member_period: LimitPeriod = LimitPeriod.EVER
    in_all: int | None = None


@dataclass(frozen=True, slots=True)
class RewardRule:
    """One version of a rule.

    Attributes:
        rule_id: UUIDv7, the same for all versions. version: from 1.
        name: for the people of the shop.
        trigger, audience, condition, effect, cap: see there.
        budget_minor: the most that all of its gifts may cost; None for no limit.
        period: in which it gives.
    """

    rule_id: str
    version: int
    name: str
    trigger: RewardTrigger
    effect: Effect
    audience: Audience = Audience()  # noqa: RUF009 - frozen value
    condition: Condition = Condition()
    cap: Cap = Cap()
    budget_minor: int | None = None
    period: Period = Period()  # noqa: RUF009 - frozen value


@dataclass(frozen=True, slots=True)
class Given:
    """What a rule gave: stored in the same commit as the coupons.

    Attributes:
        key: of the happening; unique in the ledger.
        rule_id, version: by which rule. member_id: to whom. at: when.
        template_ids, earn_percent, cost_minor: of its effect, as they were.
    """

    key: str
    rule_id: str
    version: int
    member_id: str
    at: Timestamp
    template_ids: tuple[str, ...]
    earn_percent: int
    cost_minor: int


class Withheld(StrEnum):
    """Why a rule gives nothing."""

    OTHER_TRIGGER = "other_trigger"
    NOT_NOW = "not_now"
    NOT_FOR_MEMBER = "not_for_member"
    CONDITION = "condition"
    GIVEN_ALREADY = "given_already"
    MEMBER_CAP = "member_cap"
    CAP = "cap"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class SoFar:
    """What was given before, as sums that a ledger answers.

    Attributes:
        has_key: whether the happening's key was ever given.
        by_member: by this rule to this member within the cap's period.
        in_all, cost_minor: by this rule, ever.
    """

    has_key: bool = False
    by_member: int = 0
    in_all: int = 0
    cost_minor: int = 0


def decide(
    rule: RewardRule,
    happening: Happening,
    shopper: Shopper,
    so_far: SoFar,
    zone: tzinfo,
) -> Given | Withheld:
    """Say what a rule gives for a happening, or why it gives nothing.

    Args:
        rule: in force.
        happening: what came to pass.
        shopper: the member, for the audience.
        so_far: given before.
        zone: of the shop.
    """
    assert shopper.member_id == happening.member_id
    cause = _cause_of_rule(rule, happening, shopper, zone)
    cause = cause or _cause_of_sums(rule, so_far)
    if cause is not None:
        return cause
    effect = rule.effect
    return Given(
        key=happening.key,
        rule_id=rule.rule_id,
        version=rule.version,
        member_id=happening.member_id,
        at=happening.at,
        template_ids=effect.template_ids,
        earn_percent=effect.earn_percent,
        cost_minor=effect.cost_minor,
    )


def _cause_of_rule(
    rule: RewardRule, happening: Happening, shopper: Shopper, zone: tzinfo
) -> Withheld | None:
    if rule.trigger is not happening.trigger:
        return Withheld.OTHER_TRIGGER
    if not rule.period.covers(happening.at):
        return Withheld.NOT_NOW
    occasion = Occasion(happening.at, zone, shopper=shopper)
    if not is_for(rule.audience, occasion):
        return Withheld.NOT_FOR_MEMBER
    return None if _is_met(rule.condition, happening) else Withheld.CONDITION


def _is_met(condition: Condition, happening: Happening) -> bool:
    match happening.trigger:
        case RewardTrigger.BIRTHDAY:
            return 0 <= happening.days <= condition.days_before
        case RewardTrigger.WIN_BACK:
            return happening.days >= max(1, condition.days_absent)
    return happening.spend_minor >= condition.least_spend_minor


def _cause_of_sums(rule: RewardRule, so_far: SoFar) -> Withheld | None:
    cap = rule.cap
    if so_far.has_key:
        return Withheld.GIVEN_ALREADY
    if cap.per_member is not None and so_far.by_member >= cap.per_member:
        return Withheld.MEMBER_CAP
    if cap.in_all is not None and so_far.in_all >= cap.in_all:
        return Withheld.CAP
    spent = so_far.cost_minor + rule.effect.cost_minor
    if rule.budget_minor is not None and spent > rule.budget_minor:
        return Withheld.BUDGET
    return None


def counted(
    given: Iterable[Given], rule: RewardRule, happening: Happening, zone: tzinfo
) -> SoFar:
    """Sum what was given before; what a ledger's query must answer.

    Args:
        given: everything that any rule ever gave.
        rule: whose caps count.
        happening: whose key and member count.
        zone: of the shop.
    """
    everything = tuple(given)
    mine = [each for each in everything if each.rule_id == rule.rule_id]
    start = _first_day(rule.cap.member_period, happening.at.at(zone).date())
    by_member = [
        each
        for each in mine
        if each.member_id == happening.member_id
        and (start is None or each.at.at(zone).date() >= start)
    ]
    return SoFar(
        has_key=any(each.key == happening.key for each in everything),
        by_member=len(by_member),
        in_all=len(mine),
        cost_minor=sum(each.cost_minor for each in mine),
    )


def _first_day(period: LimitPeriod, day: date) -> date | None:
    match period:
        case LimitPeriod.DAY:
            return day
        case LimitPeriod.WEEK:
            return day - timedelta(days=day.weekday())
        case LimitPeriod.MONTH:
            return day.replace(day=1)
    return None
