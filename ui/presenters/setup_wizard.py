"""The first-run wizard: from nothing to a shop that sells, step by step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimeZone, Signal

from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import current_language, use_language
from pos_app.services.setup_draft import DraftPerson, SetupDraft, SetupStep
from pos_app.services.setup_draft_check import draft_problems, person_key
from ui.messages import explain
from ui.presenters.setup_devices import DeviceTrials
from ui.presenters.setup_drafting import DraftKeeper
from ui.presenters.setup_ending import ShopEnding
from ui.presenters.setup_port import GoodsCheck, RestoreSource, SetupPort
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

_PRINTER_KEYS = frozenset(
    {"printer_kind", "printer_address", "printer_port", "paper_mm"}
)
_LOOK_KEYS = frozenset({"theme", "size_percent"})
#: Nobody works before these are right; the rest may be wrong while it is typed.
_PEOPLE_LIMIT = 20


class SetupWizard(QObject):
    """Takes answers, checks them step by step, and has the shop made."""

    state_changed = Signal()
    """The window must show `state` anew."""
    look_changed = Signal()
    """Theme or text size of the draft are different."""
    language_changed = Signal()
    """All texts must be made anew."""
    finished = Signal(object)
    """The wizard is over: an `Opening` says what is opened now."""

    def __init__(self, port: SetupPort, runner: TaskRunner, language: str) -> None:
        super().__init__()
        self._port, self._runner = port, runner
        self.keeper = DraftKeeper(port, runner)
        self.devices = DeviceTrials(port, self.keeper, runner)
        self.ending = ShopEnding(port, runner)
        self.page = WizardPage.WELCOME
        self._pins: dict[str, tuple[str, str]] = {}
        self._problems: dict[str, str] = {}
        self._typed: dict[str, str] = {}
        self._goods: GoodsCheck | None = None
        self._is_reading_goods = False
        self._trouble = ""
        self._sources: tuple[RestoreSource, ...] | None = None
        self.keeper.failed.connect(self._on_trouble)
        for part in (self.devices, self.ending):
            part.changed.connect(self.state_changed)
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
    def draft(self) -> SetupDraft:
        """The answers so far."""
        return self.keeper.draft

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
            found_printers=self.devices.found,
            is_searching=self.devices.is_searching,
            goods=self._goods,
            is_reading_goods=self._is_reading_goods,
            code=ending.code,
            sources=self._sources,
            samples=tuple(self._port.sample_staff()) if page is WizardPage.DEMO else (),
        )

    def pins_of(self, place: int) -> tuple[str, str]:
        """Return what was typed as a person's PIN; in memory only."""
        return self._pins.get(person_key(place), ("", ""))

    # --------------------------------------------------------------- navigation

    def choose(self, page: str) -> None:
        """Take one of the ways of the first page."""
        self.page = WizardPage(page)
        self._forget_problems()
        if self.page is WizardPage.RESTORE:
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
            self._finish()
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
        self.ending.make(self._sound_draft(), self._pins_by_number())

    def _sound_draft(self) -> SetupDraft:
        """Return the answers; a printer that was left half named is none."""
        draft = self.draft
        if draft_problems(draft, SetupStep.DEVICES, {}):
            return draft.model_copy(
                update={"printer_kind": "virtual", "printer_port": "9100"}
            )
        is_number = draft.printer_port.strip().isdigit()
        return draft if is_number else draft.model_copy(update={"printer_port": "9100"})

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

    def _finish(self) -> None:
        owner = self.draft.people[0].number.strip()
        pin = self.pins_of(0)[0]
        self._pins = {}
        self.finished.emit(Opening(WizardPage.STEPS, owner, pin))

    # ------------------------------------------------------------------ answers

    def typed(self, key: str) -> str:
        """Return what was typed and is never kept: codes, a file's name."""
        return self._typed.get(key, "")

    def on_typed(self, key: str, text: object) -> None:
        """Something was typed that stays in memory."""
        self._typed[key] = str(text)
        if self._problems.pop(key, None):
            self.state_changed.emit()

    def on_changed(self, key: str, value: object) -> None:
        """An answer was changed; it is checked when one goes on."""
        if key == "country":
            self.keeper.put(self._with_country(str(value)))
        elif not self.keeper.change(**{key: value}):
            return
        self._problems.pop(key, None)
        self._trouble = ""
        if key == "language":
            use_language(self.draft.language)
            self.language_changed.emit()
        elif key in _LOOK_KEYS:
            self.look_changed.emit()
        elif key in _PRINTER_KEYS:
            self.devices.forget_printer()
        self.state_changed.emit()

    def _with_country(self, key: str) -> SetupDraft:
        draft = self.draft.with_country(key)
        if draft.time_zone:
            return draft
        zone = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
        return draft.model_copy(update={"time_zone": zone})

    def on_person(self, place: int, field: str, text: str) -> None:
        """A person's name, number or role was changed."""
        people = list(self.draft.people)
        people[place] = people[place].model_copy(update={field: text})
        self._problems.pop(f"{person_key(place)}-{field}", None)
        self.on_changed("people", tuple(people))

    def on_pin(self, place: int, pin: str, again: str) -> None:
        """A PIN was typed; it is never kept."""
        key = person_key(place)
        self._pins[key] = (pin, again)
        if self._problems.pop(f"{key}-pin", None):
            self.state_changed.emit()

    def add_person(self) -> None:
        """Another person works here."""
        people = self.draft.people
        if len(people) < _PEOPLE_LIMIT:
            numbers = [int(x.number) for x in people if x.number.strip().isdigit()]
            number = str(max(numbers, default=1000) + 1)
            self.on_changed("people", (*people, DraftPerson(number=number)))

    def remove_person(self, place: int) -> None:
        """A person does not work here after all; the owner stays."""
        assert place > 0
        pins = [self.pins_of(at) for at in range(len(self.draft.people))]
        people = list(self.draft.people)
        del people[place], pins[place]
        self._pins = {person_key(at): pair for at, pair in enumerate(pins)}
        self._forget_problems()
        self.on_changed("people", tuple(people))

    def on_goods_file(self, path: str) -> None:
        """A file of items was named: find out what it holds."""
        if self._is_reading_goods or not path.strip():
            return
        self._is_reading_goods, self._goods = True, None
        self._problems.pop("goods_file", None)
        draft, port = self.draft, self._port
        task = self._runner.run(lambda: port.take_goods_file(path, draft))
        task.then(self._on_goods).otherwise(self._on_no_goods)
        task.after_bug(self._on_goods_bug)
        self.state_changed.emit()

    def print_code(self) -> None:
        """Print the recovery code."""
        self.ending.print_code(self._sound_draft())

    # ------------------------------------------------------------------ replies

    def _on_goods(self, check: GoodsCheck) -> None:
        self._is_reading_goods, self._goods = False, check
        self.keeper.change(goods_file=check.name)
        if not check.added:
            self._refuse("goods_file", UserError("setup_goods_nothing"))
        self.state_changed.emit()

    def _on_no_goods(self, error: GuitaiError) -> None:
        self._is_reading_goods = False
        self.keeper.change(goods_file="")
        self._refuse("goods_file", error)
        self.state_changed.emit()

    def _on_goods_bug(self) -> None:
        self._is_reading_goods = False
        self.state_changed.emit()

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

    def _on_sources(self, sources: Sequence[RestoreSource]) -> None:
        self._sources = tuple(sources)
        if self._sources and not self.typed("restore_source"):
            self._typed["restore_source"] = self._sources[0].key
        self.state_changed.emit()

    def _on_trouble(self, error: GuitaiError) -> None:
        self._trouble = explain(error).sentence
        self.state_changed.emit()

    def _refuse(self, field: str, error: GuitaiError) -> None:
        self._problems[field] = explain(error).sentence

    def _forget_problems(self) -> None:
        self._problems, self._trouble = {}, ""
        self.ending.trouble = ""

    @property
    def language(self) -> str:
        """The language of the screen."""
        return current_language()
