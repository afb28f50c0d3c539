"""What a report says of members, points, coupons, tiers and stored value.

Each sum is of rows of a ledger: opening + moves = closing, to the point and the cent,
and what is owed by month and by age adds up to the balances there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.loyalty_suspicion import Suspicion
from pos_app.values.rounding import divide
from pos_app.values.times import Timestamp


class MemberState(StrEnum):
    """How a member stands at the end of a period; each in one state."""

    NEW = "new"  # enrolled within the period
    ACTIVE = "active"  # bought lately
    AT_RISK = "at_risk"  # bought, but not lately
    LOST = "lost"  # has not bought for long
    NEVER = "never"  # enrolled before and never bought


@dataclass(frozen=True, slots=True)
class StateDays:
    """When a member is at risk, and when lost: days since the last purchase."""

    active: int = 60
    lost: int = 180

    def state(self, enrolled_in_period: bool, days: int | None) -> MemberState:  # noqa: FBT001 - one fact of a row
        """Return the state of a member.

        Args:
            enrolled_in_period: whether this person is new.
            days: since the last purchase; None for never.
        """
        if enrolled_in_period:
            return MemberState.NEW
        if days is None:
            return MemberState.NEVER
        if days <= self.active:
            return MemberState.ACTIVE
        return MemberState.AT_RISK if days <= self.lost else MemberState.LOST


@dataclass(frozen=True, slots=True)
class BuyerShare:
    """What members, or everybody else, bought in a period.

    Attributes:
        tickets: documents. sold_minor: tax included. returned_minor: likewise.
        people: how many different; 0 for those that nobody knows.
    """

    tickets: int = 0
    sold_minor: int = 0
    returned_minor: int = 0
    people: int = 0

    @property
    def net_minor(self) -> int:
        """Sold less returned."""
        return self.sold_minor - self.returned_minor

    @property
    def average_minor(self) -> int:
        """Net sales for each document, rounded once; 0 without documents."""
        return divide(self.net_minor, self.tickets) if self.tickets else 0


@dataclass(frozen=True, slots=True)
class Flow:
    """What one kind of move did in a period.

    Attributes:
        key: the move's kind. count: moves. amount: points, or minor units; signed.
    """

    key: str
    count: int
    amount: int


@dataclass(frozen=True, slots=True)
class Account:
    """A balance and how it moved: opening + flows = closing.

    Attributes:
        opening: before the first day. flows: in the order of the ledger's kinds.
        closing: after the last, added up apart from the others.
    """

    opening: int = 0
    flows: tuple[Flow, ...] = ()
    closing: int = 0

    @property
    def is_reconciled(self) -> bool:
        """Tell whether opening and moves come to the closing balance."""
        return self.opening + sum(flow.amount for flow in self.flows) == self.closing


@dataclass(frozen=True, slots=True)
class Due:
    """A part of what is owed.

    Attributes:
        key: "2027-03", "" for never, "debt" for what members owe; or days of age,
            "0", "31", "91", "181", "366": the first of a span.
        count: lots. amount: points, or minor units; below zero for debts.
    """

    key: str
    count: int
    amount: int


@dataclass(frozen=True, slots=True)
class PointsReport:
    """Points at the end of a period.

    Attributes:
        account: opening, moves, closing.
        active, pending, lapsed, debt: what the closing balance is made of; see
            `domain.loyalty.ledger.Balance`.
        by_expiry, by_age: of the same lots; each adds up to the closing balance.
        worth_minor: what all of it is worth as the programme says; None where points
            buy nothing.
    """

    account: Account = Account()
    active: int = 0
    pending: int = 0
    lapsed: int = 0
    debt: int = 0
    by_expiry: tuple[Due, ...] = ()
    by_age: tuple[Due, ...] = ()
    worth_minor: int | None = None


@dataclass(frozen=True, slots=True)
class CouponShare:
    """What the coupons of one template, or of one campaign, did in a period.

    Attributes:
        key, name: which. issued, redeemed, restored, expired, revoked: how many in
            the period. open: that can still be used at its end.
        saving_minor: what they saved customers, restored ones taken off: their cost.
        sold_minor: what the documents with them came to.
    """

    key: str
    name: str
    issued: int = 0
    redeemed: int = 0
    restored: int = 0
    expired: int = 0
    revoked: int = 0
    open: int = 0
    saving_minor: int = 0
    sold_minor: int = 0


@dataclass(frozen=True, slots=True)
class TierShare:
    """How many members moved from one tier to another.

    Attributes:
        kind: of the move. from_tier, to_tier: keys; "" for none.
        from_name, to_name: for people. count: moves.
    """

    kind: str
    from_tier: str
    to_tier: str
    count: int
    from_name: str = ""
    to_name: str = ""

    @property
    def key(self) -> str:
        """What its rows are asked for with."""
        return f"{self.kind}/{self.from_tier}/{self.to_tier}"


@dataclass(frozen=True, slots=True)
class Holders:
    """How many members stand in a tier at the end. key: "" for none."""

    key: str
    count: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class LoyaltyFigures:
    """What the ledgers say of a period, before anything is named."""

    members: BuyerShare
    others: BuyerShare
    states: tuple[Flow, ...]
    points: PointsReport
    coupons: tuple[CouponShare, ...]
    campaigns: tuple[CouponShare, ...]
    tier_moves: tuple[TierShare, ...]
    holders: tuple[Holders, ...]
    value: tuple[tuple[str, Account], ...]


@dataclass(frozen=True, slots=True)
class LoyaltyReport:
    """Everything about members in a report.

    Attributes:
        figures: the sums. suspicions: what a manager looks at.
        until: the moment of the closing balances.
    """

    figures: LoyaltyFigures
    suspicions: tuple[Suspicion, ...]
    until: Timestamp

    @property
    def is_empty(self) -> bool:
        """Tell whether the shop has no members and nothing that belongs to them."""
        found = self.figures
        is_known = any(flow.amount for flow in found.states)
        moved = any(account.flows or account.closing for _key, account in found.value)
        return not (is_known or found.members.tickets or moved or found.coupons)
