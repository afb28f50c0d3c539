"""One equation of the ledger, as a query that yields whoever breaks it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SumRule:
    """One equation that every row of a query would break.

    Attributes:
        key: the finding's key.
        query: yields a name for each offender; nothing when the rule holds.
    """

    key: str
    query: str
