"""Expired goods at the sale: said in red; sold only by who may, or with consent."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pos_app.errors import GuitaiError
from pos_app.i18n import _
from pos_app.values.quantity import parse_quantity
from ui.feature import Feature
from ui.messages import explain
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.question_state import Answer, Question

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.dialogs.question import QuestionDialog


class ExpiredFlow(Feature):
    """Asks once for each refused scan; scanning on leaves it unsold."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._code = self._prefix = ""
        self._asked = ApprovalWords()
        flow.sale.expired_refused.connect(self._ask)

    @cached_property
    def dialog(self) -> QuestionDialog:
        """The question; made when the first goods are found expired."""
        from ui.dialogs.question import QuestionDialog

        made = QuestionDialog(self.flow.window, "expiredQuestion")
        made.answered.connect(self._on_answered)
        self.flow.dialogs.own(made)
        return made

    def _ask(self, error: GuitaiError, code: str, prefix: str) -> None:
        self._code, self._prefix = code, prefix
        words = explain(error, self.flow.work.currency)
        self._asked = ApprovalWords(title=str(error.params["name"]), note=words.text)
        self.dialog.ask(
            Question(
                "warning",
                _("Expired goods"),
                f"{words.text} {words.action}",
                (
                    Answer("sell", _("Sell it all the same")),
                    Answer("keep", _("Do not sell it"), is_main=True),
                ),
            )
        )

    def _on_answered(self, key: str) -> None:
        if key == "sell":
            self.flow.with_approval(self._sell, self._asked)

    def _sell(self) -> None:
        count = parse_quantity(self._prefix) if self._prefix else None
        sale = self.flow.work.counter.sale
        result = sale.scan(self._code, count, expired_too=True)
        self.flow.sale.show_result(result)
        self.flow.on_first_scan()
        self.flow.sale.refresh()
