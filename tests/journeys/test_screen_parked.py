"""Sales set aside and taken up again, as a cashier does it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from tests.journeys.screen_till import (
    COLA,
    COLA_GTIN,
    FIRST_GTIN,
    SECOND_GTIN,
    ScreenTill,
)

F8, F9, F12 = Qt.Key.Key_F8, Qt.Key.Key_F9, Qt.Key.Key_F12


@pytest.fixture
def selling(open_till: Callable[..., ScreenTill]) -> ScreenTill:
    """Return a till with a cashier."""
    return open_till().sign_on()


def park(till: ScreenTill, *codes: str) -> None:
    """Scan and press F8; wait until it is durable."""
    before = till.work.counter.park.count()
    till.scan(*codes)
    till.key(F8)
    till.wait(lambda: till.work.counter.park.count() == before + 1)
    till.wait(lambda: not till.flow.sale.is_held)


def held_over(till: ScreenTill) -> None:
    """Wait until a park, resume or merge is committed."""
    till.wait(lambda: not till.flow.sale.is_held)


def test_a_sale_is_parked_and_taken_up_with_two_keys(selling: ScreenTill) -> None:
    park(selling, COLA_GTIN, FIRST_GTIN)
    assert selling.basket == []
    selling.key(F9)
    selling.sees(_("Resume #{number}", number=1), "9.90")
    selling.key(F12)
    held_over(selling)
    assert [count for _sku, count in selling.basket] == ["1", "1"]
    assert selling.find("mainAction").text().startswith(_("Take payment"))
    selling.pay_cash()
    kinds = (EntryKind.SALE_PARKED, EntryKind.SALE_RESUMED, EntryKind.SALE_COMPLETED)
    assert [len(selling.journal(kind)) for kind in kinds] == [1, 1, 1]


def test_by_touch_alone(selling: ScreenTill) -> None:
    selling.scan(COLA_GTIN)
    selling.press("function_park")
    held_over(selling)
    selling.press("function_park")  # nothing is open: the list
    selling.press("mainAction")
    held_over(selling)
    assert selling.basket == [(COLA, "1")]


def test_the_number_that_people_say_chooses_a_sale(selling: ScreenTill) -> None:
    park(selling, COLA_GTIN)
    park(selling, FIRST_GTIN)
    selling.key(F9)
    selling.type("7")
    selling.key(Qt.Key.Key_Return)
    assert selling.message == _("No sale is parked as #{number}", number=7)
    selling.type("1")
    selling.key(Qt.Key.Key_Return)
    selling.key(Qt.Key.Key_Return)
    held_over(selling)
    assert selling.basket == [(COLA, "1")]


def test_scanning_the_slip_takes_the_sale_up(selling: ScreenTill) -> None:
    park(selling, COLA_GTIN)
    number = selling.work.counter.park.all()[0].number
    selling.scan(number)
    held_over(selling)
    assert selling.basket == [(COLA, "1")]
    selling.scan(number)  # once more: it is here already
    assert selling.beeps == 1
    assert selling.basket == [(COLA, "1")]


def test_scanning_the_slip_beside_an_open_sale_offers_to_park_that_first(
    selling: ScreenTill,
) -> None:
    park(selling, COLA_GTIN)
    number = selling.work.counter.park.all()[0].number
    selling.scan(FIRST_GTIN)
    selling.scan(number)
    selling.sees(_("Another sale is open"))
    assert not selling.can_press("mainAction")
    selling.press("quickCash2")  # park this one
    selling.wait(lambda: selling.work.counter.park.count() == 2)
    held_over(selling)
    selling.scan(number)
    held_over(selling)
    assert selling.basket == [(COLA, "1")]


def test_a_parked_sale_is_merged_and_no_key_of_the_list_stays(
    selling: ScreenTill,
) -> None:
    park(selling, COLA_GTIN, COLA_GTIN)
    selling.scan(COLA_GTIN)
    selling.key(F9)
    selling.key(Qt.Key.Key_Delete)  # the lines shown are not the open sale's
    selling.key("+")
    selling.press("quickCash1")
    held_over(selling)
    assert selling.basket == [(COLA, "3")]
    assert selling.can_press("lineDelete")
    assert not selling.is_there("errandLine1")
    assert selling.work.counter.park.count() == 0


def test_scans_during_the_commit_land_in_the_sale_taken_up(
    selling: ScreenTill,
) -> None:
    park(selling, COLA_GTIN)
    number = selling.work.counter.park.all()[0].number
    selling.scan(number, FIRST_GTIN, SECOND_GTIN)
    held_over(selling)
    assert len(selling.basket) == 3


def test_a_scan_leaves_the_list_and_is_sold(selling: ScreenTill) -> None:
    park(selling, COLA_GTIN)
    selling.key(F9)
    selling.scan(FIRST_GTIN)
    assert len(selling.basket) == 1
    assert not selling.flow.features.park.is_shown


def test_escape_clears_the_number_and_then_leaves_the_list(
    selling: ScreenTill,
) -> None:
    park(selling, COLA_GTIN)
    selling.key(F9)
    selling.type("12")
    selling.key(Qt.Key.Key_Escape)
    assert selling.flow.features.park.is_shown
    selling.key(Qt.Key.Key_Escape)
    assert not selling.flow.features.park.is_shown


def test_a_parked_sale_is_named_and_its_slip_printed(selling: ScreenTill) -> None:
    park(selling, COLA_GTIN)
    selling.key(F9)
    selling.press("errandLine1")
    selling.type("Ann\r")
    selling.wait(lambda: selling.work.counter.park.all()[0].name == "Ann")
    selling.sees("#1 Ann")
    selling.press("errandLine2")
    (slip,) = selling.wait_for_slips(1)
    assert "02-AR-000001" in slip
    assert "Ann" in slip


def test_a_parked_sale_is_voided_with_a_reason_and_a_held_key(
    selling: ScreenTill,
) -> None:
    park(selling, COLA_GTIN)
    selling.key(F9)
    selling.press("errandLine3")
    selling.press("reason-practice")
    selling.flow.features.park.actions.voiding.void.held.emit()
    selling.wait(lambda: selling.work.counter.park.count() == 0)
    selling.sees(_("Nothing is parked"))
    assert len(selling.journal(EntryKind.SALE_VOIDED)) == 1


def test_money_that_was_taken_keeps_the_sale_here(selling: ScreenTill) -> None:
    selling.scan(COLA_GTIN)
    selling.key(F12)
    selling.type("1")
    selling.key(Qt.Key.Key_Return)
    selling.key(F8)
    assert selling.work.counter.park.count() == 0
    assert len(selling.tenders) == 1
    assert selling.beeps == 1


def test_a_lock_leaves_the_list_and_every_parked_sale(selling: ScreenTill) -> None:
    park(selling, COLA_GTIN)
    selling.key(F9)
    selling.press("errandLine1")
    selling.flow.lock()
    assert selling.dialog == ""
    selling.sign_on("1002")
    assert not selling.flow.features.park.is_shown
    selling.key(F9)
    selling.key(F12)
    held_over(selling)
    assert selling.basket == [(COLA, "1")]


def test_sales_wait_through_a_restart(
    open_till: Callable[..., ScreenTill], selling: ScreenTill
) -> None:
    park(selling, COLA_GTIN)
    selling.scan(FIRST_GTIN)
    selling.till.ledger.flush()
    killed = selling.folder
    again = open_till(killed).sign_on()
    assert len(again.basket) == 1
    again.key(F9)
    again.sees(_("Resume #{number}", number=1))
