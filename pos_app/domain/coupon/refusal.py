"""Why something cannot be done with a coupon: each reason by its own name."""

from __future__ import annotations

from enum import StrEnum


class CouponRefusal(StrEnum):
    """Keys of the `UserError`s of this room; the words stand in ui."""

    CODE_UNREADABLE = "coupon_code_unreadable"
    UNKNOWN = "coupon_unknown"
    OTHER_COUPON = "coupon_is_another"
    ISSUED_TWICE = "coupon_issued_twice"
    NOT_YET = "coupon_not_yet"
    EXPIRED = "coupon_expired"
    NOT_EXPIRED = "coupon_not_expired"
    NOT_AT_THIS_TIME = "coupon_not_at_this_time"
    NOT_FOR_CUSTOMER = "coupon_not_for_customer"
    OF_ANOTHER_MEMBER = "coupon_of_another_member"
    CLAIMED = "coupon_claimed_already"
    NEEDS_CLAIM = "coupon_needs_claim"
    RESERVED = "coupon_reserved"
    NOT_RESERVED = "coupon_not_reserved"
    RESERVED_NO_TIME = "coupon_reserved_for_no_time"
    REDEEMED = "coupon_redeemed"
    NOT_REDEEMED = "coupon_not_redeemed"
    REVOKED = "coupon_revoked"
    NOT_OF_SALE = "coupon_not_of_sale"
    PARTLY_BACK = "coupon_partly_given_back"
    BACK_TWICE = "coupon_given_back_twice"
    TOO_MUCH_BACK = "coupon_too_much_given_back"
    TOO_MANY = "coupon_too_many"
    BATCH_FULL = "coupon_batch_full"
    MEMBER_HAS_ENOUGH = "coupon_member_has_enough"
    TEMPLATE_ENDED = "coupon_template_ended"
    NOT_OFFERED = "coupon_not_offered"
    SAVES_NOTHING = "coupon_saves_nothing"
    UNSOUND = "coupon_template_unsound"
    FORGED = "coupon_forged"
    ALTERED = "coupon_altered"
    FOREIGN = "coupon_of_another_shop"
    ABOVE_OFFLINE_LIMIT = "coupon_above_offline_limit"
