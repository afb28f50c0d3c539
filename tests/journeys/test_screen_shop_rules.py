"""Taxes, tenders and reasons at the till's own back office."""

from __future__ import annotations

import pytest

from pos_app.domain.journal import EntryKind
from tests.journeys.screen_till import COLA_GTIN, ScreenTill

MANAGER = "1005"


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    """Return a till at which the manager looks at the rules."""
    till.sign_on(MANAGER)
    return open_rules(till)


def open_rules(till: ScreenTill) -> ScreenTill:
    till.press("tab_office")
    till.press("go-rules")
    return till


def part(till: ScreenTill):
    return till.flow.features.back_office.part


def stored(till: ScreenTill) -> None:
    till.wait(lambda: not part(till).is_working)


def save(till: ScreenTill) -> None:
    till.press("officeSave")
    stored(till)


def write(till: ScreenTill, field: str, words: str) -> None:
    edit = till.find(f"edit-{field}")
    edit.setFocus()
    edit.selectAll()
    till.compose(words)


def press(till: ScreenTill, name: str) -> None:
    page = till.flow.features.back_office._made["rules"][1]
    page.area.ensureWidgetVisible(till.find(name))
    till.press(name)


def choose(till: ScreenTill, key: str) -> None:
    """Touch the row of a key."""
    words = {x.key: x.words for x in part(till).state.rows}
    till.touch_row("officeRows", words[key])


def sell(till: ScreenTill) -> str:
    """Sell a cola and return the text of its slip."""
    till.press("tab_sale")
    till.scan(COLA_GTIN)
    slips = len(list(till.folder.slips.glob("*.png")))
    till.pay_cash()
    return till.wait_for_slips(slips + 1)[-1]


def test_a_rate_from_tomorrow_is_on_tomorrows_slip_and_not_on_todays(office):
    choose(office, "standard")
    write(office, "rate", "11")
    save(office)
    assert any("11%" in x.words for x in part(office).state.fields[2].options)
    assert "13%" in sell(office)
    office.clock.ahead_s += 24 * 3600
    office.scan(COLA_GTIN)
    if office.shown != "saleScreen":
        office.press("tab_sale")
    slips = len(list(office.folder.slips.glob("*.png")))
    office.pay_cash()
    slip = office.wait_for_slips(slips + 1)[-1]
    assert "11%" in slip
    assert "13%" not in slip
    (body,) = office.journal(EntryKind.TAX_CHANGED)
    assert len(body["after"]["rates"]) == len(body["before"]["rates"]) + 1


def test_a_rate_of_yesterday_is_refused_at_its_field(office):
    choose(office, "standard")
    write(office, "rate", "11")
    write(office, "from_day", "2020-01-01")
    save(office)
    problems = {x.key: x.problem for x in part(office).state.fields if x.problem}
    assert list(problems) == ["from_day"]
    assert office.journal(EntryKind.TAX_CHANGED) == []
    write(office, "from_day", "soon")
    save(office)
    assert part(office).is_dirty
    office.press("officeDiscard")


def test_a_category_that_items_are_of_stays(office):
    choose(office, "standard")
    press(office, "act-delete")
    office.press("answer-go")
    stored(office)
    assert "standard" in {x.key for x in part(office).state.rows}
    assert office.journal(EntryKind.TAX_CHANGED) == []


def test_a_tender_switched_off_is_gone_from_the_payment_screen(office):
    office.press("segment-rulesViews-tenders")
    choose(office, "voucher")
    press(office, "switch-is_active")
    save(office)
    office.press("tab_sale")
    office.scan(COLA_GTIN)
    office.flow.go_to_payment()
    assert office.is_there("tender_card")
    assert not office.is_there("tender_voucher")
    (body,) = office.journal(EntryKind.TENDER_CHANGED)
    assert (body["before"], body["after"]) == (
        {"is_active": True},
        {"is_active": False},
    )


def test_a_tender_that_the_open_sale_took_cannot_be_switched_off(office):
    office.press("tab_sale")
    office.scan(COLA_GTIN)
    office.flow.go_to_payment()
    assert office.is_there("tender_voucher")
    office.work.counter.checkout.take("voucher", 100, "V1")
    office.flow.go_to_sale()
    open_rules(office)
    office.press("segment-rulesViews-tenders")
    choose(office, "voucher")
    press(office, "switch-is_active")
    save(office)
    assert office.journal(EntryKind.TENDER_CHANGED) == []
    assert part(office).is_dirty


def test_cash_cannot_be_switched_off(office):
    office.press("segment-rulesViews-tenders")
    choose(office, "cash")
    assert not office.find("switch-is_active").isEnabled()


def test_a_new_reason_may_be_chosen_at_once(office):
    office.press("segment-rulesViews-reasons")
    part(office).on_filter("no_sale")
    office.settle()
    office.press("officeAdd")
    write(office, "name", "验钞")
    save(office)
    office.press("tab_sale")
    office.flow.devices.open_drawer()
    office.settle()
    office.sees("验钞")


def test_two_pages_are_left_only_when_nothing_is_lost(office):
    choose(office, "standard")
    write(office, "name", "另一名")
    office.press("segment-rulesViews-tenders")
    assert part(office).state.view == "taxes"
    office.press("officeDiscard")
    office.press("segment-rulesViews-tenders")
    assert part(office).state.view == "tenders"
