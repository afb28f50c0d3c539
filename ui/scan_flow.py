"""Where a scanned code goes: to a badge's owner, a feature, or the sale."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.errors import GuitaiError
from pos_app.i18n import _
from pos_app.services.credentials import is_badge, without_identifier

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow


class ScanFlow(QObject):
    """Serves scans in their order; what comes while a badge is read waits for it."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._flow = flow
        self._waiting: deque[str] = deque()
        flow.sign_on.badge_refused.connect(self._on_badge_refused)
        flow.sign_on.badge_ended.connect(self._serve_waiting)

    def on_scanned(self, code: str) -> None:
        """A code was scanned, whatever has the focus."""
        flow, code = self._flow, without_identifier(code)
        if flow.approvals.takes_scan(code):
            return
        if flow.sign_on.is_reading_badge:
            self._waiting.append(code)
            return
        unweighed = flow.sale.weighing
        flow.dialogs.give_way()
        self._serve(code)
        if unweighed is not None:
            flow.sale.say_unweighed(unweighed)

    def on_price_asked(self, code: str) -> None:
        """A scanner for prices only read a code: nothing is sold, whatever is open."""
        flow = self._flow
        if flow.work.counter.desk.session.staff is None:
            flow.frame.say(_("Sign on first; this scan was not kept"))
            flow.work.beep()
        else:
            flow.features.price_check.answer(code)

    def _serve(self, code: str) -> None:
        flow = self._flow
        if is_badge(code):
            flow.sign_on.on_badge_scanned(code)
        elif flow.work.counter.desk.session.staff is None:
            flow.frame.say(_("Sign on first; this scan was not kept"))
            flow.work.beep()
        elif flow.features.takes_scan(code):
            return
        elif flow.window.screen_shown is flow.screens.payment:
            self._serve_in_payment(code)
        else:
            flow.sale.on_scanned(code)
            if flow.window.screen_shown is not flow.screens.sale:
                flow.go_to_sale()

    def _serve_in_payment(self, code: str) -> None:
        """One more item after all: back to the ticket, unless money was taken."""
        flow = self._flow
        payment = flow.work.counter.checkout.payment
        if payment is not None and not payment.tenders and not flow.payment.is_waiting:
            flow.go_to_sale()
        flow.sale.on_scanned(code)

    def _serve_waiting(self) -> None:
        while self._waiting and not self._flow.sign_on.is_reading_badge:
            self.on_scanned(self._waiting.popleft())

    def _on_badge_refused(self, error: GuitaiError) -> None:
        """A supervisor's PIN is asked for, whoever sells now; others are told why."""
        flow = self._flow
        session = flow.work.counter.desk.session
        if session.staff is not None and error.key != "badge_needs_pin":
            flow.frame.refuse(error)
            return
        if session.staff is not None:
            flow.lock()
        flow.sign_on.on_badge_refused(error)
        flow.window.show_screen(flow.screens.sign_on)
        flow.render()
