"""What members' states, movements and patterns are called in a report."""

from __future__ import annotations

from pos_app.domain.loyalty.lot import MoveKind
from pos_app.domain.loyalty.tier_moves import TierMoveKind
from pos_app.domain.loyalty_report import MemberState
from pos_app.domain.loyalty_suspicion import Pattern
from pos_app.domain.stored_value.account import AccountKind
from pos_app.i18n import N_

STATE_WORDS = {
    MemberState.NEW: N_("New in this period"),
    MemberState.ACTIVE: N_("Active"),
    MemberState.AT_RISK: N_("At risk"),
    MemberState.LOST: N_("Lost"),
    MemberState.NEVER: N_("Never bought"),
}
FLOW_WORDS = {
    MoveKind.EARN: N_("Earned"),
    MoveKind.BURN: N_("Used"),
    MoveKind.EXPIRE: N_("Expired"),
    MoveKind.UNEXPIRE: N_("Expiry taken back"),
    MoveKind.REVERSE_EARN: N_("Taken back by returns"),
    MoveKind.RESTORE: N_("Given back by returns"),
    MoveKind.ADJUST: N_("Changed by hand"),
    MoveKind.OPEN: N_("Brought along"),
    MoveKind.FORFEIT: N_("Given up"),
    MoveKind.REPAY: N_("Debts paid from points"),
}
TIER_WORDS = {
    TierMoveKind.UPGRADE: N_("Moved up"),
    TierMoveKind.KEEP: N_("Kept"),
    TierMoveKind.DOWNGRADE: N_("Moved down"),
    TierMoveKind.CANCEL: N_("Taken back by a return"),
    TierMoveKind.GRANTED: N_("Brought along, or given by hand"),
    TierMoveKind.MERGED: N_("Two members became one"),
}
ACCOUNT_WORDS = {
    AccountKind.WALLET: N_("Stored value"),
    AccountKind.GIFT_CARD: N_("Gift cards"),
}
VALUE_WORDS = {
    "top_up": N_("Topped up"),
    "bonus": N_("Bonus of the shop"),
    "redeem": N_("Used"),
    "return": N_("Given back by returns"),
    "top_up_refund": N_("Paid back"),
    "expire": N_("Expired"),
}
PATTERN_WORDS = {
    Pattern.STAFF_CARD_DAY: N_("One card many times a day"),
    Pattern.STAFF_CARD_SHARE: N_("One card on very many sales"),
    Pattern.WEAK_BURN: N_("Points used, hardly recognised"),
    Pattern.ADJUSTED: N_("Points changed by hand"),
    Pattern.REFUND_AFTER_BURN: N_("Returns after points were used"),
    Pattern.SHARED_PAYER: N_("One payer for many members"),
    Pattern.REFERRAL_RING: N_("Referrals in a ring"),
    Pattern.DAILY_EARN: N_("Very many points on one day"),
    Pattern.PHONE_AGAIN: N_("One phone enrolled repeatedly"),
    Pattern.OLD_DEBT: N_("Points owed for long"),
}
