"""The ledger's members, their indices, consents and merges."""

from __future__ import annotations

from typing import Protocol


class MemberReader(Protocol):
    """Reads members, their indices, consents and merges, as committed."""


class MemberWriter(Protocol):
    """Writes members, their indices, consents and merges, in one transaction."""
