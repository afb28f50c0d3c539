"""A disk that is slow: the screen goes on, and the answer comes when it comes."""

from __future__ import annotations

import threading

from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from tests.journeys.screen_till import COLA_GTIN
from tests.journeys.test_screen_commit import slow_disk

CTRL = Qt.KeyboardModifier.ControlModifier


def test_reprint_does_not_wait_for_the_disk(till):
    till.sign_on("1004")
    till.scan(COLA_GTIN)
    till.pay_cash()
    till.wait_for_slips(1)
    with slow_disk(till):
        till.press("doneReprint")
        till.press("doneCorrect")
        assert till.dialog == "tenderCorrectionDialog"
        till.press("tender-card")
        till.press("correctionReference")
        till.type("4321")
        till.press("correctionConfirm")
        assert till.dialog == ""
    till.wait(lambda: bool(till.journal(EntryKind.TENDER_CORRECTED)))
    till.wait_for_slips(2)


def test_another_printer_is_used_once_the_slip_under_way_has_ended(till):
    """The screen goes on meanwhile; an empty address is said at its field."""
    till.sign_on("1005")
    gate, seen = threading.Event(), []
    stop = till.till._stop_printer

    def stop_late(timeout_s: float) -> bool:
        seen.append(threading.current_thread())
        return gate.wait(timeout_s) and stop(timeout_s)

    till.till._stop_printer = stop_late
    till.press("function_settings")
    till.press("go-printer")
    till.press("segment-choice-printer_kind-tcp")
    old = till.till.printer._printer
    assert till.flow.settings.state.problem_of("printer_address")
    till.wait(lambda: bool(seen))
    assert threading.main_thread() not in seen
    assert till.till.printer._printer is old
    gate.set()
    till.wait(lambda: till.till.printer._printer is not old)
    till.press("segment-choice-printer_kind-virtual")
    assert not till.flow.settings.state.problem_of("printer_address")
    till.press("tab_sale")
    till.scan(COLA_GTIN)
    till.pay_cash()
    till.wait_for_slips(1)


def test_pin_is_checked_behind_the_screen(till):
    till.checks_pin = False
    with slow_disk(till):
        till.sign_on("1001")
        assert till.shown == "signOnScreen"
        assert till.flow.sign_on.state.is_checking
        assert not till.can_press("signOn")
        till.press("staff-1002")  # the PIN under way is not theirs
    till.wait(lambda: till.shown == "saleScreen")
    staff = till.work.counter.desk.session.staff
    assert staff is not None
    assert staff.number == "1001"


def test_lock_does_not_wait_for_the_disk(selling):
    with slow_disk(selling):
        selling.key("l", CTRL)
        assert selling.shown == "signOnScreen"
        assert selling.work.counter.desk.session.staff is None
    assert [x["why"] for x in selling.journal(EntryKind.SIGNED_OFF)] == ["lock"]
