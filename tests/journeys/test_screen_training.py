"""Training at the screen: in, twelve cards, out; and what the real ledger hears of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.domain.training.card import CardKey
from pos_app.i18n import _
from pos_app.persistence.shop_folder import ShopFolder
from tests.builders_training import JOURNAL_TABLES, Everything, kinds_after
from tests.journeys.screen_till import ScreenTill
from tests.journeys.screen_training import (
    InTraining,
    approve_in_training,
    enter_training,
    leave_training,
)
from tests.journeys.test_screen_shift import await_part, pieces_for
from ui.presenters.drill_state import DrillMode
from ui.theme.host import theme_host

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


def test_all_cards_one_after_the_other_and_the_shop_gains_two_entries(
    selling: ScreenTill,
) -> None:
    before = Everything.of(selling.till)
    inside = enter_training(selling)
    for key in (CardKey.SALE, CardKey.NETWORK_DOWN, CardKey.PARKED):
        given = inside.begin_card(key.value)
        PLAYS[key](inside, given)
        inside.wait_for_result()
        inside.press("drillNext")
        inside.wait(lambda: inside.shown == "drillsScreen")
    outside = leave_training(inside)
    after = Everything.of(outside.till)
    assert after.differs_from(before) <= JOURNAL_TABLES
    added = kinds_after(outside.till, before.journal)
    assert added == ["TrainingEntered", "TrainingLeft"]
    (left,) = outside.journal(EntryKind.TRAINING_LEFT)
    assert [drill["card"] for drill in left["drills"]] == [
        "sale",
        "network_down",
        "parked",
    ]
    assert {drill["score"] for drill in left["drills"]} == {100}
    assert left["ended"] == "left"
    assert not left["signed_off"]
    assert outside.shown == "backOfficeScreen"  # and still signed on
    outside.wait(lambda: outside.says("100"))
    outside.wait(lambda: not outside.folder.training.exists())
    outside.key(Qt.Key.Key_Escape)
    outside.scan("9521005001379")
    assert outside.basket


def test_nobody_goes_in_with_goods_in_the_basket(selling: ScreenTill) -> None:
    selling.scan("9521005001379")
    selling.press("tab_office")
    selling.press("go-training")
    selling.press("enterTraining")
    selling.settle()
    assert selling.app.training.inner is None
    words = _("Goods or money wait in the open sale. Training was not begun.")
    assert selling.message.startswith(words)
    assert not selling.journal(EntryKind.TRAINING_ENTERED)


def test_without_the_permission_there_is_no_door(
    open_till: Callable[..., ScreenTill], strict_template: ShopFolder
) -> None:
    till = open_till(strict_template).sign_on("1001")
    assert not till.is_there("tab_office")
    till.key("t", CONTROL)
    assert till.shown == "saleScreen"
    assert not till.journal(EntryKind.TRAINING_ENTERED)


def test_a_disk_that_takes_no_training_lets_nobody_in_and_leaves_nothing(
    selling: ScreenTill,
) -> None:
    in_the_way = selling.folder.training  # a file where the folder has to be
    in_the_way.write_bytes(b"")
    selling.press("tab_office")
    selling.press("go-training")
    selling.press("enterTraining")
    selling.wait(lambda: selling.beeps > 0)
    assert selling.app.training.inner is None
    assert selling.message
    assert not selling.journal(EntryKind.TRAINING_ENTERED)
    in_the_way.unlink()
    leave_training(enter_training(selling))
    assert len(selling.journal(EntryKind.TRAINING_ENTERED)) == 1


def test_killed_inside_the_real_till_opens_and_the_end_is_journalled_once(
    selling: ScreenTill, open_till: Callable[..., ScreenTill]
) -> None:
    inside = enter_training(selling)
    given = inside.begin_card("sale")
    inside.scan(given.goods[0].code)
    selling.till.ledger.flush()
    wreck = selling.folder  # as a kill leaves it
    for _start in range(2):
        again = open_till(wreck)
        assert again.shown == "signOnScreen"
        ends = again.journal(EntryKind.TRAINING_LEFT)
        assert [end["ended"] for end in ends] == ["killed"]
        assert not again.folder.training.exists()
        wreck = again.folder
        again.stop()


def test_the_program_closed_inside_ends_the_training(selling: ScreenTill) -> None:
    inside = enter_training(selling)
    inside.window.close()
    selling.settle()
    (left,) = selling.journal(EntryKind.TRAINING_LEFT)
    assert left["ended"] == "closed"
    assert not selling.folder.training.exists()


def test_what_is_stored_as_training_ends_is_looked_at_no_more(
    inside: InTraining,
) -> None:
    """The core thread's word is still on its way when the window closes."""
    given = inside.begin_card("sale")
    inside.work.counter.sale.scan(codes(given)[0])
    inside.work.counter.desk.ledger.flush()
    inside.window.close()
    outside = inside.outside
    outside.wait(lambda: not outside.folder.training.exists())
    outside.settle()
    (left,) = outside.journal(EntryKind.TRAINING_LEFT)
    assert left["ended"] == "closed"


def test_a_card_that_is_being_made_ready_as_training_ends_is_left(
    inside: InTraining,
) -> None:
    inside.press("go-exchange")
    assert inside.drills.mode is DrillMode.PREPARING
    inside.window.close()
    outside = inside.outside
    outside.wait(lambda: not outside.folder.training.exists())
    outside.settle()
    assert inside.drills.attempts == []


def test_locked_inside_it_opens_with_the_shown_pin_and_leads_to_the_real_sign_on(
    inside: InTraining,
) -> None:
    inside.work.counter.desk.settings.adopt(
        replace(inside.work.counter.desk.settings.current, auto_lock_minutes=1)
    )
    for _second in range(61):
        inside.app._on_second()
    assert inside.shown == "signOnScreen"
    inside.press("staff-1001")
    for digit in inside.practice.pin:
        inside.press(f"pin-D{digit}")
    inside.press("signOn")
    inside.wait(lambda: inside.shown != "signOnScreen")
    outside = leave_training(inside)
    assert outside.shown == "signOnScreen"
    assert outside.work.counter.desk.session.staff is None
    (left,) = outside.journal(EntryKind.TRAINING_LEFT)
    assert left["signed_off"]
    assert not outside.journal(EntryKind.SIGNED_OFF)
    outside.sign_on("1001")
    assert outside.shown == "saleScreen"


def test_no_real_pin_is_tried_inside(inside: InTraining) -> None:
    inside.press("lockButton")
    assert not inside.is_there("staff-1004")
    inside.press("staff-1001")
    for digit in "2580":
        inside.press(f"pin-D{digit}")
    inside.press("signOn")
    inside.wait(lambda: not inside.flow.sign_on.is_checking)
    assert inside.shown == "signOnScreen"
    outside = leave_training(inside)
    assert not outside.journal(EntryKind.SIGN_ON_FAILED)


def test_a_slip_goes_to_paper_only_if_wanted_marked_and_without_the_drawer(
    selling: ScreenTill,
) -> None:
    selling.scan("9521005001379")
    selling.pay_cash()
    selling.wait_for_slips(1)
    inside = enter_training(selling)
    given = inside.begin_card("sale")
    play_sale(inside, given)
    inside.wait(lambda: inside.is_there("slipOnPaper"))
    assert len(selling.slips()) == 1
    assert not inside.says(_("Drawer opened"))
    inside.press("slipOnPaper")
    selling.wait(lambda: len(selling.slips()) == 2)
    assert "训练" in selling.slips()[-1] or "TRAINING" in selling.slips()[-1]
    assert len(list(selling.folder.slips.glob("*drawer*"))) == 1  # of the real sale
    outside = leave_training(inside)
    outside.settle()
    assert not outside.till.ledger.open_print_heads()


def test_settings_of_training_are_thrown_away(inside: InTraining) -> None:
    before = inside.outside.till.settings.current
    stamp = inside.work.counter.desk.stamp()
    inside.work.counter.desk.settings.change(stamp, theme="dark")
    inside.app.dress()
    assert theme_host().theme.name == "dark"
    outside = leave_training(inside)
    assert theme_host().theme.name == "light"
    assert outside.till.settings.current == before


def test_the_bar_is_violet_and_says_so_and_a_touch_leaves(inside: InTraining) -> None:
    inside.sees(_("Training · sales do not count"))
    inside.sees(_("Training slips are shown here, not printed"))
    violet = inside.window.grab().toImage().pixelColor(4, 4).name().upper()
    assert violet == theme_host().theme.colours.train.upper()
    inside.press("trainingMark")
    outside = inside.outside
    outside.wait(lambda: outside.app.training.inner is None)
    white = outside.window.grab().toImage().pixelColor(4, 4).name().upper()
    assert white == theme_host().theme.colours.surface.upper()


def test_a_manager_sees_how_far_everybody_has_come(selling: ScreenTill) -> None:
    inside = enter_training(selling)
    play_sale(inside, inside.begin_card("sale"))
    inside.wait_for_result()
    outside = leave_training(inside)
    outside.press("lockButton")
    outside.sign_on("1005")
    outside.press("tab_office")
    outside.press("go-training")
    outside.wait(lambda: outside.says(_("Basic")))
    outside.sees("1/12")
    name = outside.work.counter.sign_on.by_number("1001").staff_id
    outside.flow.features.back_office.part.choose(name)
    outside.sees("100")
