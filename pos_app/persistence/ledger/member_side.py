"""The members' side of the ledger (implements ports.member_ledgers)."""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from pos_app.persistence.ledger.campaign_queries import SqlCampaignReader
from pos_app.persistence.ledger.campaign_rows import SqlCampaigns
from pos_app.persistence.ledger.coupon_queries import SqlCouponReader
from pos_app.persistence.ledger.coupon_rows import SqlCoupons
from pos_app.persistence.ledger.loyalty_report_queries import SqlLoyaltyReports
from pos_app.persistence.ledger.member_queries import SqlMemberReader
from pos_app.persistence.ledger.member_rows import SqlMembers
from pos_app.persistence.ledger.point_queries import SqlPointReader
from pos_app.persistence.ledger.point_rows import SqlPoints
from pos_app.persistence.ledger.programme_in_force import ProgrammeInForce
from pos_app.persistence.ledger.suggestion_queries import (
    SqlSuggestionReader,
    SqlSuggestions,
)
from pos_app.persistence.ledger.value_queries import SqlValueReader


class MemberSideWrites:
    """What of a transaction belongs to members."""

    _connection: Connection

    @property
    def members(self) -> SqlMembers:
        """Members, their indices, consents and merges."""
        return SqlMembers(self._connection)

    @property
    def points(self) -> SqlPoints:
        """Points, tiers and the programme."""
        return SqlPoints(self._connection)

    @property
    def coupons(self) -> SqlCoupons:
        """Coupons, their templates and batches."""
        return SqlCoupons(self._connection)

    @property
    def campaigns(self) -> SqlCampaigns:
        """Reward rules, what they gave, referrals, segments."""
        return SqlCampaigns(self._connection)

    @property
    def suggestions(self) -> SqlSuggestions:
        """What is bought together."""
        return SqlSuggestions(self._connection)


class MemberSideReads:
    """What of the ledger belongs to members, as committed."""

    _reader: Engine
    _rules: ProgrammeInForce

    @property
    def members(self) -> SqlMemberReader:
        """Members, their indices, consents and merges."""
        return SqlMemberReader(self._reader)

    @property
    def points(self) -> SqlPointReader:
        """Points, tiers and the programme."""
        return SqlPointReader(self._reader, self._rules)

    @property
    def coupons(self) -> SqlCouponReader:
        """Coupons, their templates and batches."""
        return SqlCouponReader(self._reader)

    @property
    def stored_value(self) -> SqlValueReader:
        """Stored value and gift cards."""
        return SqlValueReader(self._reader)

    @property
    def campaigns(self) -> SqlCampaignReader:
        """Reward rules, what they gave, referrals, segments."""
        return SqlCampaignReader(self._reader)

    @property
    def loyalty_reports(self) -> SqlLoyaltyReports:
        """Sums over all of them."""
        return SqlLoyaltyReports(self._reader)

    @property
    def suggestions(self) -> SqlSuggestionReader:
        """What is bought together, and by whom."""
        return SqlSuggestionReader(self._reader)
