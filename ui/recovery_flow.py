"""Warns until the recovery code was typed back, and takes it, or makes another."""

from __future__ import annotations

import secrets
from functools import cached_property
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.errors import GuitaiError
from pos_app.i18n import _
from pos_app.services.recovery_reminder import RecoveryReminder
from ui import tasks
from ui.feature import Feature
from ui.messages import explain
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.frame_state import ChipView, Tone

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.dialogs.recovery_code import RecoveryCodeDialog

CHIP = "recovery_code"
_GROUPS = 8


class RecoveryFlow(Feature):
    """A chip of the status bar, and the dialog behind it."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._reminder = RecoveryReminder(flow.work.counter.desk)
        self._new_code = ""

    @cached_property
    def dialog(self) -> RecoveryCodeDialog:
        """The dialog, made when it is first asked for."""
        from ui.dialogs.recovery_code import RecoveryCodeDialog

        made = RecoveryCodeDialog(self.flow.window)
        made.confirmed.connect(self._on_typed)
        made.renew_pressed.connect(self._on_renew)
        made.closed.connect(self._forget)
        self.flow.dialogs.own(made)
        return made

    @override
    def chips(self) -> tuple[ChipView, ...]:
        """Return the warning, until the code was typed back."""
        if not self._reminder.is_waiting:
            return ()
        words = _("Recovery code not confirmed")
        return (ChipView(CHIP, words, "warning", Tone.WARN, _("Recovery code")),)

    @override
    def takes_function(self, key: str) -> bool:
        """Open the dialog for whoever may change settings."""
        if key != CHIP:
            return False
        words = ApprovalWords(title=_("Recovery code"))
        self.flow.frame.attempt(self._open, words)
        return True

    def _open(self) -> None:
        self._reminder.allow()
        self._forget()
        self.dialog.ask()

    def _forget(self) -> None:
        """Keep no code longer than it is on show."""
        self._new_code = ""

    def _on_typed(self, text: str) -> None:
        if self._new_code:
            if self.dialog.is_asked_for(text):
                self._store()
            else:
                self.dialog.refuse(
                    _("These are other groups. Look at the paper again.")
                )
            return
        check = self.flow.work.upkeep.check_recovery_code
        task = self.flow.runner.run(lambda: check(text))
        task.then(self._on_right).otherwise(self._on_wrong)

    def _on_right(self, _done: None) -> None:
        self._store()

    def _on_wrong(self, error: GuitaiError) -> None:
        self.dialog.refuse(explain(error).sentence)

    def _on_renew(self) -> None:
        task = self.flow.runner.run(self.flow.work.upkeep.new_recovery_code)
        task.then(self._on_renewed).otherwise(self._on_wrong)

    def _on_renewed(self, code: str) -> None:
        self._new_code = code
        first = secrets.randbelow(_GROUPS - 1)
        second = first + 1 + secrets.randbelow(_GROUPS - first - 1)
        self.dialog.show_new(tuple(code.split("-")), (first + 1, second + 1))

    def _store(self) -> None:
        stored = self._reminder.begin(is_waiting=False)
        task = tasks.watch(stored).then(self._on_stored)
        task.otherwise(self._on_wrong)

    def _on_stored(self, _done: None) -> None:
        self._reminder.adopt(is_waiting=False)
        self._forget()
        self.dialog.hide()
        self.flow.frame.say(_("The recovery code is confirmed; keep the paper safe."))
        self.flow.render()
