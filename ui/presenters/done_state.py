"""What the payment-done screen shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from ui.presenters.frame_state import FrameState, Tone
from ui.presenters.ticket_state import BandView, SumView


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """What became of the slip or the drawer: icon, words, how loud."""

    key: str
    text: str
    icon: str
    tone: Tone = Tone.GOOD


@dataclass(frozen=True, slots=True)
class DoneState:
    """Everything the payment-done screen shows; it stays until the next scan.

    Attributes:
        frame, currency, band: as on the sale screen.
        title: "收款完成". detail: "已写入本机 · 14:32:06".
        change_minor: to give back. change_label: "找零".
        received_text: right of the label ("收现金 50.00"). saved_minor: saved.
        extra_text: lower right of the display.
        invitation, invitation_detail: in the empty ticket.
        slip_png: the slip as a picture; b"" while it is being drawn.
        outcomes: slip printed, drawer opened, or what went wrong.
        sums: number, items, taken, seconds of the last sale.
        entry_text, entry_hint: the entry line; typing starts the next sale.
        can_void: whether the whole sale may still be undone.
        can_correct: whether a tender was taken that could be wrong.
        locked: keys for which somebody must agree: "reprint", "correct", "drawer".
    """

    frame: FrameState
    currency: str
    band: BandView
    title: str
    detail: str = ""
    change_minor: int = 0
    change_label: str = ""
    received_text: str = ""
    saved_minor: int = 0
    extra_text: str = ""
    invitation: str = ""
    invitation_detail: str = ""
    slip_png: bytes = b""
    outcomes: tuple[OutcomeView, ...] = ()
    sums: tuple[SumView, ...] = ()
    entry_text: str = ""
    entry_hint: str = ""
    can_void: bool = False
    can_correct: bool = True
    locked: frozenset[str] = frozenset()
