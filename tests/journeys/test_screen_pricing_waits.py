"""A basket whose best deals take longer than a frame: a word, and payment that waits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from pos_app.i18n import Words, _
from pos_app.services import open_sale
from pos_app.services.open_sale import OpenSaleKeeper, Searched
from tests.builders_promotions import everything, nth, percent, promotion
from tests.journeys.screen_customer import Customer
from tests.journeys.screen_till import COLA, ScreenTill
from tests.promotion_in_shop import hold

PRICING = "Working out the offers…"


class Gate:
    """Holds every search until the test lets it go; nothing else is changed."""

    def __init__(self) -> None:
        self.opened = threading.Event()

    def around(self, search_on: Callable[..., object]) -> Callable[..., object]:
        """Return a way to search that waits at the gate first."""

        def waiting(keeper: OpenSaleKeeper) -> Callable[[], Searched] | None:
            search = search_on(keeper)
            if search is None or threading.current_thread().name != "MainThread":
                return search  # type: ignore[return-value]

            def later() -> Searched:
                if threading.current_thread().name != "MainThread":
                    assert self.opened.wait(120)
                return search()  # type: ignore[operator,no-any-return]

            return later

        return waiting


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    found = Gate()
    monkeypatch.setattr(open_sale, "FRAME_SEARCH", 0)
    around = found.around(OpenSaleKeeper.search_on)
    monkeypatch.setattr(OpenSaleKeeper, "search_on", around)
    yield found
    found.opened.set()


@pytest.fixture
def waiting(gate: Gate, till: ScreenTill) -> ScreenTill:
    """Return a till with a basket whose second cola is not yet half as dear."""
    till.sign_on("1005")
    hold(till.till, promotion(nth(everything(), 2, percent("50")), "第二件半价"))
    till.scan(COLA, COLA)
    till.wait(lambda: till.flow.deals.is_late)
    return till


@pytest.mark.slow
def test_a_long_search_is_told_calmly_and_its_end_is_painted(
    waiting: ScreenTill, gate: Gate
) -> None:
    waiting.sees(_(PRICING))
    assert waiting.find("mainAction").accessibleName().endswith(_(PRICING))
    customer = Customer(waiting)
    customer.reads(Words("zh-CN")("Working out your offers…"))
    gate.opened.set()
    waiting.wait(lambda: waiting.flow.sale.state.amount_due_minor == 450)
    assert not waiting.says(_(PRICING))


def test_payment_waits_for_the_price_and_then_begins_by_itself(
    waiting: ScreenTill, gate: Gate
) -> None:
    waiting.press("mainAction")
    assert waiting.shown == "saleScreen"  # and the screen lives: nothing blocks it
    assert waiting.message == _(PRICING)
    gate.opened.set()
    waiting.wait(lambda: waiting.shown == "paymentScreen")
    assert not waiting.says(_(PRICING))
    waiting.sees("4.50")


@pytest.mark.slow
def test_one_tap_of_cash_is_asked_for_anew_where_the_price_fell_meanwhile(
    waiting: ScreenTill, gate: Gate
) -> None:
    waiting.press("quickCash1")
    gate.opened.set()
    waiting.wait(lambda: waiting.flow.sale.state.amount_due_minor == 450)
    assert waiting.shown == "saleScreen"
    assert waiting.message == _("It comes to {amount} now", amount="¥4.50")
    assert waiting.pay_cash().priced.total_minor == 450


@pytest.mark.slow
def test_another_scan_takes_back_the_wish_to_pay(
    waiting: ScreenTill, gate: Gate
) -> None:
    waiting.press("mainAction")
    waiting.scan(COLA)
    gate.opened.set()
    waiting.wait(lambda: waiting.flow.sale.state.amount_due_minor == 750)
    assert waiting.shown == "saleScreen"
