"""Reports as the core sees them: sums over finished documents."""

from __future__ import annotations

from typing import Protocol


class ReportReader(Protocol):
    """Sums over the finished documents of a period."""
