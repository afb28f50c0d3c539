"""The ledger's stored value and gift cards."""

from __future__ import annotations

from typing import Protocol


class ValueReader(Protocol):
    """Reads stored value and gift cards, as committed."""


class ValueWriter(Protocol):
    """Writes stored value and gift cards, in one transaction."""
