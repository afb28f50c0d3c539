"""Asks what becomes of what was typed and not saved, before it is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from pos_app.i18n import _
from ui.dialogs.question import Answer, Question, QuestionDialog

KEEP, THROW_AWAY, SAVE = "keep", "throw_away", "save"


def unsaved_question(what: str) -> Question:
    """Ask about `what` was changed: "keep" editing, "throw_away" or "save"."""
    return Question(
        "note-pencil",
        _("Save the changes?"),
        _("{what}: what you changed is not saved yet.", what=what),
        (
            Answer(KEEP, _("Keep editing"), "pencil-simple"),
            Answer(THROW_AWAY, _("Throw away"), "trash"),
            Answer(SAVE, _("Save"), "check", True),
        ),
    )


class UnsavedDialog(QuestionDialog):
    """Keep editing, throw away, or save; Esc keeps editing."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "unsavedDialog")
        self.cover_all()
        self._answers: dict[str, Callable[[], None]] = {}
        self.answered.connect(self._on_answered)

    def ask_about(
        self, what: str, throw_away: Callable[[], None], save: Callable[[], None]
    ) -> None:
        """Open.

        Args:
            what: what was changed, such as an item's name.
            throw_away: forgets it and goes on.
            save: stores it and then goes on.
        """
        self._answers = {THROW_AWAY: throw_away, SAVE: save}
        self.ask(unsaved_question(what))

    def _on_answered(self, key: str) -> None:
        answers, self._answers = self._answers, {}
        if key in answers:
            answers[key]()
