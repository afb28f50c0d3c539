"""Days, sums and machines that are hard on members: ends, leap days, two tills."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.loyalty.burning import BurnAs
from pos_app.domain.loyalty.earn_rule import EarnRule
from pos_app.domain.loyalty.expiry import ExpiryKind, LifeRule
from pos_app.domain.loyalty.tier import Tier
from pos_app.domain.member.recognition import Means
from pos_app.domain.sale import Sale
from pos_app.services.member_merge import MergeReason
from pos_app.services.members import EnrolDraft
from pos_app.services.replay import ReplayClock
from pos_app.values.times import Timestamp
from tests.builders_points import RULES, balance, bring, give_points
from tests.builders_returns import (
    SHIRT_L,
    SHIRT_M,
    approved,
    paid_back,
    return_shop,
    take_back,
)
from tests.counter_shop import (
    CAR,
    COLA,
    GIFT,
    NOON,
    TEA,
    finish,
    opened,
    pay_cash,
    prove,
    refusal,
)
from tests.coupon_shop import give, state_of
from tests.member_shop import WHOLE, member_shop, members_of, templates_of
from tests.value_till import (
    ANNA,
    BERT,
    RULE,
    able,
    card,
    filled,
    loyal_till,
    shown,
    wallet,
)


@pytest.fixture
def till(tmp_path: Path, clock: ReplayClock) -> Iterator[Till]:
    rules = replace(RULES, value=RULE, coupon_limit=2)
    with loyal_till(return_shop(tmp_path, "1 half_up"), clock, rules) as found:
        yield found


def bought(till: Till, code: str = SHIRT_M, who: str = ANNA) -> Sale:
    shown(till.counter, who)
    till.counter.sale.scan(code)
    return pay_cash(till.counter)


def moment(text: str) -> Timestamp:
    return Timestamp.parse(text)


# --------------------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("zone", "earned", "end"),
    [
        ("Asia/Shanghai", "2027-01-31T12:00:00+08:00", "2027-03-01T00:00:00+08:00"),
        ("Asia/Shanghai", "2028-01-31T12:00:00+08:00", "2028-03-01T00:00:00+08:00"),
        ("Europe/Berlin", "2027-02-28T12:00:00+01:00", "2027-03-29T00:00:00+02:00"),
        ("Europe/Berlin", "2027-09-30T12:00:00+02:00", "2027-10-31T00:00:00+02:00"),
        ("Europe/Berlin", "2027-09-30T23:59:59+02:00", "2027-10-31T00:00:00+02:00"),
        ("America/Santiago", "2027-08-04T12:00:00-04:00", "2027-09-05T01:00:00-03:00"),
    ],
)
def test_a_month_of_points_ends_at_midnight_of_the_shop_whatever_its_clocks_do(
    zone: str, earned: str, end: str
) -> None:
    life = LifeRule(ExpiryKind.ROLLING, 1)
    assert life.expires_at(moment(earned), ZoneInfo(zone)) == moment(end)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has one time zone")
def test_a_machine_whose_time_zone_changes_keeps_the_shop_s_midnight(
    till: Till, clock: ReplayClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(till, replace(RULES, life=LifeRule(ExpiryKind.ROLLING, 1)))
    clock.set(moment("2026-11-30T23:30:00+08:00"))
    try:
        for zone in ("Asia/Shanghai", "Pacific/Auckland", "America/Los_Angeles"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            sale = bought(till)
            assert str(sale.business_day) == "2026-11-30"
    finally:
        monkeypatch.undo()
        time.tzset()
    lots = till.ledger.points.left((ANNA,))
    ends = {one.lot.expires_at for one in lots}
    assert (len(lots), ends) == (3, {moment("2026-12-31T00:00:00+08:00")})
    clock.set(moment("2026-12-30T23:59:59+08:00"))
    assert balance(till, ANNA).active == 3 * 199
    clock.set(moment("2026-12-31T00:00:00+08:00"))
    assert balance(till, ANNA).active == 0


# --------------------------------------------------------------------------- sums


def test_goods_for_nothing_earn_nothing_and_take_no_points(till: Till) -> None:
    counter = till.counter
    give_points(till, 1_000, ANNA)
    shown(counter)
    counter.sale.scan(GIFT)
    assert counter.points.burnable().burn.points == 0
    assert refusal(counter.points.give, 100).key != ""
    sale = finish(counter)
    assert sale.priced.total_minor == 0
    assert balance(till, ANNA).total == 1_000


def test_a_quadrillion_points_are_counted_to_the_last_one(till: Till) -> None:
    counter = till.counter
    give_points(till, 10**15, ANNA)
    shown(counter)
    counter.sale.scan(CAR)
    counter.points.give(9_999_999_900)
    finish(counter)
    assert balance(till, ANNA).total == 10**15 - 9_999_999_900


def test_a_third_of_a_point_is_dropped_once_and_comes_back_whole(till: Till) -> None:
    counter = till.counter
    bring(till, replace(RULES, earn=EarnRule(points=1, per_minor=300)))
    shown(counter)
    for code in (SHIRT_M, SHIRT_L, TEA):
        counter.sale.scan(code)
    sale = pay_cash(counter)
    whole = balance(till, ANNA).total
    assert whole == (199_00 + 219_00 + 12_80) // 300
    for position in (2, 3, 1):
        take_back(counter, sale, position)
        approved(counter, counter.refund.give, "cash")
        finish(counter)
    assert balance(till, ANNA).total == 0
    assert balance(till, ANNA).debt == 0


# ----------------------------------------------------------------------- machines


def test_a_tier_that_a_return_takes_gives_its_price_and_points_no_more(
    till: Till,
) -> None:
    counter = till.counter
    silver = Tier("silver", "银卡", 30_000)
    bring(till, replace(RULES, tiers=(silver,)))
    _first, second = bought(till), bought(till)
    assert counter.points.standing(ANNA).tier == silver
    take_back(counter, second)
    approved(counter, counter.refund.give, "cash")
    finish(counter)
    assert counter.points.standing(ANNA).tier is None
    assert counter.points.standing(ANNA).metric == 199_00


def test_all_ways_at_once_come_back_in_parts_over_days(tmp_path: Path) -> None:
    clock = ReplayClock(NOON)
    with opened(member_shop(tmp_path, BurnAs.TENDER), clock) as till:
        counter = till.counter
        able(counter)
        who = members_of(till)[0]
        coupon = give(till, templates_of(till)[WHOLE], who)
        gift = card(counter, "GIFT-0000-0007", 30_00).account_id
        before = balance(till, who), wallet(counter, who)
        for code, quantity in ((SHIRT_M, 1), (TEA, 3), (COLA, 2)):
            counter.sale.scan(code, Decimal(quantity))
        counter.members.attach(who, Means.ROTATING_CODE)
        counter.coupons.use(coupon.coupon_id)
        counter.points.give(1500)
        counter.stored_value.pay(gift)
        counter.stored_value.pay(wallet(counter, who).account_id, 40_05)
        counter.checkout.take("cash", None)
        sale = finish(counter)
        back: dict[str, int] = {}
        for position in (2, 1, 3, 2, 3, 2):
            clock.set(clock.now().plus_seconds(7 * 3600))
            take_back(counter, sale, position)
            for key, minor in paid_back(counter).items():
                back[key] = back.get(key, 0) + minor
        cash = sale.priced.total_minor - 15_00 - 30_00 - 40_05
        assert back == {
            "points": 15_00,
            "gift_card": 30_00,
            "stored_value": 40_05,
            "cash": cash,
        }
        assert (balance(till, who), wallet(counter, who)) == before
        assert counter.stored_value.account(gift).usable_minor == 30_00
        assert state_of(till, coupon.coupon_id).value == "restored"
        prove(till)


def test_a_number_given_to_somebody_else_takes_nothing_of_the_first_one(
    till: Till,
) -> None:
    counter, number = till.counter, "13917283465"
    first = counter.members.enrol(EnrolDraft(number, "甲")).result().member_id
    counter.members.settled()
    counter.members.detach()
    give_points(till, 500, first)
    filled(counter, 100_00, member_id=first)
    draft = EnrolDraft(number, "乙", is_reissued=True)
    second = counter.members.enrol(draft).result().member_id
    counter.members.settled()
    assert second != first
    assert [x.member_id for x in counter.members.find(number)] == [second]
    assert counter.stored_value.wallet(second) is None
    assert balance(till, second).total == 0
    assert balance(till, first).total == 500
    assert wallet(counter, first).usable_minor == 105_00
    counter.members.detach()


def test_a_card_of_eighteen_digits_that_pays_is_nobody_s(till: Till) -> None:
    counter = till.counter
    draft = EnrolDraft("13917283465", card="134567890123456789")
    refused = refusal(lambda: counter.members.enrol(draft).result())
    assert refused.key.startswith("member_c")
    assert not counter.members.is_member_code("134567890123456789")


@pytest.mark.parametrize("back_first", [True, False])
def test_a_merge_taken_back_leaves_each_sale_with_whose_it_was(
    till: Till, back_first: bool
) -> None:
    counter, merging = till.counter, till.counter.member_admin.merging
    anna, bert = bought(till), bought(till, SHIRT_L, BERT)
    done = merging.merge(ANNA, BERT, MergeReason.SAME_PERSON).result()
    if back_first:
        take_back(counter, bert)
        approved(counter, counter.refund.give, "cash")
        finish(counter)
    merging.undo(done.merge_id).result()
    if not back_first:
        counter.reversal.reverse(
            bert.sale_id, "rung_wrongly", print_slip=False
        ).result()
    assert balance(till, ANNA).total == 199
    assert balance(till, BERT).total == 0
    assert anna.member_id == ANNA


def test_a_tender_that_was_corrected_changes_no_points(till: Till) -> None:
    counter = till.counter
    shown(counter)
    counter.sale.scan(SHIRT_M)
    counter.checkout.take("card", None, "1234")
    sale = finish(counter)
    before = balance(till, ANNA)
    (tender,) = sale.tenders
    approved(
        counter,
        lambda: counter.tender_correction.correct(
            sale.sale_id, tender.tender_id, "cash", ""
        ).result(),
    )
    assert balance(till, ANNA) == before
    take_back(counter, sale)
    assert [way.key for way in counter.refund.ways()] == ["cash"]
    approved(counter, counter.refund.give, "cash")
    finish(counter)
    assert balance(till, ANNA).total == 0
