"""The kinds of the journal in the groups that a person looks for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pos_app.domain.journal import EntryKind
from pos_app.domain.journal_terms import RETURNS_MARK


class EntryGroup(StrEnum):
    """What a person looks for in the black box."""

    SALES = "sales"
    DELETED = "deleted"  # lines taken out, quantities lowered
    DRAWER = "drawer"
    REPRINTS = "reprints"
    SIGN_ONS = "sign_ons"  # and failed PINs
    APPROVALS = "approvals"
    REDUCTIONS = "reductions"  # discounts, prices by hand, 抹零
    RETURNS = "returns"
    PARKED = "parked"
    SHIFTS = "shifts"  # and cash without a sale
    SETTINGS = "settings"  # and the shop's rules, backups, exports
    GOODS = "goods"  # items, prices, categories, quick keys, imports
    STOCK = "stock"
    PEOPLE = "people"  # staff, roles, badges
    MEMBERS = "members"  # and their points, coupons, stored value, rules
    TRAINING = "training"
    CLOCK = "clock"


KINDS_OF: Mapping[EntryGroup, frozenset[EntryKind]] = {
    EntryGroup.SALES: frozenset(
        {
            EntryKind.SALE_COMPLETED,
            EntryKind.SALE_VOIDED,
            EntryKind.SALE_REVERSED,
            EntryKind.TENDER_CORRECTED,
        }
    ),
    EntryGroup.DELETED: frozenset(
        {EntryKind.LINE_VOIDED, EntryKind.LINE_RESTORED, EntryKind.QUANTITY_LOWERED}
    ),
    EntryGroup.DRAWER: frozenset({EntryKind.DRAWER_OPENED, EntryKind.DRAWER_LEFT_OPEN}),
    EntryGroup.REPRINTS: frozenset(
        {
            EntryKind.SLIP_REPRINTED,
            EntryKind.PRINT_ANSWERED,
            EntryKind.PRINT_MOVED,
            EntryKind.PRINT_CANCELLED,
            EntryKind.REPORT_PRINTED,
        }
    ),
    EntryGroup.SIGN_ONS: frozenset(
        {EntryKind.SIGNED_ON, EntryKind.SIGNED_OFF, EntryKind.SIGN_ON_FAILED}
    ),
    EntryGroup.APPROVALS: frozenset({EntryKind.APPROVAL_GIVEN}),
    EntryGroup.REDUCTIONS: frozenset(
        {
            EntryKind.ROUND_OFF_GIVEN,
            EntryKind.DISCOUNT_GIVEN,
            EntryKind.PRICE_OVERRIDDEN,
            EntryKind.PROMOTION_CHOSEN,
            EntryKind.PROMOTION_DECLINED,
        }
    ),
    EntryGroup.RETURNS: frozenset({EntryKind.SALE_COMPLETED, EntryKind.SALE_REVERSED}),
    EntryGroup.PARKED: frozenset({EntryKind.SALE_PARKED, EntryKind.SALE_RESUMED}),
    EntryGroup.SHIFTS: frozenset(
        {
            EntryKind.SHIFT_OPENED,
            EntryKind.SHIFT_COUNTED,
            EntryKind.SHIFT_CLOSED,
            EntryKind.SHIFT_REVIEWED,
            EntryKind.CASH_MOVED,
        }
    ),
    EntryGroup.SETTINGS: frozenset(
        {
            EntryKind.TILL_COMMISSIONED,
            EntryKind.SETTINGS_CHANGED,
            EntryKind.DEVICE_ADDED,
            EntryKind.DEVICE_CHANGED,
            EntryKind.DEVICE_REMOVED,
            EntryKind.CATALOG_IMPORTED,
            EntryKind.BACKUP_MADE,
            EntryKind.LEDGER_RESTORED,
            EntryKind.JOURNAL_EXPORTED,
            EntryKind.TAX_CHANGED,
            EntryKind.TENDER_CHANGED,
            EntryKind.REASON_CHANGED,
            EntryKind.TEMPLATE_CHANGED,
            EntryKind.SECOND_PLACE_CHANGED,
            EntryKind.SECOND_PLACE_COPIED,
            EntryKind.DIAGNOSTICS_EXPORTED,
        }
    ),
    EntryGroup.GOODS: frozenset(
        {
            EntryKind.ITEM_CHANGED,
            EntryKind.PRICE_CHANGED,
            EntryKind.PROMOTION_CHANGED,
            EntryKind.CATEGORY_CHANGED,
            EntryKind.QUICK_KEYS_CHANGED,
            EntryKind.BULK_CHANGED,
            EntryKind.CATALOG_IMPORTED,
            EntryKind.LABELS_PRINTED,
            EntryKind.GOODS_MARKED_DOWN,
        }
    ),
    EntryGroup.STOCK: frozenset(
        {
            EntryKind.STOCK_RECEIVED,
            EntryKind.STOCK_WASTED,
            EntryKind.EXPIRED_GOODS,
            EntryKind.WEIGHT_TYPED,
            EntryKind.STOCK_ADJUSTED,
        }
    ),
    EntryGroup.PEOPLE: frozenset(
        {
            EntryKind.ROLE_CHANGED,
            EntryKind.STAFF_CHANGED,
            EntryKind.BADGE_PRINTED,
        }
    ),
    EntryGroup.MEMBERS: frozenset(
        {
            EntryKind.VALUE_SOLD,
            EntryKind.VALUE_REFUNDED,
            EntryKind.VALUE_MOVED,
            EntryKind.REWARD_GIVEN,
            EntryKind.REWARD_TAKEN_BACK,
            EntryKind.REFERRAL_NOTED,
            EntryKind.CAMPAIGN_CHANGED,
            EntryKind.OPT_OUT_NOTED,
            EntryKind.MEMBER_ENROLLED,
            EntryKind.MEMBER_PROOF_FAILED,
            EntryKind.MEMBER_CHANGED,
            EntryKind.MEMBER_MERGED,
            EntryKind.MEMBER_REVEALED,
            EntryKind.MEMBER_ERASED,
            EntryKind.MEMBERS_IMPORTED,
            EntryKind.POINTS_BOOKED,
            EntryKind.POINTS_ADJUSTED,
            EntryKind.TIER_CHANGED,
            EntryKind.PROGRAMME_CHANGED,
            EntryKind.COUPON_SHOWN,
            EntryKind.COUPON_TAKEN_BACK,
            EntryKind.COUPON_USED,
            EntryKind.COUPON_GIVEN,
            EntryKind.COUPON_RESTORED,
            EntryKind.COUPON_REVOKED,
            EntryKind.COUPONS_EXPIRED,
            EntryKind.COUPON_TEMPLATE_CHANGED,
            EntryKind.COUPON_BATCH_MADE,
            EntryKind.PARTNER_CHANGED,
        }
    ),
    EntryGroup.TRAINING: frozenset(
        {EntryKind.TRAINING_ENTERED, EntryKind.TRAINING_LEFT}
    ),
    EntryGroup.CLOCK: frozenset(
        {
            EntryKind.CLOCK_WENT_BACK,
            EntryKind.CLOCK_JUMPED,
            EntryKind.CLOCK_CONFIRMED,
        }
    ),
}
#: What an entry of the group has beside its kind (journal_terms).
MARK_OF: Mapping[EntryGroup, str] = {EntryGroup.RETURNS: RETURNS_MARK}
