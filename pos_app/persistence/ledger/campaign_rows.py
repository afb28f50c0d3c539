"""Writes reward rules, what they gave, referrals, segments (implements ports.campaigns)."""

from __future__ import annotations

from sqlalchemy import Connection


class SqlCampaigns:
    """Writes reward rules, what they gave, referrals, segments within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
