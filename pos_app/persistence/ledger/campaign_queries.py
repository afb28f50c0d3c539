"""Reads reward rules, what they gave, referrals, segments (implements ports.campaigns)."""

from __future__ import annotations

from sqlalchemy import Engine


class SqlCampaignReader:
    """Reads reward rules, what they gave, referrals, segments, as committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
