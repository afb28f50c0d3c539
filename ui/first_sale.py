"""Right after the wizard: the owner is signed on and told how a sale goes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos_app.i18n import _
from pos_app.services.sign_on import Verdict
from ui import tasks
from ui.counter_flow import CounterFlow
from ui.presenters.frame_state import Tone


class FirstSale(QObject):
    """Signs on whoever has just set the shop up.

    Args:
        flow: the counter's, with its window on show.
    """

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._flow = flow

    def begin(self, number: str, pin: str) -> None:
        """Check the PIN that was chosen a minute ago; argon2 takes its time."""
        sign_on = self._flow.work.counter.sign_on
        checked = sign_on.check_pin(sign_on.by_number(number).staff_id, pin)
        task = tasks.watch(checked).then(self._on_verdict)
        task.otherwise(self._flow.frame.refuse)

    def _on_verdict(self, verdict: Verdict) -> None:
        if verdict.error is not None:
            self._flow.frame.refuse(verdict.error)
            return
        self._flow.work.counter.sign_on.admit(verdict)
        self._flow.on_signed_on()
        words = _("Scan something or press a tile; then press the note you were given.")
        self._flow.frame.say(words, Tone.INFO)
        self._flow.render()
