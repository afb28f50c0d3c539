"""Promotions for whom the till knows: every layer by hand, audiences, what a return does."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from pos_app.domain.loyalty.burning import discount_points, points_by_line
from pos_app.domain.member.recognition import Means
from pos_app.domain.promotion.promotion import Hours, Layer, Schedule
from pos_app.domain.reduction import StepKind
from pos_app.i18n import _, plural
from pos_app.values.percentage import Percentage
from tests.builders_promotions import percent, unit_deal
from tests.journeys.screen_customer import Customer
from tests.journeys.screen_loyal_offers import (
    CHOSEN,
    ELSEWHERE,
    FOR_WHOM,
    NO_MORE,
    OVER,
    WITH_COUPON,
    enrol_staff,
    offer,
    open_for_whom,
    open_silver,
    open_terms,
)
from tests.journeys.screen_members import MembersThere, code_of_phone
from tests.journeys.screen_offers import RICE_BALL, SHIRT, only, open_offers
from tests.journeys.screen_till import AMERICANO, COLA, ScreenTill
from tests.journeys.worked_by_hand import figure, replay, steps_of
from tests.promotion_in_shop import hold
from ui.presenters.customer import CustomerPresenter, CustomerScene
from ui.presenters.why_price_state import RefusedView, StepTone

MANAGER = "1005"
LATER = "晚些时候"


@pytest.fixture
def manager(till: ScreenTill) -> ScreenTill:
    return till.sign_on(MANAGER)


def refused(till: ScreenTill) -> dict[str, RefusedView]:
    return {x.title: x for x in till.flow.features.price.why.state.refused}


def give_everything(till: ScreenTill, there: MembersThere) -> None:
    """Let every layer take a part: tier, deals, hands, coupons, points, round-off."""
    counter = till.work.counter
    till.scan(code_of_phone(till, there.lin))
    till.scan(SHIRT, SHIRT, COLA, COLA, COLA, AMERICANO, RICE_BALL)
    for coupon in there.coupons:
        counter.coupons.use(coupon)
    counter.points.give(500)
    line_id, reason = till.lines[1].line_id, "regular_customer"
    counter.price_by_hand.discount_line(line_id, Percentage.parse("10"), reason)
    counter.price_by_hand.discount_sale(Percentage.parse("5"), reason)
    counter.sale.round_off(4)
    till.flow.sale.refresh()


def test_every_layer_of_a_member_s_sale_can_be_worked_out_by_hand(
    manager: ScreenTill,
) -> None:
    there = open_silver(manager)
    open_offers(manager)
    give_everything(manager, there)
    manager.press("lineWhy")
    kinds = {
        step.kind
        for line in manager.work.counter.sale.priced.lines
        for step in line.steps
    }
    assert kinds == set(StepKind) - {
        StepKind.OVERRIDE,
        StepKind.EXCHANGE_PRICE,
        StepKind.MARKED_DOWN,
    }
    paid_minor = 0
    for line in manager.flow.sale.state.lines:
        manager.select(line.name)
        steps = steps_of(manager)
        assert line.total_minor is not None
        paid = Decimal(line.total_minor) / 100
        assert replay(steps) == figure(steps[-1].amount) == paid
        key = manager.flow.features.price.why.line_id
        scene = CustomerScene(is_served=True, explained=key)
        told = CustomerPresenter(manager.work).state(scene).lines
        assert [x.total for x in told[: len(steps)]] == [x.amount for x in steps]
        paid_minor += line.total_minor
    assert paid_minor == manager.flow.sale.state.amount_due_minor


@pytest.mark.slow
def test_the_points_and_coupons_that_a_return_gives_back_are_told_before_it(
    manager: ScreenTill,
) -> None:
    there = open_silver(manager)
    customer = Customer(manager)
    give_everything(manager, there)
    manager.press("lineWhy")
    priced = manager.work.counter.sale.priced
    (burn,) = (x for x in priced.promoted.applications if x.layer is Layer.POINTS)
    told = points_by_line(burn)
    assert sum(told.values()) == 500
    manager.select(manager.flow.sale.state.lines[0].name)
    paid = steps_of(manager)[-1]
    assert paid.tone is StepTone.PAID
    first = told[priced.lines[0].line_id]
    points = plural("{count} point comes back", "{count} points come back", first)
    assert paid.notes[0].startswith(points)
    assert _("points earned with it go again") in paid.notes
    assert any("生日券" in x for x in paid.notes)
    bar = manager.window.findChild(QScrollArea, "whyScroll").verticalScrollBar()
    bar.setValue(bar.maximum())
    manager.sees(*paid.notes)
    manager.press("whyCustomer")  # the customer sees all of it at once, first to last
    customer.reads("258.00", paid.amount, paid.notes[0])
    sale = manager.pay_cash()
    # What the ledger will give back with the line is what was told.
    assert {x.position: x.points for x in discount_points(sale)}[1] == first


def test_who_an_offer_is_for_is_told_while_nobody_is_recognised(
    manager: ScreenTill,
) -> None:
    open_silver(manager)
    open_for_whom(manager)
    manager.scan(SHIRT)
    manager.press("lineWhy")
    found = refused(manager)
    member = _("Only {whom}; nobody is recognised yet", whom="会员")
    assert found[_("Member price")].reason == member
    assert figure(found[_("Member price")].amount) == Decimal("-9.00")
    for name, whom in zip(
        FOR_WHOM,
        ("会员", "银卡 会员", "老街坊 的会员", "生日当月的会员", "新客", "员工"),
        strict=True,
    ):
        reason = _("Only {whom}; nobody is recognised yet", whom=whom)
        assert found[name].reason == reason, name
    key = manager.flow.features.price.why.line_id
    scene = CustomerScene(is_served=True, explained=key)
    said = str(CustomerPresenter(manager.work).state(scene).lines)
    assert "会员 95 折" in said
    assert "老街坊" not in said
    assert "员工" not in said


def test_an_offer_for_staff_holds_for_who_is_staff_and_for_nobody_else(
    manager: ScreenTill,
) -> None:
    there = open_silver(manager)
    open_for_whom(manager)
    clerk = enrol_staff(manager, "1001", "13800000001")
    members = manager.work.counter.members
    manager.scan(SHIRT)
    members.attach(clerk, Means.LAST_FOUR)
    manager.flow.sale.refresh()
    assert "员工 9 折" in manager.flow.sale.state.lines[0].detail
    members.detach()
    members.attach(there.wang, Means.LAST_FOUR)
    manager.flow.sale.refresh()
    assert "新客 91 折" in manager.flow.sale.state.lines[0].detail
    manager.press("lineWhy")
    assert refused(manager)["员工 9 折"].reason == _("Only {whom}", whom="员工")


@pytest.mark.slow
def test_the_term_that_is_not_met_is_named(manager: ScreenTill) -> None:
    open_terms(manager)
    manager.scan(COLA)
    manager.press("lineWhy")
    found = {name: view.reason for name, view in refused(manager).items()}
    when = _("Not at this time: {when}", when="1 月 1 日 08:00 止")
    assert found[OVER] == when
    limit = _("The limit is reached: {limit}", limit="每单限 0 次")
    assert found[NO_MORE] == limit
    assert found[WITH_COUPON] == _("Its coupon was not shown")
    assert found[CHOSEN] == _("Somebody at the till has to choose it")
    assert found[ELSEWHERE] == _("Not in this shop")


def minute_of_now(till: ScreenTill) -> int:
    now = till.work.local_now()
    return now.hour * 60 + now.minute


@pytest.mark.slow
def test_an_offer_that_begins_in_the_middle_of_a_sale_says_how_to_have_it(
    manager: ScreenTill,
) -> None:
    start = (minute_of_now(manager) + 10) % 1440
    hour = Schedule(hours=(Hours(start, (start + 30) % 1440),))
    deal = unit_deal(only(manager, COLA), percent("50"))
    hold(manager.till, offer(31, LATER, deal, schedule=hour))
    manager.scan(COLA)
    manager.clock.ahead_s = 20 * 60
    manager.press("lineWhy")
    late = _("It began after this sale did; park the sale, then go on")
    assert refused(manager)[LATER].reason == late
    manager.key(Qt.Key.Key_Escape)
    manager.key(Qt.Key.Key_F8)
    manager.wait(lambda: not manager.lines)
    manager.key(Qt.Key.Key_F9)
    manager.press("mainAction")
    manager.wait(lambda: bool(manager.lines))
    assert manager.flow.sale.state.amount_due_minor == 150
    manager.clock.ahead_s = 60 * 60  # over, but not for who has it in the basket
    manager.scan(AMERICANO)
    manager.select(manager.flow.sale.state.lines[0].name)
    manager.press("lineWhy")
    (step,) = (x for x in steps_of(manager) if x.title == LATER)
    assert step.notes == (_("It is over by now; this sale began before"),)


@pytest.mark.slow
def test_one_that_is_started_in_the_middle_of_a_sale_is_not_kept_quiet(
    manager: ScreenTill,
) -> None:
    manager.scan(COLA)
    since = manager.work.counter.desk.clock.now().plus_seconds(60)
    deal = unit_deal(only(manager, COLA), percent("50"))
    hold(manager.till, offer(32, LATER, deal), since=since)
    manager.clock.ahead_s = 120
    manager.scan(AMERICANO)
    manager.select(manager.flow.sale.state.lines[0].name)
    manager.press("lineWhy")
    late = _("It began after this sale did; park the sale, then go on")
    assert refused(manager)[LATER].reason == late
