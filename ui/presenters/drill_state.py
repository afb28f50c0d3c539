"""What the screen of scenario cards, and the strip below a running one, show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.presenters.frame_state import FrameState, Tone


class DrillMode(StrEnum):
    """How far a card is."""

    READY = "ready"  # chosen; its goal is read
    PREPARING = "preparing"
    RUNNING = "running"
    OVER = "over"  # the result is shown


@dataclass(frozen=True, slots=True)
class CardRow:
    """An entry of the list: title, icon, best score of this training, or ""."""

    key: str
    title: str
    icon: str
    score: str


@dataclass(frozen=True, slots=True)
class CodeView:
    """A code to scan: what it is, what a scanner reads, the picture of it."""

    name: str
    code: str
    png: bytes
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of the card."""

    text: str
    is_done: bool
    is_next: bool


@dataclass(frozen=True, slots=True)
class ResultView:
    """How it came out.

    Attributes:
        score: 0 to 100. words: in one sentence. tone: good, or not yet.
        lines: what went wrong or was slow, and the rule of the score.
    """

    score: int
    words: str
    tone: Tone
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StripView:
    """The strip below the screens while a card runs.

    Attributes:
        title: of the card. text: the next step, or the result.
        place: "2/3". tone: of the text. codes: to tap instead of scanning.
        needs_paper: whether the key for a roll of paper is shown.
        is_over: whether "next card" stands where help stood.
        leads_back: whether the way out stands there instead.
    """

    title: str
    text: str
    place: str
    tone: Tone
    codes: tuple[CodeView, ...]
    needs_paper: bool
    is_over: bool
    leads_back: bool = False


@dataclass(frozen=True, slots=True)
class DrillState:
    """Everything the screen shows; `leads_back`: one came for a single card."""

    frame: FrameState
    rows: tuple[CardRow, ...]
    chosen: str
    mode: DrillMode
    title: str
    goal: str
    steps: tuple[StepView, ...]
    codes: tuple[CodeView, ...]
    pin_words: str
    help: str
    can_start: bool
    result: ResultView | None
    rule: str
    progress: str
    strip: StripView | None
    leads_back: bool = False
