"""What the first-run wizard shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pos_app.ports.devices import FoundDevice
from pos_app.services.setup_draft import SetupDraft, SetupStep
from ui.presenters.setup_port import (
    GoodsCheck,
    RestoreSource,
    SampleStaff,
)


class WizardPage(StrEnum):
    """What is shown: the first choice, one of its ways, or the steps."""

    WELCOME = "welcome"
    STEPS = "steps"
    DEMO = "demo"
    RESTORE = "restore"


class Stage(StrEnum):
    """How far the trial of a device is."""

    IDLE = "idle"
    BUSY = "busy"
    ASK = "ask"  # a person must say whether it came out right
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class StepView:
    """A line of the rail."""

    key: SetupStep
    title: str
    is_current: bool = False
    is_passed: bool = False


@dataclass(frozen=True, slots=True)
class TrialView:
    """The trial of one device: how far it is, and one sentence."""

    stage: Stage
    detail: str


@dataclass(frozen=True, slots=True)
class CodeView:
    """The recovery code.

    Attributes:
        groups: as shown; () while the shop is being made.
        asked: numbers, from 1, of the groups to type back.
        print_note: how the print went. is_printing: under way.
    """

    groups: tuple[str, ...] = ()
    asked: tuple[int, int] = (0, 0)
    print_note: str = ""
    is_printing: bool = False


@dataclass(frozen=True, slots=True)
class WizardState:
    """Everything on the wizard's window.

    Attributes:
        page: which page. steps: the rail. step: the current one.
        title, subtitle: above the page.
        draft: the answers. problems: by field, one sentence each.
        next_words: the green key. later_words: the link; "" for none.
        can_go_back: whether there is something before.
        busy: what is under way, in words; "" for nothing.
        trouble: why the last step did not work; "" for nothing.
        printer, drawer, scanner, scale: their trials.
        found_printers: what answered; None before somebody searched.
        is_searching: a search is under way.
        goods: what the import would do. is_reading_goods: being found out.
        code: the recovery code.
        sources: to restore from; None while they are looked for.
        source: the one that is chosen, or typed; "" for none.
        samples: people of the sample shop.
    """

    page: WizardPage
    steps: tuple[StepView, ...]
    step: SetupStep
    title: str
    subtitle: str
    draft: SetupDraft
    problems: tuple[tuple[str, str], ...] = ()
    next_words: str = ""
    later_words: str = ""
    can_go_back: bool = True
    busy: str = ""
    trouble: str = ""
    has_draft: bool = False
    printer: TrialView = TrialView(Stage.IDLE, "")
    drawer: TrialView = TrialView(Stage.IDLE, "")
    scanner: TrialView = TrialView(Stage.IDLE, "")
    found_printers: tuple[FoundDevice, ...] | None = None
    scale: TrialView = TrialView(Stage.IDLE, "")
    is_searching: bool = False
    goods: GoodsCheck | None = None
    is_reading_goods: bool = False
    code: CodeView = CodeView()
    sources: tuple[RestoreSource, ...] | None = None
    source: str = ""
    samples: tuple[SampleStaff, ...] = ()

    def problem_of(self, field: str) -> str:
        """Return why an answer was refused; "" when it was not."""
        return dict(self.problems).get(field, "")


@dataclass(frozen=True, slots=True)
class Opening:
    """What the till opens after the wizard.

    Attributes:
        page: STEPS for the new shop, RESTORE for a restored one, DEMO.
        number, pin: who is signed on at once; "" for nobody. In memory only.
        practises: whether a card of training comes before the first real sale.
    """

    page: WizardPage
    number: str = ""
    pin: str = field(default="", repr=False)
    practises: bool = False
