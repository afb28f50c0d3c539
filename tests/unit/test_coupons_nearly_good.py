"""A coupon in hand that lacks a little: told at the counter, if it may be used at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.member.recognition import Means
from pos_app.domain.promotion.explanation import Nearly
from pos_app.ports.points import ProgrammeVersion
from pos_app.services.coupon_drafts import CouponDraft, CouponKind
from pos_app.services.replay import ReplayClock
from tests.builders_members import LIN, enrol
from tests.counter_shop import NOON, TEA
from tests.coupon_shop import coupon_till, give, make

FROM_100 = CouponDraft(
    "满 100 减 15", CouponKind.AMOUNT, amount_minor=1500, threshold_minor=10_000
)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with coupon_till(tmp_path, ReplayClock(NOON)) as found:
        yield found


def total(till: Till) -> int:
    priced = till.counter.sale.priced
    assert priced is not None
    return priced.total_minor


def nearly_100(till: Till) -> int:
    """Scan tea for 70 to 100; return what one costs."""
    till.counter.sale.scan(TEA, Decimal(1))
    each = total(till)
    till.counter.sale.scan(TEA, Decimal(9_999 // each - 1))
    assert 7_000 <= total(till) < 10_000
    return each


def nearest(till: Till) -> Nearly | None:
    found = till.counter.offer_explanation.nearest()
    return found[0] if found else None


def test_a_coupon_that_was_scanned_says_what_it_lacks_and_keeps_its_word(
    till: Till,
) -> None:
    given = give(till, make(till, FROM_100))
    each = nearly_100(till)
    till.counter.coupons.show(given.code)
    told, before = nearest(till), total(till)
    assert told is not None
    assert (told.coupon_id, told.name) == (given.coupon_id, FROM_100.name)
    assert (told.missing_minor, told.saving_minor) == (10_000 - before, 1500)
    till.counter.sale.scan(TEA, Decimal(1))
    assert before + each - total(till) == told.saving_minor
    assert nearest(till) is None  # it is used


def test_a_members_coupon_is_told_of_once_they_are_recognised(till: Till) -> None:
    lin = enrol(till.counter, LIN, "林可怡")
    given = give(till, make(till, replace(FROM_100, is_bearer=False)), lin)
    nearly_100(till)
    assert nearest(till) is None
    till.counter.members.attach(lin, Means.PHONE_SAID)
    told = nearest(till)
    assert told is not None
    assert told.coupon_id == given.coupon_id
    till.counter.members.detach()
    assert nearest(till) is None


def test_a_coupon_that_has_no_room_beside_another_is_not_told_of(till: Till) -> None:
    lin = enrol(till.counter, LIN, "林可怡")
    small = replace(FROM_100, name="减 1 元", amount_minor=100, threshold_minor=0)
    give(till, make(till, replace(FROM_100, is_bearer=False)), lin)
    paper = give(till, make(till, small))
    nearly_100(till)
    till.counter.members.attach(lin, Means.PHONE_SAID)
    till.counter.coupons.show(paper.code)
    assert nearest(till) is None
    rules = Programme(version=1, coupon_limit=2)
    version = ProgrammeVersion(rules, till.counter.desk.clock.now(), "", "")
    till.counter.desk.record(lambda unit: unit.points.add_programme(version)).result()
    till.counter.coupons.take_back(paper.coupon_id)
    till.counter.coupons.show(paper.code)
    told = nearest(till)
    assert told is not None
    assert told.saving_minor == 1500
