"""Expired goods at the counter: a red word, a question, and consent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission
from pos_app.services.traced_goods import shop_today
from tests.journeys.screen_till import FIRST_GTIN, SECOND_GTIN, ScreenTill

Open = Callable[..., ScreenTill]


def piece(till: ScreenTill, days: int, ai: str = "17") -> str:
    day = shop_today(till.work.counter.desk) + timedelta(days)
    return f"]C101{FIRST_GTIN.rjust(14, '0')}{ai}{day:%y%m%d}"


def test_expired_goods_are_asked_about_and_not_sold(open_till: Open) -> None:
    till = open_till()
    till.sign_on()
    till.scan(piece(till, -1))
    assert till.dialog == "expiredQuestion"
    till.press("answer-keep")
    assert till.lines == ()
    assert till.beeps
    assert len(till.journal(EntryKind.EXPIRED_GOODS)) == 1


def test_scanning_on_leaves_expired_goods_unsold(open_till: Open) -> None:
    till = open_till()
    till.sign_on()
    till.scan(piece(till, -1), SECOND_GTIN)
    assert till.dialog == ""
    assert [x.scanned for x in till.lines] == [SECOND_GTIN]


def test_a_cashier_sells_expired_goods_only_with_somebody_s_consent(
    open_till: Open,
) -> None:
    till = open_till()
    till.sign_on()
    till.scan(piece(till, -1))
    till.press("answer-sell")
    assert till.dialog == "approvalDialog"
    assert till.lines == ()


def test_goods_past_their_best_are_sold_with_an_amber_word(open_till: Open) -> None:
    till = open_till()
    till.sign_on()
    till.scan(piece(till, -1, ai="15"))
    assert len(till.lines) == 1
    message = till.flow.frame._message
    assert message is not None
    assert message.tone == "warn"


def test_the_price_check_shows_the_dates_and_the_lot_of_a_piece(
    open_till: Open,
) -> None:
    till = open_till()
    till.sign_on()
    till.flow.features.price_check.open()
    till.scan(piece(till, 3) + "10L77")
    shown = till.flow.features.price_check.presenter.state.facts
    facts = {fact.label: fact.value for fact in shown}
    assert "L77" in facts.values()
    assert till.lines == ()


def test_whoever_may_write_goods_off_sells_them_after_the_question(
    open_till: Open,
) -> None:
    till = open_till()
    till.sign_on("1005")
    manager = till.work.counter.desk.session.cashier
    till.scan(piece(till, -1))
    till.press("answer-sell")
    may_alone = manager.may(Permission.STOCK_ADJUST)
    assert (len(till.lines) == 1) is may_alone
    assert till.dialog == ("" if may_alone else "approvalDialog")
