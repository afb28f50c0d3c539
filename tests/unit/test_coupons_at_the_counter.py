"""Coupons at a real counter: given, shown, used once, and back with the goods."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.coupon.life import CouponState
from pos_app.domain.coupon.template import RestoreRule, ReturnPolicy, Template
from pos_app.domain.loyalty.ticket_facts import GivenCoupon
from pos_app.domain.promotion.promotion import Trigger, TriggerKind
from pos_app.services.coupon_batches import BatchOrder
from pos_app.services.coupon_drafts import CouponDraft, CouponKind
from pos_app.services.replay import ReplayClock
from pos_app.values.percentage import Percentage
from tests.builders_returns import REASON, return_shop
from tests.counter_shop import (
    MANAGER,
    NOON,
    TEA,
    finish,
    opened,
    pay_cash,
    prove,
    refusal,
)
from tests.coupon_shop import coupon_till, give, make, state_of

TWENTY = CouponDraft("八折", CouponKind.PERCENT, percentage=Percentage.parse("20"))
ONE_OFF = CouponDraft("减 1 元", CouponKind.AMOUNT, amount_minor=100)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with coupon_till(tmp_path) as found:
        yield found


def total(till: Till) -> int:
    priced = till.counter.sale.priced
    assert priced is not None
    return priced.total_minor


def test_a_paper_coupon_is_used_once(till: Till) -> None:
    template = make(till, TWENTY)
    given = give(till, template)
    counter = till.counter
    counter.sale.scan(TEA, Decimal(4))
    whole = total(till)
    assert counter.coupons.is_coupon_code(given.code)
    shown = counter.coupons.show(given.code.lower())
    assert shown.is_used
    assert shown.saves_minor == whole - total(till) > 0
    pay_cash(counter)
    used = till.ledger.coupons.coupon(given.coupon_id)
    assert used is not None
    assert used.state is CouponState.REDEEMED
    assert used.redeemed is not None
    assert used.redeemed.saving_minor == shown.saves_minor
    counter.sale.scan(TEA)
    again = refusal(counter.coupons.show, given.code)
    assert again.key == "coupon_redeemed"
    assert again.params["number"]
