"""The tables of ledger.db for points, tiers and the programme."""

from __future__ import annotations
