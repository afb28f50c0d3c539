"""The shop's own rules for returns, refunds, exchange and shifts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.permission import Permission

#: Actions that a shop may reasonably want two people for, in the order of a sale.
FOUR_EYES_CHOICES = (
    Permission.LINE_VOID,
    Permission.SALE_VOID,
    Permission.SALE_REVERSE,
    Permission.DISCOUNT,
    Permission.PRICE_OVERRIDE,
    Permission.RETURN,
    Permission.RETURN_NO_RECEIPT,
    Permission.DRAWER_OPEN,
    Permission.REPRINT,
    Permission.PAID_OUT,
    Permission.X_REPORT,
    Permission.PROMOTIONS,
    Permission.PROMOTION_DECLINE,
    Permission.MEMBER_REVEAL,
    Permission.LOYALTY,
    Permission.STORED_VALUE_REFUND,
    Permission.SETTINGS,
)
#: Who could give points to themselves alone would (loyalty abuse controls).
ALWAYS_TWO = frozenset({Permission.POINTS_ADJUST})
#: Selling never waits for a second person.
ALWAYS_ALONE = frozenset({Permission.SELL})


class ShiftScope(StrEnum):
    """Whose a shift, and its drawer, is."""

    TILL = "till"
    CASHIER = "cashier"


class ShiftOpening(StrEnum):
    """What happens where nobody has opened a shift.

    ASK shows the counting of the float after sign-on. AUTO opens one with the
    float that the last one left, when the first money moves.
    """

    ASK = "ask"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class ShopPolicy:
    """What a shop decides for itself.

    Attributes:
        return_days: calendar days within which goods come back with a receipt
            (business days apart, the day of sale is day 0); None for any.
        no_receipt_days: how far back the lowest price of goods without a receipt
            is looked for.
        refunds_to_original: whether money goes back the way it came, and any
            other way needs `Permission.REFUND_OTHER_TENDER`.
        exchange_keeps_price: whether another variant of a returned item keeps
            the price paid.
        four_eyes: actions that need a second person, whoever asks.
        shift_scope, shift_opening: see there.
        difference_limit_minor: a close off by more waits for a manager's review.
        float_minor: the float that is suggested to be left in the drawer.
    """

    return_days: int | None = 7
    no_receipt_days: int = 30
    refunds_to_original: bool = True
    exchange_keeps_price: bool = True
    four_eyes: tuple[Permission, ...] = ()
    shift_scope: ShiftScope = ShiftScope.TILL
    shift_opening: ShiftOpening = ShiftOpening.AUTO
    difference_limit_minor: int = 1000
    float_minor: int = 50_000
