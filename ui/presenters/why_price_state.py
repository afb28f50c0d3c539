"""What the panel "why this price?" shows, whole and frozen (picture 06)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StepTone(StrEnum):
    """How a step is coloured."""

    LIST = "list"  # what the shelf says
    SAVING = "saving"
    ADDED = "added"  # a price raised by hand, or tax on top
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class StepView:
    """One step from the shelf price to the price paid.

    Attributes:
        title: its name. icon: before it, "" for none.
        working: the arithmetic, so that it can be done again by hand.
        who: who gave it, who approved it, and why; "" for nobody.
        amount: what it adds or takes off, with its sign; or the sum so far.
        tone: decides the colours.
        bar_start, bar_length: in thousandths of the longest bar.
    """

    title: str
    working: str
    amount: str
    tone: StepTone
    icon: str = ""
    who: str = ""
    bar_start: int = 0
    bar_length: int = 1000


@dataclass(frozen=True, slots=True)
class RefusedView:
    """An offer that was not used: its name, why not, and what it would have saved."""

    title: str
    reason: str
    amount: str


@dataclass(frozen=True, slots=True)
class WhyPriceState:
    """The panel.

    Attributes:
        position: of the line, from 1. name, variant: of the goods.
        quantity: "× 2".
        steps: from the list price to what is paid.
        refused: offers that were not used.
        has_note: whether the line has a note already.
        take_back: words of the key that takes the line's last reduction back; ""
            for none.
    """

    position: str = ""
    name: str = ""
    variant: str = ""
    quantity: str = ""
    steps: tuple[StepView, ...] = ()
    refused: tuple[RefusedView, ...] = ()
    has_note: bool = False
    take_back: str = ""
