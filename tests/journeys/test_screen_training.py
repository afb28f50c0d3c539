"""Training at the screen: in, twelve cards, out; and what the real ledger hears of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.domain.training.card import CardKey
from pos_app.i18n import _
from tests.journeys.screen_till import ScreenTill
from tests.journeys.screen_training import (
    InTraining,
    approve_in_training,
    enter_training,
    leave_training,
)
from tests.journeys.test_screen_shift import await_part, pieces_for

CONTROL = Qt.KeyboardModifier.ControlModifier
F6, F8, F9, F10, F12 = (
    Qt.Key.Key_F6,
    Qt.Key.Key_F8,
    Qt.Key.Key_F9,
    Qt.Key.Key_F10,
    Qt.Key.Key_F12,
)


@pytest.fixture
def selling(open_till: Callable[..., ScreenTill]) -> ScreenTill:
    """Return a till with a cashier."""
    return open_till().sign_on()


@pytest.fixture
def inside(selling: ScreenTill) -> InTraining:
    """Return a till inside of training."""
    return enter_training(selling)


def codes(given: Any) -> list[str]:
    return [good.code for good in given.goods]


def play_sale(till: InTraining, given: Any) -> None:
    first, second = codes(given)
    till.scan(first, first, second)
    till.pay_cash()


def play_split_tender(till: InTraining, given: Any) -> None:
    till.scan(*codes(given))
    till.key(F12)
    till.press("tender_cash")
    till.pad(f"{given.cash_minor / 100:.2f}")
    till.press("mainAction")
    till.wait(lambda: len(till.tenders) == 1)
    till.press("tender_code_group")
    till.press(f"choice_{given.tender_key}")
    till.pad("8821")
    till.press("mainAction")


def play_parked(till: InTraining, given: Any) -> None:
    first, second = codes(given)
    till.scan(first)
    till.key(F8)
    till.wait(lambda: till.work.counter.park.count() == 1)
    till.wait(lambda: not till.flow.sale.is_held)
    till.scan(second)
    till.pay_cash()
    till.press("mainAction")
    till.key(F9)
    till.key(F12)
    till.wait(lambda: bool(till.basket) and not till.flow.sale.is_held)
    till.pay_cash()


def play_unknown_barcode(till: InTraining, given: Any) -> None:
    till.scan(given.goods[0].code, given.unknown_code)
    till.press("problemFind")
    name = given.goods[1]
    till.type(name.sku)
    till.touch_row("searchResults", till.work.counter.sale.look_up(name.code).unit.name)
    till.pay_cash()


def play_price_override(till: InTraining, given: Any) -> None:
    till.scan(*codes(given))
    till.key(F6)
    till.type(f"{given.price_minor / 100:.2f}")
    till.press("reductionReason_agreed_price")
    till.key(Qt.Key.Key_Return)
    if till.dialog == "approvalDialog":
        approve_in_training(till)
    till.wait(lambda: any(line.override for line in till.lines))
    till.pay_cash()


def play_wrong_tender(till: InTraining, given: Any) -> None:
    till.press("bandAction")
    till.press("doneCorrect")
    till.press(f"tender-{given.tender_key}")
    till.press("correctionReference")
    till.type("8821")
    till.press("correctionConfirm")
    if till.dialog == "approvalDialog":
        approve_in_training(till)


def play_return_no_receipt(till: InTraining, given: Any) -> None:
    till.key(F10)
    till.press("noReceipt")
    till.scan(*codes(given))
    till.press("returnReason_changed_mind")
    approve_in_training(till)
    till.wait(lambda: bool(till.work.counter.sale.basket.returns))
    till.press("mainAction")


def play_exchange(till: InTraining, given: Any) -> None:
    till.scan(given.sale_number)
    sale = till.work.counter.desk.ledger.sale(given.sale_id)
    till.touch_row("returnLines", sale.lines[0].name)
    till.press("returnReason_changed_mind")
    till.scan(given.goods[1].code)
    till.press("mainAction")
    if till.shown == "paymentScreen":
        till.press("tender_cash")
        if till.shown == "paymentScreen" and till.can_press("mainAction"):
            till.press("mainAction")


def play_paper_out(till: InTraining, given: Any) -> None:
    till.sees(_("Printer out of paper"))
    till.scan(*codes(given))
    till.pay_cash()
    till.press("drillPaper")


def play_network_down(till: InTraining, given: Any) -> None:
    till.sees(_("No network · selling goes on"))
    for code in codes(given):
        till.scan(code)
        till.pay_cash()


def play_clock_wrong(till: InTraining, given: Any) -> None:
    till.scan(*codes(given))
    till.pay_cash()
    till.flow.frame.tick()
    till.flow.on_chip("clock")
    till.press("answer-right")
    if till.dialog == "approvalDialog":
        approve_in_training(till)


def play_shift_close(till: InTraining, given: Any) -> None:
    till.press("tab_shift")
    till.press("shiftKey_close")
    till.pad(pieces_for(given.counted_minor))
    till.press("mainAction")
    await_part(till, "outcome")
    till.press("mainAction")
    await_part(till, "paper")


PLAYS = {
    CardKey.SALE: play_sale,
    CardKey.SPLIT_TENDER: play_split_tender,
    CardKey.PARKED: play_parked,
    CardKey.UNKNOWN_BARCODE: play_unknown_barcode,
    CardKey.PRICE_OVERRIDE: play_price_override,
    CardKey.WRONG_TENDER: play_wrong_tender,
    CardKey.RETURN_NO_RECEIPT: play_return_no_receipt,
    CardKey.EXCHANGE: play_exchange,
    CardKey.PAPER_OUT: play_paper_out,
    CardKey.NETWORK_DOWN: play_network_down,
    CardKey.CLOCK_WRONG: play_clock_wrong,
    CardKey.SHIFT_CLOSE: play_shift_close,
}


@pytest.mark.parametrize("key", list(CardKey))
def test_a_card_is_played_at_the_real_screens(inside: InTraining, key: CardKey) -> None:
    given = inside.begin_card(key.value)
    PLAYS[key](inside, given)
    attempt = inside.wait_for_result()
    assert attempt.mistakes == (), attempt
    assert attempt.score == 100, attempt
