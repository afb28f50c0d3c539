"""What became true of members, in the words of the black box; ids only, no names."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.domain.journal import EntryKind
from pos_app.i18n import N_

MEMBER_ENTRIES: Mapping[EntryKind, str] = {
    EntryKind.MEMBER_ENROLLED: N_("A customer became a member"),
    EntryKind.MEMBER_PROOF_FAILED: N_("A customer could not be proved to be a member"),
    EntryKind.MEMBER_CHANGED: N_("A member's data changed"),
    EntryKind.MEMBER_MERGED: N_("Two members were made one, or two again"),
    EntryKind.MEMBER_REVEALED: N_("A member's data looked at in full: {reason}"),
    EntryKind.MEMBER_ERASED: N_("A member's data erased"),
    EntryKind.MEMBERS_IMPORTED: N_("Members imported"),
    EntryKind.POINTS_BOOKED: N_("Points booked with a ticket"),
    EntryKind.POINTS_ADJUSTED: N_("A member's points changed by hand"),
    EntryKind.TIER_CHANGED: N_("A member's tier changed"),
    EntryKind.PROGRAMME_CHANGED: N_("The members' programme changed"),
    EntryKind.COUPON_SHOWN: N_("Coupon shown: {name}"),
    EntryKind.COUPON_TAKEN_BACK: N_("Coupon taken out of the basket"),
    EntryKind.COUPON_USED: N_("Coupon used in a sale"),
    EntryKind.COUPON_GIVEN: N_("Coupon given"),
    EntryKind.COUPON_RESTORED: N_("Coupon given back after a return or a void"),
    EntryKind.COUPON_REVOKED: N_("Coupons revoked"),
    EntryKind.COUPONS_EXPIRED: N_("Coupons expired: {count}"),
    EntryKind.COUPON_TEMPLATE_CHANGED: N_("What a coupon promises was changed: {name}"),
    EntryKind.COUPON_BATCH_MADE: N_("Coupons made: {count} × {name}"),
    EntryKind.PARTNER_CHANGED: N_("Agreement with a partner changed: {name}"),
    EntryKind.VALUE_SOLD: N_("Stored value sold: {number}"),
    EntryKind.VALUE_REFUNDED: N_("Stored value paid back: {number}"),
    EntryKind.VALUE_MOVED: N_("Stored value booked with a ticket, or ended"),
    EntryKind.REWARD_GIVEN: N_("A reward was given: {promotion}"),
    EntryKind.REWARD_TAKEN_BACK: N_("A reward was taken back"),
    EntryKind.REFERRAL_NOTED: N_("Who brought a new member was noted"),
    EntryKind.CAMPAIGN_CHANGED: N_("A campaign or a segment changed: {promotion}"),
    EntryKind.OPT_OUT_NOTED: N_("A member's wish about campaigns was noted"),
}
