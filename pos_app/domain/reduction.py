"""What is let go by hand, and the steps from the shelf price to the price paid."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.values.percentage import Percentage


@dataclass(frozen=True, slots=True)
class ManualDiscount:
    """A discount that a person gives, on a line or on the whole sale.

    Attributes:
        percentage: of the amount before it; None for an amount.
        amount_minor: off the shelf amount, minor units; 0 with a percentage.
        reason: key of the reason.
        by: staff id of who gives it. approved_by: of who approved; "" for nobody.
        approved: how deep the line was to be lowered in all when they did.
    """

    percentage: Percentage | None
    amount_minor: int
    reason: str
    by: str
    approved_by: str = ""
    approved: Percentage | None = None


class OverrideCause(StrEnum):
    """Why a line has another price than the shelf."""

    MANUAL = "manual"
    EXCHANGE = "exchange"  # another variant keeps the price paid


@dataclass(frozen=True, slots=True)
class PriceOverride:
    """Another price for one unit of a line.

    Attributes:
        unit_price_minor: as the shelf would show it, minor units, zero or more.
        reason, by, approved_by, approved: as in `ManualDiscount`.
        cause: see `OverrideCause`.
    """

    unit_price_minor: int
    reason: str
    by: str
    approved_by: str = ""
    cause: OverrideCause = OverrideCause.MANUAL
    approved: Percentage | None = None


class StepKind(StrEnum):
    """The steps that change a line's amount, in the order they are taken."""

    OVERRIDE = "override"
    EXCHANGE_PRICE = "exchange_price"
    MARKED_DOWN = "marked_down"  # L0: a label for goods near their last day
    LEVEL_PRICE = "level_price"  # L0: a member's or a level's price
    ITEM_DEAL = "item_deal"  # L1
    LINE_DISCOUNT = "line_discount"
    ORDER_DEAL = "order_deal"  # L2
    SALE_DISCOUNT = "sale_discount"
    COUPON = "coupon"  # L3
    POINTS = "points"  # L4
    ROUND_OFF = "round_off"


#: The steps that promotions take; each names its promotion, points have none.
DEAL_STEPS = frozenset(
    {StepKind.ITEM_DEAL, StepKind.ORDER_DEAL, StepKind.COUPON, StepKind.POINTS}
)


@dataclass(frozen=True, slots=True)
class PriceStep:
    """One step of "why this price": replayed by hand it gives the amount paid.

    Attributes:
        kind: what changed the amount.
        amount_minor: what the line was lowered by; minor units, zero or more.
        base_minor: the line's amount (for a sale's discount: of all lines that it
            was dealt to) before the step.
        percentage: of the base, where it is one.
        whole_minor: for a step on the whole sale, what it took off all lines.
        reason: key of the reason; "" for none.
        by, approved_by: staff ids; "" for nobody.
        promotion_id, version: of the promotion; "" and 0 for none. name: as it was
            then; names: in other languages. Of goods that are marked down the name
            is their last day (ISO 8601); "" where the label says none.
        units: how many of the line's units the step is about; 0 for all.
    """

    kind: StepKind
    amount_minor: int
    base_minor: int
    percentage: Percentage | None = None
    whole_minor: int = 0
    reason: str = ""
    by: str = ""
    approved_by: str = ""
    promotion_id: str = ""
    version: int = 0
    name: str = ""
    names: tuple[tuple[str, str], ...] = ()
    units: int = 0
