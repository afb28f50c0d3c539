"""Why something cannot be done with stored value: each reason by its own name."""

from __future__ import annotations

from enum import StrEnum


class ValueRefusal(StrEnum):
    """Keys of the `UserError`s of this room; the words stand in ui."""

    UNKNOWN_ACCOUNT = "stored_value_unknown"
    OTHER_ACCOUNT = "stored_value_is_another"
    OPENED_TWICE = "stored_value_opened_twice"
    CHANGED = "stored_value_changed"
    MOVED_TWICE = "stored_value_moved_twice"
    SHORT = "stored_value_short"
    ABSURD = "stored_value_amount_absurd"
    HELD = "stored_value_held"
    UNKNOWN_MOVE = "stored_value_move_unknown"
    TOO_MUCH_BACK = "stored_value_too_much_back"
    NOT_TOP_UP = "stored_value_not_topped_up"
    NOTHING_BACK = "stored_value_nothing_back"
    MAY_NOT_EXPIRE = "stored_value_may_not_expire"
    NOTHING_EXPIRED = "stored_value_nothing_expired"
    NOT_PROVEN = "stored_value_not_proven"
    ABOVE_SHARE = "stored_value_above_share"
    BUYS_NO_VALUE = "stored_value_buys_no_value"
    BELOW_LEAST = "stored_value_below_least"
    NOT_AS_MONEY = "stored_value_not_as_money"
    OFF = "stored_value_off"
    ABOVE_MOST = "stored_value_above_most"
    CODE_UNFIT = "stored_value_code_unfit"
    NO_CODE = "stored_value_code_unknown"
