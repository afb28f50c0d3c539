"""Why a promotion was not used, and which one is nearly reached."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RefusalCause(StrEnum):
    """Why a promotion that is for a line's goods gave it nothing."""

    CHEAPER_TAKEN = "cheaper_taken"  # `winner` saves more (or as much, and goes first)
    EXCLUDED_BY = (
        "excluded_by"  # `winner` stands alone, or this one takes no discounted
    )
    MORE_UNITS = "more_units"  # `missing_units` more needed
    MORE_AMOUNT = "more_amount"  # `missing_minor` more needed
    NOT_NOW = "not_now"  # another day or hour
    NOT_FOR_CUSTOMER = "not_for_customer"  # members, a tier, staff …
    USED_UP = "used_up"  # its limit is reached
    DECLINED = "declined"  # taken away from this basket
    NOT_CHOSEN = "not_chosen"  # a person, or a coupon, has to name it
    PRICE_BY_HAND = "price_by_hand"  # the line has a price that a person gave
    AT_THE_FLOOR = "at_the_floor"  # the goods cost their lowest price already
    NEVER_DISCOUNTED = "never_discounted"  # goods whose discount cap is zero


@dataclass(frozen=True, slots=True)
class Refusal:
    """A promotion that is for a line's goods and was not used for it.

    Attributes:
        promotion_id, version, name: which; names: in other languages.
        cause: why.
        saving_minor: what it would have saved on the line; 0 where that has no answer.
        winner: promotion id of what was used instead; "" for none. winner_name(s).
        missing_units: more of its goods. missing_minor: more of the amount.
    """

    promotion_id: str
    version: int
    name: str
    cause: RefusalCause
    names: tuple[tuple[str, str], ...] = ()
    saving_minor: int = 0
    winner: str = ""
    winner_name: str = ""
    winner_names: tuple[tuple[str, str], ...] = ()
    missing_units: int = 0
    missing_minor: int = 0


@dataclass(frozen=True, slots=True)
class Nearly:
    """A promotion that a little more would reach: "再买 ¥12.00 减 ¥20".

    Attributes:
        promotion_id, version, name: which; names: in other languages.
        saving_minor: what the basket and the missing goods by themselves cost more
            than both together (domain.nearly_priced).
        missing_units: so many units more of its goods; 0 where the amount is missing.
        missing_minor: so much more; 0 where units are missing.
        line_id: a line of the basket, one more of whose goods would do it; "" for
            goods that are not in the basket. unit_id: of goods that would do it, or
            of the gift where an amount is missing for it; "" where any of many would.
        coupon_id: of the customer's coupon that it is for; "" for none.
    """

    promotion_id: str
    version: int
    name: str
    saving_minor: int
    names: tuple[tuple[str, str], ...] = ()
    missing_units: int = 0
    missing_minor: int = 0
    line_id: str = ""
    unit_id: str = ""
    coupon_id: str = ""
