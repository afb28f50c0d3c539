"""The tables of ledger.db for members, their indices, consents and merges."""

from __future__ import annotations
