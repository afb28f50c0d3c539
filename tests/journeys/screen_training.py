"""A till inside of training: the window of training instead of the real one."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from pos_app.domain.sale import Sale
from tests.journeys.screen_till import KeyClock, ScreenTill
from ui.app import TillWindow
from ui.scanning.wedge import Wedge


class InTraining(ScreenTill):
    """What a person does inside of training, with the same words as outside."""

    def __init__(self, outside: ScreenTill, inner: TillWindow) -> None:
        super().__init__(outside.folder, outside.qtbot, outside.clock)
        self.outside, self.app, self.work = outside, inner, inner.work
        self.keys_ms = KeyClock()
        inner.wedge.remove()
        inner.wedge = Wedge(self.keys_ms, trusts_stamps=False)
        inner.wedge.install()
        inner.wedge.scanned.connect(inner.flow.on_scanned)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(inner)

    @property
    def last_sale(self) -> Sale:
        """The last sale that the training ledger holds."""
        sale = self.work.counter.desk.ledger.last_sale()
        assert sale is not None
        return sale

    @property
    def practice(self) -> Any:
        """The stage of training."""
        return self.work.practice

    @property
    def drills(self) -> Any:
        """The presenter of the cards."""
        return self.flow.features.training.drills

    def begin_card(self, key: str) -> Any:
        """Choose a card of the list, wait until it is ready, press start."""
        self.press(f"go-{key}")
        self.wait(lambda: self.drills.is_ready)
        given = self.drills.given
        self.press("drillStart")
        self.wait(lambda: self.drills.is_running)
        return given

    def wait_for_result(self) -> Any:
        """Wait until the card is over; return its attempt."""
        self.wait(lambda: self.drills.mode.value == "over")
        return self.drills.attempts[-1]


def enter_training(till: ScreenTill) -> InTraining:
    """Go into training by the back office."""
    till.press("tab_office")
    till.press("go-training")
    till.press("enterTraining")
    till.wait(
        lambda: till.app.training is not None and till.app.training.inner is not None
    )
    inner = till.app.training.inner
    assert inner is not None
    till.wait(lambda: QApplication.activeWindow() is inner.window)
    return InTraining(till, inner)


def leave_training(inside: InTraining) -> ScreenTill:
    """Go back to the real till with Ctrl+T."""
    from PySide6.QtCore import Qt

    inside.key(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    outside = inside.outside
    outside.wait(lambda: outside.app.training.inner is None)
    outside.wait(lambda: QApplication.activeWindow() is outside.window)
    return outside


def approve_in_training(inside: InTraining) -> None:
    """The practice supervisor agrees, with the PIN that the screen shows."""
    (supervisor,) = (
        staff
        for staff in inside.work.counter.desk.catalog.staff()
        if staff.number == "0000"
    )
    inside.press(f"approver_{supervisor.staff_id}")
    for digit in inside.practice.pin:
        inside.press(f"approval-D{digit}")
    inside.press("approvalAgree")
    inside.wait(lambda: not inside.flow.approvals.presenter.is_checking)
