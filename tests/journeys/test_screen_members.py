"""Members at the counter: recognised, proved, enrolled; coupons and points come off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.loyalty.tier import TierBenefits
from pos_app.domain.member.recognition import Means, Strength
from pos_app.errors import UserError
from pos_app.i18n import _, current_language
from tests.builders_promotions import everything, members_only, percent, unit_deal
from tests.journeys.screen_customer import Customer
from tests.journeys.screen_members import (
    LIN,
    MASKED,
    MASKED_PHONE,
    NAMESAKE,
    OTHER_MASKED,
    POINTS,
    PROGRAMME,
    MembersThere,
    code_of_phone,
    enrol,
    give_pin,
    open_members,
    open_programme,
)
from tests.journeys.screen_till import COLA_GTIN, FIRST_GTIN, ScreenTill, copy_shop
from tests.promotion_in_shop import hold
from ui.messages import explain
from ui.presenters.campaign_words import group_name

F2, F7, ENTER, ESC = (
    Qt.Key.Key_F2,
    Qt.Key.Key_F7,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
)
#: Goods of the sample shop that come to more than 50 (a T-shirt).
SHIRT = "710002"


@dataclass(frozen=True, slots=True)
class Counter:
    """A till with members, and who they are."""

    till: ScreenTill
    there: MembersThere

    @property
    def service(self) -> Any:
        """The members of the open sale."""
        return self.till.work.counter.members

    def total(self) -> int:
        """What the open basket comes to, minor units."""
        priced = self.till.work.counter.sale.priced
        assert priced is not None
        return priced.total_minor


@pytest.fixture
def counter(selling: ScreenTill) -> Counter:
    return Counter(selling, open_members(selling))


def typed(till: ScreenTill, text: str) -> None:
    """Type on the pad and press Enter."""
    till.type(text)
    till.key(ENTER)


def customer_types(customer: Customer, text: str) -> None:
    """Touch the keys of the customer's own pad."""
    pad = customer.window.pad
    for digit in text:
        pad.pressed.emit(digit)
    customer.look()
    pad.accept.click()
    customer.till.settle()


def test_the_last_four_digits_recognise_and_only_earn(counter):
    till = counter.till
    till.key(F2)
    typed(till, "6217")
    till.sees(MASKED, MASKED_PHONE, _("By the last four digits"), f"{POINTS:,}")
    assert counter.service.current.member_id == counter.there.lin
    assert counter.service.strength is Strength.WEAK
    assert till.is_there("memberCard")
    assert till.flow.features.members.presenter.state.card.needs


@pytest.mark.slow
def test_of_several_with_the_same_digits_one_is_chosen(counter):
    till = counter.till
    other = enrol(till, NAMESAKE, "欧阳娜")
    till.key(F2)
    typed(till, "6217")
    assert counter.service.current is None
    till.touch_row("memberRows", "139****6217")
    assert counter.service.current.member_id == other
    assert counter.service.recognition.means is Means.LAST_FOUR


@pytest.mark.slow
def test_a_name_in_pinyin_finds_and_enter_takes(counter):
    till = counter.till
    till.key(F2)
    till.press("memberSearch")
    till.type("linkeyi")
    till.sees(MASKED)
    till.key(ENTER)
    assert counter.service.current.member_id == counter.there.lin
    assert counter.service.recognition.means is Means.NAME


def test_a_rotating_code_is_served_anywhere_and_is_strong(counter):
    till = counter.till
    till.scan(COLA_GTIN, code_of_phone(till, counter.there.lin))
    assert counter.service.strength is Strength.STRONG
    assert till.basket == [("210012", "1")]
    till.sees(MASKED)


@pytest.mark.slow
def test_a_forged_code_recognises_nobody_and_the_sale_goes_on(counter):
    till = counter.till
    code = code_of_phone(till, counter.there.lin, seed=3, is_paired=False)
    till.scan(COLA_GTIN, code)
    assert counter.service.current is None
    assert till.beeps or till.message
    till.scan(FIRST_GTIN)
    assert len(till.lines) == 2


@pytest.mark.slow
def test_a_payment_code_is_no_member(counter):
    till = counter.till
    till.scan("134567890123456789")
    assert counter.service.current is None


def test_a_new_member_takes_the_phone_and_two_enters(counter):
    till = counter.till
    till.scan(COLA_GTIN)
    till.key(F2)
    typed(till, "13912345678")
    till.sees(_("New member"))
    assert till.is_there("enrolConsent")
    till.key(ENTER)  # the customer agrees
    till.key(ENTER)
    till.wait(lambda: counter.service.current is not None)
    assert counter.service.current.phone_masked == "139****5678"
    till.sees(_("Earns {points} points", points="3"))


@pytest.mark.slow
def test_without_consent_nobody_is_enrolled(counter):
    till = counter.till
    till.key(F2)
    typed(till, "13912345678")
    assert till.find("mainAction").text() == _("The customer agrees")
    till.key(ESC)
    assert counter.service.known_phone("13912345678") is None


@pytest.mark.parametrize("text", ["1380000621", "138000062170"])
def test_a_number_with_a_digit_too_few_or_too_many_is_said_before_consent(
    counter, text
):
    till = counter.till
    till.key(F2)
    typed(till, text)
    key = "member_phone_short" if len(text) < 11 else "member_phone_long"
    words = explain(UserError(key))
    assert till.message == words.sentence
    till.sees(words.text)
    till.key(ENTER)
    assert not till.flow.features.members.presenter.form.typing.is_agreed


def test_a_known_phone_opens_its_member_and_enrols_nobody(counter):
    till = counter.till
    till.key(F2)
    till.press("quickCash1")  # new member
    typed(till, LIN)
    assert counter.service.current.member_id == counter.there.lin


def test_points_are_used_after_the_customer_has_typed_the_phone(counter):
    till, customer = counter.till, Customer(counter.till)
    till.scan(SHIRT)
    till.key(F2)
    typed(till, "6217")
    till.press("memberProof0")
    customer.reads(_("Your phone number, please"))
    customer_types(customer, LIN)
    assert counter.service.strength is Strength.MEDIUM
    before = counter.total()
    till.key(Qt.Key.Key_F12)
    till.press("deductAmount-points")
    typed(till, "300")
    assert before - counter.total() == 300
    till.press("deductUse-points")
    assert counter.total() == before


@pytest.mark.slow
def test_weak_recognition_burns_nothing_and_says_what_it_needs(counter):
    till = counter.till
    till.scan(SHIRT)
    till.key(F2)
    typed(till, "6217")
    till.key(Qt.Key.Key_F12)
    assert not till.is_there("deductUse-points")
    assert till.is_there("deduct-points")


@pytest.mark.slow
def test_the_pin_is_typed_hidden_where_there_is_no_customers_screen(counter):
    till = counter.till
    give_pin(till, counter.there.lin, "2468")
    till.scan(SHIRT)
    till.key(F2)
    typed(till, "6217")
    till.press("memberProof0")
    till.type("2468")
    assert not till.says("2468")
    till.key(ENTER)
    till.wait(lambda: counter.service.strength is Strength.STRONG)


@pytest.mark.slow
def test_another_phone_typed_by_the_customer_proves_nothing(counter):
    till, customer = counter.till, Customer(counter.till)
    till.key(F2)
    typed(till, "6217")
    till.press("memberProof0")
    customer_types(customer, "13900001234")
    assert counter.service.strength is Strength.WEAK
    assert counter.service.current.member_id == counter.there.lin


def test_a_coupon_is_used_with_one_tap_and_given_back_with_one(counter):
    till = counter.till
    till.scan(SHIRT)
    till.key(F2)
    typed(till, "6217")
    before = counter.total()
    coupon = counter.there.coupons[0]
    till.press(f"couponUse-{coupon}")
    assert before - counter.total() == 1500
    till.press(f"couponUse-{coupon}")
    assert counter.total() == before


@pytest.mark.slow
def test_the_best_coupons_are_one_tap_on_f7(counter):
    till = counter.till
    till.scan(SHIRT)
    till.key(F2)
    typed(till, "6217")
    before = counter.total()
    till.key(F7)
    till.press("couponsBest")
    assert before - counter.total() == 1510
    assert not till.is_there("couponsBest")


@pytest.mark.slow
def test_a_coupon_of_no_use_says_why(counter):
    till = counter.till
    till.scan(COLA_GTIN)  # 3.00 do not reach 50
    till.key(F2)
    typed(till, "6217")
    till.key(F7)
    assert not till.is_there(f"couponUse-{counter.there.coupons[0]}")
    assert till.is_there(f"coupon-{counter.there.coupons[0]}")


def test_a_member_in_payment_is_told_with_the_price_before_and_after(counter):
    till = counter.till
    hold(till.till, members_only(unit_deal(everything(), percent("10"))))
    till.scan(SHIRT)
    till.key(Qt.Key.Key_F12)
    assert till.shown == "paymentScreen"
    till.scan(code_of_phone(till, counter.there.lin))
    assert till.shown == "paymentScreen"
    assert counter.service.current.member_id == counter.there.lin
    till.sees(MASKED, _("Deduct first"), "¥129.00 → ¥116.10")
    till.key("z", Qt.KeyboardModifier.ControlModifier)
    assert counter.total() == 12_900
    assert counter.service.current is None


def test_with_money_taken_no_other_member_comes_and_it_is_said(counter):
    till = counter.till
    till.scan(SHIRT)
    till.key(Qt.Key.Key_F12)
    typed(till, "50")
    assert till.tenders
    before = counter.total()
    till.scan(code_of_phone(till, counter.there.lin))
    assert counter.service.current is None
    assert counter.total() == before
    assert till.message


def test_another_member_takes_the_place_and_coupons_go_back(counter):
    till = counter.till
    till.scan(SHIRT)
    till.key(F2)
    typed(till, "6217")
    till.press(f"couponUse-{counter.there.coupons[0]}")
    typed(till, "1234")
    till.sees(OTHER_MASKED)
    basket = till.work.counter.sale.basket
    assert basket.coupons == ()
    assert basket.shopper.member_id == counter.there.wang


@pytest.mark.slow
def test_a_member_scanned_twice_changes_no_price(counter):
    till = counter.till
    till.scan(SHIRT, code_of_phone(till, counter.there.lin))
    before = counter.total()
    till.scan(code_of_phone(till, counter.there.lin, is_paired=False))
    assert counter.total() == before
    assert counter.service.current.member_id == counter.there.lin


@pytest.mark.slow
def test_removed_without_goods_no_sale_is_left(counter):
    till = counter.till
    till.key(F2)
    typed(till, "6217")
    till.press("memberKey1")
    assert counter.service.current is None
    assert till.work.counter.sale.current is None


def test_a_parked_sale_comes_back_with_its_member(counter):
    till = counter.till
    till.scan(SHIRT)
    till.key(F2)
    typed(till, "6217")
    till.key(ESC)
    till.key(Qt.Key.Key_F8)
    till.wait(lambda: not till.flow.sale.is_held)
    assert not till.says(MASKED)
    till.key(Qt.Key.Key_F9)
    till.key(ENTER)
    till.wait(lambda: till.lines)
    till.sees(MASKED)
    assert counter.service.current.member_id == counter.there.lin


def test_after_a_crash_basket_and_member_are_back(counter, open_till, tmp_path):
    till = counter.till
    till.scan(SHIRT)
    till.key(F2)
    typed(till, "6217")
    till.till.ledger.flush()
    killed = copy_shop(till.folder, tmp_path / "killed")
    till.stop()
    again = open_till(template=killed).sign_on("1001")
    if again.shown == "paymentDoneScreen":
        again.key(ENTER)
    again.sees(MASKED)
    assert len(again.lines) == 1


def test_the_customer_is_greeted_masked_with_points_and_nothing_else(counter):
    till, customer = counter.till, Customer(counter.till)
    till.key(F2)
    typed(till, "6217")
    customer.reads("林**")
    till.scan(SHIRT)
    customer.reads("林**", _("Your points"), f"{POINTS:,}", _("With this sale"))
    words = " ".join(customer.words())
    for hidden in ("6217", _("Last visit"), _("Suggested"), "林可怡", MASKED):
        assert hidden not in words


@pytest.mark.slow
def test_the_panel_names_the_advisor_of_the_tier_and_the_group(counter):
    till = counter.till
    staff = till.work.counter.desk.session.staff
    benefits = TierBenefits(advisor=staff.staff_id)
    tiers = (replace(PROGRAMME.tiers[0], benefits=benefits), PROGRAMME.tiers[1])
    open_programme(till, replace(PROGRAMME, tiers=tiers))
    till.scan(SHIRT, code_of_phone(till, counter.there.lin))
    till.key(ESC)
    till.pay_cash()
    till.press("mainAction")
    till.key(F2)
    typed(till, "6217")
    card = till.flow.features.members.presenter.state.card
    name = staff.name_in(current_language())
    assert _("advisor {name}", name=name) in card.about
    score = till.work.counter.campaigns.score_of(counter.there.lin)
    if score is not None:
        assert group_name(score.group) in card.about


@pytest.mark.slow
def test_the_end_says_points_and_balance(counter):
    till = counter.till
    till.scan(SHIRT, code_of_phone(till, counter.there.lin))
    till.key(ESC)
    till.pay_cash()
    now = f"{POINTS + 129:,}"
    till.sees(_("Points {points}", points="+129"))
    till.sees(_("Points now {points}", points=now))


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768)])
def test_ticket_and_pad_stay_where_they_are_with_a_member(open_till, size):
    till = open_till(size=size).sign_on("1001")
    open_members(till)
    till.scan(SHIRT)
    parts = [
        till.find(x) for x in ("ticket", "padKeyEnter", "mainAction", "ticketHeader")
    ]
    before = [(x.mapTo(till.window, x.rect().topLeft()), x.height()) for x in parts]
    till.key(F2)
    typed(till, "6217")
    after = [(x.mapTo(till.window, x.rect().topLeft()), x.height()) for x in parts]
    assert before == after
