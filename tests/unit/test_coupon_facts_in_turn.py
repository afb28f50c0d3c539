"""A coupon's facts, in whatever order they are told, come to what the till came to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.coupon.life import CouponState, merge
from pos_app.services.coupon_drafts import CouponDraft, CouponKind
from pos_app.services.replay import ReplayClock
from tests.counter_shop import NOON, TEA, pay_cash
from tests.coupon_shop import coupon_till, give, make, state_of

ONE_OFF = CouponDraft("减 1 元", CouponKind.AMOUNT, amount_minor=100)


@pytest.fixture
def till(tmp_path: Path, clock: ReplayClock) -> Iterator[Till]:
    with coupon_till(tmp_path, clock) as found:
        yield found


def agrees(till: Till, coupon_id: str) -> None:
    """Assert that the facts told backwards and twice are the coupon."""
    facts = till.ledger.coupons.facts(coupon_id)
    moments = [(fact.stamp.at, fact.stamp.fact_id) for fact in facts]
    assert moments == sorted(moments)
    together = merge([*reversed(facts), *facts])
    assert together.refused == ()
    assert together.coupon == till.ledger.coupons.coupon(coupon_id)


def test_what_happens_to_a_coupon_in_one_moment_stays_in_its_order(till: Till) -> None:
    given = give(till, make(till, ONE_OFF))
    counter = till.counter
    counter.sale.scan(TEA)
    for _ in range(8):  # ids of one moment are in order by chance only
        counter.coupons.show(given.code)
        counter.coupons.take_back(given.coupon_id)
    counter.coupons.show(given.code)
    pay_cash(counter)
    assert state_of(till, given.coupon_id) is CouponState.REDEEMED
    agrees(till, given.coupon_id)


def test_a_clock_that_is_set_back_does_not_turn_a_coupons_facts_round(
    till: Till, clock: ReplayClock
) -> None:
    given = give(till, make(till, ONE_OFF))
    counter = till.counter
    clock.set(NOON.plus_seconds(3600))
    counter.sale.scan(TEA)
    counter.coupons.show(given.code)
    clock.jump(NOON.plus_seconds(60))
    pay_cash(counter)
    assert state_of(till, given.coupon_id) is CouponState.REDEEMED
    agrees(till, given.coupon_id)
