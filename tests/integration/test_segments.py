"""Segments at a real till: summed at night, kept right by each sale, one tag language."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.campaign.segment import (
    Comparison,
    SegmentMetric,
    SegmentTest,
)
from pos_app.domain.coupon.happening import RewardTrigger
from pos_app.domain.promotion.promotion import Audience, AudienceKind
from pos_app.domain.sale import Sale
from pos_app.ports.campaigns import OptOut
from pos_app.services.replay import ReplayClock
from tests.builders_campaigns import (
    LIN,
    WANG,
    card_of,
    coupon_template,
    enrol,
    night,
    rule,
    run,
    segment,
)
from tests.builders_promotions import everything, percent, promotion, unit_deal
from tests.builders_returns import refund, return_shop, take_back
from tests.counter_shop import (
    COLA,
    MANAGER,
    TEA,
    opened,
    prove,
    refusal,
    sell,
)
from tests.promotion_in_shop import hold

AT_LEAST, AT_MOST = Comparison.AT_LEAST, Comparison.AT_MOST
OFTEN = (SegmentTest(SegmentMetric.VISITS, AT_LEAST, 2),)


@pytest.fixture
def till(tmp_path: Path, clock: ReplayClock) -> Iterator[Till]:
    with opened(return_shop(tmp_path), clock, number=MANAGER) as found:
        yield found


def bought(till: Till, member_id: str, *codes: str) -> Sale:
    counter = till.counter
    counter.members.attach_code(card_of(counter, member_id))
    return sell(counter, *(codes or (TEA,)))


def later(clock: ReplayClock, days: int) -> None:
    clock.set(clock.now().plus_seconds(days * 86_400))


def projection(till: Till) -> list[object]:
    """Return everything that the segments' tables say."""
    campaigns = till.counter.desk.ledger.campaigns
    ids = sorted(x.segment_id for x in campaigns.segments())
    return [
        *(sorted(campaigns.segment_members(each)) for each in ids),
        sorted(campaigns.scores().items()),
    ]


def test_a_member_is_in_a_segment_with_the_sale_that_brings_them_in(
    till: Till,
) -> None:
    counter = till.counter
    member = enrol(counter)
    counter.segments.save(segment(counter, tag="often", tests=OFTEN)).result()
    bought(till, member)
    assert counter.campaigns.tags_of(member) == ()
    bought(till, member)
    assert counter.campaigns.tags_of(member) == ("often",)
    attached = counter.members.attach_code(card_of(counter, member))
    assert "often" in attached.glance.tags
    basket = counter.sale.basket
    assert basket is not None
    assert basket.shopper is not None
    assert basket.shopper.tags == ("often",)


def test_goods_that_come_back_and_tickets_undone_count_no_more(till: Till) -> None:
    counter = till.counter
    member = enrol(counter)
    spent = (SegmentTest(SegmentMetric.SPEND, AT_LEAST, 100),)
    counter.segments.save(segment(counter, tag="spent", tests=spent)).result()
    sale = bought(till, member)
    assert counter.campaigns.tags_of(member) == ("spent",)
    take_back(counter, sale)
    refund(counter)  # by somebody who is not recognised
    assert counter.campaigns.tags_of(member) == ()
    sale = bought(till, member)
    assert counter.campaigns.tags_of(member) == ("spent",)
    counter.reversal.reverse(sale.sale_id, "rung_up_wrongly").result()
    assert counter.campaigns.tags_of(member) == ()


def test_the_night_says_what_the_sales_said(till: Till, clock: ReplayClock) -> None:
    counter = till.counter
    first, second = enrol(counter, LIN), enrol(counter, WANG, "王")
    loyal = (
        *OFTEN,
        SegmentTest(SegmentMetric.DAYS_AWAY, AT_MOST, 10),
        SegmentTest(SegmentMetric.AVERAGE, AT_LEAST, 100),
    )
    counter.segments.save(segment(counter, tag="loyal", tests=loyal)).result()
    for _ in range(2):
        bought(till, first)
        bought(till, second, TEA, COLA)
    night(till)
    settled = projection(till)
    counter.segments.refreshing()()
    assert projection(till) == settled
    bought(till, first)
    after = projection(till)
    counter.segments.refreshing()()
    assert projection(till)[:-1] == after[:-1]
    later(clock, 11)
    night(till)
    assert counter.campaigns.tags_of(first) == ()
    prove(till)


def test_who_objects_is_in_no_segment_and_has_no_score(till: Till) -> None:
    counter = till.counter
    member = enrol(counter)
    counter.segments.save(segment(counter, tag="often", tests=OFTEN)).result()
    bought(till, member)
    bought(till, member)
    counter.segments.refreshing()()
    assert counter.campaigns.score_of(member) is not None
    counter.campaigns.opt_out(member, OptOut.PROFILING).result()
    bought(till, member)
    counter.segments.refreshing()()
    assert counter.campaigns.tags_of(member) == ()
    assert counter.campaigns.score_of(member) is None


def test_a_segment_can_be_looked_at_changed_and_switched_off(till: Till) -> None:
    counter = till.counter
    member = enrol(counter)
    bought(till, member)
    bought(till, member)
    draft = segment(counter, tag="often", tests=OFTEN)
    assert counter.segments.previewing(draft)() == {member}
    stored = counter.segments.save(draft).result()
    counter.segments.refreshing()()
    assert [x.members for x in counter.segments.list()] == [1]
    renamed = counter.segments.save(replace(stored, tag="regular")).result()
    counter.segments.refreshing()()
    assert counter.campaigns.tags_of(member) == ("regular",)
    counter.segments.save(replace(renamed, is_on=False)).result()
    counter.segments.refreshing()()
    assert counter.campaigns.tags_of(member) == ()


def test_two_segments_never_give_the_same_tag(till: Till) -> None:
    counter = till.counter
    counter.segments.save(segment(counter, name="one", tag="VIP", tests=OFTEN)).result()
    found = refusal(
        counter.segments.save, segment(counter, name="two", tag=" vip ", tests=OFTEN)
    )
    assert (found.key, found.params["name"]) == ("segment_tag_taken", "one")
    empty = refusal(counter.segments.save, segment(counter, name="three"))
    assert empty.key == "segment_unsound"


def test_a_segment_is_an_audience_of_a_reward(till: Till) -> None:
    counter = till.counter
    coupon_template(counter)
    often = Audience(AudienceKind.TAG, ("often",))
    run(counter, rule(RewardTrigger.CHECK_IN, audience=often))
    counter.segments.save(segment(counter, tag="often", tests=OFTEN)).result()
    member = enrol(counter)
    assert counter.campaigns.here(member).result().why_not == "not_for_member"
    bought(till, member)
    bought(till, member)
    assert counter.campaigns.here(member).result().why_not == ""
    reaching = counter.campaign_rules.reaching(
        rule(RewardTrigger.CHECK_IN, audience=often)
    )
    assert reaching().members == 1


def test_a_promotion_is_for_the_fifth_purchase_of_a_customer(till: Till) -> None:
    """A segment of those who were here four times; a ticket undone is no visit."""
    counter = till.counter
    four = (
        SegmentTest(SegmentMetric.VISITS, AT_LEAST, 4),
        SegmentTest(SegmentMetric.VISITS, AT_MOST, 4),
    )
    counter.segments.save(segment(counter, tag="fifth", tests=four)).result()
    fifth = Audience(AudienceKind.TAG, ("fifth",))
    hold(till, promotion(unit_deal(everything(), percent("20")), audience=fifth))
    member = enrol(counter)
    paid = [bought(till, member).priced.total_minor for _ in range(6)]
    full, lowered = paid[0], paid[0] * 8 // 10
    assert paid == [full, full, full, full, lowered, full]
    other = enrol(counter, WANG, "王")
    sales = [bought(till, other) for _ in range(4)]
    counter.reversal.reverse(sales[-1].sale_id, "rung_up_wrongly").result()
    assert bought(till, other).priced.total_minor == full
    assert bought(till, other).priced.total_minor == lowered
