"""Reward rules and segments of a real till, for tests."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from pos_app.bootstrap import Till
from pos_app.domain.campaign.segment import (
    Comparison,
    SegmentMetric,
    SegmentRule,
    SegmentTest,
)
from pos_app.domain.coupon.happening import RewardTrigger
from pos_app.domain.coupon.reward import Effect, RewardRule
from pos_app.domain.coupon.template import Template, Validity, ValidityKind
from pos_app.domain.member.card_code import write_card
from pos_app.domain.member.consent import Purpose
from pos_app.ports.campaigns import OptOut
from pos_app.services.campaign_night import night_campaigns
from pos_app.services.counter import Counter
from pos_app.services.member_night import Night
from pos_app.services.members import EnrolDraft

#: Phones of people who agree to everything that they are asked.
LIN, WANG, OUYANG = "13812346217", "13912340001", "13712345678"
WAIT_S = 120
#: The coupon that rules of tests give; it may cost five yuan.
GIFT = "gift-template"


def enrol(counter: Counter, phone: str = LIN, name: str = "林可怡", **more: Any) -> str:
    """Make somebody a member; nobody is the customer of a sale by it."""
    purposes = (Purpose.MEMBERSHIP, Purpose.MARKETING, Purpose.PROFILING)
    draft = EnrolDraft(phone=phone, name=name, purposes=purposes, **more)
    glance = counter.members.enrol(draft).result(WAIT_S)
    counter.members.detach()
    return glance.member_id


def card_of(counter: Counter, member_id: str) -> str:
    """Return a member's static code."""
    record = counter.desk.ledger.members.of(member_id)
    assert record is not None
    return write_card(record.member.number)


def coupon_template(counter: Counter, template_id: str = GIFT, **more: Any) -> Template:
    """Store a template of coupons that live for 72 hours."""
    template = Template(
        template_id=template_id,
        version=1,
        name=f"coupon {template_id}",
        promotion_id="p1",
        validity=Validity(ValidityKind.HOURS, length=72),
        is_bearer=False,
        cost_minor=500,
        **more,
    )
    now = counter.desk.clock.now()
    counter.desk.record(
        lambda unit: unit.coupons.add_template(template, now, "")
    ).result()
    return template


def rule(trigger: RewardTrigger, **more: Any) -> RewardRule:
    """Return a rule that gives one coupon of five yuan."""
    effect = more.pop("effect", Effect((GIFT,), cost_minor=500))
    return RewardRule(
        rule_id=more.pop("rule_id", f"rule-{trigger.value}"),
        version=0,
        name=more.pop("name", trigger.value),
        trigger=trigger,
        effect=effect,
        **more,
    )


def run(counter: Counter, wanted: RewardRule) -> RewardRule:
    """Store a rule and start it."""
    stored = counter.campaign_rules.save(wanted).result()
    counter.campaign_rules.start(stored.rule_id, stored.version).result()
    return stored


def night(till: Till) -> None:
    """Run the campaigns' nightly step for the business day of now."""
    desk = till.counter.desk
    zone = ZoneInfo(desk.shop.time_zone)
    stamp = desk.stamp()
    night_campaigns(Night(desk, stamp.business_day, stamp.at, zone, stamp))


def gifts(counter: Counter, *member_ids: str) -> list[str]:
    """Return the keys of what members were given, their own id left out."""
    found = [
        each.given.key.replace(member_id, "·")
        for member_id in member_ids
        for each in counter.campaigns.gifts_of(member_id)
    ]
    return sorted(found)


def coupons_of(till: Till, member_id: str) -> int:
    """Return how many coupons of gifts a member can still use."""
    counter = till.counter
    found = 0
    for each in counter.campaigns.gifts_of(member_id):
        for coupon_id in each.coupon_ids:
            coupon = counter.desk.ledger.coupons.coupon(coupon_id)
            assert coupon is not None
            found += coupon.state.value in {"claimed", "issued"}
    return found


def segment(counter: Counter, **more: Any) -> SegmentRule:
    """Return a segment that is about to be written."""
    return SegmentRule(
        segment_id=more.pop("segment_id", counter.segments.new_id()),
        version=0,
        name=more.pop("name", "a segment"),
        tag=more.pop("tag", "a tag"),
        **more,
    )


def plant_campaigns(till: Till) -> None:
    """Put something into every table of campaigns that never changes."""
    counter = till.counter
    coupon_template(counter)
    run(counter, rule(RewardTrigger.NEWCOMER, effect=Effect((GIFT,), 200, 500)))
    counter.segments.save(
        segment(
            counter, tests=(SegmentTest(SegmentMetric.VISITS, Comparison.AT_LEAST, 1),)
        )
    ).result()
    enrol(counter)
    friend = enrol(counter, WANG, "王", referrer=LIN)
    counter.desk.record(
        lambda unit: unit.campaigns.use_earn_percent([friend], "s")
    ).result()
    (gift,) = counter.campaigns.gifts_of(friend)
    now = counter.desk.clock.now()
    counter.desk.record(
        lambda unit: unit.campaigns.take_gift_back(gift.given.key, "d", now)
    ).result()
    counter.campaigns.opt_out(friend, OptOut.MARKETING).result()
