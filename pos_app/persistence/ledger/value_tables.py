"""The tables of ledger.db for stored value and gift cards."""

from __future__ import annotations
