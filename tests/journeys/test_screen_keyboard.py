"""The till without a mouse: every key of the map does what its label says."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from tests.journeys.screen_till import (
    BANANA,
    COLA,
    COLA_GTIN,
    FIRST_GTIN,
    PINS,
    ScreenTill,
)
from tests.journeys.screen_training import enter_training, leave_training
from ui.keymap import KEYMAP, Action

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ENTER = Qt.Key.Key_Return


def test_cash_sale_with_the_keyboard_alone(till):
    for _tab in range(40):
        if till.window.focusWidget() is till.find("staff-1001"):
            break
        till.key(Qt.Key.Key_Tab)
    assert till.window.focusWidget() is till.find("staff-1001")
    till.key(Qt.Key.Key_Space)
    till.type(PINS["1001"])
    till.key(ENTER)
    assert till.shown == "saleScreen"
    till.type("3*")
    till.scan(COLA_GTIN)
    till.scan(FIRST_GTIN)
    till.key("+")
    till.key("-")
    till.key(Qt.Key.Key_Up)
    till.key("+")
    assert [count for _sku, count in till.basket] == ["4", "1"]
    till.key(Qt.Key.Key_Down)
    till.key(Qt.Key.Key_Delete)
    till.key("z", CTRL)
    assert len(till.basket) == 2
    till.type("110001")
    till.key(ENTER)
    assert till.basket[-1] == ("110001", "1")
    till.key(ENTER)
    assert till.shown == "paymentScreen"
    till.key("2", ALT)
    till.key("1", ALT)
    till.type("100")
    till.key(Qt.Key.Key_F12)
    till.wait(lambda: till.shown == "paymentDoneScreen")
    sale = till.last_sale
    assert sale.priced.total_minor == 4 * 300 + 690 + 1200
    assert sale.change_minor == 10_000 - sale.priced.total_minor
    till.key(ENTER)
    assert till.shown == "saleScreen"


def test_escape_clears_then_goes_back_and_never_loses_the_sale(selling):
    escape = Qt.Key.Key_Escape
    selling.scan(COLA_GTIN)
    selling.type("12")
    selling.sees("12")
    selling.key(escape)
    assert not selling.says("12 ")
    selling.key(Qt.Key.Key_F12)
    selling.type("50")
    selling.key(escape)  # the entry first
    assert selling.shown == "paymentScreen"
    selling.key(escape)
    assert selling.shown == "saleScreen"
    for _press in range(5):
        selling.key(escape)
    assert selling.basket == [(COLA, "1")]
    selling.press("function_void_sale")
    selling.key(escape)
    assert selling.dialog == ""
    assert selling.basket == [(COLA, "1")]
    selling.key(Qt.Key.Key_F12)
    selling.type("1")
    selling.key(ENTER)
    selling.key(escape)
    selling.key(escape)
    assert len(selling.tenders) == 1
    selling.till.ledger.flush()
    stored = selling.till.ledger.open_sale()
    assert stored is not None
    assert stored.tenders == selling.tenders


def test_escape_and_delete_clear_what_was_typed_of_a_pin(till):
    till.press("staff-1001")
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Delete):
        till.type("99")
        till.key(key)
        till.type(PINS["1001"])
        till.key(ENTER)
        assert till.shown == "saleScreen"
        till.key("l", CTRL)
        till.press("staff-1001")


def test_delete_clears_a_weight(selling):
    selling.scan(BANANA)
    selling.type("99")
    selling.key(Qt.Key.Key_Delete)
    selling.type("1.5")
    selling.key(ENTER)
    assert selling.basket == [(BANANA, "1.5")]


def test_enter_of_a_scan_presses_no_button_that_has_the_focus(selling):
    selling.scan(COLA_GTIN)
    button = selling.find("lineDelete")
    button.setFocus(Qt.FocusReason.TabFocusReason)
    selling.scan(COLA_GTIN)
    assert selling.basket == [(COLA, "2")]
    selling.find("mainAction").setFocus(Qt.FocusReason.TabFocusReason)
    selling.scan(FIRST_GTIN)
    assert selling.shown == "saleScreen"
    assert len(selling.basket) == 2


def _help(till: ScreenTill) -> None:
    till.key(Qt.Key.Key_F1)
    till.sees(_("Keys; again: help for this screen"))
    till.key(Qt.Key.Key_Escape)
    assert till.dialog == ""


def _find(till: ScreenTill) -> None:
    till.key(Qt.Key.Key_F3)
    assert till.find("searchField").hasFocus()


def _price_check(till: ScreenTill) -> None:
    till.key(Qt.Key.Key_F4)
    till.scan(FIRST_GTIN)
    assert till.basket == [(COLA, "1")]


def _drawer(till: ScreenTill) -> None:
    before = len(till.slips("log"))
    till.key(Qt.Key.Key_F11)
    till.press("reason_check_drawer")
    till.wait(lambda: len(till.slips("log")) > before)


def _pay(till: ScreenTill) -> None:
    till.key(Qt.Key.Key_F12)
    assert till.shown == "paymentScreen"
    till.key(Qt.Key.Key_F12)
    till.wait(lambda: till.shown == "paymentDoneScreen")


def _tender(till: ScreenTill) -> None:
    till.key(Qt.Key.Key_F12)
    names = [view.key for view in till.flow.payment.state.tenders]
    for number, name in enumerate(names, 1):
        till.key(str(number), ALT)
        chosen = [v.key for v in till.flow.payment.state.tenders if v.is_selected]
        assert chosen == [name]


def _times(till: ScreenTill) -> None:
    till.type("3*")
    till.scan(FIRST_GTIN)
    assert till.basket[-1][1] == "3"


def _more(till: ScreenTill) -> None:
    till.key("+")
    assert till.basket == [(COLA, "2")]


def _less(till: ScreenTill) -> None:
    till.key("+")
    till.key("-")
    assert till.basket == [(COLA, "1")]


def _delete(till: ScreenTill) -> None:
    till.key(Qt.Key.Key_Delete)
    assert till.basket == []


def _undo(till: ScreenTill) -> None:
    till.key(Qt.Key.Key_Delete)
    till.key("z", CTRL)
    assert till.basket == [(COLA, "1")]


def _up_and_down(till: ScreenTill) -> None:
    till.scan(FIRST_GTIN)
    till.key(Qt.Key.Key_Up)
    till.key("+")
    till.key(Qt.Key.Key_Down)
    till.key("+")
    assert [count for _sku, count in till.basket] == ["2", "2"]


def _enter(till: ScreenTill) -> None:
    till.type("110001")
    till.key(Qt.Key.Key_Enter)
    assert len(till.basket) == 2
    till.key(Qt.Key.Key_Enter)
    assert till.shown == "paymentScreen"


def _escape(till: ScreenTill) -> None:
    till.key(Qt.Key.Key_F4)
    till.key(Qt.Key.Key_Escape)
    till.scan(COLA_GTIN)
    assert till.basket == [(COLA, "2")]


def _leave_training(till: ScreenTill) -> None:
    till.key("t", CTRL)
    assert till.shown == "saleScreen"  # of the real till: nothing to leave
    till.pay_cash()
    till.press("mainAction")
    leave_training(enter_training(till))
    assert till.shown == "backOfficeScreen"
    till.key(Qt.Key.Key_Escape)


def _lock(till: ScreenTill) -> None:
    till.key("l", CTRL)
    assert till.shown == "signOnScreen"
    assert till.basket == [(COLA, "1")]


def _reprint(till: ScreenTill) -> None:
    till.pay_cash()
    before = len(till.slips())
    till.key("p", CTRL)
    till.wait(lambda: any("副本 1" in slip for slip in till.slips()[before:]))
    assert len(till.journal(EntryKind.SLIP_REPRINTED)) == 1


def _park(till: ScreenTill) -> None:
    till.key(Qt.Key.Key_F8)
    till.wait(lambda: not till.flow.sale.is_held)
    assert till.basket == []
    assert till.work.counter.park.count() == 1


def _parked(till: ScreenTill) -> None:
    till.key(Qt.Key.Key_F9)
    till.sees(_("Parked sales"))
    till.key(Qt.Key.Key_F9)
    till.sees(_("Take payment"))


def member_is_asked_for(till: ScreenTill) -> None:
    till.key(Qt.Key.Key_F2)
    assert till.is_there("memberPanel")
    till.key(Qt.Key.Key_F2)
    assert not till.is_there("memberPanel")


def coupons_are_listed(till: ScreenTill) -> None:
    till.key(Qt.Key.Key_F7)
    assert till.is_there("couponsPanel")
    till.key(Qt.Key.Key_Escape)
    assert not till.is_there("couponsPanel")


def _returns(till: ScreenTill) -> None:
    till.key(Qt.Key.Key_F10)
    till.sees(_("Find the receipt"))
    till.key(Qt.Key.Key_F10)
    till.sees(_("Take payment"))


def _sale_discount(till: ScreenTill) -> None:
    till.key(Qt.Key.Key_F5)
    till.sees(_("Discount on the whole sale"))
    till.press("dialogClose")


def _price(till: ScreenTill) -> None:
    till.key(Qt.Key.Key_F6)
    till.sees(_("Change the price"))
    till.press("dialogClose")


def _discount(till: ScreenTill) -> None:
    till.type("10/")
    till.sees(_("Discount on the line"), "10%")
    till.press("dialogClose")


def _why(till: ScreenTill) -> None:
    till.key("w", CTRL)
    till.sees(_("Why this price?"))
    till.key(Qt.Key.Key_Escape)
    assert not till.is_there("whyPricePanel")
    till.type("?")
    till.sees(_("Why this price?"))
    till.key(Qt.Key.Key_Escape)


DOES: dict[Action, Callable[[ScreenTill], None]] = {
    Action.HELP: _help,
    Action.FIND: _find,
    Action.PRICE_CHECK: _price_check,
    Action.SALE_DISCOUNT: _sale_discount,
    Action.PRICE_OVERRIDE: _price,
    Action.DISCOUNT: _discount,
    Action.WHY_PRICE: _why,
    Action.PARK: _park,
    Action.MEMBER: member_is_asked_for,
    Action.COUPONS: coupons_are_listed,
    Action.PARKED: _parked,
    Action.RETURNS: _returns,
    Action.DRAWER: _drawer,
    Action.PAY: _pay,
    Action.TENDER: _tender,
    Action.TIMES: _times,
    Action.MORE: _more,
    Action.LESS: _less,
    Action.DELETE: _delete,
    Action.UNDO: _undo,
    Action.UP: _up_and_down,
    Action.DOWN: _up_and_down,
    Action.ENTER: _enter,
    Action.ESCAPE: _escape,
    Action.LOCK: _lock,
    Action.REPRINT: _reprint,
    Action.LEAVE_TRAINING: _leave_training,
}


def begin_again(till: ScreenTill) -> None:
    """Give up what is open and begin a sale with one cola."""
    if till.shown == "signOnScreen":
        till.sign_on("1005")
    checkout = till.work.counter.checkout
    for tender in till.tenders:
        checkout.give_back(tender.tender_id)
    if till.lines:
        checkout.void_sale("practice").result()
        checkout.finished()
    till.flow.go_to_sale()
    till.flow.sale.on_escape()
    till.scan(COLA_GTIN)
    assert till.basket == [(COLA, "1")]


def test_every_key_of_the_map_does_what_its_label_says(till):
    till.sign_on("1005")
    for action in sorted({row.action for row in KEYMAP}):
        begin_again(till)
        DOES[action](till)


def test_keys_of_the_sale_mean_nothing_while_the_till_is_locked(selling):
    selling.scan(COLA_GTIN)
    selling.key("l", CTRL)
    for key in (Qt.Key.Key_F12, Qt.Key.Key_F11, Qt.Key.Key_F4, Qt.Key.Key_Delete):
        selling.key(key)
    selling.key("p", CTRL)
    assert selling.shown == "signOnScreen"
    assert selling.basket == [(COLA, "1")]
    assert selling.journal(EntryKind.DRAWER_OPENED) == []


def test_keys_of_the_sale_wait_while_a_dialog_asks(selling):
    selling.scan(COLA_GTIN)
    selling.press("function_void_sale")
    for key in (Qt.Key.Key_F12, Qt.Key.Key_Delete, Qt.Key.Key_F4):
        selling.key(key)
    selling.key("+")
    assert selling.dialog == "voidSaleDialog"
    assert selling.basket == [(COLA, "1")]
