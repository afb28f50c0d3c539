"""Promotions at the counter, on the real screen: lines, sums, why, chosen, declined."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from tests.journeys.screen_offers import (
    COMBO,
    MEMBERS,
    NEIGHBOUR,
    RICE_BALL,
    SEASON,
    SECOND_HALF,
    SHIRT,
    SPEND,
    open_offers,
)
from tests.journeys.screen_till import AMERICANO, COLA, ScreenTill
from tests.journeys.worked_by_hand import figure, replay, steps_of
from ui.presenters.customer import CustomerPresenter, CustomerScene

MANAGER = "1005"


@pytest.fixture
def offering(till: ScreenTill) -> ScreenTill:
    """Return a till whose shop has promotions, with a manager signed on."""
    till.sign_on(MANAGER)
    open_offers(till)
    return till


def nearest(till: ScreenTill) -> str:
    """Wait for the look behind the paint; return the strip's title."""
    till.wait(lambda: not till.flow.features.offers._later.isActive())
    view = till.flow.screens.sale.ticket.nearly.view
    return view.title if view else ""


def test_deals_stand_on_their_lines_and_in_the_sums(offering: ScreenTill) -> None:
    offering.scan(COLA, COLA, SHIRT)
    cola, shirt = offering.flow.sale.state.lines
    assert cola.detail.startswith(f"{SECOND_HALF} \u2212")
    assert SEASON in shirt.detail
    assert cola.list_total_minor > cola.total_minor
    sums = {x.label: figure(x.value) for x in offering.flow.sale.state.sums}
    assert sums[_("List price")] + sums[_("Promotions")] == Decimal(
        offering.flow.sale.state.amount_due_minor
    ) / Decimal(100)
    offering.sees(SECOND_HALF, _("Promotions"))
    saved = offering.work.counter.sale.priced.discount_minor
    offering.sees(_("Saved {amount}", amount=f"¥{saved / 100:.2f}"))


def test_every_figure_of_the_panel_can_be_worked_out_by_hand(
    offering: ScreenTill,
) -> None:
    offering.scan(COLA, COLA, COLA, SHIRT, SHIRT, AMERICANO, RICE_BALL)
    offering.press("lineWhy")
    paid_minor = 0
    for line in offering.flow.sale.state.lines:
        offering.select(line.name)
        steps = steps_of(offering)
        assert line.total_minor is not None
        paid = Decimal(line.total_minor) / 100
        assert replay(steps) == figure(steps[-1].amount) == paid
        offering.sees(*(step.amount for step in steps))
        paid_minor += line.total_minor
    names = {x.title for x in steps_of(offering)}
    assert any(COMBO in x for x in names), names
    sale = offering.pay_cash()
    assert sale.priced.total_minor == paid_minor
    titles = {x.name for x in sale.priced.promoted.applications}
    assert {SECOND_HALF, SEASON, COMBO, SPEND} <= titles


def test_what_was_not_used_says_why_and_what_it_would_have_saved(
    offering: ScreenTill,
) -> None:
    offering.scan(SHIRT)
    offering.press("lineWhy")
    refused = {x.title: x for x in offering.flow.features.price.why.state.refused}
    assert refused[MEMBERS].reason == _(
        "Only {whom}; nobody is recognised yet", whom="会员"
    )
    assert figure(refused[MEMBERS].amount) == Decimal("-19.35")
    assert refused[SPEND].reason == _("{amount} more needed", amount="¥21.00")
    assert NEIGHBOUR in refused
    offering.sees(MEMBERS, _("Offers that were not used"))


def test_one_more_is_a_touch_away_on_the_strip(offering: ScreenTill) -> None:
    offering.scan(COLA)
    before = offering.find("columnTicket").findChild(object, "nearly").geometry()
    assert SECOND_HALF in nearest(offering)
    offering.sees(_("Add 1 more"))
    offering.press("nearly")
    assert offering.basket == [(COLA, "2")]
    assert SECOND_HALF in offering.flow.sale.state.lines[0].detail
    strip = offering.flow.screens.sale.ticket.nearly
    assert strip.geometry() == before


def test_an_amount_that_is_missing_is_told_with_its_goods(offering: ScreenTill) -> None:
    offering.scan(SHIRT)
    title = nearest(offering)
    assert title == _("{amount} more for {offer}", amount="¥21", offer=SPEND)
    offering.press("nearly")
    assert offering.basket == [(SHIRT, "1")]
    assert offering.message


def test_a_scan_that_lowers_an_earlier_line_says_so(offering: ScreenTill) -> None:
    offering.scan(AMERICANO)
    price = offering.flow.sale.state.lines[0].total_minor
    offering.scan(RICE_BALL)
    name = offering.flow.sale.state.lines[0].name
    assert offering.flow.sale.state.lines[0].total_minor < price
    assert _("{name} now {amount}", name=name, amount="") in offering.message


def test_an_offer_is_left_out_with_a_reason_and_comes_back_by_undo(
    offering: ScreenTill,
) -> None:
    offering.scan(SHIRT)
    lowered = offering.flow.sale.state.amount_due_minor
    offering.press("lineWhy")
    offering.press("whyDecline")
    assert offering.dialog == "offerReasonDialog"
    offering.press("reason_not_wanted")
    agree(offering)
    assert offering.flow.sale.state.amount_due_minor == 12900 > lowered
    refused = {x.title: x for x in offering.flow.features.price.why.state.refused}
    assert refused[SEASON].reason == _("Taken away from this sale")
    (body,) = offering.journal(EntryKind.PROMOTION_DECLINED)
    assert (body["name"], body["reason"]) == (SEASON, "not_wanted")
    offering.flow.sale.lines.on_undo()
    assert offering.flow.sale.state.amount_due_minor == lowered


def agree(till: ScreenTill) -> None:
    """Let a second person agree, where one is asked."""
    till.settle()
    if till.dialog != "approvalDialog":
        return
    from tests.journeys.screen_till import PINS

    approver = till.flow.approvals.presenter.state.approvers[0]
    till.press(f"approver_{approver.staff_id}")
    for digit in PINS[approver.number]:
        till.press(f"approval-D{digit}")
    till.press("approvalAgree")
    till.wait(lambda: till.dialog == "")


def test_a_promotion_is_chosen_where_discounts_are_given(offering: ScreenTill) -> None:
    offering.scan(COLA)
    whole = offering.flow.sale.state.amount_due_minor
    offering.press("function_sale_discount")
    offering.press("reductionOffers")
    offering.sees(NEIGHBOUR)
    (key,) = (
        x.promotion.promotion_id
        for x in offering.work.counter.offer_choice.choosable()
        if x.promotion.name == NEIGHBOUR
    )
    offering.press(f"reason_{key}")
    assert offering.dialog == ""
    assert offering.flow.sale.state.amount_due_minor < whole
    assert NEIGHBOUR in offering.flow.sale.state.lines[0].detail
    assert offering.journal(EntryKind.PROMOTION_CHOSEN)[0]["name"] == NEIGHBOUR
    offering.press("function_sale_discount")
    offering.press("reductionOffers")
    offering.sees(f"✓ {NEIGHBOUR}")
    offering.press(f"reason_{key}")
    assert offering.flow.sale.state.amount_due_minor == whole


def test_the_window_keeps_the_keyboard_while_a_price_is_explained(
    offering: ScreenTill,
) -> None:
    offering.scan(SHIRT)
    offering.press("lineWhy")
    offering.sees(_("Offers that were not used"))
    assert offering.window.isActiveWindow()
    offering.key(Qt.Key.Key_Escape)
    assert not offering.is_there("whyPricePanel")


def test_the_customer_reads_the_same_steps_without_a_word_of_staff(
    offering: ScreenTill,
) -> None:
    offering.scan(SHIRT, COLA, COLA)
    offering.select(offering.flow.sale.state.lines[0].name)
    offering.press("lineWhy")
    key = offering.flow.features.price.why.line_id
    scene = CustomerScene(is_served=True, explained=key)
    state = CustomerPresenter(offering.work).state(scene)
    steps = steps_of(offering)
    told, others = state.lines[: len(steps)], state.lines[len(steps) :]
    assert [x.total for x in told] == [x.amount for x in steps]
    assert SEASON in {x.name for x in told}
    # What was not used and concerns the customer; what staff may choose is not told.
    said = " ".join(f"{x.name} {x.detail}" for x in others)
    assert MEMBERS in said
    assert NEIGHBOUR not in said
    offers = offering.flow.features.offers
    offers._on_show_customer()
    assert offers.explained == key
    offering.scan(COLA)  # the next action ends it
    assert offers.explained == ""
    basket = CustomerPresenter(offering.work).state(CustomerScene(is_served=True))
    assert SECOND_HALF in basket.lines[1].reason


def test_what_one_more_saves_is_what_it_saves(offering: ScreenTill) -> None:
    offering.scan(COLA, COLA, COLA)  # one pair, and one that waits for another
    assert SECOND_HALF in nearest(offering)
    said = offering.flow.features.offers.nearest
    before = offering.work.counter.sale.priced.discount_minor
    offering.press("nearly")
    after = offering.work.counter.sale.priced.discount_minor
    assert said.saving_minor == after - before == 150
