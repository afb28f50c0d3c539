"""A question with named answers; never "OK"."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.dialog import Dialog, DialogText
from ui.presenters.pad_key import PadKey
from ui.presenters.question_state import Answer, Question
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind

__all__ = ("Answer", "Question", "QuestionDialog")


class QuestionDialog(Dialog):
    """Asks and waits; Enter gives the main answer, Esc none."""

    answered = Signal(str)
    """The key of the answer."""

    def __init__(self, window: QWidget, name: str = "questionDialog") -> None:
        super().__init__(window, name, "question", width=600)
        self.text = DialogText("questionText")
        self.body.addWidget(self.text)
        self._buttons: dict[str, ActionButton] = {}
        self._main = ""

    def ask(self, question: Question) -> None:
        """Open with a question."""
        self._icon = question.icon
        self.title.setText(question.title)
        self.text.setText(question.text)
        self._show_answers(question.answers)
        self.open()

    def answer_key(self, key: str) -> ActionButton:
        """Return the button of an answer."""
        return self._buttons[key]

    def _show_answers(self, answers: Sequence[Answer]) -> None:
        for button in self._buttons.values():
            button.deleteLater()
        self._buttons, self._main = {}, ""
        for answer in answers:
            kind = Kind.PRIMARY if answer.is_main else Kind.PLAIN
            row = Arrangement.ROW
            hint = "Enter" if answer.is_main else ""
            face = ButtonFace(
                answer.words, icon=answer.icon, kind=kind, arrangement=row, hint=hint
            )
            button = ActionButton(f"answer-{answer.key}", face)
            button.setProperty("answer", answer.key)
            button.set_size(68)
            button.clicked.connect(self._on_answer)
            self._buttons[answer.key] = button
            self._main = answer.key if answer.is_main else self._main
            self.key_row.addWidget(button, 1)

    def _on_answer(self) -> None:
        sender = self.sender()
        assert sender is not None
        self._give(str(sender.property("answer")))

    def _give(self, key: str) -> None:
        self.hide()
        self.answered.emit(key)

    @override
    def press(self, key: str) -> None:
        """Give the main answer with the pad's Enter."""
        if key == PadKey.ENTER and self._main:
            self._give(self._main)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the main answer with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.press(PadKey.ENTER)
            event.accept()
            return
        super().keyPressEvent(event)


def large_quantity(count: str, name: str) -> Question:
    """Ask about a quantity above 99; answers "take" and "retype"."""
    return Question(
        "hash",
        _("Really {count} pieces?", count=count),
        _("{name}: more than 99 is asked once.", name=name),
        (
            Answer("retype", _("Type it again"), "pencil-simple"),
            Answer("take", _("Yes, {count} pieces", count=count), "check", True),
        ),
    )


def unknown_print(number: str) -> Question:
    """Ask about a slip of which nobody knows whether it came; "came" or "again"."""
    return Question(
        "printer",
        _("Did slip {number} print completely?", number=number),
        _("The printer stopped answering. The sale itself is saved."),
        (
            Answer("again", _("Print again, marked COPY"), "printer"),
            Answer("came", _("Yes, it is complete"), "check", True),
        ),
    )


def unknown_paper(number: str) -> Question:
    """Ask about any other paper; "came" or "again". `number` may be empty."""
    return Question(
        "printer",
        _("Did the paper {number} print completely?", number=number),
        _("The printer stopped answering. Nothing is lost by printing it again."),
        (
            Answer("again", _("Print it again"), "printer"),
            Answer("came", _("Yes, it is complete"), "check", True),
        ),
    )


def unknown_badge() -> Question:
    """Ask about a badge, which is never printed a second time; "came" or "again"."""
    return Question(
        "identification-badge",
        _("Did the badge print completely?"),
        _(
            "The printer stopped answering. A badge is printed once: if it did not "
            "come out, print a new one in the back office."
        ),
        (
            Answer("again", _("No, it did not"), "x"),
            Answer("came", _("Yes, it is complete"), "check", True),
        ),
    )


def reprint(number: str, total: str) -> Question:
    """Ask whether to print a slip again; answers "print" and "leave"."""
    return Question(
        "receipt",
        _("Print slip {number} again?", number=number),
        _("{total}. The new one is marked COPY.", total=total),
        (
            Answer("leave", _("Leave the slip"), "x"),
            Answer("print", _("Print a copy"), "printer", True),
        ),
    )
