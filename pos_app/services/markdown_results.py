"""What became of goods that were marked down, for whoever orders and writes off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from pos_app.domain.markdown_report import MarkedShare, marked_shares
from pos_app.services.desk import Desk
from pos_app.services.traced_goods import shop_today


class MarkdownResults:
    """Asks the ledger; its answer is made on any thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def asking(self, days: int) -> Callable[[], tuple[MarkedShare, ...]]:
        """Return what adds up the goods whose last day was in the last so many days.

        Those whose last day is yet to come are there, too.
        """
        reports, today = self._desk.ledger.reports, shop_today(self._desk)
        first, last = today - timedelta(days - 1), today + timedelta(365)

        def ask() -> tuple[MarkedShare, ...]:
            return marked_shares(*reports.marked_down(first, last), today)

        return ask
