"""Goods come in, go bad and are put right: at the till's own back office."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pos_app.domain.journal import EntryKind
from pos_app.domain.stock_document import StockKind
from pos_app.i18n import _
from tests.counter_shop import prove
from tests.journeys.screen_till import (
    COLA,
    COLA_GTIN,
    FIRST_GTIN,
    UNKNOWN_GTIN,
    ScreenTill,
    copy_shop,
)

MANAGER, SUPERVISOR = "1005", "1003"


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    """Return a till at which the manager looks at the stock."""
    till.sign_on(MANAGER)
    return open_stock(till)


def open_stock(till: ScreenTill) -> ScreenTill:
    till.press("tab_office")
    till.press("go-stock")
    return till


def stock_of(till: ScreenTill, gtin: str) -> Decimal:
    till.till.ledger.flush()
    found = till.work.counter.sale.look_up(gtin)
    assert found is not None
    thousandths = till.till.ledger.stock_thousandths(found.unit.item_id)
    return Decimal(thousandths) / 1000


def part(till: ScreenTill):
    return till.flow.features.back_office.part


def wait_for_page(till: ScreenTill, page: str) -> None:
    till.wait(lambda: part(till).state.page == page and not part(till).is_working)


def test_a_delivery_is_scanned_booked_and_printed(office):
    office.press("stockWrite-received")
    office.scan(COLA_GTIN, FIRST_GTIN, COLA_GTIN)
    office.pad("24⏎")
    assert office.says("+24") or office.says("+ 24")
    office.press("segment-stockEntryField-cost")
    office.pad("1.25⏎")
    office.press("stockKey-book")
    wait_for_page(office, "document")
    assert stock_of(office, COLA_GTIN) == 24
    assert stock_of(office, FIRST_GTIN) == 1
    body = office.journal(EntryKind.STOCK_RECEIVED)[0]
    assert [(x["before"], x["after"]) for x in body["lines"]] == [
        ("0", "24"),
        ("0", "1"),
    ]
    assert body["number"] in office.wait_for_slips(1)[0]
    office.sees(body["number"])
    prove(office.till)
