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
        notes: more sentences, each on a row of its own.
        minor: the amount in minor units, below zero for what is taken off.
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
    notes: tuple[str, ...] = ()
    minor: int = 0


@dataclass(frozen=True, slots=True)
class RefusedView:
    """An offer that was not used: its name, why not, and what it would have saved.

    Attributes:
        title, reason, amount: in words; no amount where nothing can be said.
        restore: id of a promotion that was taken away and may come back; "" for none.
    """

    title: str
    reason: str
    amount: str
    restore: str = ""


@dataclass(frozen=True, slots=True)
class NearlyView:
    """An offer that a little more would reach.

    Attributes:
        title: "还差 1 件：第二件半价". detail: what it would save, and of what.
        key: words of its key; "" where goods cannot be named.
        line_id: of the line, one more of whose goods does it. unit_id: or goods that
            do. promotion_id: whose goods are shown where neither is known.
        icon: before it. short_key: its key's sign where its words find no room.
        coupons: ids of coupons that the key uses; then it is no promotion.
    """

    title: str
    detail: str
    key: str = ""
    line_id: str = ""
    unit_id: str = ""
    promotion_id: str = ""
    icon: str = "lightning"
    short_key: str = "+1"
    coupons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer that the line has: it may be taken away."""

    promotion_id: str
    name: str


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
        nearly: what one more would reach; None for nothing.
        offers: promotions of the line that may be taken away.
        is_guarded: whether somebody must agree to that.
        has_customer: whether the customer has a screen to see it on.
    """

    position: str = ""
    name: str = ""
    variant: str = ""
    quantity: str = ""
    steps: tuple[StepView, ...] = ()
    refused: tuple[RefusedView, ...] = ()
    has_note: bool = False
    take_back: str = ""
    nearly: NearlyView | None = None
    offers: tuple[OfferView, ...] = ()
    is_guarded: bool = False
    has_customer: bool = False
