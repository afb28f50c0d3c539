"""A coupon that a ticket gives is a code on the customer's own screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.domain.coupon.template import (
    ReturnPolicy,
    Template,
    Validity,
    ValidityKind,
)
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.coupon_giving import CouponGift, issue_in
from tests.builders_promotions import by_coupon, cut, spend
from tests.journeys.screen_customer import Customer
from tests.journeys.screen_till import COLA_GTIN, FIRST_GTIN, ScreenTill
from tests.journeys.test_screen_returns import ended, sell
from tests.promotion_in_shop import hold

_PROMOTION = "018f0000-0000-7000-8000-000000000777"


def bearer_coupon(till: ScreenTill) -> str:
    """Give out a coupon that whoever holds it may use; return its code."""
    promotion = replace(
        by_coupon(spend((300, cut(100))), "一元券"), promotion_id=_PROMOTION
    )
    hold(till.till, promotion)
    desk, found = till.work.counter.desk, []
    at, stamp, zone = desk.clock.now(), desk.stamp(), till.work.zone

    def give(unit: UnitOfWork) -> None:
        made = Template(
            "018f0000-0000-7000-8000-000000000778",
            1,
            "一元券",
            _PROMOTION,
            Validity(ValidityKind.DAYS, length=30),
            return_policy=ReturnPolicy.PROPORTIONAL,
        )
        unit.coupons.add_template(made, at, "")
        gift = CouponGift(made.template_id, zone=zone)
        found.append(issue_in(unit, desk, gift, stamp).code)

    desk.record(give).result()
    return found[0]


@pytest.fixture
def given(selling: ScreenTill) -> tuple[ScreenTill, Customer]:
    """Return a till whose ticket has just given a coupon over a share."""
    code = bearer_coupon(selling)
    customer = Customer(selling)
    sale = sell(selling, COLA_GTIN, FIRST_GTIN, code)
    assert customer.state.qr is None
    selling.scan(sale.number)
    selling.touch_row("returnLines", sale.lines[0].name)
    selling.press("returnReason_changed_mind")
    selling.press("mainAction")
    ended(selling)
    return selling, customer


def test_a_share_that_comes_back_is_a_code_to_take_along(given) -> None:
    till, customer = given
    till.wait(lambda: customer.state.qr is not None)
    qr = customer.state.qr
    (told,) = till.work.counter.checkout.given_with(till.last_sale.sale_id)
    assert qr.rows == till.work.upkeep.qr_rows(told.code, "M")
    assert len(qr.rows) == len(qr.rows[0]) >= 21
    customer.reads("一元券")
    assert customer.window.code.isVisible()
    # Nobody but the next customer sees the next sale.
    till.scan(COLA_GTIN)
    assert customer.state.qr is None
    till.press("mainAction")
    assert customer.state.qr is None


@pytest.mark.slow
def test_a_ticket_without_a_coupon_shows_thanks(selling: ScreenTill) -> None:
    customer = Customer(selling)
    selling.scan(COLA_GTIN)
    selling.pay_cash()
    assert customer.state.qr is None
    assert customer.window.thanks.isVisible()
