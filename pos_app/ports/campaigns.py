"""The ledger's reward rules, what they gave, referrals, segments."""

from __future__ import annotations

from typing import Protocol


class CampaignReader(Protocol):
    """Reads reward rules, what they gave, referrals, segments, as committed."""


class CampaignWriter(Protocol):
    """Writes reward rules, what they gave, referrals, segments, in one transaction."""
