"""What of the ledger belongs to members; part of `ports.ledger`."""

from __future__ import annotations

from typing import Protocol

from pos_app.ports.campaigns import CampaignReader, CampaignWriter
from pos_app.ports.coupons import CouponReader, CouponWriter
from pos_app.ports.loyalty_reports import LoyaltyReportReader
from pos_app.ports.members import MemberReader, MemberWriter
from pos_app.ports.points import PointReader, PointWriter
from pos_app.ports.stored_value import ValueReader, ValueWriter
from pos_app.ports.suggestions import SuggestionReader, SuggestionWriter


class MemberWriters(Protocol):
    """The members' side of one transaction."""

    @property
    def members(self) -> MemberWriter:
        """Members, their indices, consents and merges."""
        ...

    @property
    def points(self) -> PointWriter:
        """Points, tiers and the programme."""
        ...

    @property
    def coupons(self) -> CouponWriter:
        """Coupons, their templates and batches."""
        ...

    @property
    def stored_value(self) -> ValueWriter:
        """Stored value and gift cards."""
        ...

    @property
    def campaigns(self) -> CampaignWriter:
        """Reward rules, what they gave, referrals, segments."""
        ...

    @property
    def suggestions(self) -> SuggestionWriter:
        """What is bought together."""
        ...


class MemberReaders(Protocol):
    """The members' side of the ledger, as committed."""

    @property
    def members(self) -> MemberReader:
        """Members, their indices, consents and merges."""
        ...

    @property
    def points(self) -> PointReader:
        """Points, tiers and the programme."""
        ...

    @property
    def coupons(self) -> CouponReader:
        """Coupons, their templates and batches."""
        ...

    @property
    def stored_value(self) -> ValueReader:
        """Stored value and gift cards."""
        ...

    @property
    def campaigns(self) -> CampaignReader:
        """Reward rules, what they gave, referrals, segments."""
        ...

    @property
    def loyalty_reports(self) -> LoyaltyReportReader:
        """Sums over all of them."""
        ...

    @property
    def suggestions(self) -> SuggestionReader:
        """What is bought together, and by whom."""
        ...
