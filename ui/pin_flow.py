"""New PINs: set for somebody, changed by oneself, made with the recovery code."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from pos_app.domain.pin_rule import PIN_DIGITS, check_pin
from pos_app.errors import GuitaiError
from pos_app.i18n import _, current_language
from pos_app.services.pins import ProofVerdict
from ui import tasks
from ui.dialogs.dialog import Dialog
from ui.dialogs.pin import PinDialog
from ui.dialogs.pin_recovery import PinRecoveryDialog
from ui.main_window import MainWindow
from ui.messages import explain
from ui.presenters.frame import FramePresenter
from ui.presenters.workplace import Workplace
from ui.tasks import TaskRunner


class PinFlow(QObject):
    """Asks for what is needed, one after the other."""

    def __init__(
        self,
        window: MainWindow,
        work: Workplace,
        frame: FramePresenter,
        runner: TaskRunner,
    ) -> None:
        super().__init__(window)
        self._work, self._frame, self._runner = work, frame, runner
        self.dialog = PinDialog(window)
        self.code = PinRecoveryDialog(window)
        self.dialog.typed.connect(self._on_typed)
        self.code.typed.connect(self._on_code)
        self._title, self._name, self._number = "", "", ""
        self._staff_id = ""
        self._first = ""
        self._next: Callable[[str], None] = self._on_new
        self._then: Callable[[str], None] = lambda _pin: None

    @property
    def dialogs(self) -> tuple[Dialog, ...]:
        """What is open while a PIN is asked for."""
        return (self.dialog, self.code)

    # ------------------------------------------------------------ who wants what

    def set_for(self, name: str, then: Callable[[str], None]) -> None:
        """Ask for a new PIN twice; `then` is called with it."""
        self._begin(_("New PIN for {name}", name=name), name, "")
        self._then = then
        self.dialog.cover_top(False)
        self._ask_new()

    def change_own(self, staff_id: str) -> None:
        """Let somebody change their own PIN; the old one comes first."""
        if not self._take_person(staff_id):
            return
        self._then = lambda _pin: None
        self._ask_old()

    def reset_by_code(self, staff_id: str) -> None:
        """Let somebody who runs the shop set a new PIN with the recovery code."""
        if self._take_person(staff_id):
            self.code.ask(self._name)

    def _take_person(self, staff_id: str) -> bool:
        for staff in self._work.counter.desk.catalog.staff():
            if staff.staff_id == staff_id:
                name = staff.name_in(current_language())
                self._begin(_("New PIN for {name}", name=name), name, staff.number)
                self._staff_id = staff_id
                for dialog in self.dialogs:
                    dialog.cover_top(True)  # the sign-on screen has no top bar
                return True
        return False

    def _begin(self, title: str, name: str, number: str) -> None:
        self._title, self._name, self._number = title, name, number
        self._staff_id, self._first = "", ""

    # ------------------------------------------------------------------- the steps

    def _ask_old(self, problem: str = "") -> None:
        self._next = self._on_old
        words = problem or _("First the PIN that you have now")
        self._ask(_("PIN so far"), words, is_problem=bool(problem))

    def _ask_new(self, problem: str = "") -> None:
        self._next, self._first = self._on_new, ""
        rule = _(
            "{least} to {most} digits; no birthday, no row, not the staff number",
            least=PIN_DIGITS[0],
            most=PIN_DIGITS[1],
        )
        self._ask(_("New PIN"), problem or rule, is_problem=bool(problem))

    def _ask_again(self) -> None:
        self._next = self._on_again
        self._ask(_("New PIN again"), _("Type the new PIN once more"))

    def _ask(self, label: str, text: str, *, is_problem: bool = False) -> None:
        self.dialog.ask(self._title, self._name, label, text, is_problem=is_problem)

    def _on_typed(self, pin: str) -> None:
        self._next(pin)

    def _on_old(self, pin: str) -> None:
        self.dialog.wait()
        future = self._work.counter.pins.check_own(self._staff_id, pin)
        task = tasks.watch(future).then(self._on_proof)
        task.otherwise(self._on_lost).after_bug(self.dialog.leave)

    def _on_code(self, code: str) -> None:
        self.code.wait()
        upkeep = self._work.upkeep
        try:
            future = self._work.counter.pins.check_recovery(
                self._staff_id, lambda: upkeep.check_recovery_code(code)
            )
        except GuitaiError as error:
            self.code.show_problem(self._words(error))
            return
        task = tasks.watch(future).then(self._on_proof)
        task.otherwise(self._on_lost).after_bug(self.code.leave)

    def _on_proof(self, proof: ProofVerdict) -> None:
        if proof.error is not None:
            self._work.beep()
            words = self._words(proof.error)
            if self.code.isVisible():
                self.code.show_problem(words)
            elif self.dialog.isVisible():
                self._ask_old(words)
            return
        if not (self.code.isVisible() or self.dialog.isVisible()):
            return  # the person has left
        self.code.leave()
        self._then = lambda pin: self._store(proof, pin)
        self._ask_new()

    def _on_new(self, pin: str) -> None:
        try:
            check_pin(pin, self._number)
        except GuitaiError as error:
            self._work.beep()
            self._ask_new(self._words(error))
            return
        self._first = pin
        self._ask_again()

    def _on_again(self, pin: str) -> None:
        if pin != self._first:
            self._work.beep()
            self._ask_new(_("The two were not the same. Type the new PIN anew."))
            return
        self._first = ""
        then, self._then = self._then, lambda _pin: None
        self.dialog.leave()
        then(pin)

    def _store(self, proof: ProofVerdict, pin: str) -> None:
        counter = self._work.counter
        try:
            change = counter.pins.renew(proof, pin)
        except GuitaiError as error:
            self._frame.refuse(error)
            return
        task = self._runner.run(self._work.upkeep.catalog_change(change))
        name, staff_id = self._name, proof.staff.staff_id

        def done(_was_different: bool) -> None:
            counter.pins.forget_failures(staff_id)
            self._frame.say(_("New PIN set: {name}", name=name))

        task.then(done).otherwise(self._frame.refuse)

    def _on_lost(self, error: GuitaiError) -> None:
        self.code.leave()
        self.dialog.leave()
        self._frame.refuse(error)

    def _words(self, error: GuitaiError) -> str:
        return explain(error, self._work.currency).sentence
