"""Wallets and gift cards through the real screens: filled, sold, scanned, paid back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.domain.loyalty.programme import Programme, TopUpOffer, ValueRule
from pos_app.domain.stored_value.document import ValueDocument
from pos_app.domain.stored_value.tender_rule import TenderRule
from pos_app.services.value_view import ValueMoney
from tests.journeys.screen_customer import Customer
from tests.journeys.screen_members import LIN, NAME, enrol, open_programme
from tests.journeys.screen_till import COLA_GTIN, FIRST_GTIN, ScreenTill
from ui.presenters.customer_state import CustomerMode

VALUE = ValueRule(
    is_on=True,
    has_gift_cards=True,
    tender=TenderRule(free_minor=50_00),
    offers=(TopUpOffer(500_00, 50_00),),
)
CARD = "GIFT-2026-0001"


@pytest.fixture
def valued(selling: ScreenTill) -> ScreenTill:
    """Return a till whose shop keeps stored value; a manager is signed on."""
    open_programme(selling, replace(Programme(version=1), value=VALUE))
    able(selling)
    selling.flow.render()
    return selling


def able(till: ScreenTill) -> None:
    """Let whoever is signed on sell and pay back."""
    from pos_app.domain.permission import Permission

    session = till.work.counter.desk.session
    staff = session.staff
    assert staff is not None
    permissions = frozenset(Permission)
    session.begin(replace(staff, role=replace(staff.role, permissions=permissions)))


def documents(till: ScreenTill, account_id: str) -> list[ValueDocument]:
    return list(till.work.counter.desk.ledger.stored_value.documents(account_id))


def sold_card(till: ScreenTill, amount_minor: int = 100_00) -> str:
    counter = till.work.counter
    done = counter.stored_value.sell_gift_card(
        CARD, amount_minor, (ValueMoney("cash"),), print_slip=False
    )
    return done.result().account_id


def test_a_wallet_is_filled_by_an_offer_and_cash_with_change(valued: ScreenTill):
    member_id = enrol(valued, LIN, NAME)
    valued.flow.features.value.open_wallet(member_id)
    assert valued.dialog == "valueDialog"
    valued.press("valueChoice_offer 50000")
    valued.pad("600")
    valued.press("valueChoice_cash")
    valued.sees("100.00")
    valued.press("valueTake")
    valued.wait(lambda: valued.dialog == "")
    wallet = valued.work.counter.stored_value.wallet(member_id)
    assert wallet is not None
    assert wallet.usable_minor == 550_00
    assert "550.00" in valued.message
    assert len(valued.wait_for_slips(1)) == 1


def test_a_printed_gift_card_is_scanned_sold_scanned_again_and_pays(valued: ScreenTill):
    valued.press("function_gift_card")
    assert valued.dialog == "valueDialog"
    valued.scan(CARD)
    valued.pad("100")
    valued.press("valueTake")
    valued.press("valueChoice_cash")
    valued.press("valueTake")
    valued.wait(lambda: valued.dialog == "")

    valued.scan(COLA_GTIN, FIRST_GTIN)
    valued.press("mainAction")
    assert valued.shown == "paymentScreen"
    valued.scan(CARD)
    assert [x.amount_minor for x in valued.tenders] == [9_90]
    valued.press("mainAction")
    valued.wait(lambda: valued.shown == "paymentDoneScreen")
    view = valued.work.counter.stored_value.gift_card(CARD)
    assert view.usable_minor == 90_10
    valued.sees("90.10")  # what is left, for whoever hands the card back
    customer = Customer(valued)
    assert customer.state.mode is CustomerMode.DONE
    shown = {row.label: row.value for row in customer.state.sums}
    assert "90.10" in [shown[label] for label in shown if "0001" in label]


def test_a_card_scanned_beside_a_sale_shows_its_balance_and_may_pay(valued: ScreenTill):
    sold_card(valued)
    valued.scan(COLA_GTIN)
    valued.scan(CARD)
    assert valued.dialog == "valueDialog"
    valued.sees("100.00")
    valued.press("valueTake")
    assert valued.dialog == ""
    assert valued.shown == "paymentScreen"
    assert [x.amount_minor for x in valued.tenders] == [3_00]


@pytest.mark.slow
def test_goods_scanned_while_a_card_is_sold_are_not_sold(valued: ScreenTill):
    valued.press("function_gift_card")
    valued.scan(COLA_GTIN)  # goods are no gift card
    assert valued.dialog == "valueDialog"
    assert valued.work.counter.sale.basket is None
    valued.press("dialogClose")
    assert valued.dialog == ""


@pytest.mark.slow
def test_a_top_up_is_paid_back_from_its_wallet(valued: ScreenTill):
    account_id = sold_card(valued)
    valued.scan(CARD)
    valued.press("valueKey0")
    valued.pad("40")
    valued.sees("40.00")
    valued.press("valueTake")
    valued.wait(lambda: valued.dialog == "")
    assert [x.paid_minor for x in documents(valued, account_id)] == [100_00, 40_00]
    view = valued.work.counter.stored_value.gift_card(CARD)
    assert view.usable_minor == 60_00


@pytest.mark.slow
def test_a_shop_without_gift_cards_has_no_key_for_them(selling: ScreenTill):
    assert not selling.is_there("function_gift_card")
