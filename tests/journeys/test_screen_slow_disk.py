"""A disk that is slow: the screen goes on, and the answer comes when it comes."""

from __future__ import annotations

import threading

from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from tests.journeys.screen_till import COLA_GTIN
from tests.journeys.screen_views_devices import choose_field
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
    """The screen goes on meanwhile; a printer without an address is said."""
    till.sign_on("1005")
    gate, seen = threading.Event(), []
    worker = till.till.devices._running["receipt"].worker
    stop = worker.stop

    def stop_late(timeout_s: float) -> bool:
        seen.append(threading.current_thread())
        return gate.wait(timeout_s) and stop(timeout_s)

    worker.stop = stop_late
    till.press("function_settings")
    till.press("go-devices")
    devices = till.flow.features.hardware.presenter
    till.wait(lambda: devices.knows_drivers)
    till.press("card-device-key")
    choose_field(till, "driver", "escpos")
    till.wait(lambda: bool(seen))
    assert threading.main_thread() not in seen
    assert devices.is_changing
    gate.set()
    till.wait(lambda: not devices.is_changing)
    choose_field(till, "kind", "network")
    till.wait(lambda: till.is_there("problem-device-address"))
    till.wait(lambda: not devices.is_changing)
    choose_field(till, "driver", "virtual")
    till.wait(lambda: not devices.is_changing)
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
