"""The journal: one append-only, hash-chained list of facts (law 2)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum

from pos_app.values.times import BusinessDay, Timestamp

#: The chain's first previous hash.
GENESIS_HASH = bytes(32)
SCHEMA_VERSION = 1


class EntryKind(StrEnum):
    """The facts this till records; past tense."""

    TILL_COMMISSIONED = "TillCommissioned"
    SALE_COMPLETED = "SaleCompleted"
    SALE_VOIDED = "SaleVoided"
    LINE_VOIDED = "LineVoided"
    LINE_RESTORED = "LineRestored"
    QUANTITY_LOWERED = "QuantityLowered"
    ROUND_OFF_GIVEN = "RoundOffGiven"
    DISCOUNT_GIVEN = "DiscountGiven"
    PRICE_OVERRIDDEN = "PriceOverridden"
    SALE_REVERSED = "SaleReversed"
    SALE_PARKED = "SaleParked"
    SALE_RESUMED = "SaleResumed"
    APPROVAL_GIVEN = "ApprovalGiven"
    SHIFT_OPENED = "ShiftOpened"
    SHIFT_COUNTED = "ShiftCounted"
    SHIFT_CLOSED = "ShiftClosed"
    SHIFT_REVIEWED = "ShiftReviewed"
    CASH_MOVED = "CashMoved"
    REPORT_PRINTED = "ReportPrinted"
    JOURNAL_EXPORTED = "JournalExported"
    TENDER_CORRECTED = "TenderCorrected"
    SIGNED_ON = "SignedOn"
    SIGNED_OFF = "SignedOff"
    SIGN_ON_FAILED = "SignOnFailed"
    DRAWER_OPENED = "DrawerOpened"
    SLIP_REPRINTED = "SlipReprinted"
    PRINT_ANSWERED = "PrintAnswered"  # somebody said how an unseen print ended
    SETTINGS_CHANGED = "SettingsChanged"
    CATALOG_IMPORTED = "CatalogImported"
    CLOCK_WENT_BACK = "ClockWentBack"
    CLOCK_JUMPED = "ClockJumped"  # forward, while the till ran
    CLOCK_CONFIRMED = "ClockConfirmed"
    BACKUP_MADE = "BackupMade"
    LEDGER_RESTORED = "LedgerRestored"
    ITEM_CHANGED = "ItemChanged"  # added, changed, retired or deleted
    PRICE_CHANGED = "PriceChanged"
    PROMOTION_CHANGED = "PromotionChanged"  # written, started, stopped, scheduled
    PROMOTION_CHOSEN = "PromotionChosen"  # by a person, for one basket
    PROMOTION_DECLINED = "PromotionDeclined"  # taken away from one basket
    GOODS_MARKED_DOWN = "GoodsMarkedDown"  # labels with a lower price were made
    CATEGORY_CHANGED = "CategoryChanged"
    QUICK_KEYS_CHANGED = "QuickKeysChanged"
    BULK_CHANGED = "BulkChanged"  # one document over many items; its undo, too
    TAX_CHANGED = "TaxChanged"
    TENDER_CHANGED = "TenderChanged"
    REASON_CHANGED = "ReasonChanged"
    ROLE_CHANGED = "RoleChanged"
    STAFF_CHANGED = "StaffChanged"
    BADGE_PRINTED = "BadgePrinted"
    TEMPLATE_CHANGED = "TemplateChanged"
    STOCK_RECEIVED = "StockReceived"
    STOCK_WASTED = "StockWasted"
    STOCK_ADJUSTED = "StockAdjusted"
    TRAINING_ENTERED = "TrainingEntered"
    TRAINING_LEFT = "TrainingLeft"
    SECOND_PLACE_CHANGED = "SecondPlaceChanged"
    SECOND_PLACE_COPIED = "SecondPlaceCopied"  # the nightly copy, opened and verified
    DIAGNOSTICS_EXPORTED = "DiagnosticsExported"
    DEVICE_ADDED = "DeviceAdded"
    DEVICE_CHANGED = "DeviceChanged"
    DEVICE_REMOVED = "DeviceRemoved"
    EXPIRED_GOODS = "ExpiredGoods"  # refused at the sale, or sold with a word
    WEIGHT_TYPED = "WeightTyped"  # by hand, while a scale of the till's works
    LABELS_PRINTED = "LabelsPrinted"
    PRINT_MOVED = "PrintMoved"  # to another printer, by rule or by somebody
    PRINT_CANCELLED = "PrintCancelled"  # a slip that waited, or that nothing moved
    VALUE_SOLD = "ValueSold"  # a wallet filled, a gift card sold
    VALUE_REFUNDED = "ValueRefunded"  # to where the money came from
    VALUE_MOVED = "ValueMoved"  # redeemed, given back, expired
    MEMBER_ENROLLED = "MemberEnrolled"
    MEMBER_PROOF_FAILED = "MemberProofFailed"  # a wrong PIN, phone or code
    MEMBER_CHANGED = "MemberChanged"  # profile, phone, cards, PIN, consents, tags
    MEMBER_MERGED = "MemberMerged"  # two ids are one person; its undoing, too
    MEMBER_REVEALED = "MemberRevealed"  # looked at in full, or exported; what for
    MEMBER_ERASED = "MemberErased"
    MEMBERS_IMPORTED = "MembersImported"
    POINTS_BOOKED = "PointsBooked"  # by a ticket
    POINTS_ADJUSTED = "PointsAdjusted"  # by two people
    TIER_CHANGED = "TierChanged"  # by a ticket, or in the night
    PROGRAMME_CHANGED = "ProgrammeChanged"
    REWARD_GIVEN = "RewardGiven"  # by a rule: coupons, points multiplied
    REWARD_TAKEN_BACK = "RewardTakenBack"  # its cause went away
    REFERRAL_NOTED = "ReferralNoted"  # who brought whom
    CAMPAIGN_CHANGED = "CampaignChanged"  # a rule or segment written, started, stopped
    OPT_OUT_NOTED = "OptOutNoted"  # no unasked gifts, no groups; or again
    DRAWER_LEFT_OPEN = "DrawerLeftOpen"  # longer than the shop allows; and when shut
    COUPON_SHOWN = "CouponShown"  # it lies in a basket now
    COUPON_TAKEN_BACK = "CouponTakenBack"  # out of the basket again
    COUPON_USED = "CouponUsed"
    COUPON_GIVEN = "CouponGiven"
    COUPON_RESTORED = "CouponRestored"  # whole, or a share, after a return or a void
    COUPON_REVOKED = "CouponRevoked"
    COUPONS_EXPIRED = "CouponsExpired"
    COUPON_TEMPLATE_CHANGED = "CouponTemplateChanged"
    COUPON_BATCH_MADE = "CouponBatchMade"  # printed, handed out or signed
    PARTNER_CHANGED = "PartnerChanged"  # what was agreed with another business


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One link of the chain.

    Attributes:
        epoch: counts the installations and restores of this till, from 1.
        seq: counts the entries of the epoch, from 1, without a gap.
        entry_id: UUIDv7.
        kind: what became true.
        schema_v: version of the body's shape.
        actor: staff id, or "" for the till itself.
        business_day: the trading day.
        recorded_at: when, by the till's clock (never before its predecessor).
        canonical: the bytes that were hashed; stored once, never re-serialised.
        prev_hash, hash: 32 bytes each.
    """

    epoch: int
    seq: int
    entry_id: str
    kind: EntryKind
    schema_v: int
    actor: str
    business_day: BusinessDay
    recorded_at: Timestamp
    canonical: bytes
    prev_hash: bytes
    hash: bytes


def canonical_json(value: object) -> bytes:
    """Write JSON in one way only: sorted keys, no spaces, UTF-8, no floats.

    Source: RFC 8785 (JCS), restricted to strings, integers, booleans and null,
    for which Python's sorted dump is already canonical.
    """
    _refuse_floats(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "strict")


def _refuse_floats(value: object) -> None:
    if isinstance(value, dict):
        assert all(isinstance(key, str) for key in value)
        for inner in value.values():
            _refuse_floats(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)
    else:
        assert value is None or isinstance(value, str | int), repr(value)


def link(prev_hash: bytes, canonical: bytes) -> bytes:
    """Return the hash of an entry: SHA-256 over its predecessor's hash and bytes."""
    assert len(prev_hash) == 32
    return hashlib.sha256(prev_hash + canonical).digest()
