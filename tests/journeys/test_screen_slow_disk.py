"""A disk that is slow: the screen goes on, and the answer comes when it comes."""

from __future__ import annotations

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


def test_lock_does_not_wait_for_the_disk(selling):
    with slow_disk(selling):
        selling.key("l", CTRL)
        assert selling.shown == "signOnScreen"
        assert selling.work.counter.desk.session.staff is None
    assert [x["why"] for x in selling.journal(EntryKind.SIGNED_OFF)] == ["lock"]
