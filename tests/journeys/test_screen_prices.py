"""Prices and discounts by hand, and why a price is what it is, on the real screen."""

from __future__ import annotations

import re
from decimal import Decimal

from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from tests.journeys.screen_till import BANANA, COLA, COLA_GTIN, PINS, ScreenTill
from ui.presenters.why_price_state import StepTone, StepView

MANAGER = "1005"
SHIRT = "710002"  # 129.00


def figure(written: str) -> Decimal:
    """Read "−1,284.00"."""
    plain = written.replace("\u2212", "-").replace(",", "").replace("+", "")
    return Decimal(plain)


def steps_of(till: ScreenTill) -> tuple[StepView, ...]:
    return till.flow.features.price.why.state.steps


def replay(steps: tuple[StepView, ...]) -> Decimal:
    """Do the panel's arithmetic by hand; returns what comes out."""
    assert steps[0].tone is StepTone.LIST
    assert steps[-1].tone is StepTone.PAID
    left = figure(steps[0].amount)
    for step in steps[1:-1]:
        worked_out = work_out(step.working)
        if worked_out is not None:
            assert abs(worked_out - abs(figure(step.amount))) <= Decimal("0.01")
        left += figure(step.amount)
    return left


def work_out(working: str) -> Decimal | None:
    """Calculate the last sum written in a step's arithmetic."""
    last = working.replace(",", "").split(" · ")[-1]
    if found := re.fullmatch(r"([\d.]+) × ([\d.]+)%", last):
        return Decimal(found[1]) * Decimal(found[2]) / 100
    if found := re.fullmatch(r"([\d.]+) × ([\d.]+) ÷ ([\d.]+)", last):
        return Decimal(found[1]) * Decimal(found[2]) / Decimal(found[3])
    if found := re.match(r"([\d.]+) → ([\d.]+)", last):
        return abs(Decimal(found[1]) - Decimal(found[2]))
    return None


def give(till: ScreenTill, number: str, reason: str) -> None:
    """Type a number into the dialog, tap a reason and Enter."""
    assert till.dialog == "reductionDialog"
    till.type(number)
    till.press(f"reductionReason_{reason}")
    till.key(Qt.Key.Key_Return)


def test_ten_and_slash_take_ten_per_cent_off_the_line(selling: ScreenTill) -> None:
    selling.scan(SHIRT)
    selling.type("10/")
    selling.sees(_("Discount on the line"), "10%", "116.10")
    assert not selling.can_press("reductionTake")  # a reason is required
    selling.press("reductionReason_regular_customer")
    selling.press("reductionTake")
    assert selling.dialog == ""
    (line,) = selling.flow.sale.state.lines
    assert (line.total_minor, line.list_total_minor) == (11610, 12900)
    assert line.detail.endswith("9 折 \u221212.90")
    body = selling.journal(EntryKind.DISCOUNT_GIVEN)[0]
    assert (body["percentage"], body["amount_minor"]) == ("10%", 1290)
    sale = selling.pay_cash()
    assert sale.priced.total_minor == 11610
    (slip,) = selling.wait_for_slips(1)
    assert "9 折" in slip
    assert "\u221212.90" in slip


def test_the_number_is_typed_on_the_pad_of_the_till(selling: ScreenTill) -> None:
    selling.scan(SHIRT)
    selling.press("lineDiscount")
    selling.pad("7")
    selling.press("reductionMode_amount")
    selling.sees("122.00")
    selling.press("reductionReason_complaint")
    selling.pad("⏎")
    assert selling.flow.sale.state.amount_due_minor == 12200


def test_deeper_than_the_limit_a_manager_agrees_and_stands_on_the_panel(
    selling: ScreenTill,
) -> None:
    selling.scan(SHIRT)
    selling.press("lineDiscount")
    selling.type("25")
    selling.sees(_("{depth}, above your limit of {cap}", depth="\u221225%", cap="10%"))
    selling.press("reductionReason_blemish")
    selling.press("reductionTake")
    assert selling.dialog == "approvalDialog"
    assert selling.flow.sale.state.amount_due_minor == 12900
    approver = selling.work.counter.sign_on.by_number("1004")
    selling.press(f"approver_{approver.staff_id}")
    for digit in PINS["1004"]:
        selling.press(f"approval-D{digit}")
    selling.press("approvalAgree")
    selling.wait(lambda: selling.dialog == "")
    assert selling.flow.sale.state.amount_due_minor == 9675
    selling.press("lineWhy")
    name = approver.name_in("zh-CN")
    assert _("approved by {name}", name=name) in steps_of(selling)[1].who
    body = selling.journal(EntryKind.DISCOUNT_GIVEN)[0]
    assert body["approved_by"] == approver.staff_id


def test_a_refused_discount_changes_nothing(selling: ScreenTill) -> None:
    selling.scan(SHIRT)
    selling.press("lineDiscount")
    give(selling, "25", "blemish")
    assert selling.dialog == "approvalDialog"
    selling.key(Qt.Key.Key_Escape)
    assert selling.dialog == ""
    assert selling.flow.sale.state.amount_due_minor == 12900
    assert selling.journal(EntryKind.DISCOUNT_GIVEN) == []


def test_every_figure_of_the_panel_can_be_worked_out_by_hand(till: ScreenTill) -> None:
    till.sign_on(MANAGER)
    till.scan(SHIRT, COLA_GTIN, COLA_GTIN)
    till.key(Qt.Key.Key_F6)
    give(till, "2.5", "label_differs")
    till.key(Qt.Key.Key_Up)
    till.type("20/")
    give(till, "", "regular_customer")
    till.key(Qt.Key.Key_F5)
    till.type("%")  # an amount, not per cent
    give(till, "15", "complaint")
    till.key("w", Qt.KeyboardModifier.ControlModifier)
    for line in till.flow.sale.state.lines:
        till.select(line.name)
        steps = steps_of(till)
        assert line.total_minor is not None
        paid = Decimal(line.total_minor) / 100
        assert replay(steps) == figure(steps[-1].amount) == paid
        till.sees(*(step.amount for step in steps))
    sale = till.pay_cash()
    assert sale.priced.total_minor == 12900 + 600 - 2580 - 100 - 1500


def test_a_raised_price_is_told_as_such(till: ScreenTill) -> None:
    till.sign_on(MANAGER)
    till.scan(COLA_GTIN)
    till.press("linePrice")
    give(till, "4", "agreed_price")
    till.press("lineWhy")
    shelf, raised, paid = steps_of(till)
    assert (shelf.amount, raised.amount, paid.amount) == ("3.00", "+1.00", "4.00")
    assert raised.title == _("Price raised")
    assert replay(steps_of(till)) == 4


def test_a_weighed_line_says_weight_times_price(selling: ScreenTill) -> None:
    selling.scan(BANANA)
    selling.type("0.654")
    selling.key(Qt.Key.Key_Return)
    selling.press("lineWhy")
    shelf, paid = steps_of(selling)
    assert "× 0.654 kg" in shelf.working
    assert shelf.amount == paid.amount
    assert paid.title == _("This line costs")


def test_what_was_given_is_taken_back_by_a_touch(till: ScreenTill) -> None:
    till.sign_on(MANAGER)
    till.scan(COLA_GTIN)
    till.key(Qt.Key.Key_F6)
    give(till, "2", "flawed")
    till.type("50/")
    give(till, "", "complaint")
    assert till.flow.sale.state.amount_due_minor == 100
    till.press("lineWhy")
    till.press("whyTakeBack")
    assert till.flow.sale.state.amount_due_minor == 200
    till.press("whyTakeBack")
    assert till.flow.sale.state.amount_due_minor == 300
    assert not till.is_there("whyTakeBack")
    till.key(Qt.Key.Key_F5)
    give(till, "50", "complaint")
    till.key(Qt.Key.Key_F5)
    till.press("reductionTakeBack")
    assert till.flow.sale.state.amount_due_minor == 300


def test_the_next_scan_goes_on_selling_and_leaves_panel_and_dialog(
    selling: ScreenTill,
) -> None:
    selling.scan(COLA_GTIN)
    selling.press("lineWhy")
    selling.scan(COLA_GTIN)
    assert not selling.is_there("whyPricePanel")
    selling.press("lineDiscount")
    selling.type("5")
    selling.scan(COLA_GTIN)
    assert selling.dialog == ""
    assert selling.basket == [(COLA, "3")]
    assert selling.flow.sale.state.saved_minor == 0


def test_lock_forgets_a_half_typed_price(selling: ScreenTill) -> None:
    selling.scan(COLA_GTIN)
    selling.press("lineDiscount")
    selling.type("5")
    selling.flow.lock()  # by itself: nobody touched it for ten minutes
    selling.settle()
    assert selling.shown == "signOnScreen"
    assert selling.dialog == ""


def test_a_red_line_may_be_noted_but_not_discounted(selling: ScreenTill) -> None:
    selling.scan("6977880012350")
    assert not selling.can_press("linePrice")
    assert not selling.can_press("lineDiscount")
    selling.press("lineWhy")
    assert selling.dialog == "noteDialog"


def test_the_shortest_discount_cannot_be_more_than_the_line(
    selling: ScreenTill,
) -> None:
    selling.scan(COLA_GTIN)
    selling.press("lineDiscount")
    selling.press("reductionMode_amount")
    selling.type("3.01")
    selling.press("reductionReason_complaint")
    assert not selling.can_press("reductionTake")
    selling.key(Qt.Key.Key_Return)
    assert selling.flow.sale.state.amount_due_minor == 300
