"""Wallets and gift cards in the back office: found, looked at, paid back."""

from __future__ import annotations

from dataclasses import replace

from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.stored_value.account import AccountKind
from pos_app.services.value_view import ValueMoney
from tests.journeys.screen_members import LIN, MASKED, NAME, enrol, open_programme
from tests.journeys.screen_till import ScreenTill
from tests.journeys.screen_views_value import CARD, VALUE
from ui.presenters.value_office import ValueOfficePart

MANAGER = "1005"


def test_every_wallet_and_card_is_found_looked_at_and_paid_back(selling: ScreenTill):
    till = selling
    office = till.flow.features.back_office
    till.flow.render()
    assert "value" not in [x.key for x in office.entries()]
    open_programme(till, replace(Programme(version=1), value=VALUE))
    till.flow.lock()
    till.sign_on(MANAGER)
    service = till.work.counter.stored_value
    member_id, cash = enrol(till, LIN, NAME), (ValueMoney("cash"),)
    filled = service.top_up(member_id, 500_00, cash, print_slip=False).result()
    sold = service.sell_gift_card(CARD, 100_00, cash, print_slip=False).result()
    till.press("tab_office")
    till.press("go-value")
    part = office.part
    assert isinstance(part, ValueOfficePart)
    till.wait(lambda: len(part.state.form.rows) == 2)
    sums = [x.words for field in part.state.form.fields for x in field.options]
    assert [x.replace("￥", "¥") for x in sums][1:3] == ["¥500.00", "¥50.00"]
    wallet = next(x for x in part.state.form.rows if x.key == filled.account_id)
    assert MASKED in wallet.title
    assert NAME not in wallet.words
    assert "550.00" in wallet.mark
    for words, found in (
        (CARD, sold),
        (CARD[-4:], sold),
        (LIN[-4:], filled),
    ):
        part.on_search(words)
        key = (found.account_id,)
        till.wait(lambda key=key: tuple(x.key for x in part.state.form.rows) == key)
    part.on_search("")
    part.on_filter(AccountKind.GIFT_CARD.value)
    part.on_row(sold.account_id)
    till.wait(lambda: part.opened is not None)
    (move,) = next(
        x for x in part.state.form.fields if x.key == "moves" and x.options
    ).options
    assert sold.number in move.key
    till.press("act-valueOpen")
    till.press("valueKey0")
    till.press("valueTake")
    till.wait(lambda: not service.account(sold.account_id).usable_minor)
    till.wait(lambda: part.opened is not None and len(part.opened.moves) == 2)
    (row,) = part.state.form.rows
    assert row.is_off
