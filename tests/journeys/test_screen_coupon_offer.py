"""The best coupons of the customer are offered above the sums, and taken in one tap."""

from __future__ import annotations

from threading import current_thread

import pytest
from PySide6.QtCore import Qt

from pos_app.i18n import _
from tests.journeys.screen_customer import Customer
from tests.journeys.screen_members import code_of_phone, open_members
from tests.journeys.screen_till import COLA_GTIN, ScreenTill

SHIRT = "710002"


@pytest.fixture
def recognised(selling: ScreenTill) -> ScreenTill:
    """Return a till with a member who has coupons, and goods for one of them."""
    there = open_members(selling)
    selling.scan(SHIRT)
    selling.scan(code_of_phone(selling, there.lin))
    return selling


def offer(till: ScreenTill):
    till.wait(lambda: till.flow.features.coupons.look.offer() is not None)
    till.settle()
    return till.find("nearly").view


def test_one_tap_above_the_sums_uses_the_best_coupons(recognised: ScreenTill) -> None:
    before = recognised.flow.sale.state.amount_due_minor
    shown = offer(recognised)
    assert set(shown.coupons) == set(recognised.work.counter.coupons.best())
    saves = recognised.work.counter.coupons.best_minor
    assert saves > 0
    recognised.flow.frame.drop_toast()
    recognised.press("nearly")
    assert recognised.flow.sale.state.amount_due_minor == before - saves
    recognised.settle()
    shown = recognised.find("nearly").view
    assert shown is None or not shown.coupons  # they are used now


def test_the_customer_is_told_and_only_then(recognised: ScreenTill) -> None:
    customer = Customer(recognised)
    title = offer(recognised).title
    customer.reads(title)
    recognised.key(Qt.Key.Key_F7)
    recognised.press("couponsBest")
    assert title not in customer.state.hint


def test_a_coupon_that_lacks_an_amount_is_told_of_and_saves_what_was_told(
    selling: ScreenTill,
) -> None:
    """15 off from 50 on: of 15 colas for 45 it lacks 5, and two more make it good."""
    there = open_members(selling)
    selling.scan(*[COLA_GTIN] * 15, code_of_phone(selling, there.lin))
    assert offer(selling).coupons
    selling.press("nearly")  # the other coupon is good already, and comes first
    offers, coupons = selling.flow.features.offers, selling.work.counter.coupons
    selling.wait(lambda: offers.nearest is not None)
    told, view = offers.nearest, selling.find("nearly").view
    assert told.coupon_id in there.coupons
    name = next(
        x.name for x in coupons.usable("zh-CN") if x.coupon_id == told.coupon_id
    )
    assert view.title == _(
        "{amount} more for the coupon {name}", amount="¥5", name=name
    )
    assert (view.icon, view.key) == ("ticket", "")
    Customer(selling).reads(view.title)
    before = selling.flow.sale.state.amount_due_minor
    selling.scan(COLA_GTIN, COLA_GTIN)
    selling.key(Qt.Key.Key_F7)
    selling.press("couponsBest")
    after = selling.flow.sale.state.amount_due_minor
    assert before + 2 * 300 - after == told.saving_minor == 1500


@pytest.mark.slow
def test_what_is_tried_runs_beside_the_screen(
    recognised: ScreenTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    coupons, threads = recognised.work.counter.coupons, []
    looking = coupons.looking

    def watched():
        look = looking()
        return look and (lambda: (threads.append(current_thread()), look())[1])

    monkeypatch.setattr(coupons, "looking", watched)
    recognised.scan(COLA_GTIN)
    recognised.wait(lambda: bool(threads))
    assert current_thread() not in threads
    assert offer(recognised).coupons


@pytest.mark.slow
def test_the_key_of_coupons_is_there_for_the_next_customer(
    recognised: ScreenTill,
) -> None:
    recognised.pay_cash()
    recognised.press("mainAction")
    recognised.press("function_coupons")
    assert recognised.flow.features.coupons.is_shown


def test_a_shop_without_coupons_has_no_key_for_them(selling: ScreenTill) -> None:
    selling.scan(COLA_GTIN)
    assert not selling.is_there("function_coupons")
