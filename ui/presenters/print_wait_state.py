"""What the panel of waiting slips shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TroublePicture(StrEnum):
    """What is drawn: what a hand has to do."""

    PAPER = "paper"
    COVER = "cover"
    CABLE = "cable"
    POWER = "power"
    TAKEN = "taken"  # another program holds the printer
    RIGHTS = "rights"
    NONE = "none"  # it prints, or will in a moment


@dataclass(frozen=True, slots=True)
class WaitingSlipView:
    """One slip that waits: what it is, since when, and how far it came."""

    job_id: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class PrintWaitState:
    """The panel.

    Attributes:
        title: what is wrong with the printer, in one sentence.
        steps: what to do, in order.
        picture: the same, drawn.
        slips: that wait, oldest first; the panel shows as many as it has room for.
        count: how many wait.
        helper: name of another printer that prints now; "" for none. helper_id: its.
        printer, jobs: whose slips it may take, and which; all others stay.
        lets_go: words of the key that lets the oldest slip go; "" for none.
    """

    title: str = ""
    steps: tuple[str, ...] = ()
    picture: TroublePicture = TroublePicture.NONE
    slips: tuple[WaitingSlipView, ...] = ()
    count: int = 0
    helper: str = ""
    helper_id: str = ""
    printer: str = ""
    jobs: tuple[str, ...] = ()
    lets_go: str = ""
