"""What the dialog for a price or a discount by hand shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReductionKind(StrEnum):
    """What is being changed."""

    PRICE = "price"
    LINE = "line"
    SALE = "sale"


@dataclass(frozen=True, slots=True)
class ReductionState:
    """The dialog; every text in the cashier's language.

    Attributes:
        kind: decides the icon.
        title: "改价", "折扣". what: the goods and how many of them.
        before_label, before, after_label, after: what it costs now and then.
        change: how much less, or more, is paid; "" before anything was typed.
        note: how deep that goes; "" where it does not.
        is_above_cap: whether the note warns that somebody will be asked.
        has_offers: whether there are promotions to choose instead.
        modes: (key, words) of what the number means; empty where it is a price.
        mode: the chosen one. entry_hint, entry_text: the entry line.
        problem: why the number cannot be, "" for nothing.
        reasons: (key, words) in order. reason: the chosen one's key.
        take: words of the main key. blocked: why it waits; "" when it may.
        take_back: words of the key that takes it back; "" for none.
    """

    kind: ReductionKind
    title: str
    what: str
    before_label: str
    before: str
    after_label: str
    after: str = ""
    change: str = ""
    note: str = ""
    is_above_cap: bool = False
    has_offers: bool = False
    modes: tuple[tuple[str, str], ...] = ()
    mode: str = ""
    entry_hint: str = ""
    entry_text: str = ""
    problem: str = ""
    reasons: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    take: str = ""
    blocked: str = ""
    take_back: str = ""
