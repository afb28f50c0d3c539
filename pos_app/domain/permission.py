"""Who may do what: permissions, roles, limits and approvals as data (law 12)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.values.percentage import Percentage
from pos_app.values.times import Timestamp


class Permission(StrEnum):
    """The actions that a role may hold."""

    SELL = "sell"
    LINE_VOID = "line_void"
    SALE_VOID = "sale_void"  # an open basket
    SALE_REVERSE = "sale_reverse"  # a finished sale, by a mirrored document
    PARK = "park"
    DISCOUNT = "discount"  # up to the role's cap
    PRICE_OVERRIDE = "price_override"  # as deep as the role's discount cap
    ROUND_OFF = "round_off"  # 抹零, up to the role's cap
    RETURN = "return"  # refunds up to the role's cap
    RETURN_LATE = "return_late"  # after the day limit
    RETURN_NO_RECEIPT = "return_no_receipt"
    REFUND_OTHER_TENDER = "refund_other_tender"  # not the way it was paid
    TENDER_CORRECT = "tender_correct"
    REPRINT = "reprint"
    DRAWER_OPEN = "drawer_open"  # no-sale
    PAID_IN = "paid_in"
    PAID_OUT = "paid_out"  # up to the role's cap
    SAFE_DROP = "safe_drop"
    SHIFT_OPEN = "shift_open"
    SHIFT_CLOSE = "shift_close"  # one's own, with its Z
    SHIFT_CLOSE_OTHER = "shift_close_other"  # somebody else's
    SHIFT_REVIEW = "shift_review"  # differences above the limit
    X_REPORT = "x_report"
    REPORTS = "reports"
    BLACK_BOX = "black_box"
    SETTINGS = "settings"
    IMPORT = "import"
    CLOCK_CONFIRM = "clock_confirm"
    ITEMS = "items"  # items, units, barcodes, pictures, categories, quick keys
    PRICES = "prices"  # shelf prices, now and from a moment on
    PROMOTIONS = "promotions"  # write promotions, start and stop them
    PROMOTION_DECLINE = "promotion_decline"  # take one away from a basket
    MEMBERS = "members"  # enrol members, find them, add them to a sale
    MEMBER_EDIT = "member_edit"  # profile, phone, tags, merge, PIN reset
    MEMBER_REVEAL = "member_reveal"  # look in full, export, erase
    LOYALTY = "loyalty"  # programme, coupons, campaigns, segments
    POINTS_ADJUST = "points_adjust"  # points by hand; always two people
    STORED_VALUE = "stored_value"  # top up, sell gift cards
    STORED_VALUE_REFUND = "stored_value_refund"  # pay what is left back
    PEOPLE = "people"  # staff, roles, PINs, badges
    STOCK = "stock"  # what is there, its history, goods received
    STOCK_ADJUST = "stock_adjust"  # waste, and adjustments with a reason
    TRAINING = "training"  # practise in a ledger that is thrown away
    TRAINING_REVIEW = "training_review"  # how far everybody has come


@dataclass(frozen=True, slots=True)
class RoleLimits:
    """How far the permissions of a role reach.

    Attributes:
        discount_cap: how much of a line's shelf amount may be let go by hand,
            price overrides and discounts on the whole sale included.
        refund_cap_minor: largest refund of one ticket; None for any.
        paid_out_cap_minor: largest single paid-out; None for any.
    """

    discount_cap: Percentage = Percentage(0)  # noqa: RUF009 - frozen value
    refund_cap_minor: int | None = None
    paid_out_cap_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A role and what it may do.

    Attributes:
        key: "cashier", "supervisor", "manager".
        name: for people; `names` has other languages.
        permissions: what the role holds.
        round_off_cap_minor: the largest 抹零 of this role, minor units.
        is_supervisor: badge alone does not sign this role on (law 12).
        limits: how far the permissions reach.
    """

    key: str
    name: str
    names: tuple[tuple[str, str], ...]
    permissions: frozenset[Permission]
    round_off_cap_minor: int
    is_supervisor: bool
    limits: RoleLimits = RoleLimits()

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)


@dataclass(frozen=True, slots=True)
class Demand:
    """What an action asks of whoever does it, or of whoever approves it.

    Attributes:
        action: the permission needed.
        subject: what it is about, as an id: a line, a sale, a shift; "" for none.
            An approval counts for this subject only.
        percentage: how deep a discount goes; None where that does not matter.
        amount_minor: refund, paid-out or 抹零, minor units; None likewise.
    """

    action: Permission
    subject: str = ""
    percentage: Percentage | None = None
    amount_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works at the till.

    Attributes:
        staff_id: UUIDv7. number: the number typed to sign on ("1027").
        name: as shown; `names` has other languages.
        role: what they may do.
        language: the language of their screen, "" for the shop's.
        is_active: former staff stay for old documents, but cannot sign on.
    """

    staff_id: str
    number: str
    name: str
    names: tuple[tuple[str, str], ...]
    role: Role
    language: str = ""
    is_active: bool = True

    def may(self, permission: Permission) -> bool:
        """Tell whether the role holds `permission`, whatever its limits."""
        return permission in self.role.permissions

    def meets(self, demand: Demand) -> bool:
        """Tell whether the role holds the permission as far as it is needed."""
        if not self.may(demand.action):
            return False
        deep_enough = (
            demand.percentage is None
            or demand.percentage <= self.role.limits.discount_cap
        )
        cap_minor = self.amount_cap_minor(demand.action)
        return deep_enough and (
            cap_minor is None
            or demand.amount_minor is None
            or demand.amount_minor <= cap_minor
        )

    def amount_cap_minor(self, action: Permission) -> int | None:
        """Return how much money an action of this role may move; None for any."""
        limits = self.role.limits
        match action:
            case Permission.ROUND_OFF:
                return self.role.round_off_cap_minor
            case Permission.PAID_OUT:
                return limits.paid_out_cap_minor
            case Permission.RETURN | Permission.RETURN_NO_RECEIPT:
                return limits.refund_cap_minor
            case _:
                return None

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody else's consent to one action (law 12); journalled when given.

    Attributes:
        approval_id: UUIDv7.
        demand: what was approved, for one use.
        requested_by, approved_by: two different staff ids.
        reason: key or words.
        at: when.
    """

    approval_id: str
    demand: Demand
    requested_by: str
    approved_by: str
    reason: str
    at: Timestamp
