"""Rewards by rule at a real till: given once, counted, taken back with their cause."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.coupon.happening import RewardTrigger
from pos_app.domain.coupon.reward import Cap, Condition, Effect
from pos_app.domain.promotion.promotion import Audience, AudienceKind, LimitPeriod
from pos_app.domain.sale import Sale
from pos_app.ports.campaigns import OptOut
from pos_app.services.member_merge import MergeReason
from pos_app.services.replay import ReplayClock
from tests.builders_campaigns import (
    GIFT,
    LIN,
    OUYANG,
    WANG,
    card_of,
    coupon_template,
    coupons_of,
    enrol,
    gifts,
    night,
    rule,
    run,
)
from tests.builders_returns import refund, return_shop, take_back
from tests.counter_shop import (
    MANAGER,
    TEA,
    journal_kinds,
    opened,
    prove,
    refusal,
    sell,
)

DAY_S = 86_400


@pytest.fixture
def till(tmp_path: Path, clock: ReplayClock) -> Iterator[Till]:
    with opened(return_shop(tmp_path), clock, number=MANAGER) as found:
        coupon_template(found.counter)
        yield found


def later(clock: ReplayClock, days: int) -> None:
    clock.set(clock.now().plus_seconds(days * DAY_S))


def bought(till: Till, member_id: str, *codes: str) -> Sale:
    """Sell something to a member."""
    counter = till.counter
    counter.members.attach_code(card_of(counter, member_id))
    return sell(counter, *(codes or (TEA,)))


def test_a_check_in_gives_one_coupon_a_day(till: Till, clock: ReplayClock) -> None:
    counter = till.counter
    member = enrol(counter)
    assert counter.campaigns.here(member).result().why_not == "other_trigger"
    assert not counter.campaigns.has_check_in
    run(counter, rule(RewardTrigger.CHECK_IN))
    assert counter.campaigns.has_check_in
    first = counter.campaigns.here(member).result()
    assert first.gift is not None
    assert [each.name for each in first.gift.coupons] == [f"coupon {GIFT}"]
    assert counter.campaigns.here(member).result().why_not == "given_already"
    later(clock, 1)
    assert counter.campaigns.here(member).result().gift is not None
    assert coupons_of(till, member) == 2
    prove(till)


def test_a_try_on_coupon_is_good_for_72_hours(till: Till) -> None:
    counter = till.counter
    member = enrol(counter)
    run(counter, rule(RewardTrigger.TRY_ON))
    now = counter.desk.clock.now()
    found = counter.campaigns.tried_on(member).result()
    assert found.gift is not None
    assert found.gift.coupons[0].until == now.plus_seconds(72 * 3600)


def test_a_newcomer_pack_comes_with_the_enrolment_and_doubles_the_first_points(
    till: Till,
) -> None:
    counter = till.counter
    run(counter, rule(RewardTrigger.NEWCOMER, effect=Effect((GIFT,), 200, 500)))
    member = enrol(counter)
    assert coupons_of(till, member) == 1
    campaigns = counter.desk.ledger.campaigns
    assert campaigns.earn_percent([member]) == 200
    sale = bought(till, member)
    assert campaigns.earn_percent([member]) == 100
    (gift,) = counter.campaigns.gifts_of(member)
    assert gift.earned_on == sale.sale_id
    counter.reversal.reverse(sale.sale_id, "rung_up_wrongly").result()
    assert campaigns.earn_percent([member]) == 200


def test_a_rule_that_was_stopped_gives_nothing_and_keeps_what_it_gave(
    till: Till,
) -> None:
    counter = till.counter
    stored = run(counter, rule(RewardTrigger.CHECK_IN))
    first, second = enrol(counter, LIN), enrol(counter, WANG, "王")
    counter.campaigns.here(first).result()
    counter.campaign_rules.stop(stored.rule_id).result()
    assert counter.campaigns.here(second).result().gift is None
    assert coupons_of(till, first) == 1
    assert refusal(counter.campaign_rules.stop, stored.rule_id).key == (
        "campaign_not_running"
    )


def test_the_budget_is_never_passed(till: Till, clock: ReplayClock) -> None:
    counter = till.counter
    run(counter, rule(RewardTrigger.CHECK_IN, budget_minor=1400))
    member = enrol(counter)
    found = []
    for _ in range(4):
        found.append(counter.campaigns.here(member).result().why_not)
        later(clock, 1)
    assert found == ["", "", "budget", "budget"]
    (listed,) = counter.campaign_rules.list()
    assert (listed.given.count, listed.given.cost_minor) == (2, 1000)


def test_the_caps_are_held_for_each_member_and_in_all(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    cap = Cap(1, LimitPeriod.MONTH, in_all=2)
    run(counter, rule(RewardTrigger.CHECK_IN, cap=cap))
    first, second = enrol(counter, LIN), enrol(counter, WANG, "王")
    third = enrol(counter, OUYANG, "欧阳")
    assert counter.campaigns.here(first).result().why_not == ""
    later(clock, 1)
    assert counter.campaigns.here(first).result().why_not == "member_cap"
    assert counter.campaigns.here(second).result().why_not == ""
    assert counter.campaigns.here(third).result().why_not == "cap"


def test_a_birthday_is_rewarded_once_in_a_calendar_year(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    run(counter, rule(RewardTrigger.BIRTHDAY, condition=Condition(days_before=7)))
    today = counter.desk.business_day()
    member = enrol(counter, birthday=(today.month, min(today.day + 3, 28)))
    other = enrol(counter, WANG, "王", birthday=(1 + today.month % 12, 15))
    night(till)
    night(till)
    later(clock, 1)
    night(till)
    assert len(gifts(counter, member)) == 1
    assert gifts(counter, other) == []


def test_who_wants_nothing_unasked_gets_no_birthday_coupon_and_others_do(
    till: Till,
) -> None:
    counter = till.counter
    run(counter, rule(RewardTrigger.BIRTHDAY, condition=Condition(days_before=3)))
    run(counter, rule(RewardTrigger.CHECK_IN))
    today = counter.desk.business_day()
    out = enrol(counter, LIN, birthday=(today.month, today.day))
    asks = enrol(counter, WANG, "王", birthday=(today.month, today.day))
    counter.campaigns.opt_out(out, OptOut.MARKETING).result()
    night(till)
    assert gifts(counter, out) == []
    assert len(gifts(counter, asks)) == 1
    assert counter.campaigns.here(out).result().gift is not None  # asked for it
    counter.campaigns.opt_out(out, OptOut.MARKETING, is_out=False).result()
    night(till)
    assert len(gifts(counter, out)) == 2


def test_whoever_stays_away_is_won_back_once_for_each_absence(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    run(counter, rule(RewardTrigger.WIN_BACK, condition=Condition(days_absent=30)))
    member = enrol(counter)
    bought(till, member)
    later(clock, 29)
    night(till)
    assert gifts(counter, member) == []
    later(clock, 1)
    night(till)
    later(clock, 5)
    night(till)
    assert len(gifts(counter, member)) == 1
    bought(till, member)
    later(clock, 40)
    night(till)
    assert len(gifts(counter, member)) == 2


def test_a_referral_is_rewarded_when_the_first_order_can_no_longer_come_back(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    run(counter, rule(RewardTrigger.REFERRAL))
    referrer = enrol(counter)
    friend = enrol(counter, WANG, "王", referrer=LIN)
    night(till)
    assert gifts(counter, referrer) == []
    bought(till, friend)
    later(clock, 7)
    night(till)
    assert gifts(counter, referrer) == []
    later(clock, 1)
    night(till)
    later(clock, 1)
    night(till)
    assert gifts(counter, referrer) == [f"referral:{friend}"]
    assert gifts(counter, friend) == []
    prove(till)


def test_a_first_order_that_comes_back_in_time_earns_the_referrer_nothing(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    run(counter, rule(RewardTrigger.REFERRAL))
    referrer = enrol(counter)
    friend = enrol(counter, WANG, "王", referrer=LIN)
    sale = bought(till, friend)
    counter.reversal.reverse(sale.sale_id, "rung_up_wrongly").result()
    bought(till, friend)
    later(clock, 30)
    night(till)
    assert gifts(counter, referrer) == []


def test_a_reward_goes_back_when_the_first_order_comes_back_after_all(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    run(counter, rule(RewardTrigger.REFERRAL))
    referrer = enrol(counter)
    friend = enrol(counter, WANG, "王", referrer=LIN)
    sale = bought(till, friend)
    later(clock, 8)
    night(till)
    assert coupons_of(till, referrer) == 1
    take_back(counter, sale)
    refund(counter)
    assert coupons_of(till, referrer) == 0
    (gift,) = counter.campaigns.gifts_of(referrer)
    assert gift.is_taken_back
    night(till)
    assert len(gifts(counter, referrer)) == 1
    assert "RewardTakenBack" in journal_kinds(till)


@pytest.mark.parametrize(
    ("referrer", "friend", "key"),
    [
        ("a", "a", "referral_of_oneself"),
        ("b", "a", "referral_in_a_circle"),
        ("a", "b", "referral_has_referrer"),
        ("a", "c", "referral_friend_not_new"),
    ],
)
def test_nobody_refers_themselves_in_a_circle_twice_or_an_old_customer(
    till: Till, referrer: str, friend: str, key: str
) -> None:
    counter = till.counter
    known = {"a": enrol(counter, LIN)}
    known["b"] = enrol(counter, WANG, "王", referrer=LIN)
    known["c"] = enrol(counter, OUYANG, "欧阳")
    bought(till, known["c"])
    found = refusal(
        lambda: counter.campaigns.refer(known[friend], known[referrer]).result()
    )
    assert found.key == key


def test_whoever_brought_themselves_is_rewarded_for_nobody(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    run(counter, rule(RewardTrigger.REFERRAL))
    referrer = enrol(counter)
    second_self = enrol(counter, WANG, "王", referrer=LIN)
    bought(till, second_self)
    merging = counter.member_admin.merging
    merged = merging.merge(referrer, second_self, MergeReason.SAME_PERSON).result()
    later(clock, 9)
    night(till)
    assert gifts(counter, referrer, second_self) == []
    merging.undo(merged.merge_id).result()  # it was a mistake: they are two after all
    later(clock, 1)
    night(till)
    assert gifts(counter, referrer) == [f"referral:{second_self}"]


def test_a_person_who_stands_above_themselves_may_bring_others(till: Till) -> None:
    counter = till.counter
    referrer = enrol(counter)
    second_self = enrol(counter, WANG, "王", referrer=LIN)
    reason = MergeReason.SAME_PERSON
    counter.member_admin.merging.merge(referrer, second_self, reason).result()
    friend = enrol(counter, OUYANG, "欧阳")
    counter.campaigns.refer(friend, referrer).result()
    found = refusal(lambda: counter.campaigns.refer(referrer, friend).result())
    assert found.key == "referral_has_referrer"


def test_an_audience_of_a_tag_is_rewarded_alone(till: Till) -> None:
    counter = till.counter
    audience = Audience(AudienceKind.TAG, ("VIP",))
    run(counter, rule(RewardTrigger.CHECK_IN, audience=audience))
    plain, vip = enrol(counter, LIN), enrol(counter, WANG, "王", tags=("vip",))
    assert counter.campaigns.here(plain).result().why_not == "not_for_member"
    assert counter.campaigns.here(vip).result().why_not == ""


def test_a_new_version_waits_until_it_is_started_and_sums_go_on(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    stored = run(counter, rule(RewardTrigger.CHECK_IN, budget_minor=500))
    member = enrol(counter)
    counter.campaigns.here(member).result()
    later(clock, 1)
    second = counter.campaign_rules.save(replace(stored, budget_minor=1000)).result()
    assert second.version == 2
    assert counter.campaigns.here(member).result().why_not == "budget"
    counter.campaign_rules.start(second.rule_id, 2).result()
    assert counter.campaigns.here(member).result().why_not == ""
    later(clock, 1)
    assert counter.campaigns.here(member).result().why_not == "budget"


def test_the_reach_is_counted_before_anything_is_given(till: Till) -> None:
    counter = till.counter
    for number, phone in enumerate((LIN, WANG, OUYANG)):
        enrol(counter, phone, "会员", tags=("vip",) if number else ())
    audience = Audience(AudienceKind.TAG, ("vip",))
    wanted = rule(RewardTrigger.CHECK_IN, audience=audience, budget_minor=700)
    found = counter.campaign_rules.reaching(wanted)()
    assert (found.members, found.today) == (2, 2)
    assert (found.at_most, found.most_minor, found.left_minor) == (1, 500, 700)
    everybody = counter.campaign_rules.reaching(rule(RewardTrigger.CHECK_IN))()
    assert (everybody.members, everybody.most_minor) == (3, 1500)
