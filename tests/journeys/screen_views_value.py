"""Stored value: what is on a wallet, a top-up step by step, a gift card, a payout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pos_app.domain.loyalty.programme import TopUpOffer, ValueRule
from pos_app.domain.stored_value.tender_rule import TenderRule
from pos_app.services.value_view import ValueMoney
from tests.journeys.screen_members import enrol, open_programme
from tests.journeys.screen_till import COLA_GTIN, ScreenTill
from ui.presenters.value_office import ValueOfficePart

VALUE = ValueRule(
    is_on=True,
    has_gift_cards=True,
    tender=TenderRule(free_minor=50_00),
    offers=(
        TopUpOffer(200_00, 10_00),
        TopUpOffer(500_00, 50_00),
        TopUpOffer(1_000_00, 150_00),
    ),
    bonus_days=365,
)
#: Nobody's number.
PHONE, NAME, CARD = "13700001111", "林小雨", "GIFT-2026-7788"


def set_value(till: ScreenTill, rule: ValueRule) -> None:
    """Bring another rule for stored value into force; all else stays."""
    programme = till.work.counter.points.programme
    made = replace(programme, version=programme.version + 1, value=rule)
    open_programme(till, made)


def value_views(till: ScreenTill) -> Iterator[str]:
    """Show the dialog in its steps; leaves no sale open, and no stored value.

    Args:
        till: somebody is signed on, and no sale is open.
    """
    set_value(till, VALUE)
    till.flow.render()
    member_id = enrol(till, PHONE, NAME)
    value, service = till.flow.features.value, till.work.counter.stored_value
    value.open_top_up(member_id)
    till.pad("500")
    yield "top-up, how much"
    till.press("valueTake")
    till.pad("200")
    till.press("valueChoice_cash")
    yield "top-up, the rest is to be paid"
    till.press("valueChoice_card")
    yield "top-up, the card's digits"
    till.press("dialogClose")
    money = (ValueMoney("cash", 600_00),)
    service.top_up(member_id, 500_00, money, print_slip=False).result()
    value.open_wallet(member_id)
    yield "wallet"
    till.press("valueKey0")
    yield "wallet, what goes back"
    till.press("dialogClose")
    value.open_gift_card()
    yield "gift card, which one"
    till.scan(COLA_GTIN)
    yield "gift card, not this code"
    till.press("dialogClose")
    cash = (ValueMoney("cash"),)
    service.sell_gift_card(CARD, 100_00, cash, print_slip=False).result()
    till.scan(CARD)
    yield "gift card, its balance"
    till.press("dialogClose")
    yield from _office_views(till)
    set_value(till, ValueRule())
    till.flow.render()


def _office_views(till: ScreenTill) -> Iterator[str]:
    till.press("tab_office")
    till.press("go-value")
    part = till.flow.features.back_office.part
    assert isinstance(part, ValueOfficePart)
    till.wait(lambda: bool(part.state.form.rows))
    yield "stored value, all accounts"
    part.on_row(part.state.form.rows[0].key)
    till.wait(lambda: part.opened is not None)
    yield "stored value, one account"
    part.on_search("x")
    till.wait(lambda: not part.state.form.rows)
    yield "stored value, nothing found"
    till.press("tab_sale")
