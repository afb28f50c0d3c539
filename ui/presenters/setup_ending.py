"""The wizard's end: the shop is made aside, its code typed back, then it opens."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from pos_app.errors import GuitaiError
from pos_app.i18n import _
from pos_app.ports.printing import PrinterStatus
from pos_app.services.setup_draft import SetupDraft
from ui.messages import explain
from ui.presenters.settings_state import status_words
from ui.presenters.setup_port import SetupPort, ShopOrder
from ui.presenters.setup_state import CodeView
from ui.tasks import TaskRunner

_MISREAD = str.maketrans("OIL", "011")
_GROUPS = 8


class ShopEnding(QObject):
    """Makes the shop; what was made and not taken is gone with the wizard."""

    changed = Signal()
    """It went on."""
    made = Signal()
    """The shop lies aside, whole; its code can be shown."""
    opened = Signal()
    """The shop is in its place."""

    def __init__(self, port: SetupPort, runner: TaskRunner) -> None:
        super().__init__()
        self._port, self._runner = port, runner
        self._code = ""
        self._asked = (0, 0)
        self._print_note = ""
        self._is_printing = False
        self.busy = ""
        self.trouble = ""

    @property
    def is_made(self) -> bool:
        """Tell whether there is a code to show."""
        return bool(self._code)

    @property
    def code(self) -> CodeView:
        """The recovery code as the page shows it."""
        groups = tuple(self._code.split("-")) if self._code else ()
        return CodeView(groups, self._asked, self._print_note, self._is_printing)

    def make(self, draft: SetupDraft, pins: Mapping[str, str]) -> None:
        """Make the shop aside; what was made before is thrown away."""
        self._code, self._print_note = "", ""
        order, port = ShopOrder(draft, pins), self._port
        self._begin(_("Making the shop"))
        task = self._runner.run(lambda: port.make_shop(order))
        task.then(self._on_made).otherwise(self._on_failed).after_bug(self._on_bug)

    def forget(self) -> None:
        """Somebody goes back to change an answer: this shop is not it."""
        self._code = ""

    def print_code(self, draft: SetupDraft) -> None:
        """Print the code."""
        if self._is_printing:
            return
        self._is_printing, self._print_note = True, ""
        code, port = self._code, self._port
        task = self._runner.run(lambda: port.print_code(draft, code))
        task.then(self._on_printed).otherwise(self._on_not_printed)
        self.changed.emit()

    def refusal(self, typed: tuple[str, str]) -> dict[str, str]:
        """Return why the groups typed back are not the ones asked for, by field."""
        groups = self._code.split("-")
        wrong = {}
        for field, number, text in zip(
            ("group_first", "group_second"), self._asked, typed, strict=True
        ):
            if _plain(text) != groups[number - 1]:
                wrong[field] = _(
                    "Group {number} is another one. Look at the paper again.",
                    number=number,
                )
        return wrong

    def open(self, *, is_confirmed: bool) -> None:
        """Move the shop into its place."""
        port = self._port
        self._begin(_("Opening"))
        task = self._runner.run(lambda: port.open_shop(is_confirmed=is_confirmed))
        task.then(self._on_opened).otherwise(self._on_failed).after_bug(self._on_bug)

    def restore(self, key: str, code: str, then: Callable[[], None]) -> None:
        """Bring a shop back instead of making one."""
        port = self._port
        self._begin(_("Restoring"))

        def on_restored(_done: None) -> None:
            self.busy = ""
            then()

        task = self._runner.run(lambda: port.restore(key, code))
        task.then(on_restored).otherwise(self._on_failed).after_bug(self._on_bug)

    def _begin(self, words: str) -> None:
        self.busy, self.trouble = words, ""
        self.changed.emit()

    def _on_made(self, code: str) -> None:
        self.busy, self._code = "", code
        first = secrets.randbelow(_GROUPS - 1)
        second = first + 1 + secrets.randbelow(_GROUPS - first - 1)
        self._asked = (first + 1, second + 1)
        self.made.emit()

    def _on_opened(self, _done: None) -> None:
        self.busy, self._code = "", ""
        self.opened.emit()

    def _on_failed(self, error: GuitaiError) -> None:
        self.busy, self.trouble = "", explain(error).sentence
        self.changed.emit()

    def _on_bug(self) -> None:
        self.busy = ""
        self.trouble = _("Something went wrong. What you typed is kept; try again.")
        self.changed.emit()

    def _on_printed(self, status: PrinterStatus) -> None:
        self._is_printing = False
        words, _tone = status_words(status)
        fine = {PrinterStatus.READY, PrinterStatus.UNKNOWN, PrinterStatus.PAPER_LOW}
        self._print_note = _("Printed; look at the slip") if status in fine else words
        self.changed.emit()

    def _on_not_printed(self, error: GuitaiError) -> None:
        self._is_printing, self._print_note = False, explain(error).sentence
        self.changed.emit()


def _plain(text: str) -> str:
    """Return a group as it is written, however it was typed."""
    kept = "".join(sign for sign in text.upper() if sign.isalnum())
    return kept.translate(_MISREAD)
