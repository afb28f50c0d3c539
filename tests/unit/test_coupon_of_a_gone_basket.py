"""A basket that nobody had goes, and what was shown in it is its owner's at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.coupon.life import CouponState
from pos_app.domain.member.recognition import Means
from pos_app.services.coupon_drafts import CouponDraft, CouponKind
from pos_app.services.replay import ReplayClock
from tests.builders_members import LIN, WANG, enrol
from tests.counter_shop import NOON, TEA
from tests.coupon_shop import coupon_till, give, make, state_of

ONE_OFF = CouponDraft("减 1 元", CouponKind.AMOUNT, amount_minor=100)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with coupon_till(tmp_path, ReplayClock(NOON)) as found:
        yield found


def shown_before_the_first_scan(till: Till) -> str:
    """Let a customer show a paper coupon and nothing else; return the coupon."""
    given = give(till, make(till, ONE_OFF))
    counter = till.counter
    counter.members.attach(enrol(counter, LIN), Means.PHONE_SAID)
    counter.coupons.show(given.code)
    assert state_of(till, given.coupon_id) is CouponState.RESERVED
    return given.coupon_id


def test_the_next_customer_does_not_hold_the_coupon_of_the_one_before(
    till: Till,
) -> None:
    coupon_id = shown_before_the_first_scan(till)
    till.counter.members.attach(enrol(till.counter, WANG), Means.PHONE_SAID)
    assert till.counter.sale.basket.coupons == ()
    assert state_of(till, coupon_id) is CouponState.ISSUED


def test_who_goes_away_again_leaves_no_coupon_held(till: Till) -> None:
    coupon_id = shown_before_the_first_scan(till)
    till.counter.members.detach()
    assert till.counter.sale.current is None
    assert state_of(till, coupon_id) is CouponState.ISSUED


def test_a_parked_sale_that_comes_back_takes_the_place_of_no_held_coupon(
    till: Till,
) -> None:
    counter = till.counter
    counter.sale.scan(TEA)
    parked = counter.park.park().result()
    counter.park.settled()
    coupon_id = shown_before_the_first_scan(till)
    counter.park.resume(parked.sale.basket.basket_id).result()
    counter.park.settled()
    assert state_of(till, coupon_id) is CouponState.ISSUED
