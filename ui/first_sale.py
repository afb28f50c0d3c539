"""Right after the wizard: the owner is signed on and told how a sale goes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos_app.domain.training.card import CardKey
from pos_app.i18n import _
from pos_app.services.sign_on import Verdict
from ui import tasks
from ui.app import TillWindow
from ui.presenters.frame_state import Tone


class FirstSale(QObject):
    """Signs on whoever has just set the shop up.

    Args:
        till: the window, on show.
    """

    def __init__(self, till: TillWindow) -> None:
        super().__init__(till)
        self._till, self._flow = till, till.flow
        self._practises = False

    def begin(self, number: str, pin: str, *, practises: bool) -> None:
        """Check the PIN that was chosen a minute ago; argon2 takes its time.

        Args:
            number: of whoever has set the shop up.
            pin: theirs.
            practises: training's first card comes before the first real sale.
        """
        self._practises = practises
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
        if self._practises:
            self._till.practise(CardKey.SALE.value)
            return
        words = _("Scan something or press a tile; then press the note you were given.")
        self._flow.frame.say(words, Tone.INFO)
        self._flow.render()
