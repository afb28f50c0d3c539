"""The tables of ledger.db for reward rules, what they gave, referrals, segments."""

from __future__ import annotations
