"""The first-run wizard: from nothing to a shop that sells, step by step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import use_language
from pos_app.services.setup_draft import SetupStep
from pos_app.services.setup_draft_check import draft_problems, usable_draft
from ui.messages import explain
from ui.presenters.setup_answers import SetupAnswers
from ui.presenters.setup_port import RestoreSource, SampleStaff, SetupPort
from ui.presenters.setup_state import Opening, WizardPage, WizardState
from ui.presenters.setup_words import (
    heading,
    later_words,
    next_step,
    next_words,
    rail,
    step_before,
)
from ui.tasks import TaskRunner


class SetupWizard(SetupAnswers):
    """Leads from step to step, and has the shop made.

    Args:
        port: what it asks of the machine.
        runner: does what takes time.
        language: the one to begin with, where nothing was typed before.
    """

    finished = Signal(object)
    """The wizard is over: an `Opening` says what is opened now."""

    def __init__(self, port: SetupPort, runner: TaskRunner, language: str) -> None:
        super().__init__(port, runner)
        self.page = WizardPage.WELCOME
        self._sources: tuple[RestoreSource, ...] | None = None
        self._samples: tuple[SampleStaff, ...] = ()
        self.ending.made.connect(self._on_made)
        self.ending.opened.connect(self._on_opened)
        if self.keeper.was_found:
            self._take_up()
        else:
            # Kept from the first answer on: who only looks leaves no trace.
            country = {"zh-CN": "CN", "zh-TW": "TW"}.get(language, "OTHER")
            fresh = self._with_country(country)
            self.keeper.draft = fresh.model_copy(update={"language": language})
        use_language(self.draft.language)

    def _take_up(self) -> None:
        """Go on where it was left; PINs and codes were never kept."""
        draft = self.draft
        if draft.step in {SetupStep.CODE, SetupStep.SALE}:
            draft = draft.model_copy(update={"step": SetupStep.PEOPLE})
        passed = tuple(x for x in draft.passed if x is not SetupStep.PEOPLE)
        self.keeper.draft = draft.model_copy(update={"passed": passed})

    # ------------------------------------------------------------------ what is

    @property
    def state(self) -> WizardState:
        """Return everything the window shows."""
        draft, page, ending = self.draft, self.page, self.ending
        title, subtitle = heading(page, draft.step)
        return WizardState(
            page=page,
            steps=rail(draft, page),
            step=draft.step,
            title=title,
            subtitle=subtitle,
            draft=draft,
            problems=tuple(self._problems.items()),
            next_words=next_words(page, draft.step),
            later_words=later_words(page, draft.step),
            can_go_back=page is not WizardPage.WELCOME
            and draft.step is not SetupStep.SALE,
            busy=ending.busy,
            trouble=ending.trouble or self._trouble,
            has_draft=self.keeper.was_found,
            printer=self.devices.printer,
            drawer=self.devices.drawer,
            scanner=self.devices.scanner,
            scale=self.devices.scale,
            found_printers=self.devices.found,
            is_searching=self.devices.is_searching,
            goods=self._goods,
            is_reading_goods=self._is_reading_goods,
            code=ending.code,
            sources=self._sources,
            source=self.typed("restore_source"),
            samples=tuple(self._port.sample_staff()) if page is WizardPage.DEMO else (),
        )

    # --------------------------------------------------------------- navigation

    def choose(self, page: str) -> None:
        """Take one of the ways of the first page."""
        self.page = WizardPage(page)
        self._forget_problems()
        if self.page is WizardPage.DEMO:
            self._samples = tuple(self._port.sample_staff())
        elif self.page is WizardPage.RESTORE:
            self._sources = None
            task = self._runner.run(self._port.restore_sources)
            task.then(self._on_sources).otherwise(self._on_trouble)
        self.state_changed.emit()

    def go_back(self) -> None:
        """Go to the step before, or to the first page."""
        if self.ending.busy:
            return
        before = step_before(self.draft.step)
        self._forget_problems()
        if self.page is not WizardPage.STEPS or before is None:
            self.page = WizardPage.WELCOME
        else:
            self.ending.forget()
            self.keeper.change(step=before)
        self.state_changed.emit()

    def go_to(self, step: str) -> None:
        """Go back to a step that is passed already."""
        wanted = SetupStep(step)
        is_open = wanted in self.draft.passed and not self.ending.is_made
        if self.page is WizardPage.STEPS and is_open and not self.ending.busy:
            self._forget_problems()
            self.keeper.change(step=wanted)
            self.state_changed.emit()

    def go_on(self) -> None:
        """The green key: go on if the answers are sound, else say what is not."""
        if self.ending.busy or self._is_reading_goods:
            return
        self._forget_problems()
        if self.page is WizardPage.DEMO:
            self.finished.emit(Opening(WizardPage.DEMO))
        elif self.page is WizardPage.RESTORE:
            self._restore()
        elif self.page is WizardPage.STEPS:
            self._leave_step()
        self.state_changed.emit()

    def go_later(self) -> None:
        """Leave a step undone; the code's warning stays until it is done."""
        if self.ending.busy:
            return
        self._forget_problems()
        if self.draft.step is SetupStep.CODE:
            self.ending.open(is_confirmed=False)
        else:
            self._go_behind(is_passed=False)
        self.state_changed.emit()

    def _leave_step(self) -> None:
        step = self.draft.step
        if step is SetupStep.SALE:
            self._finish(practises=False)
            return
        if step is SetupStep.CODE:
            typed = (self.typed("group_first"), self.typed("group_second"))
            self._problems = self.ending.refusal(typed)
            if not self._problems:
                self.ending.open(is_confirmed=True)
            return
        found = draft_problems(self.draft, step, self._pins)
        self._problems = {field: explain(x).sentence for field, x in found.items()}
        if self._problems:
            return
        if step is SetupStep.PEOPLE:
            self._make()
        else:
            self._go_behind(is_passed=True)

    def _go_behind(self, *, is_passed: bool) -> None:
        step = self.draft.step
        behind = next_step(step)
        assert behind is not None
        passed = [x for x in self.draft.passed if x is not step]
        passed += [step] if is_passed else []
        self.keeper.change(step=behind, passed=tuple(passed))

    def _make(self) -> None:
        """Have the shop made, after all steps before were looked at once more."""
        for step in SetupStep:
            if step is SetupStep.PEOPLE:
                break
            is_optional = step is SetupStep.DEVICES
            found = draft_problems(self.draft, step, {})
            if found and not is_optional:
                self._problems = {k: explain(x).sentence for k, x in found.items()}
                self.keeper.change(step=step)
                return
        self.ending.make(usable_draft(self.draft), self._pins_by_number())

    def _pins_by_number(self) -> dict[str, str]:
        people = enumerate(self.draft.people)
        return {person.number: self.pins_of(at)[0] for at, person in people}

    def _restore(self) -> None:
        source, code = self.typed("restore_source"), self.typed("restore_code")
        if not source.strip():
            self._refuse("restore_source", UserError("setup_source_missing"))
        if not code.strip():
            self._refuse("restore_code", UserError("setup_code_missing"))
        if not self._problems:
            self.ending.restore(source, code, self._on_restored)

    def look_into(self, folder: str) -> None:
        """Somebody chose a folder: show what can be restored from it."""
        if self.ending.busy:
            return
        self._forget_problems()
        port = self._port
        task = self._runner.run(lambda: port.sources_in(folder))
        task.then(self._on_looked).otherwise(self._on_no_source)

    def practise(self) -> None:
        """The first sale is one that does not count."""
        if self.draft.step is SetupStep.SALE and self.page is WizardPage.STEPS:
            self._finish(practises=True)

    def _finish(self, *, practises: bool) -> None:
        owner = self.draft.people[0].number.strip()
        pin = self.pins_of(0)[0]
        self._pins = {}
        self.finished.emit(Opening(WizardPage.STEPS, owner, pin, practises))

    # ------------------------------------------------------------------ replies

    def _on_made(self) -> None:
        self._typed.pop("group_first", None)
        self._typed.pop("group_second", None)
        self._go_behind(is_passed=True)
        self.state_changed.emit()

    def _on_opened(self) -> None:
        self._trouble = ""
        self.keeper.end()
        self._go_behind(is_passed=True)
        self.state_changed.emit()

    def _on_restored(self) -> None:
        self.keeper.end()
        self.finished.emit(Opening(WizardPage.RESTORE))

    def _on_looked(self, found: Sequence[RestoreSource]) -> None:
        keys = {source.key for source in found}
        others = (x for x in self._sources or () if x.key not in keys)
        self._sources = (*found, *others)
        self._typed["restore_source"] = found[0].key
        self.state_changed.emit()

    def _on_no_source(self, error: GuitaiError) -> None:
        self._refuse("restore_source", error)
        self.state_changed.emit()

    def _on_sources(self, sources: Sequence[RestoreSource]) -> None:
        self._sources = tuple(sources)
        if self._sources and not self.typed("restore_source"):
            self._typed["restore_source"] = self._sources[0].key
        self.state_changed.emit()
