"""Rewards: given for what happened, once, to whom, and within cap and budget."""

from collections.abc import Sequence
from datetime import date, timedelta, timezone

import pytest

from pos_app.domain.coupon.facts import (
    Issued,
    Redeemed,
    Reserved,
    ShareGivenBack,
    Stamp,
)
from pos_app.domain.coupon.happening import (
    Birthday,
    Happening,
    RewardTrigger,
    birthday_happening,
    newcomer_happening,
    visit_happening,
    win_back_happening,
)
from pos_app.domain.coupon.life import Coupon, fold
from pos_app.domain.coupon.partner import PartnerTerms, settle
from pos_app.domain.coupon.referral import (
    FirstOrder,
    FirstOrderReturned,
    Person,
    ReferralFact,
    ReferralState,
    Referred,
    Rewarded,
    refer,
    referral_of,
)
from pos_app.domain.coupon.reward import (
    Cap,
    Condition,
    Effect,
    Given,
    RewardRule,
    Withheld,
    counted,
    decide,
)
from pos_app.domain.promotion.occasion import Shopper
from pos_app.domain.promotion.promotion import Audience, AudienceKind, LimitPeriod
from pos_app.errors import UserError
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp

ZONE = timezone(timedelta(hours=8))
NOON = Timestamp.parse("2026-11-23T12:00:00+08:00")
PACK = Effect(("t1", "t2"), earn_percent=200, cost_minor=30_00)


def rule(trigger: RewardTrigger, **changes: object) -> RewardRule:
    return RewardRule("r", 1, "有礼", trigger, PACK, **changes)  # type: ignore[arg-type]


def given_by(
    each: RewardRule, happening: Happening, before: Sequence[Given] = ()
) -> Given | Withheld:
    shopper = Shopper(happening.member_id)
    so_far = counted(before, each, happening, ZONE)
    return decide(each, happening, shopper, so_far, ZONE)


def days_later(days: int) -> Timestamp:
    return NOON.plus_seconds(86_400 * days)


def test_a_birthday_gives_once_a_calendar_year() -> None:
    birthday = rule(RewardTrigger.BIRTHDAY, condition=Condition(days_before=7))
    given: list[Given] = []
    for day in range(3 * 365):
        happening = birthday_happening("m", Birthday(12, 1), days_later(day), ZONE)
        got = given_by(birthday, happening, given)
        given += [got] if isinstance(got, Given) else []
    assert [each.key for each in given] == [
        f"birthday:m:{y}" for y in (2026, 2027, 2028)
    ]
    assert given[0].at == days_later(1)


def test_the_29th_of_february_is_the_28th_in_other_years() -> None:
    assert Birthday(2, 29).next_from(date(2027, 1, 1)) == date(2027, 2, 28)
    assert Birthday(2, 29).next_from(date(2028, 1, 1)) == date(2028, 2, 29)


def test_a_phone_gets_one_newcomer_pack_ever() -> None:
    pack = rule(RewardTrigger.NEWCOMER)
    first = given_by(pack, newcomer_happening("m", "digest", NOON))
    assert isinstance(first, Given)
    assert (first.template_ids, first.earn_percent) == (("t1", "t2"), 200)
    again = newcomer_happening("m2", "digest", days_later(999))
    assert given_by(pack, again, [first]) is Withheld.GIVEN_ALREADY
    other = RewardRule("r2", 1, "x", RewardTrigger.NEWCOMER, PACK)
    assert given_by(other, again, [first]) is Withheld.GIVEN_ALREADY


def test_an_absence_gives_once_however_long() -> None:
    back = rule(RewardTrigger.WIN_BACK, condition=Condition(days_absent=60))
    last = date(2026, 11, 23)
    early = win_back_happening("m", "sale", last, days_later(59), ZONE)
    assert given_by(back, early) is Withheld.CONDITION
    got = given_by(back, win_back_happening("m", "sale", last, days_later(60), ZONE))
    assert isinstance(got, Given)
    later = win_back_happening("m", "sale", last, days_later(90), ZONE)
    assert given_by(back, later, [got]) is Withheld.GIVEN_ALREADY


@pytest.mark.parametrize("trigger", [RewardTrigger.TRY_ON, RewardTrigger.CHECK_IN])
def test_a_visit_gives_once_a_day_and_within_the_cap(trigger: RewardTrigger) -> None:
    visit = rule(trigger, cap=Cap(2, LimitPeriod.MONTH))
    given: list[Given] = []
    for hour in range(14 * 24):
        at = NOON.plus_seconds(3600 * hour)
        got = given_by(visit, visit_happening(trigger, "m", at, ZONE), given)
        given += [got] if isinstance(got, Given) else []
    days = [each.at.at(ZONE).day for each in given]
    assert days == [23, 24, 1, 2]


def test_a_rule_keeps_to_cap_budget_period_and_audience() -> None:
    happening = visit_happening(RewardTrigger.CHECK_IN, "m", NOON, ZONE)
    before = [
        Given(f"k{n}", "r", 1, f"m{n}", NOON, ("t1",), 100, 30_00) for n in range(3)
    ]
    kind = RewardTrigger.CHECK_IN
    for changes, cause in (
        ({"cap": Cap(in_all=3)}, Withheld.CAP),
        ({"budget_minor": 119_99}, Withheld.BUDGET),
        ({"period": Period(None, NOON)}, Withheld.NOT_NOW),
        ({"audience": Audience(AudienceKind.STAFF)}, Withheld.NOT_FOR_MEMBER),
        ({"condition": Condition(least_spend_minor=1)}, Withheld.CONDITION),
    ):
        assert given_by(rule(kind, **changes), happening, before) is cause
    assert isinstance(
        given_by(rule(kind, budget_minor=120_00), happening, before), Given
    )
    other = rule(RewardTrigger.TRY_ON)
    assert given_by(other, happening) is Withheld.OTHER_TRIGGER


def person(name: str, *, has_bought: bool = False) -> Person:
    return Person(name, f"phone-{name}", has_bought=has_bought)


def test_nobody_brings_himself_or_in_a_circle_or_somebody_twice() -> None:
    known = {"b": "a", "c": "b"}
    assert refer(person("c"), person("d"), known, NOON) == Referred(NOON, "c", "d")
    for referrer, friend, key in (
        (person("a"), person("a"), "referral_of_oneself"),
        (Person("a", "same"), Person("z", "same"), "referral_of_oneself"),
        (person("c"), person("a"), "referral_in_a_circle"),
        (person("d"), person("b"), "referral_has_referrer"),
        (person("a"), person("e", has_bought=True), "referral_friend_not_new"),
    ):
        with pytest.raises(UserError, match=key):
            refer(referrer, friend, known, NOON)


REFERRED = Referred(NOON, "a", "b")
ORDER = FirstOrder(days_later(1), "s", 99_00, days_later(8))
BACK, REWARD = FirstOrderReturned(days_later(9), "s"), Rewarded(days_later(8))


@pytest.mark.parametrize(
    ("facts", "day", "state"),
    [
        ([REFERRED], 99, ReferralState.PENDING),
        ([REFERRED, ORDER], 7, ReferralState.WAITING),
        ([ORDER, REFERRED], 8, ReferralState.DUE),
        ([REFERRED, ORDER, BACK], 99, ReferralState.LOST),
        ([REFERRED, ORDER, FirstOrderReturned(NOON, "x")], 8, ReferralState.DUE),
        ([REWARD, ORDER, REFERRED], 99, ReferralState.REWARDED),
        ([BACK, REWARD, ORDER, REFERRED], 99, ReferralState.TO_REVERSE),
    ],
)
def test_a_referral_waits_until_the_order_is_safe(
    facts: list[ReferralFact], day: int, state: ReferralState
) -> None:
    referral = referral_of(facts)
    assert referral is not None
    assert referral.state(days_later(day)) is state
    happening = referral.happening(days_later(day))
    assert (happening is not None) == (state is ReferralState.DUE)
    if happening is not None:
        assert happening.member_id == "a"
        assert isinstance(given_by(rule(RewardTrigger.REFERRAL), happening), Given)


def used(number: int, saving: int, share: int = 0) -> Coupon:
    coupon_id = f"c{number}"
    s = [Stamp(f"{coupon_id}-{n}", coupon_id, NOON) for n in range(4)]
    issued = Issued(s[0], "t", 1, "b", "", True, Period())
    until = NOON.plus_seconds(60)
    facts: list[Issued | Reserved | Redeemed | ShareGivenBack] = [
        issued,
        Reserved(s[1], "b", "till", until),
        Redeemed(s[2], "b", f"sale-{number}", saving),
    ]
    if share:
        facts.append(ShareGivenBack(s[3], f"sale-{number}", "r", "n", share))
    coupon = fold(facts)
    assert coupon is not None
    return coupon


def test_a_settlement_sums_exactly() -> None:
    terms = PartnerTerms("p", Percentage(333_333), fee_minor=50)
    coupons = [used(n, 10_01, share) for n, share in enumerate((0, 0, 3_00))]
    open_one = fold([coupons[0].issued])
    assert open_one is not None
    found = settle(terms, [*coupons, open_one])
    assert (found.issued, found.redeemed, found.open) == (4, 3, 1)
    assert found.saving_minor == 27_03
    assert found.partner_minor == 9_01 == sum(r.partner_minor for r in found.rows)
    assert found.due_minor == 9_01 - 1_50
