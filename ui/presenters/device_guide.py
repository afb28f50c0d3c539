"""The guided test page of a printer: printed, asked about, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from pos_app.errors import GuitaiError
from pos_app.i18n import _
from pos_app.ports.devices import DeviceSettings
from pos_app.ports.printer_guide import (
    GuideHeard,
    GuideQuestion,
    GuideResult,
    PrinterGuide,
)
from pos_app.ports.printing import PrinterStatus
from ui.messages import explain
from ui.presenters.settings_state import status_words
from ui.presenters.workplace import Workplace
from ui.tasks import TaskRunner

#: The page is printed in each language of printers until one can be read.
_LANGUAGES = ("escpos", "star")
_FINE = frozenset({PrinterStatus.READY, PrinterStatus.UNKNOWN, PrinterStatus.PAPER_LOW})
#: What an earlier page found out; a new one finds it out again.
_FOUND_OUT = ("dots", "columns", "codes", "cutter", "feedback", "raster", "pages")


@dataclass(frozen=True, slots=True)
class GuideView:
    """The guided test page as it stands.

    Attributes:
        text: the question, or what is under way, or what came of it.
        choices: (value, words) to choose from. chosen: values that are.
        step: which question of how many; "" while none is asked.
        action: words of the key that goes on; "" for none.
    """

    text: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    chosen: frozenset[str] = frozenset()
    step: str = ""
    action: str = ""


class DeviceGuide(QObject):
    """Prints, asks question after question, and tells the settings that follow."""

    changed = Signal()
    """The guide went on."""
    found_out = Signal(object)
    """A printer with the driver and options that its page showed; `DeviceSettings`."""

    def __init__(self, work: Workplace, runner: TaskRunner) -> None:
        super().__init__()
        self._work, self._runner = work, runner
        self._device: DeviceSettings | None = None
        self._guide: PrinterGuide | None = None
        self._heard = GuideHeard(PrinterStatus.UNKNOWN)
        self._language, self._at = _LANGUAGES[0], 0
        self._questions: tuple[GuideQuestion, ...] = ()
        self._answers: dict[str, tuple[str, ...]] = {}
        self._note, self._is_printing = "", False

    @property
    def view(self) -> GuideView:
        """Return what is shown."""
        if self._is_printing:
            return GuideView(_("The page with numbered lines is being printed."))
        if not self._questions:
            return GuideView(self._note, action=_("Print the page again"))
        question = self._questions[self._at]
        step = _("{number} of {count}", number=self._at + 1, count=len(self._questions))
        return GuideView(
            text=_(question.text),
            choices=tuple(
                (x.value, _shown(x.number, x.label)) for x in question.choices
            ),
            chosen=frozenset(self._answers.get(question.key, ())),
            step=step,
            action=_("Next"),
        )

    def begin(self, device: DeviceSettings) -> None:
        """Print the page on a printer; in the first language of printers."""
        self._device = device
        self._print(_LANGUAGES[0])

    def _print(self, language: str) -> None:
        if self._is_printing or self._device is None:
            return
        self._language, self._questions, self._at = language, (), 0
        self._answers, self._note, self._is_printing = {}, "", True
        upkeep, device = self._work.upkeep, self._device

        def work() -> tuple[PrinterGuide, GuideHeard]:
            guide = upkeep.printer_guide(device)
            return guide, guide.print_page(device.connection, language)

        task = self._runner.run(work)
        task.then(self._on_printed).otherwise(self._on_failed)
        task.after_bug(self._on_bug)
        self.changed.emit()

    def _on_printed(self, printed: tuple[PrinterGuide, GuideHeard]) -> None:
        self._guide, self._heard = printed
        self._is_printing = False
        if self._heard.status in _FINE:
            self._questions = self._guide.questions(self._language)
        else:
            words, _tone = status_words(self._heard.status)
            action = _("Check power, paper and cable, then try again.")
            self._note = f"{words}. {action}"
        self.changed.emit()

    def _on_failed(self, error: GuitaiError) -> None:
        self._is_printing = False
        self._note = explain(error, self._work.currency).sentence
        self.changed.emit()

    def _on_bug(self) -> None:
        self._is_printing = False
        self.changed.emit()

    def choose(self, value: str) -> None:
        """An answer was pressed: it counts, or counts no more."""
        if not self._questions:
            return
        question = self._questions[self._at]
        chosen = self._answers.get(question.key, ())
        if value in chosen:
            fresh = tuple(x for x in chosen if x != value)
        else:
            fresh = (*chosen, value) if question.is_many else (value,)
        self._answers[question.key] = fresh
        self.changed.emit()

    def go_on(self) -> None:
        """The question is answered: ask the next one, or say what came of it."""
        if not self._questions:
            self._print(_LANGUAGES[0])
        elif self._at + 1 < len(self._questions):
            self._at += 1
            self.changed.emit()
        else:
            self._end()

    def _end(self) -> None:
        assert self._guide is not None
        result = self._guide.result(self._language, self._answers, self._heard)
        self._questions, self._at = (), 0
        if not result.driver and self._language != _LANGUAGES[-1]:
            self._print(_LANGUAGES[-1])
            return
        if not result.driver:
            self._note = _("Nothing on the page can be read: not a printer for slips?")
        else:
            self._note = " ".join(_(x) for x in result.notes)
            self.found_out.emit(self._set_up(result))
        self.changed.emit()

    def _set_up(self, result: GuideResult) -> DeviceSettings:
        assert self._device is not None
        old = self._device.options.items()
        kept = {key: value for key, value in old if key not in _FOUND_OUT}
        options = {**kept, **result.options}
        self._device = replace(self._device, driver=result.driver, options=options)
        return self._device


def _shown(number: int, label: str) -> str:
    """Return a choice as it stands on the paper: number first."""
    words = _(label) if label else label
    return f"{number}  {words}" if number else words
