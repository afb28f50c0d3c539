"""Another size costs what was paid; coupon and points come back with the last goods."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.coupon.life import CouponState
from pos_app.domain.loyalty.burning import BurnAs
from pos_app.domain.member.recognition import Means
from pos_app.domain.sale import Sale
from pos_app.services.counter import Counter
from tests.builders_points import balance
from tests.builders_returns import SHIRT_L, SHIRT_M, paid_back, take_back
from tests.counter_shop import TEA, finish, opened
from tests.coupon_shop import give, state_of
from tests.member_shop import (
    ONCE,
    OPENING,
    SHARED,
    WHOLE,
    WORTH,
    member_shop,
    members_of,
    templates_of,
)
from tests.value_till import able, prove_pockets, wallet

POINTS, SHIRT, LARGE = 1_500, 199_00, 219_00


@contextmanager
def shop(parent: Path, burn_as: BurnAs = BurnAs.DISCOUNT) -> Iterator[Till]:
    with opened(member_shop(parent, burn_as)) as till:
        able(till.counter)
        yield till
        prove_pockets(till)


def sold(till: Till, name: str, *codes: str) -> tuple[Sale, str]:
    """Sell to the first member with a coupon and points; the rest by wallet and cash."""
    counter, member_id = till.counter, members_of(till)[0]
    for code in codes:
        counter.sale.scan(code)
    counter.members.attach(member_id, Means.ROTATING_CODE)
    owner = member_id if name == WHOLE else ""
    coupon = give(till, templates_of(till)[name], owner)
    if owner:
        counter.coupons.use(coupon.coupon_id)
    else:
        counter.coupons.show(coupon.code)
    counter.points.give(POINTS)
    counter.stored_value.pay(wallet(counter, member_id).account_id, 20_00)
    counter.checkout.take("cash", None)
    return finish(counter), coupon.coupon_id


def exchanged(counter: Counter, sale: Sale, code: str, position: int = 1) -> Sale:
    """Give one thing for another; nobody has to be recognised for it."""
    take_back(counter, sale, position)
    counter.sale.scan(code)
    payment = counter.checkout.payment
    if payment is not None and payment.due_minor:
        counter.checkout.take("cash", None)
    return finish(counter)


def brought(counter: Counter, sale: Sale, position: int = 1) -> dict[str, int]:
    """Bring something back; tell what went back in money, by tender."""
    take_back(counter, sale, position)
    return paid_back(counter)


@pytest.mark.parametrize("burn_as", list(BurnAs))
@pytest.mark.parametrize("name", [WHOLE, SHARED, ONCE])
def test_another_size_is_even_and_the_last_one_brings_everything_back(
    tmp_path: Path, name: str, burn_as: BurnAs
) -> None:
    with shop(tmp_path, burn_as) as till:
        counter, member_id = till.counter, members_of(till)[0]
        sale, coupon_id = sold(till, name, SHIRT_M)
        worth = WORTH[name] + (POINTS if burn_as is BurnAs.DISCOUNT else 0)
        earned = balance(till, member_id).total - (OPENING - POINTS)
        for code in (SHIRT_L, SHIRT_M):
            sale = exchanged(counter, sale, code)
            assert sale.priced.total_minor == SHIRT - worth
            assert (sale.tenders, sale.refunds) == ((), ())
            assert balance(till, member_id).total <= OPENING - POINTS + earned
            assert state_of(till, coupon_id) is CouponState.REDEEMED
        told = brought(counter, sale)
        due = SHIRT - WORTH[name] - POINTS
        assert told.pop("points", POINTS) == POINTS
        assert told == {"stored_value": 20_00, "cash": due - 20_00}
        assert balance(till, member_id).total == OPENING
        assert (state_of(till, coupon_id) is CouponState.RESTORED) == (name != ONCE)


def test_of_two_shirts_an_exchanged_one_keeps_its_share_of_the_coupon(
    tmp_path: Path,
) -> None:
    with shop(tmp_path) as till:
        counter, member_id = till.counter, members_of(till)[0]
        sale, coupon_id = sold(till, WHOLE, SHIRT_M, SHIRT_L)
        other = exchanged(counter, sale, SHIRT_L)
        brought(counter, sale, 2)
        assert state_of(till, coupon_id) is CouponState.REDEEMED
        before = balance(till, member_id).total
        assert before < OPENING
        brought(counter, other)
        assert state_of(till, coupon_id) is CouponState.RESTORED
        assert balance(till, member_id).total == OPENING


def test_other_goods_cost_their_own_price_and_what_lowered_the_old_comes_back(
    tmp_path: Path,
) -> None:
    with shop(tmp_path) as till:
        counter, member_id = till.counter, members_of(till)[0]
        sale, coupon_id = sold(till, WHOLE, SHIRT_M)
        take_back(counter, sale)
        counter.sale.scan(TEA)
        paid_back(counter)
        assert state_of(till, coupon_id) is CouponState.RESTORED
        assert balance(till, member_id).total == OPENING


def test_more_than_came_back_costs_its_own_price(tmp_path: Path) -> None:
    with shop(tmp_path) as till:
        counter = till.counter
        sale, coupon_id = sold(till, WHOLE, SHIRT_M)
        take_back(counter, sale)
        counter.sale.scan(SHIRT_L, Decimal(2))
        counter.checkout.take("cash", None)
        both = finish(counter)
        assert [x.priced.total_minor for x in both.lines] == [174_00, LARGE]
        brought(counter, both, 2)
        assert state_of(till, coupon_id) is CouponState.REDEEMED
        brought(counter, both, 1)
        assert state_of(till, coupon_id) is CouponState.RESTORED
