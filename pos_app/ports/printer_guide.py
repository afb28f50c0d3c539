"""The guided test page: a page is printed, a person says what is on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from pos_app.ports.devices import Connection, OptionValue
from pos_app.ports.printing import PrinterStatus

#: What a person answered: question key to the values chosen, none or several.
GuideAnswers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class GuideChoice:
    """One answer that can be given.

    Attributes:
        value: in `GuideAnswers`.
        label: a msgid, or what stands on the paper when the line came out right.
        number: of the line on the paper; 0 where it is about none.
    """

    value: str
    label: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """One question about the page.

    Attributes:
        key: in `GuideAnswers`.
        text: the question, a msgid.
        choices: what can be answered.
        is_many: whether several may be chosen, or none.
    """

    key: str
    text: str
    choices: tuple[GuideChoice, ...]
    is_many: bool = False


@dataclass(frozen=True, slots=True)
class GuideHeard:
    """What the printer itself said while the page was printed.

    Attributes:
        status: READY or UNKNOWN when the page was sent, else what is in the way.
        answers: whether it answered a question at once.
        confirms: whether it said when everything was printed.
    """

    status: PrinterStatus
    answers: bool = False
    confirms: bool = False


@dataclass(frozen=True, slots=True)
class GuideResult:
    """What the answers mean.

    Attributes:
        driver: key of the driver; "" when nothing on the page could be read, and the
            page of the other language is to be tried.
        options: of the driver, those that differ from what it assumes; "profile" and
            "paper_mm" always.
        notes: msgids that say in plain words what was found out.
    """

    driver: str
    options: Mapping[str, OptionValue] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class PrinterGuide(Protocol):
    """Finds out what a printer can do. `print_page` waits: not on the screen's thread.

    Order: print_page("escpos"), questions, result; where its driver is "",
    print_page("star"), questions, result; where that is "" too, the printer is none
    that this till can speak to.
    """

    def print_page(self, connection: Connection, language: str) -> GuideHeard:
        """Print the page in a printer language, "escpos" or "star".

        Raises:
            UserError: when the connection makes no sense.
        """
        ...

    def questions(self, language: str) -> tuple[GuideQuestion, ...]:
        """Return what to ask about the page, in order."""
        ...

    def result(
        self, language: str, answers: GuideAnswers, heard: GuideHeard
    ) -> GuideResult:
        """Return what the answers mean."""
        ...
