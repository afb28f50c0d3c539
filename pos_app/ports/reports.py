"""Reports as the core sees them: sums over finished documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from pos_app.domain.markdown_report import MarkedPieces, MarkedSale
from pos_app.domain.report import PeriodFigures, SalesSlot
from pos_app.domain.report_period import ReportPeriod
from pos_app.domain.report_rows import ReportRows, RowQuery
from pos_app.values.times import Timestamp


class ReportReader(Protocol):
    """Sums over the finished documents of a period; may be asked on any thread."""

    def figures(self, period: ReportPeriod) -> PeriodFigures:
        """Return all sums of a period, as they stood at one moment."""
        ...

    def slots(
        self, period: ReportPeriod, before: Timestamp | None = None
    ) -> Sequence[SalesSlot]:
        """Return the sales of a period by quarter of an hour.

        Args:
            period: business days.
            before: documents that ended at or after it do not count; None for all.
        """
        ...

    def rows(self, query: RowQuery) -> ReportRows:
        """Return the documents behind a figure; their amounts add up to it."""
        ...

    def marked_down(
        self, first: date, last: date
    ) -> tuple[Sequence[MarkedPieces], Sequence[MarkedSale]]:
        """Return what was marked down until days of a while, and sold by its label."""
        ...
