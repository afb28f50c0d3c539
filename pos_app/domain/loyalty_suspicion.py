"""Patterns of abuse in the members' ledgers: what each is, and from when on it counts.

None of them proves anything about anybody: a finding names documents that a person
looks at.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from pos_app.errors import UserError


class Pattern(StrEnum):
    """What is looked for. The comment says whom a finding is about."""

    STAFF_CARD_DAY = "staff_card_day"  # member: one card, one cashier, one day
    STAFF_CARD_SHARE = "staff_card_share"  # cashier: one card on other people's sales
    WEAK_BURN = "weak_burn"  # member: burnt though hardly recognised
    ADJUSTED = "adjusted"  # staff: points changed by hand
    REFUND_AFTER_BURN = "refund_after_burn"  # member: returns of sales with points
    SHARED_PAYER = "shared_payer"  # payment reference on many members
    REFERRAL_RING = "referral_ring"  # members that brought each other
    DAILY_EARN = "daily_earn"  # member: more points on a day than anybody earns
    PHONE_AGAIN = "phone_again"  # one number enrolled again and again
    OLD_DEBT = "old_debt"  # member: owes points for long


@dataclass(frozen=True, slots=True)
class SuspicionRule:
    """From when on a pattern is a finding; settings of the shop.

    Attributes:
        card_uses_a_day: of one member at one cashier on one business day, more are
            found.
        card_share_permille: a member on more than this part of a cashier's documents,
            with at least `card_least` of them in the period.
        card_least: see there.
        weak_burn_points: all that a member burnt weakly recognised in the period.
        adjusted_points: taken and given together by one person in the period.
        refunds_after_burn: returns of sales with burnt points, of one member.
        payers: members that one payment reference paid for.
        ring_least: members in a ring or star of referrals.
        earned_a_day: points of one member on one day.
        phones: enrolments with one number.
        debt_days: days that a debt has stood.
    """

    card_uses_a_day: int = 4
    card_share_permille: int = 100
    card_least: int = 8
    weak_burn_points: int = 200
    adjusted_points: int = 500
    refunds_after_burn: int = 2
    payers: int = 3
    ring_least: int = 3
    earned_a_day: int = 5000
    phones: int = 2
    debt_days: int = 30

    def __post_init__(self) -> None:
        if any(getattr(self, field.name) < 0 for field in fields(self)):
            raise UserError("suspicion_limit_negative")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Something to look at.

    Attributes:
        pattern: what. subject: id of the member or person, or the reference.
        detail: a second id (the cashier of a card, the day), "" for none.
        count: how often. amount: points, minor units or thousandths by the pattern.
        documents: the first few sale ids, and how it came to be.
        subject_name: for people; masked for members.
        detail_name: of the second id.
    """

    pattern: Pattern
    subject: str
    detail: str
    count: int
    amount: int
    documents: tuple[str, ...] = ()
    subject_name: str = ""
    detail_name: str = ""

    @property
    def key(self) -> str:
        """What its rows are asked for with."""
        return f"{self.pattern.value}/{self.subject}/{self.detail}"
