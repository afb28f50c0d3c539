"""What the page of the shop's rules shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TwoPeopleView:
    """An action that may always need a second person.

    Attributes:
        key: of its setting. words: what it is called. is_on: whether it needs two.
    """

    key: str
    words: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class RulesView:
    """The rules of the shop.

    Attributes:
        symbol: sign of the currency, for the labels of amounts.
        return_days: as typed; "" for any. no_receipt_days: as typed.
        refunds_to_original, exchange_keeps_price: on or off.
        shift_scope: "till" or "cashier". shift_opening: "auto" or "ask".
        float_text, limit_text: amounts as typed.
        open_shifts: while there are any, the scope stays as it is.
        two_people: actions, in order. roles: one line for how far each goes.
    """

    symbol: str = "¥"
    return_days: str = "7"
    no_receipt_days: str = "30"
    refunds_to_original: bool = True
    exchange_keeps_price: bool = True
    shift_scope: str = "till"
    shift_opening: str = "auto"
    float_text: str = "500.00"
    limit_text: str = "10.00"
    open_shifts: int = 0
    two_people: tuple[TwoPeopleView, ...] = ()
    roles: tuple[str, ...] = ()
