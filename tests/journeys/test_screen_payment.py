"""Taking the money: tenders in any mix, what is refused, what the slip says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from tests.journeys.screen_till import COLA_GTIN, FIRST_GTIN, ScreenTill

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def paying(selling: ScreenTill) -> ScreenTill:
    """Return a till that asks for 9.90: cola 3.00 and a rice ball 6.90."""
    selling.scan(COLA_GTIN, FIRST_GTIN)
    selling.press("mainAction")
    assert selling.shown == "paymentScreen"
    return selling


def end(till: ScreenTill) -> None:
    till.press("mainAction")
    till.wait(lambda: till.shown == "paymentDoneScreen")


def reason(till: ScreenTill) -> str:
    """Return why the main key cannot be pressed."""
    return str(till.window.screen_shown.pay.main.reason)


def touch_amount(till: ScreenTill) -> None:
    entry = till.window.screen_shown.pay.entry
    till.touch(entry, entry.rect().center())


def test_phone_code_and_cash_split_a_sale_and_the_slip_says_not_verified(paying):
    paying.sees("9.90", "扫码付", "银行卡")
    paying.press("tender_code_group")
    paying.sees("用哪个付？", "付款单号后四位", "手工登记，未经支付平台核验")
    paying.press("choice_alipay")
    paying.pad("8821")
    touch_amount(paying)
    paying.pad("5")
    paying.sees("8821", "余款用其他方式收")
    paying.press("mainAction")
    assert [(t.key, t.amount_minor) for t in paying.tenders] == [("alipay", 500)]
    paying.sees("尾号 8821", "未核验", "4.90")
    paying.press("tender_cash")
    paying.pad("5")
    paying.sees("0.10")  # the change
    end(paying)
    sale = paying.last_sale
    assert [(t.key, t.amount_minor) for t in sale.tenders] == [
        ("alipay", 500),
        ("cash", 500),
    ]
    assert not sale.tenders[0].is_verified
    assert sale.change_minor == 10
    slip = paying.wait_for_slips(1)[0]
    assert "支付宝" in slip
    assert "8821" in slip
    assert "未核验" in slip
    assert "现金" in slip


def test_money_taken_is_given_back_and_the_ticket_opens_again(paying):
    paying.press("tender_card")
    paying.pad("1234")
    paying.press("mainAction")
    paying.wait(lambda: paying.shown == "paymentDoneScreen")
    paying.scan(COLA_GTIN, FIRST_GTIN)
    paying.press("mainAction")
    paying.pad("5⏎")
    assert len(paying.tenders) == 1
    paying.scan(COLA_GTIN)  # refused: the price stands
    assert len(paying.basket) == 2
    assert "已经收过款" in paying.message
    paying.press("taken0Action")
    assert paying.tenders == ()
    paying.scan(COLA_GTIN)
    assert paying.shown == "saleScreen"
    assert [count for _sku, count in paying.basket] == ["2", "1"]


def test_round_off_lets_the_odd_part_go_within_the_cap_and_is_undone(paying):
    paying.sees("抹零", "9.90")
    paying.press("roundOffAction")
    assert paying.work.counter.sale.priced.total_minor == 900
    paying.sees("9.00", "撤销")
    paying.press("roundOffAction")
    assert paying.work.counter.sale.priced.total_minor == 990
    paying.press("roundOffAction")
    end(paying)
    assert paying.last_sale.round_off_minor == 90
    assert "抹零" in paying.wait_for_slips(1)[0]


def test_card_number_in_the_reference_is_refused_and_never_stored(paying):
    paying.press("tender_card")
    paying.pad("6222020200112233445")
    assert not paying.can_press("mainAction")
    assert reason(paying) == _("No whole card number here")
    paying.key(Qt.Key.Key_Return)
    assert paying.message.startswith("不保存完整卡号，没有收款。")
    assert paying.tenders == ()
    paying.till.ledger.flush()
    assert "6222020200112233445" not in str(paying.journal())
    paying.key(Qt.Key.Key_Escape)
    paying.pad("3445")
    end(paying)
    assert paying.last_sale.tenders[0].reference == "3445"


def test_missing_reference_is_asked_for(paying):
    paying.press("tender_voucher")
    assert not paying.can_press("mainAction")
    assert reason(paying) == _("Type the number first")
    paying.key(Qt.Key.Key_Return)
    assert "要填号码，没有收款" in paying.message
    assert paying.tenders == ()


def test_only_cash_may_be_more_than_what_is_due(paying):
    paying.press("tender_card")
    paying.pad("1234")
    touch_amount(paying)
    paying.pad("20")
    assert not paying.can_press("mainAction")
    assert reason(paying) == _("Only cash may be more")
    paying.key(Qt.Key.Key_Return)
    assert "只有现金可以多收" in paying.message
    assert paying.tenders == ()
    assert paying.shown == "paymentScreen"


def test_card_pays_to_the_cent_what_cash_would_let_go(open_till, one_cent_template):
    till = open_till(one_cent_template).sign_on("1001")
    till.scan(COLA_GTIN)
    till.press("mainAction")
    till.press("tender_card")
    till.pad("1234")
    till.press("mainAction")
    till.wait(lambda: till.shown == "paymentDoneScreen")
    sale = till.last_sale
    assert [(t.key, t.amount_minor) for t in sale.tenders] == [("card", 6)]
    assert sale.rounding_minor == 0


def test_part_paid_by_card_does_not_let_the_rest_go(open_till, one_cent_template):
    till = open_till(one_cent_template).sign_on("1001")
    till.scan(COLA_GTIN)
    till.press("mainAction")
    till.press("tender_card")
    till.pad("1234")
    touch_amount(till)
    till.pad("0.02⏎")
    assert till.shown == "paymentScreen"
    assert [t.amount_minor for t in till.tenders] == [2]
    till.press("tender_cash")
    end(till)
    assert till.last_sale.rounding_minor == -4


def test_toast_of_a_deleted_line_stays_on_the_sale_screen(selling):
    selling.scan(COLA_GTIN, FIRST_GTIN)
    selling.press("lineDelete")
    selling.press("mainAction")
    assert not selling.is_there("toast")
    selling.key(Qt.Key.Key_Escape)
    selling.key("z", Qt.KeyboardModifier.ControlModifier)
    assert len(selling.basket) == 2


def test_all_key_and_cash_keys_type_the_amount(paying):
    paying.press("padKeyAll")
    paying.sees("9.90")
    paying.press("cash_1000")
    paying.sees("找零", "0.10")
    end(paying)
    assert paying.last_sale.change_minor == 10


def test_slip_may_be_left_out_for_this_sale_only(paying):
    paying.press("paymentSlip")
    end(paying)
    paying.sees("没有打小票")
    assert paying.slips() == []
    paying.wait(lambda: len(paying.slips("log")) == 1)  # the drawer opens all the same
    paying.scan(COLA_GTIN)
    paying.pay_cash()
    assert len(paying.wait_for_slips(1)) == 1


def test_amount_with_too_many_decimals_says_so_and_takes_nothing(paying):
    paying.pad("9.999")
    paying.sees("小数")
    assert not paying.can_press("mainAction")
    paying.pad("C")
    assert paying.can_press("mainAction")


def test_done_screen_corrects_a_wrong_tender_and_reprints_marked_copies(till):
    till.sign_on("1004")
    till.scan(COLA_GTIN)
    sale = till.pay_cash()
    till.press("doneCorrect")
    assert till.dialog == "tenderCorrectionDialog"
    till.sees(f"小票 {sale.number} 实际怎么付的？")
    assert not till.can_press("correctionConfirm")
    till.press("tender-card")
    till.press("correctionReference")
    till.type("4321")
    till.press("correctionConfirm")
    assert len(till.journal(EntryKind.TENDER_CORRECTED)) == 1
    assert till.last_sale == sale  # the sale itself never changes
    till.press("doneReprint")
    slips = till.wait_for_slips(2)
    assert "副本 1" in slips[-1]
    till.sees("副本 1")
    till.key("p", Qt.KeyboardModifier.ControlModifier)
    assert "副本 2" in till.wait_for_slips(3)[-1]
    assert len(till.journal(EntryKind.SLIP_REPRINTED)) == 2


def test_cashier_asks_before_a_correction_or_the_drawer(selling):
    selling.scan(COLA_GTIN)
    selling.pay_cash()
    for key in ("doneCorrect", "doneDrawer"):
        assert selling.find(key).face.trailing_icon == "lock-key"
    selling.key(Qt.Key.Key_F11)
    selling.press("reason_check_drawer")
    assert selling.dialog == "approvalDialog"
    selling.key(Qt.Key.Key_Escape)
    assert len(selling.journal(EntryKind.DRAWER_OPENED)) == 1


def test_supervisor_finds_the_last_sale_again_to_correct_it(selling):
    selling.scan(COLA_GTIN)
    sale = selling.pay_cash()
    selling.press("lockButton")
    selling.sign_on("1004")
    assert selling.shown == "saleScreen"
    selling.press("bandAction")
    assert selling.shown == "paymentDoneScreen"
    selling.sees(sale.number)
    assert selling.can_press("doneCorrect")
